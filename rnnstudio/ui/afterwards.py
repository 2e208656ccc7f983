"""Actions out of events that Qt sends while a change is being shown."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from rnnstudio.state.store import Action, Store


def dispatch_afterwards(store: Store, widget: QWidget, action: Action) -> None:
    """Dispatch now, or once everyone has been told: a panel that opens under the pointer takes it from another."""
    if store.telling:
        QTimer.singleShot(0, widget, partial(dispatch_afterwards, store, widget, action))
    else:
        store.dispatch(action)
