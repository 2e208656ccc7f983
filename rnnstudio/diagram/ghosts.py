"""What a second run adds to a layout: columns or old values beside the live ones, each under its name."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.diagram.addition import WIDE_TEXT, Addition
from rnnstudio.diagram.beside import EDIT, Marking
from rnnstudio.diagram.formula_sizes import math_width
from rnnstudio.diagram.ghost_wires import GhostWires
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import FILLED, Floats, Layout
from rnnstudio.diagram.subject import Subject

#: A ghost's gap from its column, its outline, its numbers; what the two runs are called is written so large.
GAP, GAP_WIDE, OUTLINE, NUMBER, WORDS = 16.0, 6.0, 1.5, 13.0, 13.5
#: A row under a state: how far below it, how high; a number takes so many sizes of its letters. In a small window texts
#: stay larger than the rest, by at most `HELD`.
ROW_GAP, ROW, EACH, HELD = 20.0, 26.0, 3.7, 1.25
#: The bar of an edit, its distance, and that of the old value.
BAR, BAR_GAP, OLD_GAP = 3.0, 6.0, 14.0
#: Rows lower than this have no numbers, and no ghosts.
LOWEST = 14.0


def with_ghosts(layout: Layout, subject: Subject, marking: Marking) -> Layout:
    """The layout with what a comparison adds to it, as far as there is room for it.

    Nothing else of the layout moves, so that the marks stay where they are when a comparison begins and ends.
    """
    to = Addition(layout, subject, marking)
    wires = GhostWires(to)
    if marking.kind == EDIT:
        wires.trails()
    else:
        wires.cuts()
        wires.rings()
        wires.renamed()
    _Columns(to).columns()
    return to.layout()


class _Columns:
    def __init__(self, to: Addition) -> None:
        self.to, self.b, self.subject, self.marking = to, to.b, to.subject, to.marking
        self.wide, self.room = to.wide, to.room

    def columns(self) -> None:
        """A ghost for every column of numbers that may differ."""
        plates = self.to.was.plates
        for k, key in enumerate(plates.keys):
            if plates.kind[k] != "frame" or key.part != "frame" or key.i is not None or plates.alpha[k] < 0.5:
                continue
            block = int(plates.block[k])
            if block < 0 or not self._compared(block):
                continue
            rows = self.to.was.blocks[block].shape[0]
            _, _, w, h = (float(v) for v in plates.rect[k])
            if w > 1.2 * h and rows > 1:  # it lies
                continue
            if h / rows >= LOWEST and rows <= 12:
                self._column(key, block, plates.rect[k], plates.role[k])

    def _compared(self, block: int) -> bool:
        """Whether a block holds a value that the second run may have otherwise."""
        at = self.to.was.blocks[block]
        if at.shape[1] != 1 or at.row is not None or at.layer is not None or "." in at.name:
            return False
        name, program = at.name, self.subject.program
        if name == "x":
            t = self.subject.t if at.t is None else at.t
            return self.marking.kind != EDIT and self.marking.silent == t
        layer = self.subject.layer.layer_program
        known = name in program.values or name.removesuffix("_prev") in program.states
        return known or (layer is not None and name in layer.values)

    def _column(self, key: Key, block: int, rect: Floats, role: str) -> None:
        under = key.what in self.subject.program.states and self.to.was.view in ("unrolled", "samples")
        if self.marking.kind == EDIT:
            (self._old_row if under else self._old_column)(key, block, rect)
        else:
            (self._row if under else self._beside)(key, block, rect, role)

    def _numbers_px(self) -> float:
        return WIDE_TEXT if self.wide else NUMBER

    def _words_px(self) -> float:
        return WIDE_TEXT if self.wide else WORDS

    def _each(self) -> float:
        """Width that a number in a row takes."""
        return WIDE_TEXT * 3.2 if self.wide else NUMBER * EACH

    def _text(
        self, key: Key, words: str, x: float, y: float | None, block: int, live: bool, other: float | None = None
    ) -> None:
        """What a run is called, where there is room for it: there, or on the other side of its column."""
        px = self._words_px()
        width = math_width(words, px * (1.0 if self.wide else HELD))
        y = next((at for at in (y, other) if at is not None and self.room.free(x, at, width, px)), None)
        if y is not None:
            self.b.label(key, words, x, y, px, font="ui", role="text" if live else "text3",
                         weight=650 if live else 450, values=((block, 0),), when=FILLED)  # fmt: skip
            self.room.take(x, y, width, px)

    def _beside(self, key: Key, block: int, rect: Floats, role: str) -> None:
        """A column on the right, else on the left; its name over it."""
        cx, cy, w, h = (float(v) for v in rect)
        px, rows = self._numbers_px(), self.to.was.blocks[block].shape[0]
        width = 3.0 * px + 4 if self.wide else max(0.84 * w, 3.0 * px + 14)
        apart = w / 2 + (GAP_WIDE if self.wide else GAP) + width / 2
        places = [cx + apart, cx + apart + width, cx - apart, cx - apart - 0.6 * w]
        at = next((x for x in places if self.room.free(x, cy, width, h)), None)
        if at is None:
            return
        ghost = self.to.ghost(block)
        self._ghost_frame(key, ghost, at, cy, width, h, role)
        for i in range(rows):
            y = cy + (i - (rows - 1) / 2) * h / rows
            self._number(key, i, ghost, at, y, min(px, 0.8 * h / rows))
        top = cy - h / 2 - self._words_px() / 2 - 7
        words = self._words_px() * (1.0 if self.wide else HELD)
        names = math_width(self.marking.live, words), math_width(self.marking.ghost, words)
        spread = max(0.0, (sum(names) / 2 + 8 - abs(at - cx)) / 2) * (1 if at > cx else -1)
        foot = 2 * cy - top
        self._text(key._replace(part="live-name"), self.marking.live, cx - spread, top, ghost, True, foot)
        self._text(key._replace(part="ghost-name"), self.marking.ghost, at + spread, top, ghost, False, foot)

    def _row(self, key: Key, block: int, rect: Floats, role: str) -> None:
        """A row under the column of a state, its name under it."""
        cx, cy, _, h = (float(v) for v in rect)
        px, rows = self._numbers_px(), self.to.was.blocks[block].shape[0]
        each, height = self._each(), ROW * px / NUMBER
        width, y = rows * each, cy + h / 2 + ROW_GAP + height / 2
        fits = [below for below in (y, y + 14, y + 28) if self.room.free(cx, below, width, height)]
        if not fits:
            self._beside(key, block, rect, role)
            return
        ghost, y = self.to.ghost(block), fits[0]
        self._ghost_frame(key, ghost, cx, y, width, height, role)
        for i in range(rows):
            self._number(key, i, ghost, cx + (i - (rows - 1) / 2) * each, y, px)
        below = y + height / 2 + self._words_px() / 2 + 8
        self._text(key._replace(part="ghost-name"), self.marking.ghost, cx, below, ghost, False)
        above = cy - h / 2 - self._words_px() / 2 - 4
        if self._raised(key, above):
            self._text(key._replace(part="live-name"), self.marking.live, cx, above, ghost, True)

    def _raised(self, key: Key, above: float) -> bool:
        """Whether there is room for what the run is called; the symbol over a column makes it where it can."""
        labels = self.to.was.labels
        symbol = key._replace(part="symbol")
        if symbol not in labels.keys:
            return True
        k = labels.keys.index(symbol)
        x, y, px = float(labels.at[k, 0]), float(labels.at[k, 1]), float(labels.px[k])
        if y > above + 8 or abs(y - above) > px:
            return True
        at = labels.at.copy()
        at[k, 1] = above - self._words_px() / 2 - 0.72 * px
        self.room.drop(x, y)
        if not self.room.free(x, float(at[k, 1]), 2 * px, px):
            return False
        self.to.was = replace(self.to.was, labels=replace(labels, at=at))
        return True

    def _ghost_frame(self, key: Key, block: int, cx: float, cy: float, w: float, h: float, role: str) -> None:
        self.b.plate(key._replace(part="ghost"), "ghost", cx, cy, w, h, role=role, fill="canvas", stroke=OUTLINE,
                     radius=5.0, z=5, block=block)  # fmt: skip
        self.room.take(cx, cy, w, h)

    def _number(self, key: Key, i: int, block: int, x: float, y: float, px: float, align: str = "c") -> None:
        self.b.label(key._replace(i=i, part="ghost"), "{0}", x, y, px, role="text3", font="ui", weight=450,
                     align=align, values=((block, i),), when=FILLED)  # fmt: skip

    def _old_column(self, key: Key, block: int, rect: Floats) -> None:
        """A bar and the old values on the right."""
        cx, cy, w, h = (float(v) for v in rect)
        px, rows = self._numbers_px(), self.to.was.blocks[block].shape[0]
        width = 3.0 * px + OLD_GAP
        left = next(
            (x for x in (cx + w / 2, cx + w / 2 + GAP + 0.84 * w) if self.room.free(x + width / 2 + 4, cy, width, h)),
            None,
        )
        if left is None:
            return
        ghost = self.to.ghost(block)
        self._change_bar(key, ghost, left + BAR_GAP, cy, BAR, h)
        for i in range(rows):
            y = cy + (i - (rows - 1) / 2) * h / rows
            self._number(key, i, ghost, left + OLD_GAP, y, min(px, 0.9 * h / rows), "l")
        self.room.take(left + width / 2 + 4, cy, width, h)

    def _old_row(self, key: Key, block: int, rect: Floats) -> None:
        """A bar and the old values in a row under a state."""
        cx, cy, w, h = (float(v) for v in rect)
        px, rows = self._numbers_px(), self.to.was.blocks[block].shape[0]
        each = self._each()
        bottom = cy + h / 2
        y = bottom + BAR_GAP + 6 + px / 2
        fits = [below for below in (y, y + 12, y + 24, y + 40) if self.room.free(cx, below, rows * each - 10, px)]
        if not fits:
            self._old_column(key, block, rect)
            return
        ghost, y = self.to.ghost(block), fits[0]
        self._change_bar(key, ghost, cx, bottom + BAR_GAP, w, BAR)
        for i in range(rows):
            self._number(key, i, ghost, cx + (i - (rows - 1) / 2) * each, y, px)
        self.room.take(cx, y, rows * each, px)

    def _change_bar(self, key: Key, block: int, cx: float, cy: float, w: float, h: float) -> None:
        self.b.plate(key._replace(part="bar"), "bar", cx, cy, w, h, role="accent", fill="accent", stroke=0.0, z=6,
                     block=block)  # fmt: skip
