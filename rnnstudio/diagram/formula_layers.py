"""Pages of the views that show more, or less, than one equation: a node of Layer, R as a whole, a layer of Network."""

from dataclasses import replace

from rnnstudio.diagram.equation_groups import Group, group_of, written_out
from rnnstudio.diagram.formula import Page, Piece, Zone
from rnnstudio.diagram.formula_pages import LONGEST_FORMULA, Equation, current, page, plain, room, rows_zone
from rnnstudio.diagram.formula_sizes import Bar, line_width, rows_of, zone_width
from rnnstudio.diagram.formula_terms import Line, Numbers, Sheet, inner, stages, written
from rnnstudio.diagram.notation import Notation
from rnnstudio.diagram.symbols import Writing, coloured
from rnnstudio.engine.network import Network
from rnnstudio.engine.ops import Op, Program

#: Lines y_1, y_2, … that stand below each other.
LINES = 3
#: A cell of more products is no longer written out as one formula: R stands for it.
MOST_PRODUCTS = 2


def node_page(sheet: Sheet, bar: Bar, unit: int) -> Page:
    """A node of the Layer view: y_i = f(Σ_j W_ij x_j), among its neighbours."""
    program = sheet.program
    group = group_of(program, program.handed)
    if group is None:
        raise ValueError(f"the cell {program.cell.name} hands nothing out")
    size = sheet.size(group.root)
    unit = min(max(unit, 0), size - 1)
    first = min(max(unit - LINES // 2, 0), max(size - LINES, 0))
    shown = range(first, min(first + LINES, size))
    lines = tuple((_node_formula(sheet, group, i, unit),) for i in shown)
    formula = Zone("FORMULA", lines, current_line=unit - first)
    links = stages(program, group.root, written_out(program, group.root))
    numbers = Numbers(sheet, group.root, written_out(program, group.root), unit)
    result = Equation(sheet, bar, group).result(unit)
    rows = [numbers.link(link, link) for link in (links[:1] if len(links) == 1 else [links[0], links[-1]])]
    return page(group.main, formula, rows_zone(rows, unit, room(bar, formula, result), bar), result, bar)


def _node_formula(sheet: Sheet, group: Group, i: int, unit: int) -> Piece:
    """``y_2 = f(Σ_j W_{2,j} x_j + b_2)``: each matrix of a row is a sum over its columns."""
    writing, program = sheet.writing, sheet.program

    def term(arg: str) -> str:
        op = program.producer(arg)
        if op is None or (":" not in arg and arg not in written_out(program, group.root)):
            return writing.symbol(arg, i)
        if op.kind == "matmul":
            matrix = _with_column(writing.symbol(op.args[0], i))
            other = _with_column(writing.symbol(op.args[1]))
            return f"Σ_j {other} {matrix}" if writing.notation.rows else f"Σ_j {matrix} {other}"
        return form(op)

    def form(op: Op) -> str:
        if op.kind == "function":
            return f"{writing.function(op)}({term(op.args[0])})"
        return f" {op.symbol} ".join(term(arg) for arg in op.args)

    op = program.producer(group.root)
    right = "" if op is None else form(op)
    text = f"{writing.symbol(group.main, i)} = {right}"
    return Piece("math", text, level=1.0 if i == unit else 0.5, small=True)


def _with_column(symbol: str) -> str:
    """The symbol with an index j added to those it has."""
    inside = symbol.removesuffix(">")
    return (inside.removesuffix("}") + ",j}>") if inside.endswith("}") else f"{inside}_j>"


def cell_page(sheet: Sheet, bar: Bar) -> Page:
    """R as a whole: (y_t, s_t) = R(x_t, W_t, s_{t−1}, U_t), and where it is short, all that R does."""
    program, writing = sheet.program, sheet.writing
    results = _results(program)
    names = ["y", *[name for name in program.states if name != "y"]]
    left, right = ", ".join(writing.symbol(name) for name in names), _call(sheet)
    formula = Zone("FORMULA", ((written(f"({left}) = {right}"),),))
    vectors = [_result(sheet, bar, group) for group in results]
    lit = current(sheet, results[-1].main)
    result = Zone("RESULT", (tuple(piece for line in vectors for piece in line),), "", lit)
    two = tuple((replace(written(text), small=True),) for text in (f"({left})", f"= {right}"))
    narrow = replace(formula, lines=two)
    if zone_width(formula, bar) > LONGEST_FORMULA * bar.width:
        formula = narrow
    inside = _inside(sheet, bar, results[0], formula, result)
    if inside is None:
        inside = _inside(sheet, bar, results[0], narrow, result)
        formula = narrow if inside is not None else formula
    line, note, rounds = inside or (_entering(sheet, bar, room(bar, formula, result)), "what enters", False)
    numbers = Zone("WITH NUMBERS", (tuple(line),), note)
    if line_width(line, bar) > room(bar, formula, result):  # the second run's results stand in the picture too
        result = replace(result, lines=(tuple(replace(piece, ghost=None) for piece in result.lines[0]),))
    return page("cell", formula, numbers, replace(result, rounded=rounds), bar)


def _result(sheet: Sheet, bar: Bar, group: Group) -> Line:
    """``y_t = s_t = [ ]``, or one value of a vector that is too long."""
    vector = sheet.vector(group.main)
    if vector.rows > bar.most_rows:
        unit = min(sheet.unit, vector.rows - 1)
        symbols = " = ".join(sheet.writing.symbol(name, unit) for name in reversed(group.names))
        return [written(f"   {symbols} = {sheet.number(group.main, unit)}")]
    symbols = " = ".join(sheet.writing.symbol(name) for name in reversed(group.names))
    gap = "" if sheet.program.states and group.main == sheet.program.states[0] else "   "
    return [written(f"{gap}{symbols} ="), vector]


def _results(program: Program) -> list[Group]:
    """The vectors that leave R, the state first."""
    found: list[Group] = []
    for name in (*program.states, program.handed, "y"):
        group = group_of(program, name)
        if group is not None and group not in found:
            found.append(group)
    return found


def _call(sheet: Sheet, numbers: bool = False) -> str:
    """``R(x_t, W_t, s_{t−1}, U_t)``: every family of parameters once."""
    program, writing = sheet.program, sheet.writing
    families = {role: [n for n in program.parameters if len(program.parameters[n]) > 1 and program.role(n) == role]
                for role in ("W", "U", "V")}  # fmt: skip
    time = writing.symbol("x").removeprefix("<x|x").removesuffix(">")
    stack = {role: "0" if writing.nought.issuperset(names) else coloured(role, role + time)
             for role, names in families.items() if names}  # fmt: skip
    parts = [writing.symbol("x"), stack.get("W", "")]
    parts += [writing.symbol(f"{state}_prev") for state in program.states]
    parts += [stack.get("U", ""), stack.get("V", "")]
    if any(len(shape) == 1 and name not in program.biases for name, shape in program.parameters.items()):
        parts.append(coloured("c", "p"))
    if program.biases:
        parts.append(coloured("op", "b" + (time if writing.timed else "")))
    return f"{coloured('op', 'R')}({', '.join(part for part in parts if part)})"


def _inside(sheet: Sheet, bar: Bar, group: Group, formula: Zone, result: Zone) -> tuple[Line, str, bool] | None:
    """The numbers of R: its whole equation with the given operands; None where there is no room for it."""
    program = sheet.program
    everything = frozenset(program.values)
    beneath = inner(program, group.root, everything)
    if sum(op.kind == "matmul" for op in beneath.values()) <= MOST_PRODUCTS:
        line = Numbers(sheet, group.root, everything).link(())
        rounds = sheet.rounds(group.root, None, frozenset(beneath))
        # the note beside the result takes room too
        fits = line_width(line, bar) <= room(bar, formula, replace(result, rounded=rounds))
        if rows_of(line) <= bar.most_rows and fits:
            return line, plain(sheet, group.root), rounds
    return None


def _entering(sheet: Sheet, bar: Bar, room_for: float) -> Line:
    """``R( [ ], [ ], …)``: the vectors that enter R.

    Where they are too long, without the numbers of a second run; where that is too long, as symbols.
    """
    program = sheet.program
    line = [written(f"{coloured('op', 'R')}(")]
    for name in ("x", *(f"{state}_prev" for state in program.states)):
        vector = sheet.vector(name)
        short = vector if vector.rows <= bar.most_rows else written(sheet.writing.symbol(name))
        line += [*([written(",")] if len(line) > 1 else []), short]
    line.append(written(", …)"))
    if line_width(line, bar) > room_for:
        line = [replace(piece, ghost=None) for piece in line]
    return line if line_width(line, bar) <= room_for else [written(f"{coloured('op', 'R')}({_entered(sheet)}, …)")]


def _entered(sheet: Sheet) -> str:
    names = ("x", *(f"{state}_prev" for state in sheet.program.states))
    return ", ".join(sheet.writing.symbol(name) for name in names)


def layer_writing(network: Network, k: int, program: Program, notation: Notation) -> Writing:
    """How Network writes a layer other than the chosen one: W_3, and y^{(3)} for what it hands out."""
    renamed = {"x": _handed_by(network, k - 1), "y": _handed_by(network, k)}
    for name in program.parameters:
        role = program.role(name)
        renamed[name] = (role, name[0], name[1:] + str(k + 1), "")
    for name in program.values:
        if name not in renamed:
            renamed[name] = (program.role(name), name[0], name[1:], f"({k + 1})")
    return Writing(program, None, dot=True, renamed=renamed, notation=notation)


def _handed_by(network: Network, k: int) -> tuple[str, str, str, str]:
    """The symbol of what layer k hands out; −1 is the input of the network."""
    if k == network.chosen - 1:
        return ("x", "x", "", "")
    if k == network.chosen:
        return ("y", "y", "", "")
    return ("x", "x", "", "(0)") if k < 0 else ("y", "y", "", f"({k + 1})")
