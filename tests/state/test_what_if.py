"""What-if in the session: toggles, what stays legal, the second run in scene, formula and inspector; nothing early."""

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.diagram.beside import GHOST, Marking
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEWS
from rnnstudio.engine.limits import InputError
from rnnstudio.engine.what_if import AS_IT_IS, WhatIf
from rnnstudio.files.demonstration import demonstration
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import SetCell, Undo, edited
from rnnstudio.state.actions.files import OpenDocument, opened
from rnnstudio.state.actions.what_if import Clamp, ClampNumber, ClearWhatIf, ShowWhatIf, ToggleWhatIf
from rnnstudio.state.comparison import comparison
from rnnstudio.state.derived import fitting_view, phases, target_layout, trace
from rnnstudio.state.model import FROZEN, SAMPLE, Edit, Session
from rnnstudio.state.picture import (
    changed_rows,
    history,
    how_far_apart,
    inspection,
    knowledge,
    other_history,
    pages,
    scene,
)
from rnnstudio.state.store import Store
from rnnstudio.state.what_if import CLAMP, CUT, FREEZE, SILENCE, what_if_of, why_off

CHANGES = {
    "cut": WhatIf(cut=True),
    "frozen": WhatIf(frozen=2),
    "silent": WhatIf(silent=3),
    "held": WhatIf(gate="f", level=0.0),
    "all": WhatIf(cut=True, frozen=3, silent=2, gate="f"),
}


def start(cell="simple", view="unrolled", t=4, what_if=AS_IT_IS, mode=FROZEN):
    state = opened(replace(demonstration(), mode=mode), Session(view=view))
    if cell != "simple":
        state = SetCell(cell).apply(state)
    return state.see(
        playhead=Playhead(t, phases(state.document)), view=fitting_view(view, state.document), what_if=what_if
    )


def edit_of(state, change=0.5):
    """The state in which an input is being edited."""
    before = state.document
    x = before.sequence.x.copy()
    x[2, 1] += change
    document = replace(before, sequence=replace(before.sequence, x=x))
    return replace(state, document=document).see(edit=Edit(None, before))


def shown_ghosts(state):
    """(block of the live value, numbers of the second run) of every mark of it that is shown."""
    drawn = scene(state)
    layout, found = drawn.layout, {}
    for k, block in enumerate(layout.plates.block):
        if layout.plates.kind[k] in ("ghost", "bar") and drawn.plate_known[k]:
            found[layout.blocks[block]] = layout.plates.keys[k]
    for k, values in enumerate(layout.labels.values):
        if values and layout.blocks[values[0][0]].name.startswith(GHOST):
            assert drawn.label_shown[k] == (layout.blocks[values[0][0]] in found), layout.labels.keys[k]
    return found


def test_with_nothing_on_the_run_is_the_plain_one():
    state = start()
    plain = trace(state)
    for toggle in (CUT, FREEZE, SILENCE):
        on = ToggleWhatIf(toggle).apply(state)
        assert trace(on) is not plain
        assert on.document is state.document and on.undo is state.undo
        assert trace(ToggleWhatIf(toggle).apply(on)) is plain
    assert comparison(state) is None
    assert trace(ClearWhatIf().apply(ToggleWhatIf(CUT).apply(state))) is plain


def test_toggles_take_the_sample_of_the_playhead_or_of_the_selected_input():
    state = start(t=3)
    assert what_if_of(ToggleWhatIf(FREEZE).apply(state)).frozen == 3
    assert what_if_of(ToggleWhatIf(SILENCE).apply(state)).silent == 3
    assert what_if_of(ToggleWhatIf(SILENCE).apply(state.see(selection=Key("x", 2)))).silent == 2
    both = ToggleWhatIf(SILENCE).apply(ToggleWhatIf(CUT).apply(state))
    assert what_if_of(both) == WhatIf(cut=True, silent=3)


