"""The lines of a draft: which can be read, which are at fault and where, and which wait for one that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rnnstudio.engine.equations import MOST_CHARACTERS, Equation, EquationError, Name, parse_equations
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.engine.rewriting import names_in
from rnnstudio.engine.shapes import CONCAT, Shape, infer_shapes, length, parts_of
from rnnstudio.sentence import sentence

#: The name in call position that stands for the activation of the menu.
ACTIVATION = "f"
_NAME = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*=")
_SIZE_WORDS = {"I": "inputs", "H": "units", "O": "outputs"}
_HAS = re.compile(r"(.+) has the shape \((.+)\)\Z")
_WANTED = re.compile(r"\((.+)\), the shape of (.+)\Z")
_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9.]+|\S")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a draft.

    Attributes
    ----------
    line, column : int
        Where, from 1.
    length : int
        How many letters are wrong there; 0 where something is missing.
    reason, expected : str
        What is wrong, and what would be right (empty where the reason says it).
    of_line : bool
        Whether the line itself is at fault; what is missing elsewhere (a line ``s = …``) spoils no line.
    """

    line: int
    column: int
    length: int
    reason: str
    expected: str = ""
    of_line: bool = True

    @property
    def sentence(self) -> str:
        """``line 4, column 12: found ')'; expected a name, a number or (``."""
        wanted = sentence("; expected {expected}", expected=self.expected) if self.expected else ""
        return sentence(
            "line {line}, column {column}: {reason}{wanted}",
            line=self.line,
            column=self.column,
            reason=self.reason,
            wanted=wanted,
        )


@dataclass(frozen=True)
class Read:
    """The lines of a text.

    Attributes
    ----------
    names : mapping
        Number of a line, from 1 → the name that it gives a value; blank lines have none.
    good : tuple of Equation
        The lines that stand, in their order.
    faults : tuple of Fault
        In the order of the lines.
    waiting : frozenset of int
        Lines that use what a line at fault, or another one that waits, should give.
    states : tuple of str
        The states: names with a ``NAME_prev``, s first.
    sizes : mapping
        The letters that have to be given: of x, the states, y, and what follows from nothing.
    stand_ins : tuple of Equation
        Lines that take the place of missing ones, so that the others can be computed: ``s = s_prev``.
    parameters, values : mapping
        Shapes in letters of what the good lines name and give.
    y_free : bool
        Whether the outputs can be as many as one likes (O); else they are as many as the states' values.
    """

    names: Mapping[int, str]
    good: tuple[Equation, ...] = ()
    faults: tuple[Fault, ...] = ()
    waiting: frozenset[int] = frozenset()
    states: tuple[str, ...] = ()
    sizes: Mapping[str, str] = field(default_factory=dict)
    stand_ins: tuple[Equation, ...] = ()
    parameters: Mapping[str, Shape] = field(default_factory=dict)
    values: Mapping[str, Shape] = field(default_factory=dict)
    y_free: bool = False

    @property
    def whole(self) -> bool:
        """Whether the lines make a cell."""
        return not self.faults


def _length(line: str, column: int) -> int:
    match = _TOKEN.match(line, column - 1)
    return len(match.group()) if match else 0


def _fault(error: EquationError, lines: list[str]) -> Fault:
    line = min(max(error.line, 1), len(lines))
    return Fault(line, error.column, _length(lines[line - 1], error.column), error.reason, error.expected)


def _parsed(lines: list[str]) -> tuple[dict[int, Equation], dict[int, Fault]]:
    """Each line by itself; a second line for one name, and one for what is given, is at fault."""
    equations: dict[int, Equation] = {}
    faults: dict[int, Fault] = {}
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        try:
            found = parse_equations(line)
        except EquationError as error:
            faults[number] = replace(_fault(error, [line]), line=number)
            continue
        for equation in found:
            if equation.name in seen:
                reason, wanted = sentence("{name} already has an equation above", name=equation.name), "another name"
                faults[number] = Fault(number, equation.column, len(equation.name), reason, wanted)
            else:
                seen.add(equation.name)
                equations[number] = parse_equations("\n" * (number - 1) + line)[0]
    return equations, faults


def _waiting(equations: Mapping[int, Equation], names: Mapping[int, str], bad: set[int]) -> set[int]:
    """The lines that hang on those at fault. The state before the step is given, whatever becomes of its own line."""
    missing, waiting = {names[number] for number in bad if number in names} - {"x"}, set[int]()
    given = {equation.name for number, equation in equations.items() if number not in bad}
    missing -= given
    before = -1
    while len(waiting) != before:
        before = len(waiting)
        for number, equation in equations.items():
            if number in bad or number in waiting:
                continue
            if any(name.name in missing for name in names_in(equation.expression)):
                waiting.add(number)
                missing.add(equation.name)
    return waiting


