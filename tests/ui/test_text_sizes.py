"""Text from 85 to 250 %: nothing that is written in bars and panels is cut or lies over something else."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from rnnstudio.state.actions.preferences import TEXT_SIZES
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.ui.controls import Control
from rnnstudio.ui.measures import measures
from tests.ui.lecture import rest

SIZES = [(1920, 1080), (1280, 720)]
LARGE = [1.5, 2.0, 2.5]


def settled(window):
    for _ in range(3):
        QCoreApplication.processEvents()


def controls(panel):
    """The shown controls of a panel and where they are in the window; what scrolls is left out."""
    found = {}
    for control in panel.findChildren(Control):
        scrolls = any(isinstance(parent, QScrollArea) for parent in _parents(control, panel))
        if control.isVisible() and not scrolls:
            found[control] = QRect(control.mapTo(panel.window(), QPoint(0, 0)), control.size())
    return found


def _parents(widget, end):
    while widget is not None and widget is not end:
        widget = widget.parentWidget()
        yield widget


def overlapping(places):
    boxes = list(places.items())
    pairs = [(one, other) for k, one in enumerate(boxes) for other in boxes[k + 1 :]]
    return [(a.accessibleName(), b.accessibleName()) for (a, one), (b, other) in pairs
            if one.adjusted(1, 1, -1, -1).intersects(other) and not a.isAncestorOf(b) and not b.isAncestorOf(a)]


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", LARGE)
def test_no_control_is_cut_or_lies_over_another(make_window, size, text, theme):
    window = make_window(size=size, text_size=text, theme=theme)
    window.store.dispatch(GoTo(3))
    for lesson in (False, True):
        if lesson:
            window.commands.start_lesson("from-a-layer", 6)
            rest(window)
        settled(window)
        assert window.store.state.session.text_size == text
        whole = window.rect()
        for panel in (window.view_bar, window.transport, window.lesson, window.modes):
            if not panel.isVisible():
                continue
            places = controls(panel)
            assert all(whole.contains(box) for box in places.values()), panel
            inside = QRect(panel.mapTo(window, QPoint(0, 0)), panel.size())
            assert all(inside.contains(box) for box in places.values()), panel
            assert overlapping(places) == [], panel


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", LARGE)
def test_every_menu_has_its_place(make_window, size, text):
    window = make_window(size=size, text_size=text)
    settled(window)
    bar = window.menuBar()
    places = [bar.actionGeometry(action) for action in bar.actions()]
    free = bar.rect().adjusted(window.menus._mark.width(), 0, 0, 0)
    assert all(place.isValid() and free.contains(place) for place in places)
    assert not any(one.intersects(other) for k, one in enumerate(places) for other in places[k + 1 :])
    for place, action in zip(places, bar.actions(), strict=True):
        assert bar.fontMetrics().horizontalAdvance(action.text()) <= place.width()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", LARGE)
def test_words_of_views_and_stops_fit_their_places(make_window, size, text):
    window = make_window(size=size, text_size=text)
    window.commands.start_lesson("from-a-layer", 6)
    rest(window)
    settled(window)
    for segment in window.view_bar.segments:
        assert segment.width() >= segment.wanted_width() - 1
    card = window.lesson.card
    assert card.height() >= round(card.height_for(card.width() / card.unit) * card.unit) - 2
    assert card.unit >= 1.15 and window.lesson.width() <= 0.5 * size[0]


@pytest.mark.parametrize("size", SIZES)
def test_the_text_grows_with_every_choice_as_far_as_there_is_room(size):
    forms = [measures(*size, False, text) for text in TEXT_SIZES]
    for name in ("title_px", "body_px", "segment_px", "caption_px", "inspector_zoom", "side"):
        sizes = [getattr(form, name) for form in forms]
        assert sizes == sorted(sizes)
    assert [form.text for form in forms] == list(TEXT_SIZES)
    assert forms[-1].inspector_zoom / forms[1].inspector_zoom > 1.8
    for form in forms:
        bars = form.menu + form.view_bar + form.formula + form.transport
        assert bars <= 0.63 * size[1] and form.inspector <= 0.47 * size[0]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", [1.0, 2.5])
def test_surfaces_over_the_window_stay_in_it(make_window, size, text):
    window = make_window(size=size, text_size=text)
    window.commands.preferences()
    panel = window.commands.preferences_panel
    box = panel._box()[0].toRect()
    assert panel.rect().contains(box)
    for control in panel.findChildren(Control):
        if control.isVisibleTo(panel):
            assert box.contains(QRect(control.mapTo(panel, QPoint(0, 0)), control.size())), control.accessibleName()
    assert overlapping({control: QRect(control.mapTo(panel, QPoint(0, 0)), control.size())
                        for control in panel.findChildren(Control)}) == []  # fmt: skip
    assert isinstance(panel, QWidget)
