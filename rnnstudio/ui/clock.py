"""The one clock: wall time goes in, ticks come out, as long as something moves."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from rnnstudio.state.actions.stepping import Tick
from rnnstudio.state.derived import moving
from rnnstudio.state.model import State
from rnnstudio.state.store import Store

FRAME_MS = 16


class Clock(QObject):
    """Dispatches `Tick` about sixty times a second while the state says that something moves, and rests otherwise.

    Parameters
    ----------
    store : Store
        Whose time it is.
    parent : QObject
        Owner.
    now : callable
        Seconds that only grow; tests put in their own.
    """

    def __init__(self, store: Store, parent: QObject, now: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._store = store
        self._now = now
        self._last = now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.tick)
        self._leave = store.listen(self.show)
        self.show(store.state, store.state)

    @property
    def running(self) -> bool:
        """Whether time is being told."""
        return self._timer.isActive()

    def show(self, old: State, new: State) -> None:
        """Start when something begins to move, stop when all is at rest."""
        if moving(new) == self._timer.isActive():
            return
        if moving(new):
            self._last = self._now()
            self._timer.start()
        else:
            self._timer.stop()

    def tick(self) -> None:
        """Tell the store how much time has passed."""
        now = self._now()
        dt_s, self._last = now - self._last, now
        self._store.dispatch(Tick(dt_s))

    def stop(self) -> None:
        """For good: the window closes."""
        self._timer.stop()
        self._leave()
