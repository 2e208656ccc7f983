"""The picture for those who hear it: every mark is a thing with a name, a role and a place, in groups.

Qt asks a factory for what it shall tell of an object. The canvas answers with its controls and its groups, each group
with its marks; behind each of them stands an object that belongs to the canvas, so that Qt forgets them with it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleObject,
)
from PySide6.QtWidgets import QWidget

from rnnstudio.state.derived import moving
from rnnstudio.state.described import ARROW, BOX, FUNCTION, LINE, WEIGHTS, Group, Item, described, headline
from rnnstudio.state.in_words import in_words
from rnnstudio.state.picture import inspected
from rnnstudio.ui.canvas import Canvas
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.mark_places import line_of, place_of

if TYPE_CHECKING:
    from rnnstudio.state.model import State
    from rnnstudio.state.store import Store

_TEXT, _ROLE = QAccessible.Text, QAccessible.Role
#: Kind of mark → its role.
ROLES = {
    BOX: _ROLE.Button, FUNCTION: _ROLE.Chart, WEIGHTS: _ROLE.Table, ARROW: _ROLE.Indicator, LINE: _ROLE.Indicator,
}  # fmt: skip


class Part(QObject):
    """Stands for a group of the picture (``item`` below 0), or for one mark of a group."""

    def __init__(self, ears: PictureEars, group: int, item: int = -1) -> None:
        super().__init__(ears)
        self.ears, self.group, self.item = ears, group, item


class PictureEars(QObject):
    """Belongs to the canvas of a window; tells what is in the picture, and what a step has computed."""

    def __init__(self, store: Store, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.canvas, self._store = canvas, store
        self._parts: dict[tuple[int, int], Part] = {}
        _install()

    @property
    def state(self) -> State:
        """What is described."""
        return self._store.state

    @property
    def groups(self) -> tuple[Group, ...]:
        """The picture in groups."""
        return described(self.state)

    def part(self, group: int, item: int = -1) -> Part:
        """The object of a group, or of one of its marks; the same one as long as the canvas is there."""
        if (group, item) not in self._parts:
            self._parts[group, item] = Part(self, group, item)
        return self._parts[group, item]

    def selected(self) -> Part | None:
        """The mark of what is selected."""
        key = self.state.session.selection
        for g, group in enumerate(self.groups):
            for k, item in enumerate(group.items):
                if key is not None and item.key == key:
                    return self.part(g, k)
        return None

    def show_state(self, old: State, new: State) -> None:
        """Tell of another selection, and, when it has come to rest, of what a step has computed."""
        if not QAccessible.isActive():
            return
        if new.session.selection != old.session.selection:
            part = self.selected()
            if part is not None and self.canvas.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))
        stepped = old.session.playhead != new.session.playhead or old.session.view != new.session.view
        if (stepped and not moving(new)) or (moving(old) and not moving(new)):
            said = in_words(new)
            words = " ".join((said.where, *said.sentences))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, words))


@cache
def _install() -> None:
    """Tell Qt once who answers for the canvas and its parts."""
    QAccessible.installFactory(_answer)


def _answer(_: str, of: QObject) -> QAccessibleInterface | None:
    if isinstance(of, Part):
        return MarkEar(of) if of.item >= 0 else GroupEar(of)
    if isinstance(of, Canvas):
        ears = next((child for child in of.children() if isinstance(child, PictureEars)), None)
        return None if ears is None else CanvasEar(of, ears)
    return None


def _interface(of: QObject | None) -> QAccessibleInterface:
    """What Qt tells of an object; None, which Qt takes for nothing, where there is none."""
    return cast("QAccessibleInterface", None if of is None else QAccessible.queryAccessibleInterface(of))


class _Ear(QAccessibleObject):
    """What all parts of the picture have in common."""

    def _kids(self) -> list[QObject]:
        return []

    @guarded(0)
    def childCount(self) -> int:
        """Number of parts in it."""
        return len(self._kids())

    @guarded()
    def child(self, index: int) -> QAccessibleInterface:
        """One of its parts."""
        kids = self._kids()
        return _interface(kids[index] if 0 <= index < len(kids) else None)

    @guarded(-1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which of its parts it is; −1 for none."""
        return next((k for k, kid in enumerate(self._kids()) if kid is child.object()), -1)

    @guarded()
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The smallest part at a point of the screen."""
        at, found = QPoint(x, y), _interface(None)
        for kid in self._kids():
            there = _interface(kid)
            if there is None or not there.rect().contains(at):
                continue
            inner = there.childAt(x, y) or there
            if found is None or _area(inner.rect()) < _area(found.rect()):
                found = inner
        return found


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()


class CanvasEar(_Ear):
    """The canvas: what the picture is, its controls, its groups."""

    def __init__(self, canvas: Canvas, ears: PictureEars) -> None:
        super().__init__(canvas)
        self._canvas, self._ears = canvas, ears

    def _kids(self) -> list[QObject]:
        controls = [kid for kid in self._canvas.children() if isinstance(kid, QWidget) and kid.isVisible()]
        return [*(self._ears.part(g) for g in range(len(self._ears.groups))), *controls]

    @guarded()
    def parent(self) -> QAccessibleInterface:
        """The body of the window."""
        return _interface(self._canvas.parentWidget())

    @guarded()
    def focusChild(self) -> QAccessibleInterface:
        """What is selected, while the keyboard is here."""
        return _interface(self._ears.selected() if self._canvas.hasFocus() else None)

    @guarded("")
    def text(self, which: QAccessible.Text) -> str:
        """Its name, and what it shows."""
        if which == _TEXT.Name:
            return self._canvas.accessibleName()
        return headline(self._ears.state) if which == _TEXT.Description else ""

    @guarded(_ROLE.Canvas)
    def role(self) -> QAccessible.Role:
        """A drawing."""
        return _ROLE.Canvas

    @guarded(QAccessible.State())
    def state(self) -> QAccessible.State:
        """Whether the keyboard is here."""
        told = QAccessible.State()
        told.focusable, told.focused = True, self._canvas.hasFocus()
        told.invisible = not self._canvas.isVisible()
        return told

    @guarded(QRect())
    def rect(self) -> QRect:
        """Where it is on the screen."""
        return QRect(self._canvas.mapToGlobal(QPoint(0, 0)), self._canvas.size())


class GroupEar(_Ear):
    """Marks that one would name together: a sample, a layer, the arrows."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self._part, self._ears = part, part.ears

    @property
    def _group(self) -> Group | None:
        groups = self._ears.groups
        return groups[self._part.group] if self._part.group < len(groups) else None

    def _kids(self) -> list[QObject]:
        group = self._group
        return [] if group is None else [self._ears.part(self._part.group, k) for k in range(len(group.items))]

    @guarded(False)
    def isValid(self) -> bool:
        """Whether the picture has so many groups now."""
        return self._group is not None

    @guarded()
    def parent(self) -> QAccessibleInterface:
        """The picture."""
        return _interface(self._ears.canvas)

    @guarded("")
    def text(self, which: QAccessible.Text) -> str:
        """Its name."""
        group = self._group
        return group.name if group is not None and which == _TEXT.Name else ""

    @guarded(_ROLE.Grouping)
    def role(self) -> QAccessible.Role:
        """A group."""
        return _ROLE.Grouping

    @guarded(QAccessible.State())
    def state(self) -> QAccessible.State:
        """It has none of its own."""
        return QAccessible.State()

    @guarded(QRect())
    def rect(self) -> QRect:
        """Around all of its marks."""
        found = QRect()
        for kid in self._kids():
            there = _interface(kid)
            found = found if there is None else found.united(there.rect())
        return found


