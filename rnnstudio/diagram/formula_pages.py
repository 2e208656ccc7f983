"""The pages of one equation: its formula, its numbers link by link, its result."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rnnstudio.diagram.block_form import BlockForm
from rnnstudio.diagram.equation_groups import Group, function_after, gate_word, group_of, written_out
from rnnstudio.diagram.formula import Page, Piece, Zone
from rnnstudio.diagram.formula_sizes import Bar, line_width, rows_of, zone_width
from rnnstudio.diagram.formula_terms import Line, Numbers, Sheet, called, inner, spaced, stages, written
from rnnstudio.engine.ops import Op, Program
from rnnstudio.sentence import sentence

#: Margins of the bar, and the gap with a chevron between two zones.
MARGINS, CHEVRON = 48.0, 48.0
#: A formula that takes more than this part of the bar goes over two lines.
LONGEST_FORMULA = 0.3


def _note(program: Program, group: Group) -> str:
    word = gate_word(program, group.main)
    if word:
        candidate = word == "candidate"
        return sentence("candidate {name}" if candidate else "{word} gate {name}", word=word, name=group.main)
    if group.main in program.states and len(program.states) > 1:
        return "new cell state" if program.role(group.main) == "c" else "new state"
    return ""


def current(sheet: Sheet, name: str) -> bool:
    """Whether a result belongs to the sub-step at hand."""
    return 1 <= sheet.t <= sheet.trace.T and (not sheet.known(name) or sheet.fresh(name))


class Equation:
    """Makes the pages of one group, for a bar of a size."""

    def __init__(self, sheet: Sheet, bar: Bar, group: Group) -> None:
        self.sheet, self.bar, self.group = sheet, bar, group
        self.program = sheet.program
        self.expand = written_out(self.program, group.root)
        #: y where the group is its a, shown inside f: a result so far.
        self.after = function_after(self.program, group.root)

    def formula(self) -> Zone:
        """FORMULA: the equation in symbols, with the copies behind it."""
        writing = self.sheet.writing
        group = self.group
        if self.after is not None:
            group = group_of(self.program, self.after) or group
        expand = written_out(self.program, group.root)
        first = f"{writing.symbol(group.main)} = {writing.formula(group.root, expand)}"
        if writing.is_written_out(group.main):
            first = writing.formula(group.root, expand)
        rest = [f"{writing.symbol(name)} = {writing.symbol(group.main)}" for name in group.copies]
        whole = ",   ".join([first, *rest])
        zone = Zone("FORMULA", ((written(whole),),), _note(self.program, group))
        if rest and zone_width(zone, self.bar) > LONGEST_FORMULA * self.bar.width:
            lines = tuple((replace(written(text), small=True),) for text in (first, ",   ".join(rest)))
            zone = replace(zone, lines=lines)
        return zone

    def result(self, unit: int | None = None) -> Zone:
        """RESULT: the vector under all its names, or one value of it."""
        sheet, group = self.sheet, self.group
        known = sheet.known(group.main)
        caption, note = ("RESULT", "") if self.after is None else ("RESULT SO FAR", "before f")
        last = Numbers(sheet, group.root, self.expand, unit)
        rounds = known and self._result_rounds(last, unit)
        index = () if unit is None else (unit,)
        names = " = ".join(sheet.writing.symbol(name, *index) for name in reversed(group.names))
        line: Line
        if unit is None:
            line = [written(f"{names} ="), sheet.vector(group.main)]
        else:
            line = [written(f"{names} = {sheet.number(group.main, unit)}")]
        return Zone(caption, (tuple(line),), note, current(sheet, group.main), rounds)

    def _result_rounds(self, numbers: Numbers, unit: int | None) -> bool:
        """Whether the operands in the last link of the chain do not give the result."""
        links = self.links
        beneath = frozenset(numbers.beneath) - links[-1]
        return self.sheet.rounds(self.group.root, unit, beneath | self._blocks(links[-1]))

    @property
    def links(self) -> list[frozenset[str]]:
        """The chain of numbers; where a sum is written in blocks, its products are never numbers by themselves."""
        found = stages(self.program, self.group.root, self.expand)
        kept = [link for link in found if not any(
            form.names <= link and called(self.program, op) not in link for op, form in self._forms
        )]  # fmt: skip
        return kept or found

    @property
    def _forms(self) -> list[tuple[Op, BlockForm]]:
        """The sums of the equation that are written in blocks."""
        blocks, own = self.sheet.writing.blocks, (self.group.root, *self.expand)
        return [(op, blocks[op.id]) for name in own for op in self.program.ops_of(name) if op.id in blocks]

    def _blocks(self, shown: frozenset[str]) -> frozenset[str]:
        """The products that stand in blocks where these results are numbers."""
        return frozenset(name for op, form in self._forms for name in form.names
                         if called(self.program, op) not in shown)  # fmt: skip

    def pages(self) -> Iterator[Page]:
        """One page where everything fits; else products first, then the links of the chain on pages of their own."""
        links = self.links
        formula = self.formula()
        if self._too_tall([self.sheet.vector(self.group.main)]):
            yield self._row_page(formula, links)
            return
        result = self.result()
        lines = [self._link(links, k) for k in range(len(links))]
        room_for = room(self.bar, formula, result)
        if self._too_tall(lines[0]) or line_width(lines[0], self.bar) > room_for:
            products = self._products() or self._terms()
            if not products:
                yield self._row_page(formula, links)
                return
            for op in products:
                yield from self._product_pages(op)
            lines = lines[1:] or lines
        yield from self._packed(formula, lines, result, room_for)

    def _link(self, links: list[frozenset[str]], k: int, unit: int | None = None) -> Line:
        numbers = Numbers(self.sheet, self.group.root, self.expand, unit)
        new = links[k] - links[k - 1] if k else frozenset()
        line = numbers.link(links[k], new)
        if self.after is not None:
            root = self.program.producer(self.after)
            sign = self.sheet.writing.function(root) if root is not None else ""
            line = [written(f"{sign}("), *line, written(")")]
        return line

    def _too_tall(self, line: Line) -> bool:
        return rows_of(line) > self.bar.most_rows

    def _packed(self, formula: Zone, lines: list[Line], result: Zone, room_for: float) -> Iterator[Page]:
        """As many links on a page as fit, at least one; each page judges the result by the last link it shows."""
        links = self.links
        skipped = len(links) - len(lines)
        beneath = frozenset(Numbers(self.sheet, self.group.root, self.expand).beneath)
        at = 0
        while at < len(lines):
            line = list(lines[at]) if at == 0 else [written("="), *lines[at]]
            at += 1
            while at < len(lines):
                longer = [*line, written("="), *lines[at]]
                if line_width(longer, self.bar) > room_for:
                    break
                line, at = longer, at + 1
            known = self.sheet.known(self.group.main)
            last = links[skipped + at - 1]
            off = known and self.sheet.rounds(self.group.root, None, beneath - last | self._blocks(last))
            yield self._fitted(formula, line, replace(result, rounded=off))

    def _fitted(self, formula: Zone, line: Line, result: Zone) -> Page:
        """A page; where it is too wide, with the formula in two lines, then without the numbers of a second run."""
        if line_width(line, self.bar) > room(self.bar, formula, result):
            formula = _in_two_lines(formula)
        if line_width(line, self.bar) > room(self.bar, formula, result):
            line = [replace(piece, ghost=None) for piece in line]
        if line_width(line, self.bar) > room(self.bar, formula, result):
            result = replace(result, lines=tuple(tuple(replace(p, ghost=None) for p in one) for one in result.lines))
        numbers = Zone("WITH NUMBERS", (tuple(line),), self._numbers_note())
        return page(self.group.main, formula, numbers, result, self.bar)

    def _numbers_note(self) -> str:
        if self.after is None:
            return ""
        return plain(self.sheet, self.group.root)

    def _products(self) -> list[Op]:
        """The products with parameters inside the equation, whose results its second link shows."""
        beneath, parameters = inner(self.program, self.group.root, self.expand), self.program.parameters
        blocks = self._blocks(frozenset())
        found = [op for op in self.program.ops if called(self.program, op) in beneath]
        found = [op for op in found if called(self.program, op) not in blocks]
        return [op for op in found if op.kind in ("matmul", "mul") and any(arg in parameters for arg in op.args)]

    def _terms(self) -> list[Op]:
        """The products of values inside the equation, where none is with parameters."""
        beneath = inner(self.program, self.group.root, self.expand)
        return [op for op in self.program.ops if called(self.program, op) in beneath and op.kind == "mul"]

    def _product_pages(self, op: Op) -> Iterator[Page]:
        """A product of the equation on a page of its own."""
        sheet, name = self.sheet, called(self.program, op)
        text = sheet.writing.formula(op.id)
        formula = Zone("FORMULA", ((written(text),),), _note(self.program, self.group))
        line = Numbers(sheet, op.id, ()).link(())
        unit = None
        result = Zone("RESULT", ((written(f"{text} ="), sheet.vector(name)),), "", current(sheet, name),
                      sheet.rounds(name, None, ()))  # fmt: skip
        if self._too_tall(line) or line_width(line, self.bar) > room(self.bar, formula, result):
            unit = sheet.unit
            line = Numbers(sheet, op.id, (), unit).link(())
            shown = sheet.number(name, unit)
            result = Zone("RESULT", ((written(f"({text})_{{{unit + 1}}} = {shown}"),),), "", current(sheet, name),
                          sheet.rounds(name, unit, ()))  # fmt: skip
        numbers = Zone("WITH NUMBERS", (tuple(line),), "" if unit is None else f"i = {unit + 1}")
        yield page(self.group.main, formula, numbers, result, self.bar)

    def _row_page(self, formula: Zone, links: list[frozenset[str]]) -> Page:
        """One row of the result: the scalar sum, and below it what it comes to."""
        unit = min(self.sheet.unit, self.sheet.size(self.group.root) - 1)
        lines = [self._link(links, 0, unit)]
        if len(links) > 1:
            lines.append(self._link([frozenset(), links[-1]], 1, unit))
        result = self.result(unit)
        numbers = rows_zone(lines, unit, room(self.bar, formula, result), self.bar)
        return page(self.group.main, formula, numbers, result, self.bar)


def _in_two_lines(formula: Zone) -> Zone:
    """A formula of one line over two, the second from its equals sign on."""
    if len(formula.lines) != 1 or len(formula.lines[0]) != 1:
        return formula
    left, equals, right = formula.lines[0][0].text.partition(" = ")
    texts = (left, f"= {right}") if equals else (left,)
    return replace(formula, lines=tuple((replace(written(text), small=True),) for text in texts))


def room(bar: Bar, formula: Zone, result: Zone) -> float:
    """The width that is left for the numbers."""
    return bar.width - MARGINS - 2 * CHEVRON - zone_width(formula, bar) - zone_width(result, bar)


def rows_zone(lines: list[Line], unit: int, room_for: float, bar: Bar) -> Zone:
    """The numbers of one row: a link a line, and a link that is too long over several."""
    out: list[tuple[Piece, ...]] = []
    for k, line in enumerate(lines):
        first = [written("="), *line] if k else line
        out += _wrapped([replace(piece, small=True) for piece in first], room_for, bar)
    return Zone("WITH NUMBERS", tuple(out), f"i = {unit + 1}")


def _wrapped(line: Line, room_for: float, bar: Bar) -> Iterator[tuple[Piece, ...]]:
    """A line of scalars broken before a plus where it would be too long."""
    row: Line = []
    for piece in line:
        for k, term in enumerate(piece.text.split(" + ")):
            part = replace(piece, text=f" + {term}" if k else term)
            if row and k and line_width([*row, part], bar) > room_for:
                yield tuple(row)
                row = []
            joins = bool(row) and not row[-1].rounded
            row = [*row[:-1], replace(part, text=spaced(row[-1].text, part.text))] if joins else [*row, part]
    yield tuple(row)


def plain(sheet: Sheet, name: str) -> str:
    """A value's equation in plain letters without t, as beside a caption: ``W x + U s``."""
    writing = replace(sheet.writing, lag=None, moment=None, dot=False)
    text = writing.formula(name, sheet.program.values).replace("_{t-1}", "").replace("_{t+1}", "").replace("><", "> <")
    out, depth = "", 0
    for sign in text:
        if sign == "<":
            depth = 1
        elif depth and sign == "|":
            depth = 0
        elif not depth and sign not in ">\\{}":
            out += sign
    return out.replace("_", "").replace("-", "\N{MINUS SIGN}")


