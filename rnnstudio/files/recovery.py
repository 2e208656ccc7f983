"""Work that has not been saved: a file for each window, told from what is saved by its content, never by a date.

A window holds a slot in the recovery folder, locked while it lives. Its file is written anew after changes, each time
complete, and taken away after a verified save or an explicit discard. What lies there without a living owner belongs to
a window that has ended without either: it is offered at the next start.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from rnnstudio.engine.limits import InputError
from rnnstudio.files.archive import archive_bytes, read_members
from rnnstudio.files.jsontext import strict_json
from rnnstudio.files.locks import LOCK, Hold, held, hold
from rnnstudio.files.reading import read_bytes
from rnnstudio.files.storage import sweep, write_atomic
from rnnstudio.files.study import read_study, write_study
from rnnstudio.files.study_file import content_hash
from rnnstudio.state.model import Document

FORMAT, VERSION = "rnnstudio-recovery", 1
SUFFIX, BAD = ".recovery", ".bad"
ABOUT_NAME, STUDY_NAME = "recovery.json", "study.rnnstudio"
#: So many damaged ones are kept to be looked at.
_BAD_KEPT = 5


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes with the study in a recovery file.

    Attributes
    ----------
    path : str
        The study's file; empty while it has none.
    disk : str
        SHA-256 of that file as it was when it was opened or last saved.
    clean : str
        SHA-256 of the study as it was then: work of this content is none.
    revision : int
        Counts the changes of the window, upwards.
    change : str
        Name of the last change.
    pid : int
        Process that wrote it.
    format, version
        Of the file.
    """

    path: str = ""
    disk: str = ""
    clean: str = ""
    revision: int = 0
    change: str = ""
    pid: int = 0
    format: str = FORMAT
    version: int = VERSION


@dataclass(frozen=True, eq=False)
class Recovered:
    """Work that can be offered: the file, what is known of it, the document in it.

    ``overtaken`` is whether the study's file is another one by now than the one that this work began with.
    """

    place: Path
    about: About
    document: Document
    overtaken: bool


def recovery_bytes(study: bytes, about: About) -> bytes:
    """The bytes of a recovery file."""
    return archive_bytes([(ABOUT_NAME, msgspec.json.encode(about)), (STUDY_NAME, study)])


def read_recovery(path: Path) -> tuple[About, bytes]:
    """What a recovery file holds: the words about it, the bytes of the study.

    Raises
    ------
    InputError
        It is missing, damaged, or none.
    """
    where = str(path)
    members = read_members(read_bytes(path), where, members=2)
    if set(members) != {ABOUT_NAME, STUDY_NAME}:
        raise InputError(f"{where}: no recovery file: {ABOUT_NAME} and {STUDY_NAME} are wanted in it")
    try:
        about = msgspec.convert(strict_json(members[ABOUT_NAME], f"{where}, {ABOUT_NAME}"), About)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InputError(f"{where}, {ABOUT_NAME}: {' '.join(str(error).split())[:300]}") from None
    if about.format != FORMAT or about.version != VERSION or about.revision < 0 or "\0" in about.path:
        raise InputError(f"{where}, {ABOUT_NAME}: a recovery file of form {VERSION} is wanted")
    return about, members[STUDY_NAME]


class Slot:
    """One window's place in the recovery folder; its file is there while there is work in it.

    Raises
    ------
    OSError
        The folder cannot be made or written to.
    """

    def __init__(self, folder: Path, held_one: Hold | None = None) -> None:
        if held_one is None:
            held_one = hold(folder / f"{os.getpid()}-{secrets.token_hex(8)}{LOCK}")
        if held_one is None:
            raise FileExistsError(f"{folder}: a new name is taken already")
        self._hold = held_one

    @property
    def place(self) -> Path:
        """The recovery file."""
        return self._hold.path.with_suffix(SUFFIX)

    def write(self, document: Document, about: About, clean: Document | None) -> None:
        """Put the work into the file, complete.

        Parameters
        ----------
        document : Document
            The work.
        about : About
            What goes with it; ``clean`` and ``pid`` are filled in here.
        clean : Document or None
            The study as it was opened or last saved.

        Raises
        ------
        InputError
            It cannot be written; what was in the file before is still there.
        """
        study = write_study(document)
        same = "" if clean is None else _sha(study if clean is document else write_study(clean))
        filled = msgspec.structs.replace(about, path=_text(about.path), clean=same, pid=os.getpid())
        write_atomic(self.place, recovery_bytes(study, filled))

    def empty(self) -> None:
        """There is no work any more: it is saved, or was discarded."""
        with contextlib.suppress(OSError):
            self.place.unlink(missing_ok=True)

    def release(self) -> None:
        """The window is gone; a file that is still there will be offered."""
        self._hold.release()


def claim(found: Recovered) -> Slot | None:
    """The slot of work that is offered; None where another window has taken it, or it is gone."""
    try:
        taken = hold(found.place.with_suffix(LOCK))
    except OSError:
        return None
    if taken is None:
        return None
    if not found.place.exists():
        taken.release()
        return None
    return Slot(found.place.parent, taken)


def recoverable(folder: Path) -> list[Recovered]:
    """What windows that have ended left in the folder, without what is saved elsewhere in the same words.

    A damaged file is put aside under another ending, and never stands in the way of a start.
    """
    sweep(folder)
    try:
        places = sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []
    found = []
    for place in places:
        if held(place.with_suffix(LOCK)):
            continue
        try:
            one = _looked_into(place)
        except InputError:
            _put_aside(place)
            continue
        if one is not None:
            found.append(one)
    _tidy(folder)
    return sorted(found, key=lambda one: (one.about.path, -one.about.revision))


def _looked_into(place: Path) -> Recovered | None:
    """The work in a recovery file; None where it is no work, and the file is taken away."""
    about, study = read_recovery(place)
    document = read_study(study, str(place))
    now = content_hash(about.path) if about.path else ""
    if _sha(study) in (about.clean, now):
        with contextlib.suppress(OSError):
            place.unlink()
        return None
    return Recovered(place, about, document, overtaken=bool(about.path) and now != about.disk)


def _put_aside(place: Path) -> None:
    with contextlib.suppress(OSError):
        place.replace(place.with_suffix(BAD))


def _tidy(folder: Path) -> None:
    """Locks whose owners are dead and that guard nothing go, and damaged files beyond a few."""
    with contextlib.suppress(OSError):
        for lock in folder.glob(f"*{LOCK}"):
            if not lock.with_suffix(SUFFIX).exists():
                left = hold(lock)
                if left is not None:
                    left.release()
        for bad in sorted(folder.glob(f"*{BAD}"))[:-_BAD_KEPT]:
            bad.unlink()


def _text(path: str) -> str:
    """A path, or nothing where its bytes are no text: the work is then offered without one."""
    return path if path.isascii() or path.encode("utf-8", "replace").decode() == path else ""


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
