"""Damaged files: whatever is done to a file, it opens or is refused with one sentence."""

import random
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.trace import run, trace_arrays
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.demonstration import demonstration
from rnnstudio.files.opening import open_any
from rnnstudio.files.study import write_study
from rnnstudio.files.trace_file import trace_bytes
from rnnstudio.files.weights.writer import weights_bytes
from rnnstudio.resources import resource
from tests.files.test_study import documents

FIELDS = (0, -1, 2**31 - 1, 2**32 - 1, 2**63 - 1, 2**64 - 1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A whole file of every format: ending → bytes."""
    folder = tmp_path_factory.mktemp("whole")
    study = demonstration()
    trace = run(study.network, study.sequence.x, study.first)
    np.save(folder / "x.npy", study.sequence.x)
    parts = {name.replace(".", "_"): array for name, array in trace_arrays(trace).items()}
    np.savez_compressed(folder / "x.npz", x=parts["x"], y=parts["y"])
    several = next(document for document in documents() if document.name == "numbers")
    batch, lengths = several.sequence.batch, several.sequence.lengths
    np.savez(folder / "several.npz", x=batch, y=several.sequence.batch_targets, lengths=lengths)
    return {
        "several.rnnstudio": write_study(several), "several.npz": (folder / "several.npz").read_bytes(),
        "stack.safetensors": weights_bytes(several.network),
        "version-1.rnnstudio": (Path(__file__).parent / "kept" / "words-1.rnnstudio").read_bytes(),
        ".rnnstudio": write_study(study), ".npz": trace_bytes(trace, ".npz"), ".csv": trace_bytes(trace, ".csv"),
        ".npy": (folder / "x.npy").read_bytes(), ".safetensors": weights_bytes(study.network),
        ".txt": resource("studies", "sources", "words.txt").read_bytes(),
        ".toml": resource("cells", "gru.toml").read_bytes(), "packed.npz": (folder / "x.npz").read_bytes(),
    }  # fmt: skip


def mutated(data, pick):
    """One damage of the kinds that files meet: cut, flipped bits, bytes more or less, a field, a block twice."""
    damaged = bytearray(data)
    kind = pick.randrange(7)
    at = pick.randrange(len(damaged))
    if kind == 0:
        return bytes(damaged[:at])
    if kind == 1:
        for _ in range(pick.randint(1, 8)):
            damaged[pick.randrange(len(damaged))] ^= 1 << pick.randrange(8)
    elif kind == 2:
        del damaged[at : at + pick.randint(1, 40)]
    elif kind == 3:
        damaged[at:at] = pick.randbytes(pick.randint(1, 40))
    elif kind == 4:
        width = pick.choice((2, 4, 8))
        damaged[at : at + width] = (pick.choice(FIELDS) % 2 ** (8 * width)).to_bytes(width, "little")
    elif kind == 5:
        damaged[at:at] = damaged[at : at + pick.randint(1, 200)]
    else:
        words = (b"NaN", b"1e999", b"null", b"-1", b"9" * 50, b"\xef\xbb\xbf", b"\0", b"[[[[", b'"', b"../")
        damaged[at:at] = pick.choice(words)
    return bytes(damaged)


def inner(data, pick):
    """A study whose archive is whole, but not what is in it."""
    members = read_members(data, "study")
    name = pick.choice(sorted(members))
    members[name] = mutated(members[name], pick)
    return archive_bytes(members.items())


def open_damaged(whole, folder, count, seed):
    pick = random.Random(seed)
    opened = 0
    for turn in range(count):
        ending = sorted(whole)[turn % len(whole)]
        data = whole[ending]
        damage = inner if ending.endswith(".rnnstudio") and pick.random() < 0.7 else mutated
        path = folder / f"m{'' if ending.startswith('.') else '-'}{ending}"
        path.write_bytes(damage(data, pick))
        try:
            document = open_any(path)
        except InputError as error:
            assert str(error), f"seed {seed}, turn {turn}"
            assert "\n" not in str(error), f"seed {seed}, turn {turn}: {error}"
            assert len(str(error)) < 1_000, f"seed {seed}, turn {turn}: {error}"
        else:
            opened += 1
            write_study(document)  # what opens can be saved
    return opened


def test_damaged_files(whole, tmp_path):
    assert 0 < open_damaged(whole, tmp_path, 1_800, seed=1) < 1_800


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(2, 12))
def test_many_damaged_files(whole, tmp_path, seed):
    assert open_damaged(whole, tmp_path, 10_000, seed) < 10_000


def test_whole_files_open(whole, tmp_path):
    for ending, data in whole.items():
        path = tmp_path / f"w{'' if ending.startswith('.') else '-'}{ending}"
        path.write_bytes(data)
        open_any(path)
