"""The limits of what the program takes on, and the exception that crosses its borders."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MB = 2**20


#: Kinds of signs that end a line, turn its direction, or are not to be seen: a name in a file may hold them.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

#: Signs of a sentence, and of a word in it: longer ones are names that somebody has made up to be long.
SENTENCE, _WORD = 2_000, 400
_ENDLESS = re.compile(rf"\S{{{_WORD + 1},}}")


class InputError(ValueError):
    """Something given from outside is wrong: one sentence with what, where, and what would be right.

    Whatever names stand in it, it is one line that can be shown: signs that are not to be seen are written as escapes,
    and of what has no end the middle is left out.
    """

    def __init__(self, sentence: str) -> None:
        if not sentence.isprintable():
            sentence = "".join(map(_seen, sentence))
        super().__init__(_cut(_ENDLESS.sub(lambda word: _cut(word[0], _WORD), sentence), SENTENCE))


def _cut(text: str, most: int) -> str:
    """The text, or as much of its beginning and end as fits."""
    return text if len(text) <= most else f"{text[: most // 2]} … {text[3 - most // 2 :]}"


def _seen(sign: str) -> str:
    return ascii(sign)[1:-1] if unicodedata.category(sign) in _UNSEEN else sign


def shown(value: object, most: int = 40) -> str:
    """A value from outside as it can stand in a sentence: cut where it is long, whatever its depth or digits."""
    try:
        text = ascii(value)
    except (ValueError, RecursionError):
        return f"a value ({type(value).__name__}) beyond all measure"
    return text if len(text) <= most else f"{text[:most]}..."


@dataclass(frozen=True)
class Limits:
    """Upper bounds; everything that refuses an input reads them here.

    Attributes
    ----------
    state_size : int
        Units of one layer (H).
    features : int
        Inputs (I) and outputs (O), each.
    steps : int
        Samples of a sequence (T).
    layers : int
        Layers of a network.
    parameters : int
        Numbers in all parameters of a network together.
    file_bytes : int
        Size of a file that is read.
    numbers : int
        Numbers in all arrays of a file together: as many as a file of the largest size holds in full precision.
    clipboard_cells : int
        Table cells that are pasted at once.
    words : int
        Different tokens of a text.
    text_bytes : int
        Length of a cell file, and of any other text inside a study.
    trace_bytes : int
        Above this a trace keeps states and gates and derives the rest.
    run_bytes : int
        A run that would need more is refused before it starts.
    """

    state_size: int = 1_024
    features: int = 4_096
    steps: int = 20_000
    layers: int = 8
    parameters: int = 8_000_000
    file_bytes: int = 128 * MB
    numbers: int = 16 * MB
    clipboard_cells: int = 10_000
    words: int = 4_096
    text_bytes: int = 64 * 1_024
    trace_bytes: int = 256 * MB
    run_bytes: int = 1_024 * MB


LIMITS = Limits()


def _at_most(what: str, found: int, limit: int, least: int = 1) -> None:
    if found < least:
        raise InputError(f"{what}: {found:,} is too few; at least {least:,} is needed, at most {limit:,} fit")
    if found > limit:
        raise InputError(f"{what}: {found:,} is over the limit of {limit:,}; at most {limit:,} fit")


def check_state_size(size: int) -> None:
    """Refuse a state size H outside 1 to ``LIMITS.state_size``."""
    _at_most("state size", size, LIMITS.state_size)


def check_features(count: int, what: str = "inputs") -> None:
    """Refuse a number of inputs or outputs outside 1 to ``LIMITS.features``; `what` names which."""
    _at_most(what, count, LIMITS.features)


def check_steps(count: int) -> None:
    """Refuse a sequence of T steps outside 1 to ``LIMITS.steps``."""
    _at_most("steps of the sequence", count, LIMITS.steps)


def check_layers(count: int) -> None:
    """Refuse a number of layers outside 1 to ``LIMITS.layers``."""
    _at_most("layers of the network", count, LIMITS.layers)


def check_parameters(count: int) -> None:
    """Refuse more numbers in a network's parameters than ``LIMITS.parameters``."""
    _at_most("parameters of the network", count, LIMITS.parameters, least=0)


def check_file_bytes(count: int, path: str) -> None:
    """Refuse a file of `count` bytes that is larger than ``LIMITS.file_bytes``."""
    if count > LIMITS.file_bytes:
        raise InputError(
            f"{path}: {count / MB:,.1f} MB is over the limit for a file, {LIMITS.file_bytes // MB} MB; "
            f"a part of up to {LIMITS.file_bytes // MB} MB fits"
        )


def check_numbers(count: int, where: str) -> None:
    """Refuse a file (`where` names it) of more than ``LIMITS.numbers`` numbers in its arrays."""
    _at_most(f"{where}: numbers in its arrays", count, LIMITS.numbers, least=0)


def check_clipboard_cells(count: int) -> None:
    """Refuse a pasted table of more than ``LIMITS.clipboard_cells`` cells."""
    _at_most("cells of the clipboard", count, LIMITS.clipboard_cells)


def check_words(count: int) -> None:
    """Refuse a vocabulary of more than ``LIMITS.words`` tokens."""
    _at_most("different tokens of the text", count, LIMITS.words)


def check_text_bytes(count: int, what: str) -> None:
    """Refuse a text (`what` names it) of more than ``LIMITS.text_bytes`` bytes."""
    _at_most(f"bytes of {what}", count, LIMITS.text_bytes, least=0)


def check_run_bytes(count: int, steps: int) -> None:
    """Refuse a run over `steps` samples that would need `count` bytes, more than ``LIMITS.run_bytes``."""
    if count > LIMITS.run_bytes:
        fits = max(1, steps * LIMITS.run_bytes // count)
        raise InputError(
            f"this run of {steps:,} steps would need {count / MB:,.0f} MB, over the limit of "
            f"{LIMITS.run_bytes // MB:,} MB; about {fits:,} steps fit"
        )
