"""What is added to a layout for a second run: the blocks of its numbers, and the marks, on places that are free."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from rnnstudio.diagram.beside import EDIT, GHOST, Marking
from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.free_room import Room
from rnnstudio.diagram.layout import Labels, Layout, Plates, Wires
from rnnstudio.diagram.subject import Subject
from rnnstudio.sentence import sentence

#: In front of a room no text is smaller than this.
WIDE_TEXT = 28.0
Group = TypeVar("Group", Plates, Wires, Labels)


class Addition:
    """A layout, and what is being added to it.

    Attributes
    ----------
    was : Layout
        The layout; where something in it has to give way, with that changed.
    b : Builder
        Takes the marks that are added.
    room : Room
        Which places are free.
    """

    def __init__(self, layout: Layout, subject: Subject, marking: Marking) -> None:
        words = subject.notation.words
        self.was, self.subject = layout, subject
        self.marking = replace(
            marking, live=words(marking.live), ghost=words(marking.ghost), title=words(marking.title),
            caption=words(marking.caption),
        )  # fmt: skip
        self.b = Builder(layout.view, layout.frame, subject.notation)
        self._blocks = {index: -1 for index in range(len(layout.blocks))}
        self.b.adopt(layout.blocks)
        self.room = Room(layout)
        self.wide = layout.frame.wide

    def layout(self) -> Layout:
        """The layout and what was added; an edit leaves its title and caption."""
        was, added, m = self.was, self.b.layout(), self.marking
        if m.kind == EDIT:
            m = replace(m, live="", title=was.title, caption=was.caption)
        return replace(
            was,
            plates=_joined(was.plates, added.plates),
            wires=_joined(was.wires, added.wires),
            labels=_joined(was.labels, added.labels),
            blocks=added.blocks,
            title=m.title or was.title,
            caption=self._wide_caption(m) if self.wide and m.live else m.caption,
        )

    @staticmethod
    def _wide_caption(marking: Marking) -> str:
        """In front of a room the toggles take the place of a longer one."""
        live = marking.live if marking.live == marking.held else f"{marking.live[0].upper()}{marking.live[1:]}"
        return sentence("{live}, thin: {ghost}", live=live, ghost=marking.ghost)

    def ghost(self, block: int) -> int:
        """The block of the second run that belongs to one of the layout."""
        if self._blocks[block] < 0:
            live = self.was.blocks[block]
            self._blocks[block] = self.b.block(
                GHOST + live.name, *live.shape, t=live.t, layer=live.layer, scale=live.scale, row=live.row
            )
        return self._blocks[block]


def _joined(one: Group, other: Group) -> Group:
    """Two groups of marks as one."""
    if not other.keys:
        return one
    if not one.keys:
        return other
    made: dict[str, Any] = {}
    for each in fields(one):
        a, b = getattr(one, each.name), getattr(other, each.name)
        made[each.name] = np.concatenate([a, b]) if isinstance(a, np.ndarray) else a + b
    return replace(one, **made)
