"""What-if as the session has it: what is changed and fits the document, what it is called, why a toggle is off."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rnnstudio.diagram.beside import WHAT_IF, Marking
from rnnstudio.diagram.equation_groups import gate_word
from rnnstudio.engine.held_gates import gates
from rnnstudio.engine.what_if import AS_IT_IS, WhatIf, recurrent_weights, severed
from rnnstudio.sentence import joined, sentence
from rnnstudio.state.model import Document, State

#: The toggles, in the order of the bar.
CUT, FREEZE, SILENCE, CLAMP = "cut", "freeze", "silence", "clamp"
TOGGLES = (CUT, FREEZE, SILENCE, CLAMP)


@lru_cache(maxsize=8)
def legal(what_if: WhatIf, document: Document) -> WhatIf:
    """What of it the document has: a gate of the cell, samples of the sequence, a state."""
    if not what_if.on:
        return AS_IT_IS
    program = document.network.layers[document.network.chosen].program
    steps = document.sequence.steps
    frozen, silent = what_if.frozen, what_if.silent
    return replace(
        what_if,
        cut=what_if.cut and bool(recurrent_weights(program)),
        frozen=frozen if program.states and frozen is not None and frozen <= steps + 1 else None,
        silent=silent if silent is not None and 1 <= silent <= steps else None,
        gate=what_if.gate if what_if.gate in gates(program) else "",
    )


def what_if_of(state: State) -> WhatIf:
    """What is changed in the run that is shown."""
    return legal(state.session.what_if, state.document)


def on(what_if: WhatIf, toggle: str) -> bool:
    """Whether a toggle is on."""
    found = {CUT: what_if.cut, FREEZE: what_if.frozen is not None, SILENCE: what_if.silent is not None}
    return found.get(toggle, bool(what_if.gate))


def why_off(toggle: str, document: Document) -> str:
    """Why a toggle cannot be used; empty where it can."""
    layer = document.network.layers[document.network.chosen]
    title = layer.cell.title or layer.cell.name
    if not document.sequence.steps:
        return "There is no sequence to run."
    if toggle == CUT and not recurrent_weights(layer.program):
        return sentence("{title} has no recurrent weights that could be 0.", title=title)
    if toggle == FREEZE and not layer.program.states:
        return sentence("{title} has no state that could stay.", title=title)
    if toggle == CLAMP and not gates(layer.program):
        return sentence("{title} has no gate; the LSTM and the GRU have.", title=title)
    return ""


def clamps(document: Document) -> tuple[tuple[str, float, str], ...]:
    """(gate, level, words) of every way to hold a gate: ``forget gate f = 1``."""
    program = document.network.layers[document.network.chosen].program
    found = []
    for gate in gates(program):
        word = gate_word(program, gate)
        for level in (1.0, 0.0):
            said = sentence("{word} gate {gate} = {level:.0f}", word=word, gate=gate, level=level)
            found.append((gate, level, said if word else f"{gate} = {level:.0f}"))
    return tuple(found)


@lru_cache(maxsize=8)
def marking_of(what_if: WhatIf, document: Document) -> Marking:
    """What the picture marks and says of a changed run."""
    program = document.network.layers[document.network.chosen].program
    cut = severed(program) if what_if.cut else ()
    whole = bool(cut) and set(cut) == set(program.states)
    held = f"{what_if.gate} = {what_if.level:.0f}" if what_if.gate else ""
    parts: list[tuple[str, str, str, str]] = []  # live, ghost, title, sentence
    if what_if.cut and whole:
        parts.append(("state cut", "with state", "What if the wire is cut?",
                      "U is set to 0: every step forgets the one before"))  # fmt: skip
    elif what_if.cut:
        parts.append(("U = 0", "with U", "What if U is 0?", "The recurrent weights are 0: no gate reads the state"
                      if gates(program) else "The recurrent weights are 0"))  # fmt: skip
    if what_if.frozen is not None:
        names = joined(" and ", program.states)
        parts.append(("state frozen", "state running", "What if the state stays?",
                      sentence("{names} frozen after sample {frozen}: later ones are computed from it", names=names,
                               frozen=what_if.frozen)))  # fmt: skip
    if what_if.silent is not None:
        parts.append(
            (
                "x silent",
                "with x",
                "What if one input is silent?",
                sentence("The input of sample {silent} is 0", silent=what_if.silent),
            )
        )
    if held:
        word = gate_word(program, what_if.gate)
        gate = sentence("{word} gate", word=word) if word else "gate"
        parts.append((held, sentence("{gate} computed", gate=what_if.gate), sentence("What if {held}?", held=held),
                      sentence("The {gate} is held at {level:.0f}, whatever it reads", gate=gate,
                               level=what_if.level)))  # fmt: skip
    if len(parts) == 1:
        live, ghost, title, said = parts[0]
    else:
        live, ghost, title = "what if", "as it is", "What if"
        said = joined(". ", _short(what_if, held))
    return Marking(WHAT_IF, live, ghost, title, sentence("{said}. Thin: {ghost}", said=said, ghost=ghost), what_if.cut,
                   cut, what_if.frozen,
                   what_if.silent, held)  # fmt: skip


def _short(what_if: WhatIf, held: str) -> list[str]:
    """What is changed, in a few letters each."""
    found = ["Recurrent weights 0"] if what_if.cut else []
    found += (
        [sentence("State frozen after sample {frozen}", frozen=what_if.frozen)] if what_if.frozen is not None else []
    )
    found += [sentence("Input of sample {silent} is 0", silent=what_if.silent)] if what_if.silent is not None else []
    return [*found, *([f"Gate {held.replace('=', 'held at')}"] if held else [])]
