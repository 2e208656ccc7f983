"""The one place that holds the state: actions in, (old, new) out to the listeners."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from rnnstudio.engine.limits import InputError
from rnnstudio.state.desk import wiped
from rnnstudio.state.model import State

Listener = Callable[[State, State], None]


class Action(Protocol):
    """A change: a frozen dataclass that makes the next state out of this one."""

    def apply(self, state: State) -> State:
        """Return the state after the change; the given one stays as it is."""
        ...


def _applied(action: Action, state: State) -> State:
    """The state after an action, without a drawing that a step has left behind."""
    new = _changed(action, state)
    return wiped(state, new) if new.session.desk.strokes else new


def _changed(action: Action, state: State) -> State:
    """The state after an action. What changes the document while it is trained acts on what training has made."""
    new = action.apply(state)
    if state.session.question is not None:
        from rnnstudio.state.question_lock import kept_hidden

        new = kept_hidden(state, new)
    run = new.session.run
    if new.document is state.document or run is None or run is not state.session.run or not run.live:
        return new
    # the run is still under way: the change is not the run's own
    from rnnstudio.state.actions.training import committed

    return action.apply(committed(state))


class Store:
    """Holds the state and tells listeners of every change.

    Parameters
    ----------
    state : State
        Where to begin.
    witness : callable, optional
        Told of every action before it is applied: what was done last is of use where that goes wrong.
    """

    def __init__(self, state: State, witness: Callable[[Action], None] | None = None) -> None:
        self._state = state
        self.witness = witness
        self._listeners: list[Listener] = []
        self._telling = False

    @property
    def state(self) -> State:
        """What is now."""
        return self._state

    @property
    def telling(self) -> bool:
        """Whether listeners are being told of a change just now; nothing may be dispatched then."""
        return self._telling

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener(old, new)`` after every change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def dispatch(self, action: Action) -> None:
        """Apply an action and tell the listeners.

        What the action refuses (`InputError`) becomes the message of the session; the document stays as it was.

        Raises
        ------
        RuntimeError
            A listener dispatches: a panel that shows a state may not change it.
        """
        if self._telling:
            raise RuntimeError(
                f"{type(action).__name__} was dispatched while listeners were being told of another change"
            )
        if self.witness is not None:
            self.witness(action)
        old = self._state
        try:
            new = _applied(action, old)
        except InputError as error:
            new = replace(old, session=replace(old.session, message=str(error)))
        if new is old:
            return
        self._state = new
        self._telling = True
        try:
            for listener in tuple(self._listeners):
                listener(old, new)
        finally:
            self._telling = False
