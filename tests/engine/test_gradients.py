"""Runs, losses and gradients against what PyTorch computes; `references/make_engine_references.py` made the numbers."""

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.gradients import backpropagate, gradient_arrays
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import run, trace_arrays
from tests.engine.engine_references import INDEX, RUNS, VERSIONS, agree, arrays_of, firsts_of, loss_of, network_of


def ran(case):
    return run(network_of(case), arrays_of(case)["x"], firsts_of(case), lengths=INDEX[case]["lengths"])


def values_in(case):
    """(name, layer, direction, value) of every value of a layer that the reference holds."""
    for name in arrays_of(case):
        front, _, rest = name.partition(".")
        if front.startswith("layer"):
            reverse = rest.startswith("reverse.")
            yield name, int(front.removeprefix("layer")), reverse, rest.removeprefix("reverse.")


def test_the_references_cover_what_is_asked_for():
    kinds = {about["kind"] for about in INDEX.values()}
    assert kinds == {"tanh", "relu", "sigmoid", "lstm", "gru"}
    for kind in kinds:
        mine = [INDEX[case] | {"x": arrays_of(case)["x"].shape} for case in RUNS if INDEX[case]["kind"] == kind]
        assert {about["layers"] for about in mine} == {1, 2}
        assert {about["both"] for about in mine} == {False, True}
        assert {about["readout"] for about in mine} == {False, True}
        assert {about["x"][0] for about in mine} >= {1, 7, 20, 200}
        assert {len(about["x"]) for about in mine} == {2, 3} and {about["at"] for about in mine} == {"every", "last"}
        assert {about["loss"] for about in mine} == {"mse", "cross-entropy"}
        assert {"ordinary", "zero", "saturated", "chaotic"} == {about["weights"] for about in mine}
        assert any(about["lengths"] for about in mine) and not all(about["bias"] for about in mine)
    assert VERSIONS["torch"].startswith("2.")


@pytest.mark.parametrize("case", RUNS)
def test_outputs_and_every_value_on_the_way_are_the_references(case):
    trace, expected = ran(case), arrays_of(case)
    agree(trace.y, expected["y"], "y")
    compared = 0
    for name, k, reverse, value in values_in(case):
        layer = trace.layers[k].reverse if reverse else trace.layers[k]
        if value in layer.program.values:
            agree(layer.series(value), expected[name], name)
            compared += 1
    assert compared >= {"lstm": 6, "gru": 6}.get(INDEX[case]["kind"], 2) * INDEX[case]["layers"]


@pytest.mark.parametrize("case", RUNS)
def test_loss_and_all_gradients_are_the_references(case):
    expected = arrays_of(case)
    gradients = backpropagate(ran(case), loss_of(case))
    agree(gradients.loss, expected["loss"], "loss")
    agree(gradients.of(0, "x"), expected["d.x"], "d.x")
    for name, k, reverse, value in values_in(case):
        agree(gradients.of(k, value, reverse), expected[f"d.{name}"], name)
    for name, gradient in parameters_by_pytorchs_names(gradients, case).items():
        agree(gradient, expected[f"d.{name}"], name)


def parameters_by_pytorchs_names(gradients, case):
    """The gradients of a stack under the names of PyTorch; put together here, not by the program."""
    found = {}
    for k, layer in enumerate(gradients.trace.network.layers):
        table = layer.cell.pytorch
        for before, suffix in (("", ""), ("reverse.", "_reverse")) if INDEX[case]["both"] else (("", ""),):
            for key in ("weight_ih", "weight_hh", "bias_ih", "bias_hh") if layer.bias else ("weight_ih", "weight_hh"):
                parts = [gradients.of(k, before + name) for name in table[key]]
                found[f"{key}_l{k}{suffix}"] = np.concatenate(parts)
        for name, ours in (("readout.weight", "V"), ("readout.bias", "by")):
            if ours in layer.parameters:
                found[name] = gradients.of(k, ours)
    return found


