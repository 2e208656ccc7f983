"""Editing in place: which value the editor on the spot stands over, on the canvas or in the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Layout
from rnnstudio.engine.limits import InputError
from rnnstudio.files.theme import Theme
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.values import BeginEdit, EndEdit, Nudge, SetValue
from rnnstudio.state.actions.viewing import Message, Select, ShowInspector
from rnnstudio.state.derived import layout, target_layout
from rnnstudio.state.model import State
from rnnstudio.state.picking import thing
from rnnstudio.state.place_values import read_value, written
from rnnstudio.state.place_words import words
from rnnstudio.state.places import CHOSEN, Place, place_of_mark
from rnnstudio.state.store import Store
from rnnstudio.ui.canvas_picture import Place as Frame
from rnnstudio.ui.free_place import MARK, freest, head_of, marks_under
from rnnstudio.ui.given_places import Places, canvas_places
from rnnstudio.ui.inspector_places import why_computed
from rnnstudio.ui.measures import PROJECTOR_LINES
from rnnstudio.ui.spot_editor import CARD, FIELD, NudgeCard, OldValue, SpotEditor
from rnnstudio.ui.toast import Toast

if TYPE_CHECKING:
    from rnnstudio.ui.canvas import Canvas
    from rnnstudio.ui.inspector import Inspector

#: How much larger the field is in front of a room.
WIDE = 1.5
GAP = 8
#: What the field needs beside its text: the steppers and its rims.
BESIDE_TEXT = 44
#: A field that is so many times as high as its value would hide the neighbours' numbers: it stands so far beside it.
HIDES, NEAR = 1.5, 4.0
#: The card of the keys stands so far from the field.
CARD_GAP = 24


class InPlace(QObject):
    """Opens the editor over a given value, passes on what is done in it, and moves it from value to value."""

    def __init__(self, store: Store, canvas: Canvas, inspector: Inspector, theme: Theme) -> None:
        super().__init__(canvas)
        self._store, self._canvas, self._inspector, self._theme = store, canvas, inspector, theme
        self._on_canvas = True
        self._typed = False
        self._stands: tuple[Layout, Frame] | None = None  # where the field was put over its value last
        self.editor = SpotEditor(canvas, theme)
        self._old = OldValue(canvas, theme)
        self._card = NudgeCard(canvas, theme)
        self.toast = Toast(store, canvas, theme)
        self.editor.nudged.connect(self._nudge)
        self.editor.moved.connect(self._move)
        self.editor.accepted.connect(self._accept)
        self.editor.refused.connect(self._refuse)
        self.editor.left.connect(self._left)
        self.editor.textEdited.connect(self._type)
        canvas.asked_edit.connect(self.edit_mark)
        inspector.asked_edit.connect(self.edit_in_inspector)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Other colours and sizes."""
        self._theme = theme
        self.editor.set_theme(theme, 28.0 if theme.wide else 18.0)
        self._card.set_theme(theme)
        self.toast.set_theme(theme)

    # ---------------------------------------------------------------- asking for it

    def edit_mark(self, key: Key) -> None:
        """Edit the value of a mark of the canvas; a computed one says why not."""
        state = self._store.state
        place = place_of_mark(state, layout(state), key)
        if isinstance(place, str):
            self._store.dispatch(Message(place[0].upper() + place[1:]))
            return
        found = self._canvas_places()
        if place is not None and place in found:
            self._open(place, True)
        else:
            self._edit_thing(thing(key, target_layout(state), state.session.playhead.t))

    def edit_selection(self) -> None:
        """Edit what is selected: its first given value."""
        selected = self._store.state.session.selection
        if selected is not None:
            self._edit_thing(selected)

    def _edit_thing(self, of: Key) -> None:
        found = canvas_places(self._store.state, self._canvas.place(), of)
        if found:
            self._open(next(iter(found)), True)
            return
        if self._store.state.session.selection != of:
            self._store.dispatch(Select(of))
        if self._inspector.isHidden():
            self._store.dispatch(ShowInspector(True))
        reason, there = why_computed(self._store.state), self._inspector.given_places()
        if reason:
            self._store.dispatch(Message(reason[0].upper() + reason[1:]))
        elif there:
            self._open(next(iter(there)), False)

    def edit_in_inspector(self, place: Place) -> None:
        """Edit a value where the inspector shows it."""
        self._open(place, False)

    # ---------------------------------------------------------------- the open field

    def _places(self) -> Places:
        return self._canvas_places() if self._on_canvas else self._inspector.given_places()

    def _canvas_places(self) -> Places:
        return canvas_places(self._store.state, self._canvas.place())

    def _open(self, place: Place, on_canvas: bool) -> None:
        self._on_canvas, self._stands = on_canvas, None
        where = self._canvas if on_canvas else self._inspector
        self.toast.hide()
        for widget in (self.editor, self._old, self._card):
            widget.setParent(where)
        self._store.dispatch(BeginEdit(place))
        document = self._store.state.document
        vocabulary = document.sequence.vocabulary if place.kind in CHOSEN else ()
        said = sentence("{words}, given", words=words(document, place))
        text = written(document, place)
        self._typed = False
        self._old.say(self._theme, text)
        self._place()
        self.editor.open(said, text, vocabulary, place.kind in CHOSEN)
        self._old.show()
        self._card.setVisible(on_canvas and place.kind not in CHOSEN)

    def _stays(self) -> bool:
        """Whether the value that is edited stands where it stood: on the canvas it moves with the layout alone."""
        here = (target_layout(self._store.state), self._canvas.place()) if self._on_canvas else None
        stays = here is not None and self._stands is not None and here[0] is self._stands[0] and here == self._stands
        self._stands = here
        return stays

    def _place(self) -> None:
        """Field, old value and card where they belong; the field closes where its value is not drawn any more."""
        edit = self._store.state.session.edit
        box = None if edit is None else self._places().get(edit.place)
        if box is None or edit is None:
            self._close()
            return
        scale = WIDE if self._theme.wide and self._on_canvas else 1.0
        width, height = round(FIELD[0] * scale), round(FIELD[1] * scale)
        if edit.place.kind in CHOSEN:
            width = round(1.6 * width)
        text = written(edit.document, edit.place)
        width = max(width, self.editor.fontMetrics().horizontalAdvance(text) + BESIDE_TEXT)
        parent: QWidget = self._canvas if self._on_canvas else self._inspector
        at = self._beside(box, width, height) if self._on_canvas and height > HIDES * box.height() else box.center()
        x = min(max(round(at.x() - width / 2), 2), parent.width() - width - 2)
        y = min(max(round(at.y() - height / 2), 2), parent.height() - height - 2)
        self.editor.setGeometry(x, y, width, height)
        left = x - GAP - self._old.width() if x + width / 2 < box.left() else x + width + GAP
        self._old.move(min(max(left, 0), parent.width() - self._old.width()), y + (height - self._old.height()) // 2)
        if self._on_canvas:
            self._place_card(QRectF(x, y, width, height).united(QRectF(self._old.geometry())).united(box))

    def _beside(self, box: QRectF, width: int, height: int) -> QPointF:
        """The middle of a field that would hide the value's neighbours: right or left of it, where it covers less."""
        reach = box.width() / 2 + width / 2 + NEAR
        choices = [QPointF(box.center().x() + way * reach, box.center().y()) for way in (1, -1)]
        rects = [QRectF(at.x() - width / 2, at.y() - height / 2, width, height) for at in choices]
        most = self._canvas.width() - width
        inside = [at for at, rect in zip(choices, rects, strict=True) if 0 <= rect.left() <= most]
        return min(
            inside or [box.center()],
            key=lambda at: self._covered(QRectF(at.x() - width / 2, at.y() - height / 2, width, height)),
        )

    def _place_card(self, field: QRectF) -> None:
        """In the gap beside the field in which it covers least."""
        w, h = CARD
        middle = field.center()
        x, y = middle.x() - w / 2, middle.y() - h / 2
        choices = (
            QPointF(field.right() + CARD_GAP, y),
            QPointF(field.left() - CARD_GAP - w, y),
            QPointF(x, field.bottom() + CARD_GAP),
            QPointF(x, field.top() - CARD_GAP - h),
        )
        inside = [at for at in choices if self._canvas.rect().contains(QRectF(at.x(), at.y(), w, h).toRect())]
        best = min(inside, key=lambda at: self._covered(QRectF(at.x(), at.y(), w, h)), default=None)
        if best is None or self._covered(QRectF(best.x(), best.y(), w, h)) >= MARK:
            canvas, layout = self._canvas, target_layout(self._store.state)
            head = head_of(layout, self._theme.wide, canvas.window().height() / PROJECTOR_LINES)
            room = (canvas.width(), canvas.height())
            best = QPointF(*freest(self._store.state, canvas.place(), CARD, room, head, field))
        self._card.move(round(best.x()), round(best.y()))
        self._card.raise_()

    def _covered(self, box: QRectF) -> int:
        """How much of the picture lies under a box of the canvas."""
        return marks_under(target_layout(self._store.state), self._canvas.place(), box)

    def show_state(self, old: State, new: State) -> None:
        """Stay over the value, say what it has become; close when it is edited no longer."""
        self.toast.show_state(old, new)
        if not self.editor.is_open:
            return
        edit = new.session.edit
        if edit is None or old.session.view != new.session.view:
            self._close()
            return
        if not self._typed:
            self.editor.rewrite(written(new.document, edit.place))
        if not self._stays():
            self._place()

    # ---------------------------------------------------------------- what is done in it

    def _type(self, _: str) -> None:
        self._typed = True

    def _take(self) -> bool:
        """Set what was typed; False where it is no value, which is said."""
        edit = self._store.state.session.edit
        if edit is None:
            return True
        if not self._typed:
            return True
        document = self._store.state.document
        try:
            value = read_value(document, edit.place, self.editor.text())
        except InputError as error:
            self._store.dispatch(Message(str(error)))
            return False
        self._store.dispatch(SetValue(edit.place, value))
        if self._store.state.session.message:
            return False
        self._typed = False
        return True

    def _nudge(self, by: float) -> None:
        if self._take():
            self._store.dispatch(Nudge(by))
            edit = self._store.state.session.edit
            if edit is not None:
                self.editor.rewrite(written(self._store.state.document, edit.place))

    def _move(self, by: int) -> None:
        edit = self._store.state.session.edit
        if edit is None or not self._take():
            return
        order = list(self._places())
        at = order.index(edit.place) + by if edit.place in order else -1
        self._store.dispatch(EndEdit())
        if 0 <= at < len(order):
            self._open(order[at], self._on_canvas)

    def _accept(self) -> None:
        if self._take():
            self._store.dispatch(EndEdit())

    def _refuse(self) -> None:
        self._store.dispatch(EndEdit(keep=False))

    def _left(self) -> None:
        """What was typed counts when one goes on elsewhere; what is no value is forgotten."""
        if self._store.telling or self._store.state.session.edit is None:
            return
        self._take()
        self._store.dispatch(EndEdit())

    def _close(self) -> None:
        """The field goes; a focus that it has goes back to the surface first, which asks nothing of the store."""
        had_focus = self.editor.hasFocus()
        self.editor.finish()
        if had_focus:
            where: QWidget = self._canvas if self._on_canvas else self._inspector
            where.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.hide()
        self._old.hide()
        self._card.hide()
