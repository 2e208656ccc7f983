"""Every stop of every lesson: the same picture whichever way one comes to it, and all back when one leaves."""

import random
import re

import numpy as np
import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.lessons.reading import parse_lesson
from rnnstudio.lessons.shelf import SHELF, about, shelf_lesson
from rnnstudio.lessons.texts import in_other_words
from rnnstudio.lessons.tour import (
    GoToStop,
    LeaveLesson,
    NextStop,
    PreviousStop,
    Retell,
    StartLesson,
    stop_state,
)
from rnnstudio.lessons.tried import tried
from rnnstudio.lessons.words import plain
from rnnstudio.resources import resource
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import StepForward, Tick
from rnnstudio.state.actions.values import SetValue
from rnnstudio.state.actions.viewing import Resize, SetDecimals, SetTheme, SetUnit, SetView
from rnnstudio.state.derived import layout, moving, trace
from rnnstudio.state.model import INSTANT, Session
from rnnstudio.state.picture import pages, scene
from rnnstudio.state.places import Place, place_of_mark

FILE = '''kind = "lesson"
title = "Own"
about = "Two stops."
study = "tutorial"

[[stop]]
title = "First"
text = "One."
view = "unrolled"
at = 0

[[stop]]
title = "Second"
text = "Two."
at = [1, 2]
lit = ["s t"]
'''


def settled(state):
    for _ in range(4000):
        if not moving(state):
            return state
        state = Tick(0.05).apply(state)
    raise AssertionError("it never comes to rest")


def picture(state):
    """Everything that is seen of a state."""
    made = scene(state)
    return (
        made.layout.view, made.layout.title, made.caption, made.tile_text, made.label_text, made.tile_level.tolist(),
        made.plate_level.tolist(), made.wire_level.tolist(), made.label_level.tolist(), sorted(made.selected, key=str),
        made.layout.tiles.rect.tolist(), [page.title for page in pages(state)] if hasattr(pages(state)[0], "title")
        else repr(pages(state)),
    )  # fmt: skip


def begun(name, **session):
    return StartLesson(shelf_lesson(name, bundled_study)).apply(opened(bundled_study("echo"), Session(**session)))


@pytest.mark.parametrize("name", SHELF)
@pytest.mark.parametrize("session", [{}, {"reduced_motion": True}, {"speed": INSTANT}, {"theme": "projector"}], ids=str)
def test_forward_back_and_jump_give_the_same_picture(name, session):
    state = begun(name, **session)
    cards = state.session.tour.lesson.cards
    forward = [picture(state)]
    for at in range(1, cards):
        state = settled(NextStop().apply(state))
        assert state.session.tour.at == at
        forward.append(picture(state))
    assert settled(NextStop().apply(state)).session.tour.at == cards - 1
    for at in reversed(range(cards - 1)):
        state = settled(PreviousStop().apply(state))
        assert picture(state) == forward[at], at
    order = list(range(cards))
    random.Random(3).shuffle(order)
    for at in order:
        state = settled(GoToStop(at).apply(state))
        assert picture(state) == forward[at], at
        assert picture(stop_state(state.session.tour.lesson, at, state.session)) == forward[at]


@pytest.mark.parametrize("name", SHELF)
def test_what_was_tried_does_not_change_the_stops_that_follow(name):
    state = begun(name)
    for at in range(1, state.session.tour.lesson.cards):
        for action in (StepForward(), SetView("network"), SetCell("gru"), StepForward()):
            state = settled(action.apply(state))
        state = settled(NextStop().apply(state))
        assert picture(state) == picture(stop_state(state.session.tour.lesson, at, state.session))


