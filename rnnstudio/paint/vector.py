"""Executes a display list with plain painter calls, for SVG and PDF: everything stays vectors, files stay small."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from rnnstudio.paint import fonts
from rnnstudio.paint.lexicon import LEXICON
from rnnstudio.paint.primitives import (
    Display,
    Lines,
    Numbers,
    Path,
    Picture,
    Primitive,
    Rects,
    Shape,
    Soft,
    Text,
)
from rnnstudio.paint.qtsafe import rgb
from rnnstudio.paint.shapes import draw_path, draw_picture, draw_shape, pen
from rnnstudio.paint.sprites import draw_soft


def paint(painter: QPainter, display: Display, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0) -> None:
    """Paint a display list, tokens and outlines included; a logical point comes to (scale·x + dx, scale·y + dy)."""
    painter.save()
    painter.translate(dx, dy)
    painter.scale(scale, scale)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    for item in (*display.items, *display.tokens, *display.marks):
        draw_one(painter, item)
    painter.restore()


def draw_one(painter: QPainter, item: Primitive) -> None:
    """Draw one primitive in the painter's own units."""
    if isinstance(item, Shape):
        draw_shape(painter, item)
    elif isinstance(item, Path):
        draw_path(painter, item)
    elif isinstance(item, Soft):
        draw_soft(painter, item)
    elif isinstance(item, Text):
        _text(painter, item)
    elif isinstance(item, Numbers):
        _numbers(painter, item)
    elif isinstance(item, Rects):
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, colour in zip(item.rect.tolist(), item.colour.tolist(), strict=True):
            painter.fillRect(QRectF(*rect), rgb(colour))
    elif isinstance(item, Lines):
        for ends, width, colour in zip(item.ends.tolist(), item.width.tolist(), item.colour.tolist(), strict=True):
            painter.setPen(pen(colour, width))
            painter.drawLine(QLineF(*ends))
    elif isinstance(item, Picture):
        draw_picture(painter, item)


def _text(painter: QPainter, item: Text) -> None:
    x, y = item.at
    for g in item.glyphs:
        colour = rgb(g.colour)
        colour.setAlphaF(colour.alphaF() * min(max(item.opacity, 0.0), 1.0))
        fonts.draw(painter, x + g.x, y + g.y, g.text, g.px, colour, item.kind, item.weight)


def _numbers(painter: QPainter, item: Numbers) -> None:
    rise = fonts.cap_height("number", item.weight) / 2
    width = LEXICON.advances(item.codes, item.weight) * item.px
    for text, (x, y), px, colour, w in zip(
        item.texts, item.at.tolist(), item.px.tolist(), item.colour.tolist(), width.tolist(), strict=True
    ):
        fonts.draw(painter, x - w / 2, y + rise * px, text, px, rgb(colour), "number", item.weight)
