"""What the compiler writes, and that the ways to compute a cell agree with each other, to the bit where they should."""

import random
import re

import numpy as np
import pytest

from rnnstudio.engine import adjoint, machine
from rnnstudio.engine import trace as trace_module
from rnnstudio.engine.cells import library_cell, library_cells, parse_cell
from rnnstudio.engine.compile import _CALLED, compiled
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.limits import InputError, Limits
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Learner, Settings
from tests.engine.engine_references import agree
from tests.engine.random_cells import random_cell

RECURRENT = [name for name in library_cells() if library_cell(name).states]
#: All that may stand in a generated text: its variables, the functions that it may call, and the words of its frame.
VARIABLE = re.compile(r"[vcq]\d+$")
FRAME = {"def", "for", "in", "rows", "fixed", "forward", "backward", "prepare", "out", "pass"}


def texts_of(program):
    made = compiled(program)
    yield from (made.forward(batch, by_exp)[0].text for batch in (False, True) for by_exp in (False, True))
    yield from (made.backward_text.prepare.text, made.backward_text.loop.text)


def words_of(text):
    assert '"' not in text and "'" not in text
    return set(re.findall(r"[^\W\d]\w*", re.sub(r"\d+\.\d+", "", text)))


def check_words(program):
    for text in texts_of(program):
        strange = {word for word in words_of(text) if not VARIABLE.match(word)} - FRAME - set(_CALLED)
        assert not strange, strange
        assert "." not in re.sub(r"\d\.\d", "", text)  # no attribute, so nothing can be reached from what is called


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("outputs", [None, 2])
def test_texts_hold_numbered_variables_and_the_fixed_list_of_functions(name, bias, outputs):
    layer = new_network(library_cell(name), 2, 3, outputs, bias=bias).layers[0]
    check_words(layer.program)
    assert all(len(text.splitlines()) > 2 for text in texts_of(layer.program))


def test_texts_of_random_cells_hold_nothing_else_either():
    for seed in range(40):
        try:
            network = new_network(random_cell(random.Random(seed)), 2, 3)
        except InputError:
            continue
        check_words(network.layers[0].program)


HOSTILE = (
    "__import__", "eval", "exec", "os", "open", "__builtins__", "globals", "getattr", "__class__", "lambda", "import",
    "yield", "def", "rows", "fixed", "v0", "c0", "q1", "dot", "zip", "copyto", "forward", "print", "None", "True",
    "np", "self", "exit",
)  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("role", ["value", "state", "matrix", "vector"])
def test_names_of_a_cell_are_only_names(value, role):
    """A cell that calls its things after Python's own works like any other, to the bit."""
    names = {"value": "aaa", "state": "mem", "matrix": "Mat", "vector": "vec", role: value}
    plain = {"value": "aaa", "state": "mem", "matrix": "Mat", "vector": "vec"}

    def made(names):
        text = (
            'kind = "cell"\nversion = 1\nname = "hostile"\n'
            'sizes = {{ x = "I", {state} = "H", y = "H" }}\n'
            "equations = '''\n{value} = {matrix} @ x + R @ {state}_prev + {vector}\n"
            "{state} = tanh({value}) * {vector}\ny = {state}'''\n"
            'phases = [["x", "{state}_prev"], ["{value}"], ["{state}", "y"]]\n'
        ).format(**names)
        return new_network(parse_cell(text), 2, 3)

    x = np.random.default_rng(2).normal(size=(5, 2))
    one, other = made(names), made(plain)
    assert run(one, x).y.tobytes() == run(other, x).y.tobytes()
    for text, same in zip(texts_of(one.layers[0].program), texts_of(other.layers[0].program), strict=True):
        assert text == same
    back = [backpropagate(run(network, x), Loss("mse", np.zeros((5, 3)))) for network in (one, other)]
    assert back[0].of(0, names["matrix"]).tobytes() == back[1].of(0, "Mat").tobytes()


def test_what_is_called_is_numpys_and_ours_alone():
    modules = {name: getattr(called, "__module__", None) or type(called).__module__ for name, called in _CALLED.items()}
    assert {name for name, module in modules.items() if module.startswith("rnnstudio.engine")} == {
        "softmax", "softmax_pull",
    }  # fmt: skip
    assert all(module.startswith(("rnnstudio.engine", "numpy", "builtins")) for module in modules.values())
    assert set(_CALLED) & {"eval", "exec", "open", "getattr", "compile", "__import__"} == set()


def data(network, steps, batch=None, seed=3):
    middle = (batch,) if batch else ()
    return np.random.default_rng(seed).normal(size=(steps, *middle, network.inputs))


