"""A second run beside the one that is shown: what of it a layout marks, and its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.diagram.subject import Subject
from rnnstudio.engine.trace import Trace

#: What the second run is: the plain one beside a changed one, or the one before an edit beside the one after it.
WHAT_IF, EDIT = "what-if", "edit"
#: Before the name of a value: that of the second run.
GHOST = "ghost."


@dataclass(frozen=True)
class Marking:
    """What a layout marks of a comparison; it knows no numbers.

    Attributes
    ----------
    kind : str
        `WHAT_IF` or `EDIT`.
    live, ghost : str
        What the two runs are called: ``state cut`` and ``with state``, ``now`` and ``before``.
    title, caption : str
        What stands over the picture instead of its own; empty to leave that.
    cut : bool
        Whether U = 0.
    severed : tuple of str
        States that reach nothing any more.
    frozen : int or None
        The sample after which the states that are handed on stay.
    silent : int or None
        The sample whose input is zeros.
    held : str
        ``f = 1``: the gate that is held; empty for none.
    """

    kind: str
    live: str
    ghost: str
    title: str = ""
    caption: str = ""
    cut: bool = False
    severed: tuple[str, ...] = ()
    frozen: int | None = None
    silent: int | None = None
    held: str = ""

    def apart(self, state: str, t: int, way: int) -> bool:
        """Whether the state of a sample is not what enters the next one."""
        late = self.frozen is not None and (t - self.frozen) * way > 0
        return late or (self.cut and state in self.severed)


@dataclass(frozen=True, eq=False)
class Beside:
    """The second run, in the direction that is shown."""

    marking: Marking
    trace: Trace


def cut_label(subject: Subject) -> str:
    """What stands on the tab of U where U = 0; empty elsewhere."""
    marking = subject.beside
    return "<U|U = 0>" if marking is not None and marking.cut else ""
