"""Starts the window, and makes its picture without one.

Whatever the first paint does not need is imported where it is used: most of a start is importing.
"""

import gc
import logging
import os
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from rnnstudio.engine.limits import InputError
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.options import ModelOptions, RenderOptions, WindowOptions
from rnnstudio.lessons.shelf import SHELF
from rnnstudio.resources import resource
from rnnstudio.state.actions.files import opened
from rnnstudio.state.derived import fitting_view, off_reason
from rnnstudio.state.model import Document, Session, State
from rnnstudio.state.runs import traces
from rnnstudio.state.store import Store

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from rnnstudio.ui.safety import Safety
    from rnnstudio.ui.window import Window

LOG = logging.getLogger("rnnstudio")
#: Exit status when something that is needed is missing on this machine.
MISSING = 3
#: What Qt's X11 plugin loads beyond what pictures need, and the Debian packages that bring it.
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
#: The first window: this share of the screen, and no larger than this.
FIRST_SHARE, FIRST_SIZE = 0.94, (1920, 1080)
_DISPLAY_NEEDED = (
    "a window needs a display, and none was found (DISPLAY and WAYLAND_DISPLAY are empty); "
    "`rnnstudio render` makes pictures without one"
)


def open_window(options: WindowOptions) -> int:
    """Open the window and run it to its end; returns the exit status."""
    trouble = "" if _has_display() else _DISPLAY_NEEDED
    trouble = trouble or _missing_libraries()
    if trouble:
        print(f"rnnstudio: {trouble}", file=sys.stderr)
        return MISSING
    application = _application()
    from rnnstudio.paint.translation import speak
    from rnnstudio.ui.safety import Safety
    from rnnstudio.ui.settings import read_settings, write_settings

    remembered, safety = read_settings(), Safety()
    speak(remembered.language)
    if options == WindowOptions() and not remembered.geometry and not remembered.note:
        options = replace(options, lesson=next(iter(SHELF)))  # the very first start needs no reading
    store = Store(first_state(options, remembered.session(), remembered.note), safety.witness)

    def remember(state: State, geometry: bytes) -> None:
        write_settings(state.session, geometry)

    from PySide6.QtCore import Qt, QTimer

    from rnnstudio.ui.window import Window

    window = Window(store, remember)
    room = application.primaryScreen().availableSize() * FIRST_SHARE
    window.resize(min(room.width(), FIRST_SIZE[0]), min(room.height(), FIRST_SIZE[1]))
    if remembered.geometry:
        window.restoreGeometry(remembered.geometry)
    once = Qt.ConnectionType.SingleShotConnection
    window.canvas.painted.connect(_collect_garbage, once)
    window.canvas.painted.connect(partial(QTimer.singleShot, 0, window, partial(_go_on, window, safety, options)), once)
    window.show()
    status = application.exec()
    safety.end()
    return status


def _go_on(window: "Window", safety: "Safety", options: WindowOptions) -> None:
    """The first picture is there: what the last start has left is offered, and further files are opened."""
    if options.file and Path(options.file).is_file() and not window.store.state.session.message:
        window.documents.listed(options.file)
    safety.begin(window)
    window.documents.open_beside(options.more)
    if options.presenter:
        window.commands.presenter()


def _collect_garbage() -> None:
    """The start is over (`__main__` has stopped the collector for it); what it has made is never looked at again."""
    gc.freeze()
    gc.enable()


def first_state(options: WindowOptions, session: Session, note: str = "") -> State:
    """Where the window starts: the file that was asked for, or the demonstration with a sentence why not that."""
    path, disk, sentence = "", "", note
    if options.file and options.file.lower().endswith(".toml"):
        from rnnstudio.files.own_lessons import is_lesson_file

        if is_lesson_file(options.file):
            options = replace(options, file=None, lesson=options.file)
    try:
        if options.file and options.file.lower().endswith(".rnnstudio") and options.model == ModelOptions():
            from rnnstudio.files.study_file import open_study_file

            path = options.file
            document, disk = open_study_file(path)
        else:
            document = _document(options.file, options.model)
        traces(document)
    except (InputError, OSError) as error:
        document, path, disk, sentence = demonstration(), "", "", _words(error)
    if options.view:
        sentence = sentence or off_reason(options.view, document)
        session = replace(session, view=fitting_view(options.view, document))
    state = opened(document, session, path, built=document is not demonstration() and not path, disk=disk)
    if options.step is not None:
        from rnnstudio.state.actions.stepping import GoTo

        state = GoTo(options.step).apply(state)
    if options.theme:
        from rnnstudio.state.actions.viewing import SetTheme

        state = SetTheme(options.theme).apply(state)
    if options.notation:
        from rnnstudio.files.own_notations import notation_named
        from rnnstudio.state.actions.notation import SetNotation

        try:
            state = SetNotation(notation_named(options.notation)).apply(state)
        except InputError as error:
            sentence = sentence or str(error)
    if options.lesson or (document.lesson is not None and options.view is None and options.step is None):
        try:
            state = _in_lesson(state, options.lesson)
        except (InputError, OSError) as error:
            sentence = sentence or _words(error)
    return state.see(message=sentence) if sentence else state


