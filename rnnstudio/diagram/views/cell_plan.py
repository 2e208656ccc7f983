"""Sizes and positions of the Cell view: the logical 1280 × 760 of `place`, and the projector's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

from rnnstudio.diagram.layout import Frame
from rnnstudio.diagram.notation import CONCAT
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.views.cell_graph import Graph, cell_graph, gate_like, is_peephole
from rnnstudio.diagram.views.columns import Column, says_words
from rnnstudio.engine.ops import Program

Point = tuple[float, float]
#: The frame that the projector's positions are given in.
WIDE_FRAME = (1920.0, 698.0)


@dataclass(frozen=True)
class Sizes:
    """How large things are drawn, in logical px."""

    inner: Column
    small: Column
    beside: Column  # a value off its wire, held by a leader
    outer: Column
    x: Column
    y: Column
    gate: tuple[float, float]
    gate_symbol: tuple[float, float]  # one sign, a word
    tab: tuple[float, float, float, float]  # least width, height, symbol, cell of the small matrix
    circle: float
    pill: tuple[float, float, float]
    card: tuple[float, float, float]
    chosen: tuple[float, float, float]  # the card of the chosen activation f
    block: tuple[float, float, float, float]  # width, height, cell, symbol
    numbers: tuple[float, float, float, float]  # cell of a matrix with numbers, its number, its symbol
    value: float
    expression: float
    word: float
    remark: float
    chip: float


NORMAL = Sizes(
    inner=Column(56, 24, 13.5, 25, 100, 2.2), small=Column(50, 22, 12.5, 19, 100, 2.0),
    beside=Column(50, 19, 12, 19, 60, 1.8), outer=Column(62, 28, 15.5, 31, 100, 3.0),
    x=Column(62, 25, 15, 32, 100, 2.8, 11, word=16), y=Column(62, 26, 15, 32, 100, 2.8, 11, card=(164, 112)),
    gate=(150, 56), gate_symbol=(28, 19), tab=(62, 26, 17, 5), circle=23, pill=(64, 28, 18), card=(96, 48, 18),
    chosen=(122, 108, 18), block=(100, 56, 11, 23), numbers=(38, 28, 14, 24), value=25, expression=20, word=12.5,
    remark=12.5, chip=15,
)  # fmt: skip
_READ = 28.0
#: A cell without gates has room.
ROOMY = replace(
    NORMAL, inner=Column(62, 28, 15, 25, 100, 2.2), small=Column(62, 28, 15, 25, 100, 2.2),
    outer=Column(62, 30, 16, 32, 100, 3.0), expression=23,
)  # fmt: skip
_WIDE_COLUMN = Column(92, 42, 28, 46, 168, 3.2, 12, 28, (300, 190), 30)
WIDE = Sizes(
    inner=_WIDE_COLUMN, small=_WIDE_COLUMN, beside=_WIDE_COLUMN, outer=_WIDE_COLUMN, x=_WIDE_COLUMN, y=_WIDE_COLUMN,
    gate=(216, 78), gate_symbol=(40, 30), tab=(96, 44, 30, 7), circle=26, pill=(112, 48, 32), card=(156, 64, 30),
    chosen=(190, 150, 30), block=(170, 80, 16, 40), numbers=(74, 42, 28, 40), value=38, expression=30, word=28,
    remark=28, chip=28,
)  # fmt: skip


@lru_cache(maxsize=64)
def scaled(sizes: Sizes, factor: float) -> Sizes:
    """The same sizes, all of them larger or smaller but for the title's."""

    def of(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(of, value))
        if isinstance(value, Column):
            return replace(value, **{each.name: of(getattr(value, each.name)) for each in fields(value)})
        return value * factor

    return replace(sizes, **{each.name: of(getattr(sizes, each.name)) for each in fields(sizes) if each.name != "chip"})


