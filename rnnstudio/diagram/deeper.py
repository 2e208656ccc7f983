"""The Network view when layers come and go: its marks are named after the chosen layer, and that is another one then.

So the marks of the old picture get the names that the same things have in the new one: what was y of the chosen layer
is x of the one that stands on it now.
"""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Anchor, Layout
from rnnstudio.engine.network import Network

#: Marks of a layer that name it, and those of its readout.
_OWN, _READOUT = frozenset({"W", "b", "layer", "node", "dots", "wire:state"}), frozenset({"V", "by", "readout"})
#: What a mark of a layer that is gone is called: nothing in the new picture.
_GONE = "gone:"


def rekeyed(layout: Layout, old: Network, new: Network) -> Layout | None:
    """The layout of the old network under the names of the new one; None where it cannot be told who is who.

    The layers between are those that were put on the layer that was chosen, the highest of them chosen now; or the
    chosen one and those below it went, down to the one that is chosen now.
    """
    more = len(new.layers) - len(old.layers)
    if more == 0 or new.chosen != old.chosen + more or any(_both_ways(network) for network in (old, new)):
        return None
    named = _Names(old, new, more)
    if not named.alike:
        return None
    wires = replace(
        layout.wires, keys=named.all(layout.wires.keys), start=tuple(map(named.anchor, layout.wires.start)),
        end=tuple(map(named.anchor, layout.wires.end)),
    )  # fmt: skip
    return replace(
        layout, wires=wires, plates=replace(layout.plates, keys=named.all(layout.plates.keys)),
        tiles=replace(layout.tiles, keys=named.all(layout.tiles.keys)),
        labels=replace(layout.labels, keys=named.all(layout.labels.keys)),
        edges=replace(layout.edges, keys=named.all(layout.edges.keys)),
    )  # fmt: skip


def _both_ways(network: Network) -> bool:
    return any(layer.direction == "both" for layer in network.layers)


class _Names:
    """Who is who in two networks, the second with `more` layers (less than 0: fewer)."""

    def __init__(self, old: Network, new: Network, more: int) -> None:
        self._old, self._new, self._more = old, new, more
        pairs = [(k, self.layer(k)) for k in range(len(old.layers))]
        self.alike = all(
            at is None
            or (old.layers[k].size, old.layers[k].direction) == (new.layers[at].size, new.layers[at].direction)
            for k, at in pairs
        )

    def layer(self, k: int) -> int | None:
        """Where a layer of the old network is in the new one."""
        kept = min(self._old.chosen, self._new.chosen)
        return k if k <= kept else k + self._more if k > self._old.chosen else None

    def readout(self, k: int) -> int | None:
        """Where the readout of a layer is: that of the chosen one goes with the place."""
        return self._new.chosen if k == self._old.chosen else self.layer(k)

    def of(self, key: Key) -> Key:
        """The name of a mark in the new picture."""
        what, layer = self._absolute(key)
        if layer is None:
            return key
        at = (self.readout if what in _READOUT else self.layer)(layer) if layer >= 0 else layer
        if at is None or (key.part == "edge" and self._parts(what, layer)):
            return key._replace(what=_GONE + what, layer=layer)
        return self._relative(key._replace(what=what, layer=at))

    def all(self, keys: tuple[Key, ...]) -> tuple[Key, ...]:
        """The names of some marks."""
        return tuple(map(self.of, keys))

    def anchor(self, anchor: Anchor | None) -> Anchor | None:
        """The same place on the same mark."""
        return None if anchor is None else anchor._replace(key=self.of(anchor.key))

    def _parts(self, what: str, layer: int) -> bool:
        """Whether the edges of a matrix begin at other nodes now: what stands on the place that has changed."""
        chosen = self._old.chosen
        if self._old.layers[chosen].readout:
            return (what, layer) == ("V", chosen)
        return (what, layer) == ("W", chosen + 1)

    def _absolute(self, key: Key) -> tuple[str, int | None]:
        """What it is, and of which layer: nodes "node" or "readout" (−1: the input), whoever is chosen."""
        if key.layer is not None:
            return key.what, key.layer
        chosen = self._old.chosen
        if key.what == "x":
            return self._feeds(self._old)
        if key.what in ("y", "h"):
            of_readout = key.what == "y" and self._old.layers[chosen].readout
            return ("readout", chosen) if of_readout else ("node", chosen)
        return key.what, chosen if key.what in _OWN | _READOUT else None

    def _relative(self, key: Key) -> Key:
        chosen = self._new.chosen
        if key.what in ("node", "readout") and not key.part:
            if (key.what, key.layer) == self._feeds(self._new):
                return key._replace(what="x", layer=None)
            if key.layer == chosen:
                shown = "h" if key.what == "node" and self._new.layers[chosen].readout else "y"
                return key._replace(what=shown, layer=None)
            return key
        own = key.what in ("W", "V", "b", "by") or key.part == "name"
        return key._replace(layer=None) if own and key.layer == chosen else key

    @staticmethod
    def _feeds(network: Network) -> tuple[str, int]:
        """The column that enters the chosen layer."""
        below = network.chosen - 1
        return ("readout" if below >= 0 and network.layers[below].readout else "node"), below