def test_leaving_gives_back_what_was_open():
    before = SetCell("lstm").apply(opened(bundled_study("echo"), Session(view="samples")))
    state = StartLesson(shelf_lesson("from-a-layer", bundled_study), 3).apply(before)
    state = SetTheme("dark").apply(settled(NextStop().apply(SetCell("gru").apply(state))))
    left = LeaveLesson().apply(state)
    assert left.document is before.document and left.undo is before.undo
    assert left.session.theme == "dark" and left.session.tour is None and not left.session.spotlight
    assert (left.session.view, left.session.playhead) == (before.session.view, before.session.playhead)
    assert LeaveLesson().apply(left) is left


def test_another_lesson_in_a_lesson_still_gives_back_the_first_document():
    before = opened(bundled_study("words"))
    lesson = shelf_lesson("from-a-layer", bundled_study)
    state = StartLesson(lesson, 2).apply(StartLesson(lesson).apply(before))
    assert LeaveLesson().apply(state).document is before.document


def test_the_next_stop_waits_for_what_moves():
    state = NextStop().apply(begun("from-a-layer"))
    assert state.session.tour.at == 1 and moving(state)
    finished = NextStop().apply(state)
    assert finished.session.tour.at == 1 and not moving(finished)
    assert picture(finished) == picture(settled(state))
    assert NextStop().apply(finished).session.tour.at == 2


def test_where_only_time_moves_on_the_stop_is_played_to_its_own_place():
    lesson = parse_lesson(FILE, "own", bundled_study)
    state = StartLesson(lesson).apply(opened(bundled_study("words")))
    state = NextStop().apply(state)
    assert state.session.playing and state.session.progress == 0
    seen = set()
    while moving(state):
        seen.add((state.session.playhead.t, state.session.playhead.phase))
        state = Tick(0.1).apply(state)
    assert seen == {(1, 1), (1, 2)}
    assert picture(state) == picture(stop_state(lesson, 1, state.session))
    assert not Tick(5.0).apply(state).session.playing


def test_only_what_is_pointed_at_keeps_its_colour():
    lesson = parse_lesson(FILE, "own", bundled_study)
    made = scene(stop_state(lesson, 1, Session()))
    levels = {key: level for key, level in zip(made.layout.tiles.keys, made.tile_level, strict=True)}
    assert {level for key, level in levels.items() if key.what == "s" and key.t == 1} == {1.0}
    assert all(level <= 0.35 for key, level in levels.items() if key.what in ("x", "y", "W"))


def test_what_was_tried_is_seen():
    state = settled(GoToStop(2).apply(begun("from-a-layer")))
    assert not tried(state)
    assert tried(SetValue(Place("x", "x", (0, 0)), 0.9).apply(state))
    state = settled(GoToStop(1).apply(state))
    assert not tried(state) and tried(SetUnit(1).apply(state))
    state = settled(GoToStop(8).apply(state))
    assert not tried(SetView("network").apply(state)) and tried(SetView("unrolled").apply(state))


@pytest.mark.parametrize("name", SHELF)
def test_the_shelf_says_what_the_files_say(name):
    lesson = shelf_lesson(name, bundled_study)
    assert lesson.title == SHELF[name]
    assert about(name) == (lesson.about, len(lesson.stops))
    assert lesson.summary and all(stop.notes for stop in lesson.stops)


