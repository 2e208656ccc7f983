"""The theme's tokens as Qt sees them: colours, palette, the stylesheet of menus and fields."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtSvg import QSvgRenderer

from rnnstudio.files.theme import Theme
from rnnstudio.resources import resource
from rnnstudio.ui.measures import Measures


def colour(theme: Theme, token: str, alpha: float = 1.0) -> QColor:
    """A token's colour."""
    found = QColor(theme.colours[token])
    found.setAlphaF(alpha)
    return found


def on_accent(theme: Theme) -> QColor:
    """Ink on `accent`: white, or near black where the accent is light."""
    return QColor("#FFFFFF") if colour(theme, "accent").lightnessF() < 0.6 else QColor("#0B1017")


def palette(theme: Theme) -> QPalette:
    """The palette of all standard widgets; disabled ones in `dim`."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, token in (
        (role.Window, "panel"),
        (role.Base, "raised"),
        (role.AlternateBase, "panel"),
        (role.Button, "raised"),
        (role.ToolTipBase, "raised"),
        (role.WindowText, "text"),
        (role.Text, "text"),
        (role.ButtonText, "text"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "text3"),
        (role.Highlight, "accent"),
        (role.Mid, "border"),
        (role.Dark, "border"),
        (role.Light, "raised"),
    ):
        made.setColor(which, colour(theme, token))
    made.setColor(role.HighlightedText, on_accent(theme))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, colour(theme, "dim"))
    return made


def stylesheet(theme: Theme, sizes: Measures) -> str:
    """Menus, tooltips and the jump field; everything else paints itself."""
    c = theme.colours
    px, k = sizes.title_px, sizes.top
    return f"""
    QMenuBar {{ background: {c["chrome"]}; color: {c["text2"]}; font-size: {px}px; padding: 0; spacing: 0; border: 0; }}
    QMenuBar::item {{ padding: {round((sizes.menu - 18 * k) / 2)}px {round(11 * k)}px; background: transparent; }}
    QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {c["accentfill"]}; color: {c["text"]}; }}
    QMenu {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["border"]}; padding: 6px 0;
        font-size: {px}px; }}
    QMenu::item {{ padding: 6px 28px 6px 30px; }}
    QMenu::item:selected {{ background: {c["accentfill"]}; color: {c["text"]}; }}
    QMenu::item:disabled {{ color: {c["dim"]}; }}
    QMenu::separator {{ height: 1px; background: {c["divider"]}; margin: 6px 12px; }}
    QMenu::indicator {{ width: 14px; height: 14px; left: 9px; }}
    QToolTip {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["border"]}; padding: 6px 8px;
        font-size: {round(13 * sizes.text)}px; }}
    QScrollArea {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; border: 0; }}
    QScrollBar::handle:vertical {{ background: {c["border"]}; border-radius: 4px; min-height: 28px; }}
    QScrollBar::handle:vertical:hover {{ background: {c["text3"]}; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QLineEdit {{ background: {c["raised"]}; color: {c["text"]}; border: 2px solid {c["accent"]}; border-radius: 6px;
        padding: 4px 8px; font-size: 16px; selection-background-color: {c["accent"]}; }}
    """


@lru_cache(maxsize=128)
def _icon(name: str, ink: str) -> QSvgRenderer:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
    return QSvgRenderer(QByteArray(text.encode()))


def draw_icon(painter: QPainter, name: str, ink: QColor, cx: float, cy: float, size: float) -> None:
    """Draw a bundled icon in one colour, centred."""
    _icon(name, ink.name()).render(painter, QRectF(cx - size / 2, cy - size / 2, size, size))
