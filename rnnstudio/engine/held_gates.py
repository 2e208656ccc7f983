"""Gates that are held at a number: which there are, the cell that is run then, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.equations import Binary, Equation, Name, Number
from rnnstudio.engine.network import Network
from rnnstudio.engine.ops import Op, Program, number_text


def gates(program: Program) -> tuple[str, ...]:
    """The gates of a cell: what comes out of a σ that its equations name, and is neither a state nor what it hands out.

    An activation that can be chosen makes no gate.
    """
    ends = {op.value: op for op in program.ops}
    outside = {*program.states, program.handed, "y"}
    return tuple(name for name, op in ends.items() if op.function == op.symbol == "sigmoid" and name not in outside)


def _free_name(cell: Cell, gate: str) -> str:
    """A name for what the gate would be."""
    taken = {*cell.values, *cell.parameters}
    name = f"{gate}_free"
    while name in taken:
        name += "_"
    return name


@lru_cache(maxsize=64)
def _held_cell(cell: Cell, gate: str, level: float) -> Cell:
    """The cell in which the gate is 0·free + level.

    What it would be is still computed, within the same matrices, so that all other values keep their bits.
    """
    free = _free_name(cell, gate)
    equations: list[Equation] = []
    for equation in cell.equations:
        if equation.name != gate:
            equations.append(equation)
            continue
        equations.append(replace(equation, name=free))
        equations.append(Equation(gate, Binary("+", Binary("*", Number(0.0), Name(free)), Number(level))))
    return replace(
        cell,
        text=f"{cell.text}\n# {gate} = {number_text(level)}",
        equations=tuple(equations),
        values=MappingProxyType({**cell.values, free: cell.values[gate]}),
        phases=tuple((*phase, free) if gate in phase else phase for phase in cell.phases),
    )


def held_network(network: Network, gate: str, level: float) -> Network:
    """The network that is run: its chosen layer with the gate held."""
    layer = network.layers[network.chosen]
    return network.with_layer(network.chosen, replace(layer, cell=_held_cell(layer.cell, gate, level)))


@lru_cache(maxsize=64)
def held_program(program: Program, gate: str, level: float) -> Program:
    """The op table as it is said: the gate is a number, ``f = 1``; what it would come from is left out."""
    constant = Op(f"{gate}:=", gate, "constant", "=", (number_text(level),), None, program.sizes[gate])
    last = program.ops_of(gate)[-1].id
    ops = [constant if op.id == last else op for op in program.ops if op.value != gate or op.id == last]
    equations = [Equation(gate, Number(level)) if one.name == gate else one for one in program.equations]
    return replace(program, ops=tuple(ops), equations=tuple(equations))


def names_of(program: Program, gate: str) -> Mapping[str, str]:
    """Op id of the cell, or of the table as it is said → op id of the cell that was run."""
    free, ops = _free_name(program.cell, gate), program.ops_of(gate)
    found = {op.id: free + op.id.removeprefix(gate) for op in ops[:-1]}
    return {**found, ops[-1].id: gate, f"{gate}:=": gate}
