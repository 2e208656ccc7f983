"""Whose letters are written: one table turns finished markup and sentences into those of a book."""

import re

import pytest

from rnnstudio.diagram.notation import TUTORIAL
from rnnstudio.diagram.notation_file import SHIPPED, parse_notation, shipped_notation
from rnnstudio.diagram.view_table import lay_out, views_on
from rnnstudio.engine.limits import InputError
from tests.diagram.studies import CELLS, subject

#: What a picture in a notation must not have any more: the letters of the tutorial that it has others for.
LEFT_OVER = {
    "xh": r"<s\|s|<W\|Δ?W(?!_\{x)|<U\|Δ?U|<V\|V",
    "uwv": r"<s\|s|<W\|Δ?W|<U\|Δ?U|<y\|y",
    "pytorch": r"<s\|s|<W\|Δ?W(?!_\{i)|<U\|Δ?U|<V\|V",
    "keras": r"<s\|s|<[WU]\|Δ?[WU]_\{[gn]",
}
HEAD = 'kind = "notation"\ntitle = "Mine"\nsource = "My script"\n'


def test_the_tutorials_file_says_nothing_else():
    assert shipped_notation("tutorial") is TUTORIAL
    assert TUTORIAL.write("<W|W_{f,t}> <s|s_{t-1}>") == "<W|W_{f,t}> <s|s_{t-1}>"


@pytest.mark.parametrize(
    ("name", "cell", "ours", "theirs"),
    [
        ("xh", "simple", "<W|W><x|x_{t}> + <U|U><s|s_{t-1}>", "<W|W_{xh}><x|x_{t}> + <U|W_{hh}><s|h_{t-1}>"),
        ("xh", "lstm", "<W|W_{f,2,1}> <W|W_{g}>", "<W|W_{xf,2,1}> <W|W_{xc}>"),
        ("xh", "elman", "<V|V> <V|b_{y}> <op|b>", "<V|W_{hy}> <V|b_{y}> <op|b_{h}>"),
        ("uwv", "simple", "<W|ΔW_{t}> <U|U′> <y|y_{t,2}>", "<W|ΔU_{t}> <U|W′> <y|o_{t,2}>"),
        ("uwv", "lstm", "<op|o_{t}> <W|W_{o}> <op|\\new>", "<op|q_{t}> <W|U_{q}> <op|\\new>"),
        ("pytorch", "gru", "<W|W_{r}> <U|U_{n}> <op|b_{n}> <op|d_{n}>",
         "<W|W_{ir}> <U|W_{hn}> <op|b_{in}> <op|b_{hn}>"),
        ("keras", "simple", "<W|W_{2,1}> · <x|x_{1}>", "<x|x_{1}> · <W|\\kernel_{1,2}>"),
        ("keras", "gru", "<op|n_{t}> <W|W_{n}>", "<op|\\hh_{t}> <W|W_{h}>"),
        ("xh", "simple", "<s|0.25> <s|(−1.00)> <s|?> <op|R>", "<s|0.25> <s|(−1.00)> <s|?> <op|R>"),
    ],
)  # fmt: skip
def test_symbols(name, cell, ours, theirs):
    assert shipped_notation(name).of(cell).write(ours) == theirs


def test_layers_by_number_keep_their_matrices_in_network_alone():
    uwv = shipped_notation("uwv").of("simple")
    assert (uwv.write("<W|W_{2}>", numbered=True), uwv.write("<W|W_{2}>")) == ("<W|W_{2}>", "<W|U_{2}>")


def test_sentences_have_the_letters_too():
    uwv = shipped_notation("uwv").of("simple")
    assert uwv.words("x enters at W, a cell's state s_t leaves") == "x enters at U, a cell's state h_t leaves"
    assert shipped_notation("keras").of("dense").words("Traditional layer: y = f(W x)").endswith("y = f(x kernel)")
    assert shipped_notation("xh").of("simple").aloud("Cut U") == "Cut W_hh"


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "tutorial"])
@pytest.mark.parametrize("cell", CELLS)
def test_no_label_keeps_a_letter_that_the_notation_writes_otherwise(name, cell):
    left_over, seen = re.compile(LEFT_OVER[name]), 0
    for wide in (False, True):
        of = subject(cell, wide=wide, written=shipped_notation(name))
        for view in views_on(of.layer):
            layout = lay_out(view, of)
            texts = [*layout.labels.text, layout.title, layout.caption]
            if view == "network":  # W_2 is the matrix of the second layer, whoever writes
                texts = [re.sub(r"<\w\|[WbV]_\{\d\}>", "", text) for text in texts]
            wrong = [text for text in texts if left_over.search(text)]
            assert not wrong, (view, wide, wrong)
            seen += len(texts)
    assert seen > 20


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + "[symbols]\ns = 3\n", "line 5, key symbols.s: "),
        (HEAD + '[symbols]\n"W W" = "A"\n', "line 5, key symbols.W W: "),
        (HEAD + '[symbols]\nW = "A_{*}"\n', "line 5, key symbols.W: "),
        (HEAD + '[symbols]\nW = "A"\n[cells.lstm]\nW = "<b>"\n', "line 7, key cells.lstm.W: "),
        (HEAD + 'vectors = "rows"\n', "line 4, key vectors: one of 'column', 'row' is wanted"),
        (HEAD + 'dialects = ["round"]\n', "line 4, key dialects: "),
        (HEAD + "colour = 1\n", "line 4, key colour: not known"),
        ('kind = "notation"\nsource = "S"\n', "key title: a text is wanted"),
        ('kind = "theme"\n', 'the first key has to be kind = "notation"'),
        ("kind = ", "this is not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_line_and_key(text, sentence):
    with pytest.raises(InputError, match=r"^mine\.toml") as refused:
        parse_notation(text, "mine", "mine.toml")
    assert sentence in str(refused.value)


def test_an_own_notation_may_raise_the_time():
    mine = parse_notation(HEAD + 'time = "above"\nelementwise = "∘"\n[symbols]\ns = "h"\n', "mine")
    assert mine.write("<s|s_{t-1,2}> ⊙ <y|y_{2}>") == "<s|h_{2}^{(t-1)}> ∘ <y|y_{2}>"