def test_what_a_cell_has_not_is_refused_with_a_reason():
    state = start()
    assert "gate" in why_off(CLAMP, state.document) and not why_off(CUT, state.document)
    with pytest.raises(InputError, match="gate"):
        ToggleWhatIf(CLAMP).apply(state)
    store = Store(state)
    store.dispatch(ToggleWhatIf(CLAMP))
    assert store.state.session.message == why_off(CLAMP, state.document)
    assert store.state.session.what_if == AS_IT_IS
    dense = SetCell("dense").apply(state)
    assert why_off(CUT, dense.document) and why_off(FREEZE, dense.document)
    assert not why_off(SILENCE, dense.document)


def test_a_gate_is_held_and_let_go():
    state = start("lstm")
    held = Clamp("f", 1.0).apply(state)
    assert what_if_of(held).gate == "f"
    assert what_if_of(Clamp("f", 0.0).apply(held)) == WhatIf(gate="f", level=0.0)
    assert what_if_of(Clamp("f", 1.0).apply(held)) == replace(AS_IT_IS, gate="")
    assert what_if_of(ClampNumber(1).apply(state)).level == 0.0
    assert ClampNumber(99).apply(state) is state


def test_it_stays_legal_when_the_document_changes():
    state = Clamp("f", 1.0).apply(ToggleWhatIf(CUT).apply(start("lstm", t=8)))
    state = ToggleWhatIf(SILENCE).apply(state)
    plain = SetCell("simple").apply(state)
    assert what_if_of(plain) == WhatIf(cut=True, silent=8, level=1.0)
    x = plain.document.sequence.x[:5]
    targets = plain.document.sequence.targets[:5]
    short = edited(plain, "Shorten", replace(plain.document, sequence=replace(
        plain.document.sequence, x=x, targets=targets)))  # fmt: skip
    assert what_if_of(short).silent is None
    assert what_if_of(Undo().apply(Undo().apply(short))).gate == "f"
    assert what_if_of(SetCell("dense").apply(state)).cut is False
    other = OpenDocument(demonstration()).apply(state)
    assert other.session.what_if == AS_IT_IS and not other.session.what_if_bar


def test_the_bar_goes_with_what_it_has_changed():
    state = ShowWhatIf().apply(start())
    assert state.session.what_if_bar
    off = ShowWhatIf().apply(ToggleWhatIf(CUT).apply(state))
    assert not off.session.what_if_bar and off.session.what_if == AS_IT_IS
    assert ClearWhatIf().apply(start()).session.what_if_bar is False


@pytest.mark.parametrize("mode", [FROZEN, SAMPLE])
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("cell", ["simple", "lstm", "gru", "elman"])
def test_every_view_shows_a_changed_run_and_nothing_of_the_other_early(cell, change, mode):
    first = start(cell, what_if=CHANGES[change], mode=mode)
    count = phases(first.document)
    for view in VIEWS:
        for t, phase in ((0, count), (1, 1), (3, 2), (4, count)):
            state = first.see(view=view, playhead=Playhead(t, phase))
            compared, known = comparison(state), knowledge(state)
            for block in shown_ghosts(state):
                name = block.name.removeprefix(GHOST)
                at = t if block.t is None else block.t
                assert compared is not None
                assert known.known(name, at), (view, t, phase, block)
                assert compared.differs(name, at) or name in ("product", "rowsum")
            for page in pages(state):
                for zone in page.zones:
                    for piece in (piece for line in zone.lines for piece in line):
                        assert piece.ghost is None or piece.known
            said = inspection(state)
            assert said.ghost is None or said.values is not None
            other = other_history(state)
            assert other is None or len(other) == history(state)[1] + 1


@pytest.mark.parametrize("view", VIEWS)
def test_views_of_the_traditional_layer_know_the_input_alone(view):
    state = start("lstm", view=view, what_if=WhatIf(cut=True, gate="f"))
    assert (comparison(state) is None) == (view in LAYER_VIEWS)


