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
        for key, at in zip(layout.labels.keys, layout.labels.at, strict=True):
            self.rects[key] = np.array([at[0], at[1], 0.0, 0.0])
        for plates in (layout.plates, layout.tiles):
            for key, rect in zip(plates.keys, plates.rect, strict=True):
                self.rects[key] = rect
        self.now = layout.now

    def find(self, key: Key) -> tuple[Key, Floats] | None:
        """The key itself, or its nearest ancestor that is drawn here."""
        for candidate in (key, *ancestors(key)):
            for twin in (candidate, candidate._replace(t=self.now)):
                if twin in self.rects and (twin is candidate or candidate.t is None):
                    return twin, self.rects[twin]
        return None


def same_keys(a: tuple[Key, ...], b: tuple[Key, ...], a_now: int, b_now: int) -> tuple[list[Key], list[Key]]:
    """Both key lists with "no t" and "t = now" made one: what a view draws once is the copy of the current sample."""
    a_set, b_set = set(a), set(b)

    def alias(key: Key, others: set[Key], now: int) -> Key:
        if key not in others and key.t is None and key._replace(t=now) in others:
            return key._replace(t=now)
        return key

    return [alias(k, b_set, b_now) for k in a], [alias(k, a_set, a_now) for k in b]


def join(a: tuple[Key, ...], b: tuple[Key, ...], a_now: int, b_now: int, a_places: Mapping[Key, object]) -> Join:
    """Match two groups. Leavers come first, then b in its order, so that what stays is drawn on top."""
    a_keys, b_keys = same_keys(a, b, a_now, b_now)
    at_a = {key: k for k, key in enumerate(a_keys)}
    at_b = {key: k for k, key in enumerate(b_keys)}
    keys: list[Key] = []
    ia: list[int] = []
    ib: list[int] = []
    status: list[str] = []
    for k, key in enumerate(a_keys):
        if key not in at_b:
            keys.append(a[k])
            ia.append(k)
            ib.append(-1)
            status.append("leave")
    late: list[tuple[Key, int, int, str]] = []
    for k, key in enumerate(b_keys):
        if key in at_a:
            late.append((b[k], at_a[key], k, "stay"))
        else:
            copy = key.t is not None and key.t != b_now and (key._replace(t=None) in a_places)
            late.append((b[k], -1, k, "copy" if copy else "arrive"))
    for item in sorted(late, key=lambda item: item[3] == "stay"):
        keys.append(item[0])
        ia.append(item[1])
        ib.append(item[2])
        status.append(item[3])
    return Join(tuple(keys), np.asarray(ia, dtype=np.int64), np.asarray(ib, dtype=np.int64), tuple(status))