def values_of(trace):
    return {name: trace.layers[0].series(name).copy() for name in trace.layers[0].program.values}


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("batch", [None, 3])
@pytest.mark.parametrize("steps", [1, 33, 600])
def test_runs_again_and_with_less_kept_have_the_same_bits(monkeypatch, name, batch, steps):
    """600 steps go beyond one stretch; with less kept, values are derived block by block."""
    network = new_network(library_cell(name), 2, 5, 2, seed=1)
    x = data(network, steps, batch)
    full = run(network, x)
    again = run(network, x)
    monkeypatch.setattr(trace_module, "LIMITS", Limits(trace_bytes=1))
    lean = run(network, x)
    assert lean.y.tobytes() == full.y.tobytes() == again.y.tobytes()
    for value, array in values_of(full).items():
        assert again.layers[0].series(value).tobytes() == array.tobytes(), value
        assert lean.layers[0].series(value).tobytes() == array.tobytes(), value
    back = [backpropagate(trace, Loss("mse", np.zeros(full.y.shape))) for trace in (full, again, lean)]
    for parameter in network.layers[0].parameters:
        assert len({gradients.of(0, parameter).tobytes() for gradients in back}) == 1, parameter


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize("batch", [None, 3])
def test_shorter_stretches_change_nothing(monkeypatch, name, batch):
    network = new_network(library_cell(name), 2, 3, 2, seed=1)
    x = data(network, 50, batch)
    targets = np.zeros((50, 2) if batch is None else (50, batch, 2))
    whole = run(network, x)
    one = backpropagate(whole, Loss("mse", targets))
    monkeypatch.setattr(machine, "STRETCH", 7)
    monkeypatch.setattr(adjoint, "_NUMBERS", 1)
    parts = run(network, x)
    other = backpropagate(parts, Loss("mse", targets))
    assert whole.y == pytest.approx(parts.y, abs=1e-14)
    for value in (*network.layers[0].parameters, "x", *network.layers[0].program.states, "h"):
        agree(other.of(0, value), one.of(0, value), value)


@pytest.mark.parametrize("name", RECURRENT)
@pytest.mark.parametrize("batch", [None, 3])
@pytest.mark.parametrize("scale", [1.0, 20.0, 400.0])
def test_both_ways_to_squash_agree(monkeypatch, name, batch, scale):
    """σ and tanh out of tanh, or out of e^a: also where they are saturated and e^a overflows."""
    network = new_network(library_cell(name), 2, 3, 2, seed=1)
    x = scale * data(network, 20, batch)
    found = []
    for slow, many in ((False, 64), (True, 1), (True, 10**9)):
        monkeypatch.setattr(machine, "SLOW_TANH", slow)
        monkeypatch.setattr(machine, "MANY", many)
        trace = run(network, x)
        back = backpropagate(trace, Loss("mse", np.zeros(trace.y.shape)))
        layer = trace.layers[0]
        names = (*layer.program.values, *(op.id for op in layer.program.ops))
        found.append({name: layer.series(name) for name in names} | {"d.x": back.of(0, "x")})
        found[-1] |= {f"d.{name}": back.of(0, name) for name in (*network.layers[0].parameters, *names)}
    for other in found[1:]:
        for value, array in found[0].items():
            assert np.abs(other[value] - array).max() <= 1e-12 + 1e-12 * np.abs(array).max(), value
    assert found[0]["y"].tobytes() == found[2]["y"].tobytes()


@pytest.mark.parametrize("name", library_cells())
@pytest.mark.parametrize("batch", [None, 3])
@pytest.mark.parametrize("layers", [1, 2])
def test_a_learner_runs_forward_with_the_bits_of_a_recorded_run(name, batch, layers):
    network = new_network(library_cell(name), 2, 3, 2, seed=1, layers=layers)
    x = data(network, 9, batch)
    targets = np.zeros((9, 2) if batch is None else (9, batch, 2))
    learner = Learner(network, x, targets, Settings(rate=0.1))
    for _ in range(3):  # its arrays are filled again and again
        current = learner.network()
        gradients = backpropagate(run(current, x), Loss("mse", targets))
        assert learner.measure() == gradients.loss == learner.update().loss
        norm = np.sqrt(sum(
            (2.0 if parameter in layer.doubled else 1.0) * (gradients.of(k, parameter) ** 2).sum()
            for k, layer in enumerate(current.layers) for parameter in layer.parameters
        ))  # fmt: skip
        assert np.sqrt(learner.gradient.dot(learner.gradient)) == pytest.approx(norm, rel=1e-12)


