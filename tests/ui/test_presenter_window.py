"""The private window of one who presents, the pointing tools, freezing, screens that come and go."""

import random

import pytest
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from rnnstudio.lessons.words import plain
from rnnstudio.state.actions.presenting import AddStroke, SetTool, ShowPresenter
from rnnstudio.state.actions.viewing import SetView, Zoom
from rnnstudio.state.derived import track
from rnnstudio.state.desk import Desk, Stroke
from rnnstudio.ui.presenter_notes import WITHOUT_LESSON, paragraphs
from rnnstudio.ui.settings import read_settings, write_settings
from tests.ui.lecture import press, rest


def session(window):
    return window.store.state.session


@pytest.fixture
def lecture(make_window):
    """A lesson that is presented, with the presenter's window in front."""

    def begin(name="from-a-layer", **more):
        window = make_window(reduced_motion=True, **more)
        if name:
            window.commands.start_lesson(name)
        press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
        presenter = window.presentation.presenter
        presenter.activateWindow()
        QCoreApplication.processEvents()
        return window, presenter

    return begin


def test_a_whole_lesson_from_the_presenters_window(lecture):
    window, presenter = lecture()
    assert session(window).presenting and presenter.isVisible() and presenter.isActiveWindow()
    stops = session(window).tour.lesson.stops
    for at, stop in enumerate(stops):
        assert session(window).tour.at == at
        assert plain(paragraphs(stop.notes)[0][1]) in presenter.notes.accessibleDescription()
        presenter.next.make()
        following = stops[at + 1].caption if at + 1 < len(stops) else None
        if following:
            assert plain(presenter.next.accessibleDescription()) == plain(following)
        press(presenter, Qt.Key.Key_PageDown)
        rest(window)
    presenter.next.make()
    assert presenter.next.shown_state is None
    for _ in stops:
        press(presenter, Qt.Key.Key_PageUp)
        rest(window)
    assert session(window).tour.at == 0
    for _ in range(6):
        press(presenter, Qt.Key.Key_Escape)
    assert not session(window).presenting and presenter.isVisible() and window.isVisible()


