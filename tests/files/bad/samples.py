"""A whole file of every form that is read, to be broken."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rnnstudio.engine.trace import run, trace_arrays
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study import write_study
from rnnstudio.files.trace_file import trace_bytes
from rnnstudio.files.weights.writer import weights_bytes
from rnnstudio.lessons.writing import lesson_text
from rnnstudio.resources import resource
from tests.files.test_study import documents
from tests.files.test_study_lesson import lecture

THEME, LESSON = ".theme", ".lesson"


@dataclass(frozen=True)
class Whole:
    """A file that opens.

    Attributes
    ----------
    name : str
        What it is.
    ending : str
        What its name ends in; `THEME` and `LESSON` for those that are read by a reader of their own.
    kind : str
        How it is taken apart: study, tensors, npz, npy, table, text, cell, theme, lesson.
    data : bytes
        All of it.
    """

    name: str
    ending: str
    kind: str
    data: bytes


def _recorded():
    """A lesson file as the program writes it: each of its stops has all the keys of a picture."""
    written = replace(lecture().lesson, stops=lecture().lesson.stops[:2])
    return lesson_text(written, lambda study: "tutorial").encode()


def _npz(**arrays: object) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def _npy(array: object) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def _torch(gates: int, inputs: int = 3, size: int = 2, layers: int = 1) -> dict[str, np.ndarray]:
    """Parameters under PyTorch's names; the matrices are not square, so that a transposed one does not fit."""
    pick = np.random.default_rng(5)
    found = {}
    for k in range(layers):
        found[f"weight_ih_l{k}"] = pick.normal(size=(gates * size, inputs if k == 0 else size))
        found[f"weight_hh_l{k}"] = pick.normal(size=(gates * size, size))
        found[f"bias_ih_l{k}"] = pick.normal(size=gates * size)
        found[f"bias_hh_l{k}"] = pick.normal(size=gates * size)
    return found


def whole_files() -> tuple[Whole, ...]:
    """One of every form; all of them open."""
    study = demonstration()
    trace = run(study.network, study.sequence.x, study.first)
    several = next(document for document in documents() if document.name == "numbers")
    batch = several.sequence
    packed = io.BytesIO()
    values = trace_arrays(trace)
    np.savez_compressed(packed, x=values["x"], y=values["y"])
    table = trace_bytes(trace, ".csv")
    return (
        Whole("study", ".rnnstudio", "study", write_study(study)),
        Whole("study of several sequences", ".rnnstudio", "study", write_study(several)),
        Whole(
            "study of the first form", ".rnnstudio", "study",
            (Path(__file__).parent.parent / "kept" / "words-1.rnnstudio").read_bytes(),
        ),
        Whole("weights by our names", ".safetensors", "tensors", weights_bytes(several.network)),
        Whole("lstm by PyTorch's names", ".npz", "npz", _npz(**_torch(4))),
        Whole("stack of grus", ".npz", "npz", _npz(**_torch(3, layers=2))),
        Whole("trace", ".npz", "npz", trace_bytes(trace, ".npz")),
        Whole("sequences with lengths", ".npz", "npz",
              _npz(x=batch.batch, y=batch.batch_targets, lengths=batch.lengths)),
        Whole("packed sequence", ".npz", "npz", packed.getvalue()),
        Whole("array", ".npy", "npy", _npy(study.sequence.x)),
        Whole("table with commas", ".csv", "table", table),
        Whole("table with tabs", ".csv", "table", table.replace(b",", b"\t")),
        Whole("text", ".txt", "text", resource("studies", "sources", "words.txt").read_bytes()),
        Whole("cell", ".toml", "cell", resource("cells", "gru.toml").read_bytes()),
        Whole("theme", THEME, "theme", resource("themes", "light.toml").read_bytes()),
        Whole("lesson", LESSON, "lesson", resource("lessons", "words.toml").read_bytes()),
        Whole("recorded lesson", LESSON, "lesson", _recorded()),
        Whole("study with a lesson", ".rnnstudio", "study", write_study(lecture())),
    )  # fmt: skip
