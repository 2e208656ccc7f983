"""Changed runs: each one is the run that one makes by hand, and what a change does not reach keeps its bits."""

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.held_gates import gates
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import OneHot, run
from rnnstudio.engine.training import Settings
from rnnstudio.engine.versions import run_updating
from rnnstudio.engine.what_if import (
    AS_IT_IS,
    WhatIf,
    changed_run,
    recurrent_weights,
    severed,
)

T, INPUTS, SIZE = 7, 3, 5
RECURRENT = sorted(name for name in library_cells() if library_cell(name).states)
GATED = [name for name in RECURRENT if gates(new_network(library_cell(name), INPUTS, SIZE).layers[0].program)]
RANDOM = np.random.Generator(np.random.PCG64(5))
X = RANDOM.normal(size=(T, INPUTS))


def network(cell, **more):
    return new_network(library_cell(cell), INPUTS, SIZE, seed=3, **more)


def every_value(trace, k=-1):
    layer = trace.layers[k]
    return {name: layer.series(name) for name in ("x", *layer.program.values)}


def same(one, other):
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("cell", RECURRENT)
def test_nothing_changed_is_the_plain_run(cell):
    plain = run(network(cell), X)
    assert changed_run(plain, AS_IT_IS) is plain
    assert changed_run(plain, WhatIf(silent=None, frozen=None)) is plain


@pytest.mark.parametrize("direction", ["forward", "reverse", "both"])
@pytest.mark.parametrize("cell", RECURRENT)
def test_cut_is_the_run_with_zeros_for_u(cell, direction):
    net = network(cell, direction=direction)
    names = recurrent_weights(net.layers[0].program)
    assert names
    zeros = {
        name: np.zeros_like(array)
        for name, array in net.layers[0].parameters.items()
        if name.removeprefix("reverse.") in names
    }
    first = {"s": RANDOM.normal(size=SIZE)} if direction == "forward" and "s" in net.layers[0].program.states else None
    plain = run(net, X, first)
    changed = changed_run(plain, WhatIf(cut=True))
    by_hand = run(net.with_parameters(0, zeros), X, first)
    assert same(every_value(changed), every_value(by_hand))
    assert np.array_equal(changed.y, by_hand.y)
    assert not np.array_equal(changed.y, plain.y)


@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize("cell", RECURRENT)
def test_a_frozen_state_goes_into_every_later_sample(cell, direction):
    plain = run(network(cell, direction=direction), X)
    at = 3 if direction == "forward" else 5
    changed = changed_run(plain, WhatIf(frozen=at))
    here, was = changed.layers[0], plain.layers[0]
    states = here.program.states
    held = {state: was.value(state, at) for state in states}
    for t in range(1, T + 1):
        later = t > at if direction == "forward" else t < at
        for name in here.program.values if not later else ():
            assert np.array_equal(here.value(name, t), was.value(name, t)), (name, t)
        if not later:
            continue
        by_hand = run(network(cell), X[t - 1 : t], held).layers[0]
        for state in states:
            assert np.array_equal(here.value(f"{state}_prev", t), held[state])
            assert np.array_equal(here.series(f"{state}_prev")[t - 1], held[state])
        for name in here.program.values:
            np.testing.assert_allclose(here.value(name, t), by_hand.value(name, 1), rtol=0, atol=1e-14)
    following = at + 1 if direction == "forward" else at - 1
    for name in here.program.values:  # the sample after it is computed from that state in any case
        assert np.array_equal(here.value(name, following), was.value(name, following))


@pytest.mark.parametrize("cell", RECURRENT)
def test_a_state_that_is_zero_anyway_frozen_or_not_gives_the_same_bits(cell):
    net = network(cell)
    plain = run(net, np.zeros_like(X))
    frozen = changed_run(plain, WhatIf(frozen=T))
    assert same(every_value(frozen), every_value(plain))


@pytest.mark.parametrize("cell", RECURRENT)
def test_a_silent_input_is_zero(cell):
    plain = run(network(cell), X)
    changed = changed_run(plain, WhatIf(silent=4))
    silent = X.copy()
    silent[3] = 0.0
    assert same(every_value(changed), every_value(run(network(cell), silent)))
    assert np.array_equal(changed.layers[0].value("x", 4), np.zeros(INPUTS))
    assert np.array_equal(X[3], plain.layers[0].value("x", 4))


def test_a_silent_word_is_no_word():
    net = new_network(library_cell("lstm"), 4, SIZE, outputs=4)
    tokens = OneHot(np.array([2, 0, 3, 1, 1]), 4)
    plain = run(net, tokens)
    changed = changed_run(plain, WhatIf(silent=3))
    dense = tokens.rows(0, 5)
    dense[2] = 0.0
    assert same(every_value(changed), every_value(run(net, dense)))
    for t in (1, 2):
        assert np.array_equal(changed.layers[0].value("s", t), plain.layers[0].value("s", t))


def test_what_enters_the_chosen_layer_is_silenced_and_no_other():
    net = network("simple", layers=2).with_chosen(1)
    plain = run(net, X)
    changed = changed_run(plain, WhatIf(silent=2))
    assert same(every_value(changed, 0), every_value(plain, 0))
    assert not changed.layers[1].value("x", 2).any()
    assert np.array_equal(changed.layers[1].value("x", 3), plain.layers[1].value("x", 3))


def test_the_gates_that_the_library_has():
    found = {name: gates(network(name).layers[0].program) for name in RECURRENT}
    assert found["lstm"] == ("i", "f", "o")
    assert found["gru"] == ("r", "z")
    assert found["simple"] == ()


