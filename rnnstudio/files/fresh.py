"""The study that New begins with."""

from __future__ import annotations

from rnnstudio.engine.cells import library_cell
from rnnstudio.files.building import built_document, drawn_note, drawn_sequence
from rnnstudio.files.options import ModelOptions
from rnnstudio.state.model import Document

NAME = "untitled"
#: Small enough to be read number by number, and I, H and O are all different.
INPUTS, STATE_SIZE, OUTPUTS, SEED = 3, 4, 2, 1


def fresh_study() -> Document:
    """Make a small recurrent network with a readout over a drawn sequence."""
    options = ModelOptions(state_size=STATE_SIZE, outputs=OUTPUTS, seed=SEED)
    sequence = drawn_sequence(INPUTS, SEED)
    cell = library_cell("elman")
    return built_document(cell, NAME, options, sequence, [drawn_note(sequence, SEED)])
