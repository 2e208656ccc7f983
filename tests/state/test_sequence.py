"""Changes of a sequence: each is one named entry of the history, undone byte for byte; bad input changes nothing."""

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.tasks import TASKS
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.actions.editing import Undo
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.sequence import ChangeRows, UseSequence
from rnnstudio.state.model import Document, Sequence
from rnnstudio.state.pasted_block import pasted_cells
from rnnstudio.state.runs import traces
from rnnstudio.state.sequence_cells import Paste, PasteNew, SetCell
from rnnstudio.state.sequence_changes import Delete, Insert, Move, Repeat, Reverse, SetInputs, Show, Shuffle
from rnnstudio.state.sequence_generators import embedded, generated, options
from rnnstudio.state.sequence_rows import draft_of
from rnnstudio.state.sequence_table import CLASS, TOKEN, WANTED, Column, X, columns, labels, shown_text, written_text
from rnnstudio.state.sequence_targets import FOLLOWING, NONE, OWN, SetTargets, kind_of_targets
from rnnstudio.state.sequence_use import what_changes, with_sequence
from rnnstudio.state.sequence_work import MOST, Work
from rnnstudio.state.store import Store


def text(words=("a", "b", "c", "a", "d"), targets=True):
    vocabulary = tuple(dict.fromkeys(words))
    tokens = np.array([vocabulary.index(word) for word in words])
    if not targets:
        return Sequence(tokens=tokens, vocabulary=vocabulary)
    return Sequence(tokens=tokens[:-1], vocabulary=vocabulary, targets=tokens[1:])


def numbers(steps=4, inputs=2):
    return Sequence(x=np.arange(steps * inputs, dtype=np.float64).reshape(steps, inputs))


def batch():
    x = np.arange(24, dtype=np.float64).reshape(4, 3, 2)
    return Sequence(batch=x, lengths=np.array([4, 2, 3]), batch_targets=x[..., :1].copy(), shown=1)


def rows(draft):
    return draft.rows.tolist()


CHANGES = [
    (Insert(2), "Insert step 3", [0, 1, None, 2, 3]),
    (Insert(0, 2), "Insert steps 1 to 2", [None, None, 0, 1, 2, 3]),
    (Insert(4), "Insert step 5", [0, 1, 2, 3, None]),
    (Delete(1, 2), "Delete steps 2 to 3", [0, 3]),
    (Move(0, 1, 2), "Move steps 1 to 2 to 3", [2, 3, 0, 1]),
    (Move(3, 3, 0), "Move step 4 to 1", [3, 0, 1, 2]),
    (Repeat(1, 2), "Repeat steps 2 to 3, 2 times", [0, 1, 2, 1, 2, 3]),
    (Repeat(0, 3, 3), "Repeat steps 1 to 4, 3 times", [0, 1, 2, 3] * 3),
    (Reverse(1, 3), "Reverse steps 2 to 4", [0, 3, 2, 1]),
]


@pytest.mark.parametrize(("change", "name", "order"), CHANGES, ids=lambda value: getattr(value, "words", None))
def test_a_change_of_rows_is_one_named_entry_and_undo_is_byte_equal(change, name, order):
    tutorial = bundled_study("tutorial")
    sequence = tutorial.sequence
    short = replace(sequence, x=sequence.x[:4], targets=sequence.targets[:4])
    before = replace(tutorial, sequence=short)
    state, saved = opened(before), write_study(before)
    done = ChangeRows(change).apply(state)
    assert [entry.name for entry in done.undo] == [name]
    after = done.document.sequence
    blank = lambda values: np.zeros_like(values[0])  # noqa: E731
    np.testing.assert_array_equal(after.x, [blank(short.x) if k is None else short.x[k] for k in order])
    np.testing.assert_array_equal(
        after.targets, [blank(short.targets) if k is None else short.targets[k] for k in order]
    )
    assert traces(done.document)[0].x.shape[0] == len(order)
    back = Undo().apply(done)
    assert back.document is before and write_study(back.document) == saved
    read_study(write_study(done.document), "it")


