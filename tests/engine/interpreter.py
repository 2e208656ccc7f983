"""A second, slow engine: the op table computed one op and one step after another, and its derivatives in reverse.

It shares nothing with the compiler but the table itself, and nothing with the rules of the ops: what a sum, a product
or a function is, stands here once more, in plain NumPy. So do the derivatives, written from each function's formula.
"""

from dataclasses import dataclass, field

import numpy as np


def _logistic(a):
    return 1.0 / (1.0 + np.exp(-a))


def _softmax(a):
    e = np.exp(a - a.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


FORWARD = {
    "sigmoid": _logistic, "tanh": np.tanh, "relu": lambda a: np.where(a > 0, a, 0.0 * a), "identity": lambda a: a,
    "exp": np.exp, "softmax": _softmax,
}  # fmt: skip


def _softmax_back(a, d):
    y = _softmax(a)
    return y * d - y * (y * d).sum(axis=-1, keepdims=True)


BACK = {
    "sigmoid": lambda a, d: d * _logistic(a) * _logistic(-a),
    "tanh": lambda a, d: d * (1.0 + np.tanh(a)) * (1.0 - np.tanh(a)),
    "relu": lambda a, d: np.where(a > 0, d, 0.0),
    "identity": lambda a, d: d,
    "exp": lambda a, d: d * np.exp(a),
    "softmax": _softmax_back,
}


@dataclass
class Interpreted:
    """A run: every value by name and op id, (T, [N,] size), and what reverse mode makes of it."""

    program: object
    parameters: dict
    x: np.ndarray
    first: dict
    values: dict = field(default_factory=dict)

    def __post_init__(self):
        before = dict(self.first)
        self.steps = []
        for x in self.x:
            self.steps.append(self.step(x, before))
            before = {state: self.steps[-1][state] for state in self.program.states}
        self.values = {name: np.stack([step[name] for step in self.steps]) for name in self.steps[0]}

    def step(self, x, before):
        found = {**self.parameters, "x": x, **{f"{state}_prev": value for state, value in before.items()}}
        for op in self.program.ops:
            args = [found[arg] if arg in found else float(arg) for arg in op.args]
            value = self.op(op, args)
            found[op.id] = found[op.value] = value
        middle = x.shape[:-1]
        for op in self.program.ops:  # what is made of parameters and numbers alone is the same for all sequences
            for name in (op.id, op.value):
                if found[name].ndim < len(middle) + 1:
                    found[name] = np.broadcast_to(found[name], (*middle, found[name].shape[-1]))
        return {name: found[name] for op in self.program.ops for name in (op.id, op.value)} | {
            name: value for name, value in found.items() if name == "x" or name.endswith("_prev")
        }

    def op(self, op, args):
        if op.kind == "matmul":
            return args[1] @ args[0].T
        if op.kind == "concat":
            most = max(arg.ndim for arg in args)
            middle = next(arg.shape[:-1] for arg in args if arg.ndim == most)
            return np.concatenate([np.broadcast_to(arg, (*middle, arg.shape[-1])) for arg in args], axis=-1)
        if op.kind == "add":
            return sum(args[1:], args[0])
        if op.kind == "sub":
            return args[0] - args[1]
        if op.kind == "mul":
            return args[0] * args[1]
        if op.kind == "negate":
            return -args[0]
        if op.kind == "function":
            return FORWARD[op.function](args[0])
        if op.kind in ("copy", "constant"):
            size = self.size_of(op)
            return np.broadcast_to(args[0], (size,)) if np.ndim(args[0]) == 0 else args[0]
        raise AssertionError(op.kind)

    def size_of(self, op):
        return sum(count * self.sizes[letter] for letter, count in _parts(op.size))

    @property
    def sizes(self):
        return self.parameters.sizes

    def gradients(self, output, truncation=None):
        """d L / d NAME of every op, parameter, ``x``, first state (``s0``), for ∂L/∂y of shape (T, [N,] size)."""
        program, last = self.program, {op.value: op.id for op in self.program.ops}
        T = len(self.x)
        found = {op.id: np.zeros_like(self.values[op.id]) for op in program.ops}
        found |= {name: np.zeros_like(array) for name, array in self.parameters.items()} | {"x": np.zeros_like(self.x)}
        carry = {state: np.zeros_like(self.first[state]) for state in program.states}
        for t in reversed(range(T)):
            found[last["y"]][t] += output[t]
            for state in program.states:
                found[last[state]][t] += carry[state]
            carry = {state: np.zeros_like(value) for state, value in carry.items()}
            for op in reversed(program.ops):
                for arg, part in zip(op.args, self.pulled(op, found[op.id][t], t), strict=True):
                    if part is None:
                        continue
                    if arg.removesuffix("_prev") in carry and arg.endswith("_prev"):
                        carry[arg.removesuffix("_prev")] += part
                    elif arg in self.parameters:
                        spread = part.ndim - found[arg].ndim
                        found[arg] += part.sum(axis=tuple(range(spread)))
                    elif arg == "x":
                        found["x"][t] += part
                    else:
                        found[last.get(arg, arg)][t] += part
            if truncation is not None and t and t % truncation == 0:
                carry = {state: np.zeros_like(value) for state, value in carry.items()}
        return found | {f"{state}0": value for state, value in carry.items()}

    def pulled(self, op, d, t):
        """What goes back from an op to each of its arguments; None for numbers."""
        at = self.steps[t]
        args = [at[arg] if arg in at else self.parameters[arg] if arg in self.parameters else float(arg)
                for arg in op.args]  # fmt: skip
        wanted = [np.ndim(arg) > 0 for arg in args]
        if op.kind == "matmul":
            vector = np.broadcast_to(args[1], (*d.shape[:-1], args[1].shape[-1])).reshape(-1, args[1].shape[-1])
            return [d.reshape(-1, d.shape[-1]).T @ vector, d @ args[0]]
        if op.kind == "concat":
            stops = np.cumsum([arg.shape[-1] for arg in args])
            return np.split(d, stops[:-1], axis=-1)
        parts = {
            "add": lambda: [d for _ in args], "sub": lambda: [d, -d], "negate": lambda: [-d],
            "mul": lambda: [d * args[1], d * args[0]] if len(args) == 2 else None,
            "function": lambda: [BACK[op.function](args[0], d)], "copy": lambda: [d], "constant": lambda: [None],
        }[op.kind]()  # fmt: skip
        return [part if want else None for part, want in zip(parts, wanted, strict=True)]


def _parts(letter):
    for part in letter.split("+"):
        yield part[-1:], int(part[:-1] or 1)


class Parameters(dict):
    """Name → array, with the sizes that they belong to."""

    def __init__(self, arrays, sizes):
        super().__init__(arrays)
        self.sizes = sizes


def interpret(layer, x, first, program=None, reverse=False):
    """A layer's run in one direction, x and the result in the order in which that direction takes the steps."""
    program = program or layer.program
    arrays = layer.of_direction(reverse)
    return Interpreted(program, Parameters(arrays, layer.sizes), np.asarray(x), first)
