"""What the inspector says of a thing: its symbol, its name, where it stands, its numbers as far as they are known."""

from dataclasses import dataclass

import numpy as np

from rnnstudio.diagram.accessible import spoken
from rnnstudio.diagram.beside import Beside
from rnnstudio.diagram.equation_groups import gate_word
from rnnstudio.diagram.formula import Inspection
from rnnstudio.diagram.formula_changes import delta, prime
from rnnstudio.diagram.formula_layers import layer_writing
from rnnstudio.diagram.inspect_derived import derived
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.notation import Notation
from rnnstudio.diagram.numbers import exact
from rnnstudio.diagram.plain_math import plain_math
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import Writing, coloured
from rnnstudio.diagram.versions import DELTA, FROZEN, SEQUENCE, learning, version
from rnnstudio.diagram.views.traditional import traditional
from rnnstudio.engine.network import Network
from rnnstudio.engine.ops import Program
from rnnstudio.engine.recording import LayerTrace
from rnnstudio.engine.shapes import length
from rnnstudio.engine.trace import Trace
from rnnstudio.sentence import Verbatim, joined, sentence

#: Numbers of one thing that are written out.
MOST_TEXTS = 4096
_NAMES = {"x": "Input", "y": "Output", "h": "Output of the cell", "a": "Sum before f"}
_DOT = "  \N{MIDDLE DOT}  "


@dataclass(frozen=True, eq=False)
class _Thing:
    """A key put in the words of the engine: a value or parameter of a layer, at a sample."""

    key: Key
    what: str
    name: str
    layer: int
    t: int
    run: LayerTrace
    program: Program
    values: Floats | None
    size: int

    @property
    def of_weights(self) -> bool:
        """Whether it is a parameter, or the change of one."""
        return self.name.removeprefix(DELTA) in self.program.parameters


def inspect(
    key: Key, subject: Subject, trace: Trace, knowledge: Knowledge, decimals: int, after: Network | None = None,
    beside: Beside | None = None,
) -> Inspection:  # fmt: skip
    """What is to be said of a mark.

    Parameters
    ----------
    key : Key
        The mark; its t is by default the playhead's.
    subject : Subject
        The network.
    trace : Trace
        The computation that the picture shows.
    knowledge : Knowledge
        What may be shown: nothing else is in any of the texts.
    decimals : int
        Of the numbers in the accessible name; the others have six significant digits.
    after : Network, optional
        The network after the one update that follows the run.
    beside : Beside, optional
        A second run, whose numbers stand beside those of the first.
    """
    other = derived(key, subject, trace, knowledge, decimals, after)
    if other is not None:
        return other
    thing = _thing(key, subject, trace, knowledge, after)
    elsewhere = thing.layer != subject.network.chosen
    symbol = subject.notation.write(_symbol(thing, subject, knowledge), elsewhere)
    values = thing.values
    if values is None:
        texts: tuple[str, ...] = ("?",) * min(thing.size, MOST_TEXTS)
    else:
        texts = tuple(exact(float(value)) for value in values.ravel()[:MOST_TEXTS])
    role = _role(thing, subject)
    title = _title(thing)
    timeless = thing.of_weights and not subject.learns
    name = _spoken_name(thing, title, symbol, subject.notation)
    accessible = spoken(name, None if timeless else thing.t, values, decimals,
                        subject.token(thing.t) if thing.what == "x" and thing.layer == 0 else None)  # fmt: skip
    ghost = _ghost(thing, subject, knowledge, after, beside)
    runs = ("", "")
    if beside is not None and ghost is not None:
        runs = (subject.notation.aloud(beside.marking.live), subject.notation.aloud(beside.marking.ghost))
        others = spoken(runs[1], None, ghost, decimals)
        accessible = f"{runs[0]}: {accessible}; {others}"
    return Inspection(key, symbol, title, _context(thing, subject, knowledge), role, values, thing.size, texts,
                      accessible, _note(thing, subject, knowledge), ghost, runs)  # fmt: skip


def _ghost(
    thing: _Thing, subject: Subject, knowledge: Knowledge, after: Network | None, beside: Beside | None
) -> Floats | None:
    """The numbers of the thing in the second run; None where they are no others, or those of the first not known."""
    if beside is None or thing.values is None:
        return None
    other = _thing(thing.key, subject, beside.trace, knowledge, after)
    same = other.values is None or np.array_equal(other.values, thing.values, equal_nan=True)
    return None if other.name != thing.name or same else other.values


def named(key: Key, subject: Subject, trace: Trace, knowledge: Knowledge) -> tuple[str, int, int]:
    """(name in the layer's program, its layer, its sample) of what a mark stands for."""
    thing = _thing(key, subject, trace, knowledge, None)
    return thing.name, thing.layer, thing.t


def accessible(key: Key, subject: Subject, trace: Trace, knowledge: Knowledge, decimals: int) -> str:
    """The name of a mark for those who hear the picture: ``state s, t = 3, values 0.80, 0.23, 0.60``."""
    return inspect(key, subject, trace, knowledge, decimals).accessible


