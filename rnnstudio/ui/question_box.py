"""A question over a window, in its theme: a sentence, what belongs to it, and buttons that say what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.state.actions.presenting import StopPresenting
from rnnstudio.ui.style import on_accent

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

Role = QMessageBox.ButtonRole
#: Sizes of the words and widths of the box (px): on a screen, and in front of a room.
SIZES = {False: (15, 500), True: (20, 700)}


def leave_the_room(widget: QWidget) -> None:
    """Something is about to be asked: not in front of a room."""
    store = getattr(widget.window(), "store", None)
    if store is not None and store.state.session.presenting:
        store.dispatch(StopPresenting())


def question_box(window: Window, sentence: str, more: str = "") -> QMessageBox:
    """A box without buttons yet; who asks deletes it later."""
    leave_the_room(window)
    box = QMessageBox(window)
    box.setWindowTitle("RNN Studio")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setInformativeText(more)
    box.setStyleSheet(_look(window.theme))
    return box


def _look(theme: Theme) -> str:
    c = theme.colours
    px, width = SIZES[theme.wide]
    return f"""
    QMessageBox {{ background: {c["raised"]}; border: 1px solid {c["border"]}; }}
    QLabel {{ color: {c["text"]}; background: transparent; min-width: {width}px; font-size: {px}px; }}
    QLabel#qt_msgbox_informativelabel {{ color: {c["text2"]}; }}
    QPushButton {{ color: {c["text"]}; background: {c["panel"]}; border: 1px solid {c["border"]}; border-radius: 6px;
        padding: {px // 2 - 1}px {px}px; font-size: {px}px; }}
    QPushButton:hover, QPushButton:focus {{ border-color: {c["accent"]}; }}
    QPushButton:default {{ color: {on_accent(theme).name()}; background: {c["accent"]}; border-color: {c["accent"]}; }}
    """
