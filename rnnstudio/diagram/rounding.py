"""Whether the shown operands give the shown result, or a small "rounded" note has to stand beside it."""

from collections.abc import Collection

import numpy as np

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import POWERS_FROM, WHOLE_FROM, matrix_decimals, shown
from rnnstudio.engine.operations import OPERATIONS
from rnnstudio.engine.ops import Op, Program
from rnnstudio.engine.recording import LayerTrace, Trace

#: A matrix of more cells is shown as colours; its numbers, where one row is written out, have the usual decimals.
NUMBERED_CELLS = 4096
#: In units of the last shown digit: far above the error of a sum of decimals, far under what is seen.
_HALF = 1e-6
#: So near to the middle between two decimals, in their units, the text is asked: the product has an error of its own.
_TIE = 1e-6


def shown_values(values: Floats, decimals: int) -> Floats:
    """The numbers that stand before the reader's eyes, of the same shape."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    with np.errstate(over="ignore", invalid="ignore"):
        scale = np.where(np.abs(flat) >= WHOLE_FROM, 1.0, 10.0**decimals)
        scaled = flat * scale
        # whole numbers over a power of ten: the quotient is the double that is nearest to the decimal
        out = np.rint(scaled) / scale + 0.0
        clear = (np.abs(scaled - np.floor(scaled) - 0.5) > _TIE) & (np.abs(flat) < POWERS_FROM)
    for at in np.flatnonzero(~clear).tolist():
        out[at] = shown(float(flat[at]), decimals)
    return out.reshape(values.shape)


def decimals_of(values: Floats, decimals: int) -> int:
    """With how many decimals a parameter is written: a matrix with the fewest that show all of it."""
    if values.ndim < 2 or values.size > NUMBERED_CELLS:
        return decimals
    return matrix_decimals(values, decimals)


def recomputed(
    trace: LayerTrace, name: str, t: int, decimals: int, unit: int | None = None, expand: Collection[str] = ()
) -> Floats:
    """What a reader gets who computes with the numbers that are shown.

    Parameters
    ----------
    trace : LayerTrace
        The run.
    name : str
        A named value or an op id.
    t : int
        The sample, from 1.
    decimals : int
        Of the shown numbers.
    unit : int, optional
        One row of the result alone.
    expand : collection of str
        Values and ops that are not shown as numbers themselves, but by the operands that they are computed from.

    Returns
    -------
    array, shape (size,) or (1,)
    """
    op = trace.program.producer(name)
    if op is None:
        raise ValueError(f"{name!r} is not computed; {', '.join(trace.program.values)} are")
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return _compute(trace, op, t, decimals, unit, expand)


def _compute(trace: LayerTrace, op: Op, t: int, decimals: int, unit: int | None, expand: Collection[str]) -> Floats:
    if unit is not None and (op.kind == "concat" or op.function == "softmax"):
        return _compute(trace, op, t, decimals, None, expand)[unit : unit + 1]  # a row of it needs all rows
    args: list[Floats | float] = []
    for position, arg in enumerate(op.args):
        row = None if op.kind == "matmul" and position == 1 else unit
        args.append(_operand(trace, arg, t, decimals, row, expand))
    size = 1 if unit is not None else trace.value(op.id, t).shape[0]
    out = np.empty(size)
    OPERATIONS[op.kind].make(op.function)(args, out)
    return out


def _operand(
    trace: LayerTrace, name: str, t: int, decimals: int, unit: int | None, expand: Collection[str]
) -> Floats | float:
    op = trace.program.producer(name)
    if op is not None and name in expand:
        return _compute(trace, op, t, decimals, unit, expand)
    value = trace.operand(name, t)
    if not isinstance(value, np.ndarray):
        return float(value)
    places = decimals_of(value, decimals)
    return shown_values(value if unit is None else value[unit : unit + 1], places)


def inner_ops(program: Program, name: str) -> frozenset[str]:
    """The ops inside a value's own equation, whose results its plain form does not show."""
    return frozenset(op.id for op in program.ops_of(name)[:-1])


