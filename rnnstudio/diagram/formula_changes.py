"""The pages of an update: W_{t+1} = W_t + ΔW_t, with its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.diagram.formula import Page, Piece, Zone
from rnnstudio.diagram.formula_pages import page, room
from rnnstudio.diagram.formula_sizes import Bar, line_width, rows_of
from rnnstudio.diagram.formula_terms import Sheet, written
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import MINUS, fmt
from rnnstudio.diagram.rounding import differs, shown_values
from rnnstudio.diagram.symbols import coloured
from rnnstudio.diagram.versions import DELTA, version
from rnnstudio.engine.network import Network
from rnnstudio.engine.trace import Trace

#: Where the weights are updated once: what the new ones are called.
PRIME = "′"


@dataclass(frozen=True, eq=False)
class Update:
    """The update that sample ``t`` brings about, to be written on the pages of a bar.

    ``once`` says that it follows the whole sequence: then W has no index, and what it comes to is W′.
    """

    trace: Trace
    after: Network | None
    layer: int
    t: int
    change_range: float
    once: bool

    def pages(self, sheet: Sheet, bar: Bar, names: tuple[str, ...]) -> Iterator[Page]:
        """A page for each of the parameters."""
        for name in names:
            yield self._page(sheet, bar, name)

    def _values(self, name: str) -> tuple[Floats, Floats, Floats]:
        old, new = (version(self.trace, self.after, self.layer, name, t) for t in (self.t, self.t + 1))
        return old, new - old, new

    def symbols(self, sheet: Sheet, name: str, *index: int) -> tuple[str, str, str]:
        """W_t, ΔW_t and W_{t+1}, as they are written."""
        if self.once:
            old = replace(sheet.writing, lag=None).symbol(name, *index)
            return old, delta(old), prime(old)
        lag = sheet.writing.lag or 0
        old = replace(sheet.writing, lag=lag, timed=True).symbol(name, *index)
        return old, delta(old), replace(sheet.writing, lag=lag + 1, timed=True).symbol(name, *index)

    def _page(self, sheet: Sheet, bar: Bar, name: str) -> Page:
        old, change, new = self.symbols(sheet, name)
        formula = Zone("FORMULA", ((written(f"{new} = {old} + {change}"),),), "update")
        before, step, after = self._values(name)
        line = [self._piece(sheet, name, before), written("+"), self._piece(sheet, DELTA + name, step)]
        made = self._piece(sheet, name, after)
        result = Zone("RESULT", ((written(f"{new} ="), made),), "", True, self._rounds(sheet, before, step, after))
        if rows_of([made]) > bar.most_rows or line_width(line, bar) > room(bar, formula, result):
            return self._one_page(sheet, bar, name, formula)
        return page(DELTA + name, formula, Zone("WITH NUMBERS", (tuple(line),)), result, bar)

    def _piece(self, sheet: Sheet, name: str, values: Floats) -> Piece:
        is_change = name.startswith(DELTA)
        role = sheet.program.role(name.removeprefix(DELTA))
        own = self.t if is_change or not sheet.timed else None
        key = Key(name, own, layer=sheet.layer) if sheet.timed else Key(name, layer=sheet.layer)
        kind = "matrix" if values.ndim == 2 else "vector"
        column = values if values.ndim == 2 else values[:, np.newaxis]
        return Piece(kind, values=column, rows=len(values), role=role, decimals=sheet.decimals, key=key,
                     vmax=self.change_range if is_change else sheet.vmax)  # fmt: skip

    def _rounds(self, sheet: Sheet, *values: Floats) -> bool:
        """Whether the shown numbers do not add up to the shown result."""
        before, step, after = values
        shown = shown_values(before, sheet.decimals) + shown_values(step, sheet.decimals)
        return differs(shown, after, sheet.decimals)

    def _one_page(self, sheet: Sheet, bar: Bar, name: str, formula: Zone) -> Page:
        """Of a large matrix the one value of the unit looked into that changes most."""
        values = self._values(name)
        unit = min(sheet.unit, len(values[0]) - 1)
        index = (unit, int(np.argmax(np.abs(values[1][unit])))) if values[0].ndim == 2 else (unit,)
        before, step, after = (value[index] for value in values)
        old, change, new = self.symbols(sheet, name, *index)
        role, places = sheet.program.role(name), sheet.decimals
        plus = fmt(float(step), places)
        plus = f"({plus})" if plus.startswith(MINUS) else plus
        line = written(f"{coloured(role, fmt(float(before), places))} + {coloured(role, plus)}")
        note = "the largest change of this row" if len(index) == 2 else ""
        rounds = self._rounds(sheet, *(np.atleast_1d(value) for value in (before, step, after)))
        result = Zone("RESULT", ((written(f"{new} = {coloured(role, fmt(float(after), places))}"),),), "", True, rounds)
        lines = (replace(written(f"{old} + {change} ="), small=True),), (line,)
        return page(DELTA + name, formula, Zone("WITH NUMBERS", lines, note), result, bar)


def delta(symbol: str) -> str:
    """The symbol of a parameter's change."""
    return symbol.replace("|", "|" + DELTA, 1)


def prime(symbol: str) -> str:
    """The symbol of what a parameter comes to by the one update."""
    at = symbol.index("|") + 2
    return symbol[:at] + PRIME + symbol[at:]
