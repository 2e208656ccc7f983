"""Write losses.npz: losses with their gradients, and trajectories of optimisers, as PyTorch computes them.

Run by hand (``python make_losses.py``) where torch is installed; the tests read only the file it wrote.
torch 2.13.0, numpy 2.4.6, double precision on the CPU: torch.nn.functional.mse_loss and cross_entropy with autograd,
torch.optim.SGD and Adam, torch.nn.utils.clip_grad_norm_. Arrays are named CASE/NAME.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

STEPS, SEQUENCES, OUTPUTS = 6, 3, 4
LENGTHS = [6, 2, 4]
torch.manual_seed(20261126)
torch.set_default_dtype(torch.float64)
arrays: dict[str, np.ndarray] = {}


def rows(y: torch.Tensor, at: str, lengths: list[int] | None) -> torch.Tensor:
    """The rows of y (T, N, O) that count, as (R, O), by plain loops."""
    ends = lengths or [len(y)] * y.shape[1]
    steps = range(len(y)) if at == "every" else None
    if steps is None:
        return torch.stack([y[ends[n] - 1, n] for n in range(y.shape[1])])
    return torch.stack([y[t, n] for t in steps for n in range(y.shape[1]) if t < ends[n]])


def store(case: str, **tensors: torch.Tensor) -> None:
    for name, tensor in tensors.items():
        arrays[f"{case}/{name}"] = tensor.detach().numpy()


for single in (True, False):
    count = 1 if single else SEQUENCES
    for at in ("every", "last"):
        for masked in (False, True):
            lengths = ([4] if single else LENGTHS) if masked else None
            for kind in ("mse", "cross-entropy"):
                y = (3.0 * torch.randn(STEPS, count, OUTPUTS)).requires_grad_()
                places = (STEPS, count) if at == "every" else (count,)
                values, classes = torch.randn(*places, OUTPUTS), torch.randint(OUTPUTS, places)
                targets = values if kind == "mse" else classes
                wanted = targets if at == "last" else rows(targets, at, lengths)
                measure = functional.mse_loss if kind == "mse" else functional.cross_entropy
                loss = measure(rows(y, at, lengths), wanted)
                loss.backward()
                case = f"{kind}/{at}/{'masked' if masked else 'whole'}/{'one' if single else 'batch'}"
                place = 1 if at == "every" else 0
                store(
                    case,
                    y=y.squeeze(1) if single else y,
                    gradient=y.grad.squeeze(1) if single else y.grad,
                    targets=targets.squeeze(place) if single else targets,
                    loss=loss,
                )
                if lengths:
                    arrays[f"{case}/lengths"] = np.array(lengths)

COUNT, UPDATES = 5, 12
curve, centre = torch.randn(COUNT).exp(), torch.randn(COUNT)
store("optimiser", start=torch.zeros(COUNT), curve=curve, centre=centre)
for case, clip in (("sgd", None), ("momentum", None), ("adam", None), ("clipped", 0.5)):
    parameter = torch.zeros(COUNT, requires_grad=True)
    chosen = {
        "sgd": lambda p: torch.optim.SGD([p], lr=0.1),
        "momentum": lambda p: torch.optim.SGD([p], lr=0.05, momentum=0.9),
        "adam": lambda p: torch.optim.Adam([p], lr=0.1),
        "clipped": lambda p: torch.optim.SGD([p], lr=0.3),
    }[case](parameter)
    path, norms = [], []
    for _ in range(UPDATES):
        chosen.zero_grad()
        (0.25 * curve * (parameter - centre) ** 4).sum().backward()
        norms.append(torch.nn.utils.clip_grad_norm_([parameter], clip if clip else float("inf")))
        chosen.step()
        path.append(parameter.detach().clone())
    store(f"optimiser/{case}", path=torch.stack(path), norms=torch.stack(norms))

np.savez_compressed(Path(__file__).with_name("losses.npz"), **arrays)
