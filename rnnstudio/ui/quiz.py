"""Asking the class, in a window: the title over the picture and the options beside or below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from rnnstudio.files.theme import Theme
from rnnstudio.state.model import State
from rnnstudio.state.question import question
from rnnstudio.state.question_room import beside_picture
from rnnstudio.ui.quiz_head import QuizHead
from rnnstudio.ui.quiz_options import QuizOptions

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window


class Quiz:
    """Belongs to one window; made when the first question is asked in it."""

    def __init__(self, window: Window) -> None:
        self._window = window
        body = window.centralWidget()
        assert body is not None
        self.head = QuizHead(window.store, body, window.theme)
        self.options = QuizOptions(window.store, body, window.theme)
        self._below: bool | None = None
        column = body.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.head)

    def set_form(self, theme: Theme) -> None:
        """Other colours or another size; the options go where there is room for them."""
        window = self._window
        state, taken = window.store.state, window.lesson.taken
        below = not beside_picture(state.session, theme.wide)
        if below != self._below:
            self._below = below
            grid = window.middle
            for widget in (self.options, window.formula):
                grid.removeWidget(widget)
            if below:
                grid.addWidget(window.formula, 1, 0)
                grid.addWidget(self.options, 2, 0, 1, 3)
            else:
                grid.addWidget(self.options, 0, 2)
                grid.addWidget(window.formula, 1, 0, 1, 3)
        self.head.set_form(theme, window.height())
        self.options.set_form(theme, window.height(), window.width() - taken, below)

    def show_state(self, old: State, new: State) -> None:
        """Show the question, or nothing."""
        before, after = question(old), question(new)
        self.head.show_state(old, new)
        self.options.show_state(old, new)
        if after is None and before is not None:
            self._put_back()
        elif after is not None and (before is None or old.session.view != new.session.view):
            self.set_form(self._window.theme)

    def _put_back(self) -> None:
        """The formula under the picture alone, as it was."""
        grid = self._window.middle
        grid.removeWidget(self.options)
        grid.removeWidget(self._window.formula)
        grid.addWidget(self._window.formula, 1, 0)
        self._below = None

    def stop(self) -> None:
        """The window closes."""
        self.head.stop()
