"""Cell: every op of the cell a mark, by the cell file's positions or laid out by itself (DESIGN §6.8, MODEL §3)."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.views.cell import lay_out
from rnnstudio.diagram.views.cell_graph import cell_graph, entry_of, gate_like
from rnnstudio.engine.cells import library_cell, parse_cell
from tests.diagram.views.drawings import FRAMES, check, overlap, rect, smallest_text, solid, subject, text, words

CELLS = ("simple", "elman", "jordan", "lstm", "lstm-peephole", "lstm-coupled", "gru", "gru-v1", "mgu")


def unplaced(name):
    """The library's cell with its positions taken out."""
    cell = library_cell("simple" if name == "elman" else name)
    lines = [line for line in cell.text.splitlines() if not line.startswith("place")]
    return parse_cell("\n".join(lines))


def of(name, *, frame=FRAMES[0], bias=True, place=True, inputs=4, size=3, outputs=None, t=4, steps=8, targets=False):
    from rnnstudio.engine.network import new_network

    cell = library_cell(name) if place else unplaced(name)
    outputs = 3 if name == "elman" and outputs is None else outputs
    return subject(new_network(cell, inputs, size, outputs, bias=bias), t=t, steps=steps, frame=frame, targets=targets)


def drawn(layout):
    """Names of all values, ops and parameters that the layout shows the numbers of."""
    used = {int(b) for group in (layout.tiles, layout.plates, layout.wires) for b in group.block if b >= 0}
    return {layout.blocks[b].name for b in used}


def wire(layout, key):
    points = layout.wires.points[layout.wires.keys.index(key)]
    return [tuple(float(v) for v in p) for p in (points[0], points[-1])]


def test_the_simple_cell_stands_where_the_specification_puts_it():
    layout = lay_out(of("simple"))
    assert rect(layout, Key("cell")) == (638, 386, 884, 472)
    assert rect(layout, Key("U", part="tab")) == pytest.approx((330, 322, 132, 123.6), abs=1)
    assert rect(layout, Key("W", part="tab")) == pytest.approx((600, 545, 170, 123.6), abs=7)
    assert rect(layout, Key("us", part="frame"))[:2] == (473, 322)
    assert rect(layout, Key("wx", part="frame"))[:2] == (600, 420)
    assert rect(layout, Key("a:+"))[:2] == (600, 322)
    assert rect(layout, Key("f")) == (860, 322, 122, 108)
    assert rect(layout, Key("y", part="frame"))[:2] == (990, 81)
    assert rect(layout, Key("b", part="frame"))[:2] == (600, 218)
    assert Key("b", part="frame") not in lay_out(of("simple", bias=False)).plates.keys


def test_the_lstm_stands_where_the_specification_puts_it():
    layout = lay_out(of("lstm", bias=False))
    assert rect(layout, Key("cell")) == (643, 384, 934, 476)
    gates = {"f:sigmoid": 318, "i:sigmoid": 492, "g:tanh": 662, "o:sigmoid": 836}
    for key, x in gates.items():
        assert rect(layout, Key(key)) == (x, 462, 150, 56)
        assert rect(layout, Key(key[0], part="frame"))[:2] == (x, 378)
        assert rect(layout, Key("U" + key[0], part="tab")) == (x - 37, 490, 62, 26)
    assert rect(layout, Key("ig:*")) == (577, 306, 46, 46) and rect(layout, Key("s:*"))[:2] == (942, 378)
    assert rect(layout, Key("s:tanh"))[:2] == (942, 296)
    assert rect(layout, Key("c", part="frame"))[:2] == (1172, 218)
    assert rect(layout, Key("c:+", part="frame"))[:2] == (812, 218), "the new c on the conveyor, before it leaves"
    rail = layout.wires.keys.index(Key("rail:c"))
    assert layout.wires.width[rail] == 15 and set(layout.wires.points[rail][:, 1]) == {218.0}


def test_y_breaks_off_19_px_over_and_under_the_conveyor():
    layout = lay_out(of("lstm"))
    below, above = wire(layout, Key("wire:y", part="lower")), wire(layout, Key("wire:y"))
    assert below == [(1034, 556), (1034, 218 + 19)]
    assert above[0] == (1034, 218 - 19)


