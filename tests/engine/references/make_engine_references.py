"""Write engine.npz: runs, losses, gradients and trained weights, as PyTorch computes them in double precision.

Run by hand (``python make_engine_references.py``) where torch is installed; the tests read only the file it wrote,
which holds the versions it was made with under ``versions``. Everything is computed by plain loops, one sequence at a
time, with torch's autograd keeping the gradient of every value on the way; where torch has a module for it
(torch.nn.RNN, LSTM, GRU; pack_padded_sequence for unequal lengths), its outputs and gradients are checked here
against those loops. The trained weights come from the modules and torch.optim.

A case is one vector of numbers; ``index`` (JSON) says which names and shapes lie in it, and how it was set up.
Parameters have the names of the module's state_dict, values are ``layerK.NAME`` and ``layerK.reverse.NAME``,
gradients ``d.NAME``. Sizes: I = 2 inputs, H = 3, O = 3 outputs of a readout.
"""

import itertools
import json
import platform
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

INPUTS, STATE, OUTPUTS = 2, 3, 3
GATES = {"tanh": 1, "relu": 1, "sigmoid": 1, "lstm": 4, "gru": 3}
torch.manual_seed(20261127)
torch.set_default_dtype(torch.float64)
numbers: dict[str, np.ndarray] = {}
index: dict[str, dict] = {}


def store(case, settings, arrays):
    """Put a case away as one vector."""
    flat = {name: np.asarray(value, dtype=np.float64) for name, value in arrays.items()}
    numbers[case] = np.concatenate([value.reshape(-1) for value in flat.values()])
    index[case] = {**settings, "arrays": {name: list(value.shape) for name, value in flat.items()}}


def drawn_parameters(kind, layers, both, readout, bias, weights):
    """Parameters by PyTorch's names: ordinary, saturating (×20) or chaotic (recurrent ×5)."""
    spread = 0.3 if kind == "relu" else 0.6
    if kind == "relu" and weights == "saturated":
        weights = "ordinary"  # relu has no bound to be at
    found = {}
    for k, suffix in itertools.product(range(layers), ("", "_reverse") if both else ("",)):
        inputs = INPUTS if k == 0 else STATE * (2 if both else 1)
        rows = GATES[kind] * STATE
        shapes = {"weight_ih": (rows, inputs), "weight_hh": (rows, STATE), "bias_ih": (rows,), "bias_hh": (rows,)}
        for name, shape in shapes.items():
            if name.startswith("bias") and not bias:
                continue
            value = spread * torch.randn(shape)
            if weights == "saturated":
                value = 20.0 * value
            if weights == "chaotic" and name == "weight_hh":
                value = (1.5 if kind == "relu" else 5.0) * value
            if weights == "zero" and name.startswith("bias"):
                value = torch.zeros(shape)
            found[f"{name}_l{k}{suffix}"] = value
    if readout:
        found["readout.weight"] = 0.6 * torch.randn(OUTPUTS, STATE * (2 if both else 1))
        if bias:
            found["readout.bias"] = torch.zeros(OUTPUTS) if weights == "zero" else 0.6 * torch.randn(OUTPUTS)
    return {name: value.requires_grad_() for name, value in found.items()}


def step(kind, p, suffix, x, s, c):
    """One step of one sequence: every value by its name in the equations."""

    def part(side, vector, gate):
        rows = slice(gate * STATE, (gate + 1) * STATE)
        value = p[f"weight_{side}{suffix}"][rows] @ vector
        bias = p.get(f"bias_{side}{suffix}")
        return value if bias is None else value + bias[rows]

    def both(gate):
        return part("ih", x, gate) + part("hh", s, gate)

    if kind in ("tanh", "relu", "sigmoid"):
        a = both(0)
        return {"a": a, "s": getattr(torch, kind)(a)}
    if kind == "lstm":
        i, f, o = (torch.sigmoid(both(gate)) for gate in (0, 1, 3))
        g = torch.tanh(both(2))
        new = f * c + i * g
        return {"i": i, "f": f, "g": g, "o": o, "c": new, "s": o * torch.tanh(new)}
    r, z = torch.sigmoid(both(0)), torch.sigmoid(both(1))
    xn, sn = part("ih", x, 2), part("hh", s, 2)
    n = torch.tanh(xn + r * sn)
    return {"r": r, "z": z, "xn": xn, "sn": sn, "n": n, "s": (1 - z) * n + z * s}


