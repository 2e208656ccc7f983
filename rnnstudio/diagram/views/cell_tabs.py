"""The tabs of a cell's gates and matrices: each parameter as a small picture of its numbers, with its symbol."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import Writing
from rnnstudio.diagram.views.cell_graph import Item, is_peephole, parameter_of
from rnnstudio.diagram.views.cell_plan import NORMAL, Plan, Sizes, concatenates
from rnnstudio.diagram.views.cell_symbols import math_width, what
from rnnstudio.engine.shapes import length


def tab_places(subject: Subject, plan: Plan, item: Item, x: float, y: float) -> list[tuple[str, float, float, float]]:
    """Each tab of a gate with its middle and width: U, W, b on the bottom edge.

    Where positions are given, the vector of a peephole stands on the upper edge, under the conveyor that it looks at.
    """
    sizes, program = plan.sizes, subject.program
    h, least = sizes.gate[1], sizes.tab[0]
    order = sorted(item.params, key=lambda name: _tab_order(subject, name))
    above = [name for name in order if is_peephole(program, name)]
    if above and not plan.automatic:
        width = tab_width(subject, sizes, above[0])
        lower = replace(item, params=tuple(name for name in order if name not in above))
        beside = x - sizes.inner.w / 2 - 10 - width / 2
        return [(above[0], beside, y - h / 2 - 6, width), *tab_places(subject, plan, lower, x, y)]
    widths = [tab_width(subject, sizes, name) for name in order]
    if concatenates(subject, plan):
        return _block_tabs(subject, order, widths, x, y + h / 2)
    if len(order) == 2 and (not plan.automatic or max(widths) <= least + 8):
        widths = [max(width, least) for width in widths]
        off = least / 2 + 6
        sides = zip(order, (-1, 1), widths, strict=True)
        return [(name, x + side * off, y + h / 2, width) for name, side, width in sides]
    gap = 3.0
    left = x - (sum(widths) + gap * (len(widths) - 1)) / 2
    out = []
    for name, width in zip(order, widths, strict=True):
        out.append((name, left + width / 2, y + h / 2, width))
        left += width + gap
    return out


def _block_tabs(
    subject: Subject, order: list[str], widths: list[float], x: float, y: float
) -> list[tuple[str, float, float, float]]:  # fmt: skip
    """W and U as one block [W U] of a gate that is fed from one column, and what else there is right of it."""
    roles = [subject.program.role(parameter_of(name)) for name in order]
    if {"W", "U"} <= set(roles):
        at = roles.index("W")
        order, widths = [order[at], *order[:at], *order[at + 1 :]], [widths[at], *widths[:at], *widths[at + 1 :]]
    gaps = [0.0 if k < 1 else 3.0 for k in range(len(order))]
    left = x - (sum(widths) + sum(gaps[:-1])) / 2
    out = []
    for name, width, gap in zip(order, widths, gaps, strict=True):
        out.append((name, left + width / 2, y, width))
        left += width + gap
    return out


def gate_size(subject: Subject, plan: Plan, item: Item) -> tuple[float, float]:
    """Width and height of a gate; many tabs make it wider."""
    w, h = plan.sizes.gate
    if not plan.automatic:
        return w, h
    tabs = tab_places(subject, plan, item, 0.0, 0.0)
    reach = max((abs(cx) + width / 2 for _, cx, _, width in tabs), default=0.0)
    return max(w, 2 * reach + 12), h


def _tab_order(subject: Subject, name: str) -> int:
    parameter = parameter_of(name)
    if parameter in subject.program.biases:
        return 3
    return {"U": 0, "W": 1}.get(subject.program.role(parameter), 2)


def _mini(subject: Subject, sizes: Sizes, name: str, cell: float) -> tuple[float, float]:
    """Size of the small picture of a parameter."""
    shape = [length(letter, subject.layer.sizes) for letter in subject.program.parameters[parameter_of(name)]]
    cols = shape[1] if len(shape) == 2 else 1
    return min(cols, 4) * cell, min(shape[0], 3) * cell


def tab_width(subject: Subject, sizes: Sizes, name: str) -> float:
    """Width of a parameter's tab."""
    _, height, px, cell = sizes.tab
    text = math_width(subject.notation.write(Writing(subject.program).symbol(parameter_of(name))), px)
    return _mini(subject, sizes, name, cell)[0] + text + 15 * min(1.0, height / NORMAL.tab[1])


def draw_tab(b: Builder, subject: Subject, sizes: Sizes, name: str, cx: float, cy: float, width: float) -> Key:
    """Add a parameter's tab: its matrix, small, and its symbol."""
    _, height, px, cell = sizes.tab
    program = subject.program
    role = program.role(parameter_of(name))
    mini_w, mini_h = _mini(subject, sizes, name, cell)
    text = Writing(program).symbol(parameter_of(name))
    text_w = math_width(b.notation.write(text), px)
    x0 = cx - (mini_w + 5 + text_w) / 2
    key = Key(what(program, name), part="tab")
    b.plate(key, "tab", cx, cy, width, height, role=role, fill="raised", stroke=1.8, radius=7.0, z=6)
    matrix(b, subject, name, x0 + mini_w / 2, cy, mini_w, mini_h)
    b.label(key._replace(part="symbol"), text, x0 + mini_w + 5, cy - 1, px, align="l")
    return key


def matrix(b: Builder, subject: Subject, name: str, cx: float, cy: float, w: float, h: float, px: float = 0.0) -> None:
    """Add a parameter as a picture of its numbers, without an outline: what it stands in has one."""
    program, parameter = subject.program, parameter_of(name)
    shape = [length(letter, subject.layer.sizes) for letter in program.parameters[parameter]]
    block = b.block(parameter, shape[0], shape[1] if len(shape) == 2 else 1, scale="weight")
    key = Key(what(program, name))
    if shape[0] > 256 and len(shape) == 1:
        b.plate(key._replace(part="frame"), "heat", cx, cy, w, h, role="op", fill="canvas", stroke=0.0, z=6,
                block=block)  # fmt: skip
        return
    b.matrix(key, block, cx, cy, role=program.role(parameter), w=w, h=h, px=px, stroke=0.0, z=6)
