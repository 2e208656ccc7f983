"""Cold start to the first paint, in processes of their own, against a bare window."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), 0xFFFBFAF7)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Bare()
window.resize(1920, 1080)
window.show()
app.exec()
"""
_OWN = """
import tempfile
from PySide6.QtCore import QSettings, QTimer
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, tempfile.mkdtemp())
QSettings.setDefaultFormat(QSettings.Format.IniFormat)
from PySide6.QtWidgets import QApplication
from rnnstudio import app
from rnnstudio.files.options import WindowOptions
from rnnstudio.ui import canvas
painted = canvas.Canvas.paintEvent
def first(self, event):
    painted(self, event)
    QTimer.singleShot(0, QApplication.instance().quit)
canvas.Canvas.paintEvent = first
app.open_window(WindowOptions())
"""


def start_s(own: bool) -> float:
    """Seconds from starting a process to its end right after the first paint."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                   "PYTHONPATH": str(ROOT)}  # fmt: skip
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _OWN if own else _BARE], env=environment, check=True, cwd=ROOT,
                   capture_output=True, timeout=60)  # fmt: skip
    return time.perf_counter() - start


def ratio(runs: int = 5) -> tuple[float, float]:
    """Median seconds of the own start and of the bare window's, taken in turns."""
    both = [(start_s(own=True), start_s(own=False)) for _ in range(runs)]
    own, bare = (sorted(column)[runs // 2] for column in zip(*both, strict=True))
    return own, bare
