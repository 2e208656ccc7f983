"""Updates in one worker thread: it computes and tells; what it tells becomes state in the window's thread.

The thread touches no widget. It sends copies through a queued signal, at most thirty times a second and never before
the last message was heard, so that however fast the updates are the window has only a little to do. And it gives way:
while the window has anything to do, it makes an update only now and then. Without that, each of the thousand calls of
a repaint would wait for the interpreter to be handed over.
"""

from __future__ import annotations

import itertools
import queue
import sys
import threading
import time
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer, Signal, SignalInstance

from rnnstudio.engine.limits import InputError
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.training import (
    BOTH,
    ONE,
    TRAIN,
    Begin,
    EndTraining,
    Hear,
    StopTraining,
    UpdateAgain,
    repeats_update,
)
from rnnstudio.state.learning import foresee
from rnnstudio.state.model import Document, State
from rnnstudio.state.store import Store
from rnnstudio.state.training_data import TrainingData, right_share, same_data, training_data
from rnnstudio.state.training_run import Fault, Told
from rnnstudio.state.update_stream import Source, UpdateStream, engine_updates

#: The worker tells of its updates at most so often.
TELL_S = 1 / 30
#: While it works, Python lets the other thread in this often (RELIABILITY P9).
SWITCH_S = 0.0005
#: While the window is busy there is an update so often, and no more.
GIVE_WAY_S = 0.01
#: When the window closes it waits at most so long: an update that is under way comes to its end.
PATIENCE_S = 2.0


@dataclass(eq=False)
class Job:
    """One run, as the worker has it; ``wanted`` is no more when nobody listens to its end."""

    number: int
    kind: str
    document: Document
    data: TrainingData
    limit: int
    stop: threading.Event = field(default_factory=threading.Event)
    wanted: bool = True


class Worker:
    """What runs in the thread: jobs in, messages out. It keeps the last stream, so that a run can be resumed.

    Parameters
    ----------
    send : callable
        Takes (job, what is told) to the window's thread.
    heard : Event
        Set while the last message has been heard.
    idle : Event
        Set while the window has nothing to do.
    store : Store
        Its state is looked at, never changed: what the picture of the result needs is computed here.
    source : callable
        What makes the updates.
    """

    def __init__(
        self, send: SignalInstance, heard: threading.Event, idle: threading.Event, store: Store, source: Source
    ) -> None:
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._send, self._heard, self._idle, self._store, self._source = send, heard, idle, store, source
        self._kept: tuple[UpdateStream, Job] | None = None

    def work(self) -> None:
        """Do jobs until there is None."""
        while (job := self.jobs.get()) is not None:
            try:
                told = self._run(job)
            except InputError as error:
                told = _refused(job, str(error))
            except Exception as error:  # whatever it is, the window must hear that the run is over
                sys.excepthook(*sys.exc_info())
                told = _refused(job, sentence("Training stopped: {error}", error=error))
            self._tell(job, told)

    def _tell(self, job: Job, told: Told) -> None:
        if job.wanted:
            self._heard.clear()
            self._send.emit((job.number, told))

    def _run(self, job: Job) -> Told:
        stream = self._stream(job)
        rival = UpdateStream(job.data, True, self._source) if job.kind == BOTH else None
        made, told_at, fault = 0, -TELL_S, None
        while made < job.limit and not job.stop.is_set():
            self._idle.wait(GIVE_WAY_S)
            fault = stream.advance() or (rival.advance() if rival is not None else None)
            if fault is not None:
                break
            made += 1
            now = time.monotonic()
            if made < job.limit and now - told_at >= TELL_S and self._heard.is_set():
                told_at = now
                self._tell(job, self._so_far(job, stream, rival))
        told = self._so_far(job, stream, rival)
        self._kept = None if stream.faulty or rival is not None else (stream, job)
        return self._ended(job, told, fault)

    def _stream(self, job: Job) -> UpdateStream:
        """The kept stream, where the job goes on from where it stands; else a new one."""
        kept, self._kept = self._kept, None
        if kept is not None and job.kind != BOTH:
            stream, before = kept
            same = same_data(before.document.sequence, job.document.sequence)
            same = same and before.data.settings == job.data.settings
            here = stream.network.layers is job.data.network.layers and stream.network.chosen == job.data.network.chosen
            if same and here and before.document.first is job.document.first:
                return stream
        return UpdateStream(job.data, False, self._source)

    @staticmethod
    def _so_far(job: Job, stream: UpdateStream, rival: UpdateStream | None) -> Told:
        """Copies of what there is since the last message."""
        losses, norms = stream.told()
        told = Told(np.array(losses), np.array(norms), stream.settle())
        if rival is None:
            return told
        right = right_share(job.data, told.network, False), right_share(job.data, rival.settle(), True)
        return replace(told, rival=np.array(rival.told()[0]), right=right)

    def _ended(self, job: Job, told: Told, fault: Fault | None) -> Told:
        """The last message: with the study as it is now, run through, so that the window need not compute it."""
        document = replace(job.document, network=told.network)
        if job.wanted and told.network is not job.document.network:
            foresee(replace(self._store.state, document=document))
        return replace(told, ended=True, document=document, fault=fault)