def test_a_shuffle_is_the_same_for_the_same_seed_and_keeps_every_row():
    draft = draft_of(numbers(40))
    one, same, other = (Shuffle(0, 39, seed).apply(draft) for seed in (3, 3, 4))
    assert rows(one) == rows(same) != rows(other)
    assert sorted(rows(one)) == rows(draft) != rows(one)
    part = Shuffle(5, 9, 1).apply(draft)
    assert rows(part)[:5] + rows(part)[10:] == rows(draft)[:5] + rows(draft)[10:]


def test_the_next_word_stays_the_target_whatever_is_done_to_the_rows():
    draft = draft_of(text())
    assert draft.follows and labels(draft) == ("a", "b", "c", "a")
    for change in (Delete(3, 3), Move(0, 0, 3), Repeat(1, 2), Reverse(0, 3), Shuffle(0, 3, 5), Insert(2)):
        after = change.apply(draft).sequence
        assert after.targets.tolist() == [*after.tokens[1:].tolist(), 3], change
    assert labels(Insert(2).apply(draft)) == ("a", "b", "b", "c", "a")


def test_of_several_sequences_the_shown_one_changes_and_the_arrays_follow_the_longest():
    draft = draft_of(batch())
    longer = Repeat(0, 1, 3).apply(draft).sequence
    assert longer.lengths.tolist() == [4, 6, 3] and longer.batch.shape == (6, 3, 2)
    np.testing.assert_array_equal(longer.batch[:4, 0], batch().batch[:, 0])
    np.testing.assert_array_equal(longer.batch_targets[:6, 1], np.tile(batch().batch_targets[:2, 1], (3, 1)))
    assert not longer.batch[4:, [0, 2]].any()
    first = Show(0).apply(draft)
    shorter = Delete(2, 3).apply(first).sequence
    assert shorter.lengths.tolist() == [2, 2, 3] and len(shorter.batch) == 3
    equal = Delete(2, 2).apply(Show(2).apply(replace(draft, sequence=shorter))).sequence
    assert equal.lengths is None and len(equal.batch) == 2


def test_the_last_step_is_not_deleted_and_what_is_not_there_is_refused():
    store = Store(opened(bundled_study("tutorial")))
    before = store.state.document
    for change, said in (
        (Delete(0, 7), "at least one step"), (Delete(8, 8), "there is no step 9; 1 to 8 are"),
        (Insert(9), "1 to 9 fit"), (Repeat(0, 7, 10_000), "20,000"), (Shuffle(0, 7, -1), "whole number from 0"),
        (SetInputs(0), "too few"), (SetInputs(5_000), "over the limit"),
    ):  # fmt: skip
        store.dispatch(ChangeRows(change))
        assert store.state.document is before and not store.state.undo
        assert said in store.state.session.message, store.state.session.message


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("count", [1, 3])
def test_every_generator_makes_a_sequence_of_its_sizes_that_is_used_and_runs(task, count):
    steps = min(TASKS[task].preset.steps, 20)
    draft = generated(task, {"steps": steps, "sequences": count, "seed": 2})
    sequence, made = draft.sequence, TASKS[task].make(2, steps, count)
    assert sequence.sequences == (None if count == 1 else count)
    assert sequence.inputs == made.x.shape[-1]
    longest = steps if made.lengths is None else int(made.lengths.max())
    assert sequence.most_steps == longest
    assert sequence.at_last == (made.at == "last") and sequence.classes == (made.loss == "cross-entropy")
    state = opened(bundled_study("tutorial"))
    used = UseSequence(draft, "Make it").apply(state).document
    assert used.network.outputs == (TASKS[task].outputs or sequence.inputs)
    assert used.settings.loss == made.loss
    assert traces(used)[0].y.shape == (sequence.steps, used.network.outputs)
    again = read_study(write_study(used), "it")
    assert write_study(again) == write_study(used)
    same = generated(task, {"steps": steps, "sequences": count, "seed": 2}).sequence
    assert np.array_equal(draft_of(same).rows, draft.rows)


