"""What is remembered from start to start: preferences and geometry. Broken settings are defaults, and are kept."""

from __future__ import annotations

import contextlib
import math
import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from rnnstudio.diagram.notation import DIALECTS, TUTORIAL, Notation
from rnnstudio.diagram.notation_file import SHIPPED
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.limits import InputError
from rnnstudio.files.own_notations import SUFFIX, is_own, notation_named
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.storage import write_atomic
from rnnstudio.paint.translation import ENGLISH, LANGUAGES, system_language
from rnnstudio.state.actions.preferences import TEXT_SIZES
from rnnstudio.state.actions.viewing import DECIMALS_RANGE, THEMES
from rnnstudio.state.desk import PLANNED, PLANNED_RANGE, Desk
from rnnstudio.state.model import INSTANT, SPEEDS, Session

#: A settings file is no larger than this; what stands beside it when it could not be used ends in this.
FILE_BYTES, BAD, NAME = 64 * 1024, ".bad", "rnnstudio"
#: Seconds that a class may have to think, or to talk a question over.
CLOCK_S = (5.0, 900.0)
#: A number of a setting: plain, and short.
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,17})?|inf", re.ASCII)
#: Qt makes an object of any kind of this; the only one that is written here is a run of bytes, ``@ByteArray``.
_OBJECT = b"@Variant"
_YES_NO = {"true": True, "false": False}


@dataclass(frozen=True)
class Remembered:
    """Settings as they were read; ``note`` says what could not be used."""

    view: str = "network"
    theme: str = "light"
    decimals: int = 2
    inspector: bool = True
    reduced_motion: bool = False
    text_size: float = 1.0
    speed: float = 1.0
    autosave: bool = True
    planned_min: int = PLANNED
    think_s: float = 60.0
    discuss_s: float = 120.0
    notation: Notation = TUTORIAL
    language: str = ENGLISH
    geometry: bytes = b""
    note: str = ""

    def session(self) -> Session:
        """A session that looks as one left it."""
        return Session(
            view=self.view, theme=self.theme, decimals=self.decimals, inspector=self.inspector,
            reduced_motion=self.reduced_motion, text_size=self.text_size, speed=self.speed, autosave=self.autosave,
            notation=self.notation, language=self.language,
            desk=Desk(planned_min=self.planned_min), think_s=self.think_s, discuss_s=self.discuss_s,
        )  # fmt: skip


def _store(name: str = NAME) -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, NAME, name)


def _place() -> Path:
    """Where the settings are; asked of a file that is not there, as Qt reads a file when it is named."""
    return Path(_store("none").fileName()).with_name(f"{NAME}.ini")


