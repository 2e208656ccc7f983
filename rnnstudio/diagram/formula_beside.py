"""What the formula bar says of a run in which something is changed."""

from dataclasses import replace

from rnnstudio.diagram.beside import WHAT_IF, Marking
from rnnstudio.diagram.formula import Page
from rnnstudio.engine.ops import Program
from rnnstudio.engine.what_if import recurrent_weights
from rnnstudio.sentence import sentence


def noughts(program: Program, marking: Marking | None) -> frozenset[str]:
    """The parameters that are written as 0."""
    return frozenset(recurrent_weights(program)) if marking is not None and marking.cut else frozenset()


def stays(t: int, way: int, marking: Marking | None) -> int | None:
    """The sample whose states enter sample t, where they stay; None where those of the sample before do."""
    if marking is None or marking.frozen is None:
        return None
    return marking.frozen if (t - marking.frozen) * way > 0 else None


def said(page: Page, marking: Marking) -> Page:
    """The page with what is changed beside its first caption."""
    if marking.kind != WHAT_IF:
        return page
    formula, numbers, result = page.zones
    held = marking.held.partition(" ")[0]
    words = [sentence("{held}, clamped", held=marking.held) if held and held == page.value else marking.live]
    if marking.frozen is not None:
        words = [*words[: page.value == held], sentence("frozen after t = {frozen}", frozen=marking.frozen)]
    note = "   ".join(part for part in (formula.note, *words) if part)
    return replace(page, zones=(replace(formula, note=note), numbers, result))