def _thing(key: Key, subject: Subject, trace: Trace, knowledge: Knowledge, after: Network | None) -> _Thing:
    chosen = subject.network.chosen
    what = key.what.removeprefix("wire:").removeprefix("joint:")
    layer = chosen if key.layer is None else key.layer
    t = knowledge.playhead.t if key.t is None else key.t
    name = "y" if what == "node" else what
    if what == "node" and layer == -1:
        layer, name, what = 0, "x", "x"
    if layer >= len(trace.layers):
        layer, name = chosen, "y"
    run = trace.layer(layer)
    program = run.program
    if what.endswith("_prev"):
        name, t = what.removesuffix("_prev"), t - knowledge.way
    if what == "f" and "f" in program.values:
        what = "gate"  # the LSTM's forget gate, and not the card of the activation
    elif name in ("cell", "f", "layer", "network", "axis", "band", "tie", "dots"):
        name = program.states[0] if program.states else program.handed
    if knowledge.of_layer and name == "y" and what != "node" and layer == chosen:
        name = program.handed
    last = program.ops_of(name.partition(":")[0])[-1:] if ":" in name else []
    if last and last[0].id == name:
        name = name.partition(":")[0]  # what the last operation makes is the value itself
    if ":" in name and program.producer(name) is None:
        name = name.partition(":")[0]  # an operation of the other computation: what it is a part of
    name = _own_name(name, run)
    of_weights = name.removeprefix(DELTA) in program.parameters
    if not of_weights and name != "x" and name.partition(":")[0] not in program.values:
        name = program.states[0] if program.states else program.handed
    if of_weights:
        t = min(max(t, 1), trace.T + 1)
        known = knowledge.known(name, t, layer)
        values = version(trace, after, layer, name, t) if known else None
        size = version(trace, after, layer, name, 1).size
    else:
        values = _values(run, name, t, knowledge, layer, trace.T)
        size = _size(run, name)
    if values is not None:
        values = _part(values, key)
        size = values.size
    return _Thing(key, what, name, layer, t, run, program, values, size)


def _own_name(name: str, run: LayerTrace) -> str:
    """W and b of a picture of the traditional layer, as the cell calls them: the LSTM's are Wg and bg."""
    as_layer, parameter = run.layer.cell.layer, name.removeprefix(DELTA)
    if as_layer is None or parameter in run.program.parameters or parameter not in ("W", "b"):
        return name
    own = as_layer.W if parameter == "W" else as_layer.b
    return name.replace(parameter, own) if own in run.program.parameters else name


def _values(run: LayerTrace, name: str, t: int, knowledge: Knowledge, layer: int, steps: int) -> Floats | None:
    given = t == knowledge.start and name in run.program.states
    if not (given or 1 <= t <= steps) or not knowledge.known(name, t, layer):
        return None
    return np.asarray(run.value(name, t))


def _size(run: LayerTrace, name: str) -> int:
    op = run.program.producer(name)
    return length("I" if name == "x" else op.size if op is not None else run.program.sizes[name], run.layer.sizes)


def _part(values: Floats, key: Key) -> Floats:
    """The one value that a mark shows, or all of them."""
    if key.i is None or key.i >= values.shape[0]:
        return values
    if values.ndim == 2 and key.j is not None and key.j < values.shape[1]:
        return values[key.i, key.j : key.j + 1]
    return values[key.i : key.i + 1] if values.ndim == 1 else values[key.i]


def _symbol(thing: _Thing, subject: Subject, knowledge: Knowledge) -> str:
    if thing.what == "cell":
        return _layer_symbol(subject) if knowledge.of_layer else coloured("op", "R")
    if thing.what == "f":
        return coloured("op", "f")
    index = tuple(part for part in (thing.key.i, thing.key.j) if part is not None)
    if thing.layer != subject.network.chosen:
        return layer_writing(subject.network, thing.layer, thing.program, subject.notation).symbol(thing.name, *index)
    timeless = thing.key.t is None and knowledge.of_layer
    at_start = knowledge.start in (knowledge.playhead.t, thing.t)
    lag = None if timeless else thing.t - knowledge.playhead.t
    if thing.of_weights:
        return _weight_symbol(thing, subject, lag, thing.t if at_start else None, index)
    writing = Writing(thing.program, lag, thing.t if thing.t == knowledge.start else None, way=knowledge.way,
                      notation=subject.notation)  # fmt: skip
    if writing.is_written_out(thing.name) and index:
        return writing.symbol(thing.name)
    return writing.symbol(thing.name, *index)


def _weight_symbol(
    thing: _Thing, subject: Subject, lag: int | None, moment: int | None, index: tuple[int, ...]
) -> str:  # fmt: skip
    """W where it is the same at every sample, W_t where it is not; ΔW_t its change; W′ what one update comes to."""
    kind, name = learning(subject.changed), thing.name.removeprefix(DELTA)
    if kind in (FROZEN, SEQUENCE):
        symbol = Writing(thing.program, None).symbol(name, *index)
        if thing.name == name and kind == SEQUENCE and thing.t > subject.steps:
            symbol = prime(symbol)
    else:
        symbol = Writing(thing.program, lag, moment, timed=True).symbol(name, *index)
    return symbol if thing.name == name else delta(symbol)


