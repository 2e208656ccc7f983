"""The questions that files may ask: which file, where to, and what becomes of work that would be lost."""

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

SUFFIX = ".rnnstudio"
OPENED = (
    "Studies, sequences, weights and cells (*.rnnstudio *.csv *.npy *.npz *.txt *.safetensors *.toml);;All files (*)"
)
SAVE, DISCARD, CANCEL, SAVE_AS, OVERWRITE = "save", "discard", "cancel", "save_as", "overwrite"


def which_file(window: QWidget) -> str:
    """A file to open; empty where none was chosen."""
    return QFileDialog.getOpenFileName(window, "Open", "", OPENED)[0]


def where_to(window: QWidget, title: str, proposed: str) -> str:
    """A name to save under; empty where none was chosen."""
    return QFileDialog.getSaveFileName(window, title, proposed, f"Study (*{SUFFIX})")[0]


def may_leave(window: QWidget, name: str) -> str:
    """What becomes of changes that are not saved: save, discard or cancel."""
    buttons = QMessageBox.StandardButton
    chosen = QMessageBox.question(
        window, "RNN Studio", f"“{name}” has changes that are not saved.",
        buttons.Save | buttons.Discard | buttons.Cancel, buttons.Save,
    )  # fmt: skip
    return {buttons.Save: SAVE, buttons.Discard: DISCARD}.get(chosen, CANCEL)


def over_another(window: QWidget, sentence: str) -> str:
    """What to do where the file was saved by somebody else since: save_as, overwrite or cancel."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, "RNN Studio", sentence, QMessageBox.StandardButton.Cancel, window
    )  # fmt: skip
    save_as = box.addButton("Save as…", QMessageBox.ButtonRole.AcceptRole)
    overwrite = box.addButton("Overwrite", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(save_as)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return SAVE_AS if chosen is save_as else OVERWRITE if chosen is overwrite else CANCEL
