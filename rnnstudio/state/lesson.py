"""What a lesson is: pictures with words, in an order; and where in one we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnnstudio.sentence import sentence

if TYPE_CHECKING:
    from rnnstudio.playback.playhead import Playhead
    from rnnstudio.state.model import Document, State
    from rnnstudio.state.store import Action


#: Questions on the last card of a lesson.
CARD_QUESTIONS = 3


@dataclass(frozen=True)
class Trial:
    """Something to try at a stop, and how it is seen that it was done.

    ``sign`` is what has to have changed since the stop began: "view", "step", "unit", "value", "what_if", "cell",
    "selection" or "focus"; ``wanted`` is what it has to have become, empty where any change will do.
    """

    words: str
    sign: str = ""
    wanted: str = ""


@dataclass(frozen=True, eq=False)
class Stop:
    """One picture of a lesson.

    Attributes
    ----------
    title : str
        A few words; the row of the panel.
    text : str
        One to three sentences, as markup: ``**bold**``, ``$mathematics$``.
    actions : tuple of Action
        What makes the picture out of that of the stop before.
    trial : Trial or None
        Something to try.
    notes : str
        For the one who presents.
    caption : str
        One line for a room; empty: the title.
    """

    title: str
    text: str
    actions: tuple[Action, ...] = ()
    trial: Trial | None = None
    notes: str = ""
    caption: str = ""


@dataclass(frozen=True, eq=False)
class Lesson:
    """Stops in their order, the study that they show, and what is to be taken along from them."""

    name: str
    title: str
    about: str
    study: Document
    stops: tuple[Stop, ...]
    summary: tuple[str, ...] = ()

    def place(self, at: int) -> str:
        """Where one is, in words: "Stop 3 of 9", on the last card "Summary"."""
        return sentence("Stop {at} of {count}", at=at + 1, count=len(self.stops)) if at < len(self.stops) else "Summary"

    @property
    def cards(self) -> int:
        """Number of its pictures: the stops, and the card that sums them up."""
        return len(self.stops) + bool(self.summary)


@dataclass(frozen=True, eq=False)
class Tour:
    """A lesson that is being gone through.

    Attributes
    ----------
    lesson : Lesson
        Which.
    at : int
        The stop, from 0; after the last of them the card that sums up.
    before : State
        What was open when it began: it comes back when it is left.
    began : Document
        The document that the stop began with.
    until : Playhead or None
        Where the stop's playback comes to rest; None where none is under way.
    own : bool
        Whether it is the lesson that the study before it carries.
    themes : tuple of str or None
        One's own theme, and the one that the stop has put in its place; None where it has put none.
    answers : tuple of int
        Of each question of the last card the option that was chosen, −1 for none.
    """

    lesson: Lesson
    at: int
    before: State
    began: Document
    until: Playhead | None = None
    own: bool = False
    themes: tuple[str, str] | None = None
    answers: tuple[int, ...] = (-1,) * CARD_QUESTIONS

    def own_theme(self, theme: str) -> str:
        """The theme of the one who looks, where `theme` is on the screen."""
        return self.themes[0] if self.themes is not None and self.themes[1] == theme else theme


def before_lesson(state: State) -> State:
    """What is open apart from a lesson: during one, what comes back when it is left."""
    tour = state.session.tour
    return state if tour is None else tour.before


def at_home(state: State) -> State:
    """The state whose document is the user's work.

    In a lesson that is the one before it; where nothing is unsaved there, and something was changed at this stop, that
    is worth keeping too.
    """
    before = before_lesson(state)
    untouched = before.document is before.session.saved
    return state if untouched and state.document is not state.session.saved else before
