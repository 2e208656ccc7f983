"""The rows of the menu Edit for rows, columns and blocks of a matrix."""

from collections.abc import Callable

from rnnstudio.state.actions.matrices import FillArea, IdentityArea, SelectArea, SelectWhole
from rnnstudio.state.areas import Area, fits, words
from rnnstudio.state.model import State
from rnnstudio.state.store import Action
from rnnstudio.ui.command import Command

MENU = "Edit/Weights"


def _there(state: State) -> bool:
    area = state.session.area
    return area is not None and fits(state.document, area)


def _square(state: State) -> bool:
    area = state.session.area
    return area is not None and _there(state) and area.shape[0] == area.shape[1]


def _said(form: str) -> Callable[[State], str]:
    def title(state: State) -> str:
        area = state.session.area
        return form.format(words(state.document, area) if area is not None and _there(state) else "the block")

    return title


def _on(make: Callable[[Area], Action]) -> Callable[[State], Action]:
    def action(state: State) -> Action:
        return SelectArea(None) if state.session.area is None else make(state.session.area)

    return action


def rows() -> tuple[Command, ...]:
    """All of the matrix, copy and paste, zero, identity, and the number for fill, random and scale."""
    return (
        Command("area_whole", "Select the whole matrix", SelectWhole(), ("Ctrl+A",), MENU,
                "Selection: whole matrix, copy, paste", _there),
        Command("area_copy", _said("Copy {}"), "copy_area", ("Ctrl+C",), MENU,
                "Selection: whole matrix, copy, paste", _there, gap=True),
        Command("area_paste", _said("Paste into {}"), "paste_area", ("Ctrl+V",), MENU,
                "Selection: whole matrix, copy, paste", _there),
        Command("area_zero", _said("Set {} to zero"), _on(lambda area: FillArea(area, 0.0)), ("Del",), MENU,
                "Selection: numbers to zero", _there, gap=True),
        Command("area_identity", _said("Set {} to the identity"), _on(IdentityArea), (), MENU, enabled=_square),
        Command("area_number", _said("Fill, draw or scale {}\N{HORIZONTAL ELLIPSIS}"), "area_number", (), MENU,
                enabled=_there),
    )  # fmt: skip
