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
        self._found: list[tuple[tuple[object, ...], tuple[object, ...], Made]] = []

    def get(self, made_of: tuple[object, ...], make: Callable[[], Made], equal: tuple[object, ...] = ()) -> Made:
        """The result that was made of these very objects and of others that are ``equal``, or a new one."""
        for at, (known, like, made) in enumerate(self._found):
            if len(known) == len(made_of) and all(map(is_, known, made_of)) and like == equal:
                if at:
                    self._found.insert(0, self._found.pop(at))
                return made
        made = make()
        self._found.insert(0, (made_of, equal, made))
        del self._found[self._most :]
        return made
