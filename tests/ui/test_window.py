import random

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from rnnstudio.diagram.keys import Key
from rnnstudio.engine.limits import InputError
from rnnstudio.files.study import read_study
from rnnstudio.state.actions.editing import ChooseLayer, SetBias, SetCell
from rnnstudio.state.actions.stepping import GoTo, Tick
from rnnstudio.state.actions.viewing import Message, SetTheme, SetView
from rnnstudio.state.derived import phases
from rnnstudio.ui.commands import COMMANDS

K = Qt.Key
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def press(window, key, modifier=NONE):
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def place(window):
    head = window.store.state.session.playhead
    return head.t, head.phase


def session(window):
    return window.store.state.session


@pytest.mark.parametrize("key", [K.Key_Right, K.Key_N, K.Key_PageDown])
def test_forward_keys_step(make_window, key):
    window = make_window()
    assert place(window) == (1, 4)
    press(window, key)
    assert place(window) == (2, 1)


@pytest.mark.parametrize("key", [K.Key_Left, K.Key_P, K.Key_PageUp, K.Key_Backspace])
def test_back_keys_step_back(make_window, key):
    window = make_window()
    press(window, key)
    assert place(window) == (1, 3)


def test_sample_and_end_keys(make_window):
    window = make_window()
    press(window, K.Key_Right, SHIFT)
    assert place(window) == (2, 4)
    press(window, K.Key_End)
    assert place(window) == (8, 4)
    press(window, K.Key_Left, SHIFT)
    assert place(window) == (7, 4)
    press(window, K.Key_Home)
    assert place(window) == (0, 4)


@pytest.mark.parametrize("focus", ["canvas", "formula", "inspector", "button", "slider", "switch", "segment"])
def test_step_keys_work_wherever_the_focus_is(make_window, focus):
    window = make_window()
    {"canvas": window.canvas, "formula": window.formula, "inspector": window.inspector,
     "button": window.transport.buttons["first"], "slider": window.transport.speed,
     "switch": window.transport.grain, "segment": window.view_bar.segments[2]}[focus].setFocus()  # fmt: skip
    press(window, K.Key_Right)
    assert place(window) == (2, 1)
    press(window, K.Key_Left)
    assert place(window) == (1, 4)
    press(window, K.Key_Space)
    assert session(window).playing
    assert session(window).view == "unrolled"


def test_buttons_take_enter(make_window):
    window = make_window()
    window.transport.buttons["last"].setFocus()
    press(window, K.Key_Return)
    assert place(window) == (8, 4)
    assert session(window).view == "unrolled"


def test_the_seven_views_by_key(make_window):
    window = make_window()
    views = []
    for key in (K.Key_1, K.Key_2, K.Key_3, K.Key_4, K.Key_5, K.Key_6, K.Key_7):
        press(window, key)
        views.append(session(window).view)
    assert views == ["network", "layer", "condensed", "samples", "unrolled", "compact", "cell"]


def test_the_same_view_key_completes_the_turn(make_window):
    window = make_window()
    press(window, K.Key_6)
    assert session(window).turn is not None
    press(window, K.Key_6)
    assert session(window).turn is None and session(window).view == "compact"


def test_speed_grain_theme_decimals_zoom_keys(make_window):
    window = make_window()
    press(window, K.Key_BracketRight)
    assert session(window).speed == 2
    press(window, K.Key_BracketLeft)
    press(window, K.Key_BracketLeft)
    assert session(window).speed == 0.5
    press(window, K.Key_O)
    assert session(window).grain == "sample"
    press(window, K.Key_T, CTRL)
    assert session(window).theme == "dark"
    press(window, K.Key_4, CTRL | ALT)
    assert session(window).decimals == 4
    press(window, K.Key_Plus)
    assert session(window).zoom == pytest.approx(1.25)
    press(window, K.Key_Minus)
    press(window, K.Key_0)
    assert (session(window).zoom, session(window).pan) == (1.0, (0.0, 0.0))
    press(window, K.Key_I)
    assert window.inspector.isHidden()


def test_enter_opens_the_cell_and_escape_leaves_it(make_window):
    window = make_window(view="compact")
    window.canvas.setFocus()
    press(window, K.Key_Return)
    assert session(window).view == "cell"
    press(window, K.Key_Escape)
    assert session(window).view == "compact"
    press(window, K.Key_Escape)
    assert window.isVisible()


def test_jump_by_number(make_window):
    window = make_window()
    press(window, K.Key_G)
    QTest.keyClicks(window.go_to_field, "6")
    assert session(window).view == "unrolled"
    QTest.keyClick(window.go_to_field, K.Key_Return)
    assert place(window) == (6, 4)
    assert window.go_to_field.isHidden()


