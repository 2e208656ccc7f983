"""The window: panels in their places, commands as actions, files in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QMainWindow, QVBoxLayout, QWidget

from rnnstudio.files.theme import load_theme
from rnnstudio.state.actions.stepping import Pause
from rnnstudio.state.actions.viewing import MoveSelection, Zoom
from rnnstudio.state.derived import same_but_motion
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.banner import Banner
from rnnstudio.ui.canvas import Canvas
from rnnstudio.ui.clock import Clock
from rnnstudio.ui.formula_panel import FormulaPanel
from rnnstudio.ui.go_to import GoToField
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.inspector import Inspector
from rnnstudio.ui.measures import NARROW, SMALLEST, measures
from rnnstudio.ui.menus import Menus
from rnnstudio.ui.style import palette, stylesheet
from rnnstudio.ui.transport_bar import TransportBar
from rnnstudio.ui.view_bar import ViewBar

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from rnnstudio.ui.documents import Documents
    from rnnstudio.ui.key_sheet import KeySheet

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
        self._sheet: KeySheet | None = None
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
        self.canvas.dropped.connect(partial(self.call, "open_dropped"))

    def _arrange(self, body: QWidget) -> None:
        self._middle = middle = QGridLayout()
        middle.addWidget(self.canvas, 0, 0)
        middle.addWidget(self.formula, 1, 0)
        middle.setRowStretch(0, 1)
        middle.setColumnStretch(0, 1)
        _place_inspector(middle, self.inspector, self.theme.wide)
        column = QVBoxLayout(body)
        column.addWidget(self.view_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.transport)
        for layout in (middle, column):
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

    @cached_property
    def documents(self) -> Documents:
        """Files in and out; the readers of all formats come with it, and no first paint needs them."""
        from rnnstudio.ui.documents import Documents

        return Documents(self.store, self)

    @property
    def sheet(self) -> KeySheet:
        """The key sheet, made when it is first asked for: no first paint needs it."""
        if self._sheet is None:
            from rnnstudio.ui.key_sheet import KeySheet

            self._sheet = KeySheet(self, self.theme)
        return self._sheet

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
            if new.session.hovered != old.session.hovered:
                self.formula.show_state(old, new)
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
        wide, self.theme = self.theme.wide, load_theme(session.theme)
        theme = self.theme
        if theme.wide != wide:
            _place_inspector(self._middle, self.inspector, theme.wide)
        sizes = measures(self.width(), self.height(), theme.wide)
        self.setPalette(palette(theme))
        self.setStyleSheet(stylesheet(theme, sizes))
        for panel in (self.view_bar, self.formula, self.inspector, self.transport):
            panel.set_form(theme, sizes)
        self.canvas.set_form(theme, sizes)
        self.banner.set_theme(theme)
        if self._sheet is not None:
            self._sheet.set_theme(theme)
        self.menus.set_form(theme, sizes)
        room = self.width() >= NARROW or theme.wide
        self.inspector.setVisible(session.inspector and room)

    # ---------------------------------------------------------------- what commands call

    def select(self, way: str) -> None:
        """Selection upwards or downwards; in the formula a page back or on, in the inspector a word."""
        by = 1 if way == "up" else -1
        panel = next((panel for panel in (self.formula, self.inspector) if panel.hasFocus()), None)
        if panel is not None:
            panel.turn(-by)
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

    def call(self, name: str, *more: str) -> None:
        """Run the method that a row of the command table names, with what stands behind its colon, or ``more``."""
        method, _, argument = name.partition(":")
        owner = self.documents if hasattr(self.documents, method) else self
        action = getattr(owner, method)
        action(*((argument,) if argument else more))

    # ---------------------------------------------------------------- Qt

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another form where the size asks for it."""
        super().resizeEvent(event)
        self._dress()
        if self._sheet is not None:
            self._sheet.parent_resized(self)

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
        self.banner.stop()
        self.inspector.release()
        self._leave()
        if self._remember is not None:
            self._remember(self.store.state, bytes(self.saveGeometry().data()))
        event.accept()


def _place_inspector(middle: QGridLayout, inspector: Inspector, wide: bool) -> None:
    """Beside the picture; in front of a room over its right part, which keeps its size and so its numbers."""
    middle.removeWidget(inspector)
    if wide:
        middle.addWidget(inspector, 0, 0, Qt.AlignmentFlag.AlignRight)
    else:
        middle.addWidget(inspector, 0, 1, 2, 1)
