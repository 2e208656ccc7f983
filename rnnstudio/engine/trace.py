"""Running a network over a sequence, and the names under which its trace leaves the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.layer import REVERSE
from rnnstudio.engine.limits import LIMITS, InputError, check_run_bytes, check_steps
from rnnstudio.engine.network import Layer, Network
from rnnstudio.engine.ops import Program
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.engine.recording import LayerTrace, Trace, layer_trace
from rnnstudio.engine.stage import Lengths, Stage, mask_of
from rnnstudio.engine.whole import OneHot, Sequence

__all__ = ["FirstState", "LayerTrace", "OneHot", "Trace", "run", "stages_of", "trace_arrays"]

Array = NDArray[np.float64]
#: State → vector (H,) or (N, H) for the chosen or only recurrent layer; or layer index → such a mapping. The states of
#: a reversed direction are called ``reverse.NAME`` where the layer has both.
FirstState = Mapping[str, ArrayLike] | Mapping[int, Mapping[str, ArrayLike]]
Firsts = list[dict[str, dict[str, Array]]]


def checked_sequence(network: Network, x: ArrayLike | OneHot) -> Sequence:
    """The input as an array of its own, (T, I) or (T, N, I), or as tokens; `InputError` where it does not fit."""
    if not isinstance(x, OneHot):
        x = np.array(x, dtype=np.float64, order="C")
        if x.ndim not in (2, 3):
            raise InputError(f"the sequence has {x.ndim} dimensions; (T, I), a row a step, or (T, N, I) is wanted")
        if x.ndim == 3 and not x.shape[1]:
            raise InputError("there are 0 sequences in the input of shape (T, N, I); at least 1 is wanted")
        x.setflags(write=False)
    check_steps(x.shape[0])
    if x.shape[-1] != network.inputs:
        raise InputError(f"the sequence has {x.shape[-1]} inputs at each step; the network takes {network.inputs}")
    return x


def batch_of(x: Sequence) -> int | None:
    """N, or None for a single sequence without that axis."""
    return x.shape[1] if not isinstance(x, OneHot) and x.ndim == 3 else None


def checked_lengths(lengths: ArrayLike | None, x: Sequence) -> Lengths | None:
    """The numbers of valid steps, (N,); `InputError` where they do not fit the input."""
    if lengths is None:
        return None
    batch, found = batch_of(x), np.asarray(lengths)
    if batch is None or found.shape != (batch,) or found.dtype.kind not in "iu":
        wanted = "an input of (T, N, I) is wanted with them" if batch is None else f"{batch} whole numbers are wanted"
        raise InputError(f"lengths: found {found.dtype} of shape {found.shape}; {wanted}")
    if found.min() < 1 or found.max() > x.shape[0]:
        raise InputError(f"lengths: {found.min()} to {found.max()} were given; 1 to {x.shape[0]} steps are there")
    return found.astype(np.int64)


def masked_sequence(x: Sequence, lengths: Lengths | None) -> Sequence:
    """The input as it is computed with: zeros beyond the valid steps, whatever stands there."""
    mask = mask_of(x.shape[0], lengths)
    if mask is None or isinstance(x, OneHot):
        return x
    x = np.where(mask[..., np.newaxis], x, 0.0)
    x.setflags(write=False)
    return x


def program_of(network: Network, k: int, stateless: bool) -> Program:
    """What layer `k` computes in one direction; `InputError` where it names no traditional layer."""
    layer = network.layers[k]
    if not (stateless and k == network.chosen):
        return layer.program
    if layer.layer_program is None:
        raise InputError(f"the cell {layer.cell.name} names no traditional layer, so it cannot run stateless")
    return layer.layer_program


def stages_of(
    network: Network,
    steps: int,
    batch: int | None,
    stateless: bool = False,
    lengths: Lengths | None = None,
    parameters: list[Mapping[str, Array]] | None = None,
) -> tuple[Stage, ...]:
    """The layers of a network with arrays for a run; on the network's parameters, or on those given."""
    return tuple(
        Stage(
            layer, program_of(network, k, stateless), layer.parameters if parameters is None else parameters[k],
            steps, batch, lengths,
        )
        for k, layer in enumerate(network.layers)
    )  # fmt: skip