def test_tab_moves_the_selection_and_leaves_the_canvas_after_the_last(make_window):
    window = make_window()
    window.canvas.setFocus()
    seen = []
    for _ in range(60):
        press(window, K.Key_Tab)
        if not window.canvas.hasFocus():
            break
        seen.append(session(window).selection)
    assert not window.canvas.hasFocus()
    assert len(set(seen)) == len(seen) > 8
    assert {"x", "y", "s", "cell"} <= {key.what for key in seen}


def test_up_and_down_follow_x_r_y(make_window):
    window = make_window()
    window.canvas.setFocus()
    window.store.dispatch(GoTo(3))
    seen = []
    for _ in range(12):
        press(window, K.Key_Up)
        seen.append(session(window).selection)
    things = [key.what for key in seen]
    assert things[0] == "x" and things[-1] == "y" and "cell" in things
    press(window, K.Key_Down)
    assert session(window).selection != seen[-1]


def test_up_and_down_turn_pages_while_the_formula_has_the_focus(make_window):
    window = make_window()
    window.store.dispatch(SetCell("lstm"))
    window.store.dispatch(GoTo(3, 2))
    window.formula.setFocus()
    press(window, K.Key_Down)
    assert session(window).page == 1 and session(window).selection is None
    press(window, K.Key_Up)
    assert session(window).page == 0


def test_selection_in_time(make_window):
    window = make_window()
    window.store.dispatch(GoTo(4))
    press(window, K.Key_Left, ALT)
    assert session(window).selection == Key("s", 4)
    press(window, K.Key_Left, ALT)
    assert session(window).selection == Key("s", 3)
    assert place(window) == (4, 4)


def test_key_sheet_opens_pauses_and_closes(make_window):
    window = make_window()
    press(window, K.Key_Space)
    press(window, K.Key_F1)
    assert not window.sheet.isHidden() and not session(window).playing
    QTest.keyClick(window.sheet, K.Key_Right)
    assert place(window) == (2, 1), "no key reaches the window while the sheet is open"
    QTest.keyClick(window.sheet, K.Key_Escape)
    assert window.sheet.isHidden()


def test_500_random_keys_of_a_remote_stay_on_legal_places(make_window):
    window = make_window()
    keys = [K.Key_PageUp, K.Key_PageDown, K.Key_Period, K.Key_F5, K.Key_Escape]
    chance = random.Random(20)
    for _ in range(500):
        press(window, chance.choice(keys))
        t, phase = place(window)
        assert 0 <= t <= 8 and 1 <= phase <= 4 and (t > 0 or phase == 4)
    assert window.isVisible()


#: What would end the window that is looked at, or hide it behind something.
_LEAVING = ("quit", "close", "new_window", "full_screen", "go_to")


def test_500_random_keys_of_everything(make_window):
    window = make_window()
    window.documents.ask_open = lambda: ""
    window.documents.ask_save = lambda proposed: ""
    chance = random.Random(7)
    keys = [key for command in COMMANDS for key in command.keys if command.id not in _LEAVING]
    from PySide6.QtGui import QKeySequence

    for _ in range(500):
        combination = QKeySequence(chance.choice(keys))[0]
        press(window, combination.key(), combination.keyboardModifiers())
        window.store.dispatch(Tick(chance.random()))
        if not window.sheet.isHidden():
            QTest.keyClick(window.sheet, K.Key_Escape)
        t, phase = place(window)
        count = phases(window.store.state.document)
        assert 0 <= t <= 8 and 1 <= phase <= count and (t > 0 or phase == count)
    assert window.isVisible()


def test_off_views_are_named_with_their_reason(make_window):
    window = make_window()
    window.store.dispatch(ChooseLayer(0))
    segment = window.view_bar.segments[4]
    assert segment.off and "no state" in segment.toolTip()
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert "no state" in window.banner.text
    assert session(window).view == "samples"
    assert window.view_bar.segments[3].isChecked() and not segment.isChecked()


def test_the_banner_is_put_away(make_window):
    window = make_window()
    window.store.dispatch(Message("Row 3 is not a number."))
    assert window.banner.text == "Row 3 is not a number." and window.banner.height() >= 52
    press(window, K.Key_Escape)
    assert window.banner.text == ""


def test_a_bad_file_says_why_and_leaves_the_study(make_window, tmp_path):
    window = make_window()
    document = window.store.state.document
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n3,red\n", encoding="utf-8")
    window.documents.open_path(bad)
    assert window.store.state.document is document
    assert "red" in window.banner.text or "b" in window.banner.text
    window.documents.open_path(tmp_path / "missing.csv")
    assert "missing.csv" in window.banner.text and window.store.state.document is document


def test_a_dropped_sequence_is_opened(make_window, tmp_path):
    window = make_window()
    good = tmp_path / "two.csv"
    good.write_text("a,b\n0.1,0.2\n0.3,0.4\n0.5,0.6\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good))])
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE)
    window.canvas.dropEvent(event)
    assert window.store.state.document.sequence.steps == 3
    assert place(window)[0] == 1


