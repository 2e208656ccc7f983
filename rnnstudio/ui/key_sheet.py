"""The key sheet over the dimmed window: the keys that exist, from the table of commands."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import write
from rnnstudio.ui.caps import GAP, LETTERS, WRITTEN, draw_cap, parts
from rnnstudio.ui.commands import COMMANDS
from rnnstudio.ui.cover import Cover
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

#: Columns of the sheet, each a list of groups.
COLUMNS = (("Stepping", "Files"), ("Views", "Presenting"), ("Selection",), ("Lessons", "Training"))
PANEL = (1720, 896)
#: From row to row where there is room, and what a group takes besides its rows.
PITCH, GROUP, TOP, LOW = 40.0, 62.0, 122.0, 20.0
#: In front of a room the sheet is larger.
LARGEST = 1.45
#: Second keys for keyboards on which the first needs Shift, or has a keypad: the same cap to the reader.
_SECOND = frozenset({"Return", "Shift+Return", "=", "Ctrl+="})


@dataclass(frozen=True)
class Line:
    """One row: a name, and caps with what stands between them ("" a gap, "+" together, "–" from to)."""

    name: str
    caps: tuple[tuple[str, str], ...]


def sheet() -> dict[str, tuple[Line, ...]]:
    """The rows of each group, in the order of the table of commands."""
    rows: dict[str, dict[str, list[str]]] = {}
    for command in COMMANDS:
        if command.sheet:
            group, _, name = command.sheet.partition(": ")
            rows.setdefault(group, {}).setdefault(name, []).extend(command.keys)
    return {group: tuple(Line(name, _caps(keys)) for name, keys in names.items()) for group, names in rows.items()}


def _caps(keys: list[str]) -> tuple[tuple[str, str], ...]:
    """The caps of a row; keys with the same modifiers share them, and a run of digits is written from – to."""
    split = [parts(key) for key in keys if key not in _SECOND]
    run = len(split) > 2 and all(key.isdigit() for _, key in split)
    out: list[tuple[str, str]] = []
    before: tuple[str, ...] = ()
    for mods, key in (split[0], split[-1]) if run else split:
        joint = "–" if run and out else ""
        if mods != before:
            out.extend((mod, "+" if at else "") for at, mod in enumerate(mods))
            joint = "+" if mods else ""
        out.append((WRITTEN.get(key, key), joint))
        before = mods
    return tuple(out)


class KeySheet(Cover):
    """Covers the window while it is open; any of its own keys, or a click, closes it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = sheet()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Keys")
        self.setAccessibleDescription(
            "; ".join(
                f"{line.name}: {' '.join(cap for cap, _ in line.caps)}" for g in self._lines.values() for line in g
            )
        )
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._theme = theme
        self.update()

    def open(self) -> None:
        """Cover the window."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.remember_focus()
        self.show()
        self.raise_()
        self.setFocus()

    def close_sheet(self) -> None:
        """Uncover the window; the focus goes back to where it was."""
        self.uncover()

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys that opened it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Question) or event.text() == "?":
            self.close_sheet()

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click."""
        self.close_sheet()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dimmed window and the panel."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(0, 0, 0, 128))
            largest = LARGEST if self._theme.wide else 1.0
            scale = min(largest, (self.width() - 40) / PANEL[0], (self.height() - 40) / PANEL[1])
            painter.translate((self.width() - PANEL[0] * scale) / 2, (self.height() - PANEL[1] * scale) / 2)
            painter.scale(scale, scale)
            self._panel(painter)

    def _panel(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "panel"))
        painter.drawRoundedRect(QRectF(0, 0, *PANEL), 18, 18)
        self._words(painter, 40, 44, "Keys", 24, 650, "text")
        self._words(painter, 112, 46, "Every key also works while something moves.", 15, 450, "text2")
        self._words(painter, PANEL[0] - 40, 46, "close", 15, 450, "text2", right=True)
        self._line(painter, (("Esc", ""), ("?", "")), PANEL[0] - 96, 46)
        painter.fillRect(QRectF(40, 82, PANEL[0] - 80, 1.5), colour(theme, "divider"))
        pitch = min(PITCH, *(self._pitch(groups) for groups in COLUMNS))
        for column, groups in enumerate(COLUMNS):
            x, y = 40 + column * 424, TOP
            if column:
                painter.fillRect(QRectF(x - 28, 106, 1, PANEL[1] - 146), colour(theme, "divider"))
            for group in groups:
                self._words(painter, x, y, group.upper(), 13, 650, "text3")
                for row, line in enumerate(self._lines[group]):
                    at = y + 42 + row * pitch
                    self._words(painter, x, at, line.name, 16, 450, "text")
                    self._line(painter, line.caps, x + 368, at)
                y += GROUP + len(self._lines[group]) * pitch

    def _pitch(self, groups: tuple[str, ...]) -> float:
        """From row to row where a column of these groups fills the panel."""
        rows = sum(len(self._lines[group]) for group in groups)
        return (PANEL[1] - TOP - LOW - GROUP * len(groups)) / rows

    def _words(
        self, painter: QPainter, x: float, y: float, text: str, px: float, weight: int, token: str, right: bool = False
    ) -> None:
        write(painter, x, y, text, px, colour(self._theme, token), align="r" if right else "l", weight=weight)

    def _line(self, painter: QPainter, caps: tuple[tuple[str, str], ...], right: float, y: float) -> None:
        """Caps from right to left, ending at ``right``."""
        x = right
        for cap, joint in reversed(caps):
            x = draw_cap(painter, self._theme, x, y, cap)
            if joint:
                x -= 16
                write(painter, x + 8, y, joint, LETTERS, colour(self._theme, "text3"), align="c", weight=600)
            else:
                x -= GAP

    def parent_resized(self, parent: QObject) -> None:
        """Cover the window again after it has changed its size."""
        if not self.isHidden() and isinstance(parent, QWidget):
            self.setGeometry(parent.rect())
