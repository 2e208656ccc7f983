"""How the bundled studies are made: ``python -m rnnstudio.files.bundled`` writes them anew, byte for byte.

Their sources lie in ``resources/studies/sources``: the tutorial's numbers, the weights of its gated cells, the text of
*words* and the weights that ``rnnstudio train`` made for it (the README has the command), and the sunspot numbers.
"""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Layer, Network, new_network
from rnnstudio.engine.tasks.memory import echo as echo_task
from rnnstudio.engine.training import Settings
from rnnstudio.files.demonstration import BUNDLED
from rnnstudio.files.jsontext import strict_json
from rnnstudio.files.storage import write_atomic
from rnnstudio.files.study import write_study
from rnnstudio.files.tensors import read_tensors
from rnnstudio.files.texts import text_sequence, with_next
from rnnstudio.files.weights.reader import read_weights
from rnnstudio.resources import resource
from rnnstudio.state.model import SAMPLE, Document, Floats, Sequence

WORDS_SIZE, ECHO_SIZE, SUNSPOTS_SIZE, SEED = 40, 4, 8, 1
#: T of the echo, and the seed of its inputs.
ECHO_STEPS, ECHO_SEED = 40, 2
#: How the weights of *words* were trained: 120 updates, after which they lead to the right verb in every sentence. From
#: about 140 on the run is unstable: a last bit, which another machine may round otherwise, grows to whole digits.
WORDS_TRAINING = Settings(loss="cross-entropy", optimizer="adam", rate=0.02, clip=1.0, updates=120)
#: Sunspot numbers are divided by this, so that all of them lie between 0 and 1.
SUNSPOTS_SCALE = 200.0


def _source(name: str) -> bytes:
    return resource("studies", "sources", name).read_bytes()


def _sigmoid_layer(cell: str, parameters: dict[str, Any]) -> Layer:
    arrays = {name: np.array(rows, dtype=np.float64) for name, rows in parameters.items()}
    size, inputs = arrays["W"].shape
    return Layer(library_cell(cell), inputs, size, "sigmoid", False, "forward", None, arrays)


def tutorial() -> Document:
    """The tutorial's study, with the weights that its LSTM and GRU open with."""
    given = strict_json(_source("tutorial.json"), "tutorial.json")
    gated = strict_json(_source("gated_cells.json"), "gated_cells.json")
    layers = (
        _sigmoid_layer("dense", {"W": given["W1"]}),
        _sigmoid_layer("simple", {"W": given["W2"], "U": given["U"]}),
        _sigmoid_layer("dense", {"W": given["W3"]}),
    )
    presets: dict[str, dict[str, Floats]] = {}
    for cell in ("lstm", "gru"):
        presets[cell] = {
            f"{letter}{gate}": np.array(matrices[letter], dtype=np.float64)
            for gate, matrices in gated[cell].items()
            for letter in ("W", "U")
        }
    return Document(
        name="tutorial",
        network=Network(layers, chosen=1),
        sequence=Sequence(x=np.array(given["inputs"]), targets=np.array(given["targets"])),
        first={1: {"s": np.array(given["s0"], dtype=np.float64)}},
        settings=Settings(loss=given["loss"], rate=given["learning_rate"]),
        mode=SAMPLE,
        seed=SEED,
        about="A feed-forward network 3-4-3-2 with the logistic sigmoid and without biases; its second hidden layer is "
        "the one that becomes recurrent. Target 1: is input 1 positive now? Target 2: was it positive one sample ago?",
        presets=presets,
    )


def words() -> Document:
    """Sentences read by words, and an Elman cell that has learnt to say the next one."""
    text = _source("words.txt").decode("utf-8")
    sequence = with_next(text_sequence(text, "words.txt", "words"))
    trained = read_weights(read_tensors(_source("words.safetensors"), "words.safetensors"), "words.safetensors")
    return Document(
        name="words",
        network=trained.network,
        sequence=sequence,
        settings=WORDS_TRAINING,
        seed=SEED,
        about="Sentences in which an early word decides a late one: the cat that chased the dogs sleeps, the cats that "
        f"chased the dog sleep. The target is the next word. Elman cell, state of {WORDS_SIZE}, trained on this text: "
        f"{WORDS_TRAINING.updates} updates by Adam from weights drawn with seed {SEED}.",
    )


def echo() -> Document:
    """Plus or minus one at random; the target is the input one sample ago."""
    # one sample more is drawn: the first of them is not shown, and it is the target of the first that is
    drawn = echo_task(ECHO_SEED, ECHO_STEPS + 1, 1)
    return Document(
        name="echo",
        network=new_network(library_cell("elman"), 1, ECHO_SIZE, 1, "tanh", True, SEED),
        sequence=Sequence(x=drawn.x[1:, 0], targets=drawn.targets[1:, 0], columns=("±1 at random",)),
        settings=Settings(optimizer="adam", rate=0.03, updates=100),
        seed=SEED,
        about="Plus or minus one at random; the target is the input one sample ago, at the first step the input before "
        "the first. A layer without state sees only the present input, which says nothing about the one before: "
        f"Train both layers, and compare. Elman cell, state of {ECHO_SIZE}, untrained: weights drawn with seed {SEED}, "
        f"inputs with seed {ECHO_SEED}.",
    )


def sunspots() -> Document:
    """Yearly sunspot numbers; the target is next year's."""
    rows = list(csv.reader(io.StringIO(_source("sunspots.csv").decode("utf-8"))))[1:]
    numbers = np.array([[float(number)] for _, number in rows]) / SUNSPOTS_SCALE
    sequence = with_next(Sequence(x=numbers, columns=("sunspots / 200",)))
    return Document(
        name="sunspots",
        network=new_network(library_cell("elman"), 1, SUNSPOTS_SIZE, 1, "tanh", True, SEED),
        sequence=sequence,
        seed=SEED,
        about=f"Yearly mean sunspot numbers {rows[0][0]} to {rows[-2][0]}, divided by {SUNSPOTS_SCALE:g}; the target "
        "is the next year's. Source: the international sunspot number, version 1 (World Data Center SILSO, Royal "
        "Observatory of Belgium, Brussels), as distributed by the National Geophysical Data Center, public domain. "
        f"Elman cell, state of {SUNSPOTS_SIZE}, untrained: weights drawn with seed {SEED}.",
    )


def bundled_bytes(name: str) -> bytes:
    """The bytes of one bundled study, made from its sources."""
    return write_study({"tutorial": tutorial, "words": words, "echo": echo, "sunspots": sunspots}[name]())


if __name__ == "__main__":
    for bundled in BUNDLED:
        write_atomic(resource("studies", f"{bundled}.rnnstudio"), bundled_bytes(bundled))