def page(value: str, formula: Zone, numbers: Zone, result: Zone, bar: Bar) -> Page:
    """A page whose zones are as wide as what they hold."""
    zones = (formula, numbers, result)
    widths = tuple(max(zone_width(zone, bar), 60.0) for zone in zones)
    return Page(value, zones, (widths[0], widths[1], widths[2]))


def given_page(sheet: Sheet, bar: Bar, names: tuple[str, ...], result: Zone) -> Page:
    """What is given in the first sub-step: x, and the states before the sample."""
    formula = Zone("FORMULA", ((written(",   ".join(sheet.writing.symbol(name) for name in names)),),), "given")
    numbers = Zone("WITH NUMBERS", (tuple(given_line(sheet, bar, names)),))
    return page(names[0], formula, numbers, result, bar)


def given_line(sheet: Sheet, bar: Bar, names: tuple[str, ...]) -> Line:
    """``x_t = [ ]  s_{t−1} = [ ]``; of a long vector one value, of a word the one that is not 0."""
    line: Line = []
    for name in names:
        gap, piece, value = "   " if line else "", sheet.vector(name), sheet.value(name)
        if piece.rows <= bar.most_rows:
            line += [written(f"{gap}{sheet.writing.symbol(name)} ="), piece]
            continue
        unit = min(sheet.unit, piece.rows - 1)
        if name == "x" and value is not None and np.count_nonzero(value) == 1:
            unit = int(np.argmax(value != 0))
        line.append(written(f"{gap}{sheet.writing.symbol(name, unit)} = {sheet.number(name, unit)}"))
    return line
