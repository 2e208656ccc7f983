"""What a screen reader is told of a window, as text: a line for each thing, indented under what it is in.

``python -m tests.ui.accessible_tree`` writes the golden file anew.
"""

import os
import tempfile
from pathlib import Path

from PySide6.QtGui import QAccessible

GOLDEN = Path(__file__).parent / "golden" / "lesson_stop.txt"
#: The stop that the golden file is of, from 0, and the size of the window.
LESSON, STOP, SIZE = "from-a-layer", 7, (1440, 900)
_STATES = ("focused", "selected", "checked", "disabled")
_SKIPPED = (QAccessible.Role.ScrollBar, QAccessible.Role.Separator)
_SILENT = (QAccessible.Role.Client, QAccessible.Role.NoRole)


def tree(window):
    """The lines of the tree below a window; what is not shown, and ground without a name, is left out."""
    return list(_lines(QAccessible.queryAccessibleInterface(window), 0))


def _lines(of, depth):
    if of is None or not of.isValid() or of.state().invisible or of.role() in _SKIPPED:
        return
    name, about = (" ".join(of.text(which).split()) for which in (QAccessible.Text.Name, QAccessible.Text.Description))
    told = [state for state in _STATES if getattr(of.state(), state)]
    silent = not name and not about and of.role() in _SILENT
    if not silent:
        words = (of.role().name, f'"{name}"', f"- {about}" if about else "", f"[{', '.join(told)}]" if told else "")
        yield "  " * depth + " ".join(word for word in words if word)
    if of.role() == QAccessible.Role.MenuItem:
        return  # what stands in the menus is the table of commands
    for k in range(of.childCount()):
        yield from _lines(of.child(k), depth if silent else depth + 1)


def write():
    """Write the golden file."""
    os.environ["RNNSTUDIO_HOME"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication

    from rnnstudio.files.demonstration import demonstration
    from rnnstudio.paint.fonts import register
    from rnnstudio.state.actions.files import opened
    from rnnstudio.state.model import Session
    from rnnstudio.state.store import Store
    from rnnstudio.ui.window import Window
    from tests.ui.lecture import rest

    application = QApplication([])
    register()
    window = Window(Store(opened(demonstration(), Session(view="unrolled"))))
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    application.processEvents()
    window.commands.start_lesson(LESSON, STOP)
    rest(window)
    GOLDEN.write_text("\n".join(tree(window)) + "\n", encoding="utf-8")
    window.documents.ask_leave = lambda: "discard"
    window.close()


if __name__ == "__main__":
    write()