@pytest.mark.parametrize("copy", ["s = c", "c = s"])
def test_states_that_copy_each_other_begin_each_with_its_own_value(copy):
    """After a step they are one, before the first they are not."""
    first, second = ("c", "s") if copy == "s = c" else ("s", "c")
    text = (
        'kind = "cell"\nversion = 1\nname = "twins"\nsizes = { x = "I", s = "H", c = "H", y = "H" }\n'
        f"equations = '''\n{first} = tanh(W @ x + s_prev - 2 * c_prev)\n{copy}\ny = s'''\n"
        f'phases = [["x", "s_prev", "c_prev"], ["{first}", "{second}"], ["y"]]\n'
    )
    network = new_network(parse_cell(text), 1, 1).with_parameters(0, {"W": [[1.0]]})
    trace = run(network, np.ones((2, 1)), {"s": [0.5], "c": [0.25]})
    one = np.tanh(1.0 + 0.5 - 0.5)
    assert trace.y[:, 0] == pytest.approx([one, np.tanh(1.0 + one - 2 * one)], abs=1e-15)
    layer = trace.layers[0]
    assert [layer.value(name, t)[0] for name in ("s", "c") for t in (0, 1)] == [0.5, trace.y[0, 0], 0.25, trace.y[0, 0]]
    back = backpropagate(trace, Loss("mse", np.zeros((2, 1))))
    assert back.of(0, "c0") == pytest.approx(-2 * back.of(0, "s0"), rel=1e-14)


def test_an_output_that_comes_back_has_the_gradient_of_what_follows_too():
    """In the Jordan cell y is the next state: what it does later counts, as it does in a cell whose state is s."""
    network = new_network(library_cell("jordan"), 2, 3, seed=1)
    trace = run(network, data(network, 4))
    back = backpropagate(trace, Loss("mse", np.zeros((4, 3))))
    later = back.of(0, "z")[1:] * (1 - trace.layers[0].series("z")[1:] ** 2) @ network.layers[0].parameters["U"]
    agree(back.of(0, "y")[3], back.outputs[0][3], "the last")
    agree(back.of(0, "y")[:3], back.outputs[0][:3] + later, "the others")


@pytest.mark.parametrize("lean", [False, True])
@pytest.mark.parametrize(
    ("first", "link", "last"),
    [
        ("W @ x", "tanh(0.5 * (1 - {p} * {p}))", "s = tanh({p} + U @ s_prev)\ny = s"),
        ("U @ s_prev", "tanh(0.5 * (1 - {p} * {p}))", "s = tanh(W @ x + R @ s_prev)\ny = s + {p}"),
        ("U @ s_prev", "tanh(0.5 * (1 - {p} * {p}))", "s = tanh(W @ x + {p})\ny = s"),
        ("U @ s_prev", "{p} - (b - (0.5 * {p}))", "s = tanh(W @ x + {p})\ny = s"),
        ("U @ s_prev", "-(-(-(-({p} + b))))", "s = tanh(W @ x + {p})\ny = s"),
    ],
    ids=["before", "after", "in the loop", "sums", "signs"],
)
def test_as_many_equations_as_fit_are_no_deeper_than_one(monkeypatch, lean, first, link, last):
    """A thousand ops in a row: nothing is done by recursion along them."""
    lines = [f"v0 = {first}", *(f"v{n} = {link.format(p=f'v{n - 1}')}" for n in range(1, 195))]
    lines += last.format(p="v194").split("\n")
    phases = ", ".join(f'["{line.partition(" ")[0]}"]' for line in lines)
    equations = "\n".join(lines)
    text = (
        'kind = "cell"\nversion = 1\nname = "deep"\nsizes = { x = "I", v0 = "H", s = "H", y = "H" }\n'
        f"equations = '''\n{equations}'''\nphases = [[\"x\", \"s_prev\"], {phases}]\n"
    )
    if lean:
        monkeypatch.setattr(trace_module, "LIMITS", Limits(trace_bytes=1))
    network = new_network(parse_cell(text), 2, 3)
    trace = run(network, data(network, 4))
    back = backpropagate(trace, Loss("mse", np.zeros((4, 3))))
    for name in ("v0", "v97", "v194", "y"):
        assert trace.layers[0].value(name, 3).tobytes() == trace.layers[0].series(name)[2].tobytes()
        assert np.isfinite(back.of(0, name)).all()
    assert np.isfinite(back.of(0, "x")).all()
