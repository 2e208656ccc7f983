"""What is remembered from start to start: geometry, theme, view, decimals. Broken settings are defaults."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings

from rnnstudio.diagram.subject import VIEWS
from rnnstudio.state.actions.viewing import DECIMALS_RANGE, THEMES
from rnnstudio.state.model import Session


@dataclass(frozen=True)
class Remembered:
    """Settings as they were read; ``note`` says what could not be used."""

    view: str = "network"
    theme: str = "light"
    decimals: int = 2
    inspector: bool = True
    reduced_motion: bool = False
    geometry: bytes = b""
    note: str = ""

    def session(self) -> Session:
        """A session that looks as one left it."""
        return Session(
            view=self.view, theme=self.theme, decimals=self.decimals, inspector=self.inspector,
            reduced_motion=self.reduced_motion,
        )  # fmt: skip


def _store() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "rnnstudio", "rnnstudio")


def read_settings() -> Remembered:
    """Read the settings; each that cannot be used is left at its default and named in the note."""
    store, unusable = _store(), []
    if store.status() != QSettings.Status.NoError:
        return Remembered(note="The settings file could not be read; everything starts as it was delivered.")

    def word(name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = store.value(name, default)
        if value in allowed:
            return str(value)
        unusable.append(name)
        return default

    view = word("view", "network", VIEWS)
    theme = word("theme", "light", THEMES)
    decimals = int(word("decimals", "2", tuple(str(n) for n in range(DECIMALS_RANGE[0], DECIMALS_RANGE[1] + 1))))
    inspector = word("inspector", "true", ("true", "false")) == "true"
    reduced = word("reduced_motion", "false", ("true", "false")) == "true"
    geometry = store.value("geometry", QByteArray())
    if not isinstance(geometry, QByteArray):
        unusable.append("geometry")
        geometry = QByteArray()
    note = f"Settings that could not be read are as delivered: {', '.join(unusable)}." if unusable else ""
    return Remembered(view, theme, decimals, inspector, reduced, bytes(geometry.data()), note)


def write_settings(session: Session, geometry: bytes) -> None:
    """Remember how the window looks."""
    store = _store()
    store.setValue("view", session.view)
    store.setValue("theme", session.theme)
    store.setValue("decimals", str(session.decimals))
    store.setValue("inspector", "true" if session.inspector else "false")
    store.setValue("reduced_motion", "true" if session.reduced_motion else "false")
    store.setValue("geometry", QByteArray(geometry))
    store.sync()
