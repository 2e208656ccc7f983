"""The rows of the menu Model that change the structure: a state, units, inputs, outputs, steps, layers, readout."""

from rnnstudio.sentence import sentence
from rnnstudio.state.actions.structure import (
    MOST_SEED,
    ONE,
    MakeRecurrent,
    NewWeights,
    SetReading,
    SetReadout,
    SetSize,
    ToggleStructure,
)
from rnnstudio.state.model import State
from rnnstudio.state.structure import SIZES, chosen_layer, most_of, size_of, why_fixed, why_no_readout
from rnnstudio.ui.command import Command, Test

MENU = "Model/Size"
_READING = {"forward": "Forward", "reverse": "In reverse", "both": "Both ways"}


def _recurrent(state: State) -> bool:
    return chosen_layer(state.document).recurrent


def _can(what: str, by: int) -> Test:
    def test(state: State) -> bool:
        wanted = size_of(state.document, what) + by
        return not why_fixed(state.document, what) and 1 <= wanted <= most_of(state.document, what)

    return test


def _one(what: str, by: int) -> Command:
    verb = "Add" if by > 0 else "Remove"
    return Command(f"{verb.lower()}_{what}", f"{verb} {ONE[what]}",
                   lambda s: SetSize(what, size_of(s.document, what) + by), (), MENU, enabled=_can(what, by),
                   gap=by > 0)  # fmt: skip


def rows() -> tuple[Command, ...]:
    """A state for a layer without one; one more or one less of everything; readout and direction."""
    panel = Command("structure", "Structure", ToggleStructure(), ("Ctrl+M",), "Model", "Views: structure",
                    checked=lambda s: s.session.structure, gap=True)  # fmt: skip
    recurrent = Command("make_recurrent", "Make it recurrent", MakeRecurrent(), (), "Model",
                        enabled=lambda s: not _recurrent(s))  # fmt: skip
    sizes = tuple(_one(what, by) for what in SIZES for by in (1, -1))
    readout = Command("readout", "Readout", lambda s: SetReadout(not chosen_layer(s.document).readout), (), "Model",
                      enabled=lambda s: not why_no_readout(s.document),
                      checked=lambda s: chosen_layer(s.document).readout)  # fmt: skip
    reading = tuple(
        Command(f"reads_{way}", words, SetReading(way), (), "Model/Reads the sequence", visible=_recurrent,
                checked=lambda s, way=way: chosen_layer(s.document).direction == way,  # type: ignore[misc]
                exclusive=True)
        for way, words in _READING.items()
    )  # fmt: skip
    weights = (
        Command("draw_again", lambda s: sentence("Draw the weights again, seed {seed}", seed=s.document.seed),
                lambda s: NewWeights(s.document.seed), (), "Model", gap=True),
        Command("next_seed", lambda s: sentence("New weights from a new seed, {seed}", seed=s.document.seed + 1),
                NewWeights(), (),
                "Model", enabled=lambda s: s.document.seed < MOST_SEED),
        Command("seed_weights", "Weights from a seed\N{HORIZONTAL ELLIPSIS}", "go_to:seed", (), "Model"),
    )  # fmt: skip
    return (panel, recurrent, *sizes, readout, *reading, *weights)
