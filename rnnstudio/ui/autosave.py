"""Work that is not saved yet is put into the recovery place, soon after every change, in a thread of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from rnnstudio.engine.limits import InputError
from rnnstudio.files.places import recovery_folder
from rnnstudio.files.recovery import About, Slot
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.viewing import Message
from rnnstudio.state.lesson import at_home
from rnnstudio.state.model import Document, State
from rnnstudio.state.store import Store

#: After the last change it is waited so long for the next one, and altogether after the first one so long: with the
#: writing, ten seconds.
PAUSE_S, LATEST_S = 2.0, 8.0
#: A write that is still under way is asked for again so much later.
AGAIN_S = 0.5


class Autosave(QObject):
    """Keeps the work of one window, and takes it away again once it is saved or discarded.

    Documents do not change, so the thread needs no copy. What it does, it does in the order in which it was asked: a
    file that is to go does not come back because of a write that was begun before.

    Parameters
    ----------
    store : Store
        Whose document is kept.
    parent : QObject
        Owner.
    now : callable
        Seconds that only grow; tests put in their own.
    """

    _failed = Signal(str)

    def __init__(self, store: Store, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._store, self._now = store, now
        self._slot: Slot | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._under_way: Future[None] | None = None
        self._kept: Document | None = None
        self._since: float | None = None
        self._revision = 0
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        self._failed.connect(self._tell)
        self._leave = store.listen(self.show)
        at_start = at_home(store.state)
        if work(at_start) is not at_start.session.saved:  # changed before anybody looked
            self._changed()

    @property
    def waiting(self) -> QTimer:
        """Runs while there is something to keep."""
        return self._timer

    @property
    def slot(self) -> Slot | None:
        """Where the work is kept; None as long as there was none."""
        return self._slot

    def adopt(self, slot: Slot) -> None:
        """Go on with a file that a window before this one has left: it stays until what is in it is saved."""
        if self._slot is not None:
            self._slot.release()
        self._slot = slot

    def show(self, old: State, new: State) -> None:
        """Count the changes of the document, those of a run of updates among them; a lesson's are none of ours."""
        old, new = at_home(old), at_home(new)
        if new.document is old.document and new.session.run is old.session.run:
            if new.session.saved is not old.session.saved or new.session.autosave != old.session.autosave:
                self._clean_or_changed(new)
            return
        if work(new) is not work(old):
            self._revision += 1
        self._clean_or_changed(new)

    def _clean_or_changed(self, state: State) -> None:
        now = work(state)
        if now is state.session.saved:
            self._forget()
        elif not state.session.autosave:
            self._timer.stop()  # what is kept already stays until it is saved or discarded
            self._since = None
        elif now is not self._kept:
            self._changed()

    def _changed(self) -> None:
        """Wait for a pause, but not for ever."""
        now = self._now()
        self._since = now if self._since is None else self._since
        left = min(PAUSE_S, max(0.0, self._since + LATEST_S - now))
        self._timer.start(round(1000 * left))

    def keep(self) -> None:
        """Write the work down now."""
        state = at_home(self._store.state)
        document = work(state)
        if document is state.session.saved or document is self._kept or not state.session.autosave:
            return
        if self._under_way is not None and not self._under_way.done():
            self._timer.start(round(1000 * AGAIN_S))
            return
        self._since = None
        self._kept = document
        session = state.session
        about = About(
            path=session.path, disk=session.disk, revision=self._revision,
            change=state.undo[-1].name if state.undo else "",
        )  # fmt: skip
        self._do(self._write, document, about, session.saved)

    def _write(self, document: Document, about: About, clean: Document | None) -> None:
        """In the thread."""
        try:
            if self._slot is None:
                self._slot = Slot(recovery_folder())
            self._slot.write(document, about, clean)
        except (InputError, OSError) as error:
            self._kept = None
            self._failed.emit(str(error))
        else:
            self._told = False

    def _tell(self, reason: str) -> None:
        """Say once that nothing is kept; it goes on trying after every change."""
        if not self._told:
            self._told = True
            self._store.dispatch(
                Message(
                    sentence(
                        "Unsaved work cannot be kept for a later start: {reason}. Save it yourself.", reason=reason
                    )
                )
            )

    def _forget(self) -> None:
        """Everything is saved or discarded: there is no work."""
        self._timer.stop()
        self._since = self._kept = None
        self._do(self._empty)

    def _empty(self) -> None:
        if self._slot is not None:
            self._slot.empty()

    def _do(self, what: Callable[..., None], *more: object) -> None:
        if self._thread is None:
            if what == self._empty and self._slot is None:
                return
            self._thread = ThreadPoolExecutor(1, "recovery")
        self._under_way = self._thread.submit(what, *more)

    def settle(self) -> None:
        """Wait until everything that was asked for is done."""
        if self._under_way is not None:
            self._under_way.result()

    def stop(self) -> None:
        """The window closes: its work was saved, or it was agreed that it goes."""
        self._leave()
        self._timer.stop()
        self._do(self._empty)
        if self._thread is not None:
            self._thread.shutdown(wait=True)
        if self._slot is not None:
            self._slot.release()
            self._slot = None


def work(state: State) -> Document:
    """The document as it would be saved now: while it is trained, with what training has made so far."""
    run, document = state.session.run, state.document
    if run is None or not run.live or not run.made or document is not run.start:
        return document
    return replace(document, network=run.network)
