import re

import numpy as np
import pytest

from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import Loss, loss_and_gradient
from rnnstudio.engine.tasks import TASKS
from rnnstudio.engine.tasks.grammar import TOKENS, embedded_legal_next, legal_next
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import train

# The loss on new sequences that a preset has to come below; behind it, that of the best guess without memory
LEARNT = {
    "echo": 0.05,  # 1
    "running-sum": 0.05,  # above 1
    "parity": 0.1,  # log 2
    "temporal-xor": 0.185,  # 1/4; 1/6 is the floor
    "letters": 0.03,  # above 0.1; about 0.0247 is the floor
    "reber": 0.65,  # about 0.59 is the floor
    "embedded-reber": 0.55,
    "adding": 0.02,  # 1/6
    "copy": 0.2,
    "anbn": 0.26,
    "bracket-depth": 0.1,  # above 1
    "noisy-sine": 0.02,
    "next-character": 0.6,
}
QUICK = ("echo", "parity", "temporal-xor", "letters")

# From node 3 of the graph: T…T V, then V, or P S, or P X and node 3 again; written out by hand as regular expressions.
FROM_3 = "T*V(?:PXT*V)*(?:V|PS)"
REBER = f"B(?:TS*X(?:S|X{FROM_3})|P{FROM_3})E"
EMBEDDED = f"B(?:T{REBER}T|P{REBER}P)E"


def strings(batch):
    """The strings that a batch of symbols stands for: what is shown, and the last target."""
    found = []
    for n in range(batch.x.shape[1]):
        length = batch.x.shape[0] if batch.lengths is None else int(batch.lengths[n])
        shown = "".join(batch.tokens[k] for k in batch.x[:length, n].argmax(axis=1))
        found.append(shown + batch.tokens[int(batch.targets[length - 1, n])])
        assert [batch.tokens[k] for k in batch.targets[: length - 1, n]] == list(shown[1:])
        assert (batch.x[:length, n].sum(axis=1) == 1).all()
        assert not batch.x[length:, n].any()
    return found


@pytest.mark.parametrize("name", TASKS)
def test_the_same_seed_gives_the_same_bits_and_another_one_others(name):
    make = TASKS[name].make
    first, again, other = make(3, 30, 5), make(3, 30, 5), make(4, 30, 5)
    assert np.array_equal(first.x, again.x)
    assert np.array_equal(first.targets, again.targets)
    assert not np.array_equal(first.x, other.x)


@pytest.mark.parametrize("name", TASKS)
def test_a_preset_names_a_cell_and_its_batch_fits_its_loss(name):
    task = TASKS[name]
    assert name == task.name
    batch = task.batch()
    assert task.preset.cell in library_cells()
    assert library_cell(task.preset.cell).states
    assert batch.x.shape[:2] == (task.preset.steps, task.preset.sequences)
    outputs = task.outputs or batch.x.shape[2]
    y = np.zeros((*batch.x.shape[:2], outputs))
    value, _ = loss_and_gradient(y, Loss(batch.loss, batch.targets, batch.at, batch.lengths))
    assert value > 0
    assert len(batch.tokens) in {0, batch.x.shape[2]}


def learnt(name):
    """The loss of a preset on sequences that it was not trained on."""
    task = TASKS[name]
    batch = task.batch()
    last = None
    for update in train(task.network(batch), batch.x, batch.targets, task.settings(batch), lengths=batch.lengths):
        last = update
    assert last.number == task.preset.updates
    new = task.make(99, task.preset.steps, 200)
    y = run(last.network, new.x, lengths=new.lengths).y
    return loss_and_gradient(y, Loss(new.loss, new.targets, new.at, new.lengths))[0]


@pytest.mark.parametrize("name", QUICK)
def test_a_preset_learns_its_task(name):
    assert learnt(name) < LEARNT[name]


@pytest.mark.heavy
@pytest.mark.parametrize("name", [name for name in TASKS if name not in QUICK])
def test_a_slower_preset_learns_its_task(name):
    assert learnt(name) < LEARNT[name]


