"""Write cells.npz: the cells that no framework has, computed step by step from the formulas of their papers.

Run by hand (``python make_cell_references.py``); needs NumPy alone (made with 2.4.6), in double precision, and nothing
of the program. The formulas are written with the papers' letters; the dictionary that each function returns has the
names of our cell files. Arrays are named CELL/NAME: parameters, x (T, I), the first states s0 and c0 (H), and every
value (T, H); T = 23 steps of I = 5 inputs, H = 7.
"""

import math
from pathlib import Path

import numpy as np

STEPS, INPUTS, STATE = 23, 5, 7
random = np.random.Generator(np.random.PCG64(20261201))
arrays: dict[str, np.ndarray] = {}


def logistic(v):
    return np.array([1.0 / (1.0 + math.exp(-each)) for each in v])


def hyperbolic(v):
    return np.array([math.tanh(each) for each in v])


def times(matrix, v):
    """A matrix times a vector, every row added up exactly."""
    return np.array([math.fsum(float(w) * float(each) for w, each in zip(row, v, strict=True)) for row in matrix])


def jordan(p, x, s):
    """Jordan 1986: the plan and state units feed the hidden units, these the output, which is the next state."""
    hidden = hyperbolic(times(p["W"], x) + times(p["U"], s) + p["b"])
    output = hyperbolic(times(p["Vz"], hidden) + p["bv"])
    return {"wx": times(p["W"], x), "us": times(p["U"], s), "z": hidden, "y": output, "s": output}


def gru_v1(p, x, h):
    """Chung and others 2014, equations 5 to 8: h = (1 − z) h + z h~, and h~ = tanh(W x + U (r ⊙ h))."""
    update = logistic(times(p["Wz"], x) + times(p["Uz"], h) + p["bz"])
    reset = logistic(times(p["Wr"], x) + times(p["Ur"], h) + p["br"])
    candidate = hyperbolic(times(p["Wn"], x) + times(p["Un"], reset * h) + p["bn"])
    activation = (1 - update) * h + update * candidate
    return {
        "r": reset, "z": update, "rs": reset * h, "xn": times(p["Wn"], x) + p["bn"], "sn": times(p["Un"], reset * h),
        "n": candidate, "zs": (1 - update) * h, "zn": update * candidate, "s": activation, "y": activation,
    }  # fmt: skip


def mgu(p, x, h):
    """Zhou and others 2016, equations 4a to 4c: f gates h inside the candidate, and weighs the candidate."""
    forget = logistic(times(p["Wf"], x) + times(p["Uf"], h) + p["bf"])
    candidate = hyperbolic(times(p["Un"], forget * h) + times(p["Wn"], x) + p["bn"])
    new = (1 - forget) * h + forget * candidate
    return {
        "f": forget, "fs": forget * h, "xn": times(p["Wn"], x) + p["bn"], "sn": times(p["Un"], forget * h),
        "n": candidate, "ks": (1 - forget) * h, "fn": forget * candidate, "s": new, "y": new,
    }  # fmt: skip


def lstm_coupled(p, x, y, c):
    """Greff and others 2017, the vanilla LSTM without peepholes, with i = 1 − f (their variant CIFG)."""
    forget = logistic(times(p["Wf"], x) + times(p["Uf"], y) + p["bf"])
    block = hyperbolic(times(p["Wg"], x) + times(p["Ug"], y) + p["bg"])
    cell = block * (1 - forget) + c * forget
    output = logistic(times(p["Wo"], x) + times(p["Uo"], y) + p["bo"])
    new = hyperbolic(cell) * output
    return {
        "f": forget, "i": 1 - forget, "g": block, "o": output, "fc": forget * c, "ig": (1 - forget) * block,
        "c": cell, "s": new, "y": new,
    }  # fmt: skip


def lstm_peephole(p, x, y, c):
    """Gers and Schmidhuber 2000: input and forget gate see c(t−1), the output gate c(t), a weight for each cell."""
    into = logistic(times(p["Wi"], x) + times(p["Ui"], y) + p["pi"] * c + p["bi"])
    forget = logistic(times(p["Wf"], x) + times(p["Uf"], y) + p["pf"] * c + p["bf"])
    squashed = hyperbolic(times(p["Wg"], x) + times(p["Ug"], y) + p["bg"])
    cell = forget * c + into * squashed
    output = logistic(times(p["Wo"], x) + times(p["Uo"], y) + p["po"] * cell + p["bo"])
    new = output * hyperbolic(cell)
    return {
        "i": into, "f": forget, "g": squashed, "o": output, "fc": forget * c, "ig": into * squashed, "c": cell,
        "s": new, "y": new,
    }  # fmt: skip


def make(name, step, matrices, vectors, states):
    """Draw the parameters of one cell, run it, and keep everything."""
    p = {each: 0.8 * random.standard_normal((STATE, INPUTS if each[0] == "W" else STATE)) for each in matrices}
    p |= {each: 0.8 * random.standard_normal(STATE) for each in vectors}
    x = random.standard_normal((STEPS, INPUTS))
    before = {state: random.standard_normal(STATE) for state in states}
    first = {f"{state}0": value for state, value in before.items()}
    series = {}
    for t in range(STEPS):
        values = step(p, x[t], *before.values())
        before = {state: values[state] for state in states}
        for each, value in values.items():
            series.setdefault(each, []).append(value)
    found = {"x": x, **p, **first, **{each: np.array(rows) for each, rows in series.items()}}
    arrays.update({f"{name}/{each}": array for each, array in found.items()})


def gates(letters):
    return [f"{kind}{letter}" for letter in letters for kind in "WU"]


make("jordan", jordan, ["W", "U", "Vz"], ["b", "bv"], "s")
make("gru-v1", gru_v1, gates("rzn"), ["br", "bz", "bn"], "s")
make("mgu", mgu, gates("fn"), ["bf", "bn"], "s")
make("lstm-coupled", lstm_coupled, gates("fgo"), ["bf", "bg", "bo"], "sc")
make("lstm-peephole", lstm_peephole, gates("ifgo"), ["pi", "pf", "po", "bi", "bf", "bg", "bo"], "sc")
np.savez_compressed(Path(__file__).with_name("cells.npz"), **arrays)
