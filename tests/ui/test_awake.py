"""The screen saver is held off exactly as long as one presents; where it cannot be, a note says so."""

import sys

import pytest
from PySide6.QtCore import Qt

from rnnstudio.ui.awake import NOTE, Awake, helper_command, launched
from tests.ui.lecture import press


class Helper:
    """A program that runs until it is ended."""

    def __init__(self, command, status=None):
        self.command, self.status, self.ended = command, status, False

    def poll(self):
        return self.status

    def terminate(self):
        self.ended = True


class Launcher:
    """Remembers what was started; fails where it is told to."""

    def __init__(self, fails=False):
        self.started, self.fails = [], fails

    def __call__(self, command):
        if self.fails:
            raise FileNotFoundError(command[0])
        self.started.append(Helper(list(command)))
        return self.started[-1]


def everything(name):
    return f"/usr/bin/{name}"


def nothing(name):
    return None


@pytest.mark.parametrize(
    ("platform", "surroundings", "has", "first", "again"),
    [
        ("darwin", {}, nothing, "caffeinate", []),
        ("linux", {"XDG_CURRENT_DESKTOP": "GNOME", "WAYLAND_DISPLAY": "0"}, everything, "gnome-session-inhibit", []),
        ("linux", {"XDG_CURRENT_DESKTOP": "XFCE", "DISPLAY": ":0"}, everything, "xdg-screensaver", ["xdg-screensaver"]),
        ("linux", {"XDG_CURRENT_DESKTOP": "KDE", "WAYLAND_DISPLAY": "0"}, everything, "systemd-inhibit", []),
        ("linux", {"DISPLAY": ":0"}, nothing, None, []),
    ],
)  # fmt: skip
def test_each_system_is_asked_in_its_own_way(platform, surroundings, has, first, again):
    launcher = Launcher()
    awake = Awake(launcher, platform, surroundings, has)
    awake.start(0x2A)
    assert [helper.command[0] for helper in launcher.started] == ([first] if first else [])
    assert awake.note == ("" if first else NOTE) and awake.on
    awake.start(0x2A)
    assert len(launcher.started) == bool(first)
    awake.stop()
    assert not awake.on and awake.note == ""
    if again:
        assert launcher.started[-1].command == ["xdg-screensaver", "resume", "0x2a"]
    elif first:
        assert launcher.started[0].ended
    count = len(launcher.started)
    awake.stop()
    assert len(launcher.started) == count


def test_a_program_that_is_missing_or_fails_is_a_note():
    awake = Awake(Launcher(fails=True), "darwin", {}, nothing)
    awake.start()
    assert awake.note == NOTE
    awake.stop()
    launcher = Launcher()
    awake = Awake(launcher, "darwin", {}, nothing)
    awake.start()
    awake.look()
    assert awake.note == ""
    launcher.started[0].status = 1
    awake.look()
    assert awake.note == NOTE
    awake.stop()
    assert not launcher.started[0].ended


def test_on_a_machine_without_windows_the_call_for_windows_is_a_note():
    if sys.platform == "win32":
        pytest.skip("it is one")
    awake = Awake(Launcher(), "win32", {}, nothing)
    awake.start()
    assert awake.note == NOTE
    awake.stop()


def test_the_program_that_holds_it_off_ends_with_this_one():
    command, _ = helper_command("linux", {"WAYLAND_DISPLAY": "0"}, everything, 0)
    assert command[-1] == "cat"  # it reads a pipe that closes with this process
    helper = launched([sys.executable, "-c", "import sys; sys.stdin.read()"])
    assert helper.poll() is None
    helper.stdin.close()
    assert helper.wait(20) == 0


def test_it_begins_and_ends_with_the_presentation(make_window, monkeypatch):
    from rnnstudio.ui import presentation

    window, launcher = make_window(reduced_motion=True), Launcher()
    monkeypatch.setattr(presentation, "NO_SCREEN", ())
    window.presentation.awake = Awake(launcher, "darwin", {}, nothing)
    press(window, Qt.Key.Key_F5)
    assert [helper.ended for helper in launcher.started] == [False]
    press(window, Qt.Key.Key_PageDown)
    while window.store.state.session.presenting:
        press(window, Qt.Key.Key_Escape)
    assert [helper.ended for helper in launcher.started] == [True]
    press(window, Qt.Key.Key_F5)
    window.close()
    assert [helper.ended for helper in launcher.started] == [True, True]
