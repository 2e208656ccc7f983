"""The rows of the menu View: the views, and how one looks at them."""

from rnnstudio.diagram.subject import VIEW_NAMES
from rnnstudio.state.actions import preferences, viewing
from rnnstudio.state.derived import off_reason
from rnnstudio.state.model import State
from rnnstudio.ui.command import Command, Test


def _views() -> tuple[Command, ...]:
    def on(view: str) -> Test:
        return lambda state: state.session.view == view

    return tuple(
        Command(f"view_{view}", name, viewing.SetView(view), (str(number),), "View", "Views: the seven views",
                checked=on(view), exclusive=True)
        for number, (view, name) in enumerate(VIEW_NAMES.items(), start=1)
    )  # fmt: skip


def _selects_value(state: State) -> bool:
    selection = state.session.selection
    return selection is not None and selection.what != "cell"


def _can_enter(state: State) -> bool:
    return state.session.view != "cell" or _selects_value(state)


def _has_unrolled(state: State) -> bool:
    return not off_reason("unrolled", state.document)


def _looking() -> tuple[Command, ...]:
    themes = tuple(
        Command(f"theme_{name}", name.capitalize(), viewing.SetTheme(name), (), "View/Theme",
                checked=lambda s, name=name: s.session.theme == name, exclusive=True)  # type: ignore[misc]
        for name in viewing.THEMES
    )  # fmt: skip
    decimals = tuple(
        Command(f"decimals_{n}", str(n), viewing.SetDecimals(n), (f"Ctrl+Alt+{n}",), "View/Decimals", "Views: decimals",
                checked=lambda s, n=n: s.session.decimals == n, exclusive=True)  # type: ignore[misc]
        for n in range(viewing.DECIMALS_RANGE[0], viewing.DECIMALS_RANGE[1] + 1)
    )  # fmt: skip
    return (
        Command("open_cell", lambda s: "Edit the value" if _selects_value(s) else "Open the cell", "enter",
                ("Enter", "Return"), "View", "Selection: open the cell, edit", _can_enter, gap=True),
        Command("focus", "One copy in focus", viewing.ToggleFocus(), ("Shift+Enter", "Shift+Return"), "View",
                "Selection: one copy in focus", _has_unrolled, checked=lambda s: s.session.focus),
        Command("zoom_in_here", "Zoom in at the pointer", "zoom:here", ("Z",), "", "Views: zoom",
                lambda s: s.session.zoom < viewing.ZOOM_RANGE[1]),
        Command("zoom_in", "Zoom in", "zoom:in", ("+", "="), "View", "Views: zoom",
                lambda s: s.session.zoom < viewing.ZOOM_RANGE[1], gap=True),
        Command("zoom_out", "Zoom out", "zoom:out", ("-",), "View", "Views: zoom",
                lambda s: s.session.zoom > viewing.ZOOM_RANGE[0]),
        Command("fit", "Fit", viewing.Fit(), ("0",), "View", "Views: zoom",
                lambda s: (s.session.zoom, s.session.pan) != (1.0, (0.0, 0.0))),
        Command("text_larger", "Larger text", preferences.ChangeTextSize(1), ("Ctrl++", "Ctrl+="), "View/Text size",
                "Views: text size", lambda s: s.session.text_size < preferences.TEXT_SIZES[-1]),
        Command("text_smaller", "Smaller text", preferences.ChangeTextSize(-1), ("Ctrl+-",), "View/Text size",
                "Views: text size", lambda s: s.session.text_size > preferences.TEXT_SIZES[0]),
        Command("text_size", "As delivered", preferences.SetTextSize(1.0), ("Ctrl+0",), "View/Text size",
                "Views: text size", lambda s: s.session.text_size != 1.0),
        Command("next_theme", "Next theme", viewing.NextTheme(), ("Ctrl+T",), "View/Theme", "Views: theme", gap=True),
        *themes,
        *decimals,
        Command("inspector", "Inspector", "toggle_panel", ("I",), "View", "Views: inspector", gap=True,
                checked=lambda s: s.session.inspector),
        Command("in_words", "The step in words", lambda s: viewing.ShowInWords(not s.session.in_words), (), "View",
                checked=lambda s: s.session.in_words),
        Command("reduced_motion", "Reduced motion", viewing.ToggleReducedMotion(), (), "View",
                checked=lambda s: s.session.reduced_motion),
        Command("full_screen", "Full screen", "full_screen", ("F11",), "View", "Views: full screen"),
    )  # fmt: skip


def rows() -> tuple[Command, ...]:
    """The seven views first."""
    return (*_views(), *_looking())
