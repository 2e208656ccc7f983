"""The window: panels in their places, commands as actions, files in and out."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from rnnstudio.files.theme import load_theme
from rnnstudio.state.actions.stepping import Pause
from rnnstudio.state.actions.viewing import MoveSelection, Zoom
from rnnstudio.state.derived import same_but_motion
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.banner import Banner
from rnnstudio.ui.canvas import Canvas
from rnnstudio.ui.clock import Clock
from rnnstudio.ui.documents import Documents
from rnnstudio.ui.formula_panel import FormulaPanel
from rnnstudio.ui.go_to import GoToField
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.inspector import Inspector
from rnnstudio.ui.key_sheet import KeySheet
from rnnstudio.ui.measures import NARROW, SMALLEST, measures
from rnnstudio.ui.menus import Menus
from rnnstudio.ui.style import palette, stylesheet
from rnnstudio.ui.transport_bar import TransportBar
from rnnstudio.ui.view_bar import ViewBar

ZOOM_STEP = 1.25


class Window(QMainWindow):
    """All panels around one store.

    Parameters
    ----------
    store : Store
        What they show.
    remember : callable, optional
        Called with the session and the geometry when the window closes.
    """

    def __init__(self, store: Store, remember: Callable[[State, bytes], None] | None = None) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.store = store
        self._remember = remember
        self.theme = load_theme(store.state.session.theme)
        body = QWidget(self)
        self.view_bar = ViewBar(store, body, self.theme)
        self.canvas = Canvas(store, body, self.theme)
        self.formula = FormulaPanel(store, body, self.theme)
        self.inspector = Inspector(store, body, self.theme)
        self.transport = TransportBar(store, body, self.theme)
        self.banner = Banner(store, self.canvas, self.theme)
        self.go_to_field = GoToField(store, body)
        self.documents = Documents(store, self)
        self.sheet = KeySheet(self, self.theme)
        self._arrange(body)
        self.setMinimumSize(*SMALLEST)
        self.menus = Menus(self, store)
        self.clock = Clock(store, self)
        self._leave = store.listen(self.show_state)
        self._alt_alone = False
        self._dress()
        self.show_state(store.state, store.state)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.canvas.painted.connect(self._after_first_paint)
        self.canvas.resized.connect(self.banner.place)
        self.canvas.dropped.connect(self.documents.open_dropped)

    def _arrange(self, body: QWidget) -> None:
        left = QVBoxLayout()
        left.addWidget(self.canvas, 1)
        left.addWidget(self.formula)
        middle = QHBoxLayout()
        middle.addLayout(left, 1)
        middle.addWidget(self.inspector)
        column = QVBoxLayout(body)
        column.addWidget(self.view_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.transport)
        for layout in (left, middle, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.setCentralWidget(body)
        regions = self.regions()
        for before, after in pairwise(regions):
            QWidget.setTabOrder(before, after)

    def regions(self) -> tuple[QWidget, ...]:
        """The parts of the window in the order of F6."""
        return (
            self.view_bar.segments[0], self.canvas, self.formula, self.inspector, self.transport.buttons["play"]
        )  # fmt: skip

    def _after_first_paint(self) -> None:
        self.canvas.painted.disconnect(self._after_first_paint)
        # the plots' library takes longer to load than everything else: the picture is there first
        QTimer.singleShot(0, self.inspector, self.inspector.load_plots)

    # ---------------------------------------------------------------- showing

    def show_state(self, old: State, new: State) -> None:
        """Pass the change on to every panel."""
        if old is not new and same_but_motion(old, new):
            self.canvas.show_state(old, new)
            if new.session.progress != old.session.progress:
                self.transport.scrubber.update()
            return
        if new.session.theme != self.theme.name or new.session.inspector != old.session.inspector:
            self._dress()
        for panel in (self.view_bar, self.canvas, self.formula, self.inspector, self.transport):
            panel.show_state(old, new)
        self.banner.show_state(old, new)
        self.menus.show_state(old, new)

    def _dress(self) -> None:
        """Theme and sizes for the window as it is now."""
        session = self.store.state.session
        self.theme = theme = load_theme(session.theme)
        sizes = measures(self.width(), self.height(), theme.wide)
        self.setPalette(palette(theme))
        self.setStyleSheet(stylesheet(theme, sizes))
        for panel in (self.view_bar, self.formula, self.inspector, self.transport):
            panel.set_form(theme, sizes)
        self.canvas.set_form(theme, sizes)
        self.banner.set_theme(theme)
        self.sheet.set_theme(theme)
        self.menus.set_form(theme, sizes)
        room = self.width() >= NARROW or theme.wide
        self.inspector.setVisible(session.inspector and room)

    # ---------------------------------------------------------------- what commands call

    def select(self, way: str) -> None:
        """Selection upwards or downwards; a page back or on while the formula has the focus."""
        by = 1 if way == "up" else -1
        if self.formula.hasFocus():
            self.formula.turn(-by)
        else:
            self.store.dispatch(MoveSelection(by))

    def next_region(self) -> None:
        """The focus to the next part of the window."""
        there = [region for region in self.regions() if region.isVisible()]
        at = next((k for k, region in enumerate(there) if region.hasFocus()), -1)
        there[(at + 1) % len(there)].setFocus(Qt.FocusReason.TabFocusReason)

    def zoom(self, way: str) -> None:
        """Zoom in or out at the middle, or in "here", at the pointer."""
        middle = self.canvas.rect().center()
        at = self.canvas.pointer() if way == "here" else (float(middle.x()), float(middle.y()))
        self.store.dispatch(Zoom(1 / ZOOM_STEP if way == "out" else ZOOM_STEP, at))

    def go_to(self) -> None:
        """Ask for a sample's number."""
        self.go_to_field.open(self.transport)

    def keys(self) -> None:
        """The key sheet; playback pauses while it is open."""
        self.store.dispatch(Pause())
        self.sheet.open()

    def full_screen(self) -> None:
        """All of the screen, and back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def call(self, name: str) -> None:
        """Run the method that a row of the command table names, with what stands behind its colon."""
        method, _, argument = name.partition(":")
        owner = self.documents if hasattr(self.documents, method) else self
        action = getattr(owner, method)
        (partial(action, argument) if argument else action)()

    # ---------------------------------------------------------------- Qt

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another form where the size asks for it."""
        super().resizeEvent(event)
        self._dress()
        self.sheet.parent_resized(self)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remember whether Alt goes down alone."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    @guarded()
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt alone shows the menu that the projector's form hides."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone and self.theme.wide:
            self.menus.toggle()
        self._alt_alone = False
        super().keyReleaseEvent(event)

    @guarded()
    def changeEvent(self, event: QEvent) -> None:
        """Alt that belongs to the window manager is not ours."""
        self._alt_alone = False
        super().changeEvent(event)

    @guarded()
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was made; then stop the clock and remember the window."""
        if not self.documents.may_leave():
            event.ignore()
            return
        self.clock.stop()
        self.inspector.release()
        self._leave()
        if self._remember is not None:
            self._remember(self.store.state, bytes(self.saveGeometry().data()))
        event.accept()
