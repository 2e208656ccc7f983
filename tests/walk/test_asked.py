"""U10: while the class is asked, what it is asked for stands nowhere: canvas, formula, panels, plots, names, tips."""

import re

import numpy as np
import pytest

from rnnstudio.diagram.numbers import exact, fmt
from rnnstudio.engine.held_gates import gates
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import SetActivation
from rnnstudio.state.actions.questions import Ask, NextPhase, Reveal, Tally
from rnnstudio.state.actions.viewing import SetView
from rnnstudio.state.derived import trace
from rnnstudio.state.question import HIDDEN, VALUE
from rnnstudio.state.question_options import options
from rnnstudio.state.question_values import right_value, telling
from rnnstudio.state.store import Store
from tests.walk.studies import CELL_BY_VIEW, CELL_VIEWS, at, stacked, study, words
from tests.walk.test_nothing_early import leaks

#: A number as it is written in a text.
NUMBER = re.compile("\N{MINUS SIGN}?[0-9]+\\.[0-9]+(?:e\N{MINUS SIGN}?[0-9]+)?")


def asked(document, view, kind="", name="", t=2, **session):
    """A store with an open question; it says why where there is none."""
    store = Store(at(document, view, t, **session))
    store.dispatch(Ask(kind, name))
    assert store.state.session.question is not None, store.state.session.message
    return store


def names(document, view):
    """All that can be asked for there: what is computed, and not given by the sample's first sub-step."""
    program = trace(at(document, view, 2)).layer(document.network.chosen).program
    return [name for name in program.values if program.phase_of(name) > 1]


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_no_number_of_the_answer_is_in_any_picture_or_text(cell, view):
    """Each of them is replaced by another one, and nothing that is shown changes by a digit."""
    document = study(cell)
    for k, name in enumerate(names(document, view)):
        for kind in ("sign", "value"):
            store = asked(document, view, kind, name)
            held = store.state.session.question.held
            assert not leaks(store.state, held, selections=k == 0, pointed=kind == "value"), (name, kind)


@pytest.mark.parametrize("view", CELL_VIEWS)
def test_of_gates(view):
    for cell in ("lstm", "gru"):
        store = asked(study(cell), view, "gate")
        assert not leaks(store.state, store.state.session.question.held, selections=False)


@pytest.mark.parametrize("view", ["layer", "condensed", "samples", "unrolled"])
def test_of_the_weights_of_the_next_sample(view):
    store = asked(study("simple", mode="sample"), view, "weight")
    assert not leaks(store.state, store.state.session.question.held)


@pytest.mark.parametrize("view", CELL_VIEWS)
def test_of_words_and_above_another_state(view):
    store = asked(words(), view, "word")
    assert not leaks(store.state, store.state.session.question.held, selections=False, pointed=False)
    store = asked(stacked(), view)
    assert not leaks(store.state, store.state.session.question.held)


@pytest.mark.parametrize("view", ["samples", "unrolled", "cell"])
def test_in_a_room(view):
    for width in (1186.0, 1920.0):
        store = asked(study("lstm"), view, presenting=True, canvas=(width, 698.0))
        assert not leaks(store.state, store.state.session.question.held, selections=False)


def test_what_tells_it_is_hidden_with_it():
    program = trace(at(study("simple"), "unrolled", 2)).layer(1).program
    assert telling(program, "s", "value") >= {"s", "y", "a"} and "x" not in telling(program, "s", "value")
    program = trace(at(study("lstm"), "cell", 2)).layer(1).program
    assert "c" in telling(program, "s", "sign") and "c" not in telling(program, "s", "value")
    assert not telling(program, "c", "sign") & {"fc", "ig", *gates(program)}


def test_a_picture_that_lets_it_through_is_found(monkeypatch):
    """The fault that this looks for: a question whose picture is not held."""
    store = asked(study("simple"), "unrolled")
    question = store.state.session.question
    shown = store.state.see(playhead=question.target)
    assert leaks(shown, question.held)


# ---------------------------------------------------------------- all texts of a window

def texts_of(window):
    """(where, text) of all that a window says: widgets, actions, marks of the picture, formula, things pointed at."""
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from rnnstudio.paint import display
    from rnnstudio.state.picture import inspection, pages, scene, tooltip
    from rnnstudio.ui.quiz_option import OptionButton
    from tests.walk.test_nothing_early import things

    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if isinstance(widget, OptionButton):
            continue  # of four numbers one is the right one; nothing may tell which
        kind = type(widget).__name__
        for what in ("accessibleName", "accessibleDescription", "toolTip", "statusTip", "whatsThis", "windowTitle"):
            found.append((f"{kind}.{what}", getattr(widget, what)()))
        for what in ("text", "toPlainText", "placeholderText", "title"):
            said = getattr(widget, what, None)
            if callable(said) and isinstance(said(), str):
                found.append((f"{kind}.{what}", said()))
    for action in window.findChildren(QAction):
        found += [("action", action.text()), ("action", action.toolTip())]
    state = window.store.state
    shown = display.compile(scene(state), window.theme)
    for item in (*shown.items, *shown.tokens):
        if type(item).__name__ == "Numbers":
            found += [("canvas", text) for text in item.texts]
        elif type(item).__name__ == "Text":
            found.append(("canvas", "".join(glyphs.text for glyphs in item.glyphs)))
    found += [("formula", text) for page in pages(state) for zone in page.zones for text in written(zone)]
    for key in things(state, whole=False):
        found += [("tip", tooltip(state, key)), ("inspector", repr(inspection(state.see(selection=key)).texts))]
    return found


