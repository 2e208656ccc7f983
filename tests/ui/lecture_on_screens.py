"""A lecture on two screens, as a child: the screens are those of a file, and one of them goes and comes back."""

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

#: Name, left edge, size and scale of the screens.
SCREENS = (("left", 0, (1920, 1080), 1.0), ("right", 1920, (1280, 720), 1.5))


def surroundings(folder: Path) -> dict[str, str]:
    """What the child is to be started with, so that it has the two screens."""
    listed = [
        {"name": name, "x": x, "y": 0, "width": wide, "height": high, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, x, (wide, high), _ in SCREENS
    ]
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": listed}), encoding="utf-8")
    scales = ";".join(f"{name}={scale}" for name, *_, scale in SCREENS)
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={file}", "QT_SCREEN_SCALE_FACTORS": scales,
            "RNNSTUDIO_HOME": str(folder)}  # fmt: skip


def settle() -> None:
    """Let Qt tell everything."""
    for _ in range(4):
        QCoreApplication.processEvents()
        QTest.qWait(5)


def lecture() -> list[dict[str, object]]:
    """What is where, after each thing that happens to the screens."""
    from rnnstudio.app import _application, first_state
    from rnnstudio.files.options import WindowOptions
    from rnnstudio.state.model import Session
    from rnnstudio.state.store import Store
    from rnnstudio.ui.window import Window

    application = _application()
    left, right = application.screens()
    state = first_state(WindowOptions(lesson="lstm"), Session(theme="dark", reduced_motion=True))
    window = Window(Store(state))
    window.documents.ask_leave = lambda: "discard"
    window.resize(1200, 800)
    window.show()
    settle()
    told: list[dict[str, object]] = []

    def tell(what: str) -> None:
        settle()
        presenter, session = window.presentation.presenter, window.store.state.session
        window.canvas.grab()
        layer = window.canvas._picture._layer
        told.append({
            "what": what, "audience": window.screen().name(), "full": window.isFullScreen(),
            "visible": window.isVisible(), "dpr": window.devicePixelRatioF(),
            "layer": 0.0 if layer is None else layer.pixmap.devicePixelRatio(),
            "size": [window.width(), window.height()],
            "presenter": "" if presenter is None else presenter.screen().name(),
            "presenter_visible": presenter is not None and presenter.isVisible(),
            "stop": session.tour.at, "presenting": session.presenting,
        })  # fmt: skip

    tell("one window")
    QTest.keyClick(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    tell("presented")
    for _ in range(3):
        QTest.keyClick(window.presentation.presenter, Qt.Key.Key_PageDown)
    tell("three stops on")
    screens = window.presentation.screens
    screens.screens = lambda: [left]
    application.screenRemoved.emit(right)
    tell("right one gone")
    QTest.keyClick(window.presentation.presenter, Qt.Key.Key_PageDown)
    screens.screens = lambda: [left, right]
    application.screenAdded.emit(right)
    tell("right one back")
    screens.primary = lambda: right
    application.primaryScreenChanged.emit(right)
    tell("right one is the primary")
    screens.screens, screens.primary = lambda: [right], lambda: right
    application.screenRemoved.emit(left)
    tell("left one gone")
    for _ in range(8):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    tell("left")
    window.close()
    settle()
    return told


if __name__ == "__main__":
    if not sys.argv[1:]:
        print(json.dumps(surroundings(Path(tempfile.mkdtemp()))))
    else:
        Path(sys.argv[1]).write_text(json.dumps(lecture()), encoding="utf-8")