def _refused(job: Job, why: str) -> Told:
    return Told(np.empty(0), np.empty(0), job.data.network, ended=True, refused=why)


class Trainer(QObject):
    """The window's side of the worker: it begins runs, and makes state of what is told.

    Parameters
    ----------
    store : Store
        Whose document is trained.
    parent : QObject
        Owner.
    source : callable
        What makes the updates; tests put in their own.
    """

    told = Signal(object)

    def __init__(self, store: Store, parent: QObject, source: Source = engine_updates) -> None:
        super().__init__(parent)
        self._store = store
        self._heard, self._idle = threading.Event(), threading.Event()
        self._worker = Worker(self.told, self._heard, self._idle, store, source)
        self._thread: threading.Thread | None = None
        self._numbers = itertools.count(1)
        self._job: Job | None = None
        self._more = 0  # single updates that are still asked for
        self._interval = 0.0
        self.told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._leave = store.listen(self._watch)

    # ---------------------------------------------------------------- what commands call

    def train(self) -> None:
        """Run updates, or stop them."""
        run = self._store.state.session.run
        if run is not None and run.live:
            self._more = 0
            self._store.dispatch(StopTraining())
        else:
            self._begin(TRAIN, self._store.state.document.settings.updates)

    def train_both(self) -> None:
        """Run updates of the cell and of its traditional layer, side by side."""
        self._begin(BOTH, self._store.state.document.settings.updates)

    def update_forward(self) -> None:
        """One update; the one that was gone back from, where there is such a one. While one is made, one more."""
        run = self._store.state.session.run
        if run is not None and run.live:
            self._more += run.kind == ONE
        elif repeats_update(self._store.state):
            self._store.dispatch(UpdateAgain())
        else:
            self._begin(ONE, 1)

    # ---------------------------------------------------------------- the run

    def _begin(self, kind: str, limit: int) -> None:
        number = next(self._numbers)
        self._store.dispatch(Begin(kind, number))
        state = self._store.state
        run = state.session.run
        if run is None or run.number != number:
            return  # refused: there is nothing to learn from, or a run is on its way
        self._job = Job(number, kind, state.document, training_data(state.document), limit)
        if self._thread is None:
            self._thread = threading.Thread(target=self._worker.work, name="training", daemon=True)
            self._thread.start()
        if not self._interval:
            self._interval = sys.getswitchinterval()
            sys.setswitchinterval(min(self._interval, SWITCH_S))
            loop = QAbstractEventDispatcher.instance()
            loop.aboutToBlock.connect(self._rests)
            loop.awake.connect(self._works)
        self._heard.set()
        self._worker.jobs.put(self._job)

    def _watch(self, old: State, new: State) -> None:
        """A run that is over in the state ends in the worker."""
        job, run = self._job, new.session.run
        if job is None:
            return
        over = run is None or run.number != job.number or not run.live
        if over or (run is not None and run.stage == "stopping"):
            job.wanted = job.wanted and not over
            job.stop.set()
        if over:
            self._rest()

    def _rests(self) -> None:
        self._idle.set()

    def _works(self) -> None:
        self._idle.clear()

    def _rest(self) -> None:
        self._job = None
        if self._interval:
            sys.setswitchinterval(self._interval)
            self._interval = 0.0
            loop = QAbstractEventDispatcher.instance()
            loop.aboutToBlock.disconnect(self._rests)
            loop.awake.disconnect(self._works)
            self._idle.clear()

    def _hear(self, message: tuple[int, Told]) -> None:
        number, told = message
        self._store.dispatch(Hear(number, told))
        QTimer.singleShot(1, self, self._heard_it)  # the next one after what else the window has to do
        if told.ended and self._more and self._job is None:
            self._more -= 1
            self.update_forward()

    def _heard_it(self) -> None:
        self._heard.set()

    def stop(self) -> None:
        """For good: the window closes. What was made is in the document, and the thread has come to its end."""
        self._more = 0
        self._store.dispatch(EndTraining())
        self._leave()
        self.told.disconnect(self._hear)
        if self._thread is not None:
            self._worker.jobs.put(None)
            self._thread.join(PATIENCE_S)
            self._thread = None
