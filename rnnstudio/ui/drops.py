"""Files that are dragged over the window."""

from PySide6.QtGui import QDropEvent


def accept_files(event: QDropEvent) -> list[str]:
    """The paths of the files on this machine that are dragged or dropped; the event is accepted where there are any."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    if paths:
        event.acceptProposedAction()
    return paths
