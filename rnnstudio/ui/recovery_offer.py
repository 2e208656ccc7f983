"""Work that a window has left without saving it is offered at the next start, and nothing of it goes by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from rnnstudio.engine.limits import InputError
from rnnstudio.files.places import recovery_folder
from rnnstudio.files.recovery import Recovered, claim, recoverable
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.files import Restore
from rnnstudio.state.actions.viewing import Message
from rnnstudio.ui.question_box import Role, question_box

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

OPEN, LATER, DISCARD = "open", "later", "discard"
#: So many are named one by one.
NAMED = 6
Ask = Callable[["Window", list[Recovered], Path | None], str]


def ask(window: Window, found: list[Recovered], folder: Path | None) -> str:
    """What is to become of the work: open, later or discard; ``folder`` is where more is known of what happened."""
    many = len(found) > 1
    lines = [words(one) for one in found[:NAMED]]
    if len(found) > NAMED:
        lines.append(sentence("and {count} more", count=len(found) - NAMED))
    if folder is not None:
        lines.append(sentence("\nWhat is known of how it ended is in {folder}; nothing was sent.", folder=folder))
    subject = sentence("{count} studies were", count=len(found)) if many else "A study was"
    box = question_box(
        window, sentence("{subject} not saved when RNN Studio ended.", subject=subject), "\n".join(lines)
    )
    opening = box.addButton("Open them" if many else "Open it", Role.AcceptRole)
    box.addButton("Ask again later", Role.RejectRole)
    discarding = box.addButton("Discard", Role.DestructiveRole)
    if folder is not None:
        shown = box.addButton("Show the folder", Role.HelpRole)
        shown.clicked.disconnect()  # it answers nothing: the question stays
        shown.clicked.connect(partial(show_folder, folder))
    box.setDefaultButton(opening)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return OPEN if clicked is opening else DISCARD if clicked is discarding else LATER


def words(found: Recovered) -> str:
    """One piece of work in a line: whose, the last change, whether its file has been saved by somebody else since."""
    name = Path(found.about.path).name or sentence("{name} (never saved)", name=found.document.name)
    change = sentence("; last change: {change}", change=found.about.change) if found.about.change else ""
    overtaken = "; the file was saved by somebody else since: save this under another name" if found.overtaken else ""
    return f"\N{BULLET} {name}{change}{overtaken}"


def offer(window: Window, reports: Sequence[Path] = (), question: Ask = ask) -> list[Window]:
    """Offer what is left in the recovery folder; the result is the windows that show it.

    Parameters
    ----------
    window : Window
        It takes the first one where nothing was asked to be in it and nothing is changed in it.
    reports : sequence of Path
        What is known of how the program has ended; without work that is left it is said in the window.
    question : callable
        Asks what is to become of it.
    """
    found = recoverable(recovery_folder())
    folder = reports[-1].parent if reports else None
    if not found:
        if folder is not None and not window.store.state.session.message:
            window.store.dispatch(
                Message(
                    sentence(
                        "RNN Studio did not end as it should the last time; there is no unsaved work. "
                        "What is known of it is in {folder}; nothing was sent.",
                        folder=folder,
                    )
                )
            )
        return []
    answer = question(window, found, folder)
    if answer == DISCARD:
        for one in found:
            slot = claim(one)
            if slot is not None:
                slot.empty()
                slot.release()
    return [made for one in found if (made := _opened(window, one))] if answer == OPEN else []


def _opened(window: Window, found: Recovered) -> Window | None:
    """The window that shows this work; its file stays until the work is saved or discarded there."""
    slot = claim(found)
    if slot is None:
        window.store.dispatch(Message("Another window has opened the work that was not saved."))
        return None
    state = window.store.state
    action = Restore(found.document, found.about.path, found.about.disk)
    try:
        restored = action.apply(state)
    except InputError as error:
        slot.release()
        window.store.dispatch(
            Message(sentence("{name} cannot be opened: {error}", name=found.document.name, error=error))
        )
        return None
    if state.document is state.session.saved and not state.session.path:
        window.store.dispatch(action)
    else:
        window = window.documents.windows.open(restored)
    window.documents.follow()
    window.documents.autosave.adopt(slot)
    return window


def show_folder(folder: Path, *_: bool) -> None:
    """Show a folder in the system's own way."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
