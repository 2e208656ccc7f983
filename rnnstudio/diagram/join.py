"""Who becomes whom in a turn: marks matched by key, missing ones by their nearest ancestor."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnstudio.diagram.keys import Key, ancestors
from rnnstudio.diagram.layout import Floats, Ints, Layout


@dataclass(frozen=True, eq=False)
class Join:
    """The union of one group's keys: index in a and in b (−1: not there) and what happens to each mark."""

    keys: tuple[Key, ...]
    in_a: Ints
    in_b: Ints
    status: tuple[str, ...]


class Places:
    """Rectangles of a layout by key, to look up ancestors in."""

    def __init__(self, layout: Layout) -> None:
        self.rects: dict[Key, Floats] = {}
        points = np.zeros((len(layout.labels.keys), 4))
        points[:, :2] = layout.labels.at
        self.rects.update(zip(layout.labels.keys, points, strict=True))
        self.rects.update(zip(layout.plates.keys, layout.plates.rect, strict=True))
        self.rects.update(zip(layout.tiles.keys, layout.tiles.rect, strict=True))
        self.now = layout.now
        #: What is drawn value by value; of anything else a value has the ancestors of its thing.
        self._by_value = {(key.what, key.part) for key in self.rects if key.i is not None}
        self._things: dict[Key, tuple[Key, Floats] | None] = {}

    def find(self, key: Key) -> tuple[Key, Floats] | None:
        """The key itself, or its nearest ancestor that is drawn here."""
        found = self._drawn(key)
        if found is not None or key.i is None:
            return found if found is not None else self._nearest(key)
        what, t, i, j, part, layer = key
        thing = Key(what, t, None, None, part, layer)
        if part or (what, "frame") in self._by_value:
            return self._walk(key)
        if (what, part) in self._by_value and t is not None:
            found = self._drawn(Key(what, None, i, j, part, layer))
        return found if found is not None else self._nearest(thing)

    def _nearest(self, thing: Key) -> tuple[Key, Floats] | None:
        if thing not in self._things:
            self._things[thing] = self._walk(thing)
        return self._things[thing]

    def _walk(self, key: Key) -> tuple[Key, Floats] | None:
        return next((found for each in (key, *ancestors(key)) if (found := self._drawn(each)) is not None), None)

    def _drawn(self, key: Key) -> tuple[Key, Floats] | None:
        rect = self.rects.get(key)
        if rect is not None:
            return key, rect
        if key.t is None:
            twin = at_sample(key, self.now)
            rect = self.rects.get(twin)
            if rect is not None:
                return twin, rect
        return None


def at_sample(key: Key, t: int | None) -> Key:
    """The same key at another sample (what `_replace` does, at a fifth of its time)."""
    return Key(key[0], t, key[2], key[3], key[4], key[5])


def same_keys(a: tuple[Key, ...], b: tuple[Key, ...], a_now: int, b_now: int) -> tuple[list[Key], list[Key]]:
    """Both key lists with "no t" and "t = now" made one: what a view draws once is the copy of the current sample."""
    a_set, b_set = set(a), set(b)

    def aliases(keys: tuple[Key, ...], others: set[Key], now: int) -> list[Key]:
        return [
            twin if key[1] is None and key not in others and (twin := at_sample(key, now)) in others else key
            for key in keys
        ]

    return aliases(a, b_set, b_now), aliases(b, a_set, a_now)


def join(a: tuple[Key, ...], b: tuple[Key, ...], a_now: int, b_now: int, a_places: Mapping[Key, object]) -> Join:
    """Match two groups. Leavers come first, then b in its order, so that what stays is drawn on top."""
    a_keys, b_keys = same_keys(a, b, a_now, b_now)
    at_a = {key: k for k, key in enumerate(a_keys)}
    b_set = set(b_keys)
    leave = [k for k, key in enumerate(a_keys) if key not in b_set]
    new: list[int] = []
    stay: list[int] = []
    status = ["leave"] * len(leave)
    for k, key in enumerate(b_keys):
        if key in at_a:
            stay.append(k)
            continue
        copy = key[1] is not None and key[1] != b_now and at_sample(key, None) in a_places
        new.append(k)
        status.append("copy" if copy else "arrive")
    status += ["stay"] * len(stay)
    return Join(
        keys=(*(a[k] for k in leave), *(b[k] for k in new), *(b[k] for k in stay)),
        in_a=np.asarray([*leave, *(-1 for _ in new), *(at_a[b_keys[k]] for k in stay)], dtype=np.int64),
        in_b=np.asarray([*(-1 for _ in leave), *new, *stay], dtype=np.int64),
        status=tuple(status),
    )
