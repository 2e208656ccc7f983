"""The plots of the inspector and of the Training panel.

The only file that imports pyqtgraph; it is loaded after the first paint.
"""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QMenu, QWidget

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import fmt
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.files.theme import Theme
from rnnstudio.paint.colours import value_colours
from rnnstudio.paint.fonts import MATH, ui_font
from rnnstudio.paint.qtsafe import rng
from rnnstudio.state.learning import (
    SMALLEST_NORM,
    Learning,
    count_text,
    decades,
    nice_top,
    power_text,
    spread,
    whole_ticks,
)
from rnnstudio.state.model import State
from rnnstudio.state.picture import activation_points, has_first, history, history_role, history_samples, other_history
from rnnstudio.state.training_run import loss_text
from rnnstudio.ui.label_places import label_places
from rnnstudio.ui.line_styles import MOST_LINES, dash_of, marker_of, role_of
from rnnstudio.ui.style import colour

#: Beyond so many points a line has neither markers nor dashes; from the second number on it is one px wide.
MANY_POINTS, THIN_FROM = 40, 2000
#: Beside a second run the first one's lines are heavier than its.
LIVE_LINE, THIN_LINE = 2.6, 1.3
#: Operating points of more units have no colour of their own.
MANY_UNITS = 64
#: Range of the activation plot where no point needs more.
SPREAD = {"tanh": 2.4}
ORDINARY_SPREAD = 4.0
#: A lower plot has no room for the letters of its points.
LOWEST_WITH_NAMES = 100
#: Room around the curve, in parts of its range; px that the plot leaves free at its upper and right rim.
PAD_X, PAD_Y, RIM = 0.04, 0.22, 8
#: Horizontal lines of a plot of training, at most.
MOST_LEVELS = 4
Dashes = tuple[float, float] | None
_A = "\N{MATHEMATICAL ITALIC SMALL A}"