@pytest.mark.parametrize("name", TASKS)
def test_a_task_names_its_source_in_the_docstring_too(name):
    task = TASKS[name]
    year = task.source.split()[-1]
    assert year in task.make.__doc__
    assert task.source.split()[0].strip(",") in task.make.__doc__


@pytest.mark.parametrize("name", TASKS)
def test_too_few_steps_or_sequences_are_refused(name):
    with pytest.raises(InputError, match="too few"):
        TASKS[name].make(1, 0, 5)
    with pytest.raises(InputError, match="too few"):
        TASKS[name].make(1, 30, 0)


@pytest.mark.parametrize("lag", [1, 4])
def test_echo(lag):
    batch = TASKS["echo"].make(1, 40, 3, lag=lag)
    assert set(batch.x.ravel()) == {-1.0, 1.0}
    for t in range(40):
        wanted = batch.x[t - lag] if t >= lag else np.zeros((3, 1))
        assert np.array_equal(batch.targets[t], wanted)


def test_running_sum():
    batch = TASKS["running-sum"].make(1, 25, 3)
    assert np.abs(batch.x).max() <= 0.5
    for t in (0, 1, 24):
        assert batch.targets[t] == pytest.approx(sum(batch.x[k] for k in range(t + 1)))


def test_adding():
    batch = TASKS["adding"].make(1, 31, 200)
    values, marks = batch.x[..., 0], batch.x[..., 1]
    assert batch.at == "last"
    assert set(marks.ravel()) == {0.0, 1.0}
    assert (marks[:15].sum(axis=0) == 1).all()
    assert (marks[15:].sum(axis=0) == 1).all()
    assert (values >= 0).all()
    assert (values < 1).all()
    assert batch.targets[:, 0] == pytest.approx((values * marks).sum(axis=0))
    assert marks[:, :].argmax(axis=0).min() == 0  # the first step may be marked, and the last
    assert (marks[-1] == 1).any()


def test_copy():
    batch = TASKS["copy"].make(1, 15, 50, symbols=4, alphabet=3)
    shown = np.array(["".join(batch.tokens[k] for k in batch.x[:, n].argmax(axis=1)) for n in range(50)])
    wanted = ["".join(batch.tokens[k] for k in batch.targets[:, n]) for n in range(50)]
    for given, answer in zip(shown, wanted, strict=True):
        assert re.fullmatch(r"[abc]{4}–{6}!–{4}", given)
        assert answer == "–" * 11 + given[:4]
    assert len(set(shown)) > 25


def test_parity_by_popcount():
    batch = TASKS["parity"].make(1, 20, 40)
    for n in range(40):
        number = 0
        for t in range(20):
            number = 2 * number + int(batch.x[t, n, 0])
            assert batch.targets[t, n] == number.bit_count() % 2


def test_temporal_xor():
    batch = TASKS["temporal-xor"].make(1, 301, 20)
    assert np.array_equal(batch.x[1:], batch.targets[:-1])
    x, targets = batch.x[..., 0], batch.targets[..., 0]
    assert (targets[1::3] == (x[0::3][: len(targets[1::3])] != x[1::3])).all()
    assert targets[0::3].mean() == pytest.approx(0.5, abs=0.05)  # the others are drawn, whatever came before
    assert targets[2::3][x[2::3] == 1].mean() == pytest.approx(0.5, abs=0.05)


def test_letters_follow_the_rules_of_their_consonants():
    batch = TASKS["letters"].make(1, 3000, 2)
    assert np.array_equal(batch.x[1:], batch.targets[:-1])
    names = {  # consonant, vowel, interrupted, high, back, voiced
        (1, 0, 1, 0, 0, 1): "b", (1, 0, 1, 1, 0, 1): "d", (1, 0, 1, 0, 1, 1): "g",
        (0, 1, 0, 0, 1, 1): "a", (0, 1, 0, 1, 0, 1): "i", (0, 1, 0, 1, 1, 1): "u",
    }  # fmt: skip
    streams = ["".join(names[tuple(row.astype(int))] for row in batch.x[:, n]) for n in range(2)]
    assert streams[0] != streams[1]
    for stream in streams:
        assert re.fullmatch("(ba|dii|guuu)*(b|d|di|g|gu|guu)?", stream)
        counts = [stream.count(consonant) for consonant in "bdg"]
        assert min(counts) > 0.3 * sum(counts)