@pytest.mark.parametrize("case", RUNS)
def test_arrays_leave_under_pytorchs_names_with_their_gradients(case):
    trace = ran(case)
    arrays, back = trace_arrays(trace), gradient_arrays(backpropagate(trace, loss_of(case)))
    expected, about = arrays_of(case), INDEX[case]
    assert {f"d.{name}" for name in arrays} == set(back) - {"loss"}
    for name in arrays:
        assert back[f"d.{name}"].shape == arrays[name].shape, name
    if about["kind"] != "sigmoid":
        for name in (name for name in expected if name.startswith(("weight", "readout"))):
            assert np.array_equal(arrays[name], expected[name]), name
            agree(back[f"d.{name}"], expected[f"d.{name}"], name)
        for name in (name for name in expected if name.startswith("bias")):
            agree(back[f"d.{name}"], expected[f"d.{name}"], name)
            if about["kind"] != "gru":
                assert np.array_equal(arrays[name], expected[name]), name
    top = about["layers"] - 1
    fronts = [f"layer{top}.", f"layer{top}.reverse."] if about["both"] else [f"layer{top}."]
    for name in ("s", "s0", "c", "c0") if about["kind"] == "lstm" else ("s", "s0"):
        agree(arrays[name], np.concatenate([expected[front + name] for front in fronts], axis=-1), name)
        agree(back[f"d.{name}"], np.concatenate([expected[f"d.{front}{name}"] for front in fronts], axis=-1), name)


def test_gradients_stay_what_they_are_when_the_same_run_is_measured_again():
    trace = run(new_network(library_cell("lstm"), 2, 3), np.random.default_rng(1).normal(size=(6, 2)))
    one = backpropagate(trace, Loss("mse", np.zeros((6, 3))))
    before = {name: one.of(0, name).copy() for name in ("s", "c", "i", "f:@", "x", "Wi", "s0")}
    other = backpropagate(trace, Loss("mse", np.ones((6, 3))))
    for name, array in before.items():
        assert np.array_equal(one.of(0, name), array), name
        assert not np.array_equal(other.of(0, name), array), name


def test_gradients_cannot_be_written_into():
    trace = run(new_network(library_cell("gru"), 2, 3), np.ones((4, 2)))
    gradients = backpropagate(trace, Loss("mse", np.zeros((4, 3))))
    for name in ("s", "r", "n", "n:+", "x", "y", "s0", "Wr"):
        with pytest.raises(ValueError, match="read-only"):
            gradients.of(0, name)[...] = 9.0


@pytest.mark.parametrize("kind", ["simple", "lstm", "gru"])
@pytest.mark.parametrize("truncation", [1, 3, 6])
def test_truncation_cuts_between_the_parts(kind, truncation):
    """A run cut after every K steps gives the gradients of K steps each, begun with the state that came before."""
    network = new_network(library_cell(kind), 2, 3, outputs=2, seed=4, layers=2)
    x = np.random.default_rng(5).normal(size=(13, 4, 2))
    targets = np.random.default_rng(6).normal(size=(13, 4, 2))
    cut = backpropagate(run(network, x), Loss("mse", targets), truncation)
    first, total = None, [dict.fromkeys(layer.parameters, 0.0) for layer in network.layers]
    for start in range(0, 13, truncation):
        part = run(network, x[start : start + truncation], first)
        share = len(part.y) / 13
        back = backpropagate(part, Loss("mse", targets[start : start + truncation]))
        for k, layer in enumerate(network.layers):
            for name in layer.parameters:
                total[k][name] = total[k][name] + share * back.of(k, name)
            agree(cut.of(k, "s")[start : start + truncation], share * back.of(k, "s"), f"s of {k}")
        first = {k: {s: layer.value(s, layer.T) for s in layer.program.states} for k, layer in enumerate(part.layers)}
    for k, layer in enumerate(network.layers):
        for name in layer.parameters:
            agree(cut.of(k, name), total[k][name], name)


def test_what_does_not_fit_is_said():
    trace = run(new_network(library_cell("simple"), 2, 3), np.ones((4, 2)))
    with pytest.raises(InputError, match="truncation: 0 steps were given; at least 1 is wanted"):
        backpropagate(trace, Loss("mse", np.zeros((4, 3))), 0)
    with pytest.raises(InputError, match="targets"):
        backpropagate(trace, Loss("mse", np.zeros((4, 2))))
    with pytest.raises(ValueError, match="no value 'q' in this trace; known are x, wx, us, a, y, s, s0"):
        backpropagate(trace, Loss("mse", np.zeros((4, 3)))).of(0, "q")