def rounds(
    program: Program,
    trace: LayerTrace,
    name: str,
    t: int,
    unit: int | None,
    decimals: int,
    expand: Collection[str] = (),
) -> bool:
    """Whether the shown operands, put through a value's equation, do not give the shown result.

    The operands are the names in the value's own equation, or what those in ``expand`` are computed from. False where
    there are too many numbers to be shown.
    """
    if unit is None and _too_many(trace, name, t):
        return False
    whole = {*expand, *inner_ops(program, name)}
    for value in expand:
        whole |= inner_ops(program, value)
    theirs = recomputed(trace, name, t, decimals, unit, whole)
    ours = trace.value(name, t)
    return differs(theirs, ours if unit is None else ours[unit : unit + 1], decimals)


def _too_many(trace: LayerTrace, name: str, t: int) -> bool:
    """Whether a vector and what it is computed from is drawn in colours only."""
    return bool(max(trace.value(name, t).shape[0] * trace.layer.inputs, trace.layer.size**2) > NUMBERED_CELLS)


def differs(theirs: Floats, ours: Floats, decimals: int) -> bool:
    """Whether a reader's result differs from ours as it is written; a reader rounds a half up (away from zero)."""
    theirs = theirs + np.copysign(_HALF * 10.0**-decimals, theirs)
    return not bool(np.array_equal(shown_values(theirs, decimals), shown_values(ours, decimals), equal_nan=True))


def input_product(program: Program) -> Op | None:
    """The op W·x of a program, its first if it has several."""
    return next((op for op in program.ops if op.kind == "matmul" and op.args[1] == "x"), None)


def products(trace: LayerTrace, t: int, unit: int) -> Floats:
    """W[unit, j]·x[j] for every j, shape (I,)."""
    op = input_product(trace.program)
    if op is None:
        raise ValueError(f"the cell {trace.program.cell.name} has no product with x")
    return np.asarray(trace.operand(op.args[0], t)[unit] * trace.value("x", t))  # type: ignore[index]


def _products_round(trace: LayerTrace, t: int, unit: int, decimals: int) -> bool:
    """Whether the shown weight times the shown input misses a shown product."""
    op = input_product(trace.program)
    if op is None:
        return False
    weights = np.asarray(trace.operand(op.args[0], t))
    row = shown_values(weights[unit], decimals_of(weights, decimals))
    theirs = row * shown_values(trace.value("x", t), decimals)
    return differs(theirs, products(trace, t, unit), decimals)


def _sum_rounds(trace: LayerTrace, t: int, unit: int, decimals: int) -> bool:
    """Whether the shown products (and the shown bias) do not add up to the shown sum before f."""
    op = input_product(trace.program)
    if op is None:
        return False
    total = float(shown_values(products(trace, t, unit), decimals).sum())
    for last in trace.program.ops_of(op.value):
        for arg in last.args if last.kind == "add" else ():
            if arg != op.id:
                total += shown(float(np.asarray(trace.operand(arg, t))[unit]), decimals)
    return differs(np.asarray([total]), trace.value(op.value, t)[unit : unit + 1], decimals)


def rounded(what: str, trace: Trace, layer: int, t: int, unit: int | None, decimals: int) -> bool:
    """Whether the note belongs beside a mark of the picture.

    Parameters
    ----------
    what : str
        ``product`` (the products of the row ``unit``), ``rowsum`` (their sum), or the name of a value.
    trace : Trace
        The run that the picture shows.
    layer : int
        Index of the layer.
    t : int
        The sample, from 1.
    unit : int or None
        One value of a vector; None for all.
    decimals : int
        Of the shown numbers.
    """
    run = trace.layer(layer)
    if what in ("product", "rowsum"):
        check = _products_round if what == "product" else _sum_rounds
        return check(run, t, unit or 0, decimals)
    if run.program.producer(what) is None:
        return False  # beneath a gate that is held: nothing is said to come of it
    return rounds(run.program, run, what, t, unit, decimals)