def legible(sizes: Sizes) -> Sizes:
    """The projector's sizes with no letters in boxes under those that can be read at the back."""
    return replace(
        sizes, gate_symbol=(max(sizes.gate_symbol[0], _READ), max(sizes.gate_symbol[1], _READ)),
        tab=(*sizes.tab[:2], max(sizes.tab[2], _READ), sizes.tab[3]), pill=(*sizes.pill[:2], max(sizes.pill[2], _READ)),
        card=(*sizes.card[:2], max(sizes.card[2], _READ)), chosen=(*sizes.chosen[:2], max(sizes.chosen[2], _READ)),
        block=(*sizes.block[:3], max(sizes.block[3], _READ)), value=max(sizes.value, _READ),
    )  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """Where everything of one cell is drawn.

    ``at`` gives the middles of items, of the columns of values (by their names), of branches (``name:split``), of x
    and the states before and after. ``words`` are what a gate is called. ``rails`` are the heights at which x and
    the states before run along under the gates. Where positions were found, not given, the plan is ``automatic`` and
    has the corners of every wire: ``lines``, ``leads`` from a source to the beginning of its rail, and ``dots`` where a
    vector branches; ``carried`` are the sources on a state's line, with the state.
    """

    graph: Graph
    sizes: Sizes
    at: Mapping[str, Point]
    shell: tuple[float, float, float, float]  # left, top, right, bottom
    words: Mapping[str, str] = field(default_factory=dict)
    rails: Mapping[str, float] = field(default_factory=dict)
    wide: bool = False
    lines: Mapping[tuple[str, str, str], list[Point]] = field(default_factory=dict)
    leads: Mapping[str, list[Point]] = field(default_factory=dict)
    dots: tuple[tuple[str, Point], ...] = ()
    carried: Mapping[str, str] = field(default_factory=dict)
    automatic: bool = False

    def within(self, frame: Frame) -> Plan:
        """The same plan in the middle of a larger frame; the ordinary one stays at its foot."""
        dx = (frame.width - (WIDE_FRAME[0] if self.wide else 1280.0)) / 2
        dy = (frame.height - WIDE_FRAME[1]) / 2 if self.wide else 0.0
        left, top, right, bottom = self.shell

        def moved(points: list[Point]) -> list[Point]:
            return [(x + dx, y + dy) for x, y in points]

        return replace(
            self, at={k: (x + dx, y + dy) for k, (x, y) in self.at.items()},
            shell=(left + dx, top + dy, right + dx, bottom + dy), rails={k: y + dy for k, y in self.rails.items()},
            lines={k: moved(line) for k, line in self.lines.items()},
            leads={k: moved(lead) for k, lead in self.leads.items()},
            dots=tuple((source, (x + dx, y + dy)) for source, (x, y) in self.dots),
        )  # fmt: skip


#: Row of the gates, of their vectors, rails of the states and of x, place of the columns on the right.
GATES_Y, VECTORS_Y, STATE_RAIL, X_RAIL, RIGHT_X = 462.0, 378.0, 556.0, 584.0, 1172.0
#: How far under its conveyor a state runs along to the peepholes.
PEEPHOLE, WIDE_PEEPHOLE = 66.0, 94.0
_SHELL, _SHELL_SMALL = (176.0, 146.0, 1110.0, 622.0), (196.0, 150.0, 1080.0, 622.0)
WIDE_GATES_Y, WIDE_VECTORS_Y, WIDE_STATE_RAIL, WIDE_X_RAIL, WIDE_RIGHT_X = 486.0, 366.0, 574.0, 606.0, 1740.0
_WIDE_SHELL = (230.0, 52.0, 1580.0, 648.0)