def _need(network: Network, x: Sequence, stateless: bool) -> tuple[int, int]:
    """Bytes that a run keeps at least, and with everything that it can answer for."""
    from rnnstudio.engine.compile import compiled
    from rnnstudio.engine.shapes import length

    given = 0 if isinstance(x, OneHot) else x.nbytes
    steps = x.shape[0] * (batch_of(x) or 1)
    least = most = 0
    for k, layer in enumerate(network.layers):
        made = compiled(program_of(network, k, stateless))
        copies = 2 if layer.direction == "both" else 1
        sizes = {op.id: length(op.size, layer.sizes) for op in made.plan.held}
        own = [lane.op.id for group in made.fusion.groups for lane in group.lanes[: group.own]]
        outside = [op_id for op_id in sizes if op_id not in made.plan.loop_ids and op_id not in made.fusion.fused]
        least += copies * sum(sizes[op_id] for op_id in (*own, *made.kept, *outside))
        most += copies * sum(sizes.values())
    return given + 8 * steps * least, given + 8 * steps * max(least, most)


def kept_whole(network: Network, x: Sequence, stateless: bool) -> bool:
    """Whether a run keeps everything that it can answer for; `InputError` where it needs more than there is."""
    least, most = _need(network, x, stateless)
    whole = most <= LIMITS.trace_bytes
    check_run_bytes(most if whole else least, x.shape[0])
    return whole


def first_states(network: Network, first: FirstState | None, batch: int | None, stateless: bool) -> Firsts:
    """The first state of each direction of each layer: as given, else zeros."""
    given: dict[int, Mapping[str, Any]] = {}
    if first and all(isinstance(key, int) for key in first):
        given = dict(first)  # type: ignore[arg-type]
    elif first:
        recurrent = [k for k, layer in enumerate(network.layers) if layer.recurrent]
        target = network.chosen if network.chosen in recurrent else recurrent[0] if len(recurrent) == 1 else None
        if target is None:
            raise InputError(f"the first state has no layer to go to: {len(recurrent)} layers have a state, say which")
        given = {target: first}  # type: ignore[dict-item]
    found: Firsts = []
    for k, layer in enumerate(network.layers):
        mine = given.pop(k, {})
        names = list(layer.program.states)
        if layer.direction == "both":
            names += [REVERSE + name for name in names]
        for name in mine:
            if name not in names:
                raise InputError(f"layer {k} has no state {name!r}; {', '.join(names) or 'none'} is there")
        states = program_of(network, k, stateless).states
        before = {"forward": "", "reverse": REVERSE if layer.direction == "both" else ""}
        found.append(
            {
                at: {name: _first_state(k, name, mine.get(front + name), layer, batch) for name in states}
                for at, front in before.items()
            }
        )
    if given:
        raise InputError(f"a first state is given for layer {min(given)}; layers go from 0 to {len(found) - 1}")
    return found


def _first_state(k: int, name: str, value: ArrayLike | None, layer: Layer, batch: int | None) -> Array:
    shape = (layer.size,) if batch is None else (batch, layer.size)
    array = np.zeros(shape) if value is None else np.array(value, dtype=np.float64)
    if array.shape == (layer.size,) and batch is not None:
        array = np.array(np.broadcast_to(array, shape))
    if array.shape != shape:
        raise InputError(f"the first state {name} of layer {k} has the shape {array.shape}; {shape} is wanted")
    if not np.isfinite(array).all():
        raise InputError(f"the first state {name} of layer {k} holds a number that is not finite; finite ones fit")
    array.setflags(write=False)
    return array


