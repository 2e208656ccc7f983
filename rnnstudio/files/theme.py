"""Themes: colours by token, strokes and text sizes, read from ``resources/themes``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rnnstudio.engine.limits import InputError, shown
from rnnstudio.engine.toml_text import strict_toml
from rnnstudio.resources import resource

#: Every theme names these; ``negmid`` and ``posmid`` (the value map in two pieces) are its choice.
TOKENS = (
    "canvas", "panel", "raised", "chrome", "boxfill", "opfill", "border", "divider", "grid", "shadow",
    "text", "text2", "text3", "dim", "x", "y", "s", "c", "W", "U", "V", "op", "grad",
    "neg", "zero", "pos", "negline", "posline", "active", "activeglow", "glow", "accent", "accentfill",
    "error", "warn", "ok",
)  # fmt: skip
OPTIONAL = ("negmid", "posmid")
_NUMBERS = {"stroke": (0.5, 4.0), "text_floor": (6.0, 60.0), "shadow": (0.0, 4.0), "band": (0.0, 1.0)}
#: The theme whose geometry is that of a room.
ROOM = "projector"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Theme:
    """How things look; what they mean is the scene's.

    Attributes
    ----------
    name, title : str
        Name of the file and what the menu calls it.
    colours : mapping of str to str
        Token to "#rrggbb".
    stroke : float
        Factor of all strokes (projector 1.4).
    wide : bool
        Uses the views' geometry for a lecture hall.
    text_floor : float
        px; texts that would be smaller are not drawn.
    shadow : float
        Strength of soft shadows.
    band : float
        Opacity of the band under the playhead.
    """

    name: str
    title: str
    colours: Mapping[str, str]
    stroke: float
    wide: bool
    text_floor: float
    shadow: float
    band: float

    def colour(self, token: str) -> str:
        """The colour of a token; a colour written out ("#rrggbb") stands for itself."""
        return token if token.startswith("#") else self.colours[token]

    def __hash__(self) -> int:
        return hash((self.name, self.stroke, self.colours["canvas"], self.colours["text"]))


def for_a_room(theme: Theme) -> Theme:
    """A theme as it is presented: its own colours in the projector's geometry and strokes."""
    room = load_theme(ROOM)
    return theme if theme.wide else replace(theme, wide=True, stroke=room.stroke, text_floor=room.text_floor)


def theme_names() -> tuple[str, ...]:
    """Names of the bundled themes: light and dark first, then the others."""
    found = sorted(path.stem for path in resource("themes").glob("*.toml"))
    first = [name for name in ("light", "dark", "projector") if name in found]
    return (*first, *(name for name in found if name not in first))


@lru_cache(maxsize=16)
def load_theme(name: str) -> Theme:
    """Read a bundled theme.

    Raises
    ------
    InputError
        There is no theme of that name, or its file is wrong: names the line or the key.
    """
    path = resource("themes", f"{name}.toml")
    if name not in theme_names():
        raise InputError(f"theme {name!r} is not known; known are {', '.join(theme_names())}")
    return parse_theme(path.read_text(encoding="utf-8"), name)


def parse_theme(text: str, name: str = "theme") -> Theme:
    """Read a theme from the text of its file.

    Raises
    ------
    InputError
        No TOML (names line and column), a key missing, unknown or of the wrong type, a colour that is not "#rrggbb".
    """
    where = f"theme {name}"
    table = strict_toml(text, where, where)
    if table.pop("kind", None) != "theme":
        raise InputError(f'{where}: the first key has to be kind = "theme"')
    colours = _colours(table.pop("colours", None), where)
    title, wide = table.pop("title", None), table.pop("wide", None)
    if not isinstance(title, str) or not title:
        raise InputError(f"{where}, key title: a text is needed")
    if not isinstance(wide, bool):
        raise InputError(f"{where}, key wide: true or false is needed")
    numbers = {key: _number(table.pop(key, None), key, low, high, where) for key, (low, high) in _NUMBERS.items()}
    for key in table:
        raise InputError(f"{where}, key {key}: not known; known are kind, title, wide, colours, {', '.join(_NUMBERS)}")
    return Theme(name, title, colours, wide=wide, **numbers)


def _number(value: Any, key: str, low: float, high: float, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InputError(f"{where}, key {key}: a number from {low:g} to {high:g} is needed, got {shown(value)}")
    return float(value)


def _colours(table: Any, where: str) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise InputError(f"{where}: the table [colours] is missing")
    for key, value in table.items():
        if key not in TOKENS and key not in OPTIONAL:
            raise InputError(f"{where}, key colours.{key}: no such token; known are {', '.join(TOKENS + OPTIONAL)}")
        if not isinstance(value, str) or not _HEX.fullmatch(value):
            raise InputError(f'{where}, key colours.{key}: a colour such as "#1A6FD4" is needed, got {shown(value)}')
    for token in TOKENS:
        if token not in table:
            raise InputError(f"{where}, key colours.{token}: missing")
    if ("negmid" in table) != ("posmid" in table):
        raise InputError(f"{where}, keys colours.negmid and colours.posmid: give both or none")
    return MappingProxyType(dict(table))
