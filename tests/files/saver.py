"""A program that does nothing but save, as a child that is killed."""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np

from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.study_file import save_study_file
from rnnstudio.state.model import Sequence

NAMES = ("old", "new")


def study(name):
    """A study of some 200 kB: it is not written in one go."""
    x = np.random.Generator(np.random.PCG64(len(name) + ord(name[0]))).normal(size=(8_000, 3))
    return replace(demonstration(), name=name, sequence=Sequence(x=x))


def save(out, path, writer="atomic"):
    """Save one and the other, over and over."""
    studies = [study(name) for name in NAMES]
    print("saving", file=out)
    for document in itertools.cycle(studies):
        if writer == "atomic":
            save_study_file(path, document)
        else:
            naive(path, document)


def naive(path, document):
    """What a program that does not think of its end would do."""
    from rnnstudio.files.study import write_study

    with Path(path).open("wb") as file:
        file.write(write_study(document))
