"""How the bundled studies are made: ``python -m rnnstudio.files.bundled`` writes them anew, byte for byte.

Their sources lie in ``resources/studies/sources``: the tutorial's numbers, the weights of its gated cells, the story,
and the sunspot numbers.
"""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np

from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Layer, Network, new_network
from rnnstudio.files.demonstration import BUNDLED
from rnnstudio.files.jsontext import strict_json
from rnnstudio.files.storage import write_atomic
from rnnstudio.files.study import write_study
from rnnstudio.files.texts import text_sequence, with_next
from rnnstudio.resources import resource
from rnnstudio.state.model import Document, Floats, Sequence

WORDS_SIZE, SUNSPOTS_SIZE, SEED = 40, 8, 1
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
        loss=given["loss"],
        rate=given["learning_rate"],
        seed=SEED,
        about="A feed-forward network 3-4-3-2 with the logistic sigmoid and without biases; its second hidden layer is "
        "the one that becomes recurrent. Target 1: is input 1 positive now? Target 2: was it positive one sample ago?",
        presets=presets,
    )


def words() -> Document:
    """A little story read by words; an Elman cell that is not trained."""
    text = _source("words.txt").decode("utf-8")
    sequence = with_next(text_sequence(text, "words.txt", "words"))
    size = sequence.inputs
    return Document(
        name="words",
        network=new_network(library_cell("elman"), size, WORDS_SIZE, size, "tanh", True, SEED),
        sequence=sequence,
        loss="cross-entropy",
        seed=SEED,
        about="A story in which an early word decides a late one: the cat that chased the dogs sleeps, the cats that "
        f"chased the dog sleep. Elman cell, state of {WORDS_SIZE}, untrained: weights drawn with seed {SEED}. The "
        "target is the next word.",
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
    return write_study({"tutorial": tutorial, "words": words, "sunspots": sunspots}[name]())


if __name__ == "__main__":
    for bundled in BUNDLED:
        write_atomic(resource("studies", f"{bundled}.rnnstudio"), bundled_bytes(bundled))
