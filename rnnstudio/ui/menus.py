"""Menus and shortcuts, made from the table of commands."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu, QMenuBar, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import speak, tr
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import summary
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.command import Command
from rnnstudio.ui.commands import COMMANDS, MENUS, action_of
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import Measures
from rnnstudio.ui.style import colour, draw_icon

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

BRAND = "RNN Studio"


#: Keys that walk through the menus while the bar has the focus.
_WALKING = frozenset({
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
})  # fmt: skip


class Bar(QMenuBar):
    """A menu bar that one can walk through by keys: while it has the focus, they step nothing else."""

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Keep the walking keys from the window's shortcuts."""
        walks = isinstance(event, QKeyEvent) and event.key() in _WALKING and self.hasFocus()
        if walks and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))


class Brand(QWidget):
    """The mark and the program's name, at the left end of the menu bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form: tuple[Theme, Measures] | None = None

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._form = (theme, sizes)
        self.setFixedSize(round(42 + text_width(BRAND, sizes.title_px, 650) + 13), round(sizes.menu))
        self.update()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """The bar asks for it, whatever the fixed size is."""
        return self.minimumSize()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        if self._form is None:
            return
        theme, sizes = self._form
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_icon(painter, "rnnstudio", colour(theme, "s"), 21, self.height() / 2, 17)
            write(painter, 42, self.height() / 2, BRAND, sizes.title_px, colour(theme, "text"), weight=650)


class Menus:
    """The menu bar of a window, with the model's summary at its right end."""

    def __init__(self, window: "Window", store: Store) -> None:
        self._window = window
        self._store = store
        speak(store.state.session.language)
        self._shown_alt = False
        self._wide = False
        bar = Bar(window)
        window.setMenuBar(bar)
        bar.setNativeMenuBar(False)
        self._mark, self._summary = Brand(bar), QLabel(bar)
        bar.setCornerWidget(self._mark, Qt.Corner.TopLeftCorner)
        bar.setCornerWidget(self._summary, Qt.Corner.TopRightCorner)
        self._menus: dict[str, QMenu] = {}
        for name in MENUS:
            self._menus[name] = bar.addMenu(name)
        self._groups: dict[str, QActionGroup] = {}
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            if not command.local:
                self.actions[command.id] = self._action(command)
        self.name_menus()
        self.show_state(store.state, store.state)

    def name_menus(self) -> None:
        """Name the menus in the language in force."""
        for path, menu in self._menus.items():
            menu.setTitle(tr(path.rpartition("/")[2]))

    def _menu(self, path: str) -> QMenu:
        if path not in self._menus:
            parent, _, name = path.rpartition("/")
            self._menus[path] = self._menu(parent).addMenu(name)
        return self._menus[path]

    def _action(self, command: Command) -> QAction:
        action = QAction(self._window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(command.checked is not None)
        action.triggered.connect(partial(self._run, command.id))
        self._window.addAction(action)  # so that its keys work while the menu bar is hidden
        if command.menu:
            menu = self._menu(command.menu)
            if command.gap:
                menu.addSeparator()
            menu.addAction(action)
        if command.exclusive:
            group = self._groups.setdefault(command.menu, QActionGroup(self._window))
            group.addAction(action)
        return action

    def _run(self, command_id: str, *_: bool) -> None:
        command = next(command for command in COMMANDS if command.id == command_id)
        if isinstance(command.action, str):
            self._window.commands.call(command.action)
        else:
            action = action_of(command, self._store.state)
            if action is not None:
                self._store.dispatch(action)
        # Qt has toggled the row by itself, and in a group another one; what is true is what the state says
        self._show_ticks(self._store.state)

    def _show_ticks(self, state: State) -> None:
        for command in COMMANDS:
            if command.checked is not None and command.id in self.actions:
                self.actions[command.id].setChecked(bool(command.checked(state)))

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Height, colours; the projector's form hides the bar."""
        self._wide = sizes.projector
        bar = self._window.menuBar()
        bar.setFixedHeight(round(sizes.menu))
        bar.setVisible(not sizes.projector or self._shown_alt)
        px = sizes.title_px
        ink = theme.colours
        self._mark.set_form(theme, sizes)
        bar.setCornerWidget(self._mark, Qt.Corner.TopLeftCorner)  # again: the bar asks for its width only here
        self._summary.setFixedHeight(round(sizes.menu))
        self._summary.setStyleSheet(f"color: {ink['text3']}; font-size: {px - 0.5}px; padding-right: 16px;")
        bar.setCornerWidget(self._summary, Qt.Corner.TopRightCorner)

    def open_at(self, path: str, at: QPoint) -> None:
        """A menu by itself, at a point of the screen."""
        self._menus[path].popup(at)

    def toggle(self) -> None:
        """Show the hidden bar, or hide it again."""
        self._shown_alt = not self._shown_alt
        self._window.menuBar().setVisible(self._shown_alt)

    def show_state(self, old: State, new: State) -> None:
        """Words, ticks and what can be done now."""
        for command in COMMANDS:
            action = self.actions.get(command.id)
            if action is None:
                continue
            action.setText(tr(command.title(new)))
            action.setEnabled(bool(command.enabled(new)))
            action.setVisible(bool(command.visible(new)))
            if command.checked is not None:
                action.setChecked(bool(command.checked(new)))
        for path, menu in self._menus.items():
            if "/" in path:
                menu.menuAction().setEnabled(any(row.isVisible() for row in menu.actions()))
        if old is new or old.document is not new.document or old.session.path != new.session.path or (
            old.session.saved is not new.session.saved
        ):  # fmt: skip
            name = title_of(new)
            self._summary.setText(f"{name}  \N{MIDDLE DOT}  {summary(new.document)}")
            # again: the bar asks for its width only here
            self._window.menuBar().setCornerWidget(self._summary, Qt.Corner.TopRightCorner)
            self._window.setWindowTitle(
                sentence("{name}  \N{MIDDLE DOT}  {summary} — RNN Studio", name=name, summary=summary(new.document))
            )


def title_of(state: State) -> str:
    """The file's name, or the study's; with a dot while there are unsaved changes."""
    name = state.session.path.replace("\\", "/").rpartition("/")[2] or state.document.name
    return name if state.document is state.session.saved else f"{name} \N{BULLET}"
