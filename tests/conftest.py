"""Fixtures for the window's tests: made once per test, and nothing of it may stay behind."""

import atexit
import os
import shutil
import tempfile
import threading

import pytest

# Before Qt and NumPy are imported: no screen, no thread pool for small shapes, one BLAS thread.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What the program keeps for its user is kept elsewhere while it is tested.
os.environ["RNNSTUDIO_HOME"] = tempfile.mkdtemp(prefix="rnnstudio-tests-")
atexit.register(shutil.rmtree, os.environ["RNNSTUDIO_HOME"], ignore_errors=True)

_QT_ROOMS = ("ui", "paint", "export")


@pytest.fixture
def make_window(qtbot, tmp_path, monkeypatch):
    """Build windows for a document; fails where widgets, running timers or threads stay behind."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from rnnstudio.files.demonstration import demonstration
    from rnnstudio.paint.fonts import register
    from rnnstudio.state.actions.files import opened
    from rnnstudio.state.model import Session
    from rnnstudio.state.store import Store
    from rnnstudio.ui.window import Window

    register()
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "home"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    threads = threading.active_count()
    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    made = []

    def build(document=None, size=(1440, 900), **session):
        state = opened(document or demonstration(), Session(**{"view": "unrolled", **session}))
        window = Window(Store(state))
        window.documents.ask_leave = lambda: "discard"
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        QCoreApplication.sendPostedEvents()
        made.append(window)
        return window

    yield build
    for window in made:
        if shiboken6.isValid(window):  # a test may have closed it
            for one in window.documents.windows.all or (window,):
                one.documents.ask_leave = lambda: "discard"
                one.close()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    left = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before]
    assert not left, f"widgets stayed behind: {left}"
    running = [timer for timer in QApplication.instance().findChildren(QTimer) if timer.isActive()]
    assert not running, f"timers still run: {running}"
    assert threading.active_count() == threads


@pytest.fixture
def program(capfd, monkeypatch, tmp_path):
    """Run a command in an empty folder: (status, standard output, standard error)."""
    from rnnstudio.cli import run_command

    monkeypatch.chdir(tmp_path)

    def call(*arguments, qt=None):
        asked = []

        def open_with_qt(options):
            asked.append(options)
            if qt:
                raise qt
            return 0

        status = run_command([str(argument) for argument in arguments], open_with_qt, open_with_qt)
        out, err = capfd.readouterr()
        return (status, asked[0] if asked else out, err)

    return call
