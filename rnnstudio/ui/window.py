"""The window: panels in their places, commands as actions, files in and out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.alt_window import AltWindow
from rnnstudio.ui.banner import Banner
from rnnstudio.ui.canvas import Canvas
from rnnstudio.ui.clock import Clock
from rnnstudio.ui.formula_panel import FormulaPanel
from rnnstudio.ui.go_to import GoToField
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.in_place import InPlace
from rnnstudio.ui.lesson_panel import LessonPanel
from rnnstudio.ui.lesson_writing import LessonWriting
from rnnstudio.ui.measures import SMALLEST, measures
from rnnstudio.ui.menus import Menus
from rnnstudio.ui.mode_switch import ModeSwitch
from rnnstudio.ui.presentation import Presentation, theme_of
from rnnstudio.ui.showing import Showing
from rnnstudio.ui.side_panel import SidePanel
from rnnstudio.ui.style import palette, stylesheet
from rnnstudio.ui.transport_bar import TransportBar
from rnnstudio.ui.view_bar import ViewBar
from rnnstudio.ui.what_if_bar import WhatIfBar
from rnnstudio.ui.window_commands import WindowCommands

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from rnnstudio.ui.documents import Documents
    from rnnstudio.ui.equation_editor import EquationEditor
    from rnnstudio.ui.inspector import Inspector
    from rnnstudio.ui.key_sheet import KeySheet
    from rnnstudio.ui.worker import Trainer


class Window(AltWindow):
    """All panels around one store.

    Parameters
    ----------
    store : Store
        What they show.
    remember : callable, optional
        Called with the session and the geometry when the window closes.
    """

    closing = Signal()

    def __init__(self, store: Store, remember: Callable[[State, bytes], None] | None = None) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.store, self.remember = store, remember
        self.theme = theme_of(store.state.session)
        body = QWidget(self)
        self.view_bar = ViewBar(store, body, self.theme)
        self.canvas = Canvas(store, body, self.theme)
        self.formula = FormulaPanel(store, body, self.theme)
        self.lesson = LessonPanel(store, body, self.theme)
        self.middle = QGridLayout()
        self.side = SidePanel(store, body, self.theme, self.middle)
        self.transport = TransportBar(store, body, self.theme)
        self.modes = ModeSwitch(store, self.canvas, self.theme)
        self.what_if = WhatIfBar(store, self.canvas, self.theme)
        self.banner = Banner(store, self.canvas, self.theme)
        self.go_to_field = GoToField(store, body)
        self.in_place = InPlace(store, self.canvas, self.inspector, self.theme)
        self.presentation = Presentation(self, body)
        self._sheet: KeySheet | None = None
        self._arrange(body)
        self.setMinimumSize(*SMALLEST)
        self.menus = Menus(self, store)
        self.clock = Clock(store, self)
        self.commands = WindowCommands(self)
        self._showing = Showing(self)
        self._leave = store.listen(self.show_state)
        self.alt_alone.connect(self._show_menu)
        self.dress()
        self.show_state(store.state, store.state)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.canvas.painted.connect(self._after_first_paint)
        self.canvas.resized.connect(self.place_modes)
        for target in (self, self.canvas):
            target.dropped.connect(partial(self.commands.call, "open_dropped"))
        self.side.asked.connect(self.run_command)
        self.inspector.asked_menu.connect(partial(self.menus.open_at, "Edit/Weights"))
        self.view_bar.asked.connect(self.run_command)

    def _arrange(self, body: QWidget) -> None:
        middle = self.middle
        middle.addWidget(self.canvas, 0, 0)
        middle.addWidget(self.formula, 1, 0)
        middle.setRowStretch(0, 1)
        middle.setColumnStretch(0, 1)
        row, column = QHBoxLayout(), QVBoxLayout(body)
        row.addWidget(self.lesson)
        self.writing = LessonWriting(self, row)
        row.addLayout(middle, 1)
        column.addWidget(self.view_bar)
        column.addLayout(row, 1)
        column.addWidget(self.transport)
        column.addWidget(self.presentation.caption)
        for layout in (middle, row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.setCentralWidget(body)
        regions = self.regions()
        for before, after in pairwise(regions):
            QWidget.setTabOrder(before, after)

    def regions(self) -> tuple[QWidget, ...]:
        """The parts of the window in the order of F6."""
        return (
            self.view_bar.segments[0], self.lesson.card.next, *self.writing.regions(), self.canvas, self.formula,
            self.side.current, self.transport.buttons["play"],
        )  # fmt: skip

    @property
    def inspector(self) -> Inspector:
        """The panel of what is selected."""
        return self.side.inspector

    @cached_property
    def documents(self) -> Documents:
        """Files in and out; the readers of all formats come with it, and no first paint needs them."""
        from rnnstudio.ui.documents import Documents

        return Documents(self.store, self)

    @cached_property
    def trainer(self) -> Trainer:
        """The worker of training, made when something is first trained."""
        from rnnstudio.ui.worker import Trainer

        return Trainer(self.store, self)

    @cached_property
    def equations(self) -> EquationEditor:
        """The surface on which a cell is written, made when it is first asked for."""
        from rnnstudio.ui.equation_editor import EquationEditor

        return EquationEditor(self.store, self, self.theme)

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
        QTimer.singleShot(0, self.side, self.side.load_plots)
        QTimer.singleShot(0, self, self._begin_documents)

    def _begin_documents(self) -> None:
        from rnnstudio.ui.preloading import Preloading

        self.documents.begin()
        Preloading(self)

    # ---------------------------------------------------------------- showing

    def show_state(self, old: State, new: State) -> None:
        """Pass the change on to the panels that show it."""
        self._showing.show(old, new)

    def place_modes(self) -> None:
        """Put the switch of the weights where the canvas' head leaves room."""
        self.modes.place(self.side.covers)
        self.what_if.place(self.side.covers)
        self.banner.place(self.side.covers)
        self.presentation.summary.place(self.side.covers)

    def dress(self) -> None:
        """Theme and sizes for the window as it is now."""
        theme = self.theme = theme_of(self.store.state.session)
        sizes = self.sizes = measures(self.width(), self.height(), theme.wide, self.store.state.session.text_size)
        self.setPalette(palette(theme))
        self.setStyleSheet(stylesheet(theme, sizes))
        bars = self.view_bar, self.formula, self.transport, self.modes, self.what_if, self.canvas, self.menus
        for panel in (*bars, self.lesson, self.writing):
            panel.set_form(theme, sizes)
        taken = self.lesson.taken + self.writing.taken + self.commands.access.taken
        self.side.set_form(theme, sizes, self.width() - taken)
        self.presentation.set_form(theme)
        self.banner.set_theme(theme)
        self.in_place.set_theme(theme)
        if "equations" in self.__dict__:
            self.equations.set_form(theme)
        for made in ("history_list", "sequence", "preferences_panel"):
            if made in self.commands.__dict__:
                getattr(self.commands, made).set_form(theme, sizes)
        for words in self.commands.access.made:
            words.set_form(theme, sizes)
        if self._sheet is not None:
            self._sheet.set_theme(theme)
        self.place_modes()

    def run_command(self, command_id: str) -> None:
        """What a button of a panel asks for is a row of the table."""
        self.menus.actions[command_id].trigger()

    def _show_menu(self) -> None:
        """Alt alone shows the menu that the projector's form hides."""
        if self.theme.wide:
            self.menus.toggle()

    # ---------------------------------------------------------------- Qt

    @guarded()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another form where the size asks for it."""
        super().resizeEvent(event)
        self.dress()
        if self._sheet is not None:
            self._sheet.parent_resized(self)

    @guarded()
    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was made; then stop the clock and remember the window."""
        if not self.documents.may_leave():
            event.ignore()
            return
        self.closing.emit()
        if "trainer" in self.__dict__:
            self.trainer.stop()
        self.clock.stop()
        self.banner.stop()
        self.in_place.toast.stop()
        self._showing.stop()
        self.presentation.stop()
        self.side.release()
        self._leave()
        if self.remember is not None:
            self.remember(self.store.state, bytes(self.saveGeometry().data()))
        event.accept()