def run(kind, p, layers, both, x, first):
    """One sequence through all layers: the outputs of each step, and every value as a list over the steps."""
    values = {}
    for k in range(layers):
        parts = []
        for suffix in ("", "_reverse") if both else ("",):
            front = f"layer{k}.{'reverse.' if suffix else ''}"
            s, c = first[f"{front}s0"], first.get(f"{front}c0")
            steps = []
            for row in reversed(x) if suffix else x:
                found = step(kind, p, f"_l{k}{suffix}", row, s, c)
                for value in found.values():
                    value.retain_grad()
                s, c = found["s"], found.get("c")
                steps.append(found)
            steps = steps[::-1] if suffix else steps
            values |= {front + name: [found[name] for found in steps] for name in steps[0]}
            parts.append([found["s"] for found in steps])
        x = [torch.cat(each) for each in zip(*parts, strict=True)]
    if "readout.weight" in p:
        x = [functional.linear(row, p["readout.weight"], p.get("readout.bias")) for row in x]
    return x, values


def measured(kind, at, outputs, targets):
    """The loss over the outputs of all sequences, each a list of its valid steps."""
    rows = [row for each in outputs for row in (each if at == "every" else each[-1:])]
    wanted = [row for each in targets for row in (each if at == "every" else [each] if at == "last" else [])]
    y = torch.stack(rows)
    compare = functional.mse_loss if kind == "mse" else functional.cross_entropy
    return compare(y, torch.stack(wanted))


def padded(rows, steps):
    """Rows of the valid steps and zeros behind them, (T, size)."""
    found = np.zeros((steps, len(rows[0])))
    found[: len(rows)] = np.array(rows)
    return found


def case(name, kind, layers=1, both=False, readout=False, bias=True, weights="ordinary", batch=None, steps=7,
         lengths=None, loss="mse", at="every", given=True):  # fmt: skip
    """Run, measure and differentiate one set-up, check it against the module, and store it."""
    p = drawn_parameters(kind, layers, both, readout, bias, weights)
    count = batch or 1
    x = torch.randn(steps, count, INPUTS, requires_grad=True)
    first, width = {}, OUTPUTS if readout else STATE * (2 if both else 1)
    for k, suffix in itertools.product(range(layers), ("", "reverse.") if both else ("",)):
        for state in ("s0", "c0") if kind == "lstm" else ("s0",):
            value = 0.5 * torch.randn(count, STATE) if given else torch.zeros(count, STATE)
            first[f"layer{k}.{suffix}{state}"] = value.requires_grad_()
    places = (steps, count) if at == "every" else (count,)
    targets = torch.randint(width, places) if loss == "cross-entropy" else torch.randn(*places, width)
    valid = lengths or [steps] * count
    outputs, values = [], []
    for n in range(count):
        mine = {key: value[n] for key, value in first.items()}
        y, found = run(kind, p, layers, both, [x[t, n] for t in range(valid[n])], mine)
        outputs.append(y)
        values.append(found)
    wanted = [[targets[t, n] for t in range(valid[n])] if at == "every" else targets[n] for n in range(count)]
    total = measured(loss, at, outputs, wanted)
    total.backward()
    check(kind, p, layers, both, x, first, valid, outputs, loss, at, wanted)

    def whole(arrays):
        stacked = np.stack([padded(rows, steps) for rows in arrays], axis=1)
        return stacked if batch else stacked[:, 0]

    def one(array, axis):
        return array if batch else array.take(0, axis)

    arrays = {key: value.detach().numpy() for key, value in p.items()}
    arrays |= {"x": one(x.detach().numpy(), 1), "targets": one(targets.numpy(), 1 if at == "every" else 0)}
    arrays |= {key: one(value.detach().numpy(), 0) for key, value in first.items()}
    arrays |= {"y": whole([[row.detach().numpy() for row in each] for each in outputs]), "loss": total.item()}
    zero = np.zeros(STATE)
    for key in values[0]:
        arrays[key] = whole([[value.detach().numpy() for value in found[key]] for found in values])
        arrays[f"d.{key}"] = whole(
            [[zero if value.grad is None else value.grad.numpy() for value in found[key]] for found in values]
        )
    arrays |= {f"d.{key}": value.grad.numpy() for key, value in p.items()}
    arrays |= {f"d.{key}": one(value.grad.numpy(), 0) for key, value in first.items()}
    arrays["d.x"] = one(x.grad.numpy(), 1)
    store(f"{kind}/{name}", {"kind": kind, "layers": layers, "both": both, "readout": readout, "bias": bias,
                             "loss": loss, "at": at, "lengths": lengths, "weights": weights}, arrays)  # fmt: skip