class Plots:
    """State history and activation curve: made once, then only their data change."""

    def __init__(self, parent: QWidget, theme: Theme, zoom: float) -> None:
        self._theme = theme
        self._zoom = zoom
        self.history, self.curve = new_plot(parent, "State history"), new_plot(parent, "Activation")
        self._band = pg.LinearRegionItem(movable=False)
        self.history.addItem(self._band)
        # its own grid: pyqtgraph's takes the room away that the outermost labels stand in
        self._levels = [pg.InfiniteLine(0, 0) for _ in range(3)]
        for level in self._levels:
            self.history.addItem(level, ignoreBounds=True)
        self._others = [self.history.plot() for _ in range(MOST_LINES)]  # of the run that is compared with
        self._lines = [self.history.plot() for _ in range(MOST_LINES)]
        self._axes = [pg.InfiniteLine(0, angle) for angle in (0, 90)]
        for axis in self._axes:
            self.curve.addItem(axis, ignoreBounds=True)
        for side in ("left", "bottom"):
            self.curve.hideAxis(side)
        self._f = self.curve.plot()
        self._drops = self.curve.plot(connect="pairs")
        self._points = pg.ScatterPlotItem(pxMode=True)
        self.curve.addItem(self._points)
        self._names = [pg.TextItem() for _ in range(MOST_LINES)]
        for item in self._names:
            self.curve.addItem(item, ignoreBounds=True)
        self._paint_theme()

    def place(self, history: QRectF, curve: QRectF) -> None:
        """Where the two stand in the inspector."""
        for plot, box in ((self.history, history), (self.curve, curve)):
            plot.setGeometry(box.toAlignedRect())
            plot.setVisible(box.height() > 60)

    def release(self) -> None:
        """The window closes."""
        for plot in (self.history, self.curve):
            let_go(plot)

    def set_theme(self, theme: Theme, state: State, zoom: float) -> None:
        """Other colours."""
        self._theme, self._zoom = theme, zoom
        self._paint_theme()
        self.show_state(state)

    def _paint_theme(self) -> None:
        theme = self._theme
        self.curve.setBackground(colour(theme, "raised"))
        _dress_axes(self.history, theme, self._zoom, "panel")
        for line in (*self._axes, *self._levels):
            line.setPen(_pen(colour(theme, "divider"), 1.0))
        self._band.setBrush(colour(theme, "activeglow", 0.8))
        for edge in self._band.lines:
            edge.setPen(QPen(Qt.PenStyle.NoPen))

    def show_state(self, state: State) -> None:
        """Show what is known: history up to the playhead, operating points of the last computed sample."""
        self.show_history(state)
        self.show_activation(state)

    # ---------------------------------------------------------------- state history

    def show_history(self, state: State) -> None:
        """The lines, as far as they are known."""
        values, known = history(state)
        first = 0 if has_first(state) else 1
        shown, other = values[first : known + 1], other_history(state)
        both = shown if other is None else np.concatenate([shown, other[first:]])
        steps, t = state.document.sequence.steps, state.session.playhead.t
        self._band.setRegion((t - 0.02 * steps, t + 0.02 * steps))
        low, high = self._range(state, both)
        rows = history_samples(state)
        self.history.setXRange(*rng(min(rows), max(*rows, 1)), padding=0.03)
        self.history.setYRange(*rng(low, high), padding=0.06)
        every = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if n * 5 >= steps), 5000)
        levels = [float(v) for v in np.linspace(low, high, len(self._levels))]
        for line, level in zip(self._levels, levels, strict=True):
            line.setPos(level)
        self.history.getAxis("left").setTicks([[(level, fmt(level, 1)) for level in levels], []])
        self.history.getAxis("bottom").setTicks([[(n, str(n)) for n in range(0, steps + 1, every)], []])
        samples, role = np.asarray(rows[first : first + len(shown)]), history_role(state)
        for j, line in enumerate(self._lines):
            line.setVisible(j < values.shape[1])
            if j < values.shape[1]:
                self._draw_line(line, samples, shown[:, j], j, role, other is not None)
        for j, line in enumerate(self._others):
            there = other is not None and j < values.shape[1]
            line.setVisible(there)
            if there and other is not None:
                ink = colour(self._theme, role_of(j, role))
                line.setData(samples, other[first:, j], pen=_pen(ink, THIN_LINE * self._zoom, dash_of(j)),
                             connect="finite")  # fmt: skip

    @staticmethod
    def _range(state: State, shown: Floats) -> tuple[float, float]:
        """0 to 1 for what a sigmoid or ReLU hands out, else −1 to 1; beyond that what is known decides."""
        layer = state.document.network.layers[state.document.network.chosen]
        finite = shown[np.isfinite(shown)]
        least = 0.0 if layer.program.activation in ("sigmoid", "relu") else -1.0
        if not finite.size:
            return least, 1.0
        return min(least, float(finite.min())), max(1.0, float(finite.max()))

    def _draw_line(
        self, line: pg.PlotDataItem, samples: np.ndarray, values: Floats, j: int, role: str, beside: bool
    ) -> None:
        many = len(samples) > MANY_POINTS
        ink = colour(self._theme, role_of(j, role))
        width = 1.0 if len(samples) > THIN_FROM else 1.6 if many else (LIVE_LINE if beside else 2.4) * self._zoom
        pen = _pen(ink, width, None if many else dash_of(j))
        line.setData(
            samples, values, pen=pen, connect="finite", symbol=None if many else marker_of(j),
            symbolSize=7 * self._zoom, symbolBrush=ink, symbolPen=None,
        )  # fmt: skip

    # ---------------------------------------------------------------- activation

    def show_activation(self, state: State) -> None:
        """The curve, with the points at which it is used."""
        found = activation_points(state)
        self.curve.setVisible(found is not None and self.curve.height() > 60)
        if found is None:
            return
        _, function, _, at = found
        at = at[np.isfinite(at)]
        spread = max(SPREAD.get(function, ORDINARY_SPREAD), float(np.max(np.abs(at), initial=0.0)) * 1.15)
        line = np.linspace(-spread, spread, 201)
        curve = FUNCTIONS[function](line)
        self._f.setData(line, curve, pen=_pen(colour(self._theme, "op"), 2.8 * self._zoom))
        self.curve.setXRange(*rng(-spread, spread), padding=PAD_X)
        self.curve.setYRange(*rng(float(curve.min()), float(curve.max())), padding=PAD_Y)
        heights = FUNCTIONS[function](at) if len(at) else at
        self._drops.setData(
            np.repeat(at, 2), np.column_stack([np.zeros_like(heights), heights]).reshape(-1),
            pen=_pen(colour(self._theme, "text3"), 1.2, (4.0, 4.0)),
        )  # fmt: skip
        fills = value_colours(self._theme, heights)
        many = len(at) > MANY_UNITS
        self._points.setData(
            x=at, y=heights, size=(6 if many else 12) * self._zoom,
            pen=None if many else _pen(colour(self._theme, "text"), 1.4),
            brush=colour(self._theme, "op", 0.5) if many else [QColor(*(round(float(c)) for c in f)) for f in fills],
        )  # fmt: skip
        self._name_points(at, heights, (float(curve.min()), float(curve.max())), spread, function)

    def _name_points(
        self, at: Floats, heights: Floats, span: tuple[float, float], spread: float, function: str
    ) -> None:  # fmt: skip
        """The letters beside the points, where they are clear of each other and of the lines; of many points none."""
        shown = 0 < len(at) <= MOST_LINES and self.curve.height() >= LOWEST_WITH_NAMES * self._zoom
        for j, item in enumerate(self._names):
            item.setVisible(shown and j < len(at))
        if not shown:
            return
        # px from the data: pyqtgraph knows its own mapping only after the next paint
        width, height = self.curve.width() - RIM, self.curve.height() - RIM
        left, across = -spread * (1 + 2 * PAD_X), 2 * spread * (1 + 2 * PAD_X)
        up = (span[1] - span[0]) * (1 + 2 * PAD_Y)
        top = span[1] + (span[1] - span[0]) * PAD_Y

        def pixel(x: float, y: float) -> tuple[float, float]:
            return (x - left) / across * width, (top - y) / up * height

        columns = np.arange(int(width) + 2)
        drawn = ((top - FUNCTIONS[function](left + columns / width * across)) / up * height).tolist()

        def curve(px: float) -> float:
            return float(drawn[min(max(round(px), 0), len(drawn) - 1)])

        points = [pixel(float(x), float(y)) for x, y in zip(at, heights, strict=True)]
        size = 16.0 * self._zoom
        spots = label_places(points, (1.35 * size, 1.2 * size), (width, height), curve, pixel(0.0, 0.0)[1],
                             6 * self._zoom)  # fmt: skip
        ink = self._theme.colours["text2"]
        look = f"color:{ink}; font-size:{round(size)}px; font-family:'{MATH}'"
        for j, (x, y) in enumerate(spots):
            item = self._names[j]
            item.setAnchor((0.5, 0.5))
            item.setHtml(f'<span style="{look}">{_A}<sub>{j + 1}</sub></span>')
            item.setPos(left + x / width * across, top - y / height * up)