class MarkEar(_Ear):
    """One mark: its name with its numbers, its role, its place, whether it is selected or may be edited."""

    def __init__(self, part: Part) -> None:
        super().__init__(part)
        self._part, self._ears = part, part.ears

    @property
    def _item(self) -> Item | None:
        groups, part = self._ears.groups, self._part
        if part.group >= len(groups) or part.item >= len(groups[part.group].items):
            return None
        return groups[part.group].items[part.item]

    @guarded(False)
    def isValid(self) -> bool:
        """Whether the picture has it now."""
        return self._item is not None

    @guarded()
    def parent(self) -> QAccessibleInterface:
        """Its group."""
        return _interface(self._ears.part(self._part.group))

    @guarded("")
    def text(self, which: QAccessible.Text) -> str:
        """Its name; as its value the numbers alone; what else is to be said of it."""
        item = self._item
        if item is None:
            return ""
        if which == _TEXT.Name:
            return item.name
        if which == _TEXT.Description:
            return item.about
        if which == _TEXT.Value and item.kind != ARROW:
            said = inspected(self._ears.state, item.key)
            return "not computed yet" if said.values is None else ", ".join(said.texts)
        return ""

    @guarded(_ROLE.Graphic)
    def role(self) -> QAccessible.Role:
        """By its kind; a number that may be edited is a field."""
        item = self._item
        if item is None:
            return _ROLE.NoRole
        return ROLES.get(item.kind, _ROLE.EditableText if item.given else _ROLE.Graphic)

    @guarded(QAccessible.State())
    def state(self) -> QAccessible.State:
        """Whether it can be selected, and is."""
        told, item, session = QAccessible.State(), self._item, self._ears.state.session
        if item is not None and item.kind not in (ARROW, LINE):
            chosen = item.key == session.selection
            told.selectable = told.focusable = True
            told.selected = chosen
            told.focused = chosen and self._ears.canvas.hasFocus()
        return told

    @guarded(QRect())
    def rect(self) -> QRect:
        """Where it is on the screen."""
        item, canvas = self._item, self._ears.canvas
        if item is None:
            return QRect()
        find = line_of if item.kind in (ARROW, LINE) else place_of
        there = find(self._ears.state, canvas.place(), item.key).toAlignedRect()
        return QRect(canvas.mapToGlobal(there.topLeft()), there.size())