def _in_lesson(state: State, name: str | None) -> State:
    """The first stop of a lesson: one that comes along, one's own by its name or file, or the one of the open study."""
    from rnnstudio.files.demonstration import bundled_study
    from rnnstudio.files.own_lessons import is_lesson_file, lesson_file, own_lesson
    from rnnstudio.files.study_file import open_study_file
    from rnnstudio.lessons.authoring import RunOwn
    from rnnstudio.lessons.reading import parse_lesson
    from rnnstudio.lessons.shelf import shelf_lesson
    from rnnstudio.lessons.tour import StartLesson

    if name in SHELF:
        return StartLesson(shelf_lesson(name, bundled_study, state.session.language)).apply(state)
    path = None if name is None else own_lesson(name)
    if path is None or path.suffix.lower() == ".rnnstudio":
        if path is not None:
            document, disk = open_study_file(path)
            state = opened(document, state.session, str(path), disk=disk)
            if document.lesson is None:
                raise InputError(f"{path}: this study carries no lesson; Lesson › New lesson makes one")
        return RunOwn(0).apply(state)
    if not is_lesson_file(path) and path.is_file():
        raise InputError(f'{path}: the first key of a lesson file is kind = "lesson"')
    return StartLesson(parse_lesson(*lesson_file(path))).apply(state)


def _document(file: str | None, model: ModelOptions) -> Document:
    if file is None and model == ModelOptions():
        return demonstration()
    from rnnstudio.files.opening import open_any

    return open_any(file, model)


def render_window(options: RenderOptions) -> int:
    """Write a picture of the whole window with its panels; returns the exit status.

    Raises
    ------
    InputError
        The file cannot be opened, the view is off, or OUT does not end in .png.
    """
    if Path(options.output).suffix.lower() != ".png":
        raise InputError(f"{options.output}: a picture of the window is written as .png")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application()
    from rnnstudio.export.command import each_view, state_of
    from rnnstudio.files.storage import write_atomic
    from rnnstudio.state.derived import WIDE_THEME

    document = _document(options.file, options.model)

    def write(of_view: RenderOptions, view: str) -> None:
        state = state_of(document, of_view, view).see(notice="", inspector=options.theme != WIDE_THEME)
        write_atomic(of_view.output, window_picture(state, options.size))

    each_view(document, options, write)
    return 0


def window_picture(state: State, size: tuple[int, int]) -> bytes:
    """The window of a state as PNG, at rest and complete with its plots."""
    from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
    from PySide6.QtGui import QImage, QPainter

    window = still_window(state, size)
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        window.render(painter, QPoint())
    window.documents.ask_leave = lambda: "discard"
    window.close()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def still_window(state: State, size: tuple[int, int]) -> "Window":
    """A window of exactly this size that is never shown, with everything in its place."""
    from PySide6.QtCore import QCoreApplication, Qt

    from rnnstudio.ui.window import Window

    window = Window(Store(state.see(reduced_motion=True)))
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setMinimumSize(1, 1)
    window.resize(*size)
    window.show()
    QCoreApplication.sendPostedEvents()  # the panels take their places
    window.side.load_plots()
    window.side.show_state(window.store.state, window.store.state)
    return window


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, InputError) else f"{getattr(error, 'filename', '')}: {error}"


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _missing_libraries() -> str:
    """What an X11 window lacks on this machine, and how to get it: without them Qt would end the process by itself."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb" or not os.environ.get("DISPLAY"):
        return ""
    packages = [package for library, package in X11_LIBRARIES.items() if not _loads(library)]
    if not packages:
        return ""
    return f"a window needs {', '.join(packages)}, missing here; on Debian: apt-get install {' '.join(packages)}"


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _application() -> "QApplication":
    """The application object, made once, with what has to be set before it is."""
    # with Qt's thread pool small translucent shapes are four to eight times slower
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    from PySide6.QtCore import QLocale, qInstallMessageHandler
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from rnnstudio.paint.fonts import register, ui_font

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    _install_hooks()
    qInstallMessageHandler(_qt_said)
    QLocale.setDefault(QLocale.c())
    application = QApplication(["rnnstudio"])
    application.setApplicationName("RNN Studio")
    application.setWindowIcon(QIcon(str(resource("icons", "rnnstudio.svg"))))
    application.setStyle("Fusion")
    register()
    application.setFont(ui_font(13.5, 450))
    return application


def _install_hooks() -> None:
    """Whatever goes wrong in a slot or a thread is logged; the program goes on."""
    sys.excepthook = _caught

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            sys.excepthook(args.exc_type, args.exc_value, args.exc_traceback)

    threading.excepthook = in_thread


def _caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    LOG.error("unexpected error", exc_info=(kind, error, trace))


def _qt_said(kind: object, context: object, message: str) -> None:
    LOG.warning("Qt: %s", message)


__all__ = ["ModelOptions", "first_state", "open_window", "render_window", "still_window", "window_picture"]