class _Reader:
    """Takes settings out of the store; those that cannot be used are left at their default and named."""

    def __init__(self, store: QSettings) -> None:
        self._store = store
        self.unusable: list[str] = []

    def word(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """One of several words."""
        value = self._store.value(name, default)
        if isinstance(value, str) and value in allowed:
            return value
        self.unusable.append(name)
        return default

    def number(self, name: str, default: float, least: float, most: float) -> float:
        """A number within bounds, or without end where `most` is that."""
        text = self._store.value(name, repr(default))
        value = float(text) if isinstance(text, str) and _NUMBER.fullmatch(text) else math.nan
        if least <= value <= most:
            return value
        self.unusable.append(name)
        return default

    def notation(self) -> Notation:
        """Whose letters are written, and with which drawings."""
        name, drawings = self._store.value("notation", TUTORIAL.name), self._store.value("drawings", "")
        try:
            found = notation_named(name if isinstance(name, str) and not name.endswith(SUFFIX) else "")
        except InputError:
            self.unusable.append("notation")
            return TUTORIAL
        dialects = frozenset(str(drawings).split()) if isinstance(drawings, str) else frozenset()
        return found.drawn(dialects & frozenset(DIALECTS))

    def bytes_of(self, name: str) -> bytes:
        """A run of bytes."""
        value = self._store.value(name, QByteArray())
        if isinstance(value, QByteArray):
            return bytes(value.data())
        self.unusable.append(name)
        return b""


def read_settings() -> Remembered:
    """Read the settings; each that cannot be used is left at its default and named in the note.

    A file that is broken in any way is kept beside the one that is written next, under the same name with `BAD` behind
    it.
    """
    path = _place()
    reason = _unreadable(path)
    if reason:
        return _as_delivered(path, reason)
    store = _store()
    if store.status() != QSettings.Status.NoError:
        return _as_delivered(path, "it is no list of settings")
    reader, as_delivered = _Reader(store), Remembered()
    found = Remembered(
        view=reader.word("view", "network", VIEWS),
        theme=reader.word("theme", "light", THEMES),
        decimals=int(
            reader.word("decimals", "2", tuple(str(n) for n in range(DECIMALS_RANGE[0], DECIMALS_RANGE[1] + 1)))
        ),
        inspector=_YES_NO[reader.word("inspector", "true", tuple(_YES_NO))],
        reduced_motion=_YES_NO[reader.word("reduced_motion", "false", tuple(_YES_NO))],
        text_size=float(reader.word("text_size", str(as_delivered.text_size), tuple(str(size) for size in TEXT_SIZES))),
        speed=_speed(reader),
        think_s=reader.number("think_s", as_delivered.think_s, *CLOCK_S),
        discuss_s=reader.number("discuss_s", as_delivered.discuss_s, *CLOCK_S),
        planned_min=int(reader.number("planned_min", PLANNED, *PLANNED_RANGE)),
        autosave=_YES_NO[reader.word("autosave", "true", tuple(_YES_NO))],
        notation=reader.notation(),
        language=reader.word("language", system_language(), tuple(LANGUAGES)),
        geometry=reader.bytes_of("geometry"),
    )
    if not reader.unusable:
        return found
    note = f"Settings that could not be read are as delivered: {', '.join(reader.unusable)}.{_put_aside(path, True)}"
    return Remembered(**{**vars(found), "note": note})


def _as_delivered(path: Path, reason: str) -> Remembered:
    """The defaults, with a note why; the file is put aside."""
    kept = _put_aside(path)
    return Remembered(note=f"The settings are as delivered, since they could not be read: {reason}.{kept}")


def _speed(reader: _Reader) -> float:
    found = reader.number("speed", 1.0, SPEEDS[0], INSTANT)
    if found <= SPEEDS[-1] or found == INSTANT:
        return found
    reader.unusable.append("speed")
    return 1.0


def _unreadable(path: Path) -> str:
    """Why the file is not even given to Qt; nothing where it may be, or is not there."""
    if not path.exists():
        return ""
    try:
        data = read_bytes(path, FILE_BYTES)
    except InputError as error:
        return "" if path.is_file() and path.stat().st_size == 0 else str(error)
    return "it holds an object" if _OBJECT in data else ""


def _put_aside(path: Path, copy: bool = False) -> str:
    """Keep a broken file beside, as it is; in its place a new one, or, as a `copy`, the same. What became of it."""
    aside = path.with_name(path.name + BAD)
    with contextlib.suppress(OSError, InputError):
        if copy:
            write_atomic(aside, read_bytes(path, FILE_BYTES))
        else:
            path.replace(aside)
        return f" The file is kept as {aside.name}."
    return ""


def write_settings(session: Session, geometry: bytes | None = None) -> None:
    """Remember what one prefers and, where it is given, where the window stands."""
    store = _store()
    store.setValue("view", session.view)
    store.setValue("theme", session.theme)
    store.setValue("decimals", str(session.decimals))
    store.setValue("inspector", "true" if session.inspector else "false")
    store.setValue("reduced_motion", "true" if session.reduced_motion else "false")
    store.setValue("text_size", str(session.text_size))
    store.setValue("speed", repr(session.speed))
    name = session.notation.name
    store.setValue("notation", name if name in SHIPPED or is_own(name) else TUTORIAL.name)
    store.setValue("drawings", " ".join(sorted(session.notation.dialects)))
    store.setValue("language", session.language)
    store.setValue("planned_min", str(session.desk.planned_min))
    store.setValue("think_s", repr(session.think_s))
    store.setValue("discuss_s", repr(session.discuss_s))
    store.setValue("autosave", "true" if session.autosave else "false")
    if geometry is not None:
        store.setValue("geometry", QByteArray(geometry))
    store.sync()
