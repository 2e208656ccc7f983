"""Nothing is shown before the sub-step that computes it: canvas, formula bar, inspector, plots, names, window."""

import numpy as np
import pytest

from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.diagram.numbers import fmt
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.stepping import SampleForward, StepForward, Tick, ToggleGrain
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import layout
from rnnstudio.state.picking import selectable, thing
from rnnstudio.state.picture import activation_points, history, inspection, pages, scene, tooltip
from rnnstudio.state.runs import traces
from tests.walk.oracle import CELL, LAYER, Oracle, differences, veil
from tests.walk.studies import CELL_BY_VIEW, LAYER_VIEWS, VIEWS, at, heads, stacked, study, words

MADE_FROM = {"product": "a", "rowsum": "a", "likely": "y", "onehot": "x"}


def things(state, whole):
    """Every thing that can be selected, pointed at or stepped to; of single values one a vector where not whole."""
    where, t = layout(state), state.session.playhead.t
    marks = (*where.plates.keys, *where.tiles.keys, *where.wires.keys, *where.edges.keys)
    found = {*selectable(where, t, everything=True), *(thing(key, where, t) for key in marks)}
    return sorted((key for key in found if whole or (key.i in (None, 1) and key.j in (None, 0))), key=repr)


def showing(state, selections=True, pointed=True):
    """All that the program says in a state: of what is pointed at; with ``selections``, of each thing selected."""
    values, known = history(state)
    said = {
        "scene": scene(state), "pages": pages(state), "history": (values[: known + 1], known),
        "activation": activation_points(state),
    }  # fmt: skip
    for key in things(state, selections) if pointed else ():
        chosen = state.see(selection=key)
        said[f"inspection {key}"] = inspection(chosen)
        said[f"tooltip {key}"] = tooltip(state, key)
        if selections and key.i in (None, 1) and key.j in (None, 0):
            said[f"pages {key}"] = pages(chosen)
            said[f"activation {key}"] = activation_points(chosen)
    return said


def leaks(state, head, selections=True, pointed=True):
    """Where a number that ``head`` forbids is shown."""
    true = showing(state, selections, pointed)
    with pytest.MonkeyPatch.context() as patch:
        return differences(true, showing(veil(patch, state, head), selections, pointed))


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_at_rest(cell, view):
    document = study(cell)
    for t, phase in (*heads(document, (0, 1, 3)), *heads(document, (document.sequence.steps,))[-2:]):
        state = at(document, view, t, phase)
        found = leaks(state, state.session.playhead, selections=t == 3 and phase % 2 == 0, pointed=t == 3)
        assert not found, f"t = {t}, phase {phase}: {found}"


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_while_a_step_is_under_way(cell, view):
    """The results are there when the tokens have arrived, not before; at both grains."""
    document = study(cell)
    for t, phase in heads(document, (0, 2)):
        for step in (StepForward(), SampleForward()):
            start = at(document, view, t, phase)
            for dt in (0.2,) if t else (0.0, 0.2):
                state = Tick(dt).apply(step.apply(start))
                assert state.session.progress < 1
                found = leaks(state, Playhead(t, phase), selections=False, pointed=phase % 2 == 0)
                assert not found, f"from t = {t}, phase {phase}, {step}: {found}"


@pytest.mark.parametrize("view", VIEWS)
def test_above_a_layer_with_a_state(view):
    document = stacked()
    for t, phase in heads(document, (0, 2)):
        state = at(document, view, t, phase)
        assert not leaks(state, state.session.playhead, selections=phase == 2), f"t = {t}, phase {phase}"
        moved = Tick(0.2).apply(StepForward().apply(state))
        assert not leaks(moved, Playhead(t, phase), selections=False), f"from t = {t}, phase {phase}"


@pytest.mark.parametrize("view", VIEWS)
def test_in_the_wide_geometry(view):
    document = study("lstm")
    for t, phase in heads(document, (1,)):
        state = at(document, view, t, phase, theme="projector", canvas=(1920.0, 698.0))
        found = leaks(state, state.session.playhead, selections=False)
        assert not found, f"phase {phase}: {found}"


