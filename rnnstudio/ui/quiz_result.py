"""What came out: both votes of every option, and what the class said beside what the net says."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from rnnstudio.files.theme import Theme
from rnnstudio.lessons.words import plain
from rnnstudio.paint.colours import ink, pack, value_colours
from rnnstudio.paint.fonts import write
from rnnstudio.paint.prose import LINE, draw_prose, line_width, uncoloured
from rnnstudio.paint.qtsafe import rgb
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import trace
from rnnstudio.state.model import State
from rnnstudio.state.question import REVOTE, VOTE, Question
from rnnstudio.state.question_options import Options, options
from rnnstudio.state.question_words import STAGES
from rnnstudio.ui.quiz_option import fitting, letter_tile
from rnnstudio.ui.style import colour

#: Of 1080 lines (DESIGN §16): the row of an option, its letter's tile, a bar, its count, the legend over the rows.
ROW, TILE, BAR, COUNT, LEGEND = 108.0, 70.0, 34.0, 30.0, 56.0
#: The two tiles under them, their letters, and those of what the class said.
TILE_HIGH, NET_PX, CLASS_PX, LABEL_PX = 128.0, 64.0, 52.0, 30.0


def class_said(asked: Question) -> int | None:
    """The option that most of the class chose in its last vote; None where none was counted, or two have as many."""
    votes = asked.last_votes
    most = max(votes)
    return votes.index(most) if most and votes.count(most) == 1 else None


def said_of(state: State, asked: Question) -> str:
    """The result in words, as markup."""
    found, said = options(state, asked), class_said(asked)
    right = found.texts[found.right]
    if not any(asked.last_votes):
        return sentence("The net says {outcome}: {right}.", outcome=found.outcome, right=right)
    if said is None:
        return sentence("The class is of two minds. The net says {outcome}: {right}.", outcome=found.outcome,
                        right=right)  # fmt: skip
    return sentence("The class said {said}. The net says {outcome}: {right}.", said=found.texts[said],
                    outcome=found.outcome, right=right)  # fmt: skip


def paint_result(
    painter: QPainter, state: State, asked: Question, theme: Theme, u: float, area: QRectF, below: bool
) -> None:
    """Draw the result into an area: rows over tiles, or beside them where it lies below the picture."""
    found, counted = options(state, asked), any(asked.last_votes)
    split = area.width() * (0.58 if counted else 0.5) if below else area.width()
    rows = QRectF(area.left(), area.top() + 6 * u, split, area.height())
    tiles_high = (TILE_HIGH + 110) * u
    legend = LEGEND * u if counted else 10 * u
    room = area.height() - legend - 12 * u if below else area.height() - legend - tiles_high - 30 * u
    pitch = min(ROW * u, room / 4)
    if counted:
        _legend(painter, asked, theme, u, rows)
    for k in range(4):
        box = QRectF(rows.left(), rows.top() + legend + k * pitch, rows.width(), pitch)
        _row(painter, asked, found, theme, u, box, k)
    if below:
        _tiles(painter, state, asked, found, theme, u, QRectF(area.left() + split + 40 * u, area.top() + 30 * u,
                                                              area.width() - split - 40 * u, tiles_high))  # fmt: skip
        return
    top = rows.top() + legend + 4 * pitch + 14 * u
    painter.setPen(QPen(colour(theme, "divider"), max(2 * u, 1)))
    painter.drawLine(round(area.left()), round(top), round(area.right()), round(top))
    _tiles(painter, state, asked, found, theme, u, QRectF(area.left(), top + 12 * u, area.width(), tiles_high))


def _legend(painter: QPainter, asked: Question, theme: Theme, u: float, area: QRectF) -> None:
    y, x = area.top() + 26 * u, area.left()
    for n, stage in enumerate((VOTE, REVOTE)):
        words, filled = STAGES[stage], n == 1
        if not any(asked.votes[n]):
            continue
        painter.setPen(QPen(colour(theme, "accent"), 2 * u))
        painter.setBrush(colour(theme, "accent") if filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x, y - 11 * u, 32 * u, 22 * u), 4 * u, 4 * u)
        x += 48 * u + write(painter, x + 48 * u, y, words, LABEL_PX * u, colour(theme, "text"), weight=600) + 50 * u
    total = sum(asked.last_votes)
    words = sentence("1 vote") if total == 1 else sentence("{count} votes", count=total)
    write(painter, area.right() - 14 * u, y, words, LABEL_PX * u, colour(theme, "text2"), align="r")


def _row(painter: QPainter, asked: Question, found: Options, theme: Theme, u: float, box: QRectF, k: int) -> None:
    """Letter, the bars of both votes with their counts, the words at the right; the right answer on its own ground."""
    right = k == found.right
    middle = box.center().y()
    if right:
        painter.setPen(QPen(colour(theme, "ok"), max(3 * u, 1.5)))
        painter.setBrush(colour(theme, "ok", 0.10))
        painter.drawRoundedRect(box.adjusted(0, 2 * u, 0, -2 * u), 12 * u, 12 * u)
    tile = min(TILE * u, box.height() * 0.76)
    letter_tile(painter, theme, QRectF(box.left() + 12 * u, middle - tile / 2, tile, tile), k, tile * 0.62,
                "ok" if right else "text")  # fmt: skip
    left, end = box.left() + tile + 34 * u, box.right() - 16 * u
    there = [n for n in (0, 1) if any(asked.votes[n])]
    most = max((max(asked.votes[n]) for n in there), default=0)
    words = uncoloured(found.texts[k]) if right else found.texts[k]
    room = (end - left) * (0.42 if there else 1.0)
    px = fitting(words, (LABEL_PX if there else CLASS_PX) * u, room)
    _words(painter, theme, words, px, middle if not there else middle - min(BAR * u, box.height() * 0.4) / 2 - u,
           left, end, right, bool(there))  # fmt: skip
    bar = min(BAR * u, box.height() * 0.4)
    # the longest bar leaves its count, and the words over it, their room
    full = (end - left) * 0.5
    for row, n in enumerate(there):
        count = asked.votes[n][k]
        y = middle + (row - len(there) / 2) * bar
        wide = full * count / most if most else 0.0
        painter.setPen(QPen(colour(theme, "accent"), max(2 * u, 1.2)))
        painter.setBrush(colour(theme, "accent") if n == 1 else Qt.BrushStyle.NoBrush)
        if count:
            painter.drawRoundedRect(QRectF(left, y + 1.5 * u, wide, bar - 3 * u), 4 * u, 4 * u)
        write(painter, left + wide + 14 * u, y + bar / 2, str(count), COUNT * u, colour(theme, "text"), kind="number",
              weight=650 if n == 1 else 450)  # fmt: skip


def _words(
    painter: QPainter, theme: Theme, words: str, px: float, y: float, left: float, end: float, right: bool, aside: bool
) -> None:
    x = end - line_width(words, px, 600) if aside else left
    draw_prose(painter, x, y - LINE * px / 2, words, px, 1e6, theme, role="ok" if right else "text", ground="canvas",
               weight=600)  # fmt: skip


def _tiles(
    painter: QPainter, state: State, asked: Question, found: Options, theme: Theme, u: float, area: QRectF
) -> None:
    """The class beside the net; without votes the net alone."""
    votes = asked.last_votes
    gap = 24 * u
    high = min(TILE_HIGH * u, area.height() * 0.55)
    boxes = []
    if any(votes):
        half = (area.width() - gap) / 2
        said = class_said(asked)
        boxes.append((False, found.texts[said] if said is not None else sentence("of two minds"), half, area.left()))
        boxes.append((True, found.outcome, half, area.left() + half + gap))
    else:
        boxes.append((True, found.outcome, area.width(), area.left()))
    for net, text, width, x in boxes:
        words = sentence("the net says") if net else sentence("the class said")
        write(painter, x + width / 2, area.top() + 22 * u, words, LABEL_PX * u, colour(theme, "text"), align="c",
              weight=500)  # fmt: skip
        box = QRectF(x, area.top() + 48 * u, width, high).adjusted(2, 2, -2, -2)
        _tile(painter, state, asked, found, theme, u, box, text, net)
    if any(votes):
        write(painter, area.center().x(), area.top() + 48 * u + high + 26 * u, _counted(asked, found), 28 * u,
              colour(theme, "text2"), align="c")  # fmt: skip


def _counted(asked: Question, found: Options) -> str:
    """How many were right, in the last vote and in the one before."""
    one, two = asked.votes
    right = found.right
    if any(two) and any(one):
        return sentence("{two} of {all_two} right in vote 2, {one} of {all_one} in vote 1", two=two[right],
                        all_two=sum(two), one=one[right], all_one=sum(one))  # fmt: skip
    return sentence("{count} of {all} right", count=asked.last_votes[right], all=sum(asked.last_votes))


def _tile(
    painter: QPainter, state: State, asked: Question, found: Options, theme: Theme, u: float, box: QRectF, text: str,
    net: bool,
) -> None:  # fmt: skip
    value = found.value if net else None
    role, width = ("text", 3 * u) if not net else (_role(state, asked), 4 * u)
    painter.setPen(QPen(colour(theme, role), max(width, 1.5)))
    letters = colour(theme, "text")
    if value is None:
        painter.setBrush(colour(theme, "raised"))
    else:
        fill = value_colours(theme, np.asarray([value]), np.asarray([1.0]))
        painter.setBrush(rgb(int(pack(fill, np.asarray([1.0]))[0])))
        letters = rgb(0xFF000000 if bool(ink(fill)[0]) else 0xFFFFFFFF)
    painter.drawRoundedRect(box, 14 * u, 14 * u)
    px = fitting(text, min((NET_PX if net else CLASS_PX) * u, box.height() * 0.5), box.width() - 30 * u)
    if value is not None:
        write(painter, box.center().x(), box.center().y(), plain(text), px, letters, align="c", kind="number",
              weight=650)  # fmt: skip
        return
    x = box.center().x() - line_width(text, px, 600) / 2
    draw_prose(painter, x, box.center().y() - LINE * px / 2, text, px, 1e6, theme, ground="raised", weight=600)


def _role(state: State, asked: Question) -> str:
    program = trace(state).layer(state.document.network.chosen).program
    return str(program.role(asked.name))
