"""The window in German: what it asks for is there, in every view, with two families of cells."""

import re

import pytest

from rnnstudio.paint import translation
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.ui.commands import COMMANDS
from tests.translations import messages

VIEWS = ("network", "layer", "condensed", "samples", "unrolled", "compact", "cell")
#: Numbers, symbols and formulas, which are the same in every language; and names.
_SAME = re.compile(r"[^A-Za-z]*([A-Za-zα-ω]{1,2}(?![A-Za-z])[^A-Za-z]*)*")
_NAMES = {"RNN Studio", "tanh", "sigmoid", "relu", "Deutsch", "English", "PyTorch", "Keras"}


class _Listening:
    """A translation that notes what it does not know."""

    def __init__(self, texts):
        self.texts, self.missing = texts, set()

    def translate(self, context, source):
        found = self.texts.get(source, "")
        if not found:
            self.missing.add(source)
        return found


def _english(missing):
    """What is not a number, a symbol, a formula, a name, or only the frame of other texts."""
    frames = {text for text in missing if not re.search("[A-Za-z]", re.sub(r"\{[^}]*\}", "", text))}
    words = {text for text in missing - frames - _NAMES if not _SAME.fullmatch(text)}
    return sorted(text for text in words if not re.search(r"[<^=]|_\{", text))


@pytest.fixture
def listening(monkeypatch):
    ears = _Listening(messages("de"))
    yield ears
    translation.speak("en")


@pytest.mark.parametrize("cell", ["simple", "lstm"])
def test_the_pictures_and_what_is_around_them_are_german(cell, make_window, listening):
    window = make_window(size=(1280, 720))
    translation._Language.code, translation._Language.texts = "de", listening
    translation._looked_up.cache_clear()
    window.store.dispatch(SetCell(cell))
    for view in VIEWS:
        window.store.dispatch(SetView(view))
        window.store.dispatch(GoTo(3, 2))
        window.grab()
    assert _english(listening.missing) == []


def test_the_names_of_the_commands_are_german(make_window, listening):
    window = make_window(size=(1280, 720))
    translation._Language.code, translation._Language.texts = "de", listening
    translation._looked_up.cache_clear()
    for command in COMMANDS:
        translation.tr(command.title(window.store.state))
    assert _english(listening.missing) == []
