"""The sub-step in words beside the picture: sentences and a table that one can read, hear and copy."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDockWidget, QFileDialog, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from rnnstudio.engine.limits import InputError
from rnnstudio.files.words_file import CSV, MARKDOWN, markdown, numbers, write_words
from rnnstudio.paint.fonts import UI, text_width, ui_font
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.viewing import Message, ShowInWords
from rnnstudio.state.in_words import RESULT, InWords, Row, in_words, walk
from rnnstudio.ui.afterwards import dispatch_afterwards
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.question_box import leave_the_room
from rnnstudio.ui.setting_controls import WordButton

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme
    from rnnstudio.state.model import State
    from rnnstudio.ui.measures import Measures
    from rnnstudio.ui.window import Window

TITLE = "In words"
#: What is written of a step: letters, the head's height, the least width, at the size as delivered.
LETTERS, HEAD, WIDTH = 15.0, 44.0, 380.0
#: In front of a room it is at most so many times as large: the picture needs its place.
LARGEST = 1.6
#: Keys that reach the window though the text has the focus: it plays and steps on as everywhere.
_PASSED = (Qt.Key.Key_Space, Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_F11, Qt.Key.Key_Question, Qt.Key.Key_Escape)
_FORMS = f"Text with tables (*{MARKDOWN});;Table of the numbers (*{CSV})"


class _Text(QTextBrowser):
    """Keeps the keys that move in a text, as every text field does."""

    @guarded(False)
    def event(self, event: QEvent) -> bool:
        """Keep those keys from the window's shortcuts; Space, Esc and the keys of the window stay its own."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            copies = held and event.key() in (Qt.Key.Key_C, Qt.Key.Key_A)
            if copies or (not held and event.key() not in _PASSED):
                event.accept()
                return True
        return bool(super().event(event))


class WordsDock(QDockWidget):
    """Follows the steps while it is shown; can be put to any side, or outside the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(TITLE, window)
        self._window = window
        self._shown: InWords | None = None
        self.setObjectName("in-words")
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        body, head = QWidget(self), QWidget(self)
        self.text = _Text(body)
        self.text.setAccessibleName(TITLE)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 0, 4, 8)
        column.addWidget(self.text)
        self._title = QLabel(TITLE, head)
        self.buttons = {
            "copy": WordButton("Copy", head, window.theme),
            "export": WordButton("Export…", head, window.theme),
            "close": WordButton("Close", head, window.theme),
        }
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._title, 1)
        for button in self.buttons.values():
            row.addWidget(button)
        self.buttons["copy"].clicked.connect(self.copy)
        self.buttons["export"].clicked.connect(self._export)
        self.buttons["close"].clicked.connect(self._put_away)
        self.setTitleBarWidget(head)
        self.setWidget(body)
        self.set_form(window.theme, window.sizes)

    # ---------------------------------------------------------------- showing

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        c, unit = theme.colours, min(sizes.body_px / 13.0, LARGEST)
        px = LETTERS * unit
        for button in self.buttons.values():
            button.px = 13.5 * unit
            button.set_theme(theme)
            wide = text_width(button.accessibleName(), button.px, 600) + 24 * unit
            button.setFixedSize(round(wide), round(30 * unit))
        head = self.titleBarWidget()
        head.setStyleSheet(f"background: {c['panel']}; color: {c['text']};")
        head.setFixedHeight(round(HEAD * unit))
        self._title.setFont(ui_font(17 * unit, 650))
        self.setStyleSheet(f"QDockWidget {{ background: {c['panel']}; }}")
        self.widget().setStyleSheet(f"background: {c['panel']};")
        self.setMinimumWidth(round(min(WIDTH * unit, 0.4 * self._window.width())))
        self.text.setStyleSheet(
            f"QTextBrowser {{ background: {c['panel']}; color: {c['text']}; border: 2px solid transparent; }}"
            f"QTextBrowser:focus {{ border: 2px solid {c['accent']}; border-radius: 6px; }}"
        )
        self.text.document().setDefaultFont(ui_font(px))
        self.text.document().setDefaultStyleSheet(
            f"body {{ font-family: '{UI}'; font-size: {round(px)}px; color: {c['text']}; }}"
            f"h3 {{ font-size: {round(1.1 * px)}px; font-weight: 600; margin: 4px 0 8px 0; }}"
            f"p {{ margin: 0 0 8px 0; }} td, th {{ padding: 4px 10px 4px 0; }} th {{ color: {c['text3']}; }}"
            f".quiet {{ color: {c['text3']}; }} .result {{ font-weight: 600; }}"
        )
        self._shown = None
        if self.isVisible():
            self._show(self._window.store.state)

    @property
    def taken(self) -> int:
        """Px of the window's width that it takes from the picture."""
        beside = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        docked = not self.isHidden() and not self.isFloating() and self._window.dockWidgetArea(self) & beside
        return max(self.width(), self.minimumWidth()) if docked else 0

    def show_state(self, old: State, new: State) -> None:
        """Show the sub-step in words, while it is wanted; never in front of a room."""
        wanted = new.session.in_words and not new.session.presenting
        if wanted == self.isHidden():
            self.setVisible(wanted)
            self._window.dress()  # beside it there may be no room for the inspector
        if wanted:
            self._show(new)

    def _show(self, state: State) -> None:
        said = in_words(state)
        if said == self._shown:
            return
        self._shown = said
        self.text.setHtml(page(said))
        self.text.setAccessibleDescription(f"{said.where}. {' '.join(said.sentences)}")

    # ---------------------------------------------------------------- what its buttons do

    def copy(self) -> None:
        """The step as text with a table, to the clipboard."""
        QGuiApplication.clipboard().setText(markdown([in_words(self._window.store.state)]))

    def _export(self) -> None:
        self._window.run_command("export_words")

    def _put_away(self) -> None:
        self._window.store.dispatch(ShowInWords(False))

    @guarded()
    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by its own frame: the state says so too."""
        dispatch_afterwards(self._window.store, self, ShowInWords(False))
        super().closeEvent(event)


def page(said: InWords) -> str:
    """A sub-step as a page: where, sentences, table."""
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in said.sentences)
    rows = "".join(_row(row) for row in said.rows)
    head = '<tr><th align="left">what</th><th align="left">values</th></tr>'
    return f"<body><h3>{escape(said.where)}</h3>{sentences}<table>{head}{rows}</table></body>"


def _row(row: Row) -> str:
    kind = "result" if row.part == RESULT else "read"
    told = "result" if row.part == RESULT else "read here"
    values = escape(numbers(row)).replace("; ", "<br/>")
    return (
        f'<tr><td><span class="{kind}">{escape(row.name)} {escape(row.symbol)}</span><br/>'
        f'<span class="quiet">{told}, {escape(row.place)}</span></td><td>{values}</td></tr>'
    )


def ask_words(window: QWidget, proposed: str) -> str:
    """Where the words are to be written; empty where nowhere."""
    leave_the_room(window)
    return QFileDialog.getSaveFileName(window, "Export in words", proposed, _FORMS)[0]


def export_words(window: Window, everything: bool) -> None:
    """Ask where, and write this sub-step, or all of the sequence."""
    state = window.store.state
    path = ask_words(window, f"{state.document.name}{MARKDOWN}")
    if not path:
        return
    path = path if path.lower().endswith((MARKDOWN, CSV)) else path + MARKDOWN
    try:
        write_words(path, [in_words(one) for one in walk(state)] if everything else [in_words(state)])
    except (InputError, OSError) as error:
        window.store.dispatch(Message(sentence("The words were not written: {error}", error=error)))
