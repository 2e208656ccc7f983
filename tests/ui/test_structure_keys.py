"""A network is built by keys alone: a state, units, steps, other weights, and back through the history."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.actions.editing import ChooseLayer
from rnnstudio.state.actions.files import OpenDocument
from rnnstudio.state.actions.history import versions
from rnnstudio.state.runs import traces
from rnnstudio.state.structure import STEPS, UNITS, chosen_layer

K, CTRL, NONE = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
#: More presses of Tab than a window has stops.
MOST = 60


class Keys:
    """Presses keys where the focus is, as one does who has no mouse."""

    def __init__(self, window):
        self.window = window

    def press(self, key, held=NONE, times=1):
        for _ in range(times):
            QTest.keyClick(self.window.focusWidget(), key, held)

    def tab_to(self, widget):
        for _ in range(MOST):
            if widget.hasFocus():
                return
            self.press(K.Key_Tab)
        raise AssertionError(f"{MOST} presses of Tab do not reach {widget.accessibleName()}")


def test_a_layer_becomes_a_network_of_ones_own_and_the_history_leads_back(make_window):
    window = make_window(view="samples")
    dense = ChooseLayer(0).apply(window.store.state).document
    window.store.dispatch(OpenDocument(dense))
    keys, state = Keys(window), lambda: window.store.state
    first = state().document
    keys.press(K.Key_M, CTRL)
    panel = window.side.structure
    keys.tab_to(panel.buttons["recurrent"])
    keys.press(K.Key_Return)
    made = chosen_layer(state().document)
    assert made.recurrent and state().session.view == "unrolled"
    assert np.array_equal(made.parameters["W"], chosen_layer(first).parameters["W"])
    keys.tab_to(panel.fields[UNITS])
    keys.press(K.Key_Up, times=2)
    keys.tab_to(panel.fields[STEPS])
    keys.press(K.Key_Down)
    keys.tab_to(panel.buttons["next"])
    keys.press(K.Key_Return)
    names = ["Make it recurrent", "Set the units to 6", "Remove a step", f"Draw new weights from seed {first.seed + 1}"]
    assert [change.name for change in state().undo] == names
    assert (chosen_layer(state().document).size, state().document.sequence.steps) == (6, 7)
    last, held = state().document, [version.document for version in versions(state())]
    keys.press(K.Key_H, CTRL)
    keys.press(K.Key_Home)
    keys.press(K.Key_Return)
    assert state().document is first and state().session.view == "samples"
    keys.press(K.Key_Down, times=2)
    keys.press(K.Key_Return)
    assert state().document is held[2] and chosen_layer(state().document).size == 6
    keys.press(K.Key_End)
    keys.press(K.Key_Return)
    assert state().document is last and [version.document for version in versions(state())] == held
    keys.press(K.Key_Escape)
    assert window.commands.history_list.isHidden()
    assert panel.isAncestorOf(window.focusWidget()), "the focus is where it was"


def test_what_a_jump_shows_is_what_a_fresh_run_has(make_window):
    window = make_window()
    for row in ("add_units", "add_steps", "readout", "reads_both", "next_seed"):
        window.run_command(row)
    window.run_command("history")
    keys = Keys(window)
    for _ in range(len(window.store.state.undo)):
        keys.press(K.Key_Up)
        keys.press(K.Key_Return)
        document = window.store.state.document
        shown, _ = traces(document)
        traces.cache_clear()
        fresh, _ = traces(document)
        assert all(np.array_equal(a, b) for a, b in zip(shown.outputs, fresh.outputs, strict=True))
    assert not window.store.state.undo
    assert window.store.state.document.sequence.steps == demonstration().sequence.steps
