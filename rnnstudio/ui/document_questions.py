"""The questions that files may ask: which file, where to, and what becomes of work that would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from rnnstudio.sentence import sentence
from rnnstudio.ui.question_box import Role, leave_the_room, question_box

if TYPE_CHECKING:
    from rnnstudio.ui.window import Window

SUFFIX = ".rnnstudio"
OPENED = (
    "Studies, sequences, weights and cells (*.rnnstudio *.csv *.npy *.npz *.txt *.safetensors *.toml);;All files (*)"
)
SAVE, DISCARD, CANCEL, SAVE_AS, OVERWRITE = "save", "discard", "cancel", "save_as", "overwrite"


def which_file(window: QWidget) -> str:
    """A file to open; empty where none was chosen."""
    leave_the_room(window)
    return QFileDialog.getOpenFileName(window, "Open", "", OPENED)[0]


def where_to(window: QWidget, title: str, proposed: str) -> str:
    """A name to save under; empty where none was chosen."""
    leave_the_room(window)
    return QFileDialog.getSaveFileName(window, title, proposed, f"Study (*{SUFFIX})")[0]


def may_leave(window: Window, name: str) -> str:
    """What becomes of changes that are not saved: save, discard or cancel."""
    box = question_box(window, sentence("“{name}” has changes that are not saved.", name=name))
    save = box.addButton("Save", Role.AcceptRole)
    discard = box.addButton("Discard", Role.DestructiveRole)
    box.addButton("Cancel", Role.RejectRole)
    box.setDefaultButton(save)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return SAVE if clicked is save else DISCARD if clicked is discard else CANCEL


def over_another(window: Window, sentence: str) -> str:
    """What to do where the file was saved by somebody else since: save_as, overwrite or cancel."""
    box = question_box(window, sentence)
    save_as = box.addButton("Save as…", Role.AcceptRole)
    overwrite = box.addButton("Overwrite", Role.DestructiveRole)
    box.addButton("Cancel", Role.RejectRole)
    box.setDefaultButton(save_as)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return SAVE_AS if clicked is save_as else OVERWRITE if clicked is overwrite else CANCEL