def test_the_gru_stands_where_the_specification_puts_it():
    layout = lay_out(of("gru"))
    places = {"rsn:*": (440, 298), "n:+": (584, 298), "n:tanh": (688, 298), "zs:*": (878, 218), "s:+": (1018, 218)}
    for key, place in places.items():
        assert rect(layout, Key(key))[:2] == place
    assert rect(layout, Key("n", part="frame"))[:2] == (778, 298)
    assert rect(layout, Key("zs", part="frame"))[:2] == (950, 218)
    assert rect(layout, Key("W", part="tab"))[:2] == (584, 462), "W_n is the layer's W"
    kinds = dict(zip(layout.plates.keys, layout.plates.kind, strict=True))
    assert kinds[Key("zn:1-")] == "op:1-" and text(layout, Key("zn:1-", part="symbol")) == "1 - <op|z_{t}>"


def test_x_and_s_reach_each_gate_as_two_wires_over_their_rails():
    layout = lay_out(of("lstm", bias=False))
    for gate, x in (("f", 318), ("i", 492), ("g", 662), ("o", 836)):
        matrix = Key("wire:x", part=f"W{gate}")
        assert wire(layout, matrix)[1] == (x + 37, 490 + 13 + 3)
        points = layout.wires.points[layout.wires.keys.index(matrix)]
        assert 584.0 in points[:, 1]
        assert wire(layout, Key("wire:s", part=f"U{gate}"))[1][0] == x - 37
    assert any(key.what == "bridge:x" for key in layout.wires.keys)


@pytest.mark.parametrize("place", [True, False])
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("cell", CELLS)
def test_every_operand_and_result_of_every_phase_has_its_mark(cell, bias, frame, place):
    subject_ = of(cell, bias=bias, frame=frame, place=place)
    program, layout = subject_.program, lay_out(subject_)
    shown = drawn(layout)
    inner = [op for value in program.values for op in program.ops_of(value)[:-1]]
    hidden = {op.id for op in inner if op.kind == "add" or entry_of(program, op)}
    for op in program.ops:
        value = op.value if program.ops_of(op.value)[-1] is op else op.id
        assert value in shown or op.id in shown or op.id in hidden or value == program.handed, op.id
        for arg in op.args:
            delivered = program.producer(arg)
            known = arg in shown or arg in hidden or arg == program.handed
            assert known or (delivered and delivered.id in shown) or arg == "1", (op.id, arg)
    assert set(program.parameters) <= shown
    assert {"x", "y", *program.states, *(f"{s}_prev" for s in program.states)} <= shown


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("bias", [True, False])
def test_no_op_is_lost_between_equations_and_items(cell, bias):
    program = of(cell, bias=bias).program
    graph = cell_graph(program, lambda value: gate_like(program, value), lambda _: False)
    assert set(graph.owner) == {op.id for op in program.ops if op.kind != "copy"}
    assert set(graph.owner.values()) | {i.name for i in graph.items.values() if i.kind == "bias"} == set(graph.items)
    carried = {name for item in graph.items.values() for name in item.params}
    assert carried == set(program.parameters)


