"""Changes of the structure: sizes, layers, readout, direction, a state for a layer that has none; other weights."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.resizing import drawn_anew
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import SetActivation, edited, settled
from rnnstudio.state.actions.training import looked_at
from rnnstudio.state.derived import WIDE_THEME
from rnnstudio.state.model import Document, State
from rnnstudio.state.runs import traces
from rnnstudio.state.structure import (
    INPUTS,
    LAYERS,
    OUTPUTS,
    SIZES,
    STEPS,
    UNITS,
    chosen_layer,
    functions,
    size_of,
    with_direction,
    with_readout,
    with_size,
)

#: One of what has a size, with its article.
ONE = {INPUTS: "an input", STEPS: "a step", LAYERS: "a layer", UNITS: "a unit", OUTPUTS: "an output"}
_DIRECTIONS = {
    "forward": "Read the sequence forward", "reverse": "Read the sequence backwards",
    "both": "Read the sequence both ways",
}  # fmt: skip
#: The cell that a layer without a state becomes.
RECURRENT = "simple"
MOST_SEED = 2**63 - 1


def _ran(document: Document) -> Document:
    """A document that can be run: one that cannot changes nothing."""
    if document.sequence.steps:
        traces(document)
    return document


@dataclass(frozen=True)
class SetSize:
    """Another number of inputs, steps, layers, units or outputs.

    Attributes
    ----------
    what : str
        One of `SIZES`.
    count : int
        How many from now on.
    joined : bool
        Whether this goes on with the last change, of the same size: both are one entry of the history, and what was
        there before the first is still there to be kept.

    Raises
    ------
    InputError
        It cannot be chosen, is over its limit, or does not go with the targets.
    """

    what: str
    count: int
    joined: bool = False

    def apply(self, state: State) -> State:
        """See the class."""
        if self.what not in SIZES:
            raise InputError(f"a study has no {self.what!r} to count; {', '.join(SIZES)} are there")
        if self.count == size_of(state.document, self.what):
            return state
        goes_on = self.joined and bool(state.undo) and not state.redo and self._is_mine(state.undo[-1].name)
        before = state.undo[-1].document if goes_on else state.document
        was = size_of(before, self.what)
        if self.count == was:
            return settled(replace(state, document=before, undo=state.undo[:-1]), state.document)
        changed = _ran(with_size(before, self.what, self.count))
        if not goes_on:
            return edited(state, self._name(was), changed)
        undo = (*state.undo[:-1], replace(state.undo[-1], name=self._name(was)))
        return settled(replace(state, document=changed, undo=undo), state.document)

    def _name(self, was: int) -> str:
        if abs(self.count - was) == 1:
            one = ONE[self.what]
            return sentence("Add {one}", one=one) if self.count > was else sentence("Remove {one}", one=one)
        return sentence("Set the {what} to {count:,}", what=self.what, count=self.count)

    def _is_mine(self, name: str) -> bool:
        return name in (f"Add {ONE[self.what]}", f"Remove {ONE[self.what]}") or name.startswith(f"Set the {self.what} ")


@dataclass(frozen=True)
class SetReadout:
    """A readout y = V·h + b_y of the chosen layer, or none."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        layer = chosen_layer(state.document)
        if layer.readout == self.on:
            return state
        return edited(state, "Add the readout" if self.on else "Remove the readout",
                      _ran(with_readout(state.document, self.on)))  # fmt: skip


@dataclass(frozen=True)
class SetReading:
    """The chosen layer reads the sequence forward, in reverse, or both ways."""

    direction: str

    def apply(self, state: State) -> State:
        """See the class."""
        if chosen_layer(state.document).direction == self.direction:
            return state
        changed = _ran(with_direction(state.document, self.direction))
        return edited(state, _DIRECTIONS.get(self.direction, ""), changed)


@dataclass(frozen=True)
class SetActivationNumber:
    """Activation number ``number`` (from 0) of those that the chosen layer's cell leaves open."""

    number: int

    def apply(self, state: State) -> State:
        """See the class."""
        offered = functions(state.document)
        return SetActivation(offered[self.number]).apply(state) if self.number < len(offered) else state


@dataclass(frozen=True)
class ToggleStructure:
    """The Structure panel in place of the inspector, or that again."""

    def apply(self, state: State) -> State:
        """See the class."""
        on = not (state.session.structure and state.session.inspector)
        wide = state.session.theme == WIDE_THEME
        return state.see(structure=on, inspector=on or not wide, over=on)


@dataclass(frozen=True)
class MakeRecurrent:
    """The chosen layer, which has no state, gets one and the weights U on it (MODEL §1, 3); Unrolled shows it."""

    def apply(self, state: State) -> State:
        """See the class."""
        document, k = state.document, state.document.network.chosen
        before = document.network.layers[k]
        if before.recurrent:
            return state
        network = document.network.with_cell(k, library_cell(RECURRENT), document.seed)
        after = edited(state, "Make it recurrent", _ran(replace(document, network=network)), view="unrolled")
        function = network.layers[k].activation
        if before.choice == function:
            return after
        said = sentence(
            "The cell {title} has no {choice}; {function} stands in its place.",
            title=network.layers[k].cell.title,
            choice=before.choice,
            function=function,
        )
        return after.see(notice=said)


@dataclass(frozen=True)
class NewWeights:
    """All weights drawn anew: from the study's seed, from another one, or (None) from the next one."""

    seed: int | None = None

    def apply(self, state: State) -> State:
        """See the class."""
        document = state.document
        seed = document.seed + 1 if self.seed is None else self.seed
        if not 0 <= seed <= MOST_SEED:
            raise InputError(f"the seed {seed}: a whole number from 0 to {MOST_SEED:,} is wanted")
        network = drawn_anew(document.network, seed)
        if seed == document.seed and _same(document, replace(document, network=network)):
            return state
        said = document.about.replace(f"drawn with seed {document.seed}.", f"drawn with seed {seed}.")
        changed = replace(document, network=network, seed=seed, about=said)
        after = looked_at(state, sentence("Draw new weights from seed {seed}", seed=seed), _ran(changed))
        return after.see(notice=sentence("New weights were drawn from seed {seed}.", seed=seed))


def _same(a: Document, b: Document) -> bool:
    return all(
        p.parameters[name].tobytes() == q.parameters[name].tobytes()
        for p, q in zip(a.network.layers, b.network.layers, strict=True) for name in p.shapes
    )  # fmt: skip