def written(zone):
    """What a zone of the formula bar writes."""
    for piece in (piece for line in zone.lines for piece in line):
        yield piece.text
        for numbers in (piece.values if piece.known else None, piece.ghost):
            if numbers is not None:
                yield from (fmt(float(value), piece.decimals) for value in np.ravel(numbers))


def plotted(window):
    """All numbers of all plots."""
    import pyqtgraph

    arrays = []
    for plot in window.findChildren(pyqtgraph.GraphicsView):
        for item in plot.scene().items():
            if isinstance(item, pyqtgraph.PlotCurveItem | pyqtgraph.PlotDataItem | pyqtgraph.ScatterPlotItem):
                arrays += [np.asarray(a, dtype=float).ravel() for a in item.getData() if a is not None]
    return np.concatenate(arrays) if arrays else np.empty(0)


def answer_texts(state):
    """How the hidden numbers could be written: with the picture's decimals, one less in a narrow cell, six digits."""
    question = state.session.question
    run = trace(state)
    hidden = [name for name in question.hides if ":" not in name]
    written = set()
    for name in hidden:
        for value in np.asarray(run.layer(run.chosen).value(name, question.t)).ravel():
            written |= {fmt(float(value), state.session.decimals - less) for less in (0, 1)} | {exact(float(value))}
    return written


def found_in(window):
    """Where the window says one of the hidden numbers."""
    wanted = answer_texts(window.store.state)
    said = [(where, text) for where, text in texts_of(window) if wanted.intersection(NUMBER.findall(text))]
    question = window.store.state.session.question
    value = right_value(trace(window.store.state), question.name, question.unit, question.t)
    if np.isclose(plotted(window), value, rtol=1e-9, atol=0).any():
        said.append(("plot", str(value)))
    return said


@pytest.mark.parametrize("cell", ["simple", "lstm", "gru"])
@pytest.mark.parametrize("presenting", [False, True])
def test_no_widget_says_it_in_any_state(make_window, cell, presenting):
    from PySide6.QtCore import QCoreApplication

    from tests.ui.lecture import rest

    window = make_window(study(cell), decimals=4, view="unrolled", reduced_motion=True, presenting=presenting,
                         in_words=not presenting)  # fmt: skip
    window.side.load_plots()
    if cell == "simple":
        window.store.dispatch(SetActivation("tanh"))
    for view in ("unrolled", "compact", "cell"):
        for kind in ("sign", "value"):
            window.store.dispatch(SetView(view))
            rest(window)
            window.store.dispatch(Ask(kind))
            question = window.store.state.session.question
            assert question is not None
            for _ in range(5):
                QCoreApplication.sendPostedEvents()
                assert window.store.state.session.question.phase in HIDDEN
                assert found_in(window) == []
                window.store.dispatch(Tally(1, 3))
                window.store.dispatch(NextPhase())
                if not window.store.state.session.question.hidden:
                    break
            window.store.dispatch(Reveal())
            rest(window)
            QCoreApplication.sendPostedEvents()
            # in a room four decimals find no place in the picture's cells
            assert {where for where, _ in found_in(window)} >= {"formula", "tip", *(() if presenting else ("canvas",))}
            window.store.dispatch(NextPhase())
            window.store.dispatch(NextPhase())
            assert window.store.state.session.question is None


def test_a_widget_that_says_it_is_found(make_window):
    """The search itself: a tip with the number is found, and so is a plot that runs ahead."""
    window = make_window(study("lstm"), decimals=4, view="unrolled", reduced_motion=True)
    window.store.dispatch(Ask("value"))
    state = window.store.state
    question = state.session.question
    assert found_in(window) == []
    value = right_value(trace(state), question.name, question.unit, question.t)
    window.transport.setToolTip(f"s is {exact(value)}")
    assert found_in(window) == [("TransportBar.toolTip", f"s is {exact(value)}")]
    window.transport.setToolTip("")
    found = options(state, question)
    assert question.kind == VALUE and found.texts[found.right] == fmt(value, 4)
    window.setWindowTitle(found.texts[found.right])
    assert found_in(window)


def test_the_options_look_alike(make_window):
    """Nothing but its words tells one option from another."""
    from rnnstudio.ui.quiz_option import OptionButton

    window = make_window(study("lstm"), view="unrolled", reduced_motion=True)
    window.store.dispatch(Ask("value"))
    buttons = window.findChildren(OptionButton)
    assert len(buttons) == 4
    assert len({(b.width(), b.height(), b.isEnabled(), b.votes, b.toolTip(), b.focusPolicy()) for b in buttons}) == 1
    assert [b.accessibleName()[:3] for b in buttons] == ["A, ", "B, ", "C, ", "D, "]


def test_the_playhead_of_a_question_is_that_of_its_sample():
    store = asked(study("gru"), "cell", "gate", t=3)
    assert store.state.session.playhead == Playhead(4, 1)
