"""The lanes over the gates of a cell: which line of items runs in which, and between which the other wires turn."""

from __future__ import annotations

import math

from rnnstudio.diagram.views.cell_order import Chain
from rnnstudio.diagram.views.cell_strips import Room

#: The lane at the height of the gates' vectors, right of them.
VECTORS = 99
_NEW_LANE = 2.5
#: What a wire is reckoned to cost that comes up beside the one that rises from right under.
_BESIDE_RISER = 0.6
Interval = tuple[float, float]


class Lanes:
    """A lane for each chain, and a gap between lanes for each net that no lane carries.

    Attributes
    ----------
    count : int
        Lanes over the gates' vectors, 0 the uppermost.
    gaps : dict of str to tuple of int
        Source → the gap in which its further wires run (k lies over lane k, ``count`` over the vectors), and the
        track in it.
    tracks : list of int
        Tracks in each gap.
    """

    def __init__(self, room: Room) -> None:
        self.room, self.order = room, room.order
        self.count = 0
        self.users: dict[str, list[str]] = {}
        for link in room.graph.links:
            if not link.tap and not self.order.is_low(link.target):
                users = self.users.setdefault(link.source, [])
                if link.target not in users:
                    users.append(link.target)
        self.leaving = set(room.graph.outputs.values())
        self._choose()
        self.gaps: dict[str, tuple[int, int]] = {}
        self.tracks = [0] * (self.count + 1)
        self._turn()

    def x(self, item: str) -> float:
        """Where an item stands."""
        return self.order.strip_of[item].x

    def interval(self, chain: Chain) -> Interval:
        """From where to where a chain needs its lane."""
        order, margin = self.order, 8 * self.room.unit
        if not chain.items:
            left = -math.inf if chain.start else self.x(chain.entry)
            source = chain.start or order.delivers(chain.entry)
            right = left if chain.start else left + self.room.sizes.inner.w
        else:
            first, last = order.strip_of[chain.items[0]], order.strip_of[chain.items[-1]]
            left = -math.inf if chain.start else self.x(chain.entry) if chain.entry else first.x - first.left - margin
            source, right = order.delivers(chain.items[-1]), last.x + self.room.exit(chain.items[-1]) + margin
        right = max(
            right, *map(self.x, self.users.get(source, ())), *(s.x for s in order.strips if s.down == source), 0
        )
        return left, math.inf if source in self.leaving else right

    def level(self, lane: int) -> float:
        """Height of a lane in lanes from the top."""
        return float(min(lane, self.count))

    def _choose(self) -> None:
        chains = self.order.chains
        intervals = {id(chain): self.interval(chain) for chain in chains}
        done: list[Chain] = []
        for chain in chains:
            if chain.start:
                chain.lane, self.count = self.count, self.count + 1
                done.append(chain)
        rest = [chain for chain in chains if not chain.start]
        for sweep in range(2):
            for chain in rest:
                others = [each for each in (done if not sweep else chains) if each is not chain]
                self._settle(chain, others, intervals, new=not sweep)
                if not sweep:
                    done.append(chain)
        self._close_up()

    def _settle(self, chain: Chain, others: list[Chain], intervals: dict[int, Interval], *, new: bool) -> None:
        left, right = intervals[id(chain)]
        best: tuple[float, int] | None = None
        for lane in (*range(self.count), VECTORS, *([self.count] if new else [])):
            if lane == VECTORS and not self._beside_vectors(chain, left, right):
                continue
            if any(o.lane == lane and intervals[id(o)][0] < right and left < intervals[id(o)][1] for o in others):
                continue
            if not self._reached(chain, lane, others):
                continue
            cost = self._cost(chain, lane, others) + (_NEW_LANE if lane == self.count else 0.0)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, lane)
        if best is None:  # what would come in at the left comes in from above or below
            chain.entry = "" if chain.items else chain.entry
            best = (0.0, self.count)
        chain.lane = best[1]
        if chain.lane == self.count:
            self.count += 1

    def _reached(self, chain: Chain, lane: int, others: list[Chain]) -> bool:
        """Whether the vector that enters at the left can rise to a lane past the item right over it."""
        over = self.order.strip_of[chain.entry].high if chain.entry else ""
        if not over or lane == VECTORS:
            return True
        above = next((other for other in others if over in other.items), None)
        return above is None or lane > above.lane

    def _beside_vectors(self, chain: Chain, left: float, right: float) -> bool:
        if any(self.order.strip_of[name].low for name in chain.items):
            return False
        others = [strip.x for strip in self.order.strips if strip.low not in ("", chain.entry)]
        return not any(left - 1 < x <= right for x in others)

    def _cost(self, chain: Chain, lane: int, others: list[Chain]) -> float:
        """Height that the wires of a chain climb when it has a lane."""
        level, order = self.level(lane), self.order
        done = {id(other) for other in others}
        cost = 0.5 * abs(level - self.count) if chain.entry else 0.0
        for name in chain.items:
            source = order.delivers(name)
            for link in self.room.graph.links:
                if link.target == name and order.after.get(link.source) != name:
                    owner = order.source_item(link.source)
                    if owner and order.is_low(owner):
                        beside = lane == VECTORS and owner != chain.entry
                        cost += 2.0 if beside else 0.0 if owner == chain.entry else abs(level - self.count)
                    else:
                        at = order.chain_of.get(owner or link.source)
                        cost += abs(level - self.level(at.lane)) if at is not None and id(at) in done else 0.0
            for user in self.users.get(source, ()):
                at = order.chain_of.get(user)
                if at is not None and at is not chain and id(at) in done:
                    cost += abs(level - self.level(at.lane)) + (0.5 if at.lane == lane else 0.0)
        return cost

    def _close_up(self) -> None:
        used = sorted({chain.lane for chain in self.order.chains if chain.lane != VECTORS})
        for chain in self.order.chains:
            chain.lane = used.index(chain.lane) if chain.lane != VECTORS else VECTORS
        self.count = len(used)

    def own_end(self, source: str) -> float:
        """Up to where the lane of a source carries it: the next item of the chain, or as far as it is wanted."""
        after = self.order.after.get(source)
        return math.inf if after is None else self.x(after) - self.room.size[after][0] / 2

    def is_straight(self, source: str, user: str) -> bool:
        """Whether a vector reaches an item without a track of its own."""
        order, owner = self.order, self.order.source_item(source)
        if order.after.get(source) == user:
            return True
        if not owner or not order.is_low(owner):
            same = order.chain_of[owner or source].lane == order.chain_of[user].lane
            return self.x(user) < self.own_end(source) and not same
        if order.strip_of[user] is order.strip_of[owner]:
            return True
        return self.by_entry(owner, user) is not None

    def by_entry(self, low: str, user: str) -> Chain | None:
        """The chain whose first stretch, from an item of the bottom row, also passes another item's place."""
        for chain in self.order.chains:
            if chain.entry != low:
                continue
            if chain.items and chain.items[0] == user:
                return chain
            end = self.x(chain.items[0]) - self.room.size[chain.items[0]][0] / 2 if chain.items else math.inf
            if self.x(low) < self.x(user) < end and self.order.chain_of[user].lane != chain.lane:
                return chain
        return None

    def _turn(self) -> None:
        wanted: dict[int, list[tuple[float, float, str]]] = {}
        for source, users in self.users.items():
            if source == "x":
                continue
            far = [user for user in users if not self.is_straight(source, user)]
            leaves = source in self.leaving and not self.leaves_straight(source)
            if far or leaves:
                gap = self._gap(source, far)
                owner = self.order.source_item(source)
                left = self.x(owner) if owner else -math.inf
                right = math.inf if leaves else max(map(self.x, far))
                wanted.setdefault(gap, []).append((left, right, source))
        for source in self.leaving - set(self.users) - {"x"}:
            if not self.leaves_straight(source):
                wanted.setdefault(0, []).append((self.x(self.order.source_item(source)), math.inf, source))
        for gap, nets in wanted.items():
            ends: list[float] = []
            for left, right, source in sorted(nets):
                track = next((k for k, end in enumerate(ends) if end < left), len(ends))
                ends[track : track + 1] = [right + 24 * self.room.unit]
                self.gaps[source] = (gap, track)
            self.tracks[gap] = len(ends)

    def leaves_straight(self, source: str) -> bool:
        """Whether a source goes out to the right without a track of its own."""
        owner = self.order.source_item(source)
        if owner and self.order.is_low(owner):
            return any(chain.entry == owner and not chain.items for chain in self.order.chains)
        return source not in self.order.after

    def _gap(self, source: str, far: list[str]) -> int:
        order, owner = self.order, self.order.source_item(source)
        lows = bool(owner) and order.is_low(owner)
        own = float(self.count) if lows else self.level(order.chain_of[owner or source].lane)
        over = order.strip_of[owner].high if lows else ""
        first = 1 + order.chain_of[over].lane if over else 0

        def cost(gap: int) -> tuple[float, int]:
            height = gap - 0.5
            climbs = abs(own - height)
            for user in far:
                level = self.level(order.chain_of[user].lane)
                climbs += abs(level - height)
                climbs += _BESIDE_RISER if order.strip_of[user].low and height > level else 0.0
            return climbs + (0.2 if gap == 0 else 0.0), -gap

        return min(range(min(first, self.count), self.count + 1), key=cost)
