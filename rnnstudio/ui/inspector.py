"""The inspector: what is selected, its values, the weights, and (once they are loaded) two plots."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.beside import WHAT_IF
from rnnstudio.diagram.versions import DELTA
from rnnstudio.files.theme import Theme
from rnnstudio.sentence import joined, sentence
from rnnstudio.state.actions.viewing import ToggleInspector
from rnnstudio.state.areas import Area
from rnnstudio.state.comparison import comparison
from rnnstudio.state.model import State
from rnnstudio.state.next_word import next_word, spoken_words
from rnnstudio.state.notation import said
from rnnstudio.state.picture import activation_points, has_first, inspection
from rnnstudio.state.places import Place
from rnnstudio.state.store import Store
from rnnstudio.ui.area_bar import HEIGHT as BAR
from rnnstudio.ui.area_bar import AreaBar
from rnnstudio.ui.area_gestures import AreaGestures
from rnnstudio.ui.area_map import area_box, shown_area
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.inspector_apart import draw_apart
from rnnstudio.ui.inspector_parts import PAD, Parts
from rnnstudio.ui.inspector_places import Places, row_places, weight_places
from rnnstudio.ui.inspector_values import ROW, rows_of
from rnnstudio.ui.inspector_weights import weights_of
from rnnstudio.ui.inspector_words import words_places
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.style import colour
from rnnstudio.ui.value_drag import DRAG, ValueDrag

if TYPE_CHECKING:
    from rnnstudio.ui.plots import Plots

HISTORY, HISTORY_LOW, ACTIVATION = 132.0, 98.0, 214.0
#: A panel lower than this is set closer.
TALL = 800.0


#: A lower card has no room for a plot.
LOWEST_CARD = 84.0
#: What the wheel tells at a notch.
ANGLE_A_NOTCH = 120


class Inspector(QWidget):
    """Reads the same explanation as the formula bar and the accessible names; its given values may be edited."""

    asked_edit = Signal(object)  # the given value that is to be edited
    asked_menu = Signal(QPoint)  # what can be done with the selected block, at a point of the screen

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = theme
        self._sizes: Measures = NORMAL
        self._plots: Plots | None = None
        self._first = 0  # the first word of the list that is shown
        self._turned = 0
        self._drag = ValueDrag(store)
        self._pressed: Place | None = None
        self.areas = AreaGestures(store)
        self.bar = AreaBar(store, self, theme)
        self.bar.left.connect(self._to_block)
        self.fold = IconButton("Fold the inspector", "chevron-right", self, theme)
        self.fold.clicked.connect(self._fold)
        # each of the plots costs as much as the panel: it has a turn of the event loop of its own
        self._soon, self._then = QTimer(self), QTimer(self)
        for timer, show in ((self._soon, self._show_history), (self._then, self._show_activation)):
            timer.setSingleShot(True)
            timer.setInterval(0)
            timer.timeout.connect(show)
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
        self._soon.stop()
        self._then.stop()
        if self._plots is not None:
            self._plots.release()

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        self.setFixedWidth(round(sizes.inspector))
        self.fold.set_theme(theme)
        self.bar.set_form(theme, sizes.inspector_zoom)
        self._place()
        if self._plots is not None:
            self._plots.set_theme(theme, self._store.state, sizes.inspector_zoom)
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show the selection, or R at the playhead."""
        if self.isHidden() and old is not new:
            return
        words = next_word(new)
        self.bar.show_state(old, new)
        self._place()
        self.setAccessibleDescription(inspection(new).accessible if words is None else spoken_words(words))
        if self._plots is not None:
            self._soon.start()
        self.update()

    def _show_history(self) -> None:
        if self._plots is not None and not self.isHidden():
            self._plots.show_history(self._store.state)
            self._then.start()

    def _show_activation(self) -> None:
        if self._plots is not None and not self.isHidden():
            self._plots.show_activation(self._store.state)

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

    def _history_height(self, top: float) -> float:
        wanted = HISTORY if self._height() > TALL or self._sizes.projector else HISTORY_LOW
        return min(wanted, self._height() - top - 74)

    def _parts(self) -> frozenset[str]:
        """The parts under the values; over the projector's picture there is room for the one that is asked for."""
        selected = self._store.state.session.selection
        if not self._sizes.projector:
            return frozenset({"weights", "history", "activation"})
        if selected is not None and selected.what == "f":
            return frozenset({"activation"})
        layer = self._store.state.document.network.layers[self._store.state.document.network.chosen]
        of_weights = selected is not None and selected.what.removeprefix(DELTA) in layer.parameters
        return frozenset({"weights" if of_weights else "history"})

    def _places(self) -> tuple[float, float, float]:
        """Top of the weights, the state history and the activation."""
        parts, rows = self._parts(), rows_of(inspection(self._store.state))
        weights = history = 90 + (22 + rows * ROW + 2 + self._gap() if rows else 0)
        if "weights" in parts:
            history += 18 + weights_of(self._store.state).height + 17 + self._gap()
            if self._area() is not None:
                history += BAR + self._gap() - 10
        below = 34 + self._history_height(history) + 34 + self._gap() if "history" in parts else 0.0
        return weights, history, history + below

    def _area(self) -> tuple[str, Area] | None:
        """The selected block, where its matrix is shown."""
        if "weights" not in self._parts() or next_word(self._store.state) is not None:
            return None
        return shown_area(self._store.state, weights_of(self._store.state))

    def _matrices(self) -> tuple[float, float, float]:
        """Where the matrices begin, and their width."""
        return PAD, self._places()[0] + 18, self._width() - 2 * PAD

    def _place_bar(self) -> None:
        zoom, there = self._sizes.inspector_zoom, self._area() is not None
        if there:
            y = self._places()[0] + 18 + weights_of(self._store.state).height + 12
            self.bar.setGeometry(QRectF(PAD * zoom, y * zoom, (self._width() - 2 * PAD) * zoom, BAR * zoom).toRect())
        self.bar.setVisible(there)

    def _to_block(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        self._place_bar()
        zoom = self._sizes.inspector_zoom
        side = round(30 * zoom)
        self.fold.setFixedSize(side, side)
        self.fold.move(round(self.width() - 39 * zoom), round(14 * zoom))
        if self._plots is None:
            return
        _, history, activation = self._places()
        width, parts = self._width() - 2 * PAD, self._parts()
        if next_word(self._store.state) is not None:
            parts = frozenset()
        card, compared = self._card(activation), comparison(self._store.state)
        if compared is not None and compared.kind == WHAT_IF:
            parts = parts - {"activation"}  # how far apart the runs are stands there

        def box(y: float, height: float) -> QRectF:
            return QRectF((PAD + 4) * zoom, y * zoom, (width - 8) * zoom, max(height, 1) * zoom)

        self._plots.place(
            box(history + 26, self._history_height(history) + 34 if "history" in parts else 0),
            box(card.top() + 6, card.height() - 12 if "activation" in parts else 0),
        )

    def given_places(self) -> Places:
        """The given values whose numbers are shown, and where: those of the selection, then those of the weights."""
        state, zoom = self._store.state, self._sizes.inspector_zoom
        if next_word(state) is not None:
            return {}
        found = row_places(state)
        if "weights" in self._parts():
            for place, box in weight_places(state, weights_of(state), self._places()[0] + 18, self._width()).items():
                found.setdefault(place, box)
        return {
            place: QRectF(box.x() * zoom, box.y() * zoom, box.width() * zoom, box.height() * zoom)
            for place, box in found.items()
        }

    # ---------------------------------------------------------------- gestures

    def _given_at(self, event: QMouseEvent) -> Place | None:
        return next((place for place, box in self.given_places().items() if box.contains(event.position())), None)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It may become a drag of a value."""
        at, shift = self._unzoomed(event), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pressed = self._given_at(event)
        if self._weights_shown() and self.areas.press(weights_of(self._store.state), self._matrices(), at, shift):
            return
        self._drag.press(self._pressed, event.position())

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Change the value that is dragged."""
        if not self.areas.move(weights_of(self._store.state), self._matrices(), self._unzoomed(event)):
            self._drag.move(event.position(), event.modifiers(), DRAG)

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag is over."""
        self.areas.release(self._drag.release())
        if event.button() == Qt.MouseButton.RightButton and self._area() is not None:
            self.asked_menu.emit(event.globalPosition().toPoint())

    def _weights_shown(self) -> bool:
        return "weights" in self._parts() and next_word(self._store.state) is None

    def _unzoomed(self, event: QMouseEvent) -> QPointF:
        return event.position() / self._sizes.inspector_zoom

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Arrows that move a selected block are no keys of the window."""
        keys = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if isinstance(event, QKeyEvent) and event.type() in keys and self.areas.key(event):
            event.accept()
            return True
        return bool(super().event(event))

    @guarded()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the value where it stands; the first click of the two may have moved it."""
        place = self._pressed or self._given_at(event)
        self._pressed = None
        if place is not None:
            self.asked_edit.emit(place)

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
            said, words = inspection(state), next_word(state)
            parts = Parts(painter, self._theme, self._width(), self._height())
            parts.header(said)
            if words is not None:
                places = words_places(self._height(), len(words.words))
                self._first = min(self._first, len(words.words) - places.rows)
                parts.words(words, state, self._first, places)
                return
            if rows_of(said):
                parts.values(said, state)
            self._under_the_values(parts, state)

    def _under_the_values(self, parts: Parts, state: State) -> None:
        weights, history, activation = self._places()
        shown, compared = self._parts(), comparison(state)
        apart = compared is not None and compared.kind == WHAT_IF
        if "weights" in shown:
            parts.weights(weights, weights_of(state))
            self._outline(parts.painter)
        if "history" in shown:
            parts.caption(history, "STATE HISTORY" if has_first(state) else "OUTPUT HISTORY")
            parts.legend(history + 18, state)
            if compared is not None:
                parts.runs(history, *(said(state, label) for label in compared.labels))
        if apart and "activation" in shown and self._card(activation).height() >= LOWEST_CARD:
            parts.caption(activation, "HOW FAR APART", "length of the difference")
            draw_apart(parts.painter, self._theme, self._card(activation), state)
            return
        points, card = activation_points(state), self._card(activation)
        if points is not None and "activation" in shown and card.height() >= LOWEST_CARD:
            parts.caption(activation, "ACTIVATION", _activation_note(points, state.session.playhead.t))
            parts.card(card)

    def _outline(self, painter: QPainter) -> None:
        """The selected block: 3 px around it."""
        found = self._area()
        if found is not None:
            box = area_box(weights_of(self._store.state), *self._matrices(), *found)
            painter.setPen(QPen(colour(self._theme, "accent"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4)

    def turn(self, by: int) -> None:
        """Further down the list of words, or back; without such a list, to the first number of the weights."""
        said = next_word(self._store.state)
        if said is None and self._weights_shown():
            self.areas.begin()
        if said is not None:
            last = len(said.words) - words_places(self._height(), len(said.words)).rows
            self._first = min(max(self._first + by, 0), last)
            self.update()

    @guarded()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Through the list of words, three of them a notch."""
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= ANGLE_A_NOTCH:
            self.turn(-3 if self._turned > 0 else 3)
            self._turned = 0

    def _card(self, activation: float) -> QRectF:
        height = max(min(ACTIVATION, self._height() - activation - 34), 1.0)
        return QRectF(PAD, activation + 16, self._width() - 2 * PAD, height)


def _activation_note(points: tuple[str, str, int, object], now: int) -> str:
    """``tanh of g, t = 4``; of what is not computed yet, the last that was."""
    value, function, t, _ = points
    what = function if value in ("y", "h", "s") else sentence("{function} of {value}", function=function, value=value)
    if not t:
        return what
    return joined(", ", (what, f"t = {t}")) if t == now else sentence("{what}, last computed t = {t}", what=what, t=t)
