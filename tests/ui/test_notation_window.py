"""One command rewrites every letter of the window: what is painted, what is heard, tooltips and menus."""

import re
import unicodedata

import pytest
from PySide6.QtWidgets import QWidget

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.notation_file import parse_notation, shipped_notation
from rnnstudio.paint import fonts
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.notation import SetNotation
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.actions.viewing import Select, SetView
from rnnstudio.state.actions.what_if import ShowWhatIf, ToggleWhatIf
from rnnstudio.state.picture import inspection, pages, tooltip
from rnnstudio.state.what_if import CUT

#: A book that has another letter for everything.
OTHER = parse_notation(
    'kind = "notation"\ntitle = "Other"\nsource = "Made for this test"\n[symbols]\ns = "h"\ny = "q"\nx = "k"\nW = "A"\n'
    'U = "B"\nV = "D"\nb = "e"\n"W_*" = "A_{*}"\n"U_*" = "B_{*}"\n"V_*" = "D_{*}"\n"b_*" = "e_{*}"\n',
    "other",
)
#: A letter of the tutorial that stands for itself: not in a word, and not a key of the keyboard.
LEFT = re.compile(r"(?<![\w'’.])(W|U|V|s|x|y)(_\{?[\w+−-]+\}?)?(?![\w'’])")


def read(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@pytest.fixture
def painted(monkeypatch):
    """Every text that widgets paint, as plain letters."""
    found, plain = [], fonts.draw

    def draw(painter, x, base, text, *more, **others):
        found.append(read(text))
        plain(painter, x, base, text, *more, **others)

    monkeypatch.setattr(fonts, "draw", draw)
    return found


@pytest.mark.parametrize("cell", ["simple", "lstm", "elman"])
def test_no_letter_of_the_tutorial_is_painted_or_said(cell, make_window, painted):
    window = make_window(size=(1600, 1000))
    store = window.store
    store.dispatch(SetCell(cell))
    store.dispatch(GoTo(3))
    store.dispatch(SetNotation(OTHER))
    store.dispatch(ShowWhatIf())
    store.dispatch(ToggleWhatIf(CUT))
    for view in ("network", "layer", "condensed", "samples", "unrolled", "compact", "cell"):
        store.dispatch(SetView(view))
        store.dispatch(SetView(view))
        for key in (None, Key("s", 3), Key("W"), Key("x", 3), Key("y", 3), Key("U")):
            store.dispatch(Select(key))
            painted.clear()
            window.grab()
            wrong = {text for text in painted if LEFT.search(text)}
            # W_2 is the matrix of the second layer, whoever writes: its letter is a stretch of its own
            wrong -= {"W"} if view == "network" else set()
            assert not wrong, (view, key, wrong)
            state = store.state
            shown = inspection(state)
            texts = [shown.accessible, shown.name, shown.context, tooltip(state, key or Key("cell", 3))]
            for zone in (zone for page in pages(state) for zone in page.zones):
                texts += [zone.note, *(piece.text for line in zone.lines for piece in line)]
            for widget in window.findChildren(QWidget):
                if widget.isVisible():
                    texts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            spoken = [re.sub(r"<\w+\||>", "", text) for text in texts]
            if view == "network":
                spoken = [re.sub(r"[WUVb]_(\{\d\}|\d)", "", text) for text in spoken]
            wrong = {text for text in spoken if LEFT.search(text)}
            assert not wrong, (view, key, wrong)


def test_the_menu_changes_the_notation_and_it_is_remembered(make_window):
    window = make_window()
    action = next(action for action in window.findChildren(type(window.actions()[0])) if action.text() == "Keras")
    action.trigger()
    assert window.store.state.session.notation is shipped_notation("keras")


def test_a_wrong_file_is_said_in_the_banner_and_changes_nothing(make_window, tmp_path):
    window = make_window()
    files = window.commands.notations
    path = tmp_path / "mine.toml"
    path.write_text('kind = "notation"\ntitle = "Mine"\nsource = "S"\n[symbols]\ns = 1\n', encoding="utf-8")
    files.ask = lambda: str(path)
    files.open_notation()
    assert "mine.toml, line 5, key symbols.s" in window.store.state.session.message
    path.write_text('kind = "notation"\ntitle = "Mine"\nsource = "S"\n[symbols]\ns = "h"\n', encoding="utf-8")
    files.open_notation()
    assert window.store.state.session.notation.title == "Mine"