def module_of(kind, p, layers, both, bias):
    """The module of torch that computes the same, on the same numbers."""
    size = (INPUTS, STATE, layers)
    more = {"bidirectional": both, "bias": bias}
    if kind in ("tanh", "relu"):
        module = torch.nn.RNN(*size, nonlinearity=kind, **more)
    else:
        module = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](*size, **more)
    module.load_state_dict({name: value.detach() for name, value in p.items() if not name.startswith("readout")})
    return module


def check(kind, p, layers, both, x, first, valid, outputs, loss, at, wanted):
    """The module's outputs and gradients are those of the loops."""
    if kind == "sigmoid":
        return
    module = module_of(kind, p, layers, both, "bias_ih_l0" in p)
    order = [f"layer{k}.{front}" for k in range(layers) for front in (("", "reverse.") if both else ("",))]
    names = ("s0", "c0") if kind == "lstm" else ("s0",)
    states = [torch.stack([first[f"{front}{s}"].detach() for front in order]) for s in names]
    h = (states[0], states[1]) if kind == "lstm" else states[0]
    y, _ = module(pack_padded_sequence(x.detach(), valid, enforce_sorted=False), h)
    y, _ = pad_packed_sequence(y, total_length=len(x))
    if "readout.weight" in p:
        bias = p.get("readout.bias")
        y = functional.linear(y, p["readout.weight"].detach(), None if bias is None else bias.detach())
    rows = [[y[t, n] for t in range(valid[n])] for n in range(len(valid))]
    for mine, theirs in zip(outputs, rows, strict=True):
        assert torch.allclose(torch.stack(mine), torch.stack(theirs), 1e-10, 1e-12)
    measured(loss, at, rows, wanted).backward()
    for name, parameter in module.named_parameters():
        assert torch.allclose(parameter.grad, p[name].grad, 1e-9, 1e-11), (kind, name)


def runs():
    for kind in GATES:
        case("plain", kind)
        case("step", kind, steps=1, loss="cross-entropy", readout=True)
        case("long", kind, steps=200, weights="ordinary", given=False)
        case("stack", kind, layers=2, batch=4, readout=True, loss="cross-entropy")
        case("both", kind, both=True, batch=4, readout=True, at="last")
        case("both-stack", kind, layers=2, both=True, steps=5)
        case(
            "both-masked", kind, layers=2, both=True, batch=4, lengths=[7, 1, 4, 5], readout=True, loss="cross-entropy"
        )
        case("masked-last", kind, layers=2, batch=4, lengths=[2, 7, 6, 1], at="last")
        case("both-masked-last", kind, both=True, batch=4, lengths=[3, 2, 7, 7], at="last", loss="cross-entropy")
        case("zero", kind, batch=4, weights="zero", readout=True, at="last", loss="cross-entropy")
        case("no-bias", kind, batch=4, bias=False, readout=True)
        case("saturated", kind, weights="saturated", batch=4, readout=True)
        case("chaotic", kind, weights="chaotic", steps=20)
        case("chaotic-batch", kind, weights="chaotic", steps=20, batch=4, loss="cross-entropy")
        case("batch-step", kind, layers=2, both=True, batch=4, steps=1)


