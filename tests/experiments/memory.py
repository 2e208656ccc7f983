"""Long memory: the adding problem, parity, and what a state-to-state Jacobian does with time."""

import numpy as np

from rnnstudio.engine.cells import parse_cell
from rnnstudio.engine.gradients import state_jacobian
from rnnstudio.engine.layer import Layer
from rnnstudio.engine.network import Network
from rnnstudio.engine.tasks import TASKS
from rnnstudio.engine.trace import run
from tests.experiments.learning import Found, learn, network_for

STEPS = 100
SOLVED = 0.01  # mean squared error; 1/6 is the best guess without memory


def adding_error(network, seed, count=1000):
    """Mean squared error over new sequences of 100 steps."""
    batch = TASKS["adding"].make(seed, STEPS, count)
    return float(((run(network, batch.x).y[-1] - batch.targets) ** 2).mean())


def _adding(cell, size, rate):
    """(error on new sequences, sequences that were shown)."""
    network = network_for(cell, 2, size, 1, 1)
    if (
        cell == "lstm"
    ):  # Gers et al. 2000: a forget gate that begins open; Hochreiter and Schmidhuber: an input gate shut
        parameters = network.layers[0].parameters
        network = network.with_parameters(0, {"bf": parameters["bf"] + 3.0, "bi": parameters["bi"] - 1.0})
    make = TASKS["adding"].make
    network, updates = learn(
        network, lambda seed: make(seed, STEPS, 16), rate, 1200, lambda network: adding_error(network, 5, 500) < 0.003
    )
    return adding_error(network, 99), updates * 16


def adding(short=False):
    errors, words = {}, []
    for name, cell, size, rate in (
        ("GRU-8", "gru", 8, 0.03),
        ("LSTM-8", "lstm", 8, 0.03),
        ("plain-16", "elman", 16, 0.005),
    ):
        errors[cell], shown = _adding(cell, size, rate)
        words.append(f"{name} {errors[cell]:.4f} after {shown:,}")
        if short:
            break
    solved = {cell for cell, error in errors.items() if error <= SOLVED}
    wanted = {"gru"} if short else {"gru", "lstm"}
    return Found("error " + ", ".join(words) + " sequences", solved == wanted and errors.get("elman", 1.0) > 0.1)


def parity_mistakes(network, seed, count):
    """Wrong answers in new sequences of 100 bits, each asked after every bit."""
    batch = TASKS["parity"].make(seed, STEPS, count)
    return int((run(network, batch.x).y.argmax(axis=-1) != batch.targets).sum())


def parity(short=False):
    make = TASKS["parity"].make
    network, updates = learn(
        network_for("elman", 1, 8, 2, 3),
        lambda seed: make(seed, 10, 32),
        0.03,
        1200,
        lambda network: parity_mistakes(network, 5, 500) == 0,
        seed=3,
    )
    mistakes = parity_mistakes(network, 99, 2000)
    words = f"{mistakes} mistakes in {2000 * STEPS:,} answers at T = 100, after {updates * 32:,} sequences of 10 bits"
    return Found(words, mistakes == 0)


LINEAR = '''
kind = "cell"
version = 1
name = "linear"
title = "Linear recurrent layer"
source = "Pascanu, Mikolov and Bengio 2013"
sizes = { x = "I", s = "H", y = "H" }
equations = """
wx = W @ x
us = U @ s_prev
y = wx + us
s = y"""
phases = [["x", "s_prev"], ["wx", "us"], ["y", "s"]]
layer = { cell = "dense", W = "W", f = "identity" }
'''


def jacobians(short=False):
    """Every singular value of ∂s_t/∂s_k of a linear layer whose U is ρ times an orthogonal matrix is ρ^(t−k)."""
    random, size = np.random.Generator(np.random.PCG64(1)), 16
    orthogonal = np.linalg.qr(random.standard_normal((size, size)))[0]
    cell, x, worst = parse_cell(LINEAR), random.standard_normal((STEPS, 3)), 0.0
    for rho in (0.5, 0.9, 1.0, 1.1):
        parameters = {"W": random.standard_normal((size, 3)), "U": rho * orthogonal}
        trace = run(Network((Layer(cell, 3, size, None, False, "forward", None, parameters),)), x)
        for t, k in ((100, 99), (100, 0), (60, 25), (7, 7)):
            values = np.linalg.svd(state_jacobian(trace.layers[0], t, k), compute_uv=False)
            worst = max(worst, float(np.abs(values / rho ** (t - k) - 1.0).max()))
    exponent = int(np.ceil(np.log10(worst)))
    return Found(f"ρ from 0.5 to 1.1, up to 100 steps: within a share of 1e−{-exponent}", worst <= 1e-12)
