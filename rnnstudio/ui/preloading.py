"""What no first paint needs and the first keys do: loaded while nobody waits, a module in a turn of the event loop."""

import sys
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from rnnstudio.diagram.subject import VIEWS

#: In the order in which a lecture may ask for them.
MODULES = (
    "rnnstudio.diagram.turns", "rnnstudio.diagram.morph", "rnnstudio.diagram.tokens",
    *(f"rnnstudio.diagram.views.{view}" for view in VIEWS),
    "rnnstudio.ui.training_panel", "rnnstudio.ui.worker",
)  # fmt: skip
#: Milliseconds between two of them, in which the window answers.
PAUSE_MS = 30


class Preloading(QObject):
    """Loads modules until all are there, or the window has gone."""

    def __init__(self, window: QObject, modules: tuple[str, ...] = MODULES) -> None:
        super().__init__(window)
        self._wanted = [name for name in modules if name not in sys.modules]
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._load_next)
        if self._wanted:
            self._timer.start()

    @property
    def active(self) -> bool:
        """Whether there is something left to load."""
        return self._timer.isActive()

    def _load_next(self) -> None:
        import_module(self._wanted.pop(0))
        while self._wanted and self._wanted[0] in sys.modules:
            self._wanted.pop(0)
        if not self._wanted:
            self._timer.stop()