#: Positions for the projector of the cells that come along: x on the left under s, y on the right.
_WIDE_PLACES: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "simple": {
        "s_prev": (150, 270), "U": (410, 270), "us": (680, 270), "x": (150, 514), "W": (450, 514), "wx": (860, 514),
        "b": (860, 128), "a:+": (860, 270), "a": (1030, 270), "y:f": (1230, 270), "y:split": (1390, 270),
        "y": (1740, 514), "s": (1740, 270),
    },
    "lstm": {
        "c_prev": (150, 128), "s_prev": (150, 350), "x": (150, 606), "f": ("gate", 390, "forget"),
        "i": ("gate", 680, "input"), "g": ("gate", 980, "candidate"), "o": ("gate", 1240, "output"),
        "fc:*": (390, 128), "fc": (600, 128), "ig:*": (830, 366), "ig": (830, 256), "c:+": (830, 128), "c": (1080, 128),
        "c:split": (1430, 128), "s:tanh": (1430, 240), "s:*": (1430, 366), "s:split": (1520, 574), "y": (1740, 350),
        "s": (1740, 574),
    },
    "gru": {
        "s_prev": (150, 128), "x": (150, 606), "r": ("gate", 380, "reset"), "z": ("gate", 1290, "update"),
        "Un": (640, 486), "sn": (640, 366), "rsn:*": (640, 254), "rsn": (765, 254), "Wn": (890, 486), "xn": (890, 366),
        "n:+": (890, 254), "n:tanh": (1035, 254), "n": (1180, 254), "zs:*": (1290, 128), "zs": (1378, 128),
        "zn:1-": (1398, 366), "zn:*": (1470, 254), "s:+": (1470, 128), "s:split": (1518, 128), "y": (1740, 366),
        "s": (1740, 128),
    },
    "gru-v1": {
        "s_prev": (150, 128), "x": (150, 606), "r": ("gate", 372, "reset"), "z": ("gate", 1330, "update"),
        "rs:*": (372, 254), "rs": (478, 254), "Un": (620, 254), "sn": (764, 254), "Wn": (862, 486), "xn": (862, 366),
        "n:+": (862, 254), "n:tanh": (978, 254), "n": (1112, 254), "zs:1-": (1174, 366), "zs:*": (1174, 128),
        "zs": (1252, 128), "zn:*": (1330, 254), "s:+": (1330, 128), "s:split": (1518, 128), "y": (1740, 366),
        "s": (1740, 128),
    },
    "mgu": {
        "s_prev": (150, 128), "x": (150, 606), "f": ("gate", 372, "forget"), "fs:*": (372, 254), "fs": (520, 254),
        "Un": (664, 254), "sn": (804, 254), "Wn": (720, 486), "xn": (888, 486), "n:+": (888, 254),
        "n:tanh": (998, 254), "n": (1130, 254), "f:split": (1246, 366), "ks:1-": (1246, 310), "ks:*": (1246, 128),
        "ks": (1324, 128), "fn:*": (1400, 254), "s:+": (1400, 128), "s:split": (1518, 128), "y": (1740, 366),
        "s": (1740, 128),
    },
    "lstm-coupled": {
        "c_prev": (150, 128), "s_prev": (150, 350), "x": (150, 606), "f": ("gate", 390, "forget"),
        "g": ("gate", 970, "candidate"), "o": ("gate", 1240, "output"), "fc:*": (390, 128), "fc": (600, 128),
        "i:1-": (650, 366), "ig:*": (830, 366), "ig": (830, 256), "c:+": (830, 128), "c": (1080, 128),
        "c:split": (1430, 128), "s:tanh": (1430, 240), "s:*": (1430, 366), "s:split": (1520, 574), "y": (1740, 350),
        "s": (1740, 574),
    },
    "lstm-peephole": {
        "c_prev": (150, 128), "s_prev": (150, 350), "x": (150, 606), "f": ("gate", 390, "forget"),
        "i": ("gate", 680, "input"), "g": ("gate", 980, "candidate"), "o": ("gate", 1250, "output"),
        "fc:*": (390, 128), "fc": (600, 128), "ig:*": (830, 366), "ig": (830, 256), "c:+": (830, 128),
        "c": (1080, 128), "c:split": (1430, 128), "s:tanh": (1430, 240), "s:*": (1430, 366), "s:split": (1520, 574),
        "y": (1740, 350), "s": (1740, 574),
    },
    "jordan": {
        "s_prev": (150, 270), "U": (375, 270), "us": (566, 270), "x": (150, 514), "W": (430, 514), "wx": (660, 514),
        "b": (660, 128), "z:+": (660, 270), "z:f": (800, 270), "z": (962, 270), "Vz": (1160, 270), "y:f": (1400, 270),
        "y:split": (1536, 270), "y": (1740, 514), "s": (1740, 270),
    },
}  # fmt: skip
_WIDE_PLACES_OF = {"elman": "simple"}


