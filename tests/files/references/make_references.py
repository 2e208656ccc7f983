"""Write torch.npz: what PyTorch computes, in double precision, for stacks, both directions, unequal lengths.

Run by hand (``python make_references.py``) where torch is installed; the tests read only the file it wrote.
torch 2.13.0, numpy 2.4.6; modules torch.nn.RNN, LSTM, GRU, Linear on the CPU, packed sequences where there are lengths,
torch.nn.functional.mse_loss and cross_entropy, torch.optim.SGD and Adam, torch.nn.utils.clip_grad_norm_. Arrays are
named CASE/NAME: parameters as in the state_dict, ``grad.NAME`` their gradients, ``trained.NAME`` their values after
20 updates, ``losses`` the loss before each and after the last.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

STEPS, SEQUENCES, INPUTS, STATE, OUTPUTS, UPDATES = 6, 3, 2, 3, 4, 20
torch.manual_seed(20261126)
torch.set_default_dtype(torch.float64)
arrays: dict[str, np.ndarray] = {}

#: case → module, layers, both directions, readout, N, lengths, bias, loss, at, optimiser
CASES = {
    "lstm_deep": (torch.nn.LSTM, 2, True, True, 3, (6, 2, 4), True, "cross-entropy", "every", ("sgd", 0.5, 0.9, None)),
    "gru_both": (torch.nn.GRU, 1, True, False, 3, None, True, "mse", "every", ("adam", 0.05, 0.0, None)),
    "rnn_deep": (torch.nn.RNN, 2, False, True, None, None, True, "mse", "last", ("sgd", 0.3, 0.0, 0.2)),
    "gru_deep": (torch.nn.GRU, 2, True, True, 3, (1, 6, 5), False, "cross-entropy", "last", ("adam", 0.1, 0.0, None)),
    "lstm_one": (torch.nn.LSTM, 1, False, False, 1, None, False, "mse", "every", ("sgd", 1.0, 0.0, None)),
}


def forward(rnn, linear, x, first, lengths):
    batched = x if x.ndim == 3 else x[:, None]
    given = first if first is None or x.ndim == 3 else tuple(part[:, None] for part in first)
    state = None if given is None else (given if len(given) == 2 else given[0])
    if lengths is None:
        h, _ = rnn(batched, state)
    else:
        packed = pack_padded_sequence(batched, torch.tensor(lengths), enforce_sorted=False)
        h, _ = pad_packed_sequence(rnn(packed, state)[0], total_length=len(x))
    y = h if linear is None else linear(h)
    if lengths is not None:
        mask = torch.arange(len(x))[:, None] < torch.tensor(lengths)
        y = torch.where(mask[..., None], y, torch.zeros(()))
    return y if x.ndim == 3 else y[:, 0]


def loss_of(y, targets, kind, at, lengths):
    if at == "last":
        if y.ndim == 3:
            last = torch.tensor(lengths) - 1 if lengths is not None else torch.full((y.shape[1],), len(y) - 1)
            y = y[last, torch.arange(y.shape[1])]
        else:
            y = y[-1]
    elif lengths is not None:
        mask = torch.arange(len(y))[:, None] < torch.tensor(lengths)
        y, targets = y[mask], targets[mask]
    if kind == "mse":
        return torch.nn.functional.mse_loss(y, targets)
    return torch.nn.functional.cross_entropy(y.reshape(-1, y.shape[-1]), targets.reshape(-1))


for case, (module, layers, both, readout, several, lengths, bias, kind, at, how) in CASES.items():
    directions = 2 if both else 1
    rnn = module(INPUTS, STATE, num_layers=layers, bidirectional=both, bias=bias)
    linear = torch.nn.Linear(directions * STATE, OUTPUTS, bias=bias) if readout else None
    named = [*rnn.named_parameters()]
    named += [] if linear is None else [(f"readout.{name}", p) for name, p in linear.named_parameters()]
    for _, parameter in named:
        torch.nn.init.normal_(parameter, 0.0, 0.6)
    middle = () if several is None else (several,)
    x = torch.randn(STEPS, *middle, INPUTS)
    count = 2 if module is torch.nn.LSTM else 1
    first = tuple(torch.randn(layers * directions, *middle, STATE) for _ in range(count))
    outputs = OUTPUTS if readout else directions * STATE
    places = middle if at == "last" else (STEPS, *middle)
    targets = torch.randn(*places, outputs) if kind == "mse" else torch.randint(0, outputs, places)

    def store(**tensors):
        for name, tensor in tensors.items():
            arrays[f"{case}/{name}"] = tensor.detach().numpy().copy()  # noqa: B023

    store(x=x, target=targets, **dict(named), **dict(zip(("s0", "c0"), first, strict=False)))
    if lengths is not None:
        arrays[f"{case}/lengths"] = np.array(lengths)
    leaf = x.clone().requires_grad_()
    starts = tuple(part.clone().requires_grad_() for part in first)
    y = forward(rnn, linear, leaf, starts, lengths)
    loss = loss_of(y, targets, kind, at, lengths)
    loss.backward()
    store(y=y, loss=loss, **{f"grad.{name}": parameter.grad for name, parameter in named})
    store(**{"grad.x": leaf.grad}, **{f"grad.{n}0": part.grad for n, part in zip("sc", starts, strict=False)})
    name, rate, momentum, clip = how
    parameters = [parameter for _, parameter in named]
    if name == "sgd":
        optimizer = torch.optim.SGD(parameters, lr=rate, momentum=momentum)
    else:
        optimizer = torch.optim.Adam(parameters, lr=rate)
    losses, norms = [], []
    for _ in range(UPDATES):
        optimizer.zero_grad()
        loss = loss_of(forward(rnn, linear, x, None, lengths), targets, kind, at, lengths)
        loss.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(parameters, float("inf") if clip is None else clip)))
        optimizer.step()
        losses.append(float(loss.detach()))
    losses.append(float(loss_of(forward(rnn, linear, x, None, lengths), targets, kind, at, lengths).detach()))
    store(**{f"trained.{name}": parameter for name, parameter in named})
    arrays[f"{case}/losses"], arrays[f"{case}/norms"] = np.array(losses), np.array(norms)

np.savez_compressed(Path(__file__).with_name("torch.npz"), **arrays)
