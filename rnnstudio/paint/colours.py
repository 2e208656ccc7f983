"""Values and roles as colours: the value map, mixing with the ground, and which ink stands on a colour."""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnstudio.diagram.layout import Floats
from rnnstudio.files.theme import Theme

Colours = NDArray[np.uint32]
#: Steps of the value map from −1 to 1; its middle is exactly 0.
STEPS = 513
EXPONENT = 0.85
#: A symbol that is dimmed keeps this contrast to its ground.
SYMBOL_CONTRAST = 5.0


@lru_cache(maxsize=512)
def rgb(theme: Theme, token: str) -> tuple[float, float, float]:
    """A token as red, green, blue from 0 to 255."""
    text = theme.colour(token)
    return float(int(text[1:3], 16)), float(int(text[3:5], 16)), float(int(text[5:7], 16))


def pack(colour: ArrayLike, alpha: ArrayLike = 1.0) -> Colours:
    """0xAARRGGBB from (…, 3) red, green, blue (0 to 255) and opacity (0 to 1)."""
    c = np.clip(np.rint(np.asarray(colour, dtype=np.float64)), 0, 255).astype(np.uint32)
    a = np.clip(np.rint(np.asarray(alpha, dtype=np.float64) * 255), 0, 255).astype(np.uint32)
    return np.asarray((a << 24) | (c[..., 0] << 16) | (c[..., 1] << 8) | c[..., 2], dtype=np.uint32)


@lru_cache(maxsize=8192)
def argb(theme: Theme, token: str, level: float = 1.0, alpha: float = 1.0, ground: str = "canvas") -> int:
    """A token mixed with the ground (``level`` of it remains), at an opacity, as 0xAARRGGBB."""
    return int(pack(mixed(rgb(theme, ground), rgb(theme, token), level), alpha))


def mixed(ground: ArrayLike, colour: ArrayLike, level: ArrayLike) -> Floats:
    """``ground + (colour − ground)·level`` in sRGB, levels broadcast over (…, 3)."""
    g, c = np.asarray(ground, dtype=np.float64), np.asarray(colour, dtype=np.float64)
    return np.asarray(g + (c - g) * np.clip(np.asarray(level, dtype=np.float64), 0.0, 1.0)[..., None])


@lru_cache(maxsize=16)
def value_map(theme: Theme) -> Floats:
    """The value map from −1 to 1 as (STEPS, 3): e = |t|^0.85 from `zero` to `neg` or `pos`.

    A theme with middle colours goes through them at e = ½, which keeps a dark theme's amber from turning olive.
    """
    t = np.linspace(-1.0, 1.0, STEPS)
    e = np.abs(t) ** EXPONENT
    zero = rgb(theme, "zero")
    halves = []
    for sign in ("neg", "pos"):
        end = rgb(theme, sign)
        if sign + "mid" in theme.colours:
            middle = rgb(theme, sign + "mid")
            lower, upper = mixed(zero, middle, 2 * e), mixed(middle, end, 2 * e - 1)
            halves.append(np.where((e < 0.5)[:, None], lower, upper))
        else:
            halves.append(mixed(zero, end, e))
    table = np.where((t < 0)[:, None], halves[0], halves[1])
    table.setflags(write=False)
    return np.asarray(table)


def value_colours(theme: Theme, values: ArrayLike, vmax: ArrayLike = 1.0) -> Floats:
    """Colours (…, 3) of values; beyond ±vmax the end colours, of what is not finite the ground of an invalid cell."""
    v = np.asarray(values, dtype=np.float64)
    finite = np.isfinite(v)
    scale = np.maximum(np.asarray(vmax, dtype=np.float64), 1e-300)
    t = np.clip(np.where(finite, v, 0.0) / scale, -1.0, 1.0)
    index = np.rint((t + 1) * ((STEPS - 1) / 2)).astype(np.intp)
    out = value_map(theme)[index]
    return np.asarray(np.where(finite[..., None], out, np.asarray(rgb(theme, "raised"))))


def luminance(colour: ArrayLike) -> Floats:
    """Relative luminance (WCAG 2.1) of (…, 3) sRGB from 0 to 255."""
    c = np.asarray(colour, dtype=np.float64) / 255
    linear = np.where(c <= 0.03928, c / 12.92, ((np.maximum(c, 0.0) + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: ArrayLike, other: ArrayLike) -> Floats:
    """Contrast ratio (WCAG 2.1) of two colours, 1 to 21."""
    a, z = luminance(one), luminance(other)
    return np.asarray((np.maximum(a, z) + 0.05) / (np.minimum(a, z) + 0.05))


def ink(colour: ArrayLike) -> NDArray[np.bool_]:
    """True where black stands out more than white on a colour (decide after dimming)."""
    light = luminance(colour)
    return np.asarray((light + 0.05) / 0.05 >= 1.05 / (light + 0.05))


@lru_cache(maxsize=4096)
def symbol_argb(theme: Theme, token: str, level: float = 1.0, alpha: float = 1.0, ground: str = "canvas") -> int:
    """The colour of a text at a level: mixed with the ground, but never under 5:1 where the full colour has it."""
    base, full = rgb(theme, ground), rgb(theme, token)
    q = min(level, 1.0)
    while q < 1 and float(contrast(mixed(base, full, q), base)) < SYMBOL_CONTRAST:
        q = min(1.0, q + 0.03)
    return int(pack(mixed(base, full, q), alpha))
