"""Who a mark is: keys that live on from view to view, and the ancestors they fly out of."""

from collections.abc import Iterator
from typing import NamedTuple


class Key(NamedTuple):
    """Identity of a mark in all seven views.

    ``what`` names the thing ("x", "y", "s", "W", "cell", "axis", …), ``t`` the absolute sample (None where a view
    draws the thing once for all samples), ``i`` and ``j`` the index of one value (from 0), ``part`` a piece of it
    ("" the thing or its value, "frame", "symbol", "tab", "count", …), ``layer`` a layer other than the chosen one.
    """

    what: str
    t: int | None = None
    i: int | None = None
    j: int | None = None
    part: str = ""
    layer: int | None = None


#: The thing that holds a thing; whatever is not named here is held by the cell.
_HOLDER = {"cell": "layer", "layer": "network", "network": "", "axis": "network", "band": "network"}


def ancestors(key: Key) -> Iterator[Key]:
    """The keys a missing key may fly out of or back into, nearest first.

    ``W[t,i,j]`` → ``W[i,j]`` → ``W[t]`` → ``W`` → cell → layer → network; a part first looks for the same part of
    the thing, then for the thing itself.
    """
    seen = {key}
    for candidate in _line(key):
        if candidate not in seen:
            seen.add(candidate)
            yield candidate


def _line(key: Key) -> Iterator[Key]:
    parts = (key.part, "", "frame") if key.part else ("", "frame")
    for part in parts:
        yield key._replace(part=part)
        yield key._replace(part=part, t=None)
        if key.i is not None:
            yield key._replace(part=part, i=None, j=None)
            yield key._replace(part=part, i=None, j=None, t=None)
    holder = _HOLDER.get(key.what, "cell")
    while holder:
        yield Key(holder, key.t, layer=key.layer)
        yield Key(holder, layer=key.layer)
        holder = _HOLDER.get(holder, "")
