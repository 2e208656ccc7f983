"""What may be shown at a playhead: the one place that says whether a value is known, and whether it is new."""

from dataclasses import dataclass, field

from rnnstudio.diagram.versions import DELTA, same_until
from rnnstudio.engine.cells import READOUT, READOUT_BIAS
from rnnstudio.engine.network import Network
from rnnstudio.engine.ops import Program
from rnnstudio.playback.playhead import LAYER_PHASES, Playhead, layer_phase

#: Quantities that a picture derives from values of the traditional layer: what they are made in.
#: x and the state before the step below each other, as they enter gates that are fed from one column.
JOINT = "[x; s]"
_DERIVED = {"product": "a", "rowsum": "a", "likely": "y", "onehot": "x", JOINT: "x"}


@dataclass(frozen=True)
class Knowledge:
    """What the playhead allows to be seen.

    Attributes
    ----------
    program : Program
        The op table of the chosen layer's cell.
    layer_program : Program or None
        That of its traditional layer.
    playhead : Playhead
        Where we are.
    of_layer : bool
        Whether the picture shows the traditional layer.
    known_inputs : bool
        Whether later samples of x are known beforehand: all layers below are stateless.
    chosen : int
        Index of the chosen layer.
    others : tuple of Program
        The programs of all layers, by which the parameters of the others are told from values.
    changed : tuple of bool
        For each sample whether it changes weights of the chosen layer or of one below; empty where none does.
    reverse : bool
        Whether the chosen layer goes through the samples from the last to the first.
    steps : int
        T; the first state of a reversed layer is that of sample T + 1.
    """

    program: Program
    layer_program: Program | None
    playhead: Playhead
    of_layer: bool
    known_inputs: bool
    chosen: int = 0
    others: tuple[Program, ...] = field(default=())
    changed: tuple[bool, ...] = ()
    reverse: bool = False
    steps: int = 0

    @property
    def phases(self) -> int:
        """P, the number of sub-steps of the computation that the picture shows."""
        return LAYER_PHASES if self._shows_layer else len(self.program.phases)

    @property
    def phase(self) -> int:
        """How many of them are done in the sample of the playhead."""
        if self._shows_layer:
            return layer_phase(self.playhead.phase, len(self.program.phases))
        return self.playhead.phase

    @property
    def complete(self) -> bool:
        """Whether the sample of the playhead is done."""
        return self.playhead.phase >= len(self.program.phases)

    @property
    def start(self) -> int:
        """The sample of the first state: 0, or T + 1."""
        return self.steps + 1 if self.reverse else 0

    @property
    def way(self) -> int:
        """From a sample to the one that is computed next: 1, or −1."""
        return -1 if self.reverse else 1

    def before(self, t: int) -> int:
        """How many samples before the playhead's a sample is computed: 0 for that itself, less for later ones."""
        return (self.playhead.t - t) * self.way

    def version_known(self, t: int) -> bool:
        """Whether the weights that are in force at sample ``t`` are known: a later update has not been made yet."""
        if self.reverse:  # such a layer is updated at most once, after all samples
            return t <= self.steps or not any(self.changed) or (self.playhead.t == 1 and self.complete)
        made = self.playhead.t + (1 if self.complete else 0)
        return t <= made or same_until(self.changed, made, t)

    @property
    def shown(self) -> Program:
        """The op table of the computation that the picture shows."""
        return self.layer_program if self._shows_layer and self.layer_program is not None else self.program

    @property
    def _shows_layer(self) -> bool:
        return self.of_layer and self.layer_program is not None

    def known(self, name: str, t: int | None = None, layer: int | None = None) -> bool:
        """Whether a value may be shown.

        Parameters
        ----------
        name : str
            A named value, an op id, ``x``, a state or ``NAME_prev``, a parameter, its change ``ΔNAME``, a number, or
            one of the quantities that a picture derives (``product``, ``rowsum``, ``likely``, ``onehot``).
        t : int, optional
            Its sample; that of the playhead by default. Of a parameter the sample at which it is in force, up to T + 1.
        layer : int, optional
            Its layer; the chosen one by default.

        Raises
        ------
        ValueError
            The chosen layer has no such name.
        """
        t = self.playhead.t if t is None else t
        name = _DERIVED.get(name, name)
        if self._is_given(name.removeprefix(DELTA), layer):
            return self.version_known(t + 1 if name.startswith(DELTA) else t)
        if name.endswith("_prev") and not self._is_other(layer):
            return self.known(name.removesuffix("_prev"), t - self.way, layer)
        if (t - self.start) * self.way <= 0:
            return t == self.start and name in self._program_of(layer).states
        if t != self.playhead.t:
            return self.before(t) > 0 or self._is_known_input(name, t, layer)
        return self._done(name, layer)

    def fresh(self, name: str, t: int | None = None, layer: int | None = None) -> bool:
        """Whether a value came to be known in the sub-step that the playhead has just done (lime: now)."""
        t = self.playhead.t if t is None else t
        name = _DERIVED.get(name, name)
        if self._is_given(name.removeprefix(DELTA), layer):
            return name.startswith(DELTA) and t == self.playhead.t and t != self.start and self.complete
        if t != self.playhead.t or t == self.start:
            return False
        if self._is_other(layer):
            below = layer is not None and layer < self.chosen
            return self.playhead.phase == 1 if below else self.complete
        return self._phase_of(name) == self._phase_for(name)

    def _is_given(self, name: str, layer: int | None) -> bool:
        """Whether it is a parameter or a number."""
        if layer is None or layer == self.chosen:
            programs = [self.program] + ([self.layer_program] if self.layer_program else [])
        else:
            programs = [self.others[layer]] if 0 <= layer < len(self.others) else []
        joined = name in (READOUT, READOUT_BIAS)  # of two directions: in the program of neither
        return joined or any(name in program.parameters for program in programs) or _is_number(name)

    def _is_other(self, layer: int | None) -> bool:
        return layer is not None and layer != self.chosen

    def _is_known_input(self, name: str, t: int, layer: int | None) -> bool:
        """Whether it is x of the network, or one of the chosen layer that hangs on no state and no later weights."""
        if name != "x" or (self._is_other(layer) and layer not in (-1, 0)):
            return False
        if layer in (-1, 0) or self.chosen == 0:
            return True
        return self.known_inputs and self.version_known(t)

    def _program_of(self, layer: int | None) -> Program:
        if layer is None or layer == self.chosen or not 0 <= layer < len(self.others):
            return self.program
        return self.others[layer]

    def _done(self, name: str, layer: int | None) -> bool:
        if layer is not None and layer != self.chosen:
            return self.playhead.phase >= 1 if layer < self.chosen else self.complete
        return self._phase_of(name) <= self._phase_for(name)

    def _of_shown(self, name: str) -> bool:
        """Whether the shown computation has the name; a state has none in a picture of the traditional layer."""
        program = self.shown
        return name == "x" or name.partition(":")[0] in program.values or name.removesuffix("_prev") in program.states

    def _phase_of(self, name: str) -> int:
        program = self.shown if self._of_shown(name) else self.program
        return program.phase_of(name)

    def _phase_for(self, name: str) -> int:
        return self.phase if self._of_shown(name) else self.playhead.phase


def _is_number(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True


def knowledge_of(
    network: Network, playhead: Playhead, of_layer: bool, changed: tuple[bool, ...] = (), reverse: bool = False,
    steps: int = 0,
) -> Knowledge:  # fmt: skip
    """What a playhead allows to be seen of a network, in a picture of the traditional layer or of the cell."""
    layer = network.layers[network.chosen]
    return Knowledge(
        layer.program,
        layer.layer_program,
        playhead,
        of_layer,
        network.stateless_before(network.chosen),
        network.chosen,
        tuple(each.program for each in network.layers),
        changed,
        reverse,
        steps,
    )
