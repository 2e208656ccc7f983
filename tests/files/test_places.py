"""The program's own folders follow the platform's rule, and a variable overrides it."""

from pathlib import Path

import pytest

from rnnstudio.files import places


@pytest.fixture
def environment(monkeypatch, tmp_path):
    for name in (places.VARIABLE, "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return monkeypatch


@pytest.mark.parametrize(
    ("platform", "data"),
    [
        ("linux", ".local/share/rnnstudio"),
        ("darwin", "Library/Application Support/rnnstudio"),
        ("win32", "AppData/Local/rnnstudio"),
    ],
)
def test_each_platform_has_its_rule(environment, tmp_path, platform, data):
    environment.setattr(places.sys, "platform", platform)
    assert places.data_folder() == tmp_path / data


def test_the_variables_of_a_platform_count_where_they_are_absolute(environment, tmp_path):
    environment.setattr(places.sys, "platform", "linux")
    environment.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    assert places.data_folder() == tmp_path / "elsewhere" / "rnnstudio"
    environment.setenv("XDG_DATA_HOME", "relative")
    assert places.data_folder() == tmp_path / ".local" / "share" / "rnnstudio"


def test_one_variable_moves_it_and_nothing_is_made(environment, tmp_path):
    environment.setenv(places.VARIABLE, str(tmp_path / "mine"))
    assert places.data_folder().is_relative_to(tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_without_a_home_there_is_still_an_answer(environment, tmp_path):
    def unknown():
        raise RuntimeError("no home")

    environment.setattr(places.sys, "platform", "linux")
    environment.setattr(places.Path, "home", unknown)
    environment.chdir(tmp_path)
    assert places.data_folder() == Path(tmp_path, ".local", "share", "rnnstudio")
