from dataclasses import dataclass

import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.viewing import Message, SetDecimals
from rnnstudio.state.model import State
from rnnstudio.state.store import Store


@dataclass(frozen=True)
class Refusing:
    def apply(self, state: State) -> State:
        raise InputError("three inputs are wanted, four were given")


@pytest.fixture
def store():
    return Store(opened(demonstration()))


def test_listeners_see_old_and_new(store):
    seen = []
    store.listen(lambda old, new: seen.append((old.session.decimals, new.session.decimals)))
    store.dispatch(SetDecimals(4))
    assert seen == [(2, 4)]


def test_nothing_is_told_when_nothing_changes(store):
    seen = []
    store.listen(lambda old, new: seen.append(new))
    store.dispatch(SetDecimals(2))
    assert seen == []


def test_a_listener_may_not_dispatch(store):
    store.listen(lambda old, new: store.dispatch(SetDecimals(1)))
    with pytest.raises(RuntimeError, match="SetDecimals was dispatched while"):
        store.dispatch(Message("hello"))
    assert store.state.session.decimals == 2


def test_after_a_listener_has_failed_the_store_goes_on(store):
    def fail(old, new):
        raise ZeroDivisionError

    leave = store.listen(fail)
    with pytest.raises(ZeroDivisionError):
        store.dispatch(Message("one"))
    leave()
    store.dispatch(Message("two"))
    assert store.state.session.message == "two"


def test_a_refusal_becomes_the_message_and_changes_no_document(store):
    before = store.state.document
    store.dispatch(Refusing())
    assert store.state.session.message == "three inputs are wanted, four were given"
    assert store.state.document is before
    assert store.state.undo == ()
