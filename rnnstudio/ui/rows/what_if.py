"""The rows of the menu Model, What if."""

from rnnstudio.state.actions.what_if import ClampNumber, ClearWhatIf, ShowWhatIf, ToggleWhatIf
from rnnstudio.state.model import State
from rnnstudio.state.notation import said
from rnnstudio.state.what_if import CUT, FREEZE, SILENCE, clamps, on, what_if_of, why_off
from rnnstudio.ui.command import Command

MENU = "Model/What if"
#: Ways to hold a gate that the menu has rows for.
MOST_CLAMPS = 12
_WORDS = {
    CUT: "Cut U: the recurrent weights are 0",
    FREEZE: "Freeze the state after this sample",
    SILENCE: "Silence the input of this sample",
}


def _clamp_words(state: State, k: int) -> str:
    ways = clamps(state.document)
    return ways[k][2].capitalize() if k < len(ways) else str(k + 1)


def _clamped(state: State, k: int) -> bool:
    now, ways = what_if_of(state), clamps(state.document)
    return k < len(ways) and (now.gate, now.level) == ways[k][:2]


def rows() -> tuple[Command, ...]:
    """The bar, its toggles, every gate at 0 and at 1, and back to the run as it is."""
    bar = Command("what_if", "Show the toggles", ShowWhatIf(), (), MENU, checked=lambda s: s.session.what_if_bar)
    toggles = tuple(
        Command(f"what_if_{name}", lambda s, words=words: said(s, words), ToggleWhatIf(name), (), MENU,  # type: ignore[misc]
                enabled=lambda s, name=name: not why_off(name, s.document),  # type: ignore[misc]
                checked=lambda s, name=name: on(what_if_of(s), name), gap=name == CUT)  # type: ignore[misc]
        for name, words in _WORDS.items()
    )  # fmt: skip
    held = tuple(
        Command(f"what_if_clamp_{k}", lambda s, k=k: _clamp_words(s, k), ClampNumber(k), (),  # type: ignore[misc]
                f"{MENU}/Clamp a gate", visible=lambda s, k=k: k < len(clamps(s.document)),  # type: ignore[misc]
                checked=lambda s, k=k: _clamped(s, k))  # type: ignore[misc]
        for k in range(MOST_CLAMPS)
    )  # fmt: skip
    clear = Command("what_if_clear", "Clear: the run as it is", ClearWhatIf(), (), MENU,
                    enabled=lambda s: s.session.what_if_bar or s.session.what_if.on, gap=True)  # fmt: skip
    return (bar, *toggles, *held, clear)