def test_every_row_that_works_there_is_the_windows_own_and_asks_nothing(lecture):
    _, presenter = lecture()
    keys = [key.toString() for action in presenter.actions() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    for wanted in ("Right", "PgDown", "PgUp", "Space", "B", ".", "W", "F", "L", "D", "E", "1", "7", "F5", "Esc", "N"):
        assert wanted in keys
    for not_wanted in ("Ctrl+O", "Ctrl+S", "Ctrl+W", "Ctrl+L", "Return"):
        assert not_wanted not in keys


def test_without_a_lesson_next_is_the_next_step(lecture):
    window, presenter = lecture(name="")
    assert presenter.notes.accessibleDescription() == WITHOUT_LESSON
    for _ in range(3):
        presenter.next.make()
        foretold = presenter.next.shown_state.session.playhead
        press(presenter, Qt.Key.Key_PageDown)
        rest(window)
        assert session(window).playhead == foretold


def test_the_copy_is_made_after_the_change_and_shows_the_rooms_picture(lecture):
    window, presenter = lecture()
    presenter.copy.make()
    made = presenter.copy.made
    press(presenter, Qt.Key.Key_PageDown)
    assert presenter.copy.made == made  # no key press waits for it
    rest(window)
    earlier = far_apart(presenter.copy, window.centralWidget())
    presenter.copy.make()
    body = window.centralWidget()
    assert far_apart(presenter.copy, body) < 3 < earlier


def far_apart(copy, widget) -> float:
    """Mean difference of the pixels, of 255, of the copy and of a widget's picture in the same size."""
    k, corner = copy._fit()
    size = widget.size() * k
    smooth = Qt.TransformationMode.SmoothTransformation
    room = widget.grab().toImage().scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    seen = copy.grab().toImage()
    places = [(x, y) for x in range(6, size.width() - 6, 3) for y in range(6, size.height() - 6, 3)]
    apart = 0
    for x, y in places:
        one, other = seen.pixelColor(x + int(corner.x()), y + int(corner.y())), room.pixelColor(x, y)
        apart += abs(one.lightness() - other.lightness())
    return apart / len(places)


def near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


def test_frozen_the_room_keeps_its_picture_while_the_next_is_prepared(lecture):
    window, presenter = lecture()
    before = window.centralWidget().grab().toImage()
    press(presenter, Qt.Key.Key_F)
    assert window.presentation.frozen.isVisible() and "Frozen" in presenter._label()[0]
    for _ in range(3):
        press(presenter, Qt.Key.Key_PageDown)
        rest(window)
    assert session(window).tour.at == 3
    assert window.presentation.frozen.kept.toImage() == before
    seen = window.grab().toImage()
    assert seen.pixelColor(300, 300) == before.pixelColor(300, 300)
    press(presenter, Qt.Key.Key_F)
    assert window.presentation.frozen.isHidden() and window.presentation.frozen.kept.isNull()
    assert session(window).tour.at == 3


def test_what_is_said_is_said_to_the_presenter_alone(lecture):
    window, presenter = lecture()
    window.store.dispatch(ShowPresenter(True))
    window.store.dispatch(SetView("network"))
    state = window.store.state
    window.store._state = state.see(message="The file is gone.")
    window.show_state(state, window.store.state)
    presenter.show_state(state, window.store.state)
    assert presenter.banner.text == "The file is gone." and window.banner.text == ""
    press(presenter, Qt.Key.Key_Escape)
    assert presenter.banner.text == ""


def test_a_question_is_not_asked_in_front_of_a_room(lecture, monkeypatch):
    from rnnstudio.ui import document_questions

    window, _ = lecture()
    asked = []

    def chosen(*_):
        asked.append(session(window).presenting)
        return "", ""

    monkeypatch.setattr(document_questions.QFileDialog, "getOpenFileName", chosen)
    document_questions.which_file(window)
    assert asked == [False]


def test_closing_either_window(lecture):
    window, presenter = lecture()
    presenter.close()
    assert not session(window).desk.presenter and session(window).presenting and window.isVisible()
    window.activateWindow()
    QCoreApplication.processEvents()
    press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    again = window.presentation.presenter
    assert again is not presenter and again.isVisible()
    window.store.dispatch(ShowPresenter(False))
    assert window.presentation.presenter is None and session(window).presenting
    window.activateWindow()
    QCoreApplication.processEvents()
    press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    assert window.presentation.presenter.isVisible()
    window.close()
    assert window.presentation.presenter is None


def test_closing_while_the_ring_is_lit_leaves_no_window_behind(lecture):
    window, presenter = lecture()
    QTest.keyPress(presenter, Qt.Key.Key_S)
    assert session(window).desk.ring
    window.close()
    assert window.presentation.presenter is None


def test_one_screen_the_key_brings_the_other_window_to_the_front(lecture):
    window, presenter = lecture()
    both = Qt.KeyboardModifier.ControlModifier
    press(presenter, Qt.Key.Key_F5, both)
    QCoreApplication.processEvents()
    assert window.isActiveWindow()
    press(window, Qt.Key.Key_F5, both)
    QCoreApplication.processEvents()
    assert presenter.isActiveWindow()


def test_five_hundred_random_presses_with_the_presenters_window_open(lecture):
    window, presenter = lecture()
    keys = [Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Period, Qt.Key.Key_F5, Qt.Key.Key_Escape]
    rng = random.Random(6)
    for _ in range(500):
        press(rng.choice((window, presenter)), rng.choice(keys))
        state = window.store.state
        assert window.isVisible() and presenter.isVisible()
        assert 0 <= state.session.tour.at < state.session.tour.lesson.cards
        along = track(state)
        assert along.at(state.session.playhead.t).t == state.session.playhead.t
    press(presenter, Qt.Key.Key_Escape)
    assert not session(window).blank


# ---------------------------------------------------------------- pointing


def test_tools_take_the_mouse_and_nothing_else_does(make_window):
    window = make_window(reduced_motion=True)
    pointing = window.presentation.pointing
    assert pointing.isHidden()
    press(window, Qt.Key.Key_L)
    assert pointing.isVisible() and pointing.geometry().contains(window.canvas.geometry())
    QTest.mouseMove(pointing, pointing.rect().center())
    assert pointing.at is not None
    picture = pointing.grab().toImage()
    assert near(picture.pixelColor(pointing.at.toPoint()), QColor("#FF3B30"))
    press(window, Qt.Key.Key_L)
    assert pointing.isHidden() and pointing.at is None


def test_under_the_laser_a_click_selects_and_under_the_pen_it_does_not(make_window):
    window = make_window(reduced_motion=True)
    pointing, place = window.presentation.pointing, window.canvas.place()
    _, (x, y) = _things(window)[0]
    whole = place.scale * place.zoom
    on_canvas = QPointF(x * whole + place.dx, y * whole + place.dy).toPoint()
    at = pointing.mapFrom(window.centralWidget(), window.canvas.mapTo(window.centralWidget(), on_canvas))
    press(window, Qt.Key.Key_D)
    QTest.mouseClick(pointing, Qt.MouseButton.LeftButton, pos=at)
    assert session(window).selection is None and session(window).desk.strokes
    press(window, Qt.Key.Key_L)
    QTest.mouseClick(pointing, Qt.MouseButton.LeftButton, pos=at)
    assert session(window).selection is not None
    assert pointing.isVisible() and session(window).desk.tool == "laser"


@pytest.mark.parametrize("where", ["canvas", "formula"])
def test_a_line_is_drawn_and_stays_on_what_it_was_drawn_on(make_window, where):
    window = make_window(reduced_motion=True)
    pointing, ground = window.presentation.pointing, getattr(window, where)
    press(window, Qt.Key.Key_D)
    begin = pointing.mapFrom(window.centralWidget(), ground.geometry().center())
    QTest.mousePress(pointing, Qt.MouseButton.LeftButton, pos=begin)
    for k in range(1, 5):
        QTest.mouseMove(pointing, begin + QPointF(12 * k, 3 * k).toPoint())
    QTest.mouseRelease(pointing, Qt.MouseButton.LeftButton, pos=begin + QPointF(48, 12).toPoint())
    (stroke,) = session(window).desk.strokes
    assert stroke.ground == {"canvas": "picture", "formula": "formula"}[where]
    placed = pointing.places.placed(stroke)
    assert (placed[0] - QPointF(begin)).manhattanLength() < 0.01
    logical = [window.canvas.place().logical(*_on(window, pointing, p)) for p in placed]
    if where == "canvas":
        window.store.dispatch(Zoom(1.25, (400.0, 300.0)))
        moved = pointing.places.placed(stroke)
        assert (moved[0] - placed[0]).manhattanLength() > 1
        again = [window.canvas.place().logical(*_on(window, pointing, p)) for p in moved]
        assert again == [pytest.approx(place) for place in logical]
    window.resize(1200, 760)
    QCoreApplication.processEvents()
    held = pointing.places.placed(stroke)[0] + QPointF(pointing.pos())
    assert ground.geometry().contains(held.toPoint())
    press(window, Qt.Key.Key_N)
    assert session(window).desk.strokes == () and session(window).desk.tool == "draw"
    press(window, Qt.Key.Key_Escape)
    assert session(window).desk.tool == "" and pointing.isHidden()


def _on(window, pointing, place):
    at = place + QPointF(pointing.pos()) - QPointF(window.canvas.pos())
    return at.x(), at.y()


def test_the_rubber_takes_what_it_touches(make_window):
    window = make_window(reduced_motion=True)
    near_line, far_line = Stroke("picture", ((0.0, 0.0), (60.0, 0.0))), Stroke("picture", ((0.0, 200.0), (60.0, 200.0)))
    window.store.dispatch(AddStroke(near_line))
    window.store.dispatch(AddStroke(far_line))
    press(window, Qt.Key.Key_E)
    pointing = window.presentation.pointing
    middle = pointing.places.placed(Stroke("picture", ((30.0, 2.0),)))[0].toPoint()
    QTest.mouseClick(pointing, Qt.MouseButton.LeftButton, pos=middle)
    assert session(window).desk.strokes == (far_line,)


def test_the_ring_is_there_while_s_is_down(make_window):
    window = make_window(reduced_motion=True)
    QTest.keyPress(window.focusWidget(), Qt.Key.Key_S)
    assert session(window).desk.ring and window.presentation.pointing.isVisible()
    QTest.keyRelease(window.focusWidget(), Qt.Key.Key_S)
    assert not session(window).desk.ring and window.presentation.pointing.isHidden()


def test_the_pointer_works_in_the_presenters_copy(lecture):
    window, presenter = lecture()
    window.store.dispatch(SetTool("draw"))
    copy, pointing = presenter.copy, window.presentation.pointing
    begin, end = copy.rect().center() - QPointF(60, 60).toPoint(), copy.rect().center()
    QTest.mousePress(copy, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(copy, end)
    QTest.mouseRelease(copy, Qt.MouseButton.LeftButton, pos=end)
    (stroke,) = session(window).desk.strokes
    wanted = copy.in_body(QPointF(begin)) - QPointF(pointing.pos())
    assert (pointing.places.placed(stroke)[0] - wanted).manhattanLength() < 0.01
    window.store.dispatch(SetTool(""))
    press(presenter, Qt.Key.Key_Escape)
    place = window.canvas.place()
    marks = [key for key, _ in _things(window)]
    assert marks
    _, (x, y) = _things(window)[0]
    whole = place.scale * place.zoom
    on_body = QPointF(window.canvas.pos()) + QPointF(x * whole + place.dx, y * whole + place.dy)
    k, corner = copy._fit()
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton, pos=(on_body * k + corner).toPoint())
    assert session(window).selection is not None


def test_votes_are_counted_in_the_presenters_copy(lecture):
    window, presenter = lecture("lstm")
    presenter.resize(1600, 900)
    for _ in range(40):
        QCoreApplication.processEvents()
        if session(window).question is not None and window.presentation.quiz.options.isVisible():
            break
        press(presenter, Qt.Key.Key_PageDown)
        rest(window)
    for _ in range(2):
        press(presenter, Qt.Key.Key_PageDown)
        QCoreApplication.processEvents()
    body, options = window.centralWidget(), window.presentation.quiz.options
    before = session(window).question
    inside = QPointF(options.width() / 4, options.height() / 3).toPoint()
    at = QPointF(options.mapTo(body, inside))
    k, corner = presenter.copy._fit()
    QTest.mouseClick(presenter.copy, Qt.MouseButton.LeftButton, pos=(at * k + corner).toPoint())
    assert session(window).question is not before


def _things(window):
    """What can be selected in the picture, with places."""
    width, height = session(window).canvas
    found = []
    for x in range(20, int(width), 30):
        for y in range(80, int(height), 30):
            from rnnstudio.state.derived import grasped
            from rnnstudio.state.picking import pick

            key = pick(grasped(window.store.state), float(x), float(y))
            if key is not None:
                found.append((key, (float(x), float(y))))
    return found


def test_the_time_card_tells_the_time_of_its_clock(lecture):
    _, presenter = lecture()
    card = presenter.time
    now = [card.began_s]
    card.now = lambda: now[0]
    now[0] += 40 * 60 + 30.4
    assert card.words()[:3] == ("40:30", "4:30", "Plan: 45 min")
    assert card.words()[3].endswith("behind") and card.time.low(now[0])
    card.longer.click()
    assert card.words()[:3] == ("40:30", "9:30", "Plan: 50 min")
    card.again.click()
    assert card.words()[:2] == ("0:00", "50:00")


def test_the_planned_time_is_remembered(lecture):
    window, presenter = lecture()
    for _ in range(3):
        presenter.time.shorter.click()
    write_settings(session(window))
    assert read_settings().session().desk == Desk(planned_min=30)


def test_the_notes_can_be_larger_and_are_never_under_24(lecture):
    _, presenter = lecture(size=(1024, 768))
    presenter.resize(960, 560)
    QCoreApplication.processEvents()
    notes = presenter.notes
    assert notes.px == 26
    for _ in range(4):
        notes.smaller.click()
    assert notes.px == 24 and not notes.smaller.isEnabled()
    notes.larger.click()
    assert notes.px == 26


def test_notes_in_parts():
    assert paragraphs("One\ntwo.\n\n- a\n- b\n  more\n\nEnd.") == [
        (False, "One two."), (True, "a"), (True, "b more"), (False, "End."),
    ]  # fmt: skip
