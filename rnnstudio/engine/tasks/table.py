"""Every task of the program, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rnnstudio.engine.tasks.counting import anbn, bracket_depth
from rnnstudio.engine.tasks.grammar import embedded_reber, reber
from rnnstudio.engine.tasks.letters import letters
from rnnstudio.engine.tasks.logic import parity, temporal_xor
from rnnstudio.engine.tasks.memory import adding, copy, echo, running_sum
from rnnstudio.engine.tasks.task import Preset, Task
from rnnstudio.engine.tasks.text import next_character
from rnnstudio.engine.tasks.waves import noisy_sine

_ROWS = (
    Task("echo", "Echo", "Jaeger 2001", echo, 1, Preset("elman", 4, 40, 1, 0.02, 400)),
    Task("running-sum", "Running sum", "Cannon, Robinson and Shamma 1983", running_sum, 1,
         Preset("gru", 6, 30, 64, 0.02, 400)),
    Task("parity", "Parity", "Minsky and Papert 1969", parity, 2, Preset("elman", 8, 10, 64, 0.02, 600, seed=3)),
    Task("temporal-xor", "Temporal XOR", "Elman 1990", temporal_xor, 1, Preset("elman", 6, 30, 128, 0.03, 400)),
    Task("letters", "ba, dii, guuu", "Elman 1990", letters, 6, Preset("elman", 16, 40, 32, 0.02, 300)),
    Task("reber", "Reber grammar", "Reber 1967", reber, 7, Preset("elman", 8, 20, 256, 0.03, 200)),
    Task("embedded-reber", "Embedded Reber grammar", "Hochreiter and Schmidhuber 1997", embedded_reber, 7,
         Preset("lstm", 8, 24, 128, 0.05, 300, seed=3)),
    Task("adding", "Adding problem", "Hochreiter and Schmidhuber 1997", adding, 1,
         Preset("gru", 8, 20, 64, 0.02, 400)),
    Task("copy", "Copy", "Hochreiter and Schmidhuber 1997", copy, 5, Preset("lstm", 16, 10, 128, 0.05, 400)),
    Task("anbn", "aⁿbⁿ", "Gers and Schmidhuber 2001", anbn, 3, Preset("lstm", 3, 17, 64, 0.05, 400)),
    Task("bracket-depth", "Bracket depth", "Gers and Schmidhuber 2001", bracket_depth, 1,
         Preset("lstm", 4, 30, 32, 0.03, 400)),
    Task("noisy-sine", "Noisy sine", "Wiener 1949", noisy_sine, 1, Preset("gru", 8, 50, 16, 0.02, 400)),
    Task("next-character", "Next character", "Sutskever, Martens and Hinton 2011", next_character, 0,
         Preset("gru", 24, 40, 32, 0.02, 250)),
)  # fmt: skip

#: Name → task.
TASKS: Mapping[str, Task] = MappingProxyType({task.name: task for task in _ROWS})
