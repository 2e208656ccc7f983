"""What the rows of the command table do that find things, explain them and say them in words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from rnnstudio.state.actions.stepping import Pause
from rnnstudio.ui.picture_ears import PictureEars

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rnnstudio.ui.palette import Palette
    from rnnstudio.ui.whats_this import WhatsThis
    from rnnstudio.ui.window import Window
    from rnnstudio.ui.words_dock import WordsDock


class AccessCommands:
    """Belongs to one window; each surface is made when it is first asked for."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.ears = PictureEars(window.store, window.canvas)
        leave = window.store.listen(self.ears.show_state)
        window.closing.connect(leave)

    @cached_property
    def palette_list(self) -> Palette:
        """The list of all commands."""
        from rnnstudio.ui.palette import Palette

        made = Palette(self._window)
        self._window.canvas.resized.connect(made.place)
        return made

    def palette(self) -> None:
        """Everything one can do or go to, found by a few letters; playback pauses while it is open."""
        self._window.store.dispatch(Pause())
        self.palette_list.open()

    @cached_property
    def asking(self) -> WhatsThis:
        """The card that explains."""
        from rnnstudio.ui.whats_this import WhatsThis

        made = WhatsThis(self._window)
        self._window.canvas.resized.connect(made.place)
        return made

    def whats_this(self, how: str) -> None:
        """Explain what has the focus, or what is clicked on next; playback pauses."""
        self._window.store.dispatch(Pause())
        if how == "focus":
            self.asking.explain_focus()
        else:
            self.asking.ask()

    @cached_property
    def words_dock(self) -> WordsDock:
        """The sub-step in words."""
        from rnnstudio.ui.words_dock import WordsDock

        made = WordsDock(self._window)
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
        return made

    def export_words(self, which: str = "") -> None:
        """Write this sub-step, or all of them, as sentences and tables; playback pauses."""
        from rnnstudio.ui.words_dock import export_words

        self._window.store.dispatch(Pause())
        export_words(self._window, which == "all")

    @property
    def regions(self) -> list[QWidget]:
        """What F6 comes to after the parts of the window."""
        return [dock.text for dock in self.made]

    @property
    def taken(self) -> int:
        """Px of the window's width that the words take from the picture."""
        return self.words_dock.taken if "words_dock" in self.__dict__ else 0

    @property
    def made(self) -> list[WordsDock]:
        """The panels that follow the state: the words, from the first time that they are wanted."""
        wanted = self._window.store.state.session.in_words or "words_dock" in self.__dict__
        return [self.words_dock] if wanted else []
