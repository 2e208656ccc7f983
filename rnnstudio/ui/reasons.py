"""Why a command cannot be given now: a sentence for each that can be off, for who looks for it in the list of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rnnstudio.state.actions.training import why_untrained
from rnnstudio.state.actions.training_settings import mode_off
from rnnstudio.state.derived import off_reason
from rnnstudio.state.model import MODES, State
from rnnstudio.state.structure import SIZES, why_fixed, why_no_readout
from rnnstudio.state.what_if import CUT, FREEZE, SILENCE, why_off
from rnnstudio.ui.command import Command, live

Reason = str | Callable[[State], str]

_NO_BLOCK = "No block of a matrix is selected"
_NO_SAMPLE = "The playhead is before the first sample"
_NO_LESSON = "No lesson is open"
_NO_WRITING = "No lesson with stops is being written"
_FIRST, _LAST = "This is the first state", "This is the last sample"
_LARGEST, _SMALLEST = "It is as large as it gets", "It is as small as it gets"


def _untrained(state: State) -> str:
    return why_untrained(state.document) or ("Training is running" if live(state) else "")


def _no_question(state: State) -> str:
    return "Training is running" if live(state) else "There are no steps to ask about"


def _size(what: str, by: int) -> Reason:
    full = "There are as many as there may be" if by > 0 else "One has to stay"
    return lambda state: why_fixed(state.document, what) or full


def _what_if(name: str) -> Reason:
    return lambda state: why_off(name, state.document)


def _mode(way: str) -> Reason:
    return lambda state: mode_off(way, state.document)


#: Id of the command → why it is off when it is.
REASONS: Mapping[str, Reason] = MappingProxyType({
    "recent": "There is no such file",
    "save": "There is nothing to save: the file is as it was saved",
    "revert": "The study is as it was saved",
    "undo": "Nothing has been changed",
    "redo": "Nothing has been undone",
    "edit": "Nothing is selected",
    **dict.fromkeys(("area_whole", "area_copy", "area_paste", "area_zero", "area_number"), _NO_BLOCK),
    "area_identity": "No square block of a matrix is selected",
    "next_sequence": "This is the last sequence",
    "sequence_before": "This is the first sequence",
    "make_recurrent": "The layer has a state",
    "readout": lambda s: why_no_readout(s.document),
    "next_seed": "This is the largest seed",
    **{f"{verb}_{what}": _size(what, by) for what in SIZES for verb, by in (("add", 1), ("remove", -1))},
    **{f"what_if_{name}": _what_if(name) for name in (CUT, FREEZE, SILENCE)},
    "what_if_clear": "Nothing is changed in the run",
    **dict.fromkeys(("insert_step", "repeat_sequence"), "There are no steps"),
    **dict.fromkeys(("reverse_sequence", "shuffle_sequence"), "There are fewer than two steps"),
    "delete_step": lambda s: _NO_SAMPLE if s.session.playhead.t < 1 else "One step has to stay",
    "step_earlier": lambda s: _NO_SAMPLE if s.session.playhead.t < 1 else "This is the first step",
    "step_later": lambda s: _NO_SAMPLE if s.session.playhead.t < 1 else "This is the last step",
    "repeat_step": _NO_SAMPLE,
    "open_cell": "The view Cell is open, and no value is selected",
    "focus": lambda s: off_reason("unrolled", s.document),
    **dict.fromkeys(("zoom_in_here", "zoom_in", "text_larger"), _LARGEST),
    **dict.fromkeys(("zoom_out", "text_smaller"), _SMALLEST),
    "fit": "The whole picture is shown",
    "text_size": "It is as delivered",
    **dict.fromkeys(("next", "onward", "sample_forward", "last"), _LAST),
    **dict.fromkeys(("back", "backward", "sample_back", "first"), _FIRST),
    "slower": "It is as slow as it gets",
    "faster": "It is instant",
    **dict.fromkeys(("update_forward", "train", "train_both", "next_mode"), _untrained),
    "update_back": "No update has been made",
    "reset_weights": "No update has been made",
    **{f"mode_{way}": _mode(way) for way in MODES},
    "next_stop": lambda s: _NO_LESSON if s.session.tour is None else "This is the end of the lesson",
    "stop_before": lambda s: _NO_LESSON if s.session.tour is None else "This is the first stop",
    **dict.fromkeys(("fold_lesson", "leave_lesson"), _NO_LESSON),
    "record_stop": "A lesson is open; its pictures are recorded already",
    **dict.fromkeys(("take_picture", "write_on", "write_before", "duplicate_stop", "delete_stop", "run_lesson"),
                    _NO_WRITING),
    "stop_up": "No lesson is being written, or this is its first stop",
    "stop_down": "No lesson is being written, or this is its last stop",
    **dict.fromkeys(("run_own", "save_lesson"), "The study has no lesson of its own"),
    **dict.fromkeys(("present", "present_here"), "The presentation is running"),
    **dict.fromkeys(("stop_presenting", "freeze"), "No presentation is running"),
    "close_presenter": "The presenter window is not open",
    **dict.fromkeys(("ask", "ask_sign", "ask_value", "ask_gate", "ask_weight", "ask_word"), _no_question),
    **dict.fromkeys(("next_phase", "phase_before", "leave_question"), "The class is asked nothing"),
    "escape": "There is nothing to go back from",
})  # fmt: skip


def why_not(command: Command, state: State) -> str:
    """Why a command cannot be given now, in a sentence; empty where it can."""
    if command.enabled(state):
        return ""
    found = REASONS.get("recent" if command.id.startswith("recent_") else command.id, "")
    return (found if isinstance(found, str) else found(state)) or "Not possible now"
