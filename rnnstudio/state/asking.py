"""What a thing of the picture is: its name, its symbol, sentences, the formula that computes it, where to read on."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.diagram.formula import Inspection, Page
from rnnstudio.diagram.inspect import named
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.meanings import MEANINGS, Reading, kind_of
from rnnstudio.diagram.subject import LAYER_VIEWS
from rnnstudio.state.derived import layout, shown_view, subject, trace
from rnnstudio.state.model import State
from rnnstudio.state.picking import thing
from rnnstudio.state.picture import inspected, knowledge, pages


@dataclass(frozen=True, eq=False)
class Answer:
    """What is said of a thing.

    ``formula`` are lines of markup, none where nothing computes it; ``source`` says whose equations they are.
    """

    title: str
    words: str
    symbol: str = ""
    role: str = "text"
    formula: tuple[str, ...] = ()
    source: str = ""
    reading: Reading | None = None


def answer(state: State, key: Key) -> Answer:
    """What a mark of the picture is."""
    of = thing(key, layout(state), state.session.playhead.t)
    said, now = inspected(state, of), knowledge(state)
    name, layer, t = named(of, subject(state), trace(state), now)
    layers = state.document.network.layers
    program = trace(state).layer(layer).program
    words = layer == 0 and state.document.sequence.tokens is not None
    kind = kind_of(of, name, program, recurrent=shown_view(state) not in LAYER_VIEWS and bool(program.states),
                   first=t == now.start, word=words, other=layer != state.document.network.chosen)  # fmt: skip
    meaning = MEANINGS[kind]
    given = kind in ("x", "word", "first", "target", "axis", "node", "product")
    formula = () if given else _formula(state, of, name, said)
    cell = layers[layer].cell
    of_cell = formula and shown_view(state) not in LAYER_VIEWS and name in program.values
    source = f"{cell.title}: {cell.source}" if of_cell and cell.source else cell.title if of_cell else ""
    return Answer(said.name, meaning.words, said.symbol, said.role, formula, source, meaning.reading)


def _formula(state: State, key: Key, name: str, said: Inspection) -> tuple[str, ...]:
    """The equation that the formula bar writes for the thing; none where it has none of its own."""
    whole = key.what in ("cell", "layer", "f")
    asked = key if whole or ":" in key.what or key.layer is not None else key._replace(what=name)
    default, own = pages(state.see(selection=None)), pages(state.see(selection=asked))
    computed = whole or said.note == "computed, read only"
    if not own or (not computed and [page.value for page in own] == [page.value for page in default]):
        return ()
    written = [_lines(page) for page in own if whole or page.value == name] or [_lines(own[0])]
    lines = next((lines for lines in written if any("=" in line for line in lines)), written[0])
    of_units = len(lines) > 2 and key.i is not None and key.i < len(lines)
    return (lines[key.i],) if of_units and key.i is not None else lines


def _lines(page: Page) -> tuple[str, ...]:
    """The formula of a page, line by line, without numbers."""
    return tuple("".join(piece.text for piece in line if piece.kind == "math") for line in page.zones[0].lines)
