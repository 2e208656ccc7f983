"""Write torch.npz: what PyTorch computes, in double precision, for networks of odd sizes with drawn numbers.

Run by hand (``python make_references.py``) where torch is installed; the tests read only the file it wrote.
torch 2.13.0, numpy 2.4.6; modules torch.nn.RNN, LSTM, GRU, Linear on the CPU, and, where a module hides a value or does
not exist (RNN with sigmoid, the gates), torch's own functions. Arrays are named CASE/NAME; parameters as in the
module's state_dict, T = 37 steps of I = 5 inputs, H = 7, O = 3.
"""

from pathlib import Path

import numpy as np
import torch

STEPS, INPUTS, STATE, OUTPUTS = 37, 5, 7, 3
torch.manual_seed(20261125)
torch.set_default_dtype(torch.float64)
arrays: dict[str, np.ndarray] = {}


def store(case: str, **tensors: torch.Tensor) -> None:
    for name, tensor in tensors.items():
        arrays[f"{case}/{name}"] = tensor.detach().numpy()


def drawn(module: torch.nn.Module, spread: float = 0.6) -> torch.nn.Module:
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter, 0.0, spread)
    return module


def states(module: torch.nn.Module, case: str) -> None:
    store(case, **dict(module.state_dict().items()))


x = torch.randn(STEPS, INPUTS)
for kind in ("tanh", "relu"):
    spread = 0.25 if kind == "relu" else 0.6  # relu with larger weights grows beyond all bounds
    rnn, s0 = drawn(torch.nn.RNN(INPUTS, STATE, nonlinearity=kind), spread), torch.randn(1, STATE)
    y, _ = rnn(x, s0)
    states(rnn, f"simple_{kind}")
    store(f"simple_{kind}", x=x, s0=s0[0], s=y, y=y)

W, U, b, s = torch.randn(STATE, INPUTS), torch.randn(STATE, STATE), torch.randn(STATE), torch.randn(STATE)
store("simple_sigmoid", x=x, s0=s, weight_ih_l0=W, weight_hh_l0=U, bias_ih_l0=b, bias_hh_l0=torch.zeros(STATE))
series = []
for t in range(STEPS):
    s = torch.sigmoid(torch.nn.functional.linear(x[t], W, b) + torch.nn.functional.linear(s, U))
    series.append(s)
store("simple_sigmoid", s=torch.stack(series), y=torch.stack(series))

rnn, s0, readout = drawn(torch.nn.RNN(INPUTS, STATE)), torch.randn(1, STATE), drawn(torch.nn.Linear(STATE, OUTPUTS))
h, _ = rnn(x, s0)
states(rnn, "elman")
store("elman", x=x, s0=s0[0], s=h, y=readout(h))
arrays["elman/readout.weight"] = readout.weight.detach().numpy()
arrays["elman/readout.bias"] = readout.bias.detach().numpy()

lstm, s0, c0 = drawn(torch.nn.LSTM(INPUTS, STATE)), torch.randn(1, STATE), torch.randn(1, STATE)
s, c, kept = s0, c0, {name: [] for name in ("i", "f", "g", "o", "s", "c")}
for t in range(STEPS):
    before = s
    _, (s, c) = lstm(x[t : t + 1], (s, c))
    gates = lstm.weight_ih_l0 @ x[t] + lstm.bias_ih_l0 + lstm.weight_hh_l0 @ before[0] + lstm.bias_hh_l0
    for name, part in zip("ifgo", gates.chunk(4), strict=True):
        kept[name].append(torch.tanh(part) if name == "g" else torch.sigmoid(part))
    kept["s"].append(s[0])
    kept["c"].append(c[0])
states(lstm, "lstm")
store("lstm", x=x, s0=s0[0], c0=c0[0], y=lstm(x, (s0, c0))[0], **{n: torch.stack(v) for n, v in kept.items()})

gru, s0 = drawn(torch.nn.GRU(INPUTS, STATE)), torch.randn(1, STATE)
y, _ = gru(x, s0)
before = torch.cat([s0, y[:-1]])
from_x = (x @ gru.weight_ih_l0.T + gru.bias_ih_l0).chunk(3, dim=1)
from_s = (before @ gru.weight_hh_l0.T + gru.bias_hh_l0).chunk(3, dim=1)
r, z = torch.sigmoid(from_x[0] + from_s[0]), torch.sigmoid(from_x[1] + from_s[1])
states(gru, "gru")
store("gru", x=x, s0=s0[0], s=y, y=y, r=r, z=z, n=torch.tanh(from_x[2] + r * from_s[2]))

dense = drawn(torch.nn.Linear(INPUTS, STATE))
states(dense, "dense")
store("dense", x=x, y=torch.tanh(dense(x)))

stack, head = drawn(torch.nn.LSTM(INPUTS, STATE, num_layers=2)), drawn(torch.nn.Linear(STATE, OUTPUTS))
h, _ = stack(x)
states(stack, "lstm_stack")
store("lstm_stack", x=x, s=h, y=head(h))
arrays["lstm_stack/readout.weight"] = head.weight.detach().numpy()
arrays["lstm_stack/readout.bias"] = head.bias.detach().numpy()

np.savez_compressed(Path(__file__).with_name("torch.npz"), **arrays)
