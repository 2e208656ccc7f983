"""The rows without a menu: selection and focus by keys."""

from rnnstudio.state.actions import viewing
from rnnstudio.state.model import State
from rnnstudio.ui.command import Command


def _can_escape(state: State) -> bool:
    s = state.session
    said = s.message or s.notice
    asked = s.question is not None
    out = asked or s.presenting or s.blank or s.area or s.focus or s.view == "cell" or s.desk.cleared != s.desk
    return bool(said or out or s.selection is not None)


def rows() -> tuple[Command, ...]:
    """Selection, focus, the way out."""
    return (
        Command("select_next", "Next item", viewing.MoveSelection(1, "all"), ("Tab",), "", "Selection: next item",
                local=True),
        Command("select_up", "Selection up", "select:up", ("Up",), "", "Selection: move the selection"),
        Command("select_down", "Selection down", "select:down", ("Down",), "", "Selection: move the selection"),
        Command("select_before", "Selection one sample back", viewing.SelectInTime(-1), ("Alt+Left",), "",
                "Selection: selection in time"),
        Command("select_after", "Selection one sample on", viewing.SelectInTime(1), ("Alt+Right",), "",
                "Selection: selection in time"),
        Command("region", "Next part of the window", "next_region", ("F6",), "", "Selection: next part of the window"),
        Command("escape", "Back out", viewing.Escape(), ("Esc",), "", "Selection: back out", _can_escape),
    )  # fmt: skip
