"""Where we are in the sequence: (t, phase), and what is known there (MODEL §2)."""

from dataclasses import dataclass, replace

#: Phases of the traditional layer: x; all but y; y.
LAYER_PHASES = 3


@dataclass(frozen=True)
class Playhead:
    """Sample ``t`` (0: the first state) of which ``phase`` sub-steps of the cell are done.

    Legal positions are (0, P) and (t, 1…P) for t = 1…T, where P is the number of phases of the cell; where a layer
    goes through the samples from the last to the first, its first state is that of T + 1. ``middle``
    remembers which phase stood for "all but y" when a view of the traditional layer stepped off it, so that k steps
    forward and k back return exactly.
    """

    t: int
    phase: int
    middle: tuple[int, int] | None = None


def layer_phase(phase: int, phases: int) -> int:
    """Phase of the traditional layer derived from the cell's: 0 nothing, 1 x, 2 all but y, 3 complete."""
    if phase >= phases:
        return LAYER_PHASES
    return min(phase, 2)


@dataclass(frozen=True)
class Track:
    """The positions of one sequence: T samples, P phases of the cell, and whether the view shows the layer."""

    steps: int
    phases: int
    of_layer: bool = False
    reverse: bool = False

    @property
    def start(self) -> int:
        """The sample of the first state: 0, or T + 1 where the samples are gone through backwards."""
        return self.steps + 1 if self.reverse else 0

    @property
    def way(self) -> int:
        """From a sample to the one that is computed next."""
        return -1 if self.reverse else 1

    def order(self, t: int) -> int:
        """How many samples are gone through up to sample ``t``: 0 for the first state, T for the last."""
        return (t - self.start) * self.way

    def sample(self, order: int) -> int:
        """The sample that is gone through as the ``order``-th; 0: the first state."""
        return self.start + order * self.way

    def first(self) -> Playhead:
        """The first state, before any sample."""
        return Playhead(self.start, self.phases)

    def last(self) -> Playhead:
        """The last sample, complete."""
        return Playhead(self.sample(self.steps), self.phases)

    def at(self, t: int, op: int | None = None) -> Playhead:
        """Sample ``t`` with ``op`` sub-steps of the computation that the view shows done (default: complete).

        0 is the first state, in either direction.
        """
        if t == 0:
            return self.first()
        t = self.sample(min(max(self.order(t), 0), self.steps))
        if t == self.start or op is None:
            return Playhead(t, self.phases)
        if self.of_layer:
            return Playhead(t, {1: 1, 2: min(2, self.phases)}.get(op, self.phases))
        return Playhead(t, min(max(op, 1), self.phases))

    def forward(self, head: Playhead) -> Playhead:
        """One sub-step on; the last position stays."""
        if head.t == self.start or head.phase >= self.phases:
            return head if self.order(head.t) >= self.steps else replace(head, t=head.t + self.way, phase=1)
        if not self.of_layer:
            return Playhead(head.t, head.phase + 1)
        if layer_phase(head.phase, self.phases) == 1:
            return replace(head, phase=self._middle(head))
        return Playhead(head.t, self.phases, self._remember(head))

    def back(self, head: Playhead) -> Playhead:
        """One sub-step back; the first position stays."""
        if head.t == self.start:
            return head
        if head.phase <= 1:
            return replace(head, t=head.t - self.way, phase=self.phases)
        if not self.of_layer:
            return Playhead(head.t, head.phase - 1)
        # a cell of two phases has none for "all but y"
        if layer_phase(head.phase, self.phases) == LAYER_PHASES and self._middle(head) < head.phase:
            return replace(head, phase=self._middle(head))
        return Playhead(head.t, 1, self._remember(head))

    def _middle(self, head: Playhead) -> int:
        return head.middle[1] if head.middle and head.middle[0] == head.t else 2

    def _remember(self, head: Playhead) -> tuple[int, int] | None:
        """Only a phase other than 2 needs remembering, and only where one came from can have one."""
        return (head.t, head.phase) if head.phase != 2 else head.middle

    def sample_forward(self, head: Playhead) -> Playhead:
        """The same phase of the next sample; the last sample stays."""
        return head if self.order(head.t) >= self.steps else Playhead(head.t + self.way, head.phase)

    def sample_back(self, head: Playhead) -> Playhead:
        """The same phase of the sample before; the first state is always complete."""
        if head.t == self.start:
            return head
        return Playhead(head.t - self.way, head.phase) if self.order(head.t) > 1 else self.first()

    def index(self, head: Playhead) -> int:
        """Position on the scale of the scrubber: sub-steps of the cell since the first state."""
        return 0 if head.t == self.start else (self.order(head.t) - 1) * self.phases + head.phase
