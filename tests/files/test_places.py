"""The program's own folders follow the platform's rule, and a variable overrides it."""

from pathlib import Path

import pytest

from rnnstudio.files import places

FOLDERS = (places.data_folder, places.config_folder, places.recovery_folder, places.locks_folder, places.reports_folder)


@pytest.fixture
def environment(monkeypatch, tmp_path):
    for name in (places.VARIABLE, "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return monkeypatch


@pytest.mark.parametrize(
    ("platform", "data", "config"),
    [
        ("linux", ".local/share/rnnstudio", ".config/rnnstudio"),
        ("darwin", "Library/Application Support/rnnstudio", "Library/Application Support/rnnstudio"),
        ("win32", "AppData/Local/rnnstudio", "AppData/Roaming/rnnstudio"),
    ],
)
def test_each_platform_has_its_rule(environment, tmp_path, platform, data, config):
    environment.setattr(places.sys, "platform", platform)
    assert places.data_folder() == tmp_path / data
    assert places.config_folder() == tmp_path / config


def test_the_variables_of_a_platform_count_where_they_are_absolute(environment, tmp_path):
    environment.setattr(places.sys, "platform", "linux")
    environment.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    environment.setenv("XDG_CONFIG_HOME", "relative")
    assert places.data_folder() == tmp_path / "elsewhere" / "rnnstudio"
    assert places.config_folder() == tmp_path / ".config" / "rnnstudio"


def test_one_variable_moves_all_of_them_and_none_is_made(environment, tmp_path):
    environment.setenv(places.VARIABLE, str(tmp_path / "mine"))
    assert all(folder().is_relative_to(tmp_path / "mine") for folder in FOLDERS)
    assert not (tmp_path / "mine").exists()


def test_without_a_home_there_is_still_an_answer(environment, tmp_path):
    def unknown():
        raise RuntimeError("no home")

    environment.setattr(places.sys, "platform", "linux")
    environment.setattr(places.Path, "home", unknown)
    environment.chdir(tmp_path)
    assert places.data_folder() == Path(tmp_path, ".local", "share", "rnnstudio")