def placed(subject: Subject) -> Plan | None:
    """The plan by the positions that the cell file gives; None where they do not cover the cell."""
    program, wide = subject.program, subject.frame.wide
    place = _wide_place(program) if wide else dict(program.place)
    if not place:
        return None
    gates = {name: (float(p[1]), str(p[2])) for name, p in place.items() if p[0] == "gate"}  # type: ignore[arg-type]
    at = {name: (float(p[0]), float(p[1])) for name, p in place.items() if p[0] != "gate"}  # type: ignore[arg-type]
    graph = cell_graph(program, gates.__contains__, place.__contains__)
    gates_y, vectors_y = (WIDE_GATES_Y, WIDE_VECTORS_Y) if wide else (GATES_Y, VECTORS_Y)
    for name, (x, _) in gates.items():
        at[f"{name}:gate"] = (x, gates_y)
        at[name] = (x, vectors_y)
    far = max((x for name, (x, _) in at.items() if ":" in name), default=0.0)
    shell = _WIDE_SHELL if wide else _SHELL if gates or far > _SHELL_SMALL[2] - 40 else _SHELL_SMALL
    _outputs(graph, at, shell, WIDE_RIGHT_X if wide else RIGHT_X)
    if program.readout:
        _readout(graph, at, shell, wide, says_words(subject))
    missing = [name for name in (*graph.items, *_inputs(graph), *graph.outputs) if name not in at]
    if missing:
        return None
    rails = {f"{state}_prev": (WIDE_STATE_RAIL if wide else STATE_RAIL) - 28.0 * k for k, state in
             enumerate(program.states)} | {"x": WIDE_X_RAIL if wide else X_RAIL}  # fmt: skip
    for state in {link.source for link in graph.links if link.tap and is_peephole(program, link.tap)} & set(rails):
        rails[state] = at[state][1] + (WIDE_PEEPHOLE if wide else PEEPHOLE)
    sizes = WIDE if wide else NORMAL if gates else ROOMY
    words = {name: word for name, (_, word) in gates.items()}
    return Plan(graph, sizes, at, shell, words, rails, wide).within(subject.frame)


def concatenates(subject: Subject, plan: Plan) -> bool:
    """Whether the gates of a drawing are fed from one column of x and the state."""
    return CONCAT in subject.notation.dialects and not plan.automatic and bool(plan.words)


def unplaced(subject: Subject) -> Graph:
    """The graph of a cell without positions: what is a gate is seen by its form."""
    return cell_graph(subject.program, lambda value: gate_like(subject.program, value), lambda _: False)


def _wide_place(program: Program) -> dict[str, tuple[object, ...]]:
    """The projector's positions, for a cell that is one of the library's by name and by its names of values."""
    name = _WIDE_PLACES_OF.get(program.cell.name, program.cell.name)
    place = {key: value for key, value in _WIDE_PLACES.get(name, {}).items()}
    if not program.readout:
        return place
    return {(f"{program.handed}{key[1:]}" if key == "y" or key[:2] == "y:" else key): p for key, p in place.items()}


def _inputs(graph: Graph) -> list[str]:
    return [name for name in ("x", *(f"{s}_prev" for s in graph.program.states)) if graph.consumers(name)]


def _outputs(graph: Graph, at: dict[str, Point], shell: tuple[float, float, float, float], right: float) -> None:
    """Outer columns of the states: a column of a state inside the shell is drawn beside it under its op's name."""
    for state in graph.program.states:
        inside = state in at and shell[0] < at[state][0] < shell[2]
        if inside:
            at[f"{state}:inner"] = at[state]
        if inside or state not in at:
            at[state] = (right, at[f"{state}_prev"][1])


def _readout(graph: Graph, at: dict[str, Point], shell: tuple[float, ...], wide: bool, words: bool) -> None:
    """V between the branch and y: on the way up where there is room, else below, with y on the right.

    The card of words has room on the right alone.
    """
    handed = graph.program.handed
    came = at.pop(handed, None)
    source = graph.outputs[graph.program.alias.get(handed, handed)] if handed in graph.program.alias else None
    branch = next((p for name, p in at.items() if name.endswith(":split") and came and p[0] == came[0]), None)
    leaving = [f"{name}:split" for name in (handed, *graph.program.states) if name != "c"]
    branch = branch or next((at[name] for name in leaving if name in at), None)
    if branch is None:
        branch = at[source] if source in at else (shell[2] - 60, shell[1] + 200)
    x, y = branch
    right = WIDE_RIGHT_X if wide else 1194.0 if words else RIGHT_X
    if wide:
        # under a branch that is high up, V stands beside the gates
        level = WIDE_GATES_Y if y < 200 or came is None else came[1]
        at["V"] = (min(x, shell[2] - 62), level)
        at["y"] = (right, level)
    elif y - shell[1] >= 150 and not words and x + 75 <= shell[2]:
        at["V"] = (x, 224.0 if y < 400 else GATES_Y - 20)
        at["y"] = came or (x, 81.0)
    else:
        level = 385.0 if y > GATES_Y else y + (172 if y > 300 else 212)
        at["V"] = (min(x, shell[2] - (84 if y > 300 else 62)), level)
        at["y"] = (right, level)