def new_plot(parent: QWidget, name: str) -> pg.PlotWidget:
    """An empty plot of the panels' kind, under its name for the screen reader."""
    pg.setConfigOptions(antialias=True)
    plot = pg.PlotWidget(parent, enableMenu=False)
    plot.setAccessibleName(name)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.setMouseEnabled(False, False)
    plot.hideButtons()
    plot.getPlotItem().layout.setContentsMargins(0, 8, 8, 0)
    # it fills all of its place: with a change of its curves the panel under it need not be painted
    plot.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    plot.show()
    return plot


def let_go(plot: pg.PlotWidget) -> None:
    """The window closes: pyqtgraph's own menus have no parent, and would stay when it has gone."""
    menu = plot.getPlotItem().ctrlMenu
    for below in (*menu.findChildren(QMenu), menu):
        below.deleteLater()


def _dress_axes(plot: pg.PlotWidget, theme: Theme, zoom: float, ground: str) -> None:
    plot.setBackground(colour(theme, ground))
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setTickFont(ui_font(13 * zoom, 450, tabular=True))
        axis.setPen(QPen(colour(theme, "divider"), 1))
        axis.setTextPen(colour(theme, "text3"))
        axis.setStyle(tickLength=0, hideOverlappingLabels=False)
    plot.getAxis("bottom").setHeight(round(20 * zoom))  # by itself it makes room for large digits only when painted


