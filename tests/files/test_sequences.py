"""Sequences: tables as spreadsheets write them, arrays, and texts."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.engine.limits import InputError
from rnnstudio.files.sequences import read_sequence
from rnnstudio.files.table import table_sequence
from rnnstudio.files.targets import fitted_targets, read_targets
from rnnstudio.files.texts import text_sequence, with_next
from rnnstudio.state.model import Sequence

WANTED = [[0.5, -1.25], [2.0, 3e-3]]


@pytest.mark.parametrize(
    "data",
    [
        b"0.5,-1.25\n2,3e-3\n", b"a,b\n0.5,-1.25\n2,3e-3", b"\xef\xbb\xbfa,b\r\n0.5,-1.25\r\n2,3e-3\r\n\r\n\r\n",
        b"a;b\n0,5;-1,25\n2;3e-3\n", b"0,5\t-1,25\n2\t0,003\n", b"0.5;-1.25\n2;3e-3\n",
        b'"a","b"\n"0.5","-1.25"\n"2","0.003"',
        '0.5, −1.25\n 2.0, 3e−3\n'.encode(), b"a,b\r0.5,-1.25\r2,3e-3\r", b"a;b\n0.5;-1.25\n2;.003\n;\n",
    ],
)  # fmt: skip
def test_tables(tmp_path, data):
    path = tmp_path / "a.CSV"
    path.write_bytes(data)
    sequence = read_sequence(path)
    assert sequence.x.tolist() == WANTED
    assert sequence.columns == (("a", "b") if b"a" in data else ())


def test_columns_by_name_and_number():
    text = "year,name,sun\n1700,Ann,5\n1701,Bob,11\n"
    assert table_sequence(text, "t.csv", "sun,year").x.tolist() == [[5, 1700], [11, 1701]]
    assert table_sequence(text, "t.csv", "3").columns == ("sun",)
    for columns, sentence in [
        ("moon", "no column 'moon'; year, name, sun"),
        ("4", "no column '4'"),
        ("1,year", "twice"),
    ]:
        with pytest.raises(InputError, match=sentence):
            table_sequence(text, "t.csv", columns)
    with pytest.raises(InputError, match=r"t\.csv: the column name holds text \('Ann' in row 2\).*--columns year,sun"):
        table_sequence(text, "t.csv")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no row"), ("\n\n", "no row"), ("a,b\n", "header|not a number"), ("a,b\n1,2\n3\n", "row 3: 1 values"),
        ("1,2\n1,2,3\n", "row 2: 3 values"), ("a,b\n1,2\n3,x\n5,6\n7,8\n", "row 3, column b: 'x' is not a number"),
        ("1,2\n3,nan\n", "row 2, column 2: nan is not a finite"), ("a\n1\ninf\n3\n", "row 3, column a: inf"),
        ("a\n1\n1e999\n", "row 3, column a: 1e999 is not a finite"),
        ("1,2\n,4\n", "row 2, column 1: the cell is empty"),
        ("1,2\n\n3,4\n", "row 2: the row is blank"), ("a,a\n1,2\n", "two columns are named 'a'"),
        ("1,x,3\n1,2,3\n4,5,6\n", "row 1, column 2: 'x' is not a number"), ("hello there", "not a number"),
        ("1_000,2\n", "holds text"), ("0x10,2\n", "holds text"), ('"1,2\n', "not a number"),
        ("1\n" * 20_001, "20,001 rows"), (",".join(["1"] * 4_097), "4,097 columns"), ("1," + "9" * 200_000, "row 1"),
    ],
)  # fmt: skip
def test_tables_that_are_wrong(text, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        table_sequence(text, "t.csv")
    assert str(caught.value).startswith("t.csv")
    assert len(str(caught.value)) < 300


@given(st.text(alphabet='0123456789.,;\t\n"eE+-−nax \x0b\x1c\u2028', max_size=60))
def test_a_table_is_numbers_or_a_sentence(text):
    try:
        sequence = table_sequence(text, "t.csv")
    except InputError:
        return
    assert np.isfinite(sequence.x).all()
    assert sequence.x.ndim == 2


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (np.zeros(5), r"1 axes.*reshape\(-1, 1\)"), (np.zeros((2, 0, 4)), "0 sequences"),
        (np.zeros((1, 2, 3, 4)), "4 axes"),
        (np.zeros(()), "0 axes"), (np.zeros((0, 3)), "0 steps"), (np.zeros((3, 0)), "0 inputs"),
        (np.zeros((20_001, 1)), "20,001 steps"), (np.zeros((1, 4_097)), "4,097 inputs"),
        (np.zeros((20_001, 1, 1)), "20,001 steps"), (np.zeros((1, 1, 4_097)), "4,097 inputs"),
        (np.array([["a"]]), "real numbers"),
    ],
)  # fmt: skip
def test_arrays_of_wrong_shapes(tmp_path, array, sentence):
    np.save(tmp_path / "x.npy", array)
    np.savez(tmp_path / "x.npz", x=array)
    for name in ("x.npy", "x.npz"):
        with pytest.raises(InputError, match=sentence):
            read_sequence(tmp_path / name)


def test_several_sequences(tmp_path):
    x = np.arange(24.0).reshape(4, 3, 2)
    np.save(tmp_path / "x.npy", x.astype(">f4"))
    found = read_sequence(tmp_path / "x.npy")
    assert np.array_equal(found.batch, x)
    assert (found.sequences, found.steps, found.lengths) == (3, 4, None)
    assert np.array_equal(found.x, x[:, 0])
    y = np.arange(12).reshape(4, 3)
    np.savez_compressed(tmp_path / "x.npz", x=x, y=y, lengths=np.array([4, 1, 3], dtype=np.uint8))
    found = read_sequence(tmp_path / "x.npz").showing(2)
    assert (found.steps, found.lengths.tolist(), found.targets.tolist()) == (3, [4, 1, 3], [2, 5, 8])
    np.save(tmp_path / "one.npy", x[:, :1])
    assert read_sequence(tmp_path / "one.npy").sequences == 1


@pytest.mark.parametrize(
    ("lengths", "sentence"),
    [
        (np.array([4, 0, 4]), "sequence 2 is said to have 0 of 4 steps"), (np.array([4, 4]), r"whole ones \(3,\)"),
        (np.array([4, 4, 5]), "sequence 3 is said to have 5 of 4"), (np.array([4.0, 2.0, 1.5]), "broken numbers"),
        (np.array([-1, 2, 1]), "sequence 1 is said to have -1"), (np.array([[4], [4], [4]]), r"shape \(3, 1\)"),
    ],
)  # fmt: skip
def test_lengths_that_do_not_fit(tmp_path, lengths, sentence):
    np.savez(tmp_path / "x.npz", x=np.zeros((4, 3, 2)), lengths=lengths)
    with pytest.raises(InputError, match=rf"x\.npz, lengths: .*{sentence}"):
        read_sequence(tmp_path / "x.npz")


def test_lengths_go_with_several_sequences(tmp_path):
    np.savez(tmp_path / "x.npz", x=np.zeros((4, 3)), lengths=np.array([4]))
    with pytest.raises(InputError, match="one sequence; lengths go with several"):
        read_sequence(tmp_path / "x.npz")


ONE, SEVERAL = Sequence(x=np.zeros((4, 2))), Sequence(batch=np.zeros((4, 3, 2)), lengths=np.array([4, 2, 1]))
WHOLE, BROKEN = np.arange(4), np.linspace(0, 1, 4)


@pytest.mark.parametrize(
    ("sequence", "y", "loss", "at", "kind", "shape"),
    [
        (ONE, WHOLE, None, None, "i", (4,)), (ONE, WHOLE[:, None], None, None, "f", (4, 1)),
        (ONE, WHOLE[:, None], "cross-entropy", None, "i", (4,)),
        (ONE, WHOLE * 1.0, "cross-entropy", "every", "i", (4,)),
        (ONE, BROKEN[:, None], "mse", None, "f", (4, 1)), (ONE, np.zeros((4, 1, 3)), None, None, "f", (4, 3)),
        (ONE, np.zeros(3), "mse", "last", "f", (3,)), (ONE, np.array(2), None, "last", "i", ()),
        (ONE, np.array([2.0]), "cross-entropy", "last", "i", ()),
        (SEVERAL, np.zeros((4, 3), int), None, None, "i", (4, 3)),
        (SEVERAL, np.zeros((4, 3, 5)), None, None, "f", (4, 3, 5)),
        (SEVERAL, np.zeros((3, 5)), None, None, "f", (3, 5)), (SEVERAL, np.zeros(3, int), None, None, "i", (3,)),
        (SEVERAL, np.zeros((4, 3, 1)), "cross-entropy", None, "i", (4, 3)),
        (SEVERAL, np.zeros((3, 1)), "cross-entropy", "last", "i", (3,)),
    ],
)  # fmt: skip
def test_targets_of_every_form(sequence, y, loss, at, kind, shape):
    found = fitted_targets(np.asarray(y), sequence, "y.npy", loss, at)
    assert (found.dtype.kind, found.shape, found.flags.writeable) == (kind, shape, False)
    aimed = sequence.with_targets(found)
    assert aimed.classes == (kind == "i")
    assert aimed.at_last == (found.shape[:1] != (4,))


@pytest.mark.parametrize(
    ("sequence", "y", "loss", "at", "sentence"),
    [
        (ONE, np.zeros((3, 2)), None, None, r"\(T, O\) = \(4, O\) numbers or \(T,\) = \(4,\) class numbers do"),
        (ONE, BROKEN, None, None, r"\(4, O\)"), (ONE, WHOLE, "mse", None, r"\(T, O\) = \(4, O\) numbers do$"),
        (ONE, np.zeros((4, 2)), "cross-entropy", None, r"\(4,\) class numbers do$"),
        (ONE, np.zeros((4, 2)), None, "last", r"\(O,\) = \(O\) numbers or one class number do"),
        (ONE, BROKEN[:, None], "cross-entropy", None, "0.333333, number 2 in their order, is no class"),
        (ONE, np.array([0, -1, 0, 0]), None, None, "-1, number 2"), (ONE, WHOLE + 4_096, None, None, "4096, number 1"),
        (SEVERAL, np.zeros((4, 3)), None, None, r"\(T, N, O\) = \(4, 3, O\)"),
        (SEVERAL, np.zeros((2, 3)), None, None, r"\(N, O\) = \(3, O\)"),
        (SEVERAL, np.zeros((4, 3, 1)), "mse", "last", r"\(N, O\) = \(3, O\) numbers do$"),
        (ONE, np.zeros((4, 4_097)), "mse", None, r"\(4, 4097\)"),
    ],
)  # fmt: skip
def test_targets_that_do_not_fit(sequence, y, loss, at, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        fitted_targets(y, sequence, "y.npy", loss, at)
    assert str(caught.value).startswith("y.npy: ")


def test_targets_from_files(tmp_path):
    (tmp_path / "y.csv").write_text("right;wrong\n1;0\n0;1\n1;0\n0;1\n")
    np.savez(tmp_path / "y.npz", y=WHOLE, x=np.zeros(3))
    np.save(tmp_path / "y.npy", np.ones((4, 3)))
    assert read_targets(tmp_path / "y.csv", ONE).tolist() == [[1, 0], [0, 1], [1, 0], [0, 1]]
    assert read_targets(tmp_path / "y.npz", ONE).tolist() == [0, 1, 2, 3]
    assert read_targets(tmp_path / "y.npy", ONE).shape == (4, 3)
    (tmp_path / "c.csv").write_text("class\n2\n0\n1\n3\n")
    assert read_targets(tmp_path / "c.csv", ONE, "cross-entropy").tolist() == [2, 0, 1, 3]
    (tmp_path / "l.csv").write_text("0.5,1.5\n")
    assert read_targets(tmp_path / "l.csv", ONE, "mse", "last").tolist() == [0.5, 1.5]
    (tmp_path / "n.csv").write_text("1,2\n3,4\n5,6\n")
    assert read_targets(tmp_path / "n.csv", SEVERAL, "mse", "last").shape == (3, 2)
    np.savez(tmp_path / "n.npz", z=WHOLE)
    for name, sentence in [
        ("n.npz", "no array y for targets; z are"), ("y.txt", "end in .csv, .npy or .npz"),
        ("none.npy", "no such file"),
    ]:  # fmt: skip
        with pytest.raises(InputError, match=sentence):
            read_targets(tmp_path / name, ONE)


def test_texts():
    sequence = text_sequence("The cat’s dog, the cat.", "t.txt", "words")
    assert sequence.vocabulary == ("the", "cat’s", "dog", ",", "cat", ".")
    assert sequence.tokens.tolist() == [0, 1, 2, 3, 0, 4, 5]
    hello = text_sequence("hello\n", "t.txt")
    assert (hello.vocabulary, hello.tokens.tolist()) == (("h", "e", "l", "o"), [0, 1, 2, 2, 3])
    following = with_next(hello)
    assert (following.tokens.tolist(), following.targets.tolist()) == ([0, 1, 2, 2], [1, 2, 2, 3])
    assert with_next(text_sequence("a", "t.txt")).targets is None
    for text in ("", "\n", "  "):
        with pytest.raises(InputError, match="no word"):
            text_sequence(text, "t.txt", "words")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"one\ntwo\xff\n", "line 2: the byte 0xff is not UTF-8"), ("häß".encode("latin-1"), "line 1: the byte 0xe4"),
        ("a".encode("utf-16"), "line 1"), (b"a\nb\0", "line 2: the sign 0x00"), (b"\x7fELF\x02\x01\x01\x00", "line 1"),
        (b"", "empty"), (b"\xef\xbb\xbf", "no char"),
    ],
)  # fmt: skip
def test_texts_that_are_none(tmp_path, data, sentence):
    path = tmp_path / "t.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=sentence):
        read_sequence(path)


def novel(words, tokens, seed=3):
    pick = random.Random(seed)
    stock = [f"word{n}" for n in range(words)]
    return " ".join(pick.choice(stock) for _ in range(tokens))


def test_a_novel_is_cut_to_the_steps_that_fit():
    sequence = text_sequence(novel(2_000, 50_000), "n.txt")
    assert sequence.steps == 20_000
    assert len(sequence.vocabulary) == len(set(sequence.tokens.tolist())) <= 2_000
    assert "50,000" in sequence.note
    assert "20,000" in sequence.note


def test_a_novel_of_many_words_is_cut_before_the_word_that_is_too_many():
    text = novel(30_000, 60_000)
    sequence = text_sequence(text, "n.txt")
    assert len(sequence.vocabulary) == 4_096
    words = text.split()
    assert [sequence.vocabulary[at] for at in sequence.tokens] == words[: sequence.steps]
    assert words[sequence.steps] not in sequence.vocabulary  # the next word would have been one too many
    assert "4,096" in sequence.note


def test_the_end_of_file_sign_of_old_systems_is_no_part_of_a_text(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes(b"one two\r\none three\r\n\x1a")
    assert read_sequence(path, tokens="words").vocabulary == ("one", "two", "three")
