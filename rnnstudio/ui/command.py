"""One row of the command table: its words, its keys, its place, what it does and when it can."""

from collections.abc import Callable
from dataclasses import dataclass

from rnnstudio.state.model import State
from rnnstudio.state.store import Action

Test = Callable[[State], bool]


def _always(_: State) -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """One row: what it is called, its keys, where it stands, what it does and when it can.

    ``action`` is an action, or makes one of the state, or is the name of a method of the window. ``menu`` is the path
    of the menu ("" for none), ``sheet`` the group and the row of the key sheet ("Stepping: next"). ``local`` keys are
    handled by the panel that has the focus, not by the window. A command that is ``checked`` changes nothing.
    """

    id: str
    words: str | Callable[[State], str]
    action: Action | Callable[[State], Action] | str
    keys: tuple[str, ...] = ()
    menu: str = ""
    sheet: str = ""
    enabled: Test = _always
    visible: Test = _always
    checked: Test | None = None
    exclusive: bool = False
    local: bool = False
    gap: bool = False  # a line above it in the menu

    def title(self, state: State) -> str:
        """The words of the menu row."""
        return self.words if isinstance(self.words, str) else self.words(state)


def live(state: State) -> bool:
    """Whether updates are being made."""
    return state.session.run is not None and state.session.run.live
