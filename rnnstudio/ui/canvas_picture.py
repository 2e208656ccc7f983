"""What the canvas keeps between frames: the static layer as a pixmap, and the picture that a cross-fade leaves."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.layout import Floats, Frame
from rnnstudio.diagram.scene import Scene
from rnnstudio.files.theme import Theme
from rnnstudio.paint import display
from rnnstudio.paint.canvas_head import paint_canvas_head, ranges
from rnnstudio.paint.differences import ROOM, differences, within
from rnnstudio.paint.fit import WIDE_WIDTH, fit
from rnnstudio.paint.patches import CELL, patches
from rnnstudio.paint.primitives import Display
from rnnstudio.paint.raster import Quality, Raster
from rnnstudio.state.model import Session, State
from rnnstudio.state.picture import scene, still
from rnnstudio.state.question_room import NARROW_WIDTH, narrowed
from rnnstudio.ui.measures import PROJECTOR, Measures
from rnnstudio.ui.style import colour


@dataclass(frozen=True)
class Place:
    """Where the logical frame lies: a point (x, y) of it is drawn at ``scale·zoom·(x, y) + (dx, dy)``."""

    scale: float
    zoom: float
    dx: float
    dy: float

    def logical(self, x: float, y: float) -> tuple[float, float]:
        """The logical point under a point of the widget."""
        whole = self.scale * self.zoom
        return (x - self.dx) / whole, (y - self.dy) / whole


def fitted(widget: QWidget, session: Session, wide: bool, sizes: Measures) -> tuple[Frame, float, float, float]:
    """How the logical frame lies on a widget, see `fit`: narrower where a question's options stand beside it.

    The formula bar under it has the width of the window.
    """
    unit = sizes.transport / PROJECTOR.transport if sizes.projector else 0.0
    least = NARROW_WIDTH if narrowed(session) else WIDE_WIDTH
    frame, scale, dx, dy = fit(widget.width(), widget.height(), wide, least, unit)
    bar = min(WIDE_WIDTH, widget.window().width() / unit) if wide and unit else WIDE_WIDTH
    return replace(frame, bar=bar), scale, dx, dy


@dataclass(frozen=True)
class Surface:
    """What is painted on: its size, its device pixels per px, and how the frame lies on it."""

    size: QSize
    dpr: float
    place: Place
    theme: Theme
    sizes: Measures
    keyboard: bool  # whether the keyboard moves the selection in it


@dataclass(frozen=True, eq=False)
class Layer:
    """The static layer as it is kept, and what is on it."""

    scene: Scene
    surface: Surface
    pixmap: QPixmap
    display: Display
    head: QPixmap
    stale: Floats | None  # the parts of it that were other ones before, None where all may have been


class CanvasPicture:
    """Paints scenes; what has not changed is not painted again."""

    def __init__(self) -> None:
        self._raster = Raster()
        self._compiled: tuple[Scene, Surface, Display] | None = None
        self._layer: Layer | None = None
        self._head: tuple[object, QPixmap] | None = None
        self._fading: QPixmap | None = None
        self._legend = True
        self._bare = False

    def keep_for_fade(self) -> None:
        """What is on the screen now fades out over what comes."""
        self._fading = self._layer.pixmap if self._layer is not None else None

    def renew(self, surface: Surface, state: State) -> QRegion | None:
        """Bring the static layer up to date; where the picture becomes another one, None where that may be anywhere."""
        kept, full = self._layer, scene(state)
        self._legend = not state.session.what_if_bar
        if kept is None or kept.surface != surface or self._fading is not None or state.session.turn is not None:
            return None
        self._static(surface, still(state))
        made = self._layer
        if made is None or made.pixmap is not kept.pixmap or full.tokens or kept.display.tokens:
            return None
        if made is kept:
            return QRegion()
        outlined = differences(kept.display.marks, made.display.marks)
        return None if made.stale is None or len(outlined) else region(made.stale)

    def prepare(self, surface: Surface, state: State) -> None:
        """The part of painting a picture at rest that needs no painter."""
        self._display(surface, still(state))

    def paint(self, painter: QPainter, surface: Surface, state: State) -> None:
        """One frame: the static layer (or, in a turn, the whole scene), what travels, outlines, a fading picture."""
        turn, full = state.session.turn, scene(state)
        self._legend = not state.session.what_if_bar  # the toggles stand in its place
        self._bare = surface.theme.wide and narrowed(state.session)  # the question is what is said then
        place, whole = surface.place, surface.place.scale * surface.place.zoom
        if turn is not None and turn.kind != "fade":
            # every mark moves: nothing is worth keeping
            painter.drawPixmap(0, 0, self._headed(surface, full))
            moving = display.compile(full, surface.theme, place.scale, place.zoom)
            self._raster.paint(
                painter, moving, whole, place.dx, place.dy, quality=Quality.MOVING, dpr=surface.dpr
            )  # fmt: skip
            return
        resting = still(state)
        painter.drawPixmap(0, 0, self._static(surface, resting))
        over = display.compile_tokens(full, surface.theme, place.scale, place.zoom)
        over = replace(over, marks=self._display(surface, resting).marks)
        self._raster.paint(painter, over, whole, place.dx, place.dy, dpr=surface.dpr, items=False)
        if turn is None:
            self._fading = None
        elif self._fading is not None:
            painter.setOpacity(1.0 - turn.progress)
            painter.drawPixmap(0, 0, self._fading)
            painter.setOpacity(1.0)

    def _display(self, surface: Surface, resting: Scene) -> Display:
        kept = self._compiled
        if kept is None or kept[0] is not resting or kept[1] != surface:
            made = display.compile(
                replace(resting, keyboard=surface.keyboard), surface.theme, surface.place.scale, surface.place.zoom
            )
            kept = self._compiled = (resting, surface, made)
        return kept[2]

    def _static(self, surface: Surface, resting: Scene) -> QPixmap:
        kept = self._layer
        if kept is None or kept.scene is not resting or kept.surface != surface:
            shown, head = self._display(surface, resting), self._headed(surface, resting)
            # the same pixels again where nobody else shows them: new ones cost more than what is painted on them
            pixmap = None if kept is None or kept.pixmap is self._fading or kept.surface.size != surface.size else (
                kept.pixmap)  # fmt: skip
            stale: Floats | None = None
            if pixmap is None or pixmap.devicePixelRatio() != surface.dpr:
                pixmap = QPixmap(surface.size * surface.dpr)
                pixmap.setDevicePixelRatio(surface.dpr)
            elif kept is not None and kept.surface == surface and kept.head is head:
                stale = stale_parts(kept.display, shown, surface)
            with QPainter(pixmap) as painter:
                self._paint_layer(painter, surface, shown, head, stale)
            kept = self._layer = Layer(resting, surface, pixmap, shown, head, stale)
        return kept.pixmap

    def _paint_layer(
        self, painter: QPainter, surface: Surface, shown: Display, head: QPixmap, stale: Floats | None
    ) -> None:  # fmt: skip
        """All of the layer, or only the parts of it that are stale, with what reaches into them."""
        place, whole = surface.place, surface.place.scale * surface.place.zoom
        if stale is not None:
            painter.setClipRegion(region(stale))
            moved = (stale - np.array([place.dx, place.dy] * 2)) / whole
            shown = replace(shown, items=within(shown, moved, ROOM / whole))
        painter.drawPixmap(0, 0, head)
        self._raster.paint(painter, shown, whole, place.dx, place.dy, dpr=surface.dpr, tokens=False)

    def _headed(self, surface: Surface, scene: Scene) -> QPixmap:
        """The canvas' colour with title, legend and scale, which hardly ever change."""
        view = scene.layout.view
        if self._bare:
            scene = replace(scene, caption="")
        said = (self._legend, surface, scene.title, scene.caption, ranges(scene), scene.cell_state, view,
                scene.notation)  # fmt: skip
        if self._head is None or self._head[0] != said:
            pixmap = QPixmap(surface.size * surface.dpr)
            pixmap.setDevicePixelRatio(surface.dpr)
            pixmap.fill(colour(surface.theme, "canvas"))
            whole = QRectF(0, 0, surface.size.width(), surface.size.height())
            unit = surface.sizes.transport / PROJECTOR.transport if surface.theme.wide else 1.0
            with QPainter(pixmap) as on_it:
                paint_canvas_head(on_it, whole, scene, surface.theme, unit=unit, compact=surface.sizes.compact,
                                  legend=self._legend)  # fmt: skip
            self._head = (said, pixmap)
        return self._head[1]


def stale_parts(old: Display, new: Display, surface: Surface) -> Floats | None:
    """The parts of a surface, (n, 4) in its px, in which two display lists differ; None where that is most of it."""
    place, whole = surface.place, surface.place.scale * surface.place.zoom
    if (CELL * surface.dpr) % 1:
        return None  # no edge of a part would be one of a pixel
    boxes = differences(old.items, new.items) * whole + np.array([place.dx, place.dy] * 2)
    return patches(boxes + np.array([-ROOM, -ROOM, ROOM, ROOM]), surface.size.width(), surface.size.height())


def region(boxes: Floats) -> QRegion:
    """Boxes of whole px as Qt's region."""
    found = QRegion()
    for left, top, right, bottom in boxes.astype(int).tolist():
        found += QRect(left, top, right - left, bottom - top)
    return found