def test_both_runs_are_labelled_and_the_numbers_are_those_of_the_plain_run():
    state = start(what_if=WhatIf(cut=True))
    compared = comparison(state)
    assert compared is not None and compared.kind == "what-if" and compared.labels == ("state cut", "with state")
    drawn = scene(state)
    labels = drawn.layout.labels
    written = {
        (key, text) for key, text, shown in zip(labels.keys, drawn.label_text, drawn.label_shown, strict=True) if shown
    }
    plain = trace(state.see(what_if=AS_IT_IS)).layers[1]
    for what in ("y", "s"):
        assert (Key(what, 4, part="live-name"), "state cut") in written
        assert (Key(what, 4, part="ghost-name"), "with state") in written
        for i in range(3):
            assert (Key(what, 4, i, part="ghost"), fmt(float(plain.value(what, 4)[i]))) in written
    assert not any(key.t == 5 and key.part in ("ghost", "live-name", "ghost-name") for key, _ in written)
    assert drawn.title == "What if the wire is cut?"


def test_the_cut_wire_has_a_gap_and_u_a_ring():
    layout = target_layout(start(what_if=WhatIf(cut=True)))
    keys, wires = layout.plates.keys, layout.wires
    assert Key("U", 4, part="ring") in keys
    whole = wires.points[wires.keys.index(Key("wire:s", 4))]
    behind = wires.keys.index(Key("wire:s", 4, part="-beyond"))
    assert np.hypot(*(wires.points[behind, 0] - whole[-1])) == pytest.approx(20.0, abs=0.5)
    assert wires.alpha[behind] == pytest.approx(0.28)
    strokes = [k for k, key in enumerate(wires.keys) if key.t == 4 and "cut" in key.part]
    assert [wires.role[k] for k in strokes] == ["accent", "accent"]
    middle = wires.points[strokes].mean(axis=1)
    assert middle[1, 0] - middle[0, 0] == pytest.approx(12.0)
    assert "<U|U = 0>" in layout.labels.text
    gru = target_layout(start("gru", what_if=WhatIf(cut=True)))  # its state enters by z ⊙ s too: no wire is cut
    assert not any("cut" in key.part for key in gru.wires.keys)
    assert Key("U", 4, part="ring") in gru.plates.keys


def test_a_frozen_state_enters_under_its_own_name():
    layout = target_layout(start(what_if=WhatIf(frozen=2)))
    assert Key("wire:s", 3, part="-beyond") in layout.wires.keys
    assert layout.labels.text[layout.labels.keys.index(Key("wire:s", 3, part="stays"))] == "<s|s_{2}>"
    earlier = target_layout(start(what_if=WhatIf(frozen=4)))
    assert not any("cut" in key.part and key.t is not None and key.t <= 4 for key in earlier.wires.keys)
    cell = target_layout(start("lstm", view="cell", what_if=WhatIf(frozen=2)))
    assert "<s|s_{2}>" in cell.labels.text and "<c|c_{2}>" in cell.labels.text


def texts(page):
    return [[piece.text for line in zone.lines for piece in line if piece.kind == "math"] for zone in page.zones]


def vectors(zone):
    return [piece for line in zone.lines for piece in line if piece.kind == "vector"]


def test_the_formula_of_a_cut_run_reproduces():
    state = start(what_if=WhatIf(cut=True))
    page = next(page for page in pages(state.see(selection=Key("s", 4))) if page.value == "s")
    assert "0 · <s|s_{t-1}>" in texts(page)[0][0]
    assert page.zones[0].note == "state cut"
    result = vectors(page.zones[2])[0]
    numbers = trace(state).layers[1]
    weights = numbers.parameter("U", 4)
    assert not weights.any()
    by_hand = 1 / (1 + np.exp(-(numbers.parameter("W", 4) @ numbers.value("x", 4))))
    np.testing.assert_allclose(result.values.ravel(), by_hand, atol=1e-15)
    plain = trace(state.see(what_if=AS_IT_IS)).layers[1]
    assert np.array_equal(result.ghost, plain.value("s", 4))


