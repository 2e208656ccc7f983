"""Which source a sequence is made of, and what each of them was told last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.engine.limits import LIMITS
from rnnstudio.engine.tasks import TASKS
from rnnstudio.engine.tasks.text import RHYME
from rnnstudio.files.texts import text_sequence, with_next
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Sequence
from rnnstudio.state.sequence_generators import Option, embedded, generated, options, source
from rnnstudio.state.sequence_rows import Draft, draft_of
from rnnstudio.state.sequence_targets import FOLLOWING, kind_of_targets
from rnnstudio.ui.sequence_sources import LETTERS, STUDY, WORDS, Panel

_TEXTS = (LETTERS, WORDS)
_FIRST = {LETTERS: RHYME[:68], WORDS: "old men row out past two grey rocks, two old men row past the rocks"}
#: A text of which more letters than this are not shown for editing.
MOST_SHOWN = 100_000
_STEPS = Option("steps", "Steps", 1, LIMITS.steps, LIMITS.steps)
_FEW = (Option("numbers", "Numbers", 1, 64, 4), Option("seed", "Seed", 0, 999_999, 1))


class SequenceMaking:
    """Remembers the choices of every source; makes drafts and says what stands under the list."""

    def __init__(self) -> None:
        self.source = STUDY
        self.title = ""
        self._numbers: dict[str, dict[str, float]] = {}
        self._texts = dict(_FIRST)
        self._tile, self._target = "tile", FOLLOWING

    def set_number(self, key: str, value: float) -> None:
        """A number of the source is another one."""
        self._numbers.setdefault(self.source, {})[key] = value

    def set_text(self, text: str) -> None:
        """The text of the source is another one."""
        self._texts[self.source] = text

    def take_text(self, text: str) -> None:
        """A file's text, by letters and by words, whole."""
        self._texts = dict.fromkeys(_TEXTS, text)
        for kind in _TEXTS:
            self._numbers.pop(kind, None)

    def set_choice(self, what: str, which: str) -> None:
        """A word of a text is shown differently, or has another target."""
        if what == "tile":
            self._tile = which
        else:
            self._target = which

    def next_seed(self) -> None:
        """Drawn numbers are drawn from the next seed."""
        known = {option.key: option for option in self._options()}
        if "seed" in known:
            seed = self._numbers.get(self.source, {}).get("seed", known["seed"].begin)
            self.set_number("seed", (seed + 1) % (known["seed"].most + 1))

    def name(self) -> str:
        """What its making is called in the history."""
        if self.source in _TEXTS:
            return "Text by letters" if self.source == LETTERS else "Text by words"
        seed = self._numbers.get(self.source, {}).get("seed", 1)
        return sentence("Make {title} (seed {seed})", title=TASKS[self.source].title, seed=int(seed))

    def made(self) -> Draft:
        """The sequence of the source.

        Raises
        ------
        InputError
            What it was told does not make one.
        """
        if self.source not in _TEXTS:
            own = {option.key for option in options(self.source)}
            return generated(self.source, {
                key: value for key, value in self._numbers.get(self.source, {}).items() if key in own
            })  # fmt: skip
        numbers = self._numbers.get(self.source, {})
        sequence = text_sequence(self._texts[self.source], "the text", self.source)
        draft = draft_of(_cut(sequence, int(numbers.get("steps", LIMITS.steps)), self._target == FOLLOWING))
        if self._tile == "few":
            return embedded(draft, int(numbers.get("numbers", 4)), int(numbers.get("seed", 1)))
        return draft

    def _options(self) -> tuple[Option, ...]:
        if self.source in _TEXTS:
            return (_STEPS, *_FEW) if self._tile == "few" else (_STEPS,)
        return options(self.source) if self.source != STUDY else ()

    def panel(self, draft: Draft) -> Panel:
        """What stands under the list while a draft is at hand."""
        sequence = draft.sequence
        values = dict(self._numbers.get(self.source, {}))
        more: tuple[Option, ...] = ()
        if sequence.batch is not None:
            more = (Option("shown", "Shown", 1, sequence.sequences or 1, 1),)
            values["shown"] = sequence.shown + 1
        if self.source == STUDY:
            if sequence.x is not None:
                more = (Option("inputs", "Inputs", 1, LIMITS.features, 4), *more)
                values["inputs"] = sequence.inputs
            several = "Of several sequences the targets are given." if sequence.batch is not None else ""
            count = len(sequence.vocabulary)
            note = (
                ""
                if sequence.tokens is None
                else sentence("{count:,} different words: {some}", count=count, some=_some(sequence))
            )
            return Panel(STUDY, "Your own rows", note, more, values, target=kind_of_targets(draft),
                         targets=((FOLLOWING, several),))  # fmt: skip
        if self.source not in _TEXTS:
            return Panel(self.source, TASKS[self.source].title, source(self.source), (*self._options(), *more), values,
                         again=True)  # fmt: skip
        letters = self.source == LETTERS
        what = "letters" if letters else "words"
        count = len(sequence.vocabulary)
        values["steps"] = sequence.steps
        text = self._texts[self.source]
        return Panel(
            self.source, "Text by " + what, sentence("{count:,} different {what}: {some}", count=count, what=what,
                                                     some=_some(sequence)) if count else "",
            (replace(_STEPS, most=LIMITS.steps), *self._options()[1:]), values, text[:MOST_SHOWN], self._tile,
            self._target, (("own", sentence("The target of a {what} is the next one, or none.", what=what[:-1])),),
            again=self._tile == "few", long=len(text) > MOST_SHOWN,
        )  # fmt: skip


def _some(sequence: Sequence) -> str:
    """The beginning of the vocabulary."""
    words = sequence.vocabulary
    some = " ".join("␣" if word == " " else word for word in words[:12])
    return f"{some} …" if len(words) > 12 else some


def _cut(sequence: Sequence, steps: int, following: bool) -> Sequence:
    """The first steps of a text, with the next token as the target of each, or without; and the words of these."""
    assert sequence.tokens is not None
    tokens = sequence.tokens[: steps + following]
    known = int(tokens.max()) + 1  # in the order of first appearance
    note = sequence.note if len(tokens) == len(sequence.tokens) else ""
    cut = replace(sequence, tokens=np.array(tokens), vocabulary=sequence.vocabulary[:known], note=note)
    return with_next(cut) if following else cut


