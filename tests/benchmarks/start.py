"""Cold start to the first paint, in processes of their own, against a bare window."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BARE = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), 0xFFFBFAF7)
        print(time.time(), flush=True)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Bare()
window.resize(1920, 1080)
window.show()
app.exec()
"""
_OWN = """
import time
from rnnstudio import __main__ as program
opened = program._open_window
def watched(options):
    from rnnstudio import app
    making = app._application
    def application():
        made = making()
        from PySide6.QtCore import QTimer
        from rnnstudio.ui.canvas import Canvas
        painted = Canvas.paintEvent
        def first(self, event):
            painted(self, event)
            print(time.time(), flush=True)
            QTimer.singleShot(0, made.quit)
        Canvas.paintEvent = first
        return made
    app._application = application
    return opened(options)
program._open_window = watched
program.main([])
"""


def start_s(own: bool, bytecode: str) -> float:
    """Seconds from starting a process to the end of its first paint; ``bytecode`` is where compiled modules lie.

    Our own process runs what ``python -m rnnstudio`` runs, with settings of its own.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                   "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": bytecode, "XDG_CONFIG_HOME": bytecode}  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.time()
    done = subprocess.run([sys.executable, "-c", _OWN if own else _BARE], env=environment, check=True, cwd=ROOT,
                          capture_output=True, timeout=60)  # fmt: skip
    return float(done.stdout.split()[0]) - start


def ratio(runs: int = 5) -> tuple[float, float]:
    """Median seconds of the own start and of the bare window's, taken in turns."""
    with tempfile.TemporaryDirectory() as bytecode:
        start_s(own=True, bytecode=bytecode)  # compiles the modules, as an installation does
        start_s(own=False, bytecode=bytecode)
        both = [(start_s(own=True, bytecode=bytecode), start_s(own=False, bytecode=bytecode)) for _ in range(runs)]
    own, bare = (sorted(column)[runs // 2] for column in zip(*both, strict=True))
    return own, bare
