import pytest
from PySide6.QtCore import QSettings

from rnnstudio.state.model import Session
from rnnstudio.ui.settings import Remembered, read_settings, write_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path):
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    return tmp_path


def test_the_first_start_has_the_defaults():
    assert read_settings() == Remembered()
    assert read_settings().session().view == "network"


def test_what_was_written_comes_back():
    write_settings(Session(view="cell", theme="dark", decimals=3, inspector=False, reduced_motion=True, think_s=45.0,
                           discuss_s=90.0), b"\x01\x02")  # fmt: skip
    found = read_settings()
    assert (found.session().think_s, found.session().discuss_s) == (45.0, 90.0)
    assert (found.view, found.theme, found.decimals) == ("cell", "dark", 3)
    assert (found.inspector, found.reduced_motion, found.geometry) == (False, True, b"\x01\x02")
    assert found.note == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [("view", "ring"), ("theme", "pink"), ("decimals", "77"), ("inspector", "perhaps"), ("geometry", "x"),
     ("think_s", "0"), ("discuss_s", "soon")],
)
def test_broken_settings_are_defaults_with_a_note(key, value):
    write_settings(Session(view="cell", theme="dark"), b"")
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "rnnstudio", "rnnstudio")
    store.setValue(key, value)
    store.sync()
    found = read_settings()
    assert key in found.note
    assert getattr(found, key) == getattr(Remembered(), key)


def test_a_file_of_noise_is_survived(elsewhere):
    write_settings(Session(), b"")
    path = next(elsewhere.rglob("*.ini"), None) or next(elsewhere.rglob("rnnstudio*.*"))
    path.write_bytes(bytes(range(256)) * 20)
    assert read_settings().session().view in ("network",)
