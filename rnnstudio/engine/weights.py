"""The parameters of a compiled cell as the few matrices that its loop multiplies with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rnnstudio.engine.forward_source import scales
from rnnstudio.engine.fusion import Group, Product
from rnnstudio.engine.plan import Source
from rnnstudio.engine.shapes import length

Array = NDArray[np.float64]


def side_by_side(arrays: Sequence[Array]) -> Array | None:
    """One array over arrays that lie in one buffer without gaps, in their order, the first axis joined; else None."""
    base = arrays[0].base if arrays else None
    if not isinstance(base, np.ndarray) or not base.flags.c_contiguous:
        return None
    places = [array.__array_interface__["data"][0] for array in arrays]
    following = [place + array.nbytes for place, array in zip(places, arrays, strict=True)]
    alike = all(array.base is base and array.flags.c_contiguous for array in arrays)
    if not alike or places[1:] != following[:-1] or len({array.shape[1:] for array in arrays}) != 1:
        return None
    shape = (sum(len(array) for array in arrays), *arrays[0].shape[1:])
    start = (places[0] - base.__array_interface__["data"][0]) // base.itemsize
    return base.reshape(-1)[start : start + int(np.prod(shape))].reshape(shape)


class GroupWeights:
    """The parameters of a group of lanes as one matrix each.

    Attributes
    ----------
    lanes : tuple of slice
        Rows of each lane.
    own : int
        Rows of the lanes that begin in the group.
    matrix, back : array, shape (rows, size of the operand)
        On the operand, forward (the rows of σ and tanh scaled) and backward (as they are).
    inputs, inputs_back : array or None, shape (own, I)
        The same for the products with x.
    bias : array or None, shape (own,)
        The sum of the vectors of parameters that the lanes add.
    """

    def __init__(self, group: Group, lengths: Mapping[str, int], operand: int, inputs: int, by_exp: bool) -> None:
        self.group = group
        self.scale = scales(by_exp)
        stops = np.cumsum([0, *(length(lane.op.size, lengths) for lane in group.lanes)])
        self.lanes = tuple(slice(int(a), int(b)) for a, b in pairwise(stops))
        self.own = int(stops[group.own])
        self.gates = int(stops[group.sigmoids])
        self.squashed = int(stops[group.sigmoids + group.tanhs])
        self.matrix = np.zeros((int(stops[-1]), operand))
        self.back = np.zeros_like(self.matrix)
        terms = [term for lane in group.lanes[: group.own] for term in lane.hoisted]
        with_x = any(isinstance(term, Product) and term.operand.kind == "x" for term in terms)
        self.inputs = np.zeros((self.own, inputs)) if with_x else None
        self.inputs_back = np.zeros((self.own, inputs)) if with_x else None
        vectors = any(isinstance(term, tuple) and term[1].kind in ("parameter", "number") for term in terms)
        self.bias = np.zeros(self.own) if vectors else None
        self.lengths = lengths
        self._scales = np.ones((int(stops[-1]), 1))
        self._scales[: self.gates] = self.scale[0]
        self._scales[self.gates : self.squashed] = self.scale[1]
        self._terms = self._listed()
        # each row is one term: then it can be written rather than added up
        filled = sum(target.size for target, _ in self._terms)
        wanted = sum(array.size for array in (self.back, self.inputs_back, self.bias) if array is not None)
        places = {target.__array_interface__["data"][0] for target, _ in self._terms}
        signs = [term.sign if isinstance(term, Product) else term[0] for _, term in self._terms]
        self.simple = filled == wanted and len(places) == len(self._terms) and min(signs) > 0
        self._sums = self.bias
        self._adopted: dict[str, Array] = {}

    def names(self, kind: str) -> list[str]:
        """The parameters that make up the rows of ``"operand"``, ``"x"`` or ``"bias"``, in the order of the rows."""
        if kind == "operand":
            return [product.matrix for lane in self.group.lanes for product in lane.products
                    if product.operand == self.group.operand]  # fmt: skip
        terms = [term for lane in self.group.lanes[: self.group.own] for term in lane.hoisted]
        if kind == "x":
            return [term.matrix for term in terms if isinstance(term, Product) and term.operand.kind == "x"]
        return [term[1].name for term in terms if isinstance(term, tuple) and term[1].kind == "parameter"]

    def block(self, kind: str, arrays: Mapping[str, Array], like: Array | None) -> Array | None:
        """The rows of one kind as one array, where the parameters' arrays lie side by side in this order."""
        names = self.names(kind)
        if not self.simple or like is None or not all(name in arrays for name in names):
            return None
        found = side_by_side([arrays[name] for name in names])
        return found if found is not None and found.shape == like.shape else None

    def adopt(self, parameters: Mapping[str, Array]) -> None:
        """Read the parameters where they lie, instead of copying them, where they lie side by side."""
        for kind, like in (("operand", self.back), ("x", self.inputs_back), ("bias", self.bias)):
            found = self.block(kind, parameters, like)
            if found is None:
                continue
            self._adopted |= {name: parameters[name] for name in self.names(kind)}
            if kind == "operand":
                self.back = found
            elif kind == "x":
                self.inputs_back = found
            else:
                self._sums = found
        self._terms = [(target, term) for target, term in self._terms if _parameter(term) not in self._adopted]

    def columns(self, product: Product) -> slice:
        """The columns of the parameter that meet the operand."""
        start = sum(length(letter, self.lengths) for letter in product.before)
        return slice(start, start + length(product.operand.size, self.lengths))

    def bind(self, parameters: Mapping[str, Array]) -> None:
        """Take the values of the parameters over; those that were adopted have to be the same arrays still."""
        if not self.simple:
            for matrix in (self.back, self.inputs_back, self.bias):
                if matrix is not None:
                    matrix.fill(0.0)
        for target, term in self._terms:
            if isinstance(term, Product):
                self._take(target, term, parameters)
            else:
                sign, source = term
                vector = parameters[source.name] if source.kind == "parameter" else float(source.name)
                np.add(0.0 if self.simple else target, sign * vector, out=target)
        np.multiply(self.back, self._scales, self.matrix)
        if self.inputs is not None and self.inputs_back is not None:
            np.multiply(self.inputs_back, self._scales[: self.own], self.inputs)
        if self.bias is not None and self._sums is not None:
            np.multiply(self._sums, self._scales[: self.own, 0], self.bias)

    def scale_of(self, place: int) -> float:
        """The factor of one lane."""
        gates, tanhs = self.group.sigmoids, self.group.tanhs
        return self.scale[0] if place < gates else self.scale[1] if place < gates + tanhs else 1.0

    def _take(self, rows: Array, product: Product, parameters: Mapping[str, Array]) -> None:
        part = parameters[product.matrix]
        if product.before or part.shape[1] != rows.shape[1]:
            part = part[:, self.columns(product)]
        if self.simple and product.sign > 0:
            np.copyto(rows, part)
        elif product.sign > 0:
            rows += part
        else:
            rows -= part

    def _listed(self) -> list[tuple[Array, Product | tuple[int, Source]]]:
        """Every term that is a parameter or a product with one, and the rows that it goes into."""
        found: list[tuple[Array, Product | tuple[int, Source]]] = []
        for place, (rows, lane) in enumerate(zip(self.lanes, self.group.lanes, strict=True)):
            found += [(self.back[rows], term) for term in lane.products if term.operand == self.group.operand]
            for term in lane.hoisted if place < self.group.own else ():
                if isinstance(term, Product):
                    if term.operand.kind == "x" and self.inputs_back is not None:
                        found.append((self.inputs_back[rows], term))
                elif term[1].kind in ("parameter", "number") and self.bias is not None:
                    found.append((self.bias[rows], term))
        return found


def _parameter(term: Product | tuple[int, Source]) -> str:
    return term.matrix if isinstance(term, Product) else term[1].name
