"""Networks of other sizes: values that still make sense are kept, new ones come from the study's seed.

What is new is what the whole network of the new form would have, were it drawn from the seed: the same entry at the
same place, whatever was there in between. So a drawn layer that is made smaller and larger again is as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.cells import READOUT, READOUT_BIAS, Cell
from rnnstudio.engine.layer import REVERSE, Layer, new_layer
from rnnstudio.engine.limits import check_layers, check_parameters
from rnnstudio.engine.network import Network, without_readout
from rnnstudio.engine.program import Program
from rnnstudio.engine.shapes import parts_of

Array = NDArray[np.float64]
#: A stretch of an axis: whose it is (a pass, or "" for all there is), and how long.
Block = tuple[str, int]
#: The blocks of an axis, those of one vector together.
Axis = Sequence[Sequence[Block]]
_PASSES = {"forward": ("forward",), "reverse": ("reverse",), "both": ("forward", "reverse")}


@dataclass(frozen=True, eq=False)
class Form:
    """A layer without its values; the fields are those of `Layer`."""

    cell: Cell
    inputs: int
    size: int
    outputs: int | None
    activation: str | None
    bias: bool
    direction: str


def form_of(layer: Layer, **changes: Any) -> Form:
    """The form of a layer, with changes; without a readout its cell is one that is meant so."""
    form = Form(layer.cell, layer.inputs, layer.size, layer.outputs, layer.activation, layer.bias, layer.direction)
    form = replace(form, **changes)
    return replace(form, cell=without_readout(form.cell)) if form.cell.readout and form.outputs is None else form


def drawn(forms: Sequence[Form], chosen: int, seed: int) -> Network:
    """A network of these forms with parameters from U(−1/√H, 1/√H), one generator for all, from the input on.

    Parameters
    ----------
    forms : sequence of Form
        Each layer but the first takes what the one below hands out, whatever its own `inputs` say.
    chosen : int
        Index of the chosen layer.
    seed : int
        For PCG64; the same bits on every machine.

    Raises
    ------
    InputError
        A size, the number of layers or that of all parameters is over its limit.
    """
    check_layers(len(forms))
    random = np.random.Generator(np.random.PCG64(seed))
    layers: list[Layer] = []
    total = 0
    for form in forms:
        inputs = layers[-1].width if layers else form.inputs
        choice = form.activation if form.cell.activations else None
        layer = new_layer(form.cell, inputs, form.size, form.outputs, choice, form.bias, random, form.direction)
        total += sum(array.size for array in layer.parameters.values())
        check_parameters(total)
        layers.append(replace(layer, activation=form.activation))
    return Network(tuple(layers), chosen)


def drawn_anew(network: Network, seed: int) -> Network:
    """The network with all its parameters drawn from a seed."""
    return drawn([form_of(layer) for layer in network.layers], network.chosen, seed)


def reshaped(network: Network, k: int, seed: int, **changes: Any) -> Network:
    """The network with another form of layer `k`; the layers above take what it then hands out.

    Parameters
    ----------
    network : Network
        What is kept is kept of it.
    k : int
        Which layer.
    seed : int
        What is new is drawn from it.
    **changes
        Fields of `Form`: ``inputs`` (of the first layer), ``size``, ``outputs`` (None: no readout), ``bias``,
        ``direction``.

    Raises
    ------
    InputError
        A limit is passed, or the layer cannot have the form.
    """
    forms = [form_of(layer) for layer in network.layers]
    forms[k] = form_of(network.layers[k], **changes)
    same = range(len(forms))
    return _carried(network, drawn(forms, network.chosen, seed), same, same)


def with_layer_above(network: Network, k: int, seed: int) -> Network:
    """One more layer like layer `k` on top of it, which is then the chosen one; a readout moves up into it.

    Raises
    ------
    InputError
        There are as many layers as can be, or too many parameters.
    """
    forms = [form_of(layer) for layer in network.layers]
    old = network.layers[k]
    forms[k : k + 1] = [form_of(old, outputs=None) if old.readout else forms[k], forms[k]]
    sources = [*range(k + 1), None, *range(k + 1, len(network.layers))]
    readouts = [*range(k), None, *range(k, len(network.layers))]
    return _carried(network, drawn(forms, k + 1, seed), sources, readouts)


def without_layer(network: Network, k: int, seed: int) -> Network:
    """The network without layer `k`; the one below is then the chosen one and takes its readout, where it has none.

    Raises
    ------
    InputError
        There is no other layer.
    """
    check_layers(len(network.layers) - 1)
    forms = [form_of(layer) for layer in network.layers]
    gone, below = network.layers[k], max(k - 1, 0)
    sources = [index for index in range(len(forms)) if index != k]
    readouts = list(sources)
    if k == 0:
        forms[1] = replace(forms[1], inputs=gone.inputs)
    elif gone.readout and forms[below].outputs is None:
        forms[below] = replace(forms[below], outputs=gone.outputs, cell=_with_readout(network.layers[below], gone))
        readouts[below] = k
    del forms[k]
    return _carried(network, drawn(forms, below, seed), sources, readouts)


def _with_readout(layer: Layer, gone: Layer) -> Cell:
    """The cell that takes a readout: that of the layer that had it, where it is the same without (simple, elman)."""
    return gone.cell if without_readout(gone.cell) == layer.cell else layer.cell


def refitted_first(old: Layer, new: Layer, states: Mapping[str, Array]) -> dict[str, Array]:
    """First states of a layer, of shape ([N,] H), for its new form: kept where they are, zeros where they are not.

    Those that are zeros altogether are left out: that is what a first state is if nothing is said.
    """
    found = {}
    for way in _PASSES[new.direction]:
        source = _pass_of(way, new.direction, old.direction)
        for name in new.program.states if source is not None else ():
            held = states.get(_prefix(str(source), old.direction) + name)
            if held is None:
                continue
            fitted = np.zeros((*held.shape[:-1], new.size))
            kept = min(held.shape[-1], new.size)
            fitted[..., :kept] = held[..., :kept]
            fitted.setflags(write=False)
            if fitted.any():
                found[_prefix(way, new.direction) + name] = fitted
    return found


# ---------------------------------------------------------------- carrying values over


def _carried(old: Network, fresh: Network, sources: Sequence[int | None], readouts: Sequence[int | None]) -> Network:
    """The drawn network with what the old one has of it.

    `sources` says of each new layer which old one it is, `readouts` which one its readout comes from.
    """
    layers = []
    for k, layer in enumerate(fresh.layers):
        parameters: dict[str, Array] = dict(layer.parameters)
        parts = {name: (first, np.zeros_like(first)) for name, (first, _) in layer.bias_parts.items()}
        for source, of_readout in ((sources[k], False), (readouts[k], True)):
            if source is None:
                continue
            entering = _entering(old, source), _entering(fresh, k)
            for name in parameters:
                if (name in (READOUT, READOUT_BIAS) and layer.readout) == of_readout:
                    _take(name, old.layers[source], layer, entering, parameters, parts)
        layers.append(replace(layer, parameters=parameters, bias_parts=parts))
    return replace(fresh, layers=tuple(layers))


def _take(
    name: str, old: Layer, new: Layer, entering: tuple[Sequence[Block], Sequence[Block]],
    parameters: dict[str, Array], parts: dict[str, tuple[Array, Array]],
) -> None:  # fmt: skip
    """Put what the old layer has of one parameter over what was drawn."""
    source = _old_name(name, new, old)
    if source is None or source not in old.parameters:
        return
    axes = list(zip(_axes(old, source, entering[0]), _axes(new, name, entering[1]), strict=True))
    parameters[name] = _over(parameters[name], old.parameters[source], axes)
    if name in parts and source in old.bias_parts:
        first, second = (_over(part, kept, axes) for part, kept in zip(parts[name], old.bias_parts[source],
                                                                       strict=True))  # fmt: skip
        parts[name] = first, second


def _over(drawn_array: Array, kept: Array, axes: Sequence[tuple[Axis, Axis]]) -> Array:
    """`drawn_array` with `kept` where both have an entry of the same block at the same place."""
    out = np.array(drawn_array)
    pairs = [_places(before, after) for before, after in axes]
    out[np.ix_(*(there for _, there in pairs))] = kept[np.ix_(*(here for here, _ in pairs))]
    return out


def _places(before: Axis, after: Axis) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices along an axis, of the old array and of the new one, of what both have."""
    here, there = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    starts = [list(accumulate((n for group in axis for _, n in group), initial=0)) for axis in (before, after)]
    first = [list(accumulate((len(group) for group in axis), initial=0)) for axis in (before, after)]
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        for at, (whose, count) in enumerate(new):
            alone = len(old) == len(new) == 1
            found = 0 if alone else next((k for k, (name, _) in enumerate(old) if name == whose), None)
            if found is None and len(old) == 1 and not old[0][0]:
                found = 0 if at == 0 else None  # what was one whole is the first of several
            if found is None:
                continue
            along = np.arange(min(count, old[found][1]))
            here.append(starts[0][first[0][number] + found] + along)
            there.append(starts[1][first[1][number] + at] + along)
    return np.concatenate(here), np.concatenate(there)


