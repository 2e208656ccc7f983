"""What one prefers, whatever the study: size of the texts, motion, whether unsaved work is kept. Never undone."""

from dataclasses import dataclass

from rnnstudio.state.actions.notation import SetNotation
from rnnstudio.state.actions.stepping import SetSpeed
from rnnstudio.state.actions.viewing import SetDecimals, SetTheme, ToggleReducedMotion
from rnnstudio.state.model import Session, State

#: Factors of the texts of bars, panels and menus.
TEXT_SIZES = (0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5)


@dataclass(frozen=True)
class SetTextSize:
    """Letters of bars, panels and menus so many times as large as they are delivered."""

    factor: float

    def apply(self, state: State) -> State:
        """See the class."""
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - self.factor))
        return state if nearest == state.session.text_size else state.see(text_size=nearest)


@dataclass(frozen=True)
class ChangeTextSize:
    """The next larger letters (+1), or the next smaller ones (−1)."""

    by: int

    def apply(self, state: State) -> State:
        """See the class."""
        at = TEXT_SIZES.index(state.session.text_size) + self.by
        return SetTextSize(TEXT_SIZES[min(max(at, 0), len(TEXT_SIZES) - 1)]).apply(state)


@dataclass(frozen=True)
class SetReducedMotion:
    """Cross-fades instead of motion, or motion."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.on == state.session.reduced_motion else ToggleReducedMotion().apply(state)


@dataclass(frozen=True)
class SetAutosave:
    """Whether work that is not saved yet is kept for a later start."""

    on: bool

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.on == state.session.autosave else state.see(autosave=self.on)


@dataclass(frozen=True)
class SetLanguage:
    """Read in this language, named by its code."""

    code: str

    def apply(self, state: State) -> State:
        """See the class."""
        return state if self.code == state.session.language else state.see(language=self.code)


@dataclass(frozen=True)
class RestorePreferences:
    """Everything that one can prefer as it is delivered."""

    def apply(self, state: State) -> State:
        """See the class."""
        new = Session()
        for action in (
            SetTheme(new.theme), SetTextSize(new.text_size), SetDecimals(new.decimals), SetSpeed(new.speed),
            SetReducedMotion(new.reduced_motion), SetAutosave(new.autosave), SetNotation(new.notation),
        ):  # fmt: skip
            state = action.apply(state)
        return state
