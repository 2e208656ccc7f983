"""The gradients of parameters and inputs, summed up from the adjoints that a backward pass left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.adjoint import Adjoint
from rnnstudio.engine.fusion import Product
from rnnstudio.engine.ops import Op
from rnnstudio.engine.plan import Source
from rnnstudio.engine.whole import OneHot, flat

Array = NDArray[np.float64]
#: Parameter, its columns or None for all, the sign, and where the gradient comes from.
_Share = tuple[str, slice | None, int, tuple[Any, ...]]


class ParameterGradients:
    """∂L/∂W and ∂L/∂x behind one backward pass.

    Parameters
    ----------
    adjoint : Adjoint
        The pass; may be run again.
    """

    def __init__(self, adjoint: Adjoint) -> None:
        self.adjoint = adjoint
        self.values = adjoint.values
        self.machine = adjoint.machine
        self.plan = adjoint.plan
        self._shares: list[_Share] | None = None

    def parameters(self, into: Mapping[str, Array] | None = None) -> Mapping[str, Array]:
        """∂L/∂W for every parameter W of the program, of its shape.

        Parameters
        ----------
        into : mapping, optional
            Arrays to write into; else they are made.
        """
        names = self.plan.program.parameters
        found = into or {name: np.zeros(self.machine.parameters[name].shape) for name in names}
        if self._shares is None:
            self._shares = self._listed(found)
        sums: dict[tuple[str, int], Array] = {}
        for number, weights in enumerate(self.machine.weights):
            lanes = self.adjoint.lanes[number]
            own = lanes if weights.own == lanes.shape[-1] else lanes[..., : weights.own]
            sums["operand", number] = np.dot(flat(lanes).T, flat(self._vectors(weights.group.operand)))
            if weights.inputs is not None:
                sums["x", number] = self._with_x(own)
            if weights.bias is not None:
                sums["bias", number] = np.add.reduce(flat(own), axis=0)
        begun: set[str] = set()
        for name, columns, sign, part in self._shares:
            target = found[name] if columns is None else found[name][:, columns]
            share = self._share(part, sums)
            if name not in begun and columns is None and sign > 0:
                target[...] = share
            else:
                if name not in begun:
                    found[name].fill(0.0)
                target += sign * share
            begun.add(name)
        for name in names:
            if name not in begun:
                found[name].fill(0.0)
        return found

    def _share(self, part: tuple[Any, ...], sums: Mapping[tuple[str, int], Array]) -> Array:
        """One part of a parameter's gradient: rows of what a group has summed up, or what one op gives."""
        if part[0] == "op":
            return self._of_parameter(part[1], part[2])
        if part[0] == "vectors":
            return np.asarray(np.dot(flat(self.adjoint.lanes[part[1]][..., part[2]]).T, flat(self._vectors(part[3]))))
        return np.asarray(sums[part[0], part[1]][part[2]])

    def _listed(self, found: Mapping[str, Array]) -> list[_Share]:
        """Every use of a parameter: its name, its columns, the sign, and where the gradient comes from."""
        shares: list[_Share] = []
        for number, weights in enumerate(self.machine.weights):
            for place in range(len(weights.group.lanes)):
                shares += self._lane_shares(number, place, found)
        for op in self.plan.held:
            if op.id not in self.machine.fusion.fused:
                for index, operand in enumerate(self.plan.sources[op.id]):
                    if operand.kind == "parameter":
                        shares.append((operand.name, None, 1, ("op", op, index)))
        return shares

    def _lane_shares(self, number: int, place: int, found: Mapping[str, Array]) -> Iterator[_Share]:
        weights = self.machine.weights[number]
        rows, lane = weights.lanes[place], weights.group.lanes[place]

        def share(product: Product, part: tuple[Any, ...]) -> _Share:
            columns = weights.columns(product)
            whole = (columns.start, columns.stop) == (0, found[product.matrix].shape[1])
            return product.matrix, None if whole else columns, product.sign, part

        for product in lane.products:
            if product.operand == weights.group.operand:
                yield share(product, ("operand", number, rows))
        for term in lane.hoisted if place < weights.group.own else ():
            if isinstance(term, Product):
                with_x = term.operand.kind == "x" and weights.inputs is not None
                yield share(term, ("x", number, rows) if with_x else ("vectors", number, rows, term.operand))
            elif term[1].kind == "parameter":
                yield term[1].name, None, term[0], ("bias", number, rows)

    def _vectors(self, source: Source) -> Array:
        return self.values.whole.vectors(source)

    def _with_x(self, adjoint: Array) -> Array:
        """Σ_t d_t·x_tᵀ, (size, I)."""
        x = self.values.x
        if isinstance(x, OneHot):
            total = np.zeros((x.size, adjoint.shape[-1]))
            np.add.at(total, x.indices, adjoint)
            return total.T
        return np.asarray(np.dot(flat(adjoint).T, flat(x)))

    def _of_parameter(self, op: Op, index: int) -> Array:
        adjoint = self.adjoint.of_op(op.id)
        if op.kind == "matmul" and not index:
            vector = self.plan.sources[op.id][1]
            if vector.kind == "x":
                return self._with_x(adjoint)
            return np.asarray(np.dot(flat(adjoint).T, flat(self._vectors(vector))))
        part = self.adjoint.pulled(op, index)
        return np.asarray(part.sum(axis=tuple(range(part.ndim - 1))))

    def inputs(self) -> Array:
        """∂L/∂x, (T, [N,] I)."""
        size = self.machine.lengths[self.plan.program.sizes["x"]]
        total = np.zeros((self.values.steps, *self.values.middle, size))
        for number, weights in enumerate(self.machine.weights):
            own = self.adjoint.lanes[number][..., : weights.own]
            if weights.inputs_back is not None:
                total += np.dot(flat(own), weights.inputs_back).reshape(total.shape)
            for rows, lane in zip(weights.lanes[: weights.group.own], weights.group.lanes, strict=False):
                for term in lane.hoisted:
                    if isinstance(term, tuple) and term[1].kind == "x":
                        total += term[0] * own[..., rows]
        fusion = self.machine.fusion
        for op in self.plan.held:
            # the parts of a concat that is used by products alone are operands of lanes
            if op.id not in fusion.fused and not (op.kind == "concat" and op.id in fusion.absorbed):
                for index, source in enumerate(self.plan.sources[op.id]):
                    if source.kind == "x":
                        total += self.adjoint.pulled(op, index)
        return total
