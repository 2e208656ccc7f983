"""The symbols of a cell's names as math markup, and how wide mathematics is before a font measures it."""

import re

from rnnstudio.engine.ops import Program

#: Advance widths in em of the bundled mathematical face, for what is not about half an em wide.
_ADVANCE = {
    "W": 0.92, "U": 0.74, "V": 0.68, "R": 0.62, "f": 0.38, "t": 0.34, "i": 0.3, "j": 0.32, "r": 0.42, "s": 0.42,
    "c": 0.44, "n": 0.54, "x": 0.56, "y": 0.51, "z": 0.45, "g": 0.5, "o": 0.49, "a": 0.53, "1": 0.5, "(": 0.34,
    ")": 0.34, " ": 0.12, "+": 1.1, "-": 1.1, "=": 1.16, "⊙": 1.3, "σ": 0.55, ",": 0.4,
}  # fmt: skip
_SCRIPT = 0.68


def math_width(markup: str, px: float) -> float:
    """Estimated width of math markup: enough to place things beside it."""
    text = re.sub(r"<[^|<>]*\||>", "", markup)
    width = 0.0
    for script, body, word, letter in re.findall(r"([_^])\{([^}]*)\}|\\([A-Za-z]+)|(.)", text):
        if script:
            width += _SCRIPT * sum(0.6 if ch == "-" else _ADVANCE.get(ch, 0.52) for ch in body) + 0.06
        elif word:
            width += 0.48 * len(word)
        else:
            width += _ADVANCE.get(letter, 0.55)
    return width * px


def words_width(text: str, px: float) -> float:
    """Estimated width of words in the interface's face."""
    return 0.49 * px * len(text)


def when(delta: int | None, t: int) -> str:
    """The subscript of a sample ``delta`` after the playhead's; None: by its number, where nothing has begun."""
    if delta is None:
        return str(t)
    return "t" if delta == 0 else f"t{delta:+d}"


def split_name(name: str) -> tuple[str, str]:
    """Letter and subscript of a name: ``Wf`` → W, f; ``s_prev`` → s, and nothing."""
    name = name.removesuffix("_prev")
    return (name, "") if len(name) == 1 or not name[0].isalpha() else (name[0], name[1:])


def parameter(program: Program, name: str) -> str:
    """The markup of a weight matrix or bias: ``Wf`` is W with the subscript f."""
    letter, subscript = split_name(name)
    return f"<{program.role(name)}|{letter}{f'_{{{subscript}}}' if subscript else ''}>"


def value(program: Program, name: str) -> str:
    """The markup of a named value at t, of x, or of a state before the step.

    A value of one letter is that letter with t; a longer name is written as its right-hand side.
    """
    if name.endswith("_prev"):
        return f"<{program.role(name)}|{name.removesuffix('_prev')}_{{t-1}}>"
    if name == "x" or len(name) == 1:
        return f"<{program.role(name)}|{program.alias.get(name, name)}_{{t}}>"
    if name in program.inline:
        return operand(program, program.ops_of(name)[-1].id)
    letter, subscript = split_name(name)
    return f"<{program.role(name)}|{letter}_{{{subscript},t}}>"


def operand(program: Program, name: str, loose: bool = True) -> str:
    """The markup of anything an op takes, or of an op itself; in parentheses where it is a sum and not ``loose``."""
    op = next((op for op in program.ops if op.id == name), None)
    if op is None:
        if name in program.parameters:
            return parameter(program, name)
        if name not in program.inline:
            return value(program, name) if name == "x" or not _is_number(name) else name
        op = program.ops_of(name)[-1]
    if op.kind == "add":
        text = " + ".join(operand(program, arg) for arg in op.args)
        return text if loose else f"({text})"
    if op.kind == "sub":
        text = " - ".join(operand(program, arg, loose=False) for arg in op.args)
        return text if loose else f"({text})"
    if op.kind == "matmul":
        text = "".join(operand(program, arg, loose=False) for arg in op.args)
        return text if loose or op.args[1] == "x" else f"({text})"
    if op.kind == "mul":
        return " ⊙ ".join(operand(program, arg, loose=False) for arg in op.args)
    if op.kind == "negate":
        return f"-{operand(program, op.args[0], loose=False)}"
    if op.kind == "function":
        return f"{function_sign(op.symbol)}({operand(program, op.args[0])})"
    return operand(program, op.args[0])


def function_sign(symbol: str) -> str:
    """How a function is written in a formula or on its card: σ, an upright word, or the letter f."""
    if symbol == "sigmoid":
        return "σ"
    return f"<op|{symbol}>" if len(symbol) == 1 else f"\\{symbol}"


def _is_number(name: str) -> bool:
    return name[:1].isdigit() or name[:1] in "-."


def what(program: Program, name: str) -> str:
    """What the marks of a parameter are called in their keys.

    The weights and the bias of the traditional layer are ``W`` and ``b`` in all seven views, whatever the cell calls
    them, so that they stay themselves in a turn; every other parameter has its own name.
    """
    layer = program.cell.layer
    if layer is not None and name == layer.W:
        return "W"
    return "b" if layer is not None and name == layer.b else name
