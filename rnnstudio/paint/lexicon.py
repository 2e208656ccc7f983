"""Numbers as words of a language: each text gets a number of its own, by which arrays are looked up."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.layout import Floats, Ints
from rnnstudio.paint import fonts


class Lexicon:
    """Texts and their codes. The numbers on tiles have few digits, so there are few of them."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._texts: list[str] = []
        self._lengths: Ints = np.empty(0, dtype=np.int64)
        self._advances: dict[int, Floats] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def codes(self, texts: Iterable[str]) -> Ints:
        """The code of each text; new ones are learnt."""
        known = self._codes
        found = []
        for text in texts:
            code = known.get(text)
            if code is None:
                code = known[text] = len(self._texts)
                self._texts.append(text)
            found.append(code)
        return np.asarray(found, dtype=np.int64)

    def text(self, code: int) -> str:
        """The text of a code."""
        return self._texts[code]

    def texts(self, codes: NDArray[np.int64]) -> tuple[str, ...]:
        """The texts of codes."""
        return tuple(map(self._texts.__getitem__, codes.tolist()))

    def lengths(self, codes: Ints) -> Ints:
        """How many letters texts have."""
        if len(self._lengths) < len(self._texts):
            new = [len(text) for text in self._texts[len(self._lengths) :]]
            self._lengths = np.concatenate([self._lengths, np.asarray(new, dtype=np.int64)])
        return np.asarray(self._lengths[codes])

    def advances(self, codes: Ints, weight: int) -> Floats:
        """Widths in em, set in tabular figures of a weight."""
        known = self._advances.get(weight, np.empty(0))
        if len(known) < len(self._texts):
            new = [fonts.advance(text, "number", weight) for text in self._texts[len(known) :]]
            known = self._advances[weight] = np.concatenate([known, new])
        return np.asarray(known[codes])


#: The one that all numbers of all pictures are written in.
LEXICON = Lexicon()