@pytest.mark.parametrize(("name", "rule"), [("reber", REBER), ("embedded-reber", EMBEDDED)])
def test_reber_strings_are_accepted_by_a_regular_expression(name, rule):
    found = strings(TASKS[name].make(1, 40, 300))
    assert all(re.fullmatch(rule, string) for string in found)
    assert len(set(found)) > 60
    assert not re.fullmatch(rule, "BTXE")


@pytest.mark.parametrize(("name", "legal"), [("reber", legal_next), ("embedded-reber", embedded_legal_next)])
def test_what_may_follow_is_what_some_string_shows(name, legal):
    seen = {}
    for string in strings(TASKS[name].make(2, 25, 4000)):
        for k in range(1, len(string)):
            seen.setdefault(string[:k], set()).add(string[k])
    often = {k: followers for k, followers in seen.items() if len(k) <= 6}
    checked = 0
    for string in strings(TASKS[name].make(3, 25, 200)):
        for k, allowed in enumerate(legal(string), start=1):
            assert string[k] in allowed
            if string[:k] in often:
                assert often[string[:k]] == allowed
                checked += 1
    assert checked > 500
    assert set("".join(seen)) <= set(TOKENS)


def test_the_embedded_grammar_asks_for_the_second_symbol_again():
    for string in strings(TASKS["embedded-reber"].make(1, 24, 50)):
        assert embedded_legal_next(string)[-2] == {string[1]} == {string[-2]}


def test_reber_strings_that_hardly_exist_are_refused():
    batch = TASKS["reber"].make(1, 4, 3)
    assert set(strings(batch)) <= {"BTXSE", "BPVVE"}
    assert batch.lengths.tolist() == [4, 4, 4]
    with pytest.raises(InputError, match="3 steps are too few; at least 4"):
        TASKS["reber"].make(1, 3, 3)


def test_anbn():
    found = strings(TASKS["anbn"].make(1, 17, 200))
    assert all(string == "|" + "a" * n + "b" * n + "|" for string in found for n in [string.count("a")])
    assert {string.count("a") for string in found} == set(range(1, 9))


def test_bracket_depth():
    batch = TASKS["bracket-depth"].make(1, 60, 20, deepest=3)
    for n in range(20):
        text = "".join(batch.tokens[k] for k in batch.x[:, n].argmax(axis=1))
        for t in range(60):
            assert batch.targets[t, n, 0] == text[: t + 1].count("(") - text[: t + 1].count(")")
    assert set(batch.targets.ravel()) == {0.0, 1.0, 2.0, 3.0}


def test_noisy_sine():
    batch = TASKS["noisy-sine"].make(1, 400, 4, period=20.0, noise=0.1)
    clean = batch.targets[..., 0]
    turned = 2 * np.cos(2 * np.pi / 20) * clean[1:-1] - clean[:-2]  # a sine is told by two of its values
    assert clean[2:] == pytest.approx(turned)
    assert np.abs(clean).max() == pytest.approx(1.0, abs=0.02)
    noise = batch.x[1:, :, 0] - clean[:-1]
    assert noise.std() == pytest.approx(0.1, rel=0.05)
    assert noise.mean() == pytest.approx(0.0, abs=0.01)


def test_next_character():
    text = "hello, hello again; all is well"
    batch = TASKS["next-character"].make(1, 10, 30, text=text)
    assert batch.tokens[:4] == ("h", "e", "l", "o")
    found = strings(batch)
    assert all(piece in text for piece in found)
    assert len(set(found)) > 10
    with pytest.raises(InputError, match="5 characters is too short; 11 are needed"):
        TASKS["next-character"].make(1, 10, 1, text="hello")


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("echo", {"lag": 0}, "lag of 0"),
        ("copy", {"symbols": 0}, "0 symbols of 4"),
        ("bracket-depth", {"deepest": 0}, "deepest of 0"),
        ("noisy-sine", {"period": 0.0}, "period 0.0"),
    ],
)
def test_options_out_of_range_are_refused(name, given, words):
    with pytest.raises(InputError, match=words):
        TASKS[name].make(1, 20, 2, **given)