def _pen(ink: QColor, width: float, dashes: tuple[float, float] | None = None) -> QPen:
    pen = QPen(ink, width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashes is not None:
        pen.setDashPattern([part / width for part in dashes])
    return pen


class TrainingPlots:
    """Loss and gradient norm over the updates: made once, then only their data change."""

    def __init__(self, loss: pg.PlotWidget, norm: pg.PlotWidget, theme: Theme, zoom: float) -> None:
        self._theme, self._zoom = theme, zoom
        self._shown: dict[pg.PlotWidget, tuple[int, tuple[float, float]]] = {}
        self.loss, self.norm = loss, norm
        self._levels = {plot: [pg.InfiniteLine(0, 0) for _ in range(MOST_LEVELS)] for plot in (self.loss, self.norm)}
        for plot, lines in self._levels.items():
            for line in lines:
                plot.addItem(line, ignoreBounds=True)
        self._rival, self._curve = self.loss.plot(), self.loss.plot()
        self._norms = self.norm.plot()
        self._now = pg.ScatterPlotItem(pxMode=True)
        self.loss.addItem(self._now)
        self._updates = pg.TextItem("updates", anchor=(1, 0))
        self.loss.addItem(self._updates, ignoreBounds=True)
        self._paint_theme()

    def place(self, loss: QRectF, norm: QRectF) -> None:
        """Where the two stand in the panel."""
        for plot, box in ((self.loss, loss), (self.norm, norm)):
            plot.setGeometry(box.toAlignedRect())
            plot.setVisible(box.height() > 40)

    def set_theme(self, theme: Theme, zoom: float) -> None:
        """Other colours or sizes."""
        self._theme, self._zoom = theme, zoom
        self._paint_theme()

    def _paint_theme(self) -> None:
        for plot, lines in self._levels.items():
            _dress_axes(plot, self._theme, self._zoom, "raised")
            for line in lines:
                line.setPen(_pen(colour(self._theme, "divider"), 1.0))
        self._updates.setColor(colour(self._theme, "text3"))
        self._updates.setFont(ui_font(12.5 * self._zoom, 450))

    def show(self, curves: Learning) -> None:
        """Show what has been computed; ``curves`` says of how many updates there is room."""
        self.show_loss(curves)
        self.show_norm(curves)

    def show_loss(self, curves: Learning) -> None:
        """The losses; the last one marked."""
        last, top = max(curves.room, 1), nice_top(curves.largest_loss)
        self._ranges(self.loss, last, (0.0, top), [(v, loss_text(v)) for v in (0.0, top / 2, top)])
        self._updates.setPos(last, top)
        ink = colour(self._theme, "text" if curves.rival is None else "s")
        self._draw(self._curve, curves.at, curves.loss, ink, None)
        self._rival.setVisible(curves.rival is not None)
        if curves.rival is not None:
            self._draw(self._rival, curves.rival_at, curves.rival, colour(self._theme, "W"), (7.0, 4.0))
        self._now.setData(
            x=curves.at[-1:], y=curves.loss[-1:], size=10 * self._zoom, pen=_pen(colour(self._theme, "text"), 1.6),
            brush=colour(self._theme, "active"),
        )  # fmt: skip

    def show_norm(self, curves: Learning) -> None:
        """The norms of the gradient, on a logarithmic scale."""
        low, high = decades(curves.norm)
        self._ranges(self.norm, max(curves.room, 1), (low, high), [(n, power_text(n)) for n in spread(low, high)])
        known = np.isfinite(curves.norm)
        norms = np.log10(np.maximum(curves.norm[known], SMALLEST_NORM))
        self._draw(self._norms, curves.at[known], norms, colour(self._theme, "grad"), None)

    def _ranges(
        self, plot: pg.PlotWidget, last: int, across: tuple[float, float], levels: list[tuple[float, str]]
    ) -> None:  # fmt: skip
        if self._shown.get(plot) == (last, across):
            return
        self._shown[plot] = (last, across)
        plot.setXRange(*rng(0, last), padding=0.03)
        plot.setYRange(*rng(*across), padding=0.09)
        plot.getAxis("left").setTicks([levels, []])
        plot.getAxis("bottom").setTicks([[(n, count_text(n)) for n in whole_ticks(last)], []])
        for k, line in enumerate(self._levels[plot]):
            line.setVisible(k < len(levels))
            if k < len(levels):
                line.setPos(levels[k][0])

    def _draw(self, line: pg.PlotDataItem, at: Floats, values: Floats, ink: QColor, dashes: Dashes) -> None:
        thin = len(at) > THIN_FROM
        line.setData(at, values, pen=_pen(ink, 1.0 if thin else 2.4 * self._zoom, None if thin else dashes))
