"""What the bundled studies show of learning: words whose verb an early word decides, and an echo that wants a state."""

import itertools
import re
import shlex

import numpy as np
import pytest

from rnnstudio.cli import run_command
from rnnstudio.engine.functions import softmax
from rnnstudio.engine.tasks.memory import echo
from rnnstudio.engine.trace import OneHot, run
from rnnstudio.files.bundled import SEED, WORDS_TRAINING
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.study import read_study
from rnnstudio.files.texts import tokenise
from rnnstudio.resources import resource
from rnnstudio.state.text_study import untrained
from rnnstudio.state.training_data import right_share, training_data
from rnnstudio.state.update_stream import UpdateStream
from tests.test_readme import PATH, fenced, section

VERBS = {"cat": "sleeps", "cats": "sleep", "dog": "waits", "dogs": "wait"}
BEFORE = ("chased", "saw", "heard", "met")


def contexts():
    """Every beginning of a sentence about cats and dogs, and the verb that its first noun asks for."""
    for subject, other, verb in itertools.product(VERBS, VERBS, BEFORE):
        if subject[:3] != other[:3]:
            yield f"the {subject} that {verb} the {other}", VERBS[subject]


def chances(context, network=None, stateless=False):
    """Word → its chance to be the next one after a context that begins with the first state."""
    document = bundled_study("words")
    words = document.sequence.vocabulary
    tokens = np.array([words.index(word) for word in tokenise(context, "words")])
    trace = run(network or document.network, OneHot(tokens, len(words)), document.first, stateless=stateless)
    return dict(zip(words, softmax(np.asarray(trace.y)[-1]), strict=True))


def leader(context, network=None):
    found = chances(context, network)
    return max(found, key=found.get)


# ------------------------------------------------------------------ words


def test_after_the_contexts_of_the_readme_the_right_verb_leads():
    said = " ".join(section(PATH.read_text(encoding="utf-8"), "The bundled studies").split())
    named = re.findall(r"after “([^”]+)” \*(\w+)\* leads", said)
    assert named == [("the cat that chased the dogs", "sleeps"), ("the cats that chased the dog", "sleep")]
    for context, verb in named:
        assert leader(context) == verb and chances(context)[verb] > 0.9


def test_it_leads_in_the_study_as_it_opens():
    document = bundled_study("words")
    words, tokens = document.sequence.vocabulary, document.sequence.tokens
    trace = run(document.network, OneHot(tokens, len(words)), document.first)
    likeliest = [words[k] for k in np.argmax(np.asarray(trace.y), axis=1)]
    assert [words[k] for k in tokens[:6]] == tokenise("the cat that chased the dogs", "words")
    assert likeliest[5] == "sleeps"
    verbs = [t for t, token in enumerate(document.sequence.targets) if words[token] in VERBS.values()]
    assert len(verbs) == 32
    assert [likeliest[t] for t in verbs] == [words[k] for k in document.sequence.targets[verbs]]


@pytest.mark.parametrize(("context", "verb"), list(contexts()))
def test_one_word_four_steps_earlier_changes_the_leader(context, verb):
    words = context.split()
    words[1] = words[1].removesuffix("s") if words[1].endswith("s") else f"{words[1]}s"
    assert leader(context) == verb
    assert leader(" ".join(words)) == VERBS[words[1]] != verb


def test_for_the_traditional_layer_the_order_of_the_earlier_words_is_nothing():
    *earlier, last = ("the", "cat", "that", "chased", "the", "dogs")
    first = chances(" ".join([*earlier, last]), stateless=True)
    for order in itertools.permutations(earlier):
        assert chances(" ".join([*order, last]), stateless=True) == first
    shuffled = {tuple(chances(" ".join([*order, last])).values()) for order in itertools.permutations(earlier)}
    assert len(shuffled) > 50  # the cell minds it


def test_the_command_of_the_readme_trains_these_weights(tmp_path, monkeypatch):
    commands = "\n".join(fenced(section(PATH.read_text(encoding="utf-8"), "The bundled studies"), "sh"))
    words = shlex.split(commands)
    assert words[:3] == ["rnnstudio", "train", "elman"]
    assert words[-2:] == ["-o", "resources/studies/sources/words.safetensors"]
    source = str(resource("studies", "sources", "words.txt"))
    place = words.index("resources/studies/sources/words.txt")
    asked = [*words[1:place], source, *words[place + 1 : -2], "-o", str(tmp_path / "words.rnnstudio")]
    assert run_command(asked, lambda _: 9, lambda _: 9) == 0
    made, bundled = read_study(tmp_path / "words.rnnstudio"), bundled_study("words")
    assert (made.settings, made.seed) == (WORDS_TRAINING, SEED) == (bundled.settings, bundled.seed)
    assert made.sequence.vocabulary == bundled.sequence.vocabulary
    # the last bits of products are the machine's own, and the updates let them grow
    for name, array in bundled.network.layers[0].parameters.items():
        assert np.abs(made.network.layers[0].parameters[name] - array).max() < 0.01
    assert all(leader(context, made.network) == verb for context, verb in contexts())


def test_the_words_are_trained_and_the_echo_is_not():
    assert not untrained(bundled_study("words"))
    assert untrained(bundled_study("echo"))


# ------------------------------------------------------------------ echo


@pytest.fixture(scope="module")
def both():
    """Both layers of the echo, trained as the command "Train both layers" does: (losses, network) each."""
    document = bundled_study("echo")
    found = []
    for stateless in (False, True):
        stream = UpdateStream(training_data(document), stateless)
        for _ in range(document.settings.updates):
            assert stream.advance() is None
        found.append((stream.told()[0], stream.settle()))
    return found


def best_guess(x, targets):
    """The share of right signs, and the mean squared error, of the best function of the present input."""
    pairs = [targets[x == value] for value in np.unique(x)]
    right = sum(max(int((of == sign).sum()) for sign in (1, -1)) for of in pairs)
    error = sum(float(((of - of.mean()) ** 2).sum()) for of in pairs)
    return right / len(x), error / len(x)


def test_the_target_is_the_input_one_sample_ago():
    x, targets = bundled_study("echo").sequence.x, bundled_study("echo").sequence.targets
    assert x.shape == targets.shape == (40, 1)
    assert set(x[:, 0]) == set(targets[:, 0]) == {-1.0, 1.0}
    assert np.array_equal(targets[1:], x[:-1])
    share, error = best_guess(x, targets)
    assert share < 0.55 and error > 0.99  # the present input is no help


def test_the_recurrent_layer_learns_the_echo_whole(both):
    document = bundled_study("echo")
    (losses, cell), _ = both
    assert losses[0] > 1
    assert losses[-1] < 1e-2
    assert right_share(training_data(document), cell, False) == 1.0
    fresh = echo(seed=77, steps=2000, sequences=1)
    y = np.asarray(run(cell, fresh.x[:, 0]).y)
    assert np.array_equal(np.sign(y[1:]), fresh.targets[1:, 0])


def test_the_traditional_layer_never_beats_the_best_guess_from_the_present_input(both):
    document = bundled_study("echo")
    data = training_data(document)
    share, error = best_guess(document.sequence.x, document.sequence.targets)
    _, (losses, _) = both
    assert min(losses) >= error - 1e-12
    assert losses[-1] == pytest.approx(error, abs=1e-3)
    stream = UpdateStream(data, stateless=True)
    for _ in range(document.settings.updates):
        stream.advance()
        assert right_share(data, stream.settle(), True) <= share
