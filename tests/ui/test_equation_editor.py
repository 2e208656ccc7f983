"""Writing R(): typed, refused with line and column, mended, used, undone; by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rnnstudio.files.demonstration import bundled_study
from rnnstudio.state.actions.editing import Undo
from rnnstudio.state.actions.stepping import StepForward

NO_GATE = """i = sigmoid(Wi @ x + Ui @ s_prev + bi)
f = sigmoid(Wf @ x + Uf @ s_prev + bf)
new = tanh(Wc @ x + Uc @ s_prev + bc)
c = f * c_prev + i * new
s = tanh(c)
y = s"""


def write(editor, text):
    editor.code.setPlainText(text)
    editor.read_now()


def test_a_cell_is_written_used_stepped_and_taken_back(make_window):
    window = make_window(bundled_study("tutorial"), view="cell")
    window.commands.write_cell()
    editor, before = window.equations, window.store.state.document
    assert editor.isVisible() and editor.code.hasFocus()
    write(editor, NO_GATE)
    assert editor.use.isEnabled()
    QTest.keyClick(editor.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    document = window.store.state.document
    layer = document.network.layers[document.network.chosen]
    assert not editor.isVisible() and document is not before
    assert set(layer.program.states) == {"c", "s"} and layer.size == 3
    assert window.store.state.undo[-1].name.startswith("Write the cell")
    for _ in range(4):
        window.store.dispatch(StepForward())
    assert window.grab().width() == window.width()
    window.store.dispatch(Undo())
    assert window.store.state.document is before


def test_a_fault_is_said_at_its_place_and_cannot_be_used(make_window):
    window = make_window(bundled_study("tutorial"))
    window.commands.write_cell()
    editor, before = window.equations, window.store.state.document
    write(editor, NO_GATE.replace("tanh(c)", "tanh(c"))
    assert not editor.use.isEnabled()
    QTest.keyClick(editor.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editor.isVisible() and window.store.state.document is before
    write(editor, NO_GATE)
    assert editor.use.isEnabled()


def test_escape_leaves_and_what_was_written_is_there_again(make_window):
    window = make_window(bundled_study("tutorial"))
    before = window.store.state.document
    window.commands.write_cell()
    write(window.equations, NO_GATE)
    QTest.keyClick(window.equations.code, Qt.Key.Key_Escape)
    assert not window.equations.isVisible() and window.store.state.document is before
    window.commands.write_cell()
    assert window.equations.code.toPlainText() == NO_GATE
    QTest.keyClick(window.equations.code, Qt.Key.Key_Escape)
