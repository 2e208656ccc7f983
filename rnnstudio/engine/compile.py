"""Cells compiled: one NumPy function for the loop forward, one for the loop backward, made from the table of ops.

The text of these functions holds numbered variables and a fixed list of functions, never a word of the cell file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from rnnstudio.engine.backward_source import BackwardText, backward_source
from rnnstudio.engine.derivatives import softmax_pull
from rnnstudio.engine.forward_source import Text, forward_source, kept_ops
from rnnstudio.engine.functions import softmax
from rnnstudio.engine.fusion import Fusion, fusion_of
from rnnstudio.engine.ops import Program
from rnnstudio.engine.plan import Plan, plan_of

#: All that the generated text may call.
_CALLED = {
    "dot": np.dot, "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "negative": np.negative,
    "positive": np.positive, "divide": np.divide, "tanh": np.tanh, "exp": np.exp, "maximum": np.maximum,
    "copyto": np.copyto,    "softmax": softmax, "softmax_pull": softmax_pull, "zip": zip,
    # arrays without axes: a number of Python's would be converted at every call
    "zero": np.array(0.0), "half": np.array(0.5), "one": np.array(1.0), "two": np.array(2.0),
    "minus_two": np.array(-2.0),
}  # fmt: skip
Loop = Callable[[Sequence[Any], Sequence[Any]], None]


def _function(text: Text, name: str) -> Loop:
    made: dict[str, Any] = {"__builtins__": {}, **_CALLED}
    exec(compile(text.text, f"<{name} loop of a cell>", "exec"), made)
    function: Loop = made[name]
    return function


@dataclass(frozen=True, eq=False)
class Compiled:
    """A program with its two loops.

    Attributes
    ----------
    program : Program
        The op table.
    """

    program: Program

    @cached_property
    def plan(self) -> Plan:
        """How the ops depend on each other."""
        return plan_of(self.program)

    @cached_property
    def fusion(self) -> Fusion:
        """What is computed together."""
        return fusion_of(self.plan)

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Ids of the loop ops, outside groups, whose values are kept."""
        return kept_ops(self.fusion)

    @lru_cache(maxsize=4)  # noqa: B019  (a compiled cell lives as long as the program)
    def forward(self, batch: bool, by_exp: bool) -> tuple[Text, Loop]:
        """The forward loop and its text, for one sequence or for several; see `forward_source`."""
        text = forward_source(self.fusion, batch, by_exp)
        return text, _function(text, "forward")

    @cached_property
    def backward_text(self) -> BackwardText:
        """The text of the backward pass."""
        return backward_source(self.fusion)

    @cached_property
    def backward_loops(self) -> tuple[Loop, Loop]:
        """What makes the factors of a stretch of steps, and the backward loop."""
        text = self.backward_text
        return _function(text.prepare, "prepare"), _function(text.loop, "backward")


@lru_cache(maxsize=256)
def compiled(program: Program) -> Compiled:
    """The compiled form of a program, made once."""
    return Compiled(program)