def by_hand(layer, x, s, c, held):
    """One step of the LSTM, written out."""

    def sigma(v):
        return 1 / (1 + np.exp(-v))

    p = layer.parameters
    a = {g: p[f"W{g}"] @ x + p[f"U{g}"] @ s + p[f"b{g}"] for g in "fiog"}
    gate = {g: np.tanh(a[g]) if g == "g" else sigma(a[g]) for g in "fiog"}
    gate.update({name: np.full(SIZE, level) for name, level in held.items()})
    c = gate["f"] * c + gate["i"] * gate["g"]
    return gate["o"] * np.tanh(c), c


@pytest.mark.parametrize("level", [0.0, 1.0])
@pytest.mark.parametrize("gate", ["f", "i", "o"])
def test_a_held_gate_of_the_lstm_by_hand(gate, level):
    net = network("lstm")
    changed = changed_run(run(net, X), WhatIf(gate=gate, level=level)).layers[0]
    s = c = np.zeros(SIZE)
    for t in range(1, T + 1):
        s, c = by_hand(net.layers[0], X[t - 1], s, c, {gate: level})
        np.testing.assert_allclose(changed.value("s", t), s, rtol=0, atol=1e-13)
        np.testing.assert_allclose(changed.value("c", t), c, rtol=0, atol=1e-13)
        assert np.array_equal(changed.value(gate, t), np.full(SIZE, level))


@pytest.mark.parametrize("cell", GATED)
def test_a_held_gate_touches_nothing_else_before_it_matters(cell):
    plain = run(network(cell), X)
    for gate in gates(plain.layers[0].program):
        changed = changed_run(plain, WhatIf(gate=gate, level=1.0)).layers[0]
        was, ops = plain.layers[0], plain.layers[0].program.ops_of(gate)
        for op in ops[:-1]:  # what the gate would have come from, at the first sample
            assert np.array_equal(changed.value(op.id, 1), was.value(op.id, 1))
        assert np.array_equal(changed.value(ops[-1].id, 2), np.ones(changed.value(gate, 2).shape))
        later = cell == "lstm-peephole"  # its o reads the new c
        others = [g for g in gates(was.program) if g != gate and not (later and g == "o")]
        for other in others:
            assert np.array_equal(changed.value(other, 1), was.value(other, 1))
        assert changed.program.producer(gate).kind == "constant"
        assert changed.program.ops_of(gate)[0].args == ("1",)


def test_several_at_once_are_all_of_them():
    net = network("lstm")
    plain = run(net, X)
    changed = changed_run(plain, WhatIf(cut=True, frozen=3, silent=2, gate="f", level=0.0)).layers[0]
    silent = X.copy()
    silent[1] = 0.0
    zeros = {name: np.zeros((SIZE, SIZE)) for name in recurrent_weights(net.layers[0].program)}
    layer = net.with_parameters(0, zeros).layers[0]
    s = c = np.zeros(SIZE)
    held = None
    for t in range(1, T + 1):
        if held is not None:
            s, c = held
        s, c = by_hand(layer, silent[t - 1], s, c, {"f": 0.0})
        held = (s, c) if t == 3 else held
        np.testing.assert_allclose(changed.value("s", t), s, rtol=0, atol=1e-13)


def test_the_versions_of_a_trained_run_are_kept():
    net = network("simple")
    targets = RANDOM.normal(size=(T, SIZE))
    plain = run_updating(net, X, targets, Settings(update_every=1, rate=0.1))
    changed = changed_run(plain, WhatIf(silent=3))
    assert len(changed.versions) == T + 1
    for t in range(1, T + 1):
        assert np.array_equal(changed.layers[0].parameter("W", t), plain.layers[0].parameter("W", t))
    for t in (1, 2):
        assert np.array_equal(changed.layers[0].value("s", t), plain.layers[0].value("s", t))
    assert not np.array_equal(changed.layers[0].value("s", 3), plain.layers[0].value("s", 3))
    frozen = changed_run(plain, WhatIf(frozen=2, cut=True)).layers[0]
    assert not frozen.parameter("U", 5).any()
    assert np.array_equal(frozen.value("s_prev", 6), frozen.value("s", 2))


def test_the_traditional_layer_knows_the_input_alone():
    plain = run(network("lstm"), X, stateless=True)
    assert changed_run(plain, WhatIf(cut=True, frozen=2, gate="f")) is plain
    changed = changed_run(plain, WhatIf(silent=2, gate="f"))
    assert np.array_equal(changed.layers[0].value("a", 2), network("lstm").layers[0].parameters["bg"])


def test_states_that_only_u_reads_are_severed():
    found = {name: severed(network(name).layers[0].program) for name in ("simple", "lstm", "gru")}
    assert found == {"simple": ("s",), "lstm": ("s",), "gru": ()}


@pytest.mark.parametrize(
    "what_if", [WhatIf(gate="f"), WhatIf(frozen=T + 2), WhatIf(silent=-1)], ids=["gate", "frozen", "silent"]
)
def test_what_is_not_there_is_refused(what_if):
    with pytest.raises(InputError):
        changed_run(run(network("simple"), X), what_if)


def test_a_layer_without_a_state_has_nothing_to_cut():
    plain = run(new_network(library_cell("dense"), INPUTS, SIZE), X)
    for what_if in (WhatIf(cut=True), WhatIf(frozen=2)):
        with pytest.raises(InputError):
            changed_run(plain, what_if)