def run(
    network: Network,
    x: ArrayLike | OneHot,
    first: FirstState | None = None,
    stateless: bool = False,
    progress: Callable[[int, int], None] | None = None,
    lengths: ArrayLike | None = None,
) -> Trace:
    """Run a network over a sequence, or several at once, and record every value.

    Parameters
    ----------
    network : Network
        Of any number of layers.
    x : array or OneHot, shape (T, [N,] I)
        A row a step.
    first : mapping, optional
        First states, see `FirstState`; else zeros.
    stateless : bool
        True runs the chosen layer as its traditional layer, all others as they are.
    progress : callable, optional
        Called with the steps done and the steps in all, of all layers; what it raises ends the run.
    lengths : array of int, shape (N,), optional
        Valid steps of each sequence; what lies beyond is 0 in every value.

    Returns
    -------
    Trace
        It answers for every op. Above ``LIMITS.trace_bytes`` only states and gates are kept; the rest is computed
        again when it is asked for, with the same bits.

    Raises
    ------
    InputError
        Shapes do not fit, T is over its limit, the run would need more than ``LIMITS.run_bytes``, or the chosen layer
        names no traditional layer.
    """
    sequence = checked_sequence(network, x)
    firsts = first_states(network, first, batch_of(sequence), stateless)
    return recorded(network, sequence, firsts, stateless, progress, checked_lengths(lengths, sequence))


def recorded(
    network: Network,
    sequence: Sequence,
    firsts: Firsts,
    stateless: bool,
    progress: Callable[[int, int], None] | None,
    valid: Lengths | None,
) -> Trace:
    """`run` of what was checked, or of a part: some sequences may have ended, a state need not be finite any more."""
    batch = batch_of(sequence)
    whole = kept_whole(network, sequence, stateless)
    T = sequence.shape[0]
    stages = stages_of(network, T, batch, stateless, valid)
    layers: list[LayerTrace] = []
    outputs: list[Array] = []
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for k, stage in enumerate(stages):

            def tell(done: int, k: int = k) -> None:
                if progress is not None:
                    progress(k * T + done, len(stages) * T)

            outputs.append(stage.forward(masked_sequence(sequence, valid), firsts[k], tell))
            outputs[-1].setflags(write=False)
            layers.append(layer_trace(stage, sequence, firsts[k], valid, whole))
            sequence = outputs[-1]
    return Trace(network, tuple(layers), stateless, tuple(outputs), stages, valid)


def _direction_arrays(trace: LayerTrace) -> Iterator[tuple[str, Array]]:
    """Every named value of one direction of a layer, and its first states."""
    program = trace.program
    for name in program.values:
        if name != "y" and not (program.readout and name == program.handed):
            yield name, trace.series(name)
    for state in program.states:
        yield f"{state}0", trace.first[state]


def handed_on(trace: Trace, k: int) -> Array:
    """What the cell of layer `k` hands out, of both directions, before a readout: (T, [N,] size)."""
    layer = trace.layers[k]
    parts = [at.series(at.program.handed) for at in (layer, layer.reverse) if at is not None]
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)


def trace_arrays(trace: Trace) -> dict[str, Array]:
    """The arrays of a trace and of its network's parameters, under the names that scripts rely on.

    ``x``, ``y``; ``s``, ``s0`` (and ``c``, ``c0``) and the named values of the last recurrent layer, or of the only
    layer; ``layerK.NAME`` for each of several layers (``layerK.reverse.NAME`` for a reversed direction beside a
    forward one), and ``layer0.y``, before the readout, for a single layer that has one; parameters as
    `exported_parameters` names them. The states and first states of two directions stand side by side in ``s``.
    """
    arrays: dict[str, Array] = {"x": trace.layers[0].series("x"), "y": trace.y}
    several = len(trace.layers) > 1
    top = max((k for k, layer in enumerate(trace.layers) if layer.program.states), default=None)
    for k, layer in enumerate(trace.layers):
        found = dict(_direction_arrays(layer))
        both = layer.reverse is not None
        other = dict(_direction_arrays(layer.reverse)) if layer.reverse is not None else {}
        if several or both:
            arrays |= {f"layer{k}.{name}": array for name, array in found.items()}
            arrays |= {f"layer{k}.reverse.{name}": array for name, array in other.items()}
        if several:
            arrays[f"layer{k}.x"] = layer.series("x")
        if several or layer.layer.readout:
            arrays[f"layer{k}.y"] = handed_on(trace, k)
        if k == top or not several:
            arrays |= {
                name: np.concatenate([array, other[name]], axis=-1) if both else array for name, array in found.items()
            }
    return {**arrays, **exported_parameters(trace.network)}
