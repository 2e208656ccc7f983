"""What would mend a draft: the evident changes of a text, each tried before it is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from rnnstudio.sentence import sentence
from rnnstudio.state.draft_lines import ACTIVATION, Fault, Read, callable_names, read_lines

_NAMES = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: Signs that are no signs of the language, and what is written instead.
_SIGNS = {
    "×": "*", "⊙": "*", "·": "*", "∘": "*", "•": "@", "σ": "sigmoid", "–": "-", "—": "-", "[": "(", "]": ")",
    "{": "(", "}": ")", "²": "",
}  # fmt: skip
_NEAR = 0.6


@dataclass(frozen=True)
class Fix:
    """A change that mends a fault: the words of its button, and the text as it is then."""

    words: str
    text: str


def fix_of(text: str, read: Read, fault: Fault) -> Fix | None:
    """The first of the evident changes after which the fault is gone and no other one has come.

    Parameters
    ----------
    text : str
        The draft's text.
    read : Read
        What was read in it.
    fault : Fault
        One of `read`'s.
    """
    for fix in _candidates(text, read, fault):
        if fix.text != text and _mends(read, fault, read_lines(fix.text)):
            return fix
    return None


def _mends(before: Read, fault: Fault, after: Read) -> bool:
    gone = all((f.reason, f.expected) != (fault.reason, fault.expected) for f in after.faults)
    rest = next((f for f in after.faults if f.line == fault.line and f.of_line), None)
    later = fault.of_line and rest is not None and rest.column > fault.column  # the line is right as far as that now
    return gone and (len(after.faults) < len(before.faults) or (later and len(after.faults) == len(before.faults)))


def _with(text: str, line: int, start: int, length: int, new: str) -> str:
    lines = text.split("\n")
    old = lines[line - 1]
    lines[line - 1] = old[: start - 1] + new + old[start - 1 + length :]
    return "\n".join(lines)


def _added(text: str, line: str, before: str = "") -> str:
    """The text with one more line, in front of the one that gives ``before``, else at the end."""
    lines = text.rstrip("\n").split("\n") if text.strip() else []
    at = next((k for k, old in enumerate(lines) if before and old.split("=")[0].strip() == before), len(lines))
    return "\n".join([*lines[:at], line, *lines[at:]])


def _candidates(text: str, read: Read, fault: Fault) -> Iterator[Fix]:
    if fault.of_line:
        yield from _signs(text, fault)
        yield from _near_names(text, read, fault)
        yield from _own_matrix(text, fault)
        yield from _moved(text, read, fault)
    else:
        yield from _missing_lines(text, read, fault)


def _missing_lines(text: str, read: Read, fault: Fault) -> Iterator[Fix]:
    """A line for what no line gives: a state, y."""
    given = list(dict.fromkeys(read.names.values()))
    if fault.length:
        yield from _near_names(text, read, fault)
        state = text.split("\n")[fault.line - 1][fault.column - 1 :][: fault.length].removesuffix("_prev")
        for line in [f"{state} = y"] if "y" in given else []:
            yield Fix(sentence("Add {line}", line=line), _added(text, line))
        line = f"{state} = tanh(W @ x + U @ {state}_prev + b)"
        yield Fix(sentence("Add {state} = tanh(…)", state=state), _added(text, line, "y"))
    elif not given:
        yield Fix("Write a simple cell", "s = tanh(W @ x + U @ s_prev + b)\ny = s")
    else:
        last = "s" if "s" in given else given[-1]
        yield Fix(sentence("Add y = {last}", last=last), _added(text, f"y = {last}"))


def _signs(text: str, fault: Fault) -> Iterator[Fix]:
    """A sign for a foreign one, a missing one, one for another."""
    line = text.split("\n")[fault.line - 1]
    at = fault.column - 1
    found = line[at : at + 1]
    if found in _SIGNS:
        new = _SIGNS[found]
        yield Fix(
            sentence("Write {new}", new=new) if new else sentence("Take {found} out", found=found),
            _with(text, fault.line, fault.column, 1, new),
        )
    if line.count("(") > line.count(")"):
        yield Fix(
            "Add )", _with(text, fault.line, len(line.rstrip()) + 1, 0, ")" * (line.count("(") - line.count(")")))
        )
    if found == ")" and line.count(")") > line.count("("):
        yield Fix("Take ) out", _with(text, fault.line, fault.column, 1, ""))
    if found in (":", "="):
        yield Fix(sentence("Take {found} out", found=found), _with(text, fault.line, fault.column, 1, ""))
    before = _NAMES.findall(line[:at])
    if before and _NAMES.match(line[at:]) and line[:at].endswith(" "):
        sign = "@" if before[-1][:1].isupper() else "*"
        yield Fix(
            sentence("Write {before} {sign} {word}", before=before[-1], sign=sign, word=_word(line, at)),
            _with(text, fault.line, fault.column, 0, f"{sign} "),
        )
    for match in re.finditer(r"\b([A-Z][A-Za-z0-9_]*)( *)\*", line):
        start = match.end() - 1
        yield Fix(sentence("Write {group} @", group=match.group(1)), _with(text, fault.line, start + 1, 1, "@"))
    if found == "@":
        swap = re.compile(r"([A-Za-z_]\w*) *@ *([A-Z]\w*)")
        for match in swap.finditer(line):
            new = f"{match.group(2)} @ {match.group(1)}"
            yield Fix(
                sentence("Write {new}", new=new),
                _with(text, fault.line, match.start() + 1, match.end() - match.start(), new),
            )


def _word(line: str, at: int) -> str:
    match = _NAMES.match(line[at:])
    return match.group() if match else ""


def _near_names(text: str, read: Read, fault: Fault) -> Iterator[Fix]:
    """A known name instead of one that is nearly it."""
    line = text.split("\n")[fault.line - 1]
    at = fault.column - 1
    matrix = re.match(r"[A-Za-z_]\w* *@ *", line[at:])
    if matrix is not None:  # a matrix may have any name; what it is multiplied with has none of a known size
        at += matrix.end()
    word = _word(line, at)
    if not word:
        return
    called = line[at + len(word) :].lstrip().startswith("(")
    before = [f"{name}_prev" for name in read.names.values()]
    known = callable_names() if called else ("x", *read.names.values(), *before, *(f"{s}_prev" for s in ("s", "c")))
    others = [name for name in dict.fromkeys(known) if name not in (word, ACTIVATION)]
    if word.endswith("_prev"):  # a state of one letter is no misspelling of another one
        others = [name for name in others if name.endswith("_prev") and min(len(name), len(word)) > len("x_prev")]
    for name in get_close_matches(word, others, 3, _NEAR):
        yield Fix(sentence("Write {name}", name=name), _with(text, fault.line, at + 1, len(word), name))


def _own_matrix(text: str, fault: Fault) -> Iterator[Fix]:
    """A matrix of its own for what is multiplied with one that is for something else."""
    line = text.split("\n")[fault.line - 1]
    match = re.search(r"([A-Za-z_]\w*)( *@ *)$", line[: fault.column - 1].rstrip("("))
    if match is None:
        return
    taken = set(_NAMES.findall(text))
    letter = "W" if _word(line, fault.column - 1) == "x" else "U"
    index = match.group(1)[1:]
    names = (f"{letter}{index}", *(f"{letter}{index}{k}" for k in range(2, 9)))
    new = next((name for name in names if name not in taken), "")
    if new:
        words = sentence("Write {new} @ {value}", new=new, value=_word(line, fault.column - 1) or '…')
        yield Fix(words, _with(text, fault.line, match.start() + 1, len(match.group(1)), new))


def _moved(text: str, read: Read, fault: Fault) -> Iterator[Fix]:
    """The line that gives a value in front of the one that uses it."""
    lines = text.split("\n")
    word = _word(lines[fault.line - 1], fault.column - 1)
    source = next((number for number, name in read.names.items() if name == word and number > fault.line), None)
    if source is None:
        return
    row = lines.pop(source - 1)
    lines.insert(fault.line - 1, row)
    yield Fix(sentence("Put line {value} in front", value=source), "\n".join(lines))
