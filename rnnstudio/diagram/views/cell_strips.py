"""How much room the items of a cell need, and where they stand from left to right."""

from __future__ import annotations

from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import Writing
from rnnstudio.diagram.views.cell_graph import Item, parameter_of
from rnnstudio.diagram.views.cell_order import Order, Strip
from rnnstudio.diagram.views.cell_parts import block_size, card_size, pill_size
from rnnstudio.diagram.views.cell_plan import Plan
from rnnstudio.diagram.views.cell_symbols import math_width
from rnnstudio.diagram.views.cell_tabs import gate_size, tab_width
from rnnstudio.diagram.views.columns import column_height
from rnnstudio.engine.shapes import length

#: Least distance between strips, at the bottom row and above; between an operator and the column of its result; half
#: the width of a wire that goes up or down by itself; the most that strips are moved apart where there is room.
FOOT_GAP, GAP, TO_COLUMN, WIRE, MOST_APART = 18.0, 20.0, 16.0, 9.0, 84.0
#: Room inside the shell before the first strip and after the last, and for each wire that turns there.
MARGIN, TURN = 22.0, 16.0


class Room:
    """Sizes of the items of one cell in one size of drawing; ``unit`` is the length of a px of the ordinary one."""

    def __init__(self, subject: Subject, draft: Plan, order: Order, unit: float) -> None:
        self.subject, self.plan, self.order, self.unit = subject, draft, order, unit
        self.sizes, self.graph = draft.sizes, draft.graph
        self.size = {name: self._size(item) for name, item in self.graph.items.items()}
        for strip in order.strips:
            self._reach(strip)

    def _size(self, item: Item) -> tuple[float, float]:
        if item.kind == "gate":
            return gate_size(self.subject, self.plan, item)
        if item.kind == "block":
            return block_size(self.subject, self.plan, item.params[0])[:2]
        if item.kind == "bias":
            rows = length(self.subject.program.parameters[parameter_of(item.name)][0], self.subject.layer.sizes)
            return self.sizes.inner.w, column_height(rows, self.sizes.inner)
        assert item.op is not None
        if item.kind == "pill":
            return pill_size(self.subject, self.sizes, item.op)[:2]
        if item.kind == "function":
            return card_size(self.sizes, item.op)[:2]
        return 2 * self.sizes.circle, 2 * self.sizes.circle

    def column(self, item: str) -> str:
        """The value whose column stands beside an item; states and y have theirs outside."""
        value = self.graph.columns.get(self.order.delivers(item), "")
        return value if value and value not in self.graph.outputs else ""

    def column_half(self, item: str) -> float:
        """Half the height of the column of an item, 0 without one."""
        if self.graph.items[item].kind == "bias":
            return self.size[item][1] / 2
        value = self.column(item)
        if not value:
            return 0.0
        return column_height(length(self.subject.program.sizes[value], self.subject.layer.sizes), self.sizes.inner) / 2

    def label_width(self, item: str) -> float:
        """Room for the symbol right of the column over an item of the bottom row."""
        value = self.column(item) or (item if self.graph.items[item].kind == "bias" else "")
        if not value:
            return 0.0
        px = self.sizes.value if len(value) < 3 else self.sizes.expression
        symbol = self.subject.notation.write(Writing(self.subject.program).symbol(parameter_of(value)))
        return min(math_width(symbol, px), 3.4 * px) + 0.4 * px

    def exit(self, item: str) -> float:
        """How far right of its middle the vector of a lane's item leaves."""
        half = max(self.size[item][0] / 2, self._tabs(item))
        return half + (TO_COLUMN * self.unit + self.sizes.inner.w if self.column(item) else 0.0)

    def _tabs(self, item: str) -> float:
        """How far right of a matrix's middle the tabs of several biases reach."""
        params = self.graph.items[item].params
        if self.graph.items[item].kind != "block" or len(params) < 3:
            return 0.0
        return 10 + sum(tab_width(self.subject, self.sizes, bias) + 4 for bias in params[1:])

    def _reach(self, strip: Strip) -> None:
        strip.foot = strip.left = strip.right = WIRE * self.unit if strip.down else 0.0
        if strip.low:
            item = self.graph.items[strip.low]
            boxed = item.kind != "bias"
            strip.foot = max(self.size[strip.low][0] / 2, self._tabs(strip.low)) if boxed else 0.0
            half = self.sizes.inner.w / 2 if self.column(strip.low) or not boxed else WIRE * self.unit
            strip.left, strip.right = half, half + self.label_width(strip.low)
        if strip.high:
            half = self.size[strip.high][0] / 2
            strip.left, strip.right = max(strip.left, half), max(strip.right, self.exit(strip.high))
            source = self.order.delivers(strip.high)
            if source in self.order.after and len(self.graph.consumers(source)) > 1:
                strip.right += TURN * self.unit  # room to branch before the next one
            if any(link.source == "x" for link in self.graph.links if link.target == strip.high):
                strip.foot = WIRE * self.unit

    def spread(self, left: float, right: float) -> float:
        """Give every strip its place between two edges; the result is the width that is needed at least."""
        foot = high = left
        for strip in self.order.strips:
            strip.x = max(high + GAP * self.unit + strip.left, left + strip.left)
            if strip.foot:
                strip.x = max(strip.x, foot + FOOT_GAP * self.unit + strip.foot)
                foot = strip.x + strip.foot
            high = strip.x + strip.right
        needed = max(foot, high) - left
        free, count = right - left - needed, len(self.order.strips)
        if free > 0 and count:
            apart = min(free / (count + 1), MOST_APART * self.unit)
            start = (free - apart * (count - 1)) / 2
            for k, strip in enumerate(self.order.strips):
                strip.x += start + apart * k
        return needed
