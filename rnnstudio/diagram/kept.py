"""What was made lately, by the identity of what it was made of."""

from collections.abc import Callable
from operator import is_
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """The last few results of one kind. Arrays and long tuples are neither hashed nor compared, only recognised.

    In a turn most of what a frame is made of is the same object as in the frame before (see `morph`), and so is what
    follows from it.
    """

    def __init__(self, most: int = 4) -> None:
        self._most = most
        #: Replaced and never changed, since two threads may ask at the same time.
        self._found: tuple[tuple[tuple[object, ...], tuple[object, ...], Made], ...] = ()

    def get(self, made_of: tuple[object, ...], make: Callable[[], Made], equal: tuple[object, ...] = ()) -> Made:
        """The result that was made of these very objects and of others that are ``equal``, or a new one."""
        found = self._found
        for at, entry in enumerate(found):
            known, like, made = entry
            if len(known) == len(made_of) and all(map(is_, known, made_of)) and like == equal:
                if at:
                    self._found = (entry, *found[:at], *found[at + 1 :])
                return made
        made = make()
        self._found = ((made_of, equal, made), *self._found[: self._most - 1])
        return made
