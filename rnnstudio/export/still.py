"""One picture: title, legend, canvas and formula bar, as pixels or vectors of exactly the size that is asked."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from rnnstudio.diagram.formula import Page
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.scene import Scene
from rnnstudio.engine.limits import InputError
from rnnstudio.files.storage import write_atomic
from rnnstudio.files.theme import Theme
from rnnstudio.paint import vector
from rnnstudio.paint.canvas_head import paint_canvas_head
from rnnstudio.paint.display import compile
from rnnstudio.paint.fit import fit
from rnnstudio.paint.formula_bar import paint_formula_bar
from rnnstudio.paint.qtsafe import rgb
from rnnstudio.paint.raster import Raster

FORMATS = (".png", ".svg", ".pdf")
LARGEST_SIDE, LARGEST_AREA, SMALLEST_SIDE = 16_384, 256_000_000, 64
#: Lines of the picture that all other sizes are scaled from, and the widths under which that is narrower still.
LINES, NARROW, WIDE_NARROW = 1080.0, 1240.0, 1920.0
BAR, WIDE_BAR = 138.0, 198.0
#: PDF counts in points of 1/72 inch, a px is 1/96.
_POINTS_PER_PX = 0.75


@dataclass(frozen=True)
class Plan:
    """How a picture of some size is divided: what a caller lays out for, and where it comes to lie.

    ``unit`` px stand for one px of a 1080-line picture; ``canvas`` is the canvas' height in px, ``scale, dx, dy`` map
    the logical frame to px.
    """

    width: int
    height: int
    unit: float
    canvas: float
    frame: Frame
    scale: float
    dx: float
    dy: float


def plan(width: int, height: int, theme: Theme, transparent: bool = False) -> Plan:
    """Divide a picture into canvas and formula bar.

    Raises
    ------
    InputError
        A side or the area is out of bounds.
    """
    check_size(width, height)
    unit = min(height / LINES, width / (WIDE_NARROW if theme.wide else NARROW))
    bar = 0.0 if transparent else (WIDE_BAR if theme.wide else BAR) * unit
    frame, scale, dx, dy = fit(width / unit, (height - bar) / unit, theme.wide)
    return Plan(width, height, unit, height - bar, frame, scale * unit, dx * unit, dy * unit)


def check_size(width: int, height: int) -> None:
    """Refuse a picture that is too large or too small.

    Raises
    ------
    InputError
        Names the size and the bound.
    """
    for what, side in (("width", width), ("height", height)):
        if not SMALLEST_SIDE <= side <= LARGEST_SIDE:
            raise InputError(
                f"picture of {width}x{height}: a {what} from {SMALLEST_SIDE} to {LARGEST_SIDE} px is possible"
            )
    if width * height > LARGEST_AREA:
        raise InputError(
            f"picture of {width}x{height}: {width * height / 1e6:.0f} million px are over the limit of "
            f"{LARGEST_AREA // 1_000_000} million"
        )


def render_picture(
    scene: Scene, page: Page | None, theme: Theme, width: int = 1920, height: int = 1080, *,
    transparent: bool = False, page_index: int = 0, page_count: int = 1,
) -> QImage:  # fmt: skip
    """The picture as pixels; lay the scene out for ``plan(width, height, theme, transparent).frame``.

    Parameters
    ----------
    scene : Scene
        What the canvas shows.
    page : Page or None
        What the formula bar shows; None leaves it empty.
    theme : Theme
        Its colours and sizes.
    width, height : int
        Size in px.
    transparent : bool
        The canvas alone, on no ground.
    page_index, page_count : int
        Which page of the formula bar it is.
    """
    places = plan(width, height, theme, transparent)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise InputError(f"picture of {width}x{height}: there is not enough memory")
    image.fill(0 if transparent else rgb(canvas_colour(theme)))
    display = compile(scene, theme, places.scale)
    with QPainter(image) as painter:
        Raster().paint(painter, display, places.scale, places.dx, places.dy)
        if not transparent:
            _surroundings(painter, places, scene, page, theme, page_index, page_count)
    return image


def canvas_colour(theme: Theme) -> int:
    """The canvas' colour as 0xAARRGGBB."""
    return 0xFF000000 | int(theme.colour("canvas")[1:], 16)


