"""What a running program does for the case that it ends by itself, and what the next one makes of it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from rnnstudio.files.crash_report import CrashReport, new_reports
from rnnstudio.files.places import reports_folder
from rnnstudio.state.actions.viewing import Message
from rnnstudio.state.store import Action

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window
    from rnnstudio.ui.windows import Windows

#: So often the window says that it answers; it is also how soon the wish that the program ends is heard.
BEAT_MS = 1_000
Caught = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class Safety(QObject):
    """Holds the report of this process; listens to errors, to the clock, and to the system's wish that it ends."""

    def __init__(self) -> None:
        super().__init__()
        self._windows: Windows | None = None
        self._told = False
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)
        try:
            self.report: CrashReport | None = CrashReport(reports_folder())
        except OSError:  # a home that cannot be written to: the program works without
            self.report = None
        else:
            sys.excepthook = partial(self._caught, sys.excepthook)

    @property
    def witness(self) -> Callable[[Action], None] | None:
        """What a store is to tell its actions."""
        return None if self.report is None else self.report.note

    def begin(self, window: Window) -> None:
        """The first picture is there: from now on it is watched; what the last start has left is offered."""
        from rnnstudio.ui.recovery_offer import offer

        self._windows = window.documents.windows
        if self.report is not None:
            self.report.describe(*_versions())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_end)
        self._timer.start()
        self.beat()
        offer(window, new_reports(reports_folder()))

    def beat(self) -> None:
        """Live on; what has gone wrong is said once."""
        if self.report is None:
            return
        self.report.alive()
        if self.report.faults and not self._told and self._windows is not None and self._windows.all:
            self._told = True
            self._windows.all[-1].store.dispatch(
                Message(
                    "Something went wrong inside the program. Your work is kept; it is safer to save it and to start "
                    f"again. What is known of it: {self.report.path}"
                )
            )

    def _caught(
        self, before: Caught, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if self.report is not None and not issubclass(kind, KeyboardInterrupt):
            self.report.error(error)
        before(kind, error, trace)

    def _asked_to_end(self, number: int, _: FrameType | None) -> None:
        """End without a question, as the system wants it: unsaved work is written down first."""
        for window in () if self._windows is None else self._windows.all:
            window.documents.autosave.keep()
            window.documents.autosave.settle()
        QCoreApplication.exit(128 + number)

    def end(self) -> None:
        """The program ends well."""
        self._timer.stop()
        if self.report is not None:
            self.report.close()
            self.report = None


def _versions() -> list[str]:
    import numpy as np
    import PySide6
    from PySide6.QtCore import QLocale, qVersion
    from PySide6.QtGui import QGuiApplication

    from rnnstudio.files.version import version

    return [
        f"RNN Studio {version()}, NumPy {np.__version__}, PySide6 {PySide6.__version__}, Qt {qVersion()}",
        f"platform {QGuiApplication.platformName()}, locale {QLocale.system().name()}",
    ]