def test_options_of_a_generator_are_bounded():
    for task in TASKS:
        for option in options(task):
            assert option.least <= option.begin <= option.most
            with pytest.raises(InputError, match="fit"):
                generated(task, {option.key: option.least - 1})
    assert generated("echo", {"steps": 9, "lag": 3}).sequence.targets[:3].tolist() == [[0.0]] * 3


def test_words_become_short_vectors_the_same_word_the_same_one():
    draft = draft_of(text())
    few = embedded(draft, 4, 7)
    x = few.sequence.x
    assert x.shape == (4, 4) and np.array_equal(x[0], x[3]) and not np.array_equal(x[0], x[1])
    assert labels(few) == ("a", "b", "c", "a")
    assert labels(Move(0, 0, 1).apply(few)) == ("b", "a", "c", "a") and labels(Insert(1).apply(few))[1] == ""
    used = with_sequence(bundled_study("tutorial"), few)
    assert (used.network.inputs, used.network.outputs) == (4, 4) and used.settings.loss == "cross-entropy"
    with pytest.raises(InputError, match="words alone"):
        embedded(few, 4, 7)


def test_weights_that_still_make_sense_are_kept_and_the_change_is_said():
    tutorial = bundled_study("tutorial")
    draft = SetInputs(5).apply(draft_of(tutorial.sequence))
    assert "inputs 3 → 5" in what_changes(tutorial, draft)
    used = with_sequence(tutorial, draft)
    old, new = tutorial.network.layers, used.network.layers
    np.testing.assert_array_equal(new[0].parameters["W"][:, :3], old[0].parameters["W"])
    assert new[1] is not old[1] and np.array_equal(new[1].parameters["U"], old[1].parameters["U"])
    assert what_changes(tutorial, draft_of(tutorial.sequence)) == ""


def test_targets_are_none_next_or_given():
    draft = draft_of(numbers())
    assert kind_of_targets(draft) == NONE
    following = SetTargets(FOLLOWING).apply(draft)
    assert following.sequence.steps == 3 and following.sequence.targets.tolist() == rows(draft)[1:]
    assert rows(SetTargets(NONE).apply(following)) == rows(draft)
    own = SetTargets(OWN, 3).apply(draft)
    assert own.sequence.targets.shape == (4, 3) and kind_of_targets(own) == OWN
    kept = SetTargets(OWN).apply(following)
    assert kept.sequence is following.sequence and kind_of_targets(kept) == OWN
    with pytest.raises(InputError, match="one sequence"):
        SetTargets(FOLLOWING).apply(SetTargets(NONE).apply(draft_of(batch())))
    with pytest.raises(InputError, match="no next one"):
        SetTargets(FOLLOWING).apply(draft_of(numbers(1)))


def test_cells_are_shown_typed_and_refused():
    draft = draft_of(bundled_study("tutorial").sequence)
    assert columns(draft) == (*(Column(X, i) for i in range(3)), Column(WANTED, 0), Column(WANTED, 1))
    assert shown_text(draft, 0, Column(X, 0)).startswith("−")
    set_ = SetCell(1, Column(X, 2), "−0,25")
    assert set_.words == "Set x_3 at t = 2"
    after = set_.apply(draft)
    assert after.sequence.x[1, 2] == -0.25 and written_text(after, 1, Column(X, 2)) == "−0.25"
    assert SetCell(1, Column(X, 2), "-0.25").apply(after) is after
    for bad in ("", "nan", "Inf", "1.2.3", "abc", "1.234,5", "1e999"):
        with pytest.raises(InputError, match="step 2, x_3"):
            SetCell(1, Column(X, 2), bad).apply(draft)


def test_a_new_word_joins_the_vocabulary_and_targets_follow():
    draft = draft_of(text())
    after = SetCell(1, Column(TOKEN), "z").apply(draft).sequence
    assert after.vocabulary == ("a", "b", "c", "d", "z") and after.targets[0] == 4
    end = SetCell(3, Column(CLASS), "e").apply(draft).sequence
    assert end.vocabulary[-1] == "e" and end.targets.tolist() == [1, 2, 0, 4]
    with pytest.raises(InputError, match="change it there"):
        SetCell(0, Column(CLASS), "a").apply(draft)