# ---------------------------------------------------------------- names and blocks


def _pass_of(way: str, new: str, old: str) -> str | None:
    """The pass of a layer of direction `old` that is pass `way` of one of direction `new`; None: it had none."""
    if len(_PASSES[old]) == len(_PASSES[new]) == 1:
        return _PASSES[old][0]
    return way if way in _PASSES[old] else None


def _prefix(way: str, direction: str) -> str:
    return REVERSE if (way, direction) == ("reverse", "both") else ""


def _old_name(name: str, new: Layer, old: Layer) -> str | None:
    """What a parameter was called in the old layer; None where its pass is new."""
    if name in (READOUT, READOUT_BIAS) and new.readout:
        return name if old.readout else None
    plain = name.removeprefix(REVERSE)
    way = "reverse" if plain != name else _PASSES[new.direction][0]
    source = _pass_of(way, new.direction, old.direction)
    return None if source is None else _prefix(source, old.direction) + plain


def _entering(network: Network, k: int) -> list[Block]:
    """The blocks of what enters layer `k`: one, or one for each pass of the layer below."""
    if k == 0:
        return [("", network.inputs)]
    below = network.layers[k - 1]
    if below.direction != "both" or below.readout:
        return [("" if below.readout else below.direction, below.width)]
    return [(way, below.width // 2) for way in _PASSES["both"]]


def _axes(layer: Layer, name: str, entering: Sequence[Block]) -> list[Axis]:
    """The blocks along each axis of a parameter."""
    plain = name.removeprefix(REVERSE)
    if name in (READOUT, READOUT_BIAS) and layer.readout:
        rows: Axis = [[("", layer.sizes["O"])]]
        return [rows] if name == READOUT_BIAS else [rows, [[(way, layer.size) for way in _PASSES[layer.direction]]]]
    shape = layer.program.parameters[plain]
    letters = [_letters(shape[0]), *([_operand(layer.program, plain, shape[1])] if len(shape) > 1 else [])]
    return [
        [list(entering) if letter == "I" else [("", layer.sizes[letter])] for letter in axis] for axis in letters
    ]


def _letters(size: str) -> list[str]:
    """A sum of sizes, letter by letter."""
    return [letter for letter, count in sorted(parts_of(size).items()) for _ in range(count)]


def _operand(program: Program, matrix: str, size: str) -> list[str]:
    """The sizes that the columns of a matrix meet, in their order: what is put together is so in the equations."""
    operand = next((op.args[1] for op in program.ops if op.kind == "matmul" and op.args[0] == matrix), None)
    return _letters(size) if operand is None else _stacked(program, operand)


def _stacked(program: Program, name: str) -> list[str]:
    op = next((op for op in reversed(program.ops) if name in (op.id, op.value)), None)
    if op is None or name.endswith("_prev"):
        return _letters(program.sizes[name.removesuffix("_prev")])
    if op.kind == "concat":
        return [letter for arg in op.args for letter in _stacked(program, arg)]
    return _stacked(program, op.args[0]) if op.kind == "copy" else _letters(op.size)
