"""A study carries its lesson: pictures, words and the other studies that it shows; what is damaged is refused."""

import hashlib
import json

import msgspec
import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.study import read_study, write_study
from rnnstudio.lessons.authoring import RecordStop, ShowStop, Write
from rnnstudio.lessons.tour import stop_state
from rnnstudio.lessons.wording import SetLessonWords, SetStopWords
from rnnstudio.lessons.written import lesson_of
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.model import Session
from tests.lessons.test_writing import at_rest, seen


def lecture():
    """Three stops, of which the last shows another study than the one that is open at the end."""
    state = Write(title="A lecture — “mine”").apply(opened(bundled_study("tutorial"), Session(view="samples")))
    state = RecordStop().apply(GoTo(3).apply(state))
    state = RecordStop().apply(at_rest(SetCell("lstm").apply(state)))
    state = at_rest(SetView("unrolled").apply(at_rest(ShowStop(0).apply(state))))
    state = RecordStop().apply(GoTo(5, 1).apply(state))
    assert [stop.keys["view"] for stop in state.document.lesson.stops] == ["samples", "unrolled", "samples"]
    state = SetStopWords(1, "notes", "One.\n\nTwo: $<s|s_t>$").apply(state)
    return SetLessonWords("summary", "a\nb").apply(state).document


def test_a_lesson_comes_back_with_the_study_and_no_byte_changes():
    document = lecture()
    data = write_study(document)
    again = read_study(data)
    assert write_study(again) == data
    assert sorted(read_members(data, "x")) == ["arrays.safetensors", "lesson/1.rnnstudio", "study.json"]
    same_words = [stop.words() for stop in again.lesson.stops]
    assert same_words == [stop.words() for stop in document.lesson.stops] and again.lesson.summary == ("a", "b")
    before, after = lesson_of(document.lesson), lesson_of(again.lesson)
    for at in range(len(document.lesson.stops)):
        assert seen(stop_state(after, at, Session())) == seen(stop_state(before, at, Session()))
    further = SetStopWords(0, "text", "More.").apply(opened(again)).document
    assert sorted(read_members(write_study(further), "x")) == sorted(read_members(data, "x"))


def damaged(change, **members):
    """The lecture's file with another form, or other members."""
    found = read_members(write_study(lecture()), "x")
    form = json.loads(found["study.json"])
    change(form["lesson"])
    found["study.json"] = msgspec.json.encode(form)
    found |= {name.replace("_", "/"): data for name, data in members.items()}
    return archive_bytes([(name, data) for name, data in found.items() if data is not None])


def nothing(form):
    pass


def nested(form):
    form["studies"][0] = hashlib.sha256(write_study(lecture())).hexdigest()


@pytest.mark.parametrize(
    ("change", "members", "said"),
    [
        (lambda form: form["stops"][0].update(study=2), {}, "stop 1 of its lesson shows study 2; 0 to 1 are there"),
        (lambda form: form["stops"][0].update(study=-1), {}, "stop 1 of its lesson shows study -1"),
        (lambda form: form["stops"][0].update(title=3), {}, "title"),
        (lambda form: form["stops"][0].update(colour="red"), {}, "colour"),
        (lambda form: form["stops"][0].pop("text"), {}, "text"),
        (lambda form: form["stops"][0].update(text="a" * 20_001), {}, "a text of stop 1 of its lesson has 20,001"),
        (lambda form: form["stops"][0]["keys"].update(lit=[[[[["s"]]]]]), {}, "the keys of stop 1"),
        (lambda form: form["stops"][0]["keys"].update(lit=["s"] * 9000), {}, "the keys of stop 1"),
        (lambda form: form.update(stops=form["stops"] * 99), {}, "297 stops; up to 200 fit"),
        (lambda form: form.update(about="a" * 20_001), {}, "a text of its lesson has 20,001 letters"),
        (lambda form: form["stops"].pop(2), {}, "do not stand in the order"),
        (nothing, {"lesson_1.rnnstudio": None}, "lesson/1.rnnstudio, which its lesson shows, is not in the archive"),
        (nothing, {"lesson_1.rnnstudio": b"no"}, "lesson/1.rnnstudio is not the one that was saved"),
        (nothing, {"lesson_2.rnnstudio": b"no"}, "a study has no member 'lesson/2.rnnstudio'"),
        (nested, {"lesson_1.rnnstudio": write_study(lecture())}, "lesson/1.rnnstudio: it carries a lesson itself"),
    ],
)  # fmt: skip
def test_a_damaged_lesson_is_refused_with_a_sentence(change, members, said):
    with pytest.raises(InputError) as caught:
        read_study(damaged(change, **members), "mine.rnnstudio")
    assert said in str(caught.value) and str(caught.value).startswith("mine.rnnstudio")
    assert "\n" not in str(caught.value)


def test_keys_that_are_none_open_with_the_study_and_are_said_when_the_lesson_is_gone_through():
    document = read_study(damaged(lambda form: form["stops"][1]["keys"].update(camera="near")))
    with pytest.raises(InputError, match="stop 2, key camera"):
        lesson_of(document.lesson)