@pytest.mark.parametrize("place", [True, False])
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("outputs", [None, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_nothing_overlaps_and_every_wire_ends_on_what_it_names(cell, bias, frame, place, outputs):
    layout = lay_out(of(cell, bias=bias, frame=frame, place=place, outputs=outputs))
    check(layout)
    things = [(key, box) for key, box in solid(layout) if key.part != "frame" or key.what not in ("cell",)]
    boxes = [
        (key, (r[0] - r[2] / 2, r[1] - r[3] / 2, r[0] + r[2] / 2, r[1] + r[3] / 2))
        for key, kind, r in zip(layout.plates.keys, layout.plates.kind, layout.plates.rect, strict=True)
        if kind in ("gate", "card", "op:+", "op:*", "op:1-")
    ]
    for (a, first), (b, second) in combinations(boxes, 2):
        assert not overlap(first, second), (a, b)
    assert things


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("cell", CELLS)
def test_wires_stand_upright_or_level_and_run_through_nothing(cell, frame):
    layout = lay_out(of(cell, frame=frame))
    obstacles = {
        key: r for key, kind, r in zip(layout.plates.keys, layout.plates.kind, layout.plates.rect, strict=True)
        if kind in ("gate", "card", "op:+", "op:*", "op:1-")
    }  # fmt: skip
    for k, key in enumerate(layout.wires.keys):
        if layout.wires.style[k] != "wire" or key.what.startswith("bridge"):
            continue
        for a, b in pairwise(layout.wires.points[k]):
            middle = (a + b) / 2
            for name, (x, y, w, h) in obstacles.items():
                inside = abs(middle[0] - x) < w / 2 - 1 and abs(middle[1] - y) < h / 2 - 1
                assert not inside, (key, name)


def test_tokens_run_op_by_op():
    of_lstm = of("lstm")
    layout = lay_out(of_lstm)
    phases = {key: int(phase) for key, phase in zip(layout.wires.keys, layout.wires.phase, strict=True)}
    assert phases[Key("wire:x", part="Wf")] == phases[Key("wire:s", part="Ug")] == 2
    assert phases[Key("wire:c", part="fc:*")] == 3 and phases[Key("wire:i:sigmoid", part="ig:*")] == 4
    assert phases[Key("wire:c", part="out")] == 5 and phases[Key("wire:y")] == 6
    readout = of("gru", outputs=2)
    layout = lay_out(readout)
    assert layout.wires.phase[layout.wires.keys.index(Key("wire:y"))] == len(readout.program.phases) == 6


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("t", [0, 1, 8])
def test_the_picture_is_the_same_at_every_sample(cell, t):
    first, other = lay_out(of(cell, t=4)), lay_out(of(cell, t=t))
    assert first.plates.keys == other.plates.keys and np.array_equal(first.plates.rect, other.plates.rect)
    alone = lay_out(of(cell, t=1, steps=1))
    assert alone.wires.keys == first.wires.keys


@pytest.mark.parametrize(("inputs", "size"), [(1, 1), (12, 12), (13, 13), (64, 65), (4096, 1024)])
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("frame", FRAMES)
def test_large_vectors_are_low_columns_and_few_marks(inputs, size, cell, frame):
    if cell not in ("simple", "elman") and size == 1024:
        inputs = 64
    layout = lay_out(of(cell, inputs=inputs, size=size, frame=frame))
    tallest = 168 if frame.wide else 100
    for key, kind, r in zip(layout.plates.keys, layout.plates.kind, layout.plates.rect, strict=True):
        if kind in ("frame", "histogram"):
            assert r[3] <= tallest + 4, key
    assert layout.marks < 4000


def test_words_in_and_words_out():
    layout = lay_out(words(4))
    assert rect(layout, Key("x", part="frame"))[2] == 26 and text(layout, Key("x", part="word")) == "“word20”"
    kinds = dict(zip(layout.plates.keys, layout.plates.kind, strict=True))
    assert kinds[Key("y", part="frame")] == "likely"
    check(layout)


def test_symbols_are_the_cells_and_notes_wait_for_their_reason():
    layout = lay_out(of("lstm"))
    assert text(layout, Key("f", part="word")) == "forget"
    assert text(layout, Key("fc", part="symbol")) == "<op|f_{t}> ⊙ <c|c_{t-1}>"
    assert text(layout, Key("c_prev", part="symbol")) == "<c|c_{t-1}>"
    gru = lay_out(of("gru"))
    lines = text(gru, Key("sn", part="symbol")), text(gru, Key("sn", part="symbol2"))
    assert lines == ("<U|U_{n}><s|s_{t-1}>", "+ <op|d_{n}>")
    notes = [when for when, what in zip(gru.labels.when, gru.labels.text, strict=True) if what == "rounded"]
    assert notes and all(when.startswith("rounded:") for when in notes)


@pytest.mark.parametrize("place", [True, False])
def test_no_symbol_lies_on_a_number_or_another_symbol(place):
    from rnnstudio.diagram.views.cell_symbols import math_width, words_width

    for cell in CELLS:
        layout = lay_out(of(cell, place=place))
        labels, boxes = layout.labels, []
        for key, words_, (x, y), px, align, font in zip(labels.keys, labels.text, labels.at, labels.px, labels.align,
                                                        labels.font, strict=True):  # fmt: skip
            w = words_width(words_, px) if font == "ui" else math_width(words_, px)
            left = x - w / 2 if align == "c" else x - w if align == "r" else x
            boxes.append((key, (left + 2, y - 0.35 * px, left + w - 2, y + 0.35 * px)))
        for (a, first), (b, second) in combinations(boxes, 2):
            assert not overlap(first, second, 2), (cell, a, b)
        for key, r in zip(layout.tiles.keys, layout.tiles.rect, strict=True):
            box = (r[0] - r[2] / 2, r[1] - r[3] / 2, r[0] + r[2] / 2, r[1] + r[3] / 2)
            for name, label in boxes:
                assert not overlap(box, label, 2), (cell, key, name)


@pytest.mark.parametrize("cell", CELLS)
def test_the_projectors_texts_can_be_read_at_the_back(cell):
    layout = lay_out(of(cell, frame=FRAMES[1]))
    assert smallest_text(layout) >= 28
    numbers = layout.tiles.px[layout.tiles.px > 0]
    assert len(numbers) and numbers.min() >= 28
    x, s = rect(layout, Key("x", part="frame")), rect(layout, Key("s_prev", part="frame"))
    assert x[0] == s[0] and x[1] > s[1], "x on the left, under s"
    assert rect(layout, Key("y", part="frame"))[0] > rect(layout, Key("cell"))[0]


JOINED = """
kind = "cell"
version = 1
name = "joined"
sizes = { x = "I", s = "H", y = "H" }
bias = ["ba", "bg"]
equations = '''
k = concat(s_prev, x)
a = softmax(Wa @ k + ba)
e = exp(-(Ug @ s_prev) - q * s_prev)
g = tanh(Wg @ concat(x, a) + bg)
s = a * g + (1 - a) * s_prev * e
y = s'''
phases = [["x", "s_prev"], ["k"], ["a", "e"], ["g"], ["s", "y"]]
"""


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("outputs", [None, 2])
def test_a_cell_with_every_operation_is_laid_out_by_itself(frame, bias, outputs):
    from rnnstudio.engine.network import new_network

    subject_ = subject(new_network(parse_cell(JOINED), 4, 3, outputs, bias=bias), t=4, steps=8, frame=frame)
    layout = lay_out(subject_)
    check(layout)
    assert text(layout, Key("k:concat", part="symbol")) == "\\concat"
    assert rect(layout, Key("k", part="frame"))[3] > 0 and "q" in drawn(layout)
    kinds = dict(zip(layout.plates.keys, layout.plates.kind, strict=True))
    assert "curve:softmax" in kinds.values() and "curve:exp" in kinds.values()


def test_peepholes_hang_under_the_conveyor_that_they_look_at():
    layout = lay_out(of("lstm-peephole"))
    assert wire(layout, Key("wire:c:+", part="po"))[0][1] == 218, "o looks at the new c"
    for gate in ("f", "i"):
        start, end = wire(layout, Key("wire:c", part=f"p{gate}"))
        assert start[0] == 113 and end[0] == rect(layout, Key(f"p{gate}", part="tab"))[0], "at c before the step"


def test_the_first_gru_stands_where_the_specification_puts_it():
    layout = lay_out(of("gru-v1", bias=False))
    places = {"rs:*": 292, "n:+": 606, "n:tanh": 704, "zn:*": 1018}
    for op, x in places.items():
        assert rect(layout, Key(op))[:2] == (x, 298)
    assert rect(layout, Key("Un", part="tab"))[:2] == (444, 298)
    assert rect(layout, Key("n", part="frame"))[:2] == (788, 298)
    assert wire(layout, Key("wire:s", part="rs:*"))[0] == (292, 218)


def test_jordans_two_functions_are_two_marks():
    keys = lay_out(of("jordan")).plates.keys
    assert Key("f") in keys and Key("y:f") in keys


def test_a_larger_canvas_has_the_cell_in_its_middle():
    small, wider = lay_out(of("lstm")), lay_out(of("lstm", frame=Frame(1600.0, 760.0)))
    assert rect(wider, Key("f:sigmoid"))[0] == rect(small, Key("f:sigmoid"))[0] + 160
    tall = lay_out(of("gru", frame=Frame(2000.0, 784.0, True)))
    assert rect(tall, Key("cell"))[:2] == (905 + 40, 350 + 43)
    check(tall)


def test_a_value_beside_its_wire_is_held_by_a_leader_and_stays_clear_of_the_conveyor():
    for size in (3, 20, 200):
        layout = lay_out(of("lstm", size=size, inputs=5))
        _, y, _, h = rect(layout, Key("ig", part="frame"))
        assert y - h / 2 > 218 + 7.5 and y + h / 2 < rect(layout, Key("g", part="frame"))[1] - 30
        assert Key("leader:ig:*") in layout.wires.keys
