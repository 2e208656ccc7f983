"""A lesson that is being written, as data: it is part of the document, so that it is saved, undone and kept with it.

A stop holds its whole picture: the study that it shows, and the keys of a lesson file that make the picture of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnnstudio.state.model import Document, Sequence

#: Stops that a lesson may have, letters that are read at one stop, and those of one line for a room.
MOST_STOPS, MOST_LETTERS, MOST_CAPTION = 200, 600, 70
#: What one writes at a stop, in the order of the panel.
WORDS = ("title", "text", "caption", "notes", "say", "done", "to")


@dataclass(frozen=True, eq=False)
class WrittenStop:
    """One picture with its words.

    Attributes
    ----------
    study : Document
        What it shows, without a lesson of its own.
    keys : mapping
        The keys of a lesson file that make the picture, each with its value as the file has it.
    title, text, caption, notes : str
        As in `Stop`.
    say, done, to : str
        Something to try, as in `Trial`: its words, the sign that it was done, what has to come of it.
    """

    study: Document
    keys: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    title: str = ""
    text: str = ""
    caption: str = ""
    notes: str = ""
    say: str = ""
    done: str = ""
    to: str = ""

    def words(self) -> dict[str, str]:
        """What is written at it, by the names of `WORDS`."""
        return {name: getattr(self, name) for name in WORDS}


@dataclass(frozen=True, eq=False)
class WrittenLesson:
    """Stops in their order, and what is to be taken along from them."""

    title: str
    about: str = ""
    summary: tuple[str, ...] = ()
    stops: tuple[WrittenStop, ...] = ()


def bare(document: Document) -> Document:
    """The study without the lesson that it carries."""
    return document if document.lesson is None else replace(document, lesson=None)


def same_material(one: Document, other: Document) -> bool:
    """Whether two studies differ at most in what a stop's keys say: chosen layer, way of updating, sequence shown."""
    if one is other:
        return True
    plain = ("name", "about", "seed", "settings")
    return (
        len(one.network.layers) == len(other.network.layers)
        and all(mine is theirs for mine, theirs in zip(one.network.layers, other.network.layers, strict=True))
        and _same_sequence(one.sequence, other.sequence)
        and _same_first(one, other)
        and one.presets is other.presets
        and all(getattr(one, name) == getattr(other, name) for name in plain)
    )


def same_study(one: Document, other: Document) -> bool:
    """Whether two documents differ at most in the lesson that they carry."""
    return (
        same_material(one, other)
        and (one.network.chosen, one.mode, one.sequence.shown)
        == (other.network.chosen, other.mode, other.sequence.shown)
    )  # fmt: skip


def _same_sequence(one: Sequence, other: Sequence) -> bool:
    if one is other:
        return True
    parts = ("batch", "lengths", "batch_targets") if one.batch is not None else ("x", "tokens", "targets")
    return (
        (one.batch is None) == (other.batch is None)
        and all(getattr(one, name) is getattr(other, name) for name in parts)
        and (one.vocabulary, one.columns, one.note) == (other.vocabulary, other.columns, other.note)
    )  # fmt: skip


def _same_first(one: Document, other: Document) -> bool:
    """Whether the first states are the same arrays."""
    if one.first is other.first:
        return True
    mine = {(k, name): array for k, states in one.first.items() for name, array in states.items()}
    theirs = {(k, name): array for k, states in other.first.items() for name, array in states.items()}
    return mine.keys() == theirs.keys() and all(mine[place] is theirs[place] for place in mine)
