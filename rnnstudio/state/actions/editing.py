"""Changes of the document: each has a name, under which it is undone."""

from dataclasses import dataclass, replace

from rnnstudio.diagram.subject import VIEW_NAMES
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network
from rnnstudio.sentence import sentence
from rnnstudio.state.derived import cell_word, fitting_view, legal, off_reason, phases
from rnnstudio.state.model import Change, Document, State
from rnnstudio.state.reforming import form, reformed
from rnnstudio.state.structure import with_bias
from rnnstudio.state.written_cell import bound_outputs, resized

#: Entries of the history that are kept.
HISTORY = 200


def edited(state: State, name: str, document: Document, view: str = "") -> State:
    """The state with another document and one more entry in the history, seen in ``view`` where one is named."""
    undo = (*state.undo, Change(name, state.document))[-HISTORY:]
    return settled(replace(state, document=document, undo=undo, redo=()), state.document, view)


def settled(state: State, before: Document, wanted: str = "") -> State:
    """After a change of document: playhead, view and selection are such as the new document has.

    What is on the screen turns into the new picture; ``wanted`` is the view of that, the present one by default.
    """
    session, document = state.session, state.document
    head = legal(session.playhead, document, phases(before), session.direction)
    view = fitting_view(wanted or session.view, document)
    message = session.message
    if view != (wanted or session.view):
        message = sentence(
            "{off_reason} {view_names} is shown.",
            off_reason=off_reason(session.view, document),
            view_names=VIEW_NAMES[view],
        )
    before_cell = fitting_view(session.view_before_cell, document)
    after = state.see(
        playhead=head, came_from=None, progress=1.0, hold_s=0.0, turn=None, view=view, view_before_cell=before_cell,
        message=message, page=0, hovered=None, selection=None, unit=0, focus=session.focus and view == "unrolled",
        edit=None, area=None,
    )  # fmt: skip
    return after if before is document else reformed(replace(state, document=before), after)


def seen(state: State, before: Document) -> State:
    """After a change was taken back or made again: what one looks at stays where only numbers have changed."""
    after = state.see(edit=None) if form(before) == form(state.document) else settled(state, before)
    return after.see(notice="")  # what it said was of the other document


def _with_network(state: State, name: str, network: Network) -> State:
    return edited(state, name, replace(state.document, network=network))


@dataclass(frozen=True)
class ChooseLayer:
    """Another layer is the one that views 2 to 7 show."""

    index: int

    def apply(self, state: State) -> State:
        """See the class."""
        network = state.document.network
        if self.index == network.chosen:
            return state
        return _with_network(
            state, sentence("Choose layer {index}", index=self.index + 1), network.with_chosen(self.index)
        )


@dataclass(frozen=True)
class SetCell:
    """Another cell of the library for the chosen layer; what keeps its meaning keeps its values (MODEL §1, 3)."""

    cell: str

    def apply(self, state: State) -> State:
        """See the class."""
        document, k = state.document, state.document.network.chosen
        cell = library_cell(self.cell)
        if cell.name == document.network.layers[k].cell.name:
            return state
        network = document.network.with_cell(k, cell, document.seed)
        bound = bound_outputs(document)
        if bound is not None and network.outputs != bound:  # the targets stay: a readout hands out what they are of
            layer = network.layers[k]
            network = network.with_layer(k, resized(layer, layer.inputs, layer.size, bound, document.seed))
        preset = document.presets.get(cell.name, {})
        known = network.layers[k].parameters
        fitting = {
            name: values for name, values in preset.items() if name in known and known[name].shape == values.shape
        }
        if fitting:
            network = network.with_parameters(k, fitting)
        states = network.layers[k].program.states
        first = {
            layer: {name: vector for name, vector in vectors.items() if layer != k or name in states}
            for layer, vectors in document.first.items()
        }
        changed = replace(
            document, network=network, first={layer: vectors for layer, vectors in first.items() if vectors}
        )
        return edited(state, sentence("Change the cell to {cell_word}", cell_word=cell_word(cell)), changed)


@dataclass(frozen=True)
class SetActivation:
    """Another activation of the chosen layer."""

    function: str

    def apply(self, state: State) -> State:
        """See the class."""
        network = state.document.network
        if network.layers[network.chosen].activation == self.function:
            return state
        name = sentence("Change the activation to {function}", function=self.function)
        return _with_network(state, name, network.with_activation(network.chosen, self.function))


@dataclass(frozen=True)
class SetBias:
    """Biases of the chosen layer, drawn from the study's seed, or none."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        network = state.document.network
        if network.layers[network.chosen].bias == self.on:
            return state
        return edited(state, "Add the bias" if self.on else "Remove the bias", with_bias(state.document, self.on))


_SHOW = "Show sequence"


@dataclass(frozen=True)
class ShowSequence:
    """Of several sequences, number ``index`` (from 0) is the one that is shown; a row of such changes is one."""

    index: int

    def apply(self, state: State) -> State:
        """See the class."""
        document, sequence = state.document, state.document.sequence
        if not 0 <= self.index < (sequence.sequences or 1) or self.index == sequence.shown:
            return state
        changed, name = replace(document, sequence=sequence.showing(self.index)), f"{_SHOW} {self.index + 1}"
        if state.undo and state.undo[-1].name.startswith(_SHOW) and not state.redo:
            joined = (*state.undo[:-1], Change(name, state.undo[-1].document))
            return settled(replace(state, document=changed, undo=joined), document)
        return edited(state, name, changed)


@dataclass(frozen=True)
class Undo:
    """Take the last change of the document back; while updates are made, that is what they have made."""

    def apply(self, state: State) -> State:
        """See the class."""
        if state.session.run is not None and state.session.run.live:
            from rnnstudio.state.actions.training import committed

            state = committed(state)
        if not state.undo:
            return state
        last = state.undo[-1]
        there = Change(last.name, state.document, last.updates)
        back = replace(state, document=last.document, undo=state.undo[:-1], redo=(*state.redo, there))
        return seen(back, state.document)


@dataclass(frozen=True)
class Redo:
    """Make the change again that was taken back."""

    def apply(self, state: State) -> State:
        """See the class."""
        if not state.redo:
            return state
        next_one = state.redo[-1]
        here = Change(next_one.name, state.document, next_one.updates)
        forth = replace(state, document=next_one.document, redo=state.redo[:-1], undo=(*state.undo, here))
        return seen(forth, state.document)
