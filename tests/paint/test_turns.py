"""Frames of turns and pictures at rest: no two texts lie on each other, none is cut by the frame."""

import itertools

import pytest
from PySide6.QtGui import QGuiApplication

from rnnstudio.diagram.dress import dress
from rnnstudio.diagram.morph import Backwards, Morph
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.diagram.turns import backwards, script
from rnnstudio.diagram.view_table import lay_out, views_on
from rnnstudio.paint.fonts import register
from rnnstudio.playback.playhead import Playhead
from tests.diagram.studies import CELLS, moment, subject
from tests.paint.text_boxes import overlaps, text_boxes

NEIGHBOURS = [*itertools.pairwise(VIEWS), *zip(VIEWS[1:], VIEWS, strict=False)]


@pytest.fixture(autouse=True)
def fonts_there(qapp: QGuiApplication) -> None:
    register()


def active(view: str) -> int:
    return 1 if view == "layer" else -1


@pytest.mark.parametrize("cell", ["simple", "lstm"])
@pytest.mark.parametrize("wide", [False, True], ids=["normal", "wide"])
@pytest.mark.parametrize(("a_view", "b_view"), NEIGHBOURS)
def test_no_two_texts_overlap_in_any_frame_of_a_neighbouring_turn(a_view, b_view, wide, cell):
    a, b = (lay_out(view, subject(cell, wide=wide, active=active(view))) for view in (a_view, b_view))
    plan = script(a_view, b_view, 3)
    turn = Backwards(Morph(b, a, plan)) if backwards(a_view, b_view) else Morph(a, b, plan)
    sub = subject(cell, wide=wide, active=1)
    phases = len(sub.program.phases)
    for tenth in range(11):
        side = b_view if tenth >= 5 else a_view
        scene = dress(turn.at(tenth / 10), moment(sub, side, Playhead(3, phases)))
        found = overlaps(text_boxes(scene))
        assert not found, (tenth, [(p.text, q.text) for p, q in found])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("wide", [False, True], ids=["normal", "wide"])
def test_texts_at_rest_neither_overlap_nor_leave_the_frame(cell, wide):
    for view in views_on(subject(cell).layer):
        for t in (0, 1, 3, 6):
            sub = subject(cell, t=t, wide=wide, active=active(view))
            phases = len(sub.program.phases)
            for phase in range(1, phases + 1) if t else (phases,):
                layout = lay_out(view, sub)
                scene = dress(layout, moment(sub, view, Playhead(t, phase)))
                boxes = text_boxes(scene)
                found = overlaps(boxes)
                assert not found, (view, t, phase, [(p.text, q.text) for p, q in found])
                for box in boxes:
                    assert box.left > 0 and box.right < layout.frame.width, (view, t, box)
                    assert box.top > 0 and box.bottom < layout.frame.height + 2, (view, t, box)
