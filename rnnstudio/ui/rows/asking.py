"""The rows of asking a class: they stand in the menu of the lessons."""

from rnnstudio.state.actions import questions
from rnnstudio.state.model import State
from rnnstudio.state.question import GATE, SIGN, VALUE, WEIGHT, WORD, question
from rnnstudio.ui.command import Command, live

MENU = "Lesson/Ask for"
_WORDS = {
    SIGN: "A sign",
    VALUE: "A number",
    GATE: "The gate that is closed most",
    WEIGHT: "The weight that changes most",
    WORD: "The next word",
}


def is_open(state: State) -> bool:
    """Whether the class is asked something."""
    return question(state) is not None


def _is_hidden(state: State) -> bool:
    found = question(state)
    return found is not None and found.hidden


def _ask_words(state: State) -> str:
    return "Reveal the answer" if _is_hidden(state) else "Ask the class"


def _can_ask(state: State) -> bool:
    return bool(state.document.sequence.steps) and not live(state)


def rows() -> tuple[Command, ...]:
    """Ask what suits what is selected, one kind of question, and the way through and out."""
    return (
        Command("ask", _ask_words, questions.AskOrReveal(), ("Q",), "Lesson", "Presenting: ask the class, reveal",
                _can_ask, gap=True),
        *(Command(f"ask_{kind}", words, questions.Ask(kind), (), MENU, enabled=_can_ask)
          for kind, words in _WORDS.items()),
        Command("next_phase", "Next state of the question", questions.NextPhase(), (), "Lesson", enabled=is_open),
        Command("phase_before", "State of the question before", questions.PreviousPhase(), (), "Lesson",
                enabled=is_open),
        Command("leave_question", "Leave the question", questions.LeaveQuestion(), (), "Lesson", enabled=is_open),
    )  # fmt: skip
