import numpy as np
import pytest

from rnnstudio.diagram.explain import pages
from rnnstudio.diagram.formula_sizes import NORMAL, WIDE, line_width
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import knowledge_of
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEWS, Subject
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import OneHot, run
from rnnstudio.playback.playhead import Playhead, layer_phase
from tests.diagram.formula_studies import VMAX, pages_at, trace_of, tutorial, vectors, words

CELLS = ("dense", "simple", "elman", "jordan", "lstm", "lstm-peephole", "lstm-coupled", "gru", "gru-v1", "mgu")
OF_CELL = tuple(view for view in VIEWS if view not in LAYER_VIEWS)


def studies():
    for cell in CELLS:
        for view in VIEWS:
            if cell != "dense" or view in LAYER_VIEWS:
                yield cell, view


def shows(found, value):
    return any(each.shape == value.shape and np.array_equal(each, value) for each in found)


@pytest.mark.parametrize(("cell", "view"), list(studies()))
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("wide", [False, True])
def test_every_operand_and_result_of_the_sub_step_is_on_a_page(cell, view, bias, wide):
    network = tutorial(cell, bias)
    trace = trace_of(network, view)
    run_of = trace.layer(network.chosen)
    program, count = run_of.program, len(network.layers[network.chosen].program.phases)
    for phase in range(1, count + 1):
        found = vectors(pages_at(network, trace, view, 4, phase, wide=wide))
        shown = layer_phase(phase, count) if view in LAYER_VIEWS else phase
        for op in program.ops:
            if program.phase_of(op.id) == shown:
                for name in (*op.args, op.id):
                    if name not in ("1",):
                        value = np.asarray(run_of.operand(name, 4)).ravel()
                        assert shows(found, value), (op.id, name, phase)


@pytest.mark.parametrize(("cell", "view"), list(studies()))
def test_nothing_is_shown_before_it_is_computed(cell, view):
    network = tutorial(cell, True)
    trace = trace_of(network, view)
    run_of = trace.layer(network.chosen)
    program, count = run_of.program, len(network.layers[network.chosen].program.phases)
    for t in (2, 5, 8):  # at t = 1 the state, and what comes of it, is 0
        for phase in range(1, count + 1):
            found = vectors(pages_at(network, trace, view, t, phase))
            shown = layer_phase(phase, count) if view in LAYER_VIEWS else phase
            for op in program.ops:
                if program.phase_of(op.id) > shown:
                    value = np.asarray(run_of.value(op.id, t))
                    assert not shows(found, value), (op.id, t, phase)


@pytest.mark.parametrize("view", VIEWS)
def test_y_s_and_outputs_of_the_tutorial_carry_no_note(view):
    network = tutorial()
    trace = trace_of(network, view)
    for t in range(1, 9):
        for page in pages_at(network, trace, view, t, 4):
            if page.value in ("y", "s", "cell"):
                assert not page.zones[2].rounded, (view, t, page.value)


def test_shown_digits_give_the_shown_sum_or_the_note_stands_there():
    network = tutorial()
    trace = trace_of(network, "cell")
    for t in range(1, 9):
        page = pages_at(network, trace, "cell", t, 3)[0]
        numbers = [piece for piece in page.zones[1].lines[0] if piece.kind == "vector"]
        total = sum(np.round(piece.values, 2) for piece in numbers).round(2)
        result = page.zones[2].lines[0][-1].values.round(2)
        assert page.zones[2].rounded == (not np.array_equal(total, result))
        assert (page.zones[2].caption, page.zones[2].note, page.zones[1].note) == (
            "RESULT SO FAR",
            "before f",
            "W x + U s",
        )


def test_layer_shows_the_row_of_the_node():
    network = tutorial()
    first = pages_at(network, trace_of(network, "layer"), "layer", 4, 4)[0]
    formula, numbers, result = first.zones
    assert [line[0].text.split(" =")[0] for line in formula.lines] == ["<y|y_{1}>", "<y|y_{2}>", "<y|y_{3}>"]
    assert formula.current_line == 1 and formula.lines[1][0].level > formula.lines[0][0].level
    row = "<op|f>(<W|1.9>·<x|0.72> + <W|1.1>·<x|0.63> + <W|1.2>·<x|0.37> + <W|(−1.5)>·<x|0.22>)"
    assert numbers.lines[0][0].text == row
    assert "2.17" in "".join(piece.text for piece in numbers.lines[1])
    assert result.lines[0][0].text == "<y|y_{2}> = <y|0.90>" and result.lit


