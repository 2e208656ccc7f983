"""A sentence that remembers what it was made from, so that it can be said in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Verbatim(str):
    """Words that are the user's own (a token, the name of a file): they are written as they are."""

    __slots__ = ()


class Sentence(str):
    """An English text with the source text and the arguments that made it.

    Everywhere it is the English text. What shows texts to the user looks `source` up in the user's language and fills
    `arguments` in again, those that are sentences or words translated in their turn.

    Attributes
    ----------
    source : str
        The text with its arguments in braces: ``"Stop {stop} of {count}"``.
    arguments : dict of str to object
        What stands in the braces. Without any, braces are mathematics.
    finish : tuple of functions from str to str
        What is done to the filled-in text of any language, as writing its letters in another notation.
    """

    __slots__ = ("arguments", "finish", "source")

    source: str
    arguments: dict[str, object]
    finish: tuple[Callable[[str], str], ...]

    def __new__(
        cls, source: str, arguments: dict[str, object], finish: tuple[Callable[[str], str], ...] = ()
    ) -> Sentence:
        """Fill the arguments in; a brace without one is a KeyError."""
        text = source.format(**arguments) if arguments else source
        for function in finish:
            text = function(text)
        made = super().__new__(cls, text)
        made.source, made.arguments, made.finish = source, arguments, finish
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[object, ...]]:
        """Copies, and other processes, get all three as well."""
        return Sentence, (self.source, self.arguments, self.finish)


def finished(text: str, function: Callable[[str], str]) -> str:
    """A text on which a function is used in whatever language it is said; words of the user's own stay such."""
    if isinstance(text, Verbatim):
        return Verbatim(function(text))
    if isinstance(text, Sentence):
        return Sentence(text.source, text.arguments, (*text.finish, function))
    return Sentence(text, {}, (function,))


def sentence(source: str, **arguments: object) -> Sentence:
    """A sentence from its source text: ``sentence("Stop {stop} of {count}", stop=3, count=9)``."""
    return Sentence(source, arguments)


def joined(between: str, parts: Iterable[str]) -> str:
    """Texts one after the other, each of them said in the user's language: ``between.join(parts)``."""
    said = tuple(parts)
    names = [f"part{k}" for k in range(len(said))]
    source = "{between}".join("{" + name + "}" for name in names)
    return Sentence(source, {**dict(zip(names, said, strict=True)), "between": between})
