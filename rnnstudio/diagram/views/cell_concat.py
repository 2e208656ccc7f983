"""The dialect in which gates are fed from one column: x and the state meet in a knot, and one rail leads to all gates.

Only where positions are given: a cell that is laid out by itself keeps a rail for each source.
"""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import JOINT
from rnnstudio.diagram.layout import Anchor
from rnnstudio.diagram.views.cell_graph import Link
from rnnstudio.diagram.views.cell_parts import Box
from rnnstudio.diagram.views.cell_plan import Point
from rnnstudio.diagram.views.cell_rails import TURN
from rnnstudio.diagram.views.cell_wiring import GAP, Line, Wiring, anchor, role_of

#: Radius of the knot; how far left of the first gate it stands where x goes on too; and the three rails around it.
KNOT, LEFT_OF_X = 13.0, 32.0
RAILS, WIDE_RAILS = (540.0, 562.0, 588.0), (562.0, 584.0, 606.0)
Taps = dict[str, list[Link]]


def split(w: Wiring, taps: Taps) -> tuple[Taps, list[tuple[Link, Link]]]:
    """What keeps a rail of its own, and the gates that x and the first state both reach, as pairs of links."""
    state = f"{w.subject.program.states[0]}_prev"
    of_state = {link.target: link for link in taps.get(state, []) if link.tap}
    pairs = [(link, of_state[link.target]) for link in taps.get("x", []) if link.tap and link.target in of_state]
    both = {link.target for link, _ in pairs}
    rest = {
        source: kept
        for source, links in taps.items()
        if (kept := [link for link in links if source not in ("x", state) or link.target not in both])
    }
    return rest, pairs


def draw_joint(w: Wiring, rest: Taps, pairs: list[tuple[Link, Link]]) -> None:
    """Draw the knot, what leads into it, and the rail from it to the gates; rails that stay move aside."""
    plan, state = w.plan, f"{w.subject.program.states[0]}_prev"
    upper, level, lower = WIDE_RAILS if plan.wide else RAILS
    dy = plan.rails["x"] - (606.0 if plan.wide else 584.0)  # of a frame that is higher
    upper, level, lower = upper + dy, level + dy, lower + dy
    x_stays, s_stays = "x" in rest, state in rest
    box, before = w.exits["x"], w.exits[state]
    if plan.wide and not x_stays:
        level = box.cy
    elif not plan.wide and not s_stays and abs(before.cy - plan.rails[state]) < 1:
        level = before.cy
    seams = [_seam(w, x_link, s_link) for x_link, s_link in pairs]
    at = _middle(w, box, x_stays, min(x for x, _ in seams), level)
    moved = ({state: upper} if s_stays else {}) | ({"x": lower} if x_stays else {})
    w.plan = replace(plan, rails={**plan.rails, **moved})
    knot = Box(Key("joint"), *at, 2 * KNOT, 2 * KNOT)
    size = w.subject.layer.inputs + w.subject.layer.size
    block = w.b.block(JOINT, size)
    _into(w, "x", box, knot, lower if x_stays else None)
    _into(w, state, before, knot, upper if s_stays else None)
    start = Anchor(knot.key, 1, 0)
    right = (at[0] + KNOT, at[1])
    for (x_link, _), (x, bottom) in zip(pairs, seams, strict=True):
        points = [right, (x - 0.4, level), (x, level), (x, bottom + GAP)]
        tab = w.boxes[x_link.tap]
        key = Key("branch:joint", part=x_link.target)
        w.b.wire(Key("wire:joint", part=x_link.target), points, role="op", width=2.4, head=10.0, block=block,
                 phase=x_link.phase, token="dot", start=start, end=anchor(tab, points[-1]))  # fmt: skip
        w.lines.append(Line("joint", points, start, "op", 2.4))
        w.b.plate(key, "branch", x, level, 10.0, 10.0, role="op", fill="op", stroke=0.0, radius=5.0, z=4, block=block)
    last = max(range(len(seams)), key=lambda k: seams[k][0])
    end = Anchor(Key("branch:joint", part=pairs[last][0].target), 0, 0)
    w.b.wire(Key("wire:joint"), [right, (seams[last][0], level)], role="op", width=4.0, block=block, phase=1,
             start=start, end=end)  # fmt: skip
    w.lines.append(Line("joint", [right, (seams[last][0], level)], start, "op", 4.0))
    w.b.plate(knot.key, "box", *at, 2 * KNOT, 2 * KNOT, role="op", fill="opfill", stroke=2.4,
              radius=KNOT, z=4, block=block)  # fmt: skip
    w.b.label(Key("joint", part="symbol"), "[ ]", at[0], at[1] - 1, 1.2 * KNOT, role="op")
    w.blocks["joint"] = block


