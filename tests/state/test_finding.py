"""Finding by letters: what fits, how well, and which letters are marked."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.state.finding import fit as fit_of
from rnnstudio.state.finding import ranked


def names(wanted, *known):
    return [known[at] for at, _ in ranked(wanted, [(name, "") for name in known])]


def test_a_beginning_comes_before_a_word_before_a_part_before_scattered_letters():
    assert names("tan", "Take a nap", "Standing", "Activation: tanh", "tanh") == [
        "tanh", "Activation: tanh", "Standing", "Take a nap",
    ]  # fmt: skip
    assert names("sta", "Next state", "Restart", "State") == ["State", "Next state", "Restart"]


def test_letters_that_were_looked_for_are_marked():
    assert fit_of("sta", "Next state").letters == (5, 6, 7)
    assert fit_of("gt", "Go to a sample").letters == (0, 3)
    assert fit_of("sample go", "Go to a sample").letters == (0, 1, 8, 9, 10, 11, 12, 13)


def test_every_word_has_to_be_found():
    assert fit_of("cell lstm", "Cell: LSTM") is not None
    assert fit_of("cell gru", "Cell: LSTM") is None
    assert fit_of("training update", "One update", "training").letters == (4, 5, 6, 7, 8, 9)


def test_what_else_a_thing_is_called_is_worth_less_and_marks_nothing():
    found = fit_of("dark", "Next theme", "dark")
    assert found.letters == () and found.worth < fit_of("dark", "Theme: Dark").worth


def test_the_shorter_name_comes_first_and_equals_keep_their_order():
    assert names("cell", "Cell of the library", "Cell") == ["Cell", "Cell of the library"]
    assert names("", "b", "a", "c") == ["b", "a", "c"]


@pytest.mark.parametrize("wanted", ["zz", "tsn", "1"])
def test_what_does_not_fit_is_not_found(wanted):
    assert fit_of(wanted, "Next step") is None


@given(st.text(string.ascii_letters + " İß", max_size=8), st.text(max_size=40), st.text(max_size=10))
def test_marked_letters_are_letters_of_the_name_in_their_order(wanted, name, also):
    found = fit_of(wanted, name, also)
    if found is None:
        return
    assert list(found.letters) == sorted(set(found.letters))
    assert all(0 <= at < len(name) for at in found.letters)
    low = wanted.lower()
    assert all(len(name[at].lower()) != 1 or name[at].lower() in low for at in found.letters)


@given(st.text(string.ascii_lowercase + " ", min_size=2, max_size=30), st.data())
def test_a_word_of_a_name_is_found_in_it(name, data):
    words = name.split()
    if words:
        word = data.draw(st.sampled_from(words))
        assert fit_of(word, name) is not None
