"""What one prefers, over the dimmed window: each choice is in force at once, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from rnnstudio.diagram.notation_file import shipped_notation
from rnnstudio.paint.fonts import write
from rnnstudio.paint.translation import LANGUAGES, Verbatim
from rnnstudio.state.actions.notation import SetNotation
from rnnstudio.state.actions.preferences import (
    TEXT_SIZES,
    RestorePreferences,
    SetAutosave,
    SetLanguage,
    SetReducedMotion,
    SetTextSize,
)
from rnnstudio.state.actions.stepping import SetSpeed
from rnnstudio.state.actions.viewing import DECIMALS_RANGE, THEMES, SetDecimals, SetTheme
from rnnstudio.state.derived import WIDE_THEME
from rnnstudio.state.model import INSTANT, SPEEDS, Session, State
from rnnstudio.state.store import Action, Store
from rnnstudio.ui.controls import Control
from rnnstudio.ui.cover import Cover
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.rows.notation import TITLES
from rnnstudio.ui.setting_controls import Choice, Choices, WordButton
from rnnstudio.ui.settings import write_settings
from rnnstudio.ui.style import colour

if TYPE_CHECKING:
    from rnnstudio.files.theme import Theme
    from rnnstudio.ui.measures import Measures
    from rnnstudio.ui.window import Window

#: Of the panel, in px at its natural size.
WIDTH, HEAD, ROW, FOOT, MARGIN, HEIGHT, LETTERS = 920.0, 92.0, 66.0, 84.0, 40.0, 40.0, 14.5
#: In front of a room it is larger.
LARGEST = 1.4
_ON_OFF = (("true", "On"), ("false", "Off"))


def _times(factor: float) -> str:
    return "instant" if factor == INSTANT else f"{factor:g}\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True)
class Preference:
    """A row: its name, what it is for, its options with their words, which is in force, what choosing one does."""

    name: str
    about: str
    options: tuple[tuple[str, str], ...]
    at: Callable[[Session], str]
    choose: Callable[[str], Action]


PREFERENCES = (
    Preference(
        "Theme", "The projector's is black on white, with larger letters",
        tuple((name, name.capitalize()) for name in THEMES),
        lambda s: s.theme, SetTheme,
    ),
    Preference(
        "Text size", "Letters of bars, panels and menus", tuple((str(n), f"{round(100 * n)} %") for n in TEXT_SIZES),
        lambda s: str(s.text_size), lambda option: SetTextSize(float(option)),
    ),
    Preference(
        "Decimals", "Of the values that are shown",
        tuple((str(n), str(n)) for n in range(DECIMALS_RANGE[0], DECIMALS_RANGE[1] + 1)),
        lambda s: str(s.decimals), lambda option: SetDecimals(int(option)),
    ),
    Preference(
        "Speed", "Of steps and of turns between views",
        tuple((str(speed), _times(speed)) for speed in (*SPEEDS, INSTANT)),
        lambda s: str(s.speed), lambda option: SetSpeed(float(option)),
    ),
    Preference(
        "Reduced motion", "Views fade into each other instead of turning", _ON_OFF,
        lambda s: str(s.reduced_motion).lower(), lambda option: SetReducedMotion(option == "true"),
    ),
    Preference(
        "Keep unsaved work", "A copy every few seconds, offered at the next start", _ON_OFF,
        lambda s: str(s.autosave).lower(), lambda option: SetAutosave(option == "true"),
    ),
    Preference(
        "Language", "Of menus, panels and lessons", tuple((code, Verbatim(name)) for code, name in LANGUAGES.items()),
        lambda s: s.language, SetLanguage,
    ),
    Preference(
        "Notation", "Whose letters stand in pictures, formulas and lessons", tuple(TITLES.items()),
        lambda s: s.notation.name, lambda option: SetNotation(shipped_notation(option)),
    ),
)  # fmt: skip


class PreferencesPanel(Cover):
    """Covers the window while it is open; Esc, Close or a click beside it closes it.

    Left and Right choose, Up and Down go from row to row, Tab goes through everything and stays in the panel.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._theme = window, window.theme
        self._store: Store = window.store
        theme = window.theme
        self.rows = {one.name: Choices(one.name, one.options, self, theme) for one in PREFERENCES}
        for one in PREFERENCES:
            self.rows[one.name].setAccessibleDescription(one.about)
            self.rows[one.name].picked.connect(partial(self._pick, one))
            for words, choice in zip(one.options, self.rows[one.name].choices.values(), strict=True):
                choice.setAccessibleName(words[1])
        self.restore = WordButton("Restore defaults", self, theme)
        self.restore.clicked.connect(self._restore)
        self.done = WordButton("Close", self, theme, primary=True)
        self.done.clicked.connect(self.close_panel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Preferences")
        self.hide()

    # ---------------------------------------------------------------- showing

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme = theme
        self._place()
        self.update()

    def show_state(self, old: State, new: State) -> None:
        """Show what is in force."""
        fixed = {}
        if new.session.theme == WIDE_THEME:
            reason = "The projector's theme makes its letters as large as there is room for"
            fixed = dict.fromkeys((str(size) for size in TEXT_SIZES), reason)
        for one in PREFERENCES:
            self.rows[one.name].show_choice(one.at(new.session), fixed if one.name == "Text size" else {})

    def open(self) -> None:
        """Cover the window; the focus is on the theme in force."""
        self.remember_focus()
        self.show_state(self._store.state, self._store.state)
        self._place()
        self.show()
        self.raise_()
        self._focus_row(0)

    def close_panel(self) -> None:
        """Uncover the window; the focus goes back to where it was."""
        self.uncover()

    def _box(self) -> tuple[QRectF, float]:
        height = HEAD + len(PREFERENCES) * ROW + FOOT
        largest = LARGEST if self._theme.wide else self._window.sizes.text
        scale = min(largest, (self.width() - 40) / WIDTH, (self.height() - 40) / height)
        left, top = (self.width() - WIDTH * scale) / 2, (self.height() - height * scale) / 2
        return QRectF(left, top, WIDTH * scale, height * scale), scale

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        box, k = self._box()
        for at, one in enumerate(PREFERENCES):
            row = self.rows[one.name]
            row.dress(self._theme, HEIGHT * k, LETTERS * k)
            width = row.wanted_width()
            top = box.top() + (HEAD + at * ROW + (ROW - HEIGHT) / 2) * k
            row.setGeometry(round(box.right() - MARGIN * k - width), round(top), round(width), round(HEIGHT * k))
        low = box.bottom() - (FOOT - 18) * k
        for button, left, wide in (
            (self.restore, box.left() + MARGIN * k, 176 * k), (self.done, box.right() - (MARGIN + 112) * k, 112 * k),
        ):  # fmt: skip
            button.px = LETTERS * k
            button.set_theme(self._theme)
            button.setGeometry(round(left), round(low), round(wide), round(HEIGHT * k))

    # ---------------------------------------------------------------- choosing

    def _pick(self, one: Preference, option: str) -> None:
        self._prefer(one.choose(option))

    def _restore(self) -> None:
        self._prefer(RestorePreferences())

    def _prefer(self, action: Action) -> None:
        """In force in every window, and remembered."""
        windows = self._window.documents.windows
        for window in windows.all if windows is not None else (self._window,):
            window.store.dispatch(action)
            window.commands.retell_lesson()
        write_settings(self._store.state.session)

    # ---------------------------------------------------------------- keys

    def _stops(self) -> list[Control]:
        """What Tab goes through: in each row what is in force, then the buttons."""
        rows = [
            next((choice for choice in row.choices.values() if choice.isChecked()), None) for row in self.rows.values()
        ]
        return [*(choice for choice in rows if choice is not None and choice.isEnabled()), self.restore, self.done]

    def _focus_row(self, at: int) -> None:
        stops = self._stops()
        stops[at % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def _walk(self, by: int) -> None:
        """The focus to the next row or button."""
        stops, focused = self._stops(), self._window.focusWidget()
        self._focus_row(stops.index(focused) + by if focused in stops else 0)

    def _choose_beside(self, by: int) -> None:
        """The option beside the one that has the focus, chosen and with the focus."""
        focused = self._window.focusWidget()
        if not isinstance(focused, Choice):
            return
        for one in PREFERENCES:
            choices = list(self.rows[one.name].choices.items())
            at = next((k for k, (_, choice) in enumerate(choices) if choice is focused), None)
            if at is not None and 0 <= at + by < len(choices):
                option, choice = choices[at + by]
                self._pick(one, option)
                choice.setFocus(Qt.FocusReason.TabFocusReason)
                return

    @guarded(False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays in the panel."""
        self._walk(1 if forward else -1)
        return True

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose and walk, Esc closes."""
        keys = Qt.Key
        if event.key() == keys.Key_Escape:
            self.close_panel()
        elif event.key() in (keys.Key_Left, keys.Key_Right):
            self._choose_beside(1 if event.key() == keys.Key_Right else -1)
        elif event.key() in (keys.Key_Up, keys.Key_Down):
            self._walk(1 if event.key() == keys.Key_Down else -1)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes it."""
        if not self._box()[0].contains(event.position()):
            self.close_panel()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dimmed window, the panel and the words of the rows."""
        theme = self._theme
        box, k = self._box()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(0, 0, 0, 118))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme, "panel"))
            painter.drawRoundedRect(box, 16 * k, 16 * k)
            left, right = box.left() + MARGIN * k, box.right() - MARGIN * k
            write(painter, left, box.top() + 48 * k, "Preferences", 24 * k, colour(theme, "text"), weight=650)
            for at, one in enumerate(PREFERENCES):
                top = box.top() + (HEAD + at * ROW) * k
                painter.fillRect(QRectF(QPointF(left, top), QPointF(right, top + 1)), colour(theme, "divider"))
                write(painter, left, top + (ROW / 2 - 11) * k, one.name, 16 * k, colour(theme, "text"), weight=600)
                write(painter, left, top + (ROW / 2 + 12) * k, one.about, 13.5 * k, colour(theme, "text3"))
