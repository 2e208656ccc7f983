"""How other books draw the same cell: gates fed from one column, a delay in the loop."""

from functools import partial

import numpy as np
import pytest

from rnnstudio.diagram.dress import block_numbers
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import JOINT
from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.notation import CONCAT, DELAY, DIALECTS, TUTORIAL
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.view_table import lay_out
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