def test_the_formula_of_a_frozen_state_names_it():
    state = start(t=5, what_if=WhatIf(frozen=3)).see(selection=Key("s", 5))
    page = pages(state)[0]
    assert "<s|s_{3}>" in texts(page)[0][0] and "s_{t-1}" not in texts(page)[0][0]
    assert page.zones[0].note == "frozen after t = 3"
    numbers = trace(state).layers[1]
    assert np.array_equal(numbers.value("s_prev", 5), numbers.value("s", 3))
    before = pages(state.see(playhead=Playhead(3, 4), selection=Key("s", 3)))[0]
    assert "<s|s_{t-1}>" in texts(before)[0][0]


def test_the_formula_of_a_held_gate_is_a_number():
    state = start("lstm", what_if=WhatIf(gate="f")).see(selection=Key("f", 4))
    page = next(page for page in pages(state) if page.value == "f")
    assert texts(page)[0] == ["<op|f_{t}> = 1"] and texts(page)[1] == ["1"]
    assert "f = 1, clamped" in page.zones[0].note
    assert np.array_equal(vectors(page.zones[2])[0].values.ravel(), np.ones(3))
    assert not page.zones[2].rounded


def test_the_inspector_says_both():
    said = inspection(start(what_if=WhatIf(cut=True)).see(selection=Key("s", 4)))
    assert said.runs == ("state cut", "with state") and said.ghost is not None
    assert said.accessible.startswith("state cut: state s, t = 4") and "with state, values" in said.accessible
    same = inspection(start(what_if=WhatIf(silent=6)).see(selection=Key("s", 4)))
    assert same.ghost is None and same.runs == ("", "")


def test_how_far_apart_they_are():
    state = start(what_if=WhatIf(cut=True))
    apart = how_far_apart(state)
    live, plain = trace(state).layers[1], trace(state.see(what_if=AS_IT_IS)).layers[1]
    assert len(apart) == 5 and apart[0] == 0.0
    assert apart[4] == pytest.approx(float(np.linalg.norm(live.value("s", 4) - plain.value("s", 4))))
    assert how_far_apart(start()) is None


@pytest.mark.parametrize("view", VIEWS)
def test_an_edit_marks_only_what_has_changed(view):
    state = edit_of(start(view=view))
    compared = comparison(state)
    assert compared is not None and compared.kind == "edit" and compared.labels == ("now", "before")
    for block in shown_ghosts(state):
        at = 4 if block.t is None else block.t
        assert at >= 3 and compared.differs(block.name.removeprefix(GHOST), at)
    if view == "unrolled":
        names = {(block.name, block.t) for block in shown_ghosts(state)}
        assert {("ghost.y", 3), ("ghost.y", 4), ("ghost.s", 3), ("ghost.s", 4)} <= names
        assert changed_rows(state) == {3, 4}
        assert changed_rows(state.see(playhead=Playhead(3, 1))) == frozenset()
        drawn = scene(state)
        wires = drawn.layout.wires
        lit = {key for key, style, known in zip(wires.keys, wires.style, drawn.wire_known, strict=True)
               if style == "trail" and known}  # fmt: skip
        assert Key("wire:y", 4, part="-trail") in lit and Key("wire:x", 4, part="-trail") not in lit
    assert scene(state).title == scene(state.see(edit=None)).title


def test_an_edit_that_changes_the_form_is_not_compared():
    state = start()
    other = SetCell("lstm").apply(state)
    assert comparison(other.see(edit=Edit(None, state.document))) is None
    assert comparison(state.see(edit=Edit(None, state.document))) is None


def test_what_if_goes_before_an_edit():
    state = edit_of(start(what_if=WhatIf(cut=True)))
    compared = comparison(state)
    assert compared is not None and compared.kind == "what-if"
    assert np.array_equal(compared.ghost.layers[1].value("s", 3), trace(edit_of(start())).layers[1].value("s", 3))


def test_a_marking_says_where_a_state_is_apart():
    marking = Marking("what-if", "a", "b", frozen=3)
    assert [marking.apart("s", t, 1) for t in (2, 3, 4)] == [False, False, True]
    assert [marking.apart("s", t, -1) for t in (2, 3, 4)] == [True, False, False]
