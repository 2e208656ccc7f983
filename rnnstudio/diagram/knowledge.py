"""What may be shown at a playhead: the one place that says whether a value is known, and whether it is new."""

from dataclasses import dataclass, field

from rnnstudio.engine.network import Network
from rnnstudio.engine.ops import Program
from rnnstudio.playback.playhead import LAYER_PHASES, Playhead, layer_phase

#: Quantities that a picture derives from values of the traditional layer: what they are made in.
_DERIVED = {"product": "a", "rowsum": "a", "likely": "y", "onehot": "x"}


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
    """

    program: Program
    layer_program: Program | None
    playhead: Playhead
    of_layer: bool
    known_inputs: bool
    chosen: int = 0
    others: tuple[Program, ...] = field(default=())

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
            A named value, an op id, ``x``, a state or ``NAME_prev``, a parameter, a number, or one of the quantities
            that a picture derives (``product``, ``rowsum``, ``likely``, ``onehot``).
        t : int, optional
            Its sample; that of the playhead by default.
        layer : int, optional
            Its layer; the chosen one by default.

        Raises
        ------
        ValueError
            The chosen layer has no such name.
        """
        t = self.playhead.t if t is None else t
        name = _DERIVED.get(name, name)
        if self._always(name, layer):
            return True
        if name.endswith("_prev") and not self._is_other(layer):
            return self.known(name.removesuffix("_prev"), t - 1, layer)
        if t <= 0:
            return t == 0 and name in self._program_of(layer).states
        if t != self.playhead.t:
            return t < self.playhead.t or (self.known_inputs and self._is_input(name, layer))
        return self._done(name, layer)

    def fresh(self, name: str, t: int | None = None, layer: int | None = None) -> bool:
        """Whether a value came to be known in the sub-step that the playhead has just done (lime: now)."""
        t = self.playhead.t if t is None else t
        name = _DERIVED.get(name, name)
        if t != self.playhead.t or t == 0 or self._always(name, layer):
            return False
        if self._is_other(layer):
            below = layer is not None and layer < self.chosen
            return self.playhead.phase == 1 if below else self.complete
        return self._phase_of(name) == self._phase_for(name)

    def _always(self, name: str, layer: int | None) -> bool:
        if layer is None or layer == self.chosen:
            programs = [self.program] + ([self.layer_program] if self.layer_program else [])
        else:
            programs = [self.others[layer]] if 0 <= layer < len(self.others) else []
        return any(name in program.parameters for program in programs) or _is_number(name)

    def _is_other(self, layer: int | None) -> bool:
        return layer is not None and layer != self.chosen

    def _is_input(self, name: str, layer: int | None) -> bool:
        """Whether it is x of the chosen layer, or of the network."""
        return name == "x" and (not self._is_other(layer) or layer in (-1, 0))

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


def knowledge_of(network: Network, playhead: Playhead, of_layer: bool) -> Knowledge:
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
    )
