"""The bundled faces: Inter for words and numbers, STIX Two Math for mathematics, JetBrains Mono for equations as text.

Sizes are linear, hinting is off.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPaintEngine,
    QPainter,
    QPainterPath,
)

from rnnstudio.paint.translation import tr
from rnnstudio.resources import resource

UI, MATH, MONO = "Inter", "STIX Two Math", "JetBrains Mono"
_FILES = (
    "Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf", "STIXTwoMath-Regular.ttf",
    "JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf",
)  # fmt: skip
#: Kinds of text in which words may stand, which are looked up; numbers have figures of one width.
WORDS = ("ui", "number")
#: Letters are measured and drawn at this size and scaled, so that fractional sizes come out exactly.
REFERENCE = 48


class FontMissingError(RuntimeError):
    """A bundled font cannot be loaded; the message names the file."""


@lru_cache(maxsize=1)
def register() -> None:
    """Load the bundled fonts, once.

    Raises
    ------
    FontMissingError
        There is no application object yet, or a file is missing or no font.
    """
    if QGuiApplication.instance() is None:
        raise FontMissingError("fonts can be loaded only after the application object exists")
    for name in _FILES:
        path = resource("fonts", name)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontMissingError(f"the font {path} is missing or damaged; install the program again")


def _cut(weight: int) -> QFont.Weight:
    """The bundled cut nearest to a weight of the design (450 is drawn with Regular, 650 with SemiBold)."""
    if weight < 475:
        return QFont.Weight.Normal
    if weight < 575:
        return QFont.Weight.Medium
    return QFont.Weight.DemiBold if weight < 680 else QFont.Weight.Bold


def _font(family: str, weight: int, tabular: bool) -> QFont:
    register()
    font = QFont(family)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setWeight(_cut(weight))
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def ui_font(px: float, weight: int = 400, tabular: bool = False) -> QFont:
    """A font for widgets, at a whole number of pixels; ``tabular``: all figures of one width."""
    font = _font(UI, weight, tabular)
    font.setPixelSize(max(1, round(px)))
    return font


def mono_font(px: float, weight: int = 400) -> QFont:
    """The face of equations as text, every letter of one width; Regular, and Bold from 600 on."""
    font = _font(MONO, 700 if weight >= 600 else 400, False)
    font.setPixelSize(max(1, round(px)))
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


@lru_cache(maxsize=32)
def face(kind: str, weight: int = 400) -> QFont:
    """A face at the reference size: of "ui", "number", "math" or "mono"."""
    family = {"math": MATH, "mono": MONO}.get(kind, UI)
    font = _font(family, 400 if kind == "math" else weight, kind == "number")
    font.setPixelSize(REFERENCE)
    return font


@lru_cache(maxsize=32)
def _metrics(kind: str, weight: int) -> QFontMetricsF:
    return QFontMetricsF(face(kind, weight))


@lru_cache(maxsize=16384)
def advance(text: str, kind: str = "ui", weight: int = 400) -> float:
    """Width of a text in em: times the size it is the width in px."""
    return float(_metrics(kind, weight).horizontalAdvance(text)) / REFERENCE


def text_width(text: str, px: float, weight: int = 400, kind: str = "ui") -> float:
    """Width of a text in px, in the language in which it is written."""
    return advance(tr(text) if kind in WORDS else text, kind, weight) * px


@lru_cache(maxsize=16)
def cap_height(kind: str = "ui", weight: int = 400) -> float:
    """Height of capitals in em."""
    return float(_metrics(kind, weight).capHeight()) / REFERENCE


@lru_cache(maxsize=16)
def x_height(kind: str = "ui", weight: int = 400) -> float:
    """Height of small letters in em."""
    return float(_metrics(kind, weight).xHeight()) / REFERENCE


@lru_cache(maxsize=4096)
def outline(text: str, kind: str, weight: int) -> QPainterPath:
    """The outlines of a text at the reference size, its baseline through the origin."""
    path = QPainterPath()
    path.addText(QPointF(0, 0), face(kind, weight), text)
    path.setFillRule(path.fillRule().WindingFill)
    return path


def draw(
    painter: QPainter, x: float, base: float, text: str, px: float, colour: QColor, kind: str = "ui", weight: int = 400
) -> None:
    """Write a text from x on the baseline ``base``, at any size.

    Drawings for other programs (SVG) get outlines: they do not have the fonts.
    """
    painter.save()
    painter.translate(x, base)
    painter.scale(px / REFERENCE, px / REFERENCE)
    if painter.paintEngine().type() == QPaintEngine.Type.SVG:
        painter.fillPath(outline(text, kind, weight), colour)
    else:
        painter.setFont(face(kind, weight))
        painter.setPen(colour)
        painter.drawText(QPointF(0, 0), text)
    painter.restore()


def write(
    painter: QPainter, x: float, y: float, text: str, px: float, colour: QColor, *, align: str = "l",
    kind: str = "ui", weight: int = 400,
) -> float:  # fmt: skip
    """Write a text whose capitals are centred on y, aligned "l", "c" or "r" at x; returns its width.

    Words are written in the user's language; `Verbatim` ones as they are.
    """
    text = tr(text) if kind in WORDS else text
    width = advance(text, kind, weight) * px
    left = x - {"l": 0.0, "c": width / 2, "r": width}[align]
    draw(painter, left, y + cap_height(kind, weight) * px / 2, text, px, colour, kind, weight)
    return width
