"""What the formula bar says: one page for each equation of the sub-step, in symbols, with numbers, with its result."""

from collections.abc import Iterator

from rnnstudio.diagram.beside import EDIT, Beside
from rnnstudio.diagram.equation_groups import Group, group_of, groups
from rnnstudio.diagram.formula import Page, Zone
from rnnstudio.diagram.formula_beside import noughts, said, stays
from rnnstudio.diagram.formula_changes import Update
from rnnstudio.diagram.formula_layers import cell_page, layer_writing, node_page
from rnnstudio.diagram.formula_pages import Equation, given_line, given_page, page
from rnnstudio.diagram.formula_sizes import Bar, bar_of
from rnnstudio.diagram.formula_terms import Sheet, written
from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.knowledge import Knowledge
from rnnstudio.diagram.readout_pages import token_page
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.symbols import Writing
from rnnstudio.diagram.versions import DELTA, SEQUENCE, learning
from rnnstudio.engine.network import Network
from rnnstudio.engine.recording import LayerTrace
from rnnstudio.engine.trace import Trace
from rnnstudio.playback.playhead import LAYER_PHASES, Playhead, layer_phase

#: Views whose marks carry the sample, and views that open with R as a whole.
TIMED, OF_R = frozenset({"samples", "unrolled"}), frozenset({"unrolled", "compact"})
#: Views that write W · x, and no t.
TIMELESS = frozenset({"network", "layer", "condensed"})


def pages(
    subject: Subject,
    trace: Trace,
    kind: str,
    view: str,
    playhead: Playhead,
    unit: int,
    selection: Key | None,
    knowledge: Knowledge,
    decimals: int,
    vmax: float,
    after: Network | None = None,
    beside: Beside | None = None,
) -> tuple[Page, ...]:
    """The pages of the formula bar.

    Parameters
    ----------
    subject : Subject
        The network and the frame that the bar is under.
    trace : Trace
        The computation that the view shows.
    kind : "layer" or "cell"
        Which of the two it is.
    view : str
        One of the seven.
    playhead : Playhead
        The sub-step that is explained.
    unit : int
        The unit that is looked into, from 0, where one row stands for a vector.
    selection : Key or None
        What is selected: something computed has its own equation explained.
    knowledge : Knowledge
        What may be shown; everything else is `?`.
    decimals : int
        Of the shown numbers.
    vmax : float
        The range of the weights' colours.
    after : Network, optional
        The network after the one update that follows the run.
    beside : Beside, optional
        A second run, whose numbers stand beside those of the first where they differ.
    """
    found = _Explanation(
        subject, trace, kind, view, playhead, unit, selection, knowledge, decimals, vmax, after, beside
    ).pages()  # fmt: skip
    told = found if beside is None else tuple(said(page, beside.marking) for page in found)
    return tuple(page.written(subject.notation, view == "network") for page in told)