def _layer_symbol(subject: Subject) -> str:
    """``f(W·x + b)``: what the traditional layer does; R is the recurrent cell's letter."""
    layer = traditional(subject)
    bias = f" + {layer.bias()}" if layer.b else ""
    factors = [layer.weight(), coloured("x", "x")]
    if subject.notation.rows:
        factors = [factors[1], factors[0] + ("^{T}" if subject.notation.transposed else "")]
    return f"{coloured('op', layer.f)}({' · '.join(factors)}{bias})"


def _role(thing: _Thing, subject: Subject) -> str:
    if thing.what in ("cell", "f"):
        return "op"
    if thing.layer == subject.network.chosen - 1 and thing.name == "y":
        return "x"
    return thing.program.role(thing.name.removeprefix(DELTA))


def _title(thing: _Thing) -> str:
    name, program = thing.name, thing.program
    if thing.what in ("cell", "f"):
        return "Activation" if thing.what == "f" else "Cell R" if program.states else "Layer"
    if thing.of_weights and name not in program.parameters:
        return "Change of a bias" if name.removeprefix(DELTA) in program.biases else "Change of the weights"
    if name in program.parameters:
        bias = name in program.biases
        one = thing.key.i is not None and thing.key.j is not None
        return "Bias" if bias else "Weight" if one else "Weights"
    word = gate_word(program, name)
    if word:
        return word.capitalize() if word == "candidate" else f"{word.capitalize()} gate"
    if name in program.states:
        return "Cell state" if program.role(name) == "c" else "State"
    return _NAMES.get(name, "Value")


def _spoken_name(thing: _Thing, title: str, symbol: str, notation: Notation) -> str:
    place = "".join(f" {part + 1}" for part in (thing.key.i, thing.key.j) if part is not None)
    name = notation.name_of(thing.program, thing.name)
    if thing.what in ("cell", "f"):
        return f"{title}, handing out {name}"
    if title == "Value":
        return f"value {plain_math(symbol)}"
    return f"{title[0].lower()}{title[1:]} {name}{place}"


def _context(thing: _Thing, subject: Subject, knowledge: Knowledge) -> str:
    layer = thing.run.layer
    if thing.what == "cell":
        parts = [f"t = {thing.t}", f"{layer.inputs} → {layer.size}", "" if knowledge.of_layer else layer.cell.title]
    elif thing.what == "f":
        parts = [thing.program.activation or "fixed", f"t = {thing.t}"]
    elif thing.of_weights:
        shape = thing.run.parameter(thing.name.removeprefix(DELTA), 1).shape
        one = thing.size == 1 and thing.key.i is not None
        parts = [
            "one value" if one else sentence("{names} values", names=" × ".join(str(n) for n in shape)),
            _validity(thing, subject),
        ]
    else:
        parts = [
            f"t = {thing.t}",
            "one value" if thing.size == 1 else sentence("{size} values", size=thing.size),
            _place(thing, knowledge),
        ]
        word = subject.token(thing.t) if thing.name == "x" and thing.layer == 0 else None
        parts += [] if word is None else [Verbatim(f"“{word}”")]
    return joined(_DOT, (part for part in parts if part))


def _validity(thing: _Thing, subject: Subject) -> str:
    """At which samples a version of the weights is in force."""
    kind = learning(subject.changed)
    if thing.name.startswith(DELTA):
        return "after the sequence" if kind == SEQUENCE else sentence("made by sample {t}", t=thing.t)
    if kind == FROZEN:
        return "the same at every sample"
    if thing.t > subject.steps:
        return "after the sequence"
    return "the same in the sequence" if kind == SEQUENCE else sentence("used by sample {t}", t=thing.t)


def _place(thing: _Thing, knowledge: Knowledge) -> str:
    """Where a vector is on its way: entering or leaving R, or the layer."""
    box = "the layer" if knowledge.of_layer else "R"
    if thing.layer != knowledge.chosen:
        return sentence("layer {layer}", layer=thing.layer + 1)
    if thing.name == "x":
        return sentence("entering {box}", box=box)
    if thing.name in thing.program.states:
        if thing.t == knowledge.start:
            return "the first state"
        return (
            sentence("entering {box}", box=box)
            if knowledge.before(thing.t) == 1
            else sentence("leaving {box}", box=box)
        )
    return (
        sentence("leaving {box}", box=box)
        if thing.name in ("y", thing.program.handed)
        else sentence("inside {box}", box=box)
    )


def _note(thing: _Thing, subject: Subject, knowledge: Knowledge) -> str:
    first = thing.of_weights and thing.name in thing.program.parameters and not any(subject.changed[: thing.t - 1])
    if first or (thing.name == "x" and thing.layer == 0) or (thing.t == knowledge.start and not thing.of_weights):
        return "given"
    return "not computed yet" if thing.values is None else "computed, read only"
