"""The rows of the menu Model: cell, activation, layers, what is shown of them."""

from collections.abc import Callable

from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.sentence import sentence
from rnnstudio.state.actions import editing, viewing
from rnnstudio.state.derived import cell_word
from rnnstudio.state.model import State
from rnnstudio.ui.command import Command, Test

#: The library's cells, from the layer without a state to the one with the most gates.
_TAUGHT = ("dense", "simple", "elman", "jordan", "gru", "gru-v1", "mgu", "lstm", "lstm-peephole", "lstm-coupled")


def _chosen_cell(state: State) -> str:
    return state.document.network.layers[state.document.network.chosen].cell.name


def _offered(function: str) -> Test:
    def test(state: State) -> bool:
        cell = state.document.network.layers[state.document.network.chosen].cell
        return any(function in names for names in cell.activations.values())

    return test


def _activation(state: State) -> str | None:
    return state.document.network.layers[state.document.network.chosen].program.activation


def _layer_words(k: int) -> Callable[[State], str]:
    def words(state: State) -> str:
        layers = state.document.network.layers
        if k >= len(layers):
            return str(k + 1)
        layer = layers[k]
        word, size = cell_word(layer.cell), f"{layer.inputs} \N{RIGHTWARDS ARROW} {layer.width}"
        return sentence("{number}: {cell} {size}", number=k + 1, cell=word, size=size)

    return words


def taught_cells() -> tuple[str, ...]:
    """The library's cells in the order in which they are taught."""
    return tuple(sorted(library_cells(), key=_order))


def _order(cell: str) -> tuple[int, str]:
    """The cells in the order in which they are taught, others after them."""
    return (_TAUGHT.index(cell) if cell in _TAUGHT else len(_TAUGHT), cell)


def rows() -> tuple[Command, ...]:
    """Cell, activation, bias; layer, direction and sequence shown."""
    cells = tuple(
        Command(f"cell_{name}", library_cell(name).title, editing.SetCell(name), (), "Model/Cell",
                checked=lambda s, name=name: _chosen_cell(s) == name, exclusive=True)  # type: ignore[misc]
        for name in taught_cells()
    )  # fmt: skip
    functions = tuple(
        Command(f"activation_{name}", name, editing.SetActivation(name), (), "Model/Activation",
                visible=_offered(name), checked=lambda s, name=name: _activation(s) == name,  # type: ignore[misc]
                exclusive=True)
        for name in ("sigmoid", "tanh", "relu", "identity")
    )  # fmt: skip
    layers = tuple(
        Command(f"layer_{k}", _layer_words(k), editing.ChooseLayer(k), (), "Model/Chosen layer",
                visible=lambda s, k=k: k < len(s.document.network.layers),  # type: ignore[misc]
                checked=lambda s, k=k: s.document.network.chosen == k, exclusive=True)  # type: ignore[misc]
        for k in range(8)
    )  # fmt: skip
    directions = tuple(
        Command(f"direction_{way}", way.capitalize(), viewing.SetDirection(way), (), "Model/Direction shown",
                visible=_reads_both_ways, checked=lambda s, way=way: s.session.direction == way,  # type: ignore[misc]
                exclusive=True)
        for way in ("forward", "reverse")
    )  # fmt: skip
    sequences = (
        Command("next_sequence", "Next sequence", lambda s: editing.ShowSequence(s.document.sequence.shown + 1), (),
                "Model/Sequence shown", enabled=lambda s: s.document.sequence.shown + 1 < _sequences(s),
                visible=lambda s: _sequences(s) > 1),
        Command("sequence_before", "Sequence before", lambda s: editing.ShowSequence(s.document.sequence.shown - 1), (),
                "Model/Sequence shown", enabled=lambda s: s.document.sequence.shown > 0,
                visible=lambda s: _sequences(s) > 1),
    )  # fmt: skip
    bias = Command("bias", "Bias", lambda s: editing.SetBias(not _bias(s)), (), "Model", checked=_bias)
    return (*cells, *functions, bias, *layers, *directions, *sequences)


def _reads_both_ways(state: State) -> bool:
    return state.document.network.layers[state.document.network.chosen].direction == "both"


def _sequences(state: State) -> int:
    return state.document.sequence.sequences or 1


def _bias(state: State) -> bool:
    return state.document.network.layers[state.document.network.chosen].bias