def _seam(w: Wiring, x_link: Link, s_link: Link) -> Point:
    """Where the two tabs of a gate meet, at their lower edge."""
    one, other = sorted((w.boxes[x_link.tap], w.boxes[s_link.tap]), key=lambda box: box.cx)
    return (one.cx + one.w / 2 + other.cx - other.w / 2) / 2, one.cy + one.h / 2


def _middle(w: Wiring, x: Box, x_stays: bool, first: float, level: float) -> Point:
    """Where the knot stands: over x, or left of the way that x takes."""
    if w.plan.wide:
        inside = w.plan.shell[0] + TURN
        return (inside + 48.0 if x_stays else inside, level)
    return (min(x.cx, first - 2 * KNOT) if not x_stays else min(x.cx, first) - LEFT_OF_X, level)


def _into(w: Wiring, source: str, box: Box, knot: Box, rail: float | None) -> None:
    """From a column into the knot; where the source goes on by a rail of its own, from a branch of that."""
    role, width = role_of(w.plan, source), 4.0 if source.endswith("_prev") else 3.4
    block, name = w.block(source), source.removesuffix("_prev")
    inside = w.plan.shell[0] + TURN
    side = "left"
    if rail is not None:
        side = "top" if rail < knot.cy else "bottom"
        points, start = _to_rail(w, source, box, rail, knot.cx)
        end_point, end = knot.side(side)
        points = [*points, end_point]
        key = Key(f"branch:{source}", part="joint")
        w.b.plate(key, "branch", knot.cx, rail, 10.0, 10.0, role=role, fill=role, stroke=0.0, radius=5.0, z=4,
                  block=block)  # fmt: skip
    elif abs(box.cx - knot.cx) < 1:
        points, start = [box.side("top")[0]], box.side("top")[1]
        end_point, end = knot.side("bottom")
        points = [*points, end_point]
    elif abs(box.cy - knot.cy) < 1:
        points, start = [box.side("right")[0]], box.side("right")[1]
        end_point, end = knot.side("left")
        points = [*points, end_point]
    else:
        first, start = box.side("right")
        if abs(inside - knot.cx) < 1:
            end_point, end = knot.side("top")
            points = [first, (inside, box.cy), end_point]
        else:
            end_point, end = knot.side("left")
            points = [first, (inside, box.cy), (inside, knot.cy), end_point]
        if name in w.conveyors:
            w.b.plate(Key(f"branch:{source}"), "branch", inside, box.cy, 13.0, 13.0, role=role, fill="boxfill",
                      stroke=2.1, radius=6.5, z=4, block=block)  # fmt: skip
    key = Key(f"wire:{name}", part="" if rail is None else "joint")  # the same wire as in the other views
    w.b.wire(key, points, role=role, width=width, block=block, phase=1, token="dot",
             start=start, end=end)  # fmt: skip
    w.lines.append(Line(source, points, start, role, width))


def _to_rail(w: Wiring, source: str, box: Box, rail: float, x: float) -> tuple[list[Point], Anchor]:
    """From a column to its rail, and along it to where the way into the knot branches off."""
    inside = w.plan.shell[0] + TURN
    if source == "x" and not w.plan.wide:
        first, start = box.side("top")
        return [first, (box.cx, rail), (x, rail)], start
    first, start = box.side("right")
    if abs(box.cy - rail) < 1:
        return [first, (x, rail)], start
    return [first, (inside, box.cy), (inside, rail), (x, rail)], start
