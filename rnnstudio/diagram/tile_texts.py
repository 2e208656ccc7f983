"""The numbers on tiles as texts."""

import numpy as np

from rnnstudio.diagram.layout import Floats, Ints, Layout, Tiles
from rnnstudio.diagram.numbers import fmt, matrix_decimals
from rnnstudio.diagram.scene import Bools

#: The numbers of each block of a layout, flat; None where they are not known.
Numbers = list[Floats | None]
#: Width of a digit in em, and what a text is narrower than its digits.
_DIGIT, _LESS = 0.6, 0.1
#: Ways in which the tiles of one turn are written that are kept.
_MOST = 16


class TileTexts:
    """Texts of all tiles of a layout. A block has the same decimals everywhere: fewer where the widest would not fit.

    A matrix of weights has the fewest decimals that show all of it; not where neighbouring versions of it are to be
    compared (``exact`` False). In a turn tiles change their sizes, and with them at most their decimals: what has been
    written once is kept.
    """

    def __init__(self, layout: Layout, numbers: Numbers, values: Floats, decimals: int, exact: bool) -> None:
        blocks = layout.tiles.block
        self._count = len(blocks)
        self._index: list[Ints] = []
        self._values: list[Floats] = []
        self._places: list[int] = []
        for b in sorted(set(blocks.tolist())):
            whole = numbers[b] if b >= 0 else None
            if whole is None:
                continue
            matrix = exact and layout.blocks[b].scale == "weight" and layout.blocks[b].shape[1] > 1
            self._index.append(np.flatnonzero(blocks == b))
            self._values.append(values[self._index[-1]])
            self._places.append(matrix_decimals(whole, decimals) if matrix else decimals)
        self._order = np.concatenate(self._index) if self._index else np.empty(0, dtype=np.int64)
        self._starts = np.cumsum([0, *map(len, self._index)])[:-1]
        self._written: dict[tuple[int, int], tuple[list[str], Ints]] = {}
        self._made: dict[tuple[bytes, bytes], tuple[str, ...]] = {}

    def at(self, tiles: Tiles) -> tuple[str, ...]:
        """The texts at the tiles' present sizes; empty where none is drawn."""
        if not self._index:
            return ("",) * self._count
        drawn = (tiles.px > 0) & (tiles.ink > 0)
        em = np.where(drawn, tiles.rect[:, 2] / np.where(drawn, tiles.px, 1.0), np.inf)
        narrowest = np.minimum.reduceat(em[self._order], self._starts)
        here = drawn[self._order]
        some = np.add.reduceat(here.astype(np.int64), self._starts)
        places = [
            self._fitting(k, width, None if count == len(self._index[k]) else drawn[self._index[k]]) if count else -1
            for k, (width, count) in enumerate(zip(narrowest.tolist(), some.tolist(), strict=True))
        ]
        known = (bytes(place + 1 for place in places), here.tobytes())
        found = self._made.get(known)
        if found is None:
            if len(self._made) > _MOST:
                self._made.clear()
            found = self._made[known] = self._texts(places, drawn)
        return found

    def _texts(self, places: list[int], drawn: Bools) -> tuple[str, ...]:
        out = [""] * self._count
        for k, place in enumerate(places):
            if place >= 0:
                for at, text in zip(self._index[k].tolist(), self._write(k, place)[0], strict=True):
                    if drawn[at]:
                        out[at] = text
        return tuple(out)

    def _fitting(self, k: int, width_em: float, drawn: Bools | None) -> int:
        """The decimals of a block whose narrowest drawn tile is that wide."""
        places = self._places[k]
        while places > 0:
            lengths = self._write(k, places)[1]
            longest = int((lengths if drawn is None else lengths[drawn]).max())
            if longest * _DIGIT - _LESS <= width_em:
                break
            places -= 1
        return places

    def _write(self, k: int, places: int) -> tuple[list[str], Ints]:
        """A block's texts with so many decimals, and their lengths."""
        found = self._written.get((k, places))
        if found is None:
            texts = [fmt(value, places) for value in self._values[k].tolist()]
            found = self._written[k, places] = (texts, np.asarray([len(text) for text in texts], dtype=np.int64))
        return found
