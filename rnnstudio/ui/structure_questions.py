"""What the Structure panel lets one choose from a list: the cell, its activation, the direction."""

from rnnstudio.engine.cells import Cell, library_cell
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.structure import SetActivationNumber, SetReading
from rnnstudio.state.derived import cell_word
from rnnstudio.state.model import State
from rnnstudio.state.structure import chosen_layer, functions
from rnnstudio.ui.choosers import Question
from rnnstudio.ui.rows.model import taught_cells

CELL, ACTIVATION, DIRECTION = "cell", "activation", "direction"
_READS = {"forward": "forward", "reverse": "in reverse", "both": "both ways"}
_WAYS = tuple(_READS)
#: A longer title is its first word.
MOST_LETTERS = 17


def _cell_at(state: State) -> int:
    """Which cell of the library it is; −1 for one that was written."""
    name, cells = chosen_layer(state.document).cell.name, taught_cells()
    return cells.index(name) if name in cells else -1


def _cell(state: State, k: int) -> Cell:
    return chosen_layer(state.document).cell if k < 0 else library_cell(taught_cells()[k])


def _cell_words(state: State, k: int) -> str:
    cell = _cell(state, k)
    return cell.title if len(cell.title) <= MOST_LETTERS else cell_word(cell)


def _function_at(state: State) -> int:
    offered, chosen = functions(state.document), chosen_layer(state.document).program.activation
    return offered.index(chosen) if chosen in offered else 0


def _function_words(state: State, k: int) -> str:
    offered = functions(state.document)
    return offered[k] if k < len(offered) else ""


QUESTIONS = {
    CELL: Question(
        "Cell", lambda s: len(taught_cells()), _cell_at, _cell_words, lambda s, k: _cell(s, k).title,
        lambda k: SetCell(taught_cells()[k]),
    ),
    ACTIVATION: Question(
        "Activation", lambda s: len(functions(s.document)), _function_at, _function_words, _function_words,
        SetActivationNumber,
    ),
    DIRECTION: Question(
        "Reads the sequence", lambda s: len(_WAYS), lambda s: _WAYS.index(chosen_layer(s.document).direction),
        lambda s, k: _READS[_WAYS[k]], lambda s, k: _READS[_WAYS[k]].capitalize(), lambda k: SetReading(_WAYS[k]),
    ),
}  # fmt: skip
