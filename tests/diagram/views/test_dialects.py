"""How other books draw the same cell: gates fed from one column, a delay in the loop."""

from functools import partial

import numpy as np
import pytest

from rnnstudio.diagram.dress import block_numbers
from rnnstudio.diagram.explain import pages
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import JOINT
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.notation import BLOCK, CONCAT, DELAY, DIALECTS, TUTORIAL
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.view_table import lay_out
from rnnstudio.diagram.views.cell_block import SEAM
from rnnstudio.engine.cells import library_cell
from rnnstudio.engine.network import Network, new_layer
from rnnstudio.playback.playhead import Playhead
from tests.diagram import test_morph
from tests.diagram.studies import CELLS, moment, subject
from tests.diagram.views.drawings import FRAMES, check, rect
from tests.diagram.views.wiring import check_boxes, check_wires

GATED = ("lstm", "lstm-peephole", "lstm-coupled", "gru", "gru-v1", "mgu")


def of(cell: str, dialect: str, frame: Frame = FRAMES[0], bias: bool = True) -> Subject:
    network = Network((new_layer(library_cell(cell), 4, 3, bias=bias, seed=2),))
    return Subject(network, 6, 3, frame, written=TUTORIAL.drawn(frozenset({dialect})))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("cell", GATED)
def test_gates_are_fed_from_one_knot_and_nothing_lies_on_anything(cell, frame, bias):
    layout = lay_out("cell", of(cell, CONCAT, frame, bias))
    check(layout)
    check_wires(layout)
    check_boxes(layout)
    gates = [key for key, kind in zip(layout.plates.keys, layout.plates.kind, strict=True) if kind == "gate"]
    fed = [key.part for key in layout.wires.keys if key.what == "wire:joint" and key.part]
    assert fed
    assert set(fed) <= {f"{key.what.partition(':')[0]}:gate" for key in gates}
    tapped = [key for key in layout.wires.keys if key.what in ("wire:x", "wire:s") and key.part not in ("", "joint")]
    assert not [key for key in tapped if key.part in {f"{letter}{gate[0]}" for letter in "WU" for gate in fed}]


def test_the_knot_carries_x_and_the_state_below_each_other():
    drawn = of("lstm", CONCAT)
    layout = lay_out("cell", drawn)
    now = moment(drawn, "cell", Playhead(3, 2))
    numbers = block_numbers(layout, now)
    found = next(values for block, values in zip(layout.blocks, numbers, strict=True) if block.name == JOINT)
    run = now.trace.layer(0)
    assert np.array_equal(found, np.concatenate([run.value("x", 3), run.value("s", 2)]))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("cell", ["simple", "lstm"])
def test_the_delay_is_a_square_on_the_loop(cell, frame):
    layout = lay_out("compact", of(cell, DELAY, frame))
    check(layout)
    x, y, w, h = rect(layout, Key("cell", part="delay"))
    loop = layout.wires.points[layout.wires.keys.index(Key("wire:s", part="loop"))]
    assert w == h
    assert np.hypot(*(loop - (x, y)).T).min() < 3
    plain = lay_out("compact", of(cell, CONCAT, frame))
    assert Key("cell", part="delay") not in plain.plates.keys


@pytest.mark.parametrize("pair", [("samples", "unrolled"), ("unrolled", "compact"), ("compact", "cell")])
def test_turns_keep_their_laws_in_every_dialect(pair, monkeypatch):
    monkeypatch.setattr(test_morph, "subject", partial(subject, written=TUTORIAL.drawn(frozenset(DIALECTS))))
    for law in (
        test_morph.test_a_mark_that_both_views_have_moves_and_is_never_lost,
        test_morph.test_what_one_view_lacks_flies_out_of_its_nearest_ancestor,
        test_morph.test_wire_ends_stay_on_their_ports,
    ):
        law(*pair)
        law(*reversed(pair))


@pytest.mark.parametrize("cell", CELLS)
def test_keys_stay_unique_and_turns_end_where_they_should_in_every_dialect(cell, monkeypatch):
    monkeypatch.setattr(test_morph, "subject", partial(subject, written=TUTORIAL.drawn(frozenset(DIALECTS))))
    test_morph.test_keys_are_unique_in_every_group(cell)
    test_morph.test_the_start_is_a_and_the_end_is_b(cell)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("cell", ["simple", "elman"])
def test_the_block_form_stacks_x_on_the_state_and_puts_u_beside_w(cell, frame, bias):
    layout = lay_out("cell", of(cell, BLOCK, frame, bias))
    check(layout)
    check_wires(layout)
    x, s = (rect(layout, Key(f"joint:{name}", part="frame")) for name in ("x", "s_prev"))
    assert (x[0], x[1] + x[3] / 2) == (s[0], s[1] - s[3] / 2)
    W = [rect(layout, Key("W", i=0, j=j)) for j in range(4)]
    U = [rect(layout, Key("U", i=0, j=j)) for j in range(3)]
    row = [*W, *U]
    assert {(cell_[1], cell_[2]) for cell_ in row} == {row[0][1:3]}
    assert [cell_[0] for cell_ in row] == pytest.approx([row[0][0] + k * row[0][2] + SEAM * (k > 3) for k in range(7)])
    assert Key("wx", part="frame") not in layout.plates.keys


def test_the_formula_has_one_matrix_on_one_column_with_the_numbers_of_both():
    drawn = of("simple", BLOCK, bias=False)
    now = moment(drawn, "cell", Playhead(3, 3))
    shown = pages(drawn, now.trace, "cell", "cell", Playhead(3, 3), 0, None, now.knowledge, 1, 1.0)[0]
    formula, numbers, result = shown.zones
    assert "[<W|W>  <U|U>] · [<x|x_{t}>;  <s|s_{t-1}>]" in formula.lines[0][0].text
    run = now.trace.layer(0)
    pieces = [piece for piece in numbers.lines[0] if piece.kind != "math"]
    wanted = [run.parameter("W", 3), run.parameter("U", 3), run.value("x", 3), run.value("s", 2)]
    assert [np.array_equal(np.squeeze(piece.values), values) for piece, values in zip(pieces, wanted, strict=True)]
    total = np.hstack(wanted[:2]) @ np.concatenate(wanted[2:])
    assert np.allclose(np.squeeze(result.lines[0][-1].values), total)


def test_of_a_row_all_products_are_added_up():
    drawn = of("lstm", BLOCK)
    now = moment(drawn, "cell", Playhead(3, 2))
    shown = pages(drawn, now.trace, "cell", "cell", Playhead(3, 2), 1, None, now.knowledge, 2, 1.0)
    texts = ["".join(piece.text for line in page.zones[1].lines for piece in line) for page in shown]
    assert any(text.count("·") >= 7 for text in texts), texts
