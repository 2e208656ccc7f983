"""The rows of presenting; the menu is that of the lessons."""

from rnnstudio.state.actions import presenting
from rnnstudio.state.model import State
from rnnstudio.state.store import Action
from rnnstudio.ui.command import Command


def unblanked(state: State, action: Action) -> Action:
    """What a key of stepping does: on a blank screen it brings the picture back, and steps nowhere."""
    return presenting.Unblank() if state.session.blank else action


def rows() -> tuple[Command, ...]:
    """From the start, from here, blank screens."""
    return (
        Command("present", "Present from the start", "present:start", ("F5",), "Lesson", "Presenting: from the start",
                lambda s: not s.session.presenting, gap=True),
        Command("present_here", "Present from here", "present:here", ("Shift+F5",), "Lesson",
                "Presenting: from here", lambda s: not s.session.presenting),
        Command("stop_presenting", "Leave the presentation", presenting.StopPresenting(), (), "Lesson",
                enabled=lambda s: s.session.presenting),
        Command("black", "Black screen", presenting.Blank(presenting.BLACK), ("B", "."), "Lesson",
                "Presenting: black screen", checked=lambda s: s.session.blank == presenting.BLACK, gap=True),
        Command("white", "White screen", presenting.Blank(presenting.WHITE), ("W",), "Lesson",
                "Presenting: white screen", checked=lambda s: s.session.blank == presenting.WHITE),
    )  # fmt: skip
