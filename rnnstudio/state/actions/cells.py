"""The cell that was written, in the study."""

from dataclasses import dataclass

from rnnstudio.engine.cells import Cell
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import edited
from rnnstudio.state.model import State
from rnnstudio.state.runs import traces
from rnnstudio.state.written_cell import written_document, written_layer


@dataclass(frozen=True)
class UseCell:
    """The chosen layer computes this cell from now on; values that keep their meaning stay.

    Attributes
    ----------
    cell : Cell
        Of the library or written.
    size : int
        H; of a cell without a state, and with no other size, the number of its outputs.
    outputs : int or None
        O of a cell with outputs of its own.
    bias : bool
        Whether its biases are there: what is written is what is computed.

    Raises
    ------
    InputError
        The study cannot have it: a size is over its limit, or targets and layers around it do not fit.
    """

    cell: Cell
    size: int
    outputs: int | None = None
    bias: bool = True

    def apply(self, state: State) -> State:
        """See the class."""
        document = state.document
        before = document.network.layers[document.network.chosen]
        layer = written_layer(document, self.cell, self.size, self.outputs, self.bias)
        changed = written_document(document, layer)
        if (before.cell, before.size, before.outputs, before.bias) == (
            layer.cell, layer.size, layer.outputs, layer.bias
        ):  # fmt: skip
            return state
        if changed.sequence.steps:
            traces(changed)  # one that cannot run changes nothing
        return edited(state, sentence("Write the cell {title}", title=self.cell.title), changed)
