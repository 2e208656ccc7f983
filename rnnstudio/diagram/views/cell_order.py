"""In which order a cell's items stand from left to right, and which of them form a line that a vector runs along."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnnstudio.diagram.views.cell_graph import Graph, Item


@dataclass
class Strip:
    """A stretch from left to right that belongs to one item of the bottom row, or of a lane, or to both.

    ``low`` is a gate, a matrix on the rails or a bias, ``high`` the item in a lane, over it where there are both;
    ``down`` the source that goes down to its rail here. ``foot`` is half the width at the bottom row, ``left`` and
    ``right`` the reach above it from the middle ``x``.
    """

    low: str = ""
    high: str = ""
    down: str = ""
    foot: float = 0.0
    left: float = 0.0
    right: float = 0.0
    x: float = 0.0


@dataclass
class Chain:
    """Items of a lane in a row, each fed by the one before.

    ``start`` is the state that enters from the left edge, ``entry`` the item of the bottom row whose vector comes in
    at the first one's left side.
    """

    items: list[str]
    start: str = ""
    entry: str = ""
    lane: int = 0


@dataclass
class Order:
    """Strips from left to right, chains, and where each item is among them."""

    graph: Graph
    strips: list[Strip] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    strip_of: dict[str, Strip] = field(default_factory=dict)
    chain_of: dict[str, Chain] = field(default_factory=dict)  # of items and of states that enter from the left
    after: dict[str, str] = field(default_factory=dict)  # source → the next item of its chain

    def source_item(self, source: str) -> str:
        """The item that delivers a source: none for x and the states before."""
        return self.graph.owner.get(source, source if source in self.graph.items else "")

    def delivers(self, item: str) -> str:
        """The source that an item delivers."""
        op = self.graph.items[item].op
        return item if op is None else op.id

    def is_low(self, item: str) -> bool:
        """Whether an item stands in the bottom row."""
        strip = self.strip_of.get(item)
        return strip is not None and strip.low == item


def ordered(graph: Graph) -> Order:
    """Find the order: what is needed stands right before what needs it, the longest way first."""
    return _Ordering(graph).order


class _Ordering:
    def __init__(self, graph: Graph) -> None:
        self.graph, self.order = graph, Order(graph)
        self.states = [f"{state}_prev" for state in graph.program.states]
        self.needs: dict[str, list[str]] = {name: [] for name in graph.items}  # item → sources
        self.users: dict[str, list[str]] = {}  # source → items
        for link in graph.links:
            if link.source not in self.needs[link.target]:
                self.needs[link.target].append(link.source)
                self.users.setdefault(link.source, []).append(link.target)
        self.low = {name for name, item in graph.items.items() if self._is_low(item)}
        self.depths: dict[str, int] = {}
        self._state_chains()
        self.sequence: list[str] = []
        self.placed: set[str] = set()
        sources = [graph.outputs[name] for name in (*graph.program.states, "y")]
        for name in (*map(self.order.source_item, sources), *graph.items):
            if name:
                self._place(name)
        self._chains()
        self._strips()

    def _is_low(self, item: Item) -> bool:
        if item.kind in ("gate", "bias") or not self.needs[item.name]:
            return True
        return item.kind == "block" and all(s == "x" or s in self.states for s in self.needs[item.name])

    def _depth(self, name: str) -> int:
        if name not in self.depths:
            needed = filter(None, map(self.order.source_item, self.needs[name]))
            self.depths[name] = 1 + max((self._depth(each) for each in needed), default=0)
        return self.depths[name]

    def _state_chains(self) -> None:
        """The line of each state through the cell: only operators where there is such a way, else the shortest."""
        for state in reversed(self.graph.program.states):
            goal = self.order.source_item(self.graph.outputs[state])
            way = self._way(f"{state}_prev", goal, {"circle", "pill"}) or self._way(f"{state}_prev", goal, set())
            if way:
                self._join(Chain(way, start=f"{state}_prev"))

    def _join(self, chain: Chain) -> None:
        self.order.chains.append(chain)
        if chain.start:
            self.order.chain_of[chain.start] = chain
            if chain.items:
                self.order.after[chain.start] = chain.items[0]
        for a, b in zip(chain.items, chain.items[1:], strict=False):
            self.order.after[self.order.delivers(a)] = b
        for item in chain.items:
            self.order.chain_of[item] = chain

    def _way(self, source: str, goal: str, kinds: set[str]) -> list[str]:
        """The shortest way from a source to an item through free items of some kinds (any where none is named)."""
        ways: list[list[str]] = [[]]
        seen: set[str] = set()
        for way in ways:
            at = self.order.delivers(way[-1]) if way else source
            for user in self.users.get(at, ()):
                free = user not in seen and user not in self.low and user not in self.order.chain_of
                if free and (not kinds or self.graph.items[user].kind in kinds):
                    seen.add(user)
                    ways.append([*way, user])
                    if user == goal:
                        return ways[-1]
        return []

    def _place(self, name: str) -> None:
        """Put an item after everything that it needs; what a state's line waits for follows at once."""
        if name in self.placed:
            return
        self.placed.add(name)
        needed = dict.fromkeys(filter(None, map(self.order.source_item, self.needs[name])))
        for each in sorted(needed, key=lambda item: -self._depth(item)):
            self._place(each)
        self.sequence.append(name)
        for user in self.users.get(self.order.delivers(name), ()):
            chain = self.order.chain_of.get(user)
            ready = all(self.order.source_item(s) in ("", *self.sequence) for s in self.needs[user])
            if chain is not None and chain.start and ready:
                self._place(user)

    def _chains(self) -> None:
        """Each other item of a lane goes on where the last of what it needs ended, or begins a chain."""
        order = self.order
        where = {name: k for k, name in enumerate(self.sequence)}
        through = {order.delivers(chain.items[-1]) for chain in order.chains}  # a state's line runs straight out
        for name in self.sequence:
            if name in self.low or name in order.chain_of:
                continue
            before = [s for s in self.needs[name] if s not in order.after and s not in through and self._runs(s)]
            if not before:
                self._join(Chain([name]))
                continue
            source = max(before, key=lambda s: where.get(order.source_item(s), -1))
            if source in self.states and source not in order.chain_of:
                self._join(Chain([name], start=source))
                continue
            chain = order.chain_of[order.source_item(source) or source]
            chain.items.append(name)
            order.chain_of[name] = chain
            order.after[source] = name
        for state in self.states:
            above = [name for name in self.users.get(state, ()) if name not in self.low]
            if state not in order.chain_of and (above or state in self.graph.outputs.values()):
                self._join(Chain([], start=state))

    def _runs(self, source: str) -> bool:
        """Whether a source can have a lane."""
        owner = self.order.source_item(source)
        return owner not in self.low and (owner in self.order.chain_of or source in self.states)

    def _strips(self) -> None:
        order, taken = self.order, dict[str, str]()
        for name in self.sequence:
            under = order.strips[-1] if order.strips else None
            if under is not None and under.down and len(order.strips) > 1:
                under = order.strips[-2]
            if name not in self.low and under is not None and self._stacks(name, under):
                under.high = name
                order.strip_of[name] = under
                taken[under.low] = name
            else:
                strip = Strip(low=name) if name in self.low else Strip(high=name)
                order.strip_of[name] = strip
                order.strips.append(strip)
            source = order.delivers(name)
            if any(user in self.low for user in self.users.get(source, ())):
                order.strips.append(Strip(down=source))
        for chain in order.chains:
            if not chain.start and chain.items:
                first = chain.items[0]
                owners = [order.source_item(s) for s in self.needs[first]]
                free = [o for o in owners if o in self.low and order.strip_of[o] is not order.strip_of[first]]
                chain.entry = min(free, key=lambda o: order.strips.index(order.strip_of[o]), default="")
        for owner in dict.fromkeys(map(order.source_item, self.graph.outputs.values())):
            if owner in self.low:
                self._join(Chain([], entry=owner))

    def _stacks(self, name: str, under: Strip) -> bool:
        """Whether an item can stand right over one of the bottom row: it takes its vector and nothing from below."""
        straight = under.low and not under.high and self.order.delivers(under.low) in self.needs[name]
        return bool(straight) and "x" not in self.needs[name]
