"""What the parts of the window are for, in one or two sentences, and the stop of a lesson at which one reads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnnstudio.diagram.meanings import Meaning
from rnnstudio.diagram.subject import VIEW_NAMES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rnnstudio.ui.window import Window

_LADDER, _MEMORY, _SAME = "from-a-layer", "what-it-remembers", "same-weights"

#: View → what it shows.
VIEWS = {
    "network": Meaning("The whole network, every unit and every weight, at one sample.", (_LADDER, 1)),
    "layer": Meaning("One layer up close: each unit with its sum and its activation.", (_LADDER, 3)),
    "condensed": Meaning("The layer as one element: vectors instead of units, W and f instead of lines.", (_LADDER, 4)),
    "samples": Meaning("The element once for each sample, along the time axis. Nothing joins the samples yet.",
                       (_LADDER, 6)),
    "unrolled": Meaning("The cell R once for each sample. The state goes from each copy to the next.", (_LADDER, 7)),
    "compact": Meaning("The same cell drawn once, with its state coming back to it: the circular arrow.", (_LADDER, 9)),
    "cell": Meaning("The inside of R: every operation between what comes in and what is handed out.", ("what-r-is", 1)),
}  # fmt: skip
#: Button of the transport → what it does.
TRANSPORT = {
    "first": Meaning("To the first state, before any sample.", (_LADDER, 6)),
    "back": Meaning("One step back: what it computed is hollow again. Nothing is replayed.", (_LADDER, 8)),
    "play": Meaning("Plays step after step, or pauses. Space does the same wherever you are.", (_LADDER, 8)),
    "next": Meaning("One step on: the next sub-step of this sample, or the next sample.", (_LADDER, 8)),
    "last": Meaning("To the last sample, with everything computed.", (_LADDER, 6)),
}


def meanings(window: Window) -> dict[QWidget, tuple[str, Meaning]]:
    """(name, meaning) of the parts of a window; a part within another comes before it."""
    transport, lesson, side = window.transport, window.lesson, window.side
    found: dict[QWidget, tuple[str, Meaning]] = {
        segment: (VIEW_NAMES[segment.view], VIEWS[segment.view]) for segment in window.view_bar.segments
    }
    found |= {transport.buttons[name]: (transport.buttons[name].accessibleName(), said)
              for name, said in TRANSPORT.items()}  # fmt: skip
    for widget, title, words, reading in (
        (transport.speed, "Speed", "How fast steps and turns move, from a quarter to four times; further up all is "
         "instant.", (_LADDER, 8)),
        (transport.grain, "Sub-steps", "On: a step is one sub-step of a sample, as the cell computes it. Off: a whole "
         "sample.", (_LADDER, 8)),
        (transport.scrubber, "Samples", "One slot for each sample, with the state after it. A click goes there, a "
         "drag moves through time.", (_LADDER, 6)),
        (transport, "Playback", "Steps, speed, and the samples with the state after each of them.", (_LADDER, 8)),
        (window.view_bar, "Views", "Seven pictures of the same network, on the keys 1 to 7. A picture turns into the "
         "next one.", (_LADDER, 1)),
        (window.formula, "Formula", "The equation of this sub-step: in symbols, with its numbers, and its result. Up "
         "and Down turn its pages.", (_LADDER, 5)),
        (window.modes, "When the weights are updated", "After every sample, never, or once at the end of the sequence: "
         "whether W is the same at every sample.", (_SAME, 1)),
        (window.what_if, "What if", "Changes something in the run that is shown: a cut U, a frozen state, a silent "
         "input, a gate that is held.", (_MEMORY, 7)),
        (lesson, "Lesson", "The stops of the lesson: each is a picture with words. Right and Left, or PageDown and "
         "PageUp, go from one to the next.", (_LADDER, 1)),
        (side.inspector, "Inspector", "All about what is selected: its numbers, the matrices that it reads, its "
         "history, the activation.", ("what-r-is", 1)),
        (window.canvas, "Picture", "The network at this sample. A click or Tab selects a thing in it, Enter edits a "
         "given number or opens R.", (_LADDER, 1)),
        (window.menuBar(), "Menus", "Everything one can do. Ctrl+K finds any of it by a few letters.", (_LADDER, 1)),
    ):  # fmt: skip
        found[widget] = (title, Meaning(words, reading))
    for panel, title, words in (
        (side.training, "Training", "Makes updates of the weights, one or many, and shows how the loss falls."),
        (side.structure, "Structure", "What the network is made of: inputs, steps, layers, units, cell. Each can be "
         "turned by Up and Down."),
    ):  # fmt: skip
        if panel is not None:
            found[panel] = (title, Meaning(words, (_SAME, 1) if panel is side.training else (_LADDER, 1)))
    return found


def meaning_of(window: Window, widget: QWidget | None) -> tuple[str, Meaning, QWidget] | None:
    """(name, meaning, the part) of a widget: its own, or that of the part of the window that it is in."""
    known = meanings(window)
    part = widget
    while part is not None:
        if part in known:
            title, said = known[part]
            return title, said, part
        part = part.parentWidget()
    return None
