"""What mouse and keys do to the selected block of a matrix in the inspector."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from rnnstudio.diagram.keys import Key
from rnnstudio.state.actions.matrices import MoveArea, SelectArea
from rnnstudio.state.actions.viewing import Message, Select
from rnnstudio.state.areas import Area
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.area_map import Hit, area_of, hit, own, shown_area
from rnnstudio.ui.inspector_weights import WeightsPart, weights_of

#: Rows and columns that an arrow goes.
ARROWS = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
}  # fmt: skip


class AreaGestures:
    """Clicks select one number, on a head a row or column; Shift, and a drag from a head, go on from there."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._clicked: Hit | None = None
        self._held: Hit | None = None

    def press(self, part: WeightsPart, place: tuple[float, float, float], at: QPointF, shift: bool) -> bool:
        """Whether a press begins a selection; one on a number is left to those that scrub it, until it comes up."""
        found = hit(part, *place, at)
        self._clicked = self._held = None
        if found is None:
            return False
        on_number = found[1] is not None and found[2] is not None
        if on_number and not shift and part.written(found[0], place[2]):
            self._clicked = found
            return False
        self._select(found, self._store.state.session.area if shift else None)
        self._held = found
        return True

    def move(self, part: WeightsPart, place: tuple[float, float, float], at: QPointF) -> bool:
        """Whether a selection is drawn larger or smaller."""
        if self._held is None:
            return False
        found = hit(part, *place, at, self._held[0])
        if found is not None:
            name, i, j = self._held
            # from a head whole rows or columns come along
            found = name, found[1] if i is not None else None, found[2] if j is not None else None
            self._select(found, self._store.state.session.area)
        return True

    def release(self, scrubbed: bool) -> bool:
        """The button comes up: a number that was clicked, and not scrubbed, is selected."""
        clicked, held = self._clicked, self._held
        self._clicked = self._held = None
        if clicked is not None and not scrubbed:
            self._select(clicked, None)
        return held is not None

    def _select(self, found: Hit, start: Area | None) -> None:
        area = area_of(self._store.state, found, start)
        if isinstance(area, str):
            self._store.dispatch(Message(area[0].upper() + area[1:]))
            return
        selected = self._store.state.session.selection
        if selected is None or selected.what != found[0]:
            self._store.dispatch(Select(_key(self._store.state, found[0])))
        self._store.dispatch(SelectArea(area))

    def begin(self) -> None:
        """By keys: the first number of the first matrix that is shown."""
        state = self._store.state
        names = weights_of(state).names
        if names and self._store.state.session.area is None:
            self._select((names[0], 0, 0), None)

    def key(self, event: QKeyEvent) -> bool:
        """Whether a key is one that moves the selected block, or lets it grow; then it does."""
        state = self._store.state
        way = ARROWS.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        if way is None or (held and not shift) or shown_area(state, weights_of(state)) is None:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._store.dispatch(MoveArea(*way, extend=shift))
        return True


def _key(state: State, name: str) -> Key:
    """The thing of the picture that a matrix is; where it draws none, the matrix by itself."""
    layout, t = target_layout(state), state.session.playhead.t
    marks = [key for key in (*layout.plates.keys, *layout.tiles.keys) if key.what == name and key.layer is None]
    here = [key for key in marks if key.t in (None, t)]
    found = (here or marks or [Key(name)])[0]
    return found._replace(i=None, j=None, part="")


def editable(state: State) -> bool:
    """Whether the panel shows a matrix whose numbers are given."""
    return any(not isinstance(own(state, name), str) for name in weights_of(state).names)
