"""The experiments, and the table of what was published and what is found."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from tests.experiments import elman, memory, reber
from tests.experiments.learning import Found


@dataclass(frozen=True)
class Experiment:
    """One published result.

    Attributes
    ----------
    title, published : str
        Two columns of the table.
    perform : callable
        ``perform(short)`` → `Found`; the short form leaves out what takes longest.
    """

    title: str
    published: str
    perform: Callable[[bool], Found]


EXPERIMENTS = {
    "temporal-xor": Experiment(
        "Temporal XOR (Elman 1990)",
        "every third bit is the XOR of two: 100 %; the others are at chance, 50 %",
        elman.temporal_xor,
    ),
    "letters": Experiment(
        "Letters ba, dii, guuu (Elman 1990)",
        "the error (root mean square) is high at consonants, √(2/27) = 0.272 at best, and low at vowels, ≤ 0.05",
        elman.letters,
    ),
    "reber": Experiment(
        "Reber grammar (Cleeremans et al. 1989)",
        "a simple recurrent network knows what may follow: 100 %",
        reber.reber,
    ),
    "embedded-reber": Experiment(
        "Embedded Reber grammar (Hochreiter and Schmidhuber 1997)",
        "LSTM 100 %; not where the gradient goes back one step alone, as in 1990",
        reber.embedded_reber,
    ),
    "adding": Experiment(
        "Adding problem, T = 100 (Hochreiter and Schmidhuber 1997)",
        f"gated cells solve it (mean squared error ≤ {memory.SOLVED}), the plain cell stays at the guess, 1/6",
        memory.adding,
    ),
    "parity": Experiment(
        "Parity (Minsky and Papert 1969)",
        "a machine of two states is exact at every length",
        memory.parity,
    ),
    "jacobians": Experiment(
        "∂s_t/∂s_k with U = ρ·orthogonal (Pascanu et al. 2013)",
        "every singular value is ρ^(t − k)",
        memory.jacobians,
    ),
}


def row(name: str, found: Found, seconds: float) -> str:
    """One line of the table."""
    experiment = EXPERIMENTS[name]
    verdict = "" if found.passed else "**not reproduced:** "
    cells = (experiment.title, experiment.published, verdict + found.words, f"{seconds:.1f}", f"`{name}`")
    return "| " + " | ".join(cells) + " |"


HEADER = (
    "| experiment | published | found | seconds | `python -m tests.experiments` … |\n| --- | --- | --- | --- | --- |"
)


def performed(name: str, short: bool = False) -> tuple[Found, float]:
    """An experiment's outcome, and how long it took in seconds."""
    start = perf_counter()
    found = EXPERIMENTS[name].perform(short)
    return found, perf_counter() - start
