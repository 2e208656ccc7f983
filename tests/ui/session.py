"""An edit session without a screen, as a child that is killed at any moment; what it does it says."""

import hashlib
import random
import time

from PySide6.QtCore import QCoreApplication, QTimer

from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study import write_study
from rnnstudio.state.actions.editing import Undo, edited
from rnnstudio.state.actions.files import Saved, opened
from rnnstudio.state.model import Session
from rnnstudio.state.store import Store
from rnnstudio.ui import autosave

#: A session that nobody has killed by then was forgotten.
LONGEST_MS = 90_000


class SetWeight:
    """A change of one number."""

    def __init__(self, value):
        self.value = value

    def apply(self, state):
        document = state.document
        layer = document.network.layers[1]
        name = next(iter(layer.parameters))
        values = layer.parameters[name].copy()
        values.flat[0] = self.value
        values.setflags(write=False)
        return edited(state, "Set W_11", document.__class__(**{
            **document.__dict__, "network": document.network.with_parameters(1, {name: values}),
        }))  # fmt: skip


def sha(document):
    return hashlib.sha256(write_study(document)).hexdigest()


def edit(out, seed, path, hurry="1"):
    """Edit at random intervals; each change is told with its time, each kept one when it lies on the disk."""
    chance, hurry = random.Random(int(seed)), float(hurry)
    autosave.PAUSE_S, autosave.LATEST_S = autosave.PAUSE_S / hurry, autosave.LATEST_S / hurry
    application = QCoreApplication([])
    store = Store(opened(demonstration(), Session(), path))
    keeper = autosave.Autosave(store, application)
    longest = chance.choice((0.3, 1.0, 4.0)) / hurry  # in a hurry, at ease, with pauses
    told = [None]

    def change():
        if chance.random() < 0.1 and store.state.undo:
            store.dispatch(Undo())
        else:
            store.dispatch(SetWeight(chance.uniform(-1, 1)))
        print("edit", time.monotonic(), sha(store.state.document), file=out)
        QTimer.singleShot(round(1000 * chance.uniform(0, longest)), change)

    def tell():
        slot = keeper.slot
        if slot is not None and slot.place.exists():
            from rnnstudio.files.recovery import read_recovery

            kept = hashlib.sha256(read_recovery(slot.place)[1]).hexdigest()
            if kept != told[0]:
                told[0] = kept
                print("kept", time.monotonic(), kept, file=out)

    looking = QTimer()
    looking.timeout.connect(tell)
    looking.start(20)
    store.dispatch(Saved(path))
    print("begun", time.monotonic(), sha(store.state.document), file=out)
    QTimer.singleShot(0, change)
    QTimer.singleShot(LONGEST_MS, application.quit)
    application.exec()
