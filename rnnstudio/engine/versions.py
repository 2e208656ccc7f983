"""Runs whose weights change on the way: every step is computed with the version of the parameters that it met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.engine.limits import LIMITS, MB, InputError
from rnnstudio.engine.network import Network
from rnnstudio.engine.pytorch import exported_parameters
from rnnstudio.engine.recording import LayerTrace, Trace, layer_trace
from rnnstudio.engine.stage import Lengths, Stage
from rnnstudio.engine.status import Kind
from rnnstudio.engine.trace import (
    Firsts,
    FirstState,
    checked_sequence,
    first_states,
    kept_whole,
    masked_sequence,
    recorded,
)
from rnnstudio.engine.training import Learner, Point, Settings
from rnnstudio.engine.whole import OneHot, Sequence

Array = NDArray[np.float64]

#: So many places of a run, at equal distances, are kept to go on from.
POINTS = 16


@dataclass(frozen=True, eq=False)
class VersionedLayerTrace(LayerTrace):
    """A layer's run in pieces, each with its own version of the parameters.

    Attributes
    ----------
    pieces : tuple of LayerTrace
        The runs between two updates, in order; each of `every` steps, the last of what is left.
    every : int
        K, the steps of a piece.
    last : mapping
        Name → the parameter after the last update.
    """

    pieces: tuple[LayerTrace, ...] = ()
    every: int = 1
    last: Mapping[str, Array] = field(default_factory=dict)

    def _piece(self, t: int) -> tuple[LayerTrace, int]:
        """The piece of step t, and the step's number in it."""
        index = min(max(t - 1, 0) // self.every, len(self.pieces) - 1)
        return self.pieces[index], t - index * self.every

    @property
    def parameters(self) -> Mapping[str, Array]:
        """Name → the first version."""
        return self.pieces[0].parameters

    def parameter(self, name: str, t: int) -> Array:
        """The version that step t used; for t = T + 1 the one after the last update."""
        return self.last[name] if t > self.T else self._piece(t)[0].parameters[name]

    def value(self, name: str, t: int) -> Array:
        """See `LayerTrace.value`."""
        if t == 0:
            return self.pieces[0].value(name, 0)
        piece, at = self._piece(t)
        return piece.value(name, at)

    def series(self, name: str) -> Array:
        """See `LayerTrace.series`."""
        found = self._turned.get(name)
        if found is None:
            found = self._turned[name] = np.concatenate([piece.series(name) for piece in self.pieces])
            found.setflags(write=False)
        return found

    def kept(self, name: str) -> bool:
        """See `LayerTrace.kept`."""
        return self.pieces[0].kept(name)

    @property
    def first_nonfinite(self) -> tuple[int, str] | None:
        """(step, op id) of the first number that is not finite; None where all are."""
        for index, piece in enumerate(self.pieces):
            if piece.first_nonfinite is not None:
                return piece.first_nonfinite[0] + index * self.every, piece.first_nonfinite[1]
        return None


def run_updating(
    network: Network,
    x: ArrayLike | OneHot,
    targets: ArrayLike,
    settings: Settings,
    first: FirstState | None = None,
    stateless: bool = False,
    lengths: ArrayLike | None = None,
) -> Trace:
    """Run once over the sequence with an update of the weights after every K steps.

    W_{t+1} = W_t + ΔW_t: the state is carried over an update, the gradient is cut there. With K = 1 every sample has
    its own version; updates after whole sequences give one version before and one after.

    Parameters
    ----------
    network, x, targets, first, stateless, lengths
        As in `rnnstudio.engine.training.Learner`.
    settings : Settings
        Its `updates` do not count here: the sequence is gone through once.

    Returns
    -------
    Trace
        Its `versions` are the network before each update and after the last; a layer's ``parameter(name, t)`` is the
        version of step t. Where an update would not be finite, the versions stay as they were from there on.

    Raises
    ------
    InputError
        Something does not fit, or the versions would need more than ``LIMITS.run_bytes``.
    """
    return UpdatingRun(network, x, targets, settings, first, stateless, lengths).trace


class UpdatingRun:
    """A run with updates on the way that can be made again with other numbers.

    What comes before the first sample that differs stays, the very arrays: it hangs on nothing behind it. What comes
    after it is computed as if it were the first time; with other weights or first states, all of it.

    Parameters
    ----------
    network, x, targets, settings, first, stateless, lengths
        See `run_updating`.

    Attributes
    ----------
    trace : Trace
        The run, as `run_updating` gives it.
    """

    def __init__(
        self,
        network: Network,
        x: ArrayLike | OneHot,
        targets: ArrayLike,
        settings: Settings,
        first: FirstState | None = None,
        stateless: bool = False,
        lengths: ArrayLike | None = None,
    ) -> None:
        self._learner = Learner(network, x, targets, settings, first, lengths, stateless)
        given = checked_sequence(network, x)
        self._check_room(network, -(-given.shape[0] // self._learner.every))
        self._whole = kept_whole(network, given[: self._learner.every], stateless)
        self._versions, self._traces = [network], list[Trace]()
        self._points: dict[int, Point] = {}  # number of a part → where the learner was before it
        self._made_of = _bits(given), _bits(targets)
        self.trace = self._gone_through(given)

    def _check_room(self, network: Network, count: int) -> None:
        need = 8 * (count + 1) * sum(array.size for layer in network.layers for array in layer.parameters.values())
        if need > LIMITS.run_bytes:
            fits = max(1, (LIMITS.run_bytes * count) // need)
            raise InputError(
                f"{count:,} updates would need {need // MB:,} MB for the versions of the weights, over the limit of "
                f"{LIMITS.run_bytes // MB:,} MB; about {fits:,} updates fit"
            )
        self._points_every = max(1, -(-count // POINTS))

    def again(
        self, network: Network, x: ArrayLike | OneHot, targets: ArrayLike, first: FirstState | None = None
    ) -> Trace:
        """The run with other numbers, of the same structure and shapes.

        Raises
        ------
        InputError
            Something does not fit.
        ValueError
            The network has another structure.
        """
        learner, given = self._learner, checked_sequence(network, x)
        if type(given) is not type(learner.x):
            raise InputError("the sequence has to stay one of numbers, or one of words")
        made_of = _bits(given), _bits(targets)
        firsts = first_states(network, first, learner.batch, learner.stateless)
        if network is not self._versions[0] or _numbers(firsts) != _numbers(learner.firsts):
            learner.begin_with(network, first)
            self._versions, self._traces, self._points = [network], [], {0: learner.point()}
        parts = -(-given.shape[0] // learner.every)
        rows = min(map(_common_rows, made_of, self._made_of))
        if len(self._traces) == parts and rows == given.shape[0]:
            return self.trace
        same = min(rows // learner.every if parts > 1 else 0, len(self._traces))
        kept = max(part for part in self._points if part <= same)
        learner.go_on_from(self._points[kept], given, targets)
        self._made_of = made_of
        del self._traces[kept:], self._versions[kept + 1 :]
        self._points = {part: point for part, point in self._points.items() if part <= kept}
        self.trace = self._gone_through(given)
        return self.trace

    def _gone_through(self, given: Sequence) -> Trace:
        """The parts that are still to be run, each with an update after it; then the whole."""
        learner, versions, traces = self._learner, self._versions, self._traces
        learning = True
        states = last_states(traces[-1]) if traces else learner.firsts
        for part in range(len(traces), -(-given.shape[0] // learner.every)):
            start = part * learner.every
            piece = given[start : start + learner.every]
            valid = None if learner.lengths is None else np.clip(learner.lengths - start, 0, piece.shape[0])
            if learning and part % self._points_every == 0 and part not in self._points:
                self._points[part] = learner.point()
            if learning:
                learning = learner.update().status.kind is not Kind.NONFINITE
                made = _told(learner, versions[-1], piece, states, valid, self._whole)
            else:
                made = recorded(versions[-1], piece, states, learner.stateless, None, valid)
            versions.append(learner.network() if learning else versions[-1])
            traces.append(made)
            states = last_states(made)
        return joined(traces, versions, learner.every, learner.stateless, learner.lengths)


def _numbers(firsts: Firsts) -> list[bytes]:
    """First states as they lie in memory."""
    return [array.tobytes() for layer in firsts for states in layer.values() for array in states.values()]


def _bits(sequence: ArrayLike | OneHot) -> NDArray[np.uint8]:
    """The numbers of each step as they lie in memory, of one's own: 0 and −0 are two."""
    array = np.array(sequence.indices if isinstance(sequence, OneHot) else sequence, order="C")
    return array.reshape(len(array), -1).view(np.uint8)


def _common_rows(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> int:
    """How many steps from the first on are the same."""
    if one.shape != other.shape:
        return 0
    differ = np.flatnonzero((one != other).any(axis=1))
    return int(differ[0]) if len(differ) else len(one)


def _told(
    learner: Learner, network: Network, x: Sequence, firsts: Firsts, valid: Lengths | None, whole: bool
) -> Trace:  # fmt: skip
    """The run that the last update was made of; ``network`` has the weights of before it."""
    stages: list[Stage] = []
    layers: list[LayerTrace] = []
    outputs: list[Array] = []
    for stage, layer, first in zip(learner.stages, network.layers, firsts, strict=True):
        stages.append(stage.taken(layer, masked_sequence(x, valid)))
        layers.append(layer_trace(stages[-1], x, first, valid, whole))
        outputs.append(stages[-1].output())
        outputs[-1].setflags(write=False)
        x = outputs[-1]
    return Trace(network, tuple(layers), learner.stateless, tuple(outputs), tuple(stages), valid)


def last_states(trace: Trace) -> Firsts:
    """What the next part begins with; a reversed direction has no next part."""
    return [
        {"forward": {state: layer.value(state, layer.T) for state in layer.program.states}} for layer in trace.layers
    ]


def joined(traces: list[Trace], versions: list[Network], every: int, stateless: bool, lengths: Lengths | None) -> Trace:
    """One trace of the pieces."""
    if len(traces) == 1:
        whole = traces[0]
        return Trace(
            whole.network, whole.layers, stateless, whole.outputs, whole.stages, whole.lengths, tuple(versions)
        )
    T = sum(trace.T for trace in traces)
    names = [one.name for one in fields(LayerTrace) if not one.name.startswith("_")]
    private = ("_values", "_order", "_mask", "_whole")
    layers = []
    for k, layer in enumerate(traces[0].layers):
        pieces = tuple(trace.layers[k] for trace in traces)
        given = {name: getattr(layer, name) for name in (*names, *private)}
        x = _whole_sequence([piece.x for piece in pieces])
        last = {name: versions[-1].layers[k].parameters[name] for name in layer.parameters}
        layers.append(VersionedLayerTrace(**{**given, "T": T, "x": x}, pieces=pieces, every=every, last=last))
    outputs = tuple(np.concatenate([trace.outputs[k] for trace in traces]) for k in range(len(layers)))
    return Trace(traces[0].network, tuple(layers), stateless, outputs, (), lengths, tuple(versions))


def _whole_sequence(pieces: list[Array | OneHot]) -> Array | OneHot:
    first = pieces[0]
    if isinstance(first, OneHot):
        return OneHot(np.concatenate([piece.indices for piece in pieces if isinstance(piece, OneHot)]), first.size)
    return np.concatenate([piece for piece in pieces if not isinstance(piece, OneHot)])


def version_arrays(trace: Trace) -> dict[str, Array]:
    """``versions.NAME`` (K + 1, …) and ``delta.NAME`` (K, …) of every parameter, for a run with updates on the way."""
    if not trace.versions:
        return {}
    exported = [exported_parameters(network) for network in trace.versions]
    found: dict[str, Array] = {}
    for name in exported[0]:
        stacked = np.stack([arrays[name] for arrays in exported])
        found[f"versions.{name}"] = stacked
        found[f"delta.{name}"] = np.diff(stacked, axis=0)
    return found
