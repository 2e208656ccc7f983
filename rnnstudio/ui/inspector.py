"""The inspector: what is selected, its values, the weights, and (once they are loaded) two plots."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.formula import Inspection
from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.state.actions.viewing import ToggleInspector
from rnnstudio.state.derived import units, vmax
from rnnstudio.state.model import State
from rnnstudio.state.picture import activation_points, has_first, history_name, inspection
from rnnstudio.state.store import Store
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.inspector_values import ROW, draw_values, rows_of
from rnnstudio.ui.inspector_weights import WeightsPart, draw_weights, weights_of
from rnnstudio.ui.line_styles import MOST_LINES, dash_of, role_of
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from rnnstudio.ui.plots import Plots

PAD = 20.0
HISTORY, HISTORY_LOW, ACTIVATION = 132.0, 98.0, 214.0
#: A panel lower than this is set closer.
TALL = 800.0


#: A lower card has no room for a plot.
LOWEST_CARD = 84.0
#: Roles of weights: given, not computed.
_GIVEN = frozenset({"x", "W", "U", "V"})


class Inspector(QWidget):
    """Reads the same explanation as the formula bar and the accessible names."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self._plots: Plots | None = None
        self.fold = IconButton("Fold the inspector", "chevron-right", self, theme)
        self.fold.clicked.connect(self._fold)
        self.setAccessibleName("Inspector")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_state(store.state, store.state)

    def _fold(self) -> None:
        self._store.dispatch(ToggleInspector())

    def load_plots(self) -> None:
        """Bring the plots in: after the first paint, since their library takes longer to load than all the rest."""
        if self._plots is None:
            from rnnstudio.ui.plots import Plots

            self._plots = Plots(self, self._theme, self._sizes.inspector_zoom)
            self._place()
            self._plots.show_state(self._store.state)

    def release(self) -> None:
        """The window closes."""
        if self._plots is not None:
            self._plots.release()

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self.setFixedWidth(round(sizes.inspector))
        self.fold.set_theme(theme)
        self._place()
        if self._plots is not None:
            self._plots.set_theme(theme, self._store.state, sizes.inspector_zoom)
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show the selection, or R at the playhead."""
        if self.isHidden() and old is not new:
            return
        self.setAccessibleDescription(inspection(new).accessible)
        if self._plots is not None:
            self._place()
            self._plots.show_state(new)
        self.update()

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Put the plots in their places."""
        self._place()

    # ---------------------------------------------------------------- geometry (in unzoomed px)

    def _height(self) -> float:
        return self.height() / self._sizes.inspector_zoom

    def _width(self) -> float:
        return self.width() / self._sizes.inspector_zoom

    def _gap(self) -> float:
        return 26.0 if self._height() > TALL else 17.0

    def _history_height(self) -> float:
        return HISTORY if self._height() > TALL else HISTORY_LOW

    def _places(self) -> tuple[float, float, float]:
        """Top of the weights, the state history and the activation."""
        rows = rows_of(inspection(self._store.state))
        weights = 90 + (22 + rows * ROW + 2 + self._gap() if rows else 0)
        history = weights + 18 + weights_of(self._store.state).height + 17 + self._gap()
        return weights, history, history + 34 + self._history_height() + 34 + self._gap()

    def _place(self) -> None:
        zoom = self._sizes.inspector_zoom
        side = round(30 * zoom)
        self.fold.setFixedSize(side, side)
        self.fold.move(round(self.width() - 39 * zoom), round(14 * zoom))
        if self._plots is None:
            return
        _, history, activation = self._places()
        width = self._width() - 2 * PAD

        card = self._card(activation)

        def box(y: float, height: float) -> QRectF:
            return QRectF((PAD + 4) * zoom, y * zoom, (width - 8) * zoom, max(height, 1) * zoom)

        self._plots.place(
            box(history + 26, self._history_height() + 34),
            box(card.top() + 6, card.height() - 12),
        )

    # ---------------------------------------------------------------- drawing

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw header, values, weights and the plots' captions."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(self._theme, "panel"))
            painter.fillRect(QRectF(0, 0, 1, self.height()), colour(self._theme, "border"))
            if self.hasFocus():
                painter.setPen(QPen(colour(self._theme, "accent"), 2))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            painter.scale(self._sizes.inspector_zoom, self._sizes.inspector_zoom)
            state = self._store.state
            said = inspection(state)
            self._header(painter, said)
            if rows_of(said):
                given = said.editable or said.role in _GIVEN
                self._caption(painter, 90, "VALUE", "given" if given else "computed, read only")
                draw_values(painter, self._theme, said, QRectF(PAD, 112, self._width() - 2 * PAD, 0), state)
            weights, history, activation = self._places()
            part = weights_of(state)
            self._weights(painter, weights, part, state)
            self._caption(painter, history, "STATE HISTORY" if has_first(state) else "OUTPUT HISTORY")
            self._legend(painter, history + 18, history_name(state), units(state))
            points = activation_points(state)
            if points is not None and self._card(activation).height() >= LOWEST_CARD:
                note = _activation_note(points, state.session.playhead.t)
                self._caption(painter, activation, "ACTIVATION", note)
                painter.setPen(QPen(colour(self._theme, "divider"), 1))
                painter.setBrush(colour(self._theme, "raised"))
                painter.drawRoundedRect(self._card(activation), 10, 10)

    def _caption(self, painter: QPainter, y: float, words: str, right: str = "") -> None:
        quiet = colour(self._theme, "text3")
        write(painter, PAD, y, words, 12.5, quiet, weight=600)
        if right:
            write(painter, self._width() - PAD, y, right, 12.5, quiet, align="r", weight=450)

    def _card(self, activation: float) -> QRectF:
        height = max(min(ACTIVATION, self._height() - activation - 34), 1.0)
        return QRectF(PAD, activation + 16, self._width() - 2 * PAD, height)

    def _legend(self, painter: QPainter, y: float, letter: str, lines: int) -> None:
        """The lines' looks and letters, over the upper right end of the plot."""
        x = self._width() - PAD
        for j in reversed(range(min(lines, MOST_LINES))):
            x -= 46
            role = role_of(j)
            pen, dashes = QPen(colour(self._theme, role), 2.4), dash_of(j)
            if dashes is not None:
                pen.setDashPattern([part / 2.4 for part in dashes])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(x + 18, y))
            mathtext.draw(painter, x + 22, y - 1, f"<{role}|{letter}_{{{j + 1}}}>", 15, self._theme, ground="panel")

    def _header(self, painter: QPainter, said: Inspection) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme, said.role))
        painter.drawRoundedRect(QRectF(PAD, 18, 5, 40), 2.5, 2.5)
        width = mathtext.draw(painter, PAD + 16, 37, said.symbol, 30, self._theme, role=said.role, ground="panel")
        x = max(98.0, PAD + 16 + width + 16)
        write(painter, x, 28, said.name, 17, colour(self._theme, "text"), weight=650)
        context = said.context
        while text_width(context, 13, 450) > self._width() - PAD - x and len(context) > 4:
            context = context.rstrip("\N{HORIZONTAL ELLIPSIS}")[:-1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
        write(painter, x, 49, context, 13, colour(self._theme, "text3"), weight=450)

    def _weights(self, painter: QPainter, y: float, part: WeightsPart, state: State) -> None:
        if part.matrices:
            self._caption(painter, y, f"WEIGHTS{part.note}", part.sizes)
            draw_weights(painter, self._theme, part, PAD, y + 18, self._width() - 2 * PAD, vmax(state.document))


def _activation_note(points: tuple[str, str, int, object], now: int) -> str:
    """``tanh of g, t = 4``; of what is not computed yet, the last that was."""
    value, function, t, _ = points
    what = function if value in ("y", "h", "s") else f"{function} of {value}"
    if not t:
        return what
    return f"{what}, t = {t}" if t == now else f"{what}, last computed t = {t}"