class _Explanation:
    def __init__(
        self, subject: Subject, trace: Trace, kind: str, view: str, playhead: Playhead, unit: int,
        selection: Key | None, knowledge: Knowledge, decimals: int, vmax: float, after: Network | None,
        beside: Beside | None,
    ) -> None:  # fmt: skip
        self.subject, self.trace, self.view, self.playhead = subject, trace, view, playhead
        self.of_layer, self.knowledge, self.selection = kind == "layer", knowledge, selection
        self.unit = max(unit, 0) if selection is None or selection.i is None else selection.i
        self.decimals, self.vmax, self.after, self.beside = decimals, vmax, after, beside
        self.bar: Bar = bar_of(subject.frame, subject.notation)
        self.chosen = subject.network.chosen
        self.program = trace.layer(self.chosen).program

    def sheet(self, t: int, k: int | None = None) -> Sheet:
        """The numbers of a layer at a sample."""
        layer = self.chosen if k is None else k
        run = self.trace.layer(layer)
        lag = None if self.view in TIMELESS else t - self.playhead.t
        start = self.knowledge.start
        moment = start if self.playhead.t == start == t and lag is not None else None
        timed = self.view == "samples" or (self.subject.learns and self.view not in TIMELESS)
        marking = None if self.beside is None else self.beside.marking
        writing = Writing(
            run.program, lag, moment, dot=self.of_layer, timed=timed, way=self.knowledge.way,
            nought=noughts(run.program, marking), stays=stays(t, self.knowledge.way, marking),
            notation=self.subject.notation,
        )  # fmt: skip
        if layer != self.chosen:
            writing = layer_writing(self.subject.network, layer, run.program, self.subject.notation)

        def known(name: str) -> bool:
            return self._exists(name, t) and self.knowledge.known(name, t, layer)

        def fresh(name: str) -> bool:
            return t != start and self.knowledge.fresh(name, t, layer)

        return Sheet(run, writing, t, self.decimals, self.vmax, known, fresh, self.unit, self.view in TIMED,
                     None if layer == self.chosen else layer, not self.subject.learns, self._second(layer),
                     marking is not None and marking.kind == EDIT)  # fmt: skip

    def _second(self, layer: int) -> LayerTrace | None:
        """The layer in the run that is compared with this one."""
        return None if self.beside is None else self.beside.trace.layer(layer)

    @property
    def _started(self) -> bool:
        """Whether the playhead is at a sample."""
        return 1 <= self.playhead.t <= self.trace.T

    def _exists(self, name: str, t: int) -> bool:
        if t == self.knowledge.start:
            return not name.endswith("_prev")
        return 1 <= t <= self.trace.T

    def pages(self) -> tuple[Page, ...]:
        selected = self._selected()
        if selected:
            return selected
        if self.playhead.t == self.knowledge.start and not self.of_layer:
            return (self._first_page(),)
        sheet = self.sheet(self.playhead.t)
        return (*self._of_sub_step(sheet), *self._of_update(sheet))

    def _selected(self) -> tuple[Page, ...]:
        """The equation of the selected value, if it is a computed one that is not an operand of this sub-step."""
        key = self.selection
        if key is None:
            return ()
        layer, name = key.layer, key.what
        if self.view == "network" and name == "x" and self.chosen > 0:
            layer, name = self.chosen - 1, "y"
        if name == "node" and layer is not None:
            name = "y"
        if layer is not None and layer != self.chosen:
            return self._of_other(layer, name)
        t = self.playhead.t if key.t is None else key.t
        parameter = name.removeprefix(DELTA)
        if parameter in self.program.parameters:
            return tuple(self._updates(t if name != parameter else t - 1, (parameter,)))
        before = name in self.program.states and self.knowledge.before(t) == 1
        group = None if before or not 1 <= t <= self.trace.T else group_of(self.program, self._shown_name(name))
        if group is None:
            return ()
        sheet = self.sheet(t)
        own = tuple(Equation(sheet, self.bar, group).pages())
        if self.view in ("network", "layer") and key.i is not None and name == "y":
            return (node_page(sheet, self.bar, self.unit), *own)
        return own

    def _shown_name(self, name: str) -> str:
        """In the views before the readout, y is what the cell hands out."""
        return self.program.handed if self.of_layer and name == "y" else name

    def _of_other(self, layer: int, name: str) -> tuple[Page, ...]:
        """A layer around the chosen one; the output layer of a readout is a part of the chosen one."""
        t = self.playhead.t
        if not 0 <= layer < len(self.trace.layers):
            if layer != len(self.trace.layers) or (not self.program.alias and self.program.handed == "y"):
                return ()
            layer = self.chosen
        sheet = self.sheet(t, layer)
        group = group_of(sheet.program, name)
        if group is None or not self._started:
            return ()
        own = tuple(Equation(sheet, self.bar, group).pages())
        if self.selection is None or self.selection.i is None or sheet.program.states or layer == self.chosen:
            return own
        return (node_page(sheet, self.bar, self.unit), *own)

    def _first_page(self) -> Page:
        """Before the first sample: the states that are given."""
        sheet = self.sheet(self.knowledge.start)
        names = self.program.states
        formula = Zone("FORMULA", ((written(",   ".join(sheet.writing.symbol(name) for name in names)),),))
        line = given_line(sheet, self.bar, names)
        numbers = Zone("WITH NUMBERS", ((written("\\given"),),), "before the first sample")
        return page("s", formula, numbers, Zone("RESULT", (tuple(line),)), self.bar)

    def _of_sub_step(self, sheet: Sheet) -> Iterator[Page]:
        if self.of_layer:
            yield from self._of_layer(sheet)
            return
        if self.view in OF_R:
            yield cell_page(sheet, self.bar)
        phase = self.playhead.phase
        if phase == 1:
            names = ("x", *(f"{state}_prev" for state in self.program.states))
            yield given_page(sheet, self.bar, names, self._awaited(sheet))
        for group in self._groups(sheet, phase):
            yield from Equation(sheet, self.bar, group).pages()
        yield from self._tokens(sheet, phase == len(self.program.phases))

    def _groups(self, sheet: Sheet, phase: int) -> tuple[Group, ...]:
        """The vectors of a sub-step; for products that are written in blocks, the sum that they go into."""
        found: dict[Group, None] = {}
        for group in groups(self.program, phase):
            whole = [op for op in self.program.ops if op.id in sheet.writing.blocks
                     and group.root in sheet.writing.blocks[op.id].names]  # fmt: skip
            instead = group_of(self.program, whole[0].value) if whole else None
            found[instead or group] = None
        return tuple(found)

    def _awaited(self, sheet: Sheet) -> Zone:
        """What the sample will come to."""
        state = self.program.states[0] if self.program.states else self.program.handed
        group = group_of(self.program, state)
        if group is None:
            raise ValueError(f"the cell {self.program.cell.name} computes no {state}")
        tall = sheet.size(group.root) > self.bar.most_rows
        return Equation(sheet, self.bar, group).result(min(self.unit, sheet.size(group.root) - 1) if tall else None)

    def _of_layer(self, sheet: Sheet) -> Iterator[Page]:
        """The traditional layer: the node looked into, then whole vectors, then the layers around it."""
        count = len(self.knowledge.program.phases)
        phase = layer_phase(self.playhead.phase, count) if self._started else 1
        if self.view == "layer":
            yield node_page(sheet, self.bar, self.unit)
        of_phase = groups(self.program, 2 if phase == 2 else LAYER_PHASES)
        for group in of_phase if phase != 1 else of_phase[:1]:
            yield from Equation(sheet, self.bar, group).pages()
        if self.view == "network" and self._started:
            yield from self._around(phase)
        yield from self._tokens(sheet, phase == LAYER_PHASES)

    def _around(self, phase: int) -> Iterator[Page]:
        """Layers before the chosen one are computed with the first sub-step, those after it with the last."""
        for k, run in enumerate(self.trace.layers):
            if (phase == 1 and k < self.chosen) or (phase == LAYER_PHASES and k > self.chosen):
                group = group_of(run.program, "y")
                if group is not None:
                    yield from Equation(self.sheet(self.playhead.t, k), self.bar, group).pages()

    def _of_update(self, sheet: Sheet) -> Iterator[Page]:
        """What a complete sample does to the weights: the first matrix on x, and the first on the state."""
        if not self.knowledge.complete or self.view in TIMELESS:
            return
        matrices = [name for name, shape in sheet.program.parameters.items() if len(shape) == 2]
        cut = self.beside is not None and self.beside.marking.cut  # of a U that is 0 nothing is added up
        roles = ("W",) if cut else ("W", "U")
        found = (next((name for name in matrices if sheet.program.role(name) == role), "") for role in roles)
        yield from self._updates(self.subject.steps if self._once else sheet.t, tuple(name for name in found if name))

    @property
    def _once(self) -> bool:
        return learning(self.subject.changed) == SEQUENCE

    def _updates(self, t: int, names: tuple[str, ...]) -> Iterator[Page]:
        """The update that follows a sample, where there is one and it has been made."""
        changed = self.subject.changed
        if not 1 <= t <= len(changed) or not changed[t - 1] or self.view in TIMELESS:
            return
        if not self.knowledge.version_known(t + 1):
            return
        update = Update(self.trace, self.after, self.chosen, t, self.subject.change_range, self._once)
        yield from update.pages(self.sheet(t), self.bar, names)

    def _tokens(self, sheet: Sheet, last: bool) -> Iterator[Page]:
        """For a text, the probabilities of the next word."""
        at_end = self.program.readout and self.chosen == len(self.trace.layers) - 1
        if last and at_end and self.subject.vocabulary and self._started:
            yield token_page(sheet, self.bar, self.subject.vocabulary)
