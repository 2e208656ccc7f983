"""What is to be said of marks that stand for no value of the cell: targets, and the products in a node."""

from __future__ import annotations

import numpy as np

from rnnstudio.diagram.accessible import spoken
from rnnstudio.diagram.formula import Inspection
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import exact
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import coloured
from rnnstudio.diagram.versions import version
from rnnstudio.diagram.views.traditional import traditional
from rnnstudio.engine.network import Network
from rnnstudio.engine.trace import Trace
from rnnstudio.sentence import joined, sentence

_DOT = "  \N{MIDDLE DOT}  "


def derived(
    key: Key, subject: Subject, trace: Trace, knowledge: Knowledge, decimals: int, after: Network | None
) -> Inspection | None:
    """The target ``y*``, or the product ``W[i, j]·x[j]`` of a node; None of anything else.

    Parameters are those of `inspect`.
    """
    t = knowledge.playhead.t if key.t is None else key.t
    if key.what == "target" and subject.target_values is not None:
        return _target(key, subject, t, decimals)
    of_layer = "a" in trace.layer(trace.chosen).program.values  # its products are no operations of another cell
    if key.what == "product" and key.i is not None and key.j is not None and of_layer and traditional(subject).W:
        return _product(key, subject, trace, knowledge, decimals, after, t)
    return None


def _target(key: Key, subject: Subject, t: int, decimals: int) -> Inspection:
    values, word = _wanted(subject, t)
    index = "" if key.i is None else f"_{{{key.i + 1}}}"
    if values is not None and key.i is not None and key.i < values.size:
        values = values[key.i : key.i + 1]
    size = 1 if values is None else values.size
    place = "" if key.i is None else f" {key.i + 1}"
    said = spoken(sentence("target{place}", place=place), t, values, decimals, word or None)
    context = [
        f"t = {t}",
        "one value" if size == 1 else sentence("{size} values", size=size),
        "what the output should be",
    ]
    note = "given" if values is not None else "no target at this sample"
    symbol = subject.notation.write(coloured("y", f"y^{{*}}{index}"))
    return Inspection(key, symbol, "Target", joined(_DOT, context), "y", values, size,
                      _texts(values, size), said, note)  # fmt: skip


def _wanted(subject: Subject, t: int) -> tuple[Floats | None, str]:
    """(the target of a sample, the word that it is where it is one)."""
    targets = subject.target_values
    if targets is None or not 1 <= t <= len(targets):
        return None, ""
    row = targets[t - 1]
    if np.ndim(row):
        return np.asarray(row, dtype=np.float64), ""
    number = int(row)
    word = subject.vocabulary[number] if 0 <= number < len(subject.vocabulary) else ""
    return np.asarray([float(number)]), word


def _product(
    key: Key, subject: Subject, trace: Trace, knowledge: Knowledge, decimals: int, after: Network | None, t: int
) -> Inspection:
    assert key.i is not None and key.j is not None
    layer, chosen = traditional(subject), trace.chosen
    run = trace.layer(chosen)
    values, there = None, 1 <= t <= trace.T and knowledge.known("a", t, chosen)
    if there:
        weights = version(trace, after, chosen, layer.W, t)
        values = np.asarray([weights[key.i, key.j] * run.value("x", t)[key.j]])
    i, j = key.i + 1, key.j + 1
    symbol = subject.notation.write(f"{layer.weight(i, j)} · {coloured('x', f'x_{{{j}}}')}")
    context = joined(_DOT, (f"t = {t}", "one value", sentence("a term of the sum of unit {i}", i=i)))
    said = spoken(sentence("product {w} {i} {j} times x {j}", w=layer.W, i=i, j=j), t, values, decimals)
    note = "not computed yet" if values is None else "computed, read only"
    return Inspection(key, symbol, "Product", context, "op", values, 1, _texts(values, 1), said, note)


def _texts(values: Floats | None, size: int) -> tuple[str, ...]:
    return ("?",) * size if values is None else tuple(exact(float(value)) for value in values)
