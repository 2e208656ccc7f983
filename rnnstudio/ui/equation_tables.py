"""Beside the drawing: the shapes that each line has made, and the values after one step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.numbers import fmt
from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.colours import ink, value_colours
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.sentence import sentence
from rnnstudio.state.equation_draft import Reading, Row, first_is_zero
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

#: Values that are written out; of longer vectors there is a strip of colours.
MOST_NUMBERS = 6
_TIMES = "\N{MULTIPLICATION SIGN}"


def symbol(name: str) -> str:
    """A value's name as mathematics: one letter is italic, a word stands upright, ``xn`` is x with an index."""
    return name if len(name) == 1 else f"\\{name}" if name.isalpha() else name[0] + f"_{{{name[1:].strip('_')}}}"


def shape_text(shape: tuple[int, ...]) -> str:
    """``3 × 4``, or ``3`` of a vector."""
    return f" {_TIMES} ".join(f"{n:,}" for n in shape)


class _Table(QWidget):
    """What both tables are painted with."""

    def __init__(self, name: str, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme, self.unit = theme, 1.0
        self.reading: Reading | None = None
        self.decimals = 2
        self.setAccessibleName(name)

    def set_form(self, theme: Theme, unit: float) -> None:
        """Other colours or sizes."""
        self.theme, self.unit = theme, unit
        self.update()

    def show_reading(self, reading: Reading, decimals: int) -> None:
        """What was read last."""
        self.reading, self.decimals = reading, decimals
        self.setAccessibleDescription("; ".join(self.sentences(reading)))
        self.update()

    def sentences(self, reading: Reading) -> list[str]:
        """The rows in words."""
        raise NotImplementedError

    def px(self, size: float) -> float:
        """A size of letters."""
        return max(size * self.unit, 10.5)

    def heading(self, painter: QPainter, words: str) -> None:
        """Small capitals at the top."""
        write(painter, 0, 20 * self.unit, words, self.px(12.5), colour(self.theme, "text2"), weight=650)

    def pitch(self, rows: int, top: float, wanted: float, least: float) -> float:
        """Height of a row: less where there are many."""
        room = (self.height() - top) / max(rows, 1)
        return max(min(wanted * self.unit, room), least)


class ShapesTable(_Table):
    """Line, matrices on x, other matrices, vectors, how many numbers."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__("Shapes and counts", parent, theme)

    def lines(self) -> tuple[Row, ...]:
        """Lines that make weights, or are at fault."""
        if self.reading is None:
            return ()
        return tuple(row for row in self.reading.rows if row.weights or row.status == "error")

    def sentences(self, reading: Reading) -> list[str]:
        """The rows in words."""
        found = [
            sentence("line {line}, {name}: {weights}", line=row.line, name=row.name,
                     weights=", ".join(f"{name} {shape_text(shape)}" for name, shape in row.weights))
            for row in reading.rows if row.weights
        ]  # fmt: skip
        return [*found, sentence("{total:,} numbers in all", total=reading.total)]

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the table."""
        reading = self.reading
        if reading is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.heading(painter, "SHAPES AND COUNTS")
            rows, top = self.lines(), 38 * self.unit
            pitch = self.pitch(len(rows) + 3, top, 46, 17)
            wide = self.width()
            at = (0.0, 0.155 * wide, 0.40 * wide, 0.64 * wide, wide - 4.0)
            self._head(painter, top + 0.45 * pitch, at)
            y = top + 0.95 * pitch
            shown = min(len(rows), max(int((self.height() - y) / pitch) - 2, 0))
            for row in rows[:shown]:
                self._rule(painter, y)
                self._row(painter, row, y + 0.5 * pitch, pitch, at)
                y += pitch
            self._rule(painter, y)
            self._foot(painter, reading, len(rows) - shown, y, pitch)

    def _rule(self, painter: QPainter, y: float) -> None:
        painter.setPen(QPen(colour(self.theme, "divider"), 1.2))
        painter.drawLine(0, round(y), self.width(), round(y))

    def _head(self, painter: QPainter, y: float, at: tuple[float, ...]) -> None:
        quiet = colour(self.theme, "text2")
        write(painter, at[0], y, "line", self.px(13.5), quiet, weight=450)
        write(painter, at[4], y, "numbers", self.px(13.5), quiet, align="r", weight=450)
        for x, letter, role in ((at[1], "W", "W"), (at[2], "U", "U"), (at[3], "b", "op")):
            mathtext.draw(painter, x, y, letter, self.px(20), self.theme, role=role, ground="panel")

    def _row(self, painter: QPainter, row: Row, y: float, pitch: float, at: tuple[float, ...]) -> None:
        theme, px = self.theme, min(self.px(15), 0.62 * pitch)
        error = row.status == "error"
        write(painter, at[0], y, str(row.line), px, colour(theme, "error" if error else "text2"), kind="number",
              weight=500)  # fmt: skip
        mathtext.draw(painter, at[0] + 20 * max(self.unit, 0.8), y, symbol(row.name), 1.25 * px, theme,
                      role="error" if error else row.role, ground="panel")  # fmt: skip
        if error:
            box = QRectF(at[1] - 8, y - 0.4 * pitch, at[3] - at[1] - 8, 0.8 * pitch)
            painter.setPen(QPen(colour(theme, "error"), 1.8))
            painter.setBrush(colour(theme, "raised"))
            painter.drawRoundedRect(box, 7, 7)
            write(painter, box.left() + 8, y, "no shapes yet", px, colour(theme, "error"), weight=500)
            write(painter, at[4], y, "–", px, colour(theme, "text2"), align="r")
            return
        reading = self.reading
        assert reading is not None
        columns: dict[int, list[tuple[int, ...]]] = {1: [], 2: [], 3: []}
        for name, shape in row.weights:
            letters = reading.read.parameters[name]
            columns[3 if len(letters) == 1 else 1 if "I" in letters[1] else 2].append(shape)
        counts = [int(np.prod(shape)) for k in (1, 2, 3) for shape in columns[k]]
        for k, shapes in columns.items():
            self._fitted(painter, at[k], y, ", ".join(map(shape_text, shapes)), px, at[k + 1] - at[k] - 10)
        sum_text = " + ".join(f"{n:,}" for n in counts)
        total = f"{sum(counts):,}"
        text = f"{sum_text} = {total}" if len(counts) > 1 else total
        room = at[4] - at[3] - max(0.05 * self.width(), 14)
        text = text if text_width(text, px, 500, "number") <= room else total
        write(painter, at[4], y, text, px, colour(theme, "text"), align="r", kind="number", weight=500)

    def _fitted(self, painter: QPainter, x: float, y: float, text: str, px: float, room: float) -> None:
        wide = text_width(text, px, 600, "number")
        size = px if wide <= room else px * room / wide
        write(painter, x, y, text, size, colour(self.theme, "text"), kind="number", weight=600)

    def _foot(self, painter: QPainter, reading: Reading, more: int, y: float, pitch: float) -> None:
        theme, px = self.theme, min(self.px(15), 0.62 * pitch)
        left = "Total" if not more else _and_more(more)
        write(painter, 0, y + 0.5 * pitch, left, px, colour(theme, "text"), weight=650)
        wrong = [sentence("line {line}", line=row.line) for row in reading.rows if row.status != "known"]
        total = f"{reading.total:,}"
        if wrong:
            total += f" + {wrong[0]}" if len(wrong) == 1 or reading.rows[-1].status != "known" else ""
        write(painter, self.width() - 4, y + 0.5 * pitch, total, px, colour(theme, "text"), align="r", kind="number",
              weight=650)  # fmt: skip
        self._filled(painter, reading, y + 1.42 * pitch, 0.9 * px)

    def _filled(self, painter: QPainter, reading: Reading, y: float, px: float) -> None:
        theme = self.theme
        x = write(painter, 0, y, "New numbers", px, colour(theme, "text2"), weight=450) + 0.8 * px
        words = sentence("random, seed {seed}", seed=reading.ground.document.seed)
        wide = text_width(words, px, 550) + 1.5 * px
        chip = QRectF(x, y - 0.95 * px, wide, 1.9 * px)
        painter.setPen(QPen(colour(theme, "border"), 1.2))
        painter.setBrush(colour(theme, "raised"))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        write(painter, chip.center().x(), y, words, px, colour(theme, "text"), align="c", weight=550)
        kept = reading.kept
        if kept:
            said = sentence(
                "Kept from the study: {names}{value}", names=", ".join(kept[:4]), value=", …" if len(kept) > 4 else ""
            )
            room = self.width() - chip.right() - 1.8 * px
            if text_width(said, px, 450) > room:
                said = sentence("{count} kept from the study", count=len(kept))
            if text_width(said, px, 450) <= room:
                write(painter, chip.right() + 0.9 * px, y, said, px, colour(theme, "text2"), weight=450)


class FirstValues(_Table):
    """Each named value after one step from the study's first states."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__("First values", parent, theme)

    def sentences(self, reading: Reading) -> list[str]:
        """The rows in words."""
        out = []
        for row in reading.rows:
            value = reading.value(row.name)
            numbers = row.status if value is None else ", ".join(fmt(v, self.decimals) for v in value[:MOST_NUMBERS])
            out.append(f"{row.name}: {numbers}")
        return out

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        reading = self.reading
        if reading is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.heading(painter, "FIRST VALUES")
            self._start(painter, reading)
            rows, top = reading.rows, 38 * self.unit
            pitch = self.pitch(len(rows), top, 48, 17)
            shown = min(len(rows), int((self.height() - top) / pitch))
            for k, row in enumerate(rows[:shown]):
                self._row(painter, reading, row, top + (k + 0.5) * pitch, pitch)

    def _start(self, painter: QPainter, reading: Reading) -> None:
        px, y = self.px(13), 20 * self.unit
        right = self.width() - 2.0
        state = reading.read.states[0] if reading.read.states else ""
        if state and reading.trace is not None:
            markup = f"<{'c' if state == 'c' else 's'}|{symbol(state)}_0>"
            given = " = 0" if first_is_zero(reading) else " of the study"
            word = text_width(given, px, 450)
            write(painter, right, y, given, px, colour(self.theme, "text2"), align="r", weight=450)
            right -= word + mathtext.draw(painter, right - word, y, markup, 1.3 * px, self.theme, "r", ground="panel")
            right -= 0.4 * px
        said = f"t = {reading.ground.step}{', from' if state and reading.trace is not None else ''}"
        if right - text_width(said, px, 450) > text_width("FIRST VALUES", px, 650) + px:
            write(painter, right, y, said, px, colour(self.theme, "text2"), align="r", weight=450)

    def _row(self, painter: QPainter, reading: Reading, row: Row, y: float, pitch: float) -> None:
        theme = self.theme
        left, wide = 0.21 * self.width(), 0.53 * self.width()
        box = QRectF(left, y - 0.34 * pitch, wide, 0.68 * pitch)
        error = row.status == "error"
        role = "error" if error else row.role
        room = left - 8
        px = min(self.px(20), 0.62 * pitch)
        px = min(px, px * room / max(mathtext.measure(symbol(row.name), px), 1.0))
        mathtext.draw(painter, left - 12, y, symbol(row.name), px, theme, "r", role=role, ground="panel")
        value = reading.value(row.name)
        if value is None:
            self._hollow(painter, box, role, reading.width(row.name))
            words = "error" if error else "waits" if row.status == "waits" else ""
            ink_ = colour(theme, "error" if error else "text2")
            write(painter, box.right() + 12 * self.unit, y, words, self.px(13.5), ink_, weight=500)
            return
        self._values(painter, box, value, role)
        if len(value) > MOST_NUMBERS:
            write(painter, box.right() + 12 * self.unit, y, f"n = {len(value):,}", self.px(13),
                  colour(theme, "text3"), weight=500)  # fmt: skip

    def _hollow(self, painter: QPainter, box: QRectF, role: str, count: int) -> None:
        pen = QPen(colour(self.theme, role, 0.75), 1.6)
        pen.setDashPattern([5 / 1.6, 4 / 1.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QPen(colour(self.theme, "divider"), 1.2))
        for k in range(1, count if count <= MOST_NUMBERS else 1):
            x = box.left() + box.width() * k / count
            painter.drawLine(round(x), round(box.top() + 3), round(x), round(box.bottom() - 3))

    def _values(self, painter: QPainter, box: QRectF, value: np.ndarray, role: str) -> None:
        theme, count = self.theme, len(value)
        fills = value_colours(theme, value, 1.0)
        cell = box.width() / count
        texts = [fmt(float(v), self.decimals) for v in value] if count <= MOST_NUMBERS else []
        widest = max((text_width(text, 1.0, 600, "number") for text in texts), default=0.0)
        px = min(self.px(15), 0.72 * box.height(), (cell - 6) / widest if widest else 15)
        for k, fill in enumerate(fills):
            tile = QRectF(box.left() + k * cell, box.top(), cell, box.height())
            painter.fillRect(tile.adjusted(0.6 if count <= 64 else 0, 0, 0, 0), _colour(fill))
            if texts and px >= 8:
                on = QColor("#000000") if bool(ink(fill)) else QColor("#FFFFFF")
                middle = tile.center()
                write(painter, middle.x(), middle.y(), texts[k], px, on, align="c", kind="number", weight=600)
        painter.setPen(QPen(colour(theme, role), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)


def _colour(rgb: np.ndarray) -> QColor:
    return QColor(*(round(float(part)) for part in rgb))


def _and_more(lines: int) -> str:
    if lines == 1:
        return "Total, with 1 more line"
    return sentence("Total, with {lines} more lines", lines=lines)
