"""Settings that are broken in a thousand ways: the program starts as it was delivered, and the broken file is kept."""

import os
import re
from random import Random

import pytest
from PySide6.QtCore import QSettings

from rnnstudio.app import first_state
from rnnstudio.files.options import WindowOptions
from rnnstudio.state.model import Session
from rnnstudio.ui.settings import BAD, FILE_BYTES, Remembered, read_settings, write_settings
from tests.files.bad import bytewise

WAYS = (bytewise.one_byte, bytewise.cut_short, bytewise.flipped, bytewise.shifted, bytewise.text_trap)
LINES = (
    b"theme=@Variant(\\0\\0\\0\\x7f\\xff\\xff\\xff\\xff)", b"geometry=@ByteArray(\\xff\\xff)", b"decimals=-1",
    b"speed=nan", b"speed=1e308", b"speed=7", b"text_size=1000", b"theme=light, dark", b"[General", b"[" * 500,
    b"autosave=@Invalid()", b"inspector=" + b"x" * 30_000, b"view=\\x0", b"geometry=@Rect(0 0 1 1)",
    b"decimals=@DateTime(1)", b"%General\\a\\b=1",
)  # fmt: skip


def folder_of(folder):
    """Settings in a folder of their own: Qt remembers files that it has read."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture
def whole(tmp_path):
    """The bytes of a settings file, and its place in a folder."""
    folder_of(tmp_path / "whole")
    write_settings(Session(view="cell", theme="dark", decimals=3, speed=0.5, autosave=False), bytes(range(60)))
    path = next(path for path in (tmp_path / "whole").rglob("*") if path.is_file())
    return path.read_bytes(), path.relative_to(tmp_path / "whole")


def broken(data, pick):
    """The file with a line of Qt's own forms, or damaged."""
    if pick.random() < 0.5:
        return pick.choice(WAYS)(data, pick)[0]
    lines, line = data.split(b"\n"), pick.choice(LINES)
    key = line.split(b"=")[0]
    at = next((k for k, own in enumerate(lines) if own.startswith(key + b"=")), pick.randrange(len(lines)))
    lines[at] = line
    return b"\n".join(lines)


def starts(folder, place, data, what):
    """Read the settings and start from them; the result is what was read."""
    folder_of(folder)
    path = folder / place
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    found = read_settings()
    state = first_state(WindowOptions(), found.session(), found.note)
    assert state.session.message == found.note, what
    assert state.document.name == "tutorial"
    aside = path.with_name(path.name + BAD)
    if found.note:
        assert aside.read_bytes() == data, f"{what}: {found.note}"
        assert "\n" not in found.note and aside.name in found.note
        assert {path, aside} >= set(path.parent.iterdir())
    write_settings(state.session, b"")
    if found.note:
        assert aside.read_bytes() == data, f"{what}: what is written next takes the place of the broken file"
    again = read_settings()
    assert (again.view, again.theme, again.note) == (state.session.view, state.session.theme, ""), what
    return found


def series(tmp_path, whole, seed, count):
    data, place = whole
    pick = Random(seed)
    return [
        starts(tmp_path / f"{seed}-{n}", place, broken(data, pick), f"seed {seed}, number {n}") for n in range(count)
    ]


def test_broken_settings(tmp_path, whole):
    found = series(tmp_path, whole, 1, 300)
    assert 50 < sum(bool(one.note) for one in found) < 300
    assert any(one == Remembered(note=one.note) for one in found)


@pytest.mark.heavy
def test_a_thousand_broken_settings(tmp_path, whole):
    assert any(one.note for one in series(tmp_path, whole, 2, 1_000))


@pytest.mark.parametrize("seed", range(6))
def test_a_window_opens_with_broken_settings(tmp_path, whole, make_window, seed):
    data, place = whole
    found = starts(tmp_path / "own", place, broken(data, Random(100 + seed)), seed)
    window = make_window(**{name: getattr(found, name) for name in ("theme", "decimals", "text_size", "speed")})
    window.restoreGeometry(found.geometry)
    assert window.isVisible() and window.width() >= window.minimumWidth()


def test_each_broken_key_is_named(tmp_path, whole):
    data, place = whole
    for key in (
        "view",
        "theme",
        "decimals",
        "inspector",
        "reduced_motion",
        "text_size",
        "speed",
        "autosave",
        "planned_min",
        "geometry",
    ):
        changed = re.sub(rb"(?m)^%s=.*$" % key.encode(), b"%s=what" % key.encode(), data)
        found = starts(tmp_path / key, place, changed, key)
        assert f": {key}. " in found.note
        assert getattr(found, key) == getattr(Remembered(), key)


def test_what_is_no_file_of_settings(tmp_path, whole):
    _, place = whole
    found = starts(tmp_path / "large", place, b"a=1\n" * FILE_BYTES, "large")
    assert "too many" in found.note
    if hasattr(os, "mkfifo"):
        folder_of(tmp_path / "pipe")
        path = tmp_path / "pipe" / place
        path.parent.mkdir(parents=True)
        os.mkfifo(path)
        assert "pipe" in read_settings().note
        assert read_settings() == Remembered()


def test_an_empty_file_is_a_first_start(tmp_path, whole):
    _, place = whole
    assert starts(tmp_path / "empty", place, b"", "empty") == Remembered()
