"""A moment of a run: where the playhead is, and the numbers that stand behind the marks of a picture there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rnnstudio.diagram.beside import GHOST, Beside
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import JOINT, Knowledge
from rnnstudio.diagram.layout import Block, Floats
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.versions import DELTA, version
from rnnstudio.engine.functions import softmax
from rnnstudio.engine.network import Network
from rnnstudio.engine.trace import Trace
from rnnstudio.playback.playhead import Playhead, layer_phase

TARGET = "target"
#: Before the name of a value or parameter of a layer that makes two passes: which one, or what both together hand out.
FORWARD, REVERSE, JOINED = "forward", "reverse", "joined"
#: Quantities that are derived here, and the value that they become known with.
MADE_OF = {"onehot": "x", "likely": "y", "product": "a", "rowsum": "a", JOINT: "x"}


@dataclass(frozen=True, eq=False)
class Moment:
    """What is shown: one of the two computations (the other stands by for marks that fly out of it) at a playhead.

    ``head`` is what may be seen, ``target`` where the step under way leads (the same at rest), ``travel`` the
    progress of its tokens from 0 to 1. ``after`` and ``other_after`` are the networks after one update that follows
    the two runs, where there is one. ``beside`` is a second run of the same computation, compared with the one shown.
    """

    subject: Subject
    trace: Trace
    knowledge: Knowledge
    other: Trace | None
    other_knowledge: Knowledge | None
    head: Playhead
    target: Playhead
    travel: float = 1.0
    of_layer: bool = False
    selected: frozenset[Key] = frozenset()
    hovered: frozenset[Key] = frozenset()
    keyboard: bool = False
    reduced: bool = False
    after: Network | None = None
    other_after: Network | None = None
    beside: Beside | None = None

    def phase(self, head: Playhead) -> int:
        """The sub-step of the computation shown that a position has done last; 0 before the first sample."""
        if head.t == self.subject.start:
            return 0
        return layer_phase(head.phase, len(self.subject.program.phases)) if self.of_layer else head.phase


class Source:
    """The numbers behind blocks, at one moment."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self.subject = moment.subject
        self._chosen = moment.subject.network.chosen

    def sample(self, block: Block) -> int:
        """The absolute sample that a block shows."""
        return self.moment.head.t if block.t is None else block.t

    def side(self, name: str) -> tuple[Trace, Knowledge]:
        """The computation that has a value of this name: the one shown, else the other."""
        m, name = self.moment, MADE_OF.get(name, name)
        foreign = m.other is not None and not _has(m.trace, self._chosen, name) and _has(m.other, self._chosen, name)
        if foreign and m.other is not None and m.other_knowledge is not None:
            return m.other, m.other_knowledge
        return m.trace, m.knowledge

    def is_parameter(self, block: Block) -> bool:
        """Whether a block is a weight matrix, a bias, or the change of one."""
        if block.layer == -1:
            return False
        return self._run_with(block.name.removeprefix(DELTA), self._layer(block)) is not None

    def parameter(self, block: Block) -> Floats:
        """A weight matrix or bias by its name in the equations, or its change: the version of the block's sample."""
        found = self._run_with(block.name.removeprefix(DELTA), self._layer(block))
        assert found is not None
        trace, after = found
        return version(trace, after, self._layer(block), block.name, self.sample(block))

    def _layer(self, block: Block) -> int:
        return self._chosen if block.layer is None else block.layer

    def _run_with(self, name: str, k: int) -> tuple[Trace, Network | None] | None:
        """The computation that a parameter is of: the one shown, else the other."""
        m = self.moment
        if not 0 <= k < len(m.trace.layers):
            return None
        if name in m.trace.layer(k).program.parameters:
            return m.trace, m.after
        if m.other is not None and name in m.other.layer(k).program.parameters:
            return m.other, m.other_after
        return (m.trace, m.after) if name in self.subject.network.layers[k].parameters else None

    def known(self, block: Block) -> bool:
        """May the block be shown yet?"""
        if block.name.startswith(GHOST):
            return self.ghost(block) is not None
        t = self.sample(block)
        way, name = pass_of(block.name)
        if way:
            given = name in self.subject.network.layers[self._layer(block)].parameters
            return given or (1 <= t <= self.subject.steps and self.moment.knowledge.known(name, t, block.layer))
        if self.is_parameter(block):
            return self.moment.knowledge.known(block.name, t, block.layer)
        if not 1 <= t <= self.subject.steps:
            return t == self.subject.start and block.name in self.subject.program.states
        if block.name == TARGET:
            return self.subject.target_values is not None
        _, knowledge = self.side(block.name)
        if block.layer is not None:
            return knowledge.known("x", t) if block.layer < 0 else knowledge.known(block.name, t, block.layer)
        name = MADE_OF.get(block.name, block.name)
        return knowledge.known(name, t)

    def result_known(self, block: Block) -> bool:
        """Is what the activation makes of a block known too?"""
        trace, knowledge = self.side(block.name)
        return knowledge.known(trace.layer(self._chosen).program.handed, self.sample(block))

    def fresh(self, block: Block) -> bool:
        """Is the block computed in the sub-step at hand (the lime "now")?"""
        if block.layer is not None or block.name == TARGET or block.name.startswith(GHOST):
            return False
        t = self.sample(block)
        if self.is_parameter(block):
            return self.moment.knowledge.fresh(block.name, t)
        _, knowledge = self.side(block.name)
        name = MADE_OF.get(block.name, block.name)
        return knowledge.fresh(name, t)

    def numbers(self, block: Block) -> Floats | None:
        """The block's numbers, flat, row by row; None where they are not known."""
        if block.name.startswith(GHOST):
            return self.ghost(block)
        if not self.known(block):
            return None
        if pass_of(block.name)[0]:
            return self._of_pass(block).reshape(-1)
        if self.is_parameter(block):
            return self.parameter(block).reshape(-1)
        trace, _ = self.side(block.name)
        t = self.sample(block)
        if block.name == TARGET:
            return self._target(t, block)
        if block.layer == -1:
            return np.asarray(trace.layer(0).value("x", t)).reshape(-1)
        values = trace.layer(self._chosen if block.layer is None else block.layer)
        if block.name == "product":
            weights = self.parameter(Block(self._input_weights(), (0, 0), t=t))
            assert block.row is not None
            return np.asarray(weights[block.row] * values.value("x", t))
        if block.name == "rowsum":
            return np.asarray(values.value("a", t))
        if block.name == "onehot":
            return np.asarray(values.value("x", t))
        if block.name == JOINT:
            before = values.value(f"{values.program.states[0]}_prev", t)
            return np.concatenate([np.asarray(values.value("x", t)), np.asarray(before)])
        if block.name == "likely":
            return np.asarray(softmax(values.value("y", t)))
        return np.asarray(values.value(block.name, t)).reshape(-1)

    def ghost(self, block: Block) -> Floats | None:
        """The numbers of a block in the second run, under their name there or with `GHOST` before it.

        None where those of the run shown are not known, and where the two are the same to the bit.
        """
        beside, block = self.moment.beside, replace(block, name=block.name.removeprefix(GHOST))
        live = None if beside is None else self.numbers(block)
        if beside is None or live is None:
            return None
        found = self._second.numbers(block)
        if found is None or found.shape != live.shape:
            return None
        return None if np.array_equal(found, live, equal_nan=True) else found

    @cached_property
    def _second(self) -> "Source":
        """The numbers of the second run, as far as those of the run shown are known."""
        beside = self.moment.beside
        return Source(self.moment if beside is None else replace(self.moment, trace=beside.trace, beside=None))

    def _of_pass(self, block: Block) -> Floats:
        """A value or parameter of one pass of a layer that makes two, or what leaves such a layer."""
        (way, name), k, t = pass_of(block.name), self._layer(block), self.sample(block)
        trace = self.moment.trace
        if way == JOINED:
            return np.asarray(trace.outputs[k][t - 1])
        run = trace.layer(k)
        if run.reversed_time != (way == REVERSE) and run.reverse is not None:
            run = run.reverse
        if name in run.program.parameters:
            return np.asarray(trace.network.layers[k].of_direction(way == REVERSE)[name])
        return np.asarray(run.value(name, t))

    def _target(self, t: int, block: Block) -> Floats:
        """The target of sample t; a class number as one-hot."""
        assert self.subject.target_values is not None
        row = self.subject.target_values[t - 1]
        if np.ndim(row):
            return np.asarray(row, dtype=np.float64)
        return np.asarray(np.arange(block.shape[0] * block.shape[1]) == row, dtype=np.float64)

    def _input_weights(self) -> str:
        layer = self.subject.layer.cell.layer
        return layer.W if layer is not None else "W"

    @cached_property
    def later(self) -> Callable[[Key], bool]:
        """Does a mark belong to a sample that is computed after the playhead's?"""
        now, way = latest(self.moment), self.subject.way
        return lambda key: key.t is not None and (key.t - now) * way > 0


def pass_of(name: str) -> tuple[str, str]:
    """(which pass, name) of a block's name: ``reverse.y``; the first is empty where none is named."""
    way, _, rest = name.partition(".")
    return (way, rest) if rest and way in (FORWARD, REVERSE, JOINED) else ("", name)


def latest(moment: Moment) -> int:
    """The sample that is computed last: of the position that may be seen and of the one that a step leads to."""
    way = moment.subject.way
    return max(moment.target.t * way, moment.head.t * way) * way


def _has(trace: Trace, layer: int, name: str) -> bool:
    program = trace.layer(layer).program
    return name == "x" or program.producer(name) is not None or name.removesuffix("_prev") in program.states
