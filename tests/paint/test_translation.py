"""Texts in another language: looked up by their English, filled in again, complete."""

import copy
import pickle
import string

import pytest
from PySide6.QtCore import QTranslator

from rnnstudio.engine.limits import InputError
from rnnstudio.paint import translation
from rnnstudio.paint.fonts import text_width
from rnnstudio.paint.translation import LANGUAGES, Verbatim, speak, tr
from rnnstudio.sentence import sentence
from tests.translations import asked_for, file_of, messages, of_lessons

OTHERS = [code for code in LANGUAGES if code != "en"]


@pytest.fixture
def german():
    speak("de")
    yield
    speak("en")


def test_a_sentence_is_its_english_and_remembers_what_made_it():
    said = sentence("Stop {stop} of {count}", stop=3, count=9)
    assert said == "Stop 3 of 9" and isinstance(said, str)
    for other in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert (other, other.source, other.arguments) == (said, "Stop {stop} of {count}", {"stop": 3, "count": 9})
    with pytest.raises(KeyError):
        sentence("Stop {stop}", at=3)


def test_texts_are_looked_up_and_filled_in_again(german, monkeypatch):
    known = {"Redo": "Wiederholen", "{what} of {name}": "{name}: {what}"}

    class Known:
        def translate(self, context, source):
            return known.get(source, "")

    monkeypatch.setattr(translation._Language, "texts", Known())
    translation._looked_up.cache_clear()
    assert tr("Redo") == "Wiederholen"
    assert tr(Verbatim("Redo")) == "Redo", "a word of the user's own"
    assert tr("Nobody knows this") == "Nobody knows this"
    assert tr(sentence("{what} of {name}", what=sentence("Redo"), name=Verbatim("Redo"))) == "Redo: Wiederholen"
    assert tr(tr("Redo")) == "Wiederholen"
    assert tr("") == ""


def test_what_is_measured_is_what_is_written(german, qapp):
    german_width = text_width("Redo", 20)
    assert german_width == text_width(Verbatim("Wiederholen"), 20)
    speak("en")
    assert text_width("Redo", 20) < german_width


def test_a_language_that_there_is_not_says_which_there_are(monkeypatch):
    with pytest.raises(InputError, match="en, de"):
        speak("xx")
    monkeypatch.setitem(LANGUAGES, "fr", "Français")
    with pytest.raises(InputError, match="install the program again"):
        speak("fr")
    assert translation.language() == "en"


@pytest.mark.parametrize("code", OTHERS)
def test_the_translation_is_complete(code):
    texts = messages(code)
    assert [source for source in asked_for() if not texts.get(source)] == []
    assert {source: texts.get(source) for source in of_lessons(code)} == of_lessons(code)
    assert set(texts) - {""} == set(texts)


@pytest.mark.parametrize("code", OTHERS)
def test_the_file_that_the_program_reads_is_the_one_that_people_edit(code):
    compiled = QTranslator()
    assert compiled.load(str(file_of(code).with_suffix(".qm")))
    for source, text in messages(code).items():
        assert compiled.translate("rnnstudio", source) == text, source


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_arguments_of_its_source(code):
    def arguments(text):
        return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)

    for source in filter(lambda text: "{" in text, asked_for()):
        if "<" not in source:  # mathematics has braces of its own, and no arguments
            assert arguments(messages(code)[source]) == arguments(source)