@pytest.mark.parametrize("view", VIEWS)
def test_of_a_text(view):
    """One-hot inputs, likeliest words, histograms and heat strips."""
    document = words()
    for t, phase in heads(document, (0, 2)):
        state = at(document, view, t, phase)
        with pytest.MonkeyPatch.context() as patch:
            true = {"scene": scene(state), "pages": pages(state), "inspection": inspection(state)}
            other = veil(patch, state, state.session.playhead)
            veiled = {"scene": scene(other), "pages": pages(other), "inspection": inspection(other)}
            assert not differences(true, veiled), f"t = {t}, phase {phase}"


@pytest.mark.parametrize("cell", ["simple", "lstm", "gru"])
def test_in_the_middle_of_a_turn(cell):
    document = study(cell)
    for origin, target in (("samples", "unrolled"), ("cell", "layer"), ("network", "compact"), ("condensed", "layer")):
        for t, phase in heads(document, (2,))[::2]:
            turning = SetView(target).apply(at(document, origin, t, phase))
            for part in (0.5, 0.9, 0.97):
                state = Tick(part * turning.session.turn.duration_s).apply(turning)
                found = leaks(state, state.session.playhead, selections=False)
                assert not found, f"{origin} → {target}, {part}, phase {phase}: {found}"


def _allowed(oracle, document, kind, block):
    k = document.network.chosen if block.layer is None else block.layer
    name, t = MADE_FROM.get(block.name, block.name), oracle.t if block.t is None else block.t
    steps, states = document.sequence.steps, document.network.layers[max(k, 0) if k < 3 else 1].program.states
    if k == -1:
        k, name = 0, "x"
    if block.name == "target":
        return t >= 1
    if name.endswith("_prev"):
        name, t = name.removesuffix("_prev"), t - 1
    if t == 0:
        return name in states
    return 1 <= t <= steps and oracle.allows(kind, k, name, t)


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_what_is_computed_is_shown_and_nothing_else_is_filled(cell, view):
    """The other side: what the playhead allows stands there, with the digits of the trace."""
    document = study(cell)
    kind = LAYER if view in LAYER_VIEWS else CELL
    run = traces(document)[kind == LAYER]
    checked = 0
    for t, phase in heads(document, (0, 1, 3, document.sequence.steps)):
        state = at(document, view, t, phase)
        shown, oracle = scene(state), Oracle(document.network, t, phase)
        tiles = shown.layout.tiles
        for k, (block_index, cell_index) in enumerate(zip(tiles.block, tiles.cell, strict=True)):
            block = shown.layout.blocks[block_index]
            layer = document.network.layers[document.network.chosen if block.layer is None else max(block.layer, 0)]
            if block_index < 0 or (block.name in layer.parameters and block.layer != -1):
                continue
            allowed = _allowed(oracle, document, kind, block)
            assert shown.tile_known[k] == allowed, f"{tiles.keys[k]}, {block}, t = {t}, phase {phase}"
            if not allowed:
                assert shown.tile_text[k] == "" and shown.tile_value[k] == 0 and not shown.tile_lit[k]
            elif block.layer is None and block.name not in (*MADE_FROM, "target"):
                value = run.layer(document.network.chosen).value(block.name, t if block.t is None else block.t)
                assert shown.tile_value[k] == value[cell_index]
                assert shown.tile_text[k] in ("", *(fmt(float(value[cell_index]), n) for n in range(3)))
                checked += bool(shown.tile_text[k])
        wires = shown.layout.wires
        for k, block_index in enumerate(wires.block):
            block = shown.layout.blocks[block_index]
            if block_index >= 0 and block.name not in document.network.layers[1].parameters:
                assert shown.wire_known[k] == _allowed(oracle, document, kind, block), (wires.keys[k], t, phase)
    assert checked > 20


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_the_formula_bar_leaves_no_question_open_that_is_answered(cell, view):
    document = study(cell)
    count = len(document.network.layers[1].program.phases)
    for phase in range(1, count + 1):
        found = [
            piece for page in pages(at(document, view, 3, phase)) for zone in page.zones for line in zone.lines
            for piece in line
        ]  # fmt: skip
        unknown = [piece for piece in found if not piece.known or "?" in piece.text]
        if phase == count:
            assert not unknown
        if phase == 1 and view != "network":
            assert unknown, "what the sample will come to is asked for"


# ------------------------------------------------------------------- the window