def changed(old, new):
    assert old in FILE
    return FILE.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = ", "this is not TOML"),
        (changed('kind = "lesson"', 'kind = "cell"'), 'kind = "lesson"'),
        (changed('title = "Own"', "title = 3"), "line 2, key title: a text is wanted, got 3"),
        (changed('study = "tutorial"', 'study = "nowhere"'), "line 4, key study: there is no bundled study 'nowhere'"),
        (changed('text = "One."\n', ""), "stop 1, key text: it is missing"),
        (changed("at = 0", "at = -1"), "line 10, stop 1, key at: a sample such as 3"),
        (changed('view = "unrolled"', 'view = "round"'), "line 9, stop 1, key view: one of network, layer"),
        (changed("lit =", "glow ="), "line 16, stop 2, key glow: not known"),
        (changed('lit = ["s t"]', 'what_if = ["burn"]'), "line 16, stop 2, key what_if: 'burn' is not known"),
        (changed('lit = ["s t"]', 'give = { of = "q", at = 1, to = 2 }'), "line 12, stop 2: q is no given value"),
        (changed('lit = ["s t"]', 'give = { of = "x", at = [99, 1], to = 2 }'), "line 12, stop 2: "),
        (changed('lit = ["s t"]', "layer = 9"), "line 12, stop 2: "),
        (changed('lit = ["s t"]', 'try = { say = "?", done = "luck" }'), "line 16, stop 2, key try: done may be"),
        (FILE.split("[[stop]]", maxsplit=1)[0], "from 1 to 200 tables [[stop]]"),
        (changed('text = "One."', f'text = "{"a" * 700}"'), "at most 600 letters"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_key(text, said):
    with pytest.raises(InputError) as caught:
        parse_lesson(text, "own", bundled_study)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_the_lesson_on_memory_says_what_is_so():
    lesson = shelf_lesson("what-it-remembers", bundled_study)
    runs = [trace(stop_state(lesson, at, Session())).layers[1] for at in range(7)]
    fifth = [run.value("y", 5) for run in runs]
    assert np.array_equal(fifth[0], fifth[1]) and np.array_equal(fifth[0], fifth[2])
    assert not np.allclose(fifth[3], fifth[4], atol=0.005) and not np.allclose(fifth[3], fifth[5], atol=0.005)
    assert np.allclose(fifth[6], fifth[0], atol=1e-12)  # with U = 0 the cell is the layer
    before = [tuple(runs[0].value("y", t)) for t in range(1, 5)]
    shuffled = [tuple(runs[2].value("y", t)) for t in range(1, 5)]
    assert before != shuffled and sorted(before) == sorted(shuffled)


def test_the_lesson_on_words_says_what_is_so():
    lesson = shelf_lesson("words", bundled_study)
    vocabulary = lesson.study.sequence.vocabulary

    def verb(at, t=6):
        return vocabulary[int(np.argmax(trace(stop_state(lesson, at, Session())).layers[0].value("y", t)))]

    assert (verb(2), verb(3)) == ("sleeps", "sleep")
    layer = trace(stop_state(lesson, 4, Session())).layers[0]
    tokens = lesson.study.sequence.tokens
    dogs = [t for t in range(1, len(tokens) + 1) if vocabulary[tokens[t - 1]] == "dogs"]
    assert len(dogs) > 3 and len({layer.value(layer.program.handed, t).tobytes() for t in dogs}) == 1


@pytest.mark.parametrize("name", SHELF)
def test_what_is_to_be_changed_is_in_the_picture(name):
    lesson = shelf_lesson(name, bundled_study)
    for at, stop in enumerate(lesson.stops):
        if stop.trial is not None and stop.trial.sign == "value" and "Edit, Undo" not in stop.trial.words:
            state = StartLesson(lesson, at).apply(opened(bundled_study("echo")))
            there = layout(state)
            keys = (*there.tiles.keys, *there.edges.keys, *there.labels.keys, *there.plates.keys)
            places = [place_of_mark(state, there, key) for key in keys]
            switch = state.session.view in ("samples", "unrolled")  # of the weights, above the picture
            assert switch or any(isinstance(place, Place) for place in places), (name, at)


def test_a_window_of_another_size_has_tried_nothing():
    state = settled(GoToStop(2).apply(begun("from-a-layer")))
    for action in (Resize(900, 500), SetTheme("dark"), SetDecimals(3)):
        state = action.apply(state)
        assert not tried(state)


def test_a_panel_that_a_stop_has_opened_goes_with_it():
    state = begun("what-it-remembers")
    panel = (state.session.inspector, state.session.over)
    cards = state.session.tour.lesson.cards
    seen = set()
    for at in (*range(cards), 2):
        state = settled(GoToStop(at).apply(state))
        seen.add(state.session.training)
        assert state.session.training or (state.session.inspector, state.session.over) == panel
    assert seen == {False, True}


def test_words_are_read_aloud_without_their_marks():
    assert plain("**Two** of $<s|s_{t-1}> = \\tanh(<a|a>)$") == "Two of s_t-1 = tanh(a)"


# ------------------------------------------------------------------ in other languages


@pytest.mark.parametrize("name", SHELF)
def test_in_german_it_has_the_same_pictures_and_mathematics(name):
    english, german = shelf_lesson(name, bundled_study), shelf_lesson(name, bundled_study, "de")
    assert german.study is english.study and len(german.summary) == len(english.summary)
    for at in range(english.cards):
        state = settled(GoToStop(at).apply(StartLesson(english).apply(opened(bundled_study("echo")))))
        other = settled(GoToStop(at).apply(StartLesson(german).apply(opened(bundled_study("echo")))))
        assert picture(other) == picture(state), at
        assert other.session.spotlight == state.session.spotlight
    pairs = [(english.title, german.title), *zip(english.summary, german.summary, strict=True)]
    for a, b in zip(english.stops, german.stops, strict=True):
        assert a.actions is b.actions
        assert (a.trial is None) == (b.trial is None)
        pairs += [(a.text, b.text), (a.caption, b.caption), (a.trial.words, b.trial.words) if a.trial else ("", "")]
        assert a.text != b.text and a.caption != b.caption and a.notes != b.notes
        assert a.text.count("**") == b.text.count("**"), b.title
    for a, b in pairs:
        assert sorted(re.findall(r"\$[^$]+\$", b)) == sorted(re.findall(r"\$[^$]+\$", a)), b


def test_a_lesson_without_texts_in_a_language_is_english():
    assert shelf_lesson("lstm", bundled_study, "xx").title == "LSTM"


def test_another_language_in_the_middle_of_a_lesson_keeps_the_picture():
    state = begun("lstm")
    state = settled(NextStop().apply(state))
    told = Retell(shelf_lesson("lstm", bundled_study, "de")).apply(state)
    assert told.session.tour.at == 1 and told.session.tour.lesson.stops[1].title == "Drei Gatter und ein Kandidat"
    assert picture(told) == picture(state)
    assert Retell(shelf_lesson("gru", bundled_study, "de")).apply(state) is state
    back = settled(PreviousStop().apply(NextStop().apply(told)))
    assert picture(back) == picture(state)


TEXTS = resource("lessons", "de", "words.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('kind = "lesson-texts"', 'kind = "lesson"', "the first key has to be kind"),
        ('title = "Ein Satz"', "", "line 27, stop 3, key title: it is missing"),
        ('title = "Ein Satz"', "title = 3", "line 28, stop 3, key title: a text is wanted, got 3"),
        ('title = "Ein Satz"', 'view = "cell"', "line 28, stop 3, key view: not known"),
        ('title = "Ein Satz"', 'title = "Ein Satz"\ntry = "Raten."', "line 29, stop 3, key try: at this stop there"),
        ('about = "', 'about = "" # "', "line 3, key about: a text is wanted"),
        ("[[stop]]\ntitle", "[[stop]]\ntitle = 'a'\n[[stop]]\ntitle", "6 stops have texts, the lesson words has 5"),
        ('caption = "The cat', f'caption = "{"a" * 71}', "key caption: a room reads at most 70"),
    ],
)
def test_what_is_wrong_with_the_texts_of_a_lesson_names_line_and_key(before, after, said):
    assert before in TEXTS
    with pytest.raises(InputError) as caught:
        in_other_words(shelf_lesson("words", bundled_study), TEXTS.replace(before, after, 1), "words.toml")
    assert str(caught.value).startswith("words.toml") and said in str(caught.value)
