"""Key caps as they are drawn beside a name: Ctrl + K, each on a cap of its own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.ui.style import colour

#: What is written on a cap instead of Qt's name of the key.
WRITTEN = {
    "Left": "\N{LEFTWARDS ARROW}",
    "Right": "\N{RIGHTWARDS ARROW}",
    "Up": "\N{UPWARDS ARROW}",
    "Down": "\N{DOWNWARDS ARROW}",
    "PgDown": "PageDown",
    "PgUp": "PageUp",
    "Return": "Enter",
    "-": "\N{MINUS SIGN}",
}
#: A cap's height and least width, its letters, and what is left free between two.
HIGH, LETTERS, GAP = 30.0, 14.5, 6.0


def parts(key: str) -> tuple[tuple[str, ...], str]:
    """(the modifiers, the key itself) of a shortcut such as Ctrl+Shift+P or Ctrl++."""
    mods, _, last = key.rpartition("+") if key[-1] != "+" else (key[:-1].rstrip("+"), "", "+")
    return tuple(mods.split("+")) if mods else (), last


def draw_cap(painter: QPainter, theme: Theme, right: float, y: float, words: str, unit: float = 1.0) -> float:
    """Draw a cap that ends at ``right`` with its middle at y; returns where it begins."""
    wide = cap_width(words) * unit
    box = QRectF(right - wide, y - HIGH / 2 * unit, wide, HIGH * unit)
    painter.setPen(QPen(colour(theme, "border"), 1.2 * unit))
    painter.setBrush(colour(theme, "border"))
    painter.drawRoundedRect(box.translated(QPointF(0, 1.2 * unit)), 7 * unit, 7 * unit)
    painter.setBrush(colour(theme, "raised"))
    painter.drawRoundedRect(box, 7 * unit, 7 * unit)
    write(painter, box.center().x(), y, words, LETTERS * unit, colour(theme, "text"), align="c", weight=600)
    return box.left()


def cap_width(words: str) -> float:
    """How wide a cap is."""
    return max(HIGH, text_width(words, LETTERS, 600) + 18.0)


def draw_keys(painter: QPainter, theme: Theme, right: float, y: float, key: str, unit: float = 1.0) -> float:
    """Draw a shortcut's caps, its modifiers before it, ending at ``right``; returns where they begin."""
    mods, last = parts(key)
    x = draw_cap(painter, theme, right, y, WRITTEN.get(last, last), unit)
    for mod in reversed(mods):
        write(painter, x - 8 * unit, y, "+", LETTERS * unit, colour(theme, "text3"), align="c", weight=600)
        x = draw_cap(painter, theme, x - 16 * unit, y, mod, unit)
    return x
