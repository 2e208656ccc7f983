"""The staged plans of the six neighbouring turns, the direct blend of every other pair, and the slide in time.

Durations and stages are DESIGN §8's; every turn also runs backwards, at 80 % of its duration. Fractions below are of
the turn's own duration.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import LAYER_VIEWS, VIEWS
from rnnstudio.diagram.timing import Script, Span, Timing
from rnnstudio.diagram.versions import DELTA

#: What stands between W of one sample and W of the next.
_LINKS = ("tie", "plus", "after", "wire:update")
TimingOf = Callable[[str, Key, str], Timing]

#: Durations at speed 1 in seconds: neighbours, any other pair, backwards relative to forwards, one slot in time.
DURATION_S = {
    ("network", "layer"): 1.0,
    ("layer", "condensed"): 1.2,
    ("condensed", "samples"): 1.4,
    ("samples", "unrolled"): 1.4,
    ("unrolled", "compact"): 1.3,
    ("compact", "cell"): 1.0,
    ("unrolled", "cell"): 1.0,
}
DIRECT_S, FAR_S, BACKWARDS, SLIDE_S, REDUCED_S, INTERRUPTED_S = 1.4, 2.0, 0.8, 0.25, 0.12, 1.0
#: Another form of the network in the same view, and when in it the digits change; a cross-fade of two networks that
#: have no marks in common.
CHANGED_S, DIGITS, OTHER_S = 1.0, 0.65, 0.25
#: State arrows grow in the order of time, this far apart (the one stagger there is).
ARROW_STAGGER_S = 0.12


def _fade(start: float, end: float) -> Span:
    return Span(start, end, "linear")


#: A mark that is where it belongs from the start, and one that does not move before it is gone.
_THERE, _STILL = Span(0.0, 0.0), Span(1.0, 1.0)


def _network_layer(group: str, key: Key, status: str) -> Timing:
    if status == "leave":
        return Timing(move=Span(0, 0.8), fade=_fade(0, 0.25), ink=_fade(0, 0.1))
    if group == "labels":
        return Timing(move=Span(0.3, 0.8), fade=_fade(0.8, 1.0), gone=(0.15, 0.8))
    if status == "arrive":
        appears = _fade(0.1, 0.3) if group == "edges" else _fade(0.8, 1.0)
        return Timing(move=Span(0, 0.8), fade=appears, ink=_fade(0.85, 1.0))
    if key.what == "W" and group == "tiles":
        return Timing(move=Span(0, 0.8), fade=_fade(0.8, 1.0), ink=_fade(0.85, 1.0))
    return Timing(move=Span(0, 0.8), fade=_fade(0, 0.35 if key.what == "cell" else 0.8))


def _layer_condensed(group: str, key: Key, status: str) -> Timing:
    nodes, across, rows = Span(0.0, 0.42), Span(0.42, 0.66), Span(0.58, 0.92)
    if group == "edges":
        return Timing(move=rows, fade=_fade(0.82, 0.93))
    if key.what == "W" and group == "tiles":
        # The edges into one node fold into one row of W: first side by side, then the three rows close up.
        return Timing(move=rows, move_x=across, fade=_fade(0.4, 0.5), ink=_fade(0.66, 0.8))
    if status == "leave":
        return Timing(move=_STILL, fade=_fade(0.0, 0.12), ink=_fade(0.0, 0.1))
    if group == "labels":
        return Timing(move=Span(0.3, 0.6), fade=_fade(0.9, 1.0), gone=(0.12, 0.9))
    if key.what == "f":
        return Timing(move=Span(0.4, 0.5), fade=_fade(0.75, 0.92), gone=(0.14, 0.75))
    if key.what == "cell":
        return Timing(move=Span(0.4, 0.85), fade=_fade(0.55, 0.88), under=True)
    if status == "arrive":
        return Timing(move=nodes, fade=_fade(0.88, 1.0), ink=_fade(0.9, 1.0))
    return Timing(move=nodes, fade=_fade(0.0, 0.42))


def _condensed_samples(group: str, key: Key, status: str) -> Timing:
    turn, slide = Span(0.0, 0.5), Span(0.5, 0.86)
    if key.what in ("axis", "band", "dots", *_LINKS) or key.what.startswith(DELTA):
        return Timing(fade=_fade(0.86, 1.0), move=_THERE, ink=_fade(0.88, 1.0))
    if status == "copy" and group == "labels":
        return Timing(move=turn, fade=_fade(0.74, 0.84), apart=slide, arc=True)
    if status == "copy":
        return Timing(move=turn, fade=_fade(0.5, 0.52), ink=_fade(0.74, 0.84), apart=slide, arc=group != "wires")
    if status == "leave":
        return Timing(move=turn, fade=_fade(0.0, 0.1), ink=_fade(0.0, 0.08))
    if status == "arrive":
        return Timing(move=turn, fade=_fade(0.86, 1.0), ink=_fade(0.88, 1.0))
    if group == "labels":
        return Timing(move=turn, fade=_fade(0.0, 0.5), gone=(0.1, 0.46))
    return Timing(move=turn, fade=_fade(0.0, 0.5), arc=True)


def _samples_unrolled(group: str, key: Key, status: str, now: int, way: int) -> Timing:
    fold = Span(0.0, 0.36)
    if key.what in ("wire:s", "wire:c") and group == "wires":
        order = min(max(((key.t or 0) - now) * way + 2, 0), 2)
        first = 0.36 + ARROW_STAGGER_S / 1.4 * order + (0.0 if key.part == "out" else 0.04)
        return Timing(move=_THERE, fade=_fade(first, first + 0.02), grow=Span(first, first + 0.17, "out-quart"))
    if key.what in ("s", "c"):
        # Hollow cells first; they fill when the digits change.
        fade = _fade(0.86, 0.94) if group == "tiles" else _fade(0.34, 0.46)
        return Timing(move=_THERE, fade=fade, ink=_fade(0.9, 1.0))
    if status == "leave":
        at_once = key.what in _LINKS or key.what.startswith("wire:" + DELTA)
        gone = _fade(0.0, 0.08 if at_once else 0.16)
        return Timing(move=fold, fade=gone, ink=_fade(0.0, 0.08))
    if key.what == "U" or (key.what.startswith(DELTA) and status in ("arrive", "copy")):
        return Timing(move=_THERE, fade=_fade(0.32, 0.44), ink=_fade(0.36, 0.46))
    if status in ("arrive", "copy"):
        fade = _fade(0.0, 0.16) if key.part == "tab" else _fade(0.26, 0.4)
        return Timing(move=_THERE if group == "labels" else fold, fade=fade, ink=_fade(0.3, 0.42))
    if group == "labels" and key.what == "W":
        return Timing(move=Span(0.1, 0.3), fade=_fade(0.0, 0.36), gone=(0.08, 0.4))
    return Timing(move=fold, fade=_fade(0.0, 0.36), ink=_fade(0.0, 0.3))


def _unrolled_compact(group: str, key: Key, status: str) -> Timing:
    slide, grow = Span(0.12, 0.66), Span(0.62, 1.0)
    if key.what in ("wire:s", "wire:c") and group == "wires":
        if status == "leave":
            return Timing(move=_STILL, fade=_fade(0.12, 0.4))
        return Timing(move=_THERE, fade=_fade(0.4, 0.42), grow=Span(0.4, 0.85, "out-quart"))
    if status == "leave":
        if key.what in ("axis", "band", "dots"):
            return Timing(move=_STILL, fade=_fade(0.0, 0.18), ink=_fade(0.0, 0.1))
        if group == "labels" or key.part == "tab" or key.what in ("W", "U", "V", "b", "by"):
            return Timing(move=_STILL, fade=_fade(0.0, 0.14), ink=_fade(0.0, 0.08), apart=slide)
        if key.what in ("s", "c"):
            return Timing(move=_STILL, fade=_fade(0.12, 0.4), ink=_fade(0.0, 0.1), apart=slide)
        return Timing(move=grow, fade=_fade(0.62, 0.66), ink=_fade(0.0, 0.1), apart=slide)
    if group == "labels":
        in_the_way = (0.1, 0.68) if key.what in ("x", "y") else (0.1, 0.85)
        return Timing(move=grow, fade=_fade(0.8, 1.0), gone=None if key.what == "cell" else in_the_way)
    if status in ("arrive", "copy"):
        return Timing(move=_THERE, fade=_fade(0.8, 1.0), ink=_fade(0.85, 1.0))
    return Timing(move=grow, fade=_fade(0.0, 1.0))


def _open_cell(group: str, key: Key, status: str) -> Timing:
    shell = Span(0.0, 0.5)
    if status == "leave":
        return Timing(move=shell, fade=_fade(0.0, 0.2), ink=_fade(0.0, 0.12))
    if group == "labels":
        return Timing(move=shell, fade=_fade(0.6, 0.85), gone=(0.15, 0.6))
    if group == "wires":
        return Timing(move=Span(0.2, 0.5), fade=_fade(0.55, 0.8), gone=(0.12, 0.55))
    if status in ("arrive", "copy"):
        fade = _fade(0.34, 0.5) if key.what.startswith("branch") else _fade(0.34, 0.7)
        return Timing(move=Span(0.0, 0.34), fade=fade, ink=_fade(0.55, 0.85))
    return Timing(move=shell, fade=_fade(0.0, 0.5))


def _direct(group: str, key: Key, status: str) -> Timing:
    if status == "leave":
        return Timing(move=Span(0.1, 0.8), fade=_fade(0.0, 0.3), ink=_fade(0.0, 0.15))
    if status in ("arrive", "copy"):
        return Timing(move=Span(0.2, 0.85), fade=_fade(0.65, 0.95), ink=_fade(0.8, 1.0))
    return Timing(move=Span(0.1, 0.85), fade=_fade(0.1, 0.85), ink=_fade(0.0, 1.0))


def _slide(group: str, key: Key, status: str) -> Timing:
    return Timing(move=Span(0.0, 1.0), fade=_fade(0.0, 1.0), ink=_fade(0.0, 1.0))


_STAGED: dict[tuple[str, str], tuple[TimingOf, int, str]] = {
    ("network", "layer"): (_network_layer, 2, "zoom"),
    ("layer", "condensed"): (_layer_condensed, 3, "stay"),
    ("condensed", "samples"): (_condensed_samples, 3, "stay"),
    ("samples", "unrolled"): (partial(_samples_unrolled, now=1, way=1), 3, "stay"),
    ("unrolled", "compact"): (_unrolled_compact, 3, "stay"),
    ("compact", "cell"): (_open_cell, 2, "stay"),
    ("unrolled", "cell"): (_open_cell, 2, "stay"),
}


def crosses(origin: str, target: str) -> bool:
    """Does the turn change the computation (views 1 to 4 against 5 to 7), and so the digits?"""
    return (origin in LAYER_VIEWS) != (target in LAYER_VIEWS)


def script(origin: str, target: str, now: int = 1, way: int = 1) -> Script:
    """The plan of the turn from one view to another at sample ``now``; ``way`` is that of the state, 1 or −1.

    It is written forwards; `backwards` says when it is to be mirrored.
    """
    pair = (target, origin) if backwards(origin, target) else (origin, target)
    staged = _STAGED.get(pair)
    swap = 0.86 if crosses(*pair) else None
    if staged is None:
        far = abs(VIEWS.index(origin) - VIEWS.index(target))
        return Script(min(FAR_S, DIRECT_S + 0.15 * (far - 2)), _direct, swap, stages=2 + (swap is not None))
    timing, stages, orphans = staged
    if isinstance(timing, partial):
        timing = partial(timing.func, now=now, way=way)
    length = DURATION_S[pair] * (BACKWARDS if pair != (origin, target) else 1.0)
    return Script(length, timing, swap, orphans, stages)


def backwards(origin: str, target: str) -> bool:
    """Is this turn the mirror image of one that is written the other way round?"""
    return (target, origin) in _STAGED


def interrupted(origin: str, target: str) -> Script:
    """The plan from a picture in mid-turn to a view: one direct blend."""
    return Script(INTERRUPTED_S, _direct, 0.86 if crosses(origin, target) else None, stages=2)


def _changed(group: str, key: Key, status: str) -> Timing:
    """What goes fades where it is, what stays makes room, what is new comes where it belongs."""
    if status == "leave":
        return Timing(move=_STILL, fade=_fade(0.0, 0.25), ink=_fade(0.0, 0.15))
    if status in ("arrive", "copy"):
        grow = Span(0.6, 0.95, "out-quart") if group == "wires" else None
        return Timing(move=_THERE, fade=_fade(0.62, 0.95), ink=_fade(0.72, 1.0), grow=grow)
    return Timing(move=Span(0.15, 0.65), fade=_fade(0.15, 0.65), ink=_fade(0.0, 1.0))


def _rewired(group: str, key: Key, status: str) -> Timing:
    """The inside of R becomes another one: a wire that goes another way is not bent, it goes and comes."""
    inside = group == "wires" or (group == "labels" and key.what not in ("x", "y", "s", "c", "cell"))
    if inside and status == "stay":
        return Timing(move=Span(0.25, 0.45), fade=_fade(0.15, 0.65), gone=(0.2, 0.55))
    if status in ("arrive", "copy"):
        return Timing(move=_THERE, fade=_fade(0.5, 0.8), ink=_fade(0.6, 0.9))
    return _changed(group, key, status)


def changed(origin: str, target: str, now: int = 1, way: int = 1, rewired: bool = False) -> Script:
    """The plan of the turn from a network to another form of it; old digits first, then the new ones.

    Where the view becomes another one too (a layer gets a state: R folds out of it), it is the turn of the views.
    ``rewired`` is whether the equations have become others, which the view Cell draws.
    """
    if origin == target:
        timing = _rewired if rewired and target == "cell" else _changed
        return Script(CHANGED_S, timing, digits=DIGITS, stages=3)
    plan = script(origin, target, now, way)
    return replace(plan, swap=None, digits=DIGITS if plan.swap is None else plan.swap)


def slide() -> Script:
    """The plan of one slot along the time axis."""
    return Script(SLIDE_S, _slide, None, "shift")
