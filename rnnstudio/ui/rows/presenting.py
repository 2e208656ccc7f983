"""The rows of presenting; the menu is that of the lessons."""

from rnnstudio.state.actions import presenting
from rnnstudio.state.desk import DRAW, ERASE, LASER
from rnnstudio.state.model import State
from rnnstudio.state.store import Action
from rnnstudio.ui.command import Command


def unblanked(state: State, action: Action) -> Action:
    """What a key of stepping does: on a blank screen it brings the picture back, and steps nowhere."""
    return presenting.Unblank() if state.session.blank else action


def rows() -> tuple[Command, ...]:
    """From the start, from here, the presenter's window, blank screens, the pointing tools."""
    return (
        Command("present", "Present from the start", "present:start", ("F5",), "Lesson", "Presenting: from the start",
                lambda s: not s.session.presenting, gap=True),
        Command("present_here", "Present from here", "present:here", ("Shift+F5",), "Lesson",
                "Presenting: from here", lambda s: not s.session.presenting),
        Command("stop_presenting", "Leave the presentation", presenting.StopPresenting(), (), "Lesson",
                enabled=lambda s: s.session.presenting),
        Command("presenter", "Presenter window, or the audience's", "presenter", ("Ctrl+F5",), "Lesson",
                "Presenting: presenter's window"),
        Command("close_presenter", "Close the presenter window", presenting.ShowPresenter(False), (), "Lesson",
                enabled=lambda s: s.session.desk.presenter),
        Command("freeze", "Freeze the audience's picture", presenting.Freeze(), ("F",), "Lesson", "Presenting: freeze",
                lambda s: s.session.presenting, checked=lambda s: s.session.desk.frozen, gap=True),
        Command("black", "Black screen", presenting.Blank(presenting.BLACK), ("B", "."), "Lesson",
                "Presenting: black screen", checked=lambda s: s.session.blank == presenting.BLACK),
        Command("white", "White screen", presenting.Blank(presenting.WHITE), ("W",), "Lesson",
                "Presenting: white screen", checked=lambda s: s.session.blank == presenting.WHITE),
        Command("laser", "Laser pointer", presenting.SetTool(LASER), ("L",), "Lesson", "Presenting: laser pointer",
                checked=lambda s: s.session.desk.tool == LASER, gap=True),
        Command("draw", "Draw", presenting.SetTool(DRAW), ("D",), "Lesson", "Presenting: draw, erase",
                checked=lambda s: s.session.desk.tool == DRAW),
        Command("erase", "Erase", presenting.SetTool(ERASE), ("E",), "Lesson", "Presenting: draw, erase",
                checked=lambda s: s.session.desk.tool == ERASE),
        Command("spotlight", "Spotlight ring, held", presenting.Light(True), ("S",), "", "Presenting: spotlight, held",
                local=True),
        Command("keep_drawing", "Keep the drawing over steps", presenting.KeepDrawing(), (), "Lesson",
                checked=lambda s: s.session.desk.kept),
    )  # fmt: skip
