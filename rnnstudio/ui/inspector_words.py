"""The inspector of a text study: every word with its chance, the uncertainty in bits, the states as a map."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from rnnstudio.files.theme import Theme
from rnnstudio.paint.colours import value_colours
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.qtsafe import f
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import track
from rnnstudio.state.model import State
from rnnstudio.state.next_word import NextWord
from rnnstudio.state.picture import has_first, history
from rnnstudio.ui.style import colour

ROW, TOP = 26.5, 108.0
#: Columns of words and of percentages beside the bars, and the least of a bar.
WORD, PERCENT = 86.0, 62.0
#: The gap under the list, height of the part on uncertainty, and of the map with its caption and its labels.
GAP, SURE, MAP, MAP_LOW, TALL, LOW = 38.0, 74.0, 296.0, 210.0, 800.0, 560.0
SLOTS, COLUMN = 9, 0.8
PAD = 20.0


@dataclass(frozen=True)
class WordsPlaces:
    """Where the parts stand: how many rows of words fit, and the tops of the two parts under them."""

    rows: int
    sure: float
    map: float | None


def words_places(height: float, words: int) -> WordsPlaces:
    """The places in an inspector of this height, in a low one without the map; words that do not fit are turned to."""
    of_map = MAP if height > TALL else MAP_LOW if height > LOW else 0.0
    room = height - of_map - SURE - TOP - GAP
    rows = max(min(words, int(room / ROW)), 1)
    sure = TOP + rows * ROW + GAP
    return WordsPlaces(rows, sure, sure + SURE if of_map else None)


def draw_words(
    painter: QPainter, theme: Theme, said: NextWord, box: QRectF, first: int, places: WordsPlaces
) -> None:  # fmt: skip
    """Draw the words from number ``first`` on, each with its bar, the dotted line that an even chance would reach."""
    left, right = box.left() + WORD + 10, box.right() - PERCENT
    if said.chances is None:
        pen = QPen(colour(theme, "y", 0.75), 1.6)
        pen.setDashPattern([5 / 1.6, 4 / 1.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        card = QRectF(box.left(), TOP, box.width(), places.rows * ROW)
        painter.drawRoundedRect(card, 8, 8)
        write(painter, card.center().x(), card.center().y(), "not known yet", 14, colour(theme, "text2"), align="c")
        return
    most, even = f(said.chances.max()), 1.0 / len(said.words)
    for row in range(places.rows):
        k = first + row
        y, top = TOP + (row + 0.5) * ROW, k == 0
        ink = colour(theme, "text" if top else "text2")
        _word(painter, box.left() + WORD, y, said.words[k], ink, 650 if top else 500)
        chance = f(said.chances[k])
        painter.setPen(QPen(colour(theme, "y"), 1.2))
        painter.setBrush(colour(theme, "y", 0.6 if top else 0.34))
        painter.drawRoundedRect(QRectF(left, y - 8, max((right - left) * chance / most, 1.0), 16), 2, 2)
        write(painter, box.right(), y, f"{100 * chance:.1f} %", 13, ink, align="r", kind="number",
              weight=650 if top else 500)  # fmt: skip
    x, bottom = left + (right - left) * min(even / most, 1.0), TOP + places.rows * ROW
    pen = QPen(colour(theme, "text2"), 1.3)
    pen.setDashPattern([2, 2.5])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, TOP), QPointF(x, bottom))
    write(painter, x, bottom + 9, "even", 12.5, colour(theme, "text3"), align="c", weight=450)
    if places.rows < len(said.words):
        shown = sentence(
            "{first} to {first2} of {count}", first=first + 1, first2=first + places.rows, count=len(said.words)
        )
        write(painter, box.left(), bottom + 9, shown, 12.5, colour(theme, "text3"), weight=450)


def _word(painter: QPainter, right: float, y: float, word: str, ink: QColor, weight: int) -> None:
    """A word, right aligned; a long one loses its end, and what is only space is named."""
    word = {" ": "space", "\n": "new line", "\t": "tab"}.get(word, word)
    while text_width(word, 14, weight) > WORD and len(word) > 2:
        word = word.rstrip("\N{HORIZONTAL ELLIPSIS}")[:-1] + "\N{HORIZONTAL ELLIPSIS}"
    write(painter, right, y, word, 14, ink, align="r", weight=weight)


def draw_sure(painter: QPainter, theme: Theme, said: NextWord, box: QRectF, y: float) -> None:
    """Draw the uncertainty: words, number, and how much of the most that it could be."""
    write(painter, box.left(), y + 27, "Uncertainty", 14, colour(theme, "text2"), weight=450)
    known = f"{said.bits:.2f}" if said.chances is not None else "?"
    write(painter, box.right(), y + 27, sentence("{known} of {most_bits:.2f} bits", known=known,
                                                 most_bits=said.most_bits), 14, colour(theme, "text"), align="r",
          kind="number", weight=650)  # fmt: skip
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme, "divider"))
    bar = QRectF(box.left(), y + 42, box.width(), 5)
    painter.drawRoundedRect(bar, 2.5, 2.5)
    if said.chances is not None and said.most_bits > 0:
        bar.setWidth(bar.width() * said.bits / said.most_bits)
        painter.setBrush(colour(theme, "y"))
        painter.drawRoundedRect(bar, 2.5, 2.5)


def draw_map(painter: QPainter, theme: Theme, state: State, box: QRectF) -> None:
    """Draw the states of the samples around the playhead as columns of colours; what is not known yet is dashed."""
    values, known = history(state)
    along = track(state)
    steps, now = along.steps, along.order(state.session.playhead.t)
    slots = min(SLOTS, steps + 1)
    first = max(0, min(now - SLOTS + 3, steps + 1 - slots))
    pitch = box.width() / SLOTS
    for slot in range(slots):
        t = first + slot
        x = box.left() + ((slots - 1 - slot if along.reverse else slot) + 0.5) * pitch
        column = QRectF(x - pitch * COLUMN / 2, box.top(), pitch * COLUMN, box.height() - 24)
        if t == now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "activeglow"))
            painter.drawRoundedRect(column.adjusted(-3.5, -3.5, 3.5, 3.5), 5, 5)
        there = 0 <= t <= known and (t > 0 or has_first(state))
        if there:
            rgb = np.ascontiguousarray(np.rint(value_colours(theme, values[t].reshape(-1, 1))), np.uint8)
            image = QImage(rgb.data, 1, rgb.shape[0], rgb.strides[0], QImage.Format.Format_RGB888)
            painter.drawImage(column, image)
        pen = QPen(colour(theme, "s", 1.0 if there else 0.45), 1.6)
        if not there:
            pen.setDashPattern([4 / 1.6, 3 / 1.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(column, 3, 3)
        ink = colour(theme, "text" if t == now else "text3")
        write(painter, x, box.bottom() - 8, str(along.sample(t)), 12.5, ink, align="c", kind="number",
              weight=650 if t == now else 450)  # fmt: skip