NUMBERS = [
    ("1\t2\n3\t4\n", [[1, 2], [3, 4]]),
    ("1\t2\r\n3\t4\r\n\r\n", [[1, 2], [3, 4]]),
    ("0,5\t−1,25\n1e-3\t.5", [[0.5, -1.25], [0.001, 0.5]]),
    ("0,5;2\n3;4", [[0.5, 2], [3, 4]]),
    ("1,2\n3,4,", None),
    ("1.5, 2\n3, 4.5", [[1.5, 2], [3, 4.5]]),
    ("1 2\n 3   4", [[1, 2], [3, 4]]),
    ("0,5 2,5\n1,0 4", [[0.5, 2.5], [1, 4]]),
    ("a\tb\n1\t2", [[1, 2]]),
    ('"1"\t"2,5"', [[1, 2.5]]),
]
REFUSED = [
    ("", "holds no text"), ("  \n ", "holds no text"),
    ("1\t2\n3", "row 2: 1 value, the first row has 2"), ("1\t2\n3\t4\t5", "row 2: 3 values"),
    ("0,5\n0,7", "one number with a decimal comma or two numbers"),
    ("1\tx", "row 1, column 2: “x” is not a number"), ("1\t2\n3\tnan", "row 2, column 2: nan is not a finite number"),
    ("1\tinf", "not a finite number"), ("1\t\n2\t3", "row 1, column 2: the cell is empty"),
    ("1\t1.234,5", "“1.234,5” is not a number"), ("1\t2\t3", "3 columns do not fit from x_1 on, where 2 are"),
    ("\n".join(["1\t2"] * 5_001), "10,000"),
]  # fmt: skip


@pytest.mark.parametrize(("clipboard", "wanted"), NUMBERS)
def test_paste_reads_what_spreadsheets_and_pages_give(clipboard, wanted):
    if wanted is None:
        with pytest.raises(InputError, match="row 2: 3 values"):
            pasted_cells(clipboard)
        return
    after = Paste(1, 0, pasted_cells(clipboard)).apply(draft_of(numbers(2)))
    assert rows(after) == [[0, 1], *wanted]
    assert rows(PasteNew(pasted_cells(clipboard)).apply(draft_of(text()))) == wanted


@pytest.mark.parametrize(("clipboard", "said"), REFUSED)
def test_paste_refuses_in_one_sentence(clipboard, said):
    with pytest.raises(InputError) as refused:
        Paste(0, 0, pasted_cells(clipboard)).apply(draft_of(numbers()))
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_words_are_pasted_into_a_text_and_targets_into_their_columns():
    after = Paste(3, 0, pasted_cells("old\nmen\nrow\n", whole_words=True)).apply(draft_of(text()))
    assert labels(after) == ("a", "b", "c", "old", "men", "row") and after.sequence.targets[-1] == 3
    tutorial = draft_of(bundled_study("tutorial").sequence)
    wide = Paste(0, 2, pasted_cells("9\t0.5\t0.25")).apply(tutorial).sequence
    assert wide.x[0, 2] == 9 and wide.targets[0].tolist() == [0.5, 0.25]


def test_work_goes_back_and_forth_and_knows_what_it_is_called():
    work = Work.begun(draft_of(numbers()))
    assert not work.changed
    one = work.with_change("Insert step 1", Insert(0).apply(work.draft))
    two = one.with_change("Delete step 1", Delete(0, 0).apply(one.draft))
    assert one.name == "Insert step 1" and two.name == "Change the sequence (2 changes)"
    assert two.back().draft is one.draft and two.back().forth().draft is two.draft
    assert two.back().back().back().draft is work.draft
    for _ in range(MOST + 5):
        two = two.with_change("Reverse", Reverse(0, 1).apply(two.draft))
    assert len(two.drafts) == MOST and two.name.startswith(f"Change the sequence ({MOST + 7}")


def test_a_sequence_without_a_step_gets_one():
    empty = Document("empty", bundled_study("tutorial").network, Sequence(x=np.empty((0, 3))))
    state = ChangeRows(Insert(0)).apply(opened(empty))
    assert state.document.sequence.x.tolist() == [[0.0, 0.0, 0.0]]