def words_of(window):
    """Every text that a listener or a pointer gets from the window, with the plots' data."""
    from PySide6.QtWidgets import QLabel, QWidget

    said = {"title": window.windowTitle()}
    for k, widget in enumerate([window, *window.findChildren(QWidget)]):
        said[f"{k} {type(widget).__name__}"] = (
            widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip(),
            widget.text() if isinstance(widget, QLabel) else "",
        )  # fmt: skip
    plots = window.inspector._plots
    lines = [line.getData() for line in (*plots._lines, plots._f, plots._drops)]
    said["lines"] = [[np.empty(0) if axis is None else np.asarray(axis) for axis in line] for line in lines]
    said["points"] = [np.asarray(axis) for axis in plots._points.getData()]
    said["ranges"] = [plots.history.viewRange(), plots.curve.viewRange()]
    return said


class Put:
    """Another state in the window."""

    def __init__(self, state):
        self.state = state

    def apply(self, _):
        return self.state


def photographed(window, state):
    window.store.dispatch(Put(state))
    window.show_state(state, state)  # of an equal state the panels would not be told
    window.inspector._show_history()  # each has a turn of the event loop of its own, in which time would pass
    window.inspector._show_activation()
    image = window.grab().toImage().convertToFormat(_rgb())
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine()).copy()
    return words_of(window), pixels


def _rgb():
    from PySide6.QtGui import QImage

    return QImage.Format.Format_RGB32


def walked(make_window, document):
    """A window wide enough for every panel, with its plots."""
    window = make_window(document, size=(1440, 900), view="samples")
    window.inspector.load_plots()
    assert window.inspector.isVisible() and window.transport.scrubber.isVisible()
    return window


def told(window, state, head):
    """Which words, and whether any pixel, tell of a number that ``head`` forbids."""
    true_words, true_pixels = photographed(window, state)
    with pytest.MonkeyPatch.context() as patch:
        other_words, other_pixels = photographed(window, veil(patch, state, head))
    found = differences(true_words, other_words)
    return found if np.array_equal(true_pixels, other_pixels) else [*found, "pixels"]


@pytest.mark.parametrize("cell", ["dense", "simple", "elman", "lstm", "gru"])
def test_no_pixel_and_no_word_of_the_window_tells_it(make_window, cell):
    document = study(cell)
    window = walked(make_window, document)
    canvas = window.store.state.session.canvas
    for view in ("layer", "samples") if cell == "dense" else ("layer", "unrolled", "cell"):
        for t, phase in heads(document, (3,))[:: 2 if view == "layer" else 1]:
            state = at(document, view, t, phase, canvas=canvas)
            if view == "cell":
                state = Tick(0.2).apply(StepForward().apply(state))
            found = told(window, state, Playhead(t, phase))
            assert not found, f"{view}, phase {phase}: {found}"


@pytest.mark.parametrize("panel", ["plots", "scrubber"])
def test_a_panel_that_runs_ahead_is_found(make_window, monkeypatch, panel):
    window = walked(make_window, study("simple"))
    state = at(study("simple"), "unrolled", 3, 2, canvas=window.store.state.session.canvas)
    assert not told(window, state, state.session.playhead)
    ahead = lambda state: (history(state)[0], history(state)[1] + 1)  # noqa: E731
    monkeypatch.setattr(f"rnnstudio.ui.{panel}.history", ahead)
    assert told(window, state.see(decimals=3), state.session.playhead)


# ------------------------------------------------------------------- the tests can fail


@pytest.mark.parametrize("fault", ["_done", "known"])
def test_a_value_that_comes_early_is_found(monkeypatch, fault):
    state = at(study("lstm"), "cell", 3, 2)
    assert not leaks(state, state.session.playhead)
    monkeypatch.setattr(Knowledge, fault, lambda self, name, t=None, layer=None: t is None or t >= 0)
    fresh = at(study("lstm"), "cell", 3, 2, decimals=3)
    assert leaks(fresh, fresh.session.playhead)


def test_a_plot_that_runs_ahead_is_found(monkeypatch):
    from rnnstudio.state import picture

    state = at(study("simple"), "unrolled", 3, 2)
    monkeypatch.setattr(picture, "_known_until", lambda state, name: state.session.playhead.t)
    monkeypatch.setattr("tests.walk.test_nothing_early.history", picture.history)
    assert any("history" in place for place in leaks(state, state.session.playhead))


def test_sample_steps_run_the_same_course():
    state = ToggleGrain().apply(at(study("gru"), "unrolled", 2, 3))
    moved = Tick(0.3).apply(StepForward().apply(state))
    assert moved.session.playhead.t == 3
    assert not leaks(moved, Playhead(2, 3), selections=False)