def _states(equations: Mapping[int, Equation]) -> tuple[list[str], dict[str, Name]]:
    """The names with a ``NAME_prev``, and where it first stands."""
    used: dict[str, Name] = {}
    for equation in equations.values():
        for name in names_in(equation.expression):
            state = name.name.removesuffix("_prev")
            if state not in (name.name, "x"):
                used.setdefault(state, name)
    order = [equation.name for equation in equations.values()]
    ranked = sorted(used, key=lambda state: (state != "s", order.index(state) if state in order else len(order)))
    return ranked, used


def _infer(
    equations: list[Equation], sizes: dict[str, str]
) -> tuple[dict[str, Shape], dict[str, Shape], dict[str, str]]:
    """Shapes, and the sizes with an H for what follows from nothing."""
    places = {(equation.line, equation.column): equation.name for equation in equations}
    sizes = dict(sizes)
    while True:
        try:
            parameters, values = infer_shapes(equations, sizes, frozenset({ACTIVATION}))
        except EquationError as error:
            name = places.get((error.line, error.column))
            if name is None or name in sizes:
                raise
            sizes[name] = "H"
        else:
            return parameters, values, sizes


def _missing(read_states: dict[str, Name], names: Mapping[int, str], lines: list[str]) -> list[Fault]:
    """Lines that are not there at all: of a state, of y."""
    given = set(names.values())
    faults = [
        Fault(
            name.line, name.column, len(name.name),
            sentence("{name} is {state} before the step, and no line gives {state}", name=name.name, state=state),
            sentence("a line {state} = …", state=state), of_line=False,
        )
        for state, name in read_states.items() if state not in given
    ]  # fmt: skip
    if "y" not in given:
        last = max((k for k, line in enumerate(lines, start=1) if line.strip()), default=1)
        reason = "no line gives y, which is what the cell hands out" if given else "nothing is written yet"
        faults.append(Fault(last, len(lines[last - 1]) + 1, 0, reason, "a line y = …", of_line=False))
    return faults


def _stand_ins(states: list[str], good: list[Equation]) -> list[Equation]:
    given = {equation.name for equation in good}
    found = [Equation(state, Name(f"{state}_prev")) for state in states if state not in given]
    if "y" not in given and states:
        found.append(Equation("y", Name(f"{states[0]}_prev")))
    elif "y" not in given and good:
        found.append(Equation("y", Name(good[-1].name)))
    return found


def read_lines(text: str) -> Read:
    """Read a draft's text as far as it goes.

    Parameters
    ----------
    text : str
        One equation a line.

    Returns
    -------
    Read
        With a line at fault everything that does not hang on it is there all the same.
    """
    lines = text[:MOST_CHARACTERS].split("\n")
    equations, wrong = _parsed(lines)
    names = {number: match.group(1) for number, line in enumerate(lines, start=1) if (match := _NAME.match(line))}
    states, used = _states(equations)
    missing = _missing(used, names, lines)
    while True:
        waiting = _waiting(equations, names, set(wrong))
        good = [equation for number, equation in equations.items() if number not in wrong and number not in waiting]
        extra = _stand_ins(states, good)
        sizes = {"x": "I", **{state: "H" for state in states}}
        try:
            shapes, free = _with_outputs([*good, *extra], sizes)
        except EquationError as error:
            if error.line not in equations:  # what stands in for a missing line does not fit: nothing can be computed
                shapes, free, extra = ({}, {}, sizes), False, []
                break
            wrong[error.line] = _fault(error, lines)
        else:
            break
    faults = sorted([*wrong.values(), *missing], key=lambda fault: (fault.line, fault.column))
    return Read(names, tuple(good), tuple(faults), frozenset(waiting), tuple(states), shapes[2], tuple(extra),
                shapes[0], shapes[1], free)  # fmt: skip


def _with_outputs(
    equations: list[Equation], sizes: dict[str, str]
) -> tuple[tuple[dict[str, Shape], dict[str, Shape], dict[str, str]], bool]:
    """The shapes with outputs of a number of their own where the equations leave it open, else with H."""
    try:
        return _infer(equations, {**sizes, "y": "O"}), True
    except EquationError as error:
        if any(equation.name == "y" for equation in equations):
            try:
                return _infer(equations, {**sizes, "y": "H"}), False
            except EquationError as other:
                raise (other if len(sizes) > 1 else error) from None
        raise


def callable_names() -> tuple[str, ...]:
    """Every function that a line may call."""
    return (*FUNCTIONS, CONCAT, ACTIVATION)


def in_numbers(fault: Fault, sizes: Mapping[str, int]) -> Fault:
    """A fault about sizes with numbers for the letters."""
    has, wanted = _HAS.match(fault.reason), _WANTED.match(fault.expected)
    if has is None or wanted is None:
        return fault
    texts = []
    for letter in (has.group(2), wanted.group(1)):
        words = " and ".join(_SIZE_WORDS[part] for part in sorted(parts_of(letter), reverse=True))
        texts.append(sentence("{length} values ({words})", length=length(letter, sizes), words=words))
    return replace(
        fault,
        reason=sentence(
            "{group} has {texts}, but {group2} has {texts2}",
            group=has.group(1),
            texts=texts[0],
            group2=wanted.group(2),
            texts2=texts[1],
        ),
        expected="",
    )