def test_unrolled_opens_with_r():
    network = tutorial()
    first = pages_at(network, trace_of(network, "unrolled"), "unrolled", 4, 2)[0]
    assert first.zones[0].lines[0][0].text == (
        "(<y|y_{t}>, <s|s_{t}>) = <op|R>(<x|x_{t}>, <W|W_{t}>, <s|s_{t-1}>, <U|U_{t}>)"
    )
    assert first.zones[1].note == "f(W x + U s)"
    assert [p.role for p in first.zones[1].lines[0] if p.kind != "math"] == ["W", "x", "U", "s"]
    assert not first.zones[2].lines[0][-1].known and first.zones[2].lit


def test_sample_0_has_the_given_states():
    network = tutorial("lstm")
    found = pages_at(network, trace_of(network, "cell"), "cell", 0, 6)
    assert "<s|s_{0}>" in words(found) and "<c|c_{0}>" in words(found)
    assert [v.tolist() for v in vectors(found)] == [[0, 0, 0], [0, 0, 0]]


def test_the_selected_value_is_explained():
    network = tutorial("lstm")
    trace = trace_of(network, "cell")
    selected = pages_at(network, trace, "cell", 4, 6, selection=Key("o"))
    assert {page.value for page in selected} == {"o"}
    earlier = pages_at(network, trace, "unrolled", 4, 2, selection=Key("y", 2))
    assert "<s|s_{t-2}>" in words(earlier) and shows(vectors(earlier), np.asarray(trace.layer(1).value("y", 2)))
    node = pages_at(tutorial(), trace_of(tutorial(), "network"), "network", 4, 4, selection=Key("node", i=1, layer=2))
    assert "<y|y_{2}^{(3)}>" in words(node) or "<y|y_{2}>" in words(node)
    assert not node[0].zones[2].rounded


def test_an_operand_of_the_sub_step_leaves_its_page_standing():
    network = tutorial()
    trace = trace_of(network, "unrolled")
    plain = [page.value for page in pages_at(network, trace, "unrolled", 4, 2)]
    assert [page.value for page in pages_at(network, trace, "unrolled", 4, 2, selection=Key("s", 3))] == plain


@pytest.mark.parametrize("cell", ["simple", "elman", "lstm", "gru"])
@pytest.mark.parametrize(("inputs", "size"), [(1, 1), (5, 5), (300, 40)])
def test_any_size_fits_the_bar(cell, inputs, size):
    network = new_network(library_cell(cell), inputs, size)
    x = OneHot(np.array([0, inputs - 1, 0]), inputs) if inputs > 5 else np.ones((3, inputs))
    for view in VIEWS:
        trace = run(network, x, stateless=view in LAYER_VIEWS)
        count = len(network.layers[0].program.phases)
        for wide in (False, True):
            for phase in (1, 2, count):
                for page in pages_at(network, trace, view, 2, phase, wide=wide):
                    bar = WIDE if wide else NORMAL
                    room = sum(max(line_width(line, bar) for line in zone.lines) for zone in page.zones)
                    assert room + 48 <= bar.width, (view, wide, phase, page.value)
                    rows = [p.rows for zone in page.zones for line in zone.lines for p in line if p.kind != "math"]
                    assert max(rows, default=0) <= bar.most_rows


def test_a_word_is_one_term_and_the_likeliest_follow():
    network = new_network(library_cell("elman"), 30, 20, 30)
    vocabulary = tuple(f"w{k}" for k in range(30))
    trace = run(network, OneHot(np.array([3, 7]), 30))
    subject = Subject(network, 2, 2, Frame(), vocabulary=vocabulary, tokens=(3, 7))
    head = Playhead(2, 5)
    found = pages(subject, trace, "cell", "cell", head, 0, None, knowledge_of(network, head, False), 2, VMAX)
    y = np.asarray(trace.layer(0).value("y", 2))
    assert found[-1].value == "likely" and f"w{int(y.argmax())}" in words(found[-1:])
    head = Playhead(2, 2)
    found = pages(subject, trace, "cell", "cell", head, 0, None, knowledge_of(network, head, False), 2, VMAX)
    assert "(29 \\terms)" in words(found) and words(found).count("·<x|") == 1
