import pytest

from rnnstudio.app import first_state, open_window, render_window
from rnnstudio.engine.limits import InputError
from rnnstudio.files.options import RenderOptions, WindowOptions
from rnnstudio.state.model import Session


def test_a_bad_file_opens_the_demonstration_with_the_sentence(tmp_path):
    bad = tmp_path / "bad.npy"
    bad.write_bytes(b"nothing")
    state = first_state(WindowOptions(file=str(bad)), Session())
    assert state.document.name == "tutorial"
    assert "bad.npy" in state.session.message
    assert state.session.path == ""


def test_view_step_and_theme_are_taken():
    state = first_state(WindowOptions(view="cell", step=5, theme="projector"), Session())
    session = state.session
    assert (session.view, session.playhead.t, session.theme) == ("cell", 5, "projector")


def test_a_remembered_view_is_taken_up_and_a_note_is_shown():
    state = first_state(WindowOptions(), Session(view="compact"), "Settings are as delivered.")
    assert state.session.view == "compact" and state.session.message == "Settings are as delivered."


def test_no_display_is_status_three(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert open_window(WindowOptions()) == 3
    assert capsys.readouterr().err.startswith("rnnstudio: a window needs a display")


def test_missing_libraries_are_named_with_their_packages(monkeypatch, capsys):
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr("rnnstudio.app._loads", lambda library: "cursor" not in library)
    monkeypatch.setattr("sys.platform", "linux")
    assert open_window(WindowOptions()) == 3
    said = capsys.readouterr().err
    assert "apt-get install libxcb-cursor0\n" in said and "icccm" not in said


@pytest.mark.parametrize(("size", "theme"), [((1920, 1080), "light"), ((1280, 720), "projector"), ((800, 600), "dark")])
def test_a_picture_of_the_window_has_exactly_the_size(qapp, tmp_path, size, theme):
    from PySide6.QtGui import QImage

    out = tmp_path / "window.png"
    assert render_window(RenderOptions(None, str(out), size=size, theme=theme, window=True)) == 0
    image = QImage(str(out))
    assert (image.width(), image.height()) == size


def test_a_picture_of_the_window_refuses_other_formats_and_steps(tmp_path):
    with pytest.raises(InputError, match=r"\.png"):
        render_window(RenderOptions(None, str(tmp_path / "window.svg"), window=True))
    with pytest.raises(InputError, match="steps 1 to 8, and 0 is the first state"):
        render_window(RenderOptions(None, str(tmp_path / "window.png"), step=9, window=True))


def test_pictures_of_the_window_of_all_views_say_why_one_is_off(qapp, tmp_path, capsys):
    options = RenderOptions("dense", str(tmp_path / "{view}.png"), view="all", size=(640, 400), window=True)
    assert render_window(options) == 0
    written = sorted(path.stem for path in tmp_path.iterdir())
    assert written == ["condensed", "layer", "network", "samples"]
    assert capsys.readouterr().out.count("no state") == 3


def test_a_picture_of_the_window_is_of_the_middle_sample_and_without_a_notice(qapp, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr("rnnstudio.app.window_picture", lambda state, size: seen.append(state) or b"")
    table = tmp_path / "five.csv"
    table.write_text("a\n" + "0.5\n" * 5, encoding="utf-8")
    for step, op in ((None, None), (2, 1)):
        render_window(RenderOptions(str(table), str(tmp_path / "w.png"), step=step, op=op, window=True))
    assert [(state.session.playhead.t, state.session.playhead.phase) for state in seen] == [(3, 4), (2, 1)]
    assert all(not state.session.notice and not state.session.message for state in seen)