OPTIMISERS = {
    "sgd": {"optimizer": "sgd", "rate": 0.3, "momentum": 0.0, "clip": None},
    "momentum": {"optimizer": "sgd", "rate": 0.1, "momentum": 0.9, "clip": None},
    "adam": {"optimizer": "adam", "rate": 0.02, "momentum": 0.0, "clip": None},
    "clipped": {"optimizer": "sgd", "rate": 0.3, "momentum": 0.0, "clip": 0.2},
}
UPDATES, STEPS = 20, 13


def training(name, kind, layers, settings, every, lengths=None, both=False):
    """Twenty updates with the module and torch.optim; the state is carried over and detached between updates."""
    batch = 3
    p = drawn_parameters(kind, layers, both, True, True, "ordinary")
    module = module_of(kind, p, layers, both, True)
    readout = torch.nn.Linear(STATE * (2 if both else 1), OUTPUTS)
    readout.load_state_dict({name: p[f"readout.{name}"].detach() for name in ("weight", "bias")})
    trained = {**dict(module.named_parameters()), **{f"readout.{n}": v for n, v in readout.named_parameters()}}
    x, targets = torch.randn(STEPS, batch, INPUTS), torch.randint(OUTPUTS, (STEPS, batch))
    begin = torch.zeros(layers * (2 if both else 1), batch, STATE)
    fresh = (begin, begin) if kind == "lstm" else begin
    rate, momentum = settings["rate"], settings["momentum"]
    optimiser = (
        torch.optim.Adam(trained.values(), lr=rate)
        if settings["optimizer"] == "adam"
        else torch.optim.SGD(trained.values(), lr=rate, momentum=momentum)
    )
    valid = torch.tensor(lengths or [STEPS] * batch)
    start, h, losses, norms = 0, fresh, [], []
    before = {key: value.detach().numpy().copy() for key, value in trained.items()}
    size = STEPS if every == "sequence" else every

    def loss_of(h, start):
        stop = min(start + size, STEPS)
        if lengths is not None:
            y, h = module(pack_padded_sequence(x, valid, enforce_sorted=False), h)
            y, _ = pad_packed_sequence(y, total_length=STEPS)
        else:
            y, h = module(x[start:stop], h)
        mask = torch.arange(start, stop)[:, None] < valid
        return functional.cross_entropy(readout(y)[mask], targets[start:stop][mask]), h, stop

    for _ in range(UPDATES):
        optimiser.zero_grad()
        loss, h, stop = loss_of(h, start)
        loss.backward()
        clip = settings["clip"] or float("inf")
        norms.append(clip_grad_norm_(list(trained.values()), clip).item())
        losses.append(loss.item())
        optimiser.step()
        start = 0 if stop == STEPS else stop
        h = fresh if start == 0 else tuple(v.detach() for v in h) if kind == "lstm" else h.detach()
    losses.append(loss_of(h, start)[0].item())
    arrays = {"x": x.numpy(), "targets": targets.numpy(), "losses": losses, "norms": norms, **before}
    arrays |= {f"after.{key}": value.detach().numpy() for key, value in trained.items()}
    store(f"training/{kind}/{name}/{every}", {"kind": kind, "layers": layers, "both": both, "readout": True,
          "bias": True, "every": every, "lengths": lengths, "settings": settings}, arrays)  # fmt: skip


def trainings():
    for kind, layers in (("tanh", 1), ("lstm", 1), ("gru", 2)):
        for (name, settings), every in itertools.product(OPTIMISERS.items(), ("sequence", 1, 6)):
            training(name, kind, layers, settings, every)
        training("adam-masked", kind, 1, OPTIMISERS["adam"], "sequence", [13, 4, 9])
        training("adam-both", kind, 2, OPTIMISERS["adam"], "sequence", both=True)


runs()
trainings()
versions = {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()}
path = Path(__file__).with_name("engine.npz")
np.savez_compressed(path, index=json.dumps(index), versions=json.dumps(versions), **numbers)
print(len(index), "cases,", path.stat().st_size, "bytes", versions)