def test_undo_and_redo_rows_carry_the_name(make_window):
    window = make_window()
    assert not window.menus.actions["undo"].isEnabled()
    window.store.dispatch(SetBias(True))
    assert window.menus.actions["undo"].text() == "Undo: Add the bias"
    press(window, K.Key_Z, CTRL)
    assert window.menus.actions["redo"].text() == "Redo: Add the bias"
    press(window, K.Key_Z, CTRL | SHIFT)
    assert window.store.state.document.network.layers[1].bias


def test_save_as_writes_a_study_that_opens_again(make_window, tmp_path):
    window = make_window()
    window.store.dispatch(SetCell("gru"))
    assert "\N{BULLET}" in window.windowTitle()
    path = tmp_path / "mine.rnnstudio"
    window.documents.ask_save = lambda proposed: str(path)
    window.menus.actions["save_as"].trigger()
    assert read_study(path).network.layers[1].cell.name == "gru"
    assert window.windowTitle().startswith("mine.rnnstudio  \u00b7  GRU 4 \u2192 3")


def test_a_study_that_cannot_be_written_says_so(make_window, tmp_path):
    window = make_window()
    window.documents.ask_save = lambda proposed: str(tmp_path / "no" / "such" / "folder.rnnstudio")
    window.menus.actions["save_as"].trigger()
    assert "was not saved" in window.banner.text


def test_unsaved_changes_are_not_lost_on_closing(make_window):
    window = make_window()
    window.store.dispatch(SetBias(True))
    window.documents.ask_leave = lambda: "cancel"
    window.close()
    assert window.isVisible()
    window.documents.ask_leave = lambda: "discard"


@pytest.mark.parametrize(
    ("size", "mode"), [((1920, 1080), "normal"), ((1280, 800), "compact"), ((1024, 700), "compact")]
)
def test_forms_of_the_window(make_window, size, mode):
    window = make_window(size=size)
    assert window.transport.height() == (104 if mode == "normal" else 84)
    assert window.formula.height() == (138 if mode == "normal" else 112)
    assert window.view_bar.height() == (56 if mode == "normal" else 48)
    assert window.canvas.width() + (window.inspector.width() if window.inspector.isVisible() else 0) == size[0]


def test_the_projector_hides_menu_and_inspector_and_alt_shows_the_menu(make_window):
    window = make_window(size=(1920, 1080))
    window.store.dispatch(SetTheme("projector"))
    assert window.menuBar().isHidden() and window.inspector.isHidden()
    assert (window.view_bar.height(), window.formula.height(), window.transport.height()) == (72, 198, 112)
    press(window, K.Key_Alt)
    assert window.menuBar().isVisible()
    press(window, K.Key_Right)
    assert place(window) == (2, 1), "keys work while the menu bar is hidden"


def test_clicking_selects_and_a_double_click_on_r_opens_the_cell(make_window, qtbot):
    window = make_window()
    window.store.dispatch(GoTo(3))
    from rnnstudio.state.derived import layout

    plates = layout(window.store.state).plates
    at = window.canvas.place()
    x, y = plates.rect[plates.keys.index(Key("cell", 3)), :2]
    whole = at.scale * at.zoom
    point = QPointF(x * whole + at.dx, y * whole + at.dy).toPoint()
    qtbot.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=point)
    assert session(window).selection == Key("cell", 3)
    qtbot.mouseDClick(window.canvas, Qt.MouseButton.LeftButton, pos=point)
    assert session(window).view == "cell"


def test_everything_has_an_accessible_name(make_window):
    from PySide6.QtWidgets import QAbstractButton, QAbstractSlider

    window = make_window()
    for kind in (QAbstractButton, QAbstractSlider):
        for control in window.centralWidget().findChildren(kind):
            if control.isVisible() and not control.objectName().startswith("qt_"):
                assert control.accessibleName(), control
    assert "sample 1 of 8" in window.canvas.accessibleDescription()


def test_nothing_accessible_gives_away_what_is_not_computed(make_window):
    window = make_window()
    window.store.dispatch(GoTo(3, 2))
    window.store.dispatch(SetView("unrolled"))
    from rnnstudio.state.actions.viewing import Select

    window.store.dispatch(Select(Key("s", 3)))
    assert "not computed yet" in window.inspector.accessibleDescription()
    assert "not computed yet" in window.canvas.accessibleDescription()


def test_the_clock_rests_when_nothing_moves(make_window):
    window = make_window()
    assert not window.clock.running
    press(window, K.Key_Right)
    assert window.clock.running
    window.store.dispatch(Tick(9.0))
    window.store.dispatch(Tick(9.0))
    assert not window.clock.running


def test_open_refuses_what_cannot_run(make_window, monkeypatch):
    window = make_window()

    def refuse(path):
        raise InputError("this run of 20,000 steps would need too much")

    monkeypatch.setattr("rnnstudio.ui.documents.open_any", refuse)
    window.documents.open_path(__import__("pathlib").Path("x.npy"))
    assert window.banner.text == "this run of 20,000 steps would need too much"
