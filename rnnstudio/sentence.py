"""A sentence that remembers what it was made from, so that it can be said in another language."""

from __future__ import annotations


class Sentence(str):
    """An English text with the source text and the arguments that made it.

    Everywhere it is the English text. What shows texts to the user looks `source` up in the user's language and fills
    `arguments` in again, those that are sentences or words translated in their turn.

    Attributes
    ----------
    source : str
        The text with its arguments in braces: ``"Stop {stop} of {count}"``.
    arguments : dict of str to object
        What stands in the braces.
    """

    __slots__ = ("arguments", "source")

    source: str
    arguments: dict[str, object]

    def __new__(cls, source: str, arguments: dict[str, object]) -> Sentence:
        """Fill the arguments in; a brace without one is a KeyError."""
        made = super().__new__(cls, source.format(**arguments))
        made.source, made.arguments = source, arguments
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, dict[str, object]]]:
        """Copies, and other processes, get both as well."""
        return Sentence, (self.source, self.arguments)


def sentence(source: str, **arguments: object) -> Sentence:
    """A sentence from its source text: ``sentence("Stop {stop} of {count}", stop=3, count=9)``."""
    return Sentence(source, arguments)
