"""A lesson as the text of its file, which reads back as the same lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rnnstudio.engine.limits import InputError
from rnnstudio.lessons.words import plain
from rnnstudio.lessons.written import NO_WORDS, begins_anew, titled
from rnnstudio.state.model import Document
from rnnstudio.state.written_lesson import MOST_CAPTION, MOST_LETTERS, WrittenLesson, WrittenStop

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def lesson_text(written: WrittenLesson, study: Callable[[Document], str]) -> str:
    """The text of the lesson's file.

    Parameters
    ----------
    written : WrittenLesson
        What is written.
    study : callable
        Gives the name under which a study is found from the file.

    Raises
    ------
    InputError
        There is no stop, or something is longer than a file may have it: names the stop and the key.
    """
    if not written.stops:
        raise InputError("the lesson has no stop yet; Ctrl+Shift+R records the picture as one")
    head = [
        'kind = "lesson"', _line("title", _flat(written.title) or NO_WORDS), _line("about", _flat(written.about)),
        _line("study", study(written.stops[0].study)),
    ]  # fmt: skip
    if written.summary:
        head += ["summary = [", *(f"  {_value(_flat(point))}," for point in written.summary), "]"]
    pieces = ["\n".join(head)]
    for k, stop in enumerate(written.stops):
        pieces.append("\n".join(_stop(written, k, stop, study)))
    return "\n\n".join(pieces) + "\n"


def _stop(written: WrittenLesson, k: int, stop: WrittenStop, study: Callable[[Document], str]) -> list[str]:
    text, caption = _flat(stop.text), _flat(stop.caption)
    for key, words, most in (("text", text, MOST_LETTERS), ("caption", plain(caption), MOST_CAPTION)):
        if len(words) > most:
            raise InputError(f"stop {k + 1}, key {key}: at most {most} letters fit, here are {len(words)}")
    lines = ["[[stop]]", _line("title", _flat(titled(stop, k))), _line("text", text or NO_WORDS)]
    if caption:
        lines.append(_line("caption", caption))
    before = written.stops[k - 1] if k else None
    if k and begins_anew(before, stop):
        lines.append(_line("study", study(stop.study)))
    lines += [_line(key, value) for key, value in stop.keys.items()]
    if stop.say:
        trial = {"say": stop.say} | ({"done": stop.done} if stop.done else {}) | ({"to": stop.to} if stop.to else {})
        lines.append(_line("try", trial))
    if stop.notes.strip():
        lines.append(f'notes = """\n{_long(stop.notes.strip())}\n"""')
    return lines


def _flat(words: str) -> str:
    """In one line, as it is read."""
    return " ".join(words.split())


def _line(key: str, value: Any) -> str:
    return f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return f'"{_escaped(value)}"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return "[" + ", ".join(_value(one) for one in value) + "]"


def _escaped(words: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) if sign >= " " and sign != "\x7f" else _control(sign) for sign in words)


def _control(sign: str) -> str:
    return _ESCAPES.get(sign, f"\\u{ord(sign):04x}")


def _long(words: str) -> str:
    """Lines of a long text; what would end it, or is no letter, is escaped."""
    return "\n".join(_escaped(line) for line in words.split("\n"))