def encode_picture(
    suffix: str, scene: Scene, page: Page | None, theme: Theme, width: int = 1920, height: int = 1080, *,
    transparent: bool = False, page_index: int = 0, page_count: int = 1,
) -> bytes:  # fmt: skip
    """The picture as the bytes of a ``.png``, ``.svg`` or ``.pdf`` file.

    Raises
    ------
    InputError
        Another suffix, or a size out of bounds.
    """
    if suffix.lower() not in FORMATS:
        raise InputError(f"a picture's name has to end in {', '.join(FORMATS)}, not in {suffix or 'nothing'}")
    if suffix.lower() == ".png":
        return png_bytes(render_picture(scene, page, theme, width, height, transparent=transparent,
                                        page_index=page_index, page_count=page_count))  # fmt: skip
    places = plan(width, height, theme, transparent)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix.lower() == ".svg":
        device: QSvgGenerator | QPdfWriter = QSvgGenerator()
        assert isinstance(device, QSvgGenerator)
        device.setOutputDevice(buffer)
        device.setSize(QSize(width, height))
        device.setViewBox(QRect(0, 0, width, height))
        device.setResolution(96)
        device.setTitle(scene.title)
    else:
        device = _pdf(buffer, width, height, scene.title)
    with QPainter(device) as painter:
        display = compile(scene, theme, places.scale)
        if not transparent:
            painter.fillRect(QRectF(0, 0, width, height), rgb(display.ground))
        vector.paint(painter, display, places.scale, places.dx, places.dy)
        if not transparent:
            _surroundings(painter, places, scene, page, theme, page_index, page_count)
    buffer.close()
    made = bytes(data.data())
    if suffix.lower() == ".svg":
        # Qt writes the size in millimetres, which other programs round.
        made = re.sub(rb'width="[^"]*mm" height="[^"]*mm"', b'width="%d" height="%d"' % (width, height), made, count=1)
    return made


def png_bytes(image: QImage) -> bytes:
    """An image as the bytes of a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise InputError(f"picture of {image.width()}x{image.height()}: it cannot be encoded as PNG")
    buffer.close()
    return bytes(data.data())


def write_picture(
    path: str | Path, scene: Scene, page: Page | None, theme: Theme, width: int = 1920, height: int = 1080, *,
    transparent: bool = False, page_index: int = 0, page_count: int = 1,
) -> None:  # fmt: skip
    """Write the picture to a file whose ending says the format; the file is complete or absent.

    Raises
    ------
    InputError
        Another ending, a size out of bounds, or the file cannot be written.
    """
    data = encode_picture(Path(path).suffix, scene, page, theme, width, height, transparent=transparent,
                          page_index=page_index, page_count=page_count)  # fmt: skip
    write_atomic(path, data)


def _pdf(buffer: QBuffer, width: int, height: int, title: str) -> QPdfWriter:
    device = QPdfWriter(buffer)
    size = QPageSize(QSizeF(width * _POINTS_PER_PX, height * _POINTS_PER_PX), QPageSize.Unit.Point, "",
                     QPageSize.SizeMatchPolicy.ExactMatch)  # fmt: skip
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    device.setResolution(96)
    device.setTitle(title)
    device.setCreator("RNN Studio")
    return device


def _surroundings(
    painter: QPainter, places: Plan, scene: Scene, page: Page | None, theme: Theme, page_index: int, page_count: int
) -> None:
    """Head and formula bar around the canvas."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    paint_canvas_head(painter, QRectF(0, 0, places.width, places.canvas), scene, theme, unit=places.unit)
    painter.save()
    painter.translate(0, places.canvas)
    painter.scale(places.unit, places.unit)
    bar = QRectF(0, 0, places.width / places.unit, (places.height - places.canvas) / places.unit)
    if page is None:
        painter.fillRect(bar, rgb(0xFF000000 | int(theme.colour("panel")[1:], 16)))
    else:
        paint_formula_bar(painter, bar, page, theme, page_index=page_index, page_count=page_count)
    painter.restore()
