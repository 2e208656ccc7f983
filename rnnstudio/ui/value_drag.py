"""Dragging on a given value changes it: to the right and upwards more, to the left and downwards less."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from rnnstudio.diagram.keys import Key
from rnnstudio.state.actions.values import BeginEdit, EndEdit, SetValue
from rnnstudio.state.derived import layout
from rnnstudio.state.place_values import value_at
from rnnstudio.state.places import CHOSEN, Place, place_of_mark
from rnnstudio.state.store import Store

#: The pointer has to move so far (px) before a press becomes a drag.
DRAG = 5.0
#: What a pixel adds: alone, with Shift, with Alt; of words and classes the pixels from one to the next.
PER_PX, PER_PX_SHIFT, PER_PX_ALT, PX_A_WORD = 0.01, 0.1, 0.001, 20.0


class ValueDrag:
    """One drag, from press to release; all of it is one entry of the history."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._place: Place | None = None
        self._from = QPointF()
        self._start = 0.0
        self._dragged = False

    def press(self, place: Place | None, at: QPointF) -> None:
        """The button goes down over a given value, or over something else."""
        self._place, self._from, self._dragged = place, at, False
        if place is not None:
            self._start = value_at(self._store.state.document, place)

    def move(self, at: QPointF, held: Qt.KeyboardModifier, least: float) -> bool:
        """Whether the way from where it went down is a drag of a value."""
        if self._place is None:
            return False
        way = at - self._from
        if not self._dragged:
            if way.manhattanLength() <= least:
                return True
            self._dragged = True
            self._store.dispatch(BeginEdit(self._place))
        self._store.dispatch(SetValue(self._place, self._value(way.x() - way.y(), held)))
        return True

    def _value(self, px: float, held: Qt.KeyboardModifier) -> float:
        assert self._place is not None
        if self._place.kind in CHOSEN:
            return max(self._start + int(px / PX_A_WORD), 0.0)
        shift, alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
        per = PER_PX_SHIFT if held & shift else PER_PX_ALT if held & alt else PER_PX
        return round(self._start + per * px, 10) + 0.0

    def release(self) -> bool:
        """The button comes up: whether a value was dragged."""
        dragged, self._place, self._dragged = self._dragged, None, False
        if dragged:
            self._store.dispatch(EndEdit())
        return dragged


def given_mark(store: Store, key: Key | None) -> Place | None:
    """The given value whose number a mark of the canvas shows."""
    if key is None or key.i is None:
        return None
    place = place_of_mark(store.state, layout(store.state), key)
    return place if isinstance(place, Place) else None
