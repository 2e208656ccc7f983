"""Everything one can do, as one table: menus, shortcuts and the key sheet are made of it."""

from collections.abc import Callable
from dataclasses import dataclass

from rnnstudio.diagram.subject import VIEW_NAMES
from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.files.demonstration import BUNDLED
from rnnstudio.playback.playhead import Playhead, Track
from rnnstudio.state.actions import editing, stepping, training, training_settings, viewing
from rnnstudio.state.derived import cell_word, moving, off_reason, track
from rnnstudio.state.model import INSTANT, SPEEDS, State
from rnnstudio.state.runs import mode
from rnnstudio.state.store import Action

#: The library's cells, from the layer without a state to the one with the most gates.
_TAUGHT = ("dense", "simple", "elman", "jordan", "gru", "gru-v1", "mgu", "lstm", "lstm-peephole", "lstm-coupled")

Test = Callable[[State], bool]


def _always(_: State) -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """One row: what it is called, its keys, where it stands, what it does and when it can.

    ``action`` is an action, or makes one of the state, or is the name of a method of the window. ``menu`` is the path
    of the menu ("" for none), ``sheet`` the group and the row of the key sheet ("Stepping: next"). ``local`` keys are
    handled by the panel that has the focus, not by the window. A command that is ``checked`` changes nothing.
    """

    id: str
    words: str | Callable[[State], str]
    action: Action | Callable[[State], Action] | str
    keys: tuple[str, ...] = ()
    menu: str = ""
    sheet: str = ""
    enabled: Test = _always
    visible: Test = _always
    checked: Test | None = None
    exclusive: bool = False
    local: bool = False
    gap: bool = False  # a line above it in the menu

    def title(self, state: State) -> str:
        """The words of the menu row."""
        return self.words if isinstance(self.words, str) else self.words(state)


def _can(step: Callable[[Track, Playhead], Playhead]) -> Test:
    return lambda state: step(track(state), state.session.playhead) != state.session.playhead


def _can_step(forward: bool) -> Test:
    def test(state: State) -> bool:
        by_sample = state.session.grain == "sample"
        if forward:
            return _can(Track.sample_forward if by_sample else Track.forward)(state)
        return _can(Track.sample_back if by_sample else Track.back)(state)

    return test


def _can_go(end: Callable[[Track], Playhead]) -> Test:
    return lambda state: end(track(state)) != state.session.playhead or moving(state)


def _stepping() -> tuple[Command, ...]:
    return (
        Command("play", lambda s: "Pause" if s.session.playing else "Play", stepping.TogglePlay(), ("Space",),
                "Playback", "Stepping: play, pause"),
        Command("next", "Next step", stepping.StepForward(), ("Right", "N", "PgDown"), "Playback", "Stepping: next",
                _can_step(True), gap=True),
        Command("back", "Step back", stepping.StepBack(), ("Left", "P", "PgUp", "Backspace"), "Playback",
                "Stepping: back", _can_step(False)),
        Command("sample_back", "One sample back", stepping.SampleBack(), ("Shift+Left",), "Playback",
                "Stepping: one sample", _can(Track.sample_back)),
        Command("sample_forward", "One sample on", stepping.SampleForward(), ("Shift+Right",), "Playback",
                "Stepping: one sample", _can(Track.sample_forward)),
        Command("first", "First state", stepping.First(), ("Home",), "Playback", "Stepping: first, last",
                _can_go(Track.first)),
        Command("last", "Last sample", stepping.Last(), ("End",), "Playback", "Stepping: first, last",
                _can_go(Track.last)),
        Command("go_to", "Go to a sample", "go_to", ("G",), "Playback", "Stepping: jump to a sample"),
        Command("slower", "Slower", stepping.Slower(), ("[", "<"), "Playback", "Stepping: slower, faster",
                lambda s: s.session.speed > SPEEDS[0], gap=True),
        Command("faster", "Faster", stepping.Faster(), ("]", ">"), "Playback", "Stepping: slower, faster",
                lambda s: s.session.speed != INSTANT),
        Command("grain", "Step by sub-steps", stepping.ToggleGrain(), ("O",), "Playback",
                "Stepping: sub-steps or samples", checked=lambda s: s.session.grain == "substep"),
    )  # fmt: skip


def _views() -> tuple[Command, ...]:
    def on(view: str) -> Test:
        return lambda state: state.session.view == view

    return tuple(
        Command(f"view_{view}", name, viewing.SetView(view), (str(number),), "View", "Views: the seven views",
                checked=on(view), exclusive=True)
        for number, (view, name) in enumerate(VIEW_NAMES.items(), start=1)
    )  # fmt: skip


def _can_open_cell(state: State) -> bool:
    selection = state.session.selection
    return state.session.view != "cell" and (selection is None or selection.what == "cell")


def _has_unrolled(state: State) -> bool:
    return not off_reason("unrolled", state.document)


def _can_escape(state: State) -> bool:
    s = state.session
    return bool(s.message or s.notice or s.focus or s.view == "cell" or s.selection is not None)


def _looking() -> tuple[Command, ...]:
    themes = tuple(
        Command(f"theme_{name}", name.capitalize(), viewing.SetTheme(name), (), "View/Theme",
                checked=lambda s, name=name: s.session.theme == name, exclusive=True)  # type: ignore[misc]
        for name in viewing.THEMES
    )  # fmt: skip
    decimals = tuple(
        Command(f"decimals_{n}", str(n), viewing.SetDecimals(n), (f"Ctrl+Alt+{n}",), "View/Decimals", "Views: decimals",
                checked=lambda s, n=n: s.session.decimals == n, exclusive=True)  # type: ignore[misc]
        for n in range(viewing.DECIMALS_RANGE[0], viewing.DECIMALS_RANGE[1] + 1)
    )  # fmt: skip
    return (
        Command("open_cell", "Open the cell", viewing.SetView("cell"), ("Return", "Enter"), "View",
                "Selection: open the cell", _can_open_cell, gap=True),
        Command("focus", "One copy in focus", viewing.ToggleFocus(), ("Shift+Return", "Shift+Enter"), "View",
                "Selection: one copy in focus", _has_unrolled, checked=lambda s: s.session.focus),
        Command("zoom_in_here", "Zoom in at the pointer", "zoom:here", ("Z",), "", "Views: zoom",
                lambda s: s.session.zoom < viewing.ZOOM_RANGE[1]),
        Command("zoom_in", "Zoom in", "zoom:in", ("+", "="), "View", "Views: zoom",
                lambda s: s.session.zoom < viewing.ZOOM_RANGE[1], gap=True),
        Command("zoom_out", "Zoom out", "zoom:out", ("-",), "View", "Views: zoom",
                lambda s: s.session.zoom > viewing.ZOOM_RANGE[0]),
        Command("fit", "Fit", viewing.Fit(), ("0",), "View", "Views: zoom",
                lambda s: (s.session.zoom, s.session.pan) != (1.0, (0.0, 0.0))),
        Command("next_theme", "Next theme", viewing.NextTheme(), ("Ctrl+T",), "View/Theme", "Views: theme", gap=True),
        *themes,
        *decimals,
        Command("inspector", "Inspector", "toggle_panel", ("I",), "View", "Views: inspector", gap=True,
                checked=lambda s: s.session.inspector),
        Command("reduced_motion", "Reduced motion", viewing.ToggleReducedMotion(), (), "View",
                checked=lambda s: s.session.reduced_motion),
        Command("full_screen", "Full screen", "full_screen", ("F11",), "View", "Views: full screen"),
    )  # fmt: skip


def _selecting() -> tuple[Command, ...]:
    return (
        Command("select_next", "Next item", viewing.MoveSelection(1, "all"), ("Tab",), "", "Selection: next item",
                local=True),
        Command("select_up", "Selection up", "select:up", ("Up",), "", "Selection: move the selection"),
        Command("select_down", "Selection down", "select:down", ("Down",), "", "Selection: move the selection"),
        Command("select_before", "Selection one sample back", viewing.SelectInTime(-1), ("Alt+Left",), "",
                "Selection: selection in time"),
        Command("select_after", "Selection one sample on", viewing.SelectInTime(1), ("Alt+Right",), "",
                "Selection: selection in time"),
        Command("region", "Next part of the window", "next_region", ("F6",), "", "Selection: next part of the window"),
        Command("escape", "Back out", viewing.Escape(), ("Esc",), "", "Selection: back out", _can_escape),
    )  # fmt: skip


def _files() -> tuple[Command, ...]:
    bundled = tuple(
        Command(f"bundled_{name}", name.capitalize(), f"open_bundled:{name}", (), "File/Open bundled study")
        for name in BUNDLED
    )
    return (
        Command("open", "Open…", "open", ("Ctrl+O",), "File", "Files: open"),
        *bundled,
        Command("save", "Save", "save", ("Ctrl+S",), "File", "Files: save",
                lambda s: s.document is not s.session.saved or not s.session.path, gap=True),
        Command("save_as", "Save as…", "save_as", ("Ctrl+Shift+S",), "File", "Files: save as"),
        Command("quit", "Quit", "close", ("Ctrl+Q",), "File", "Files: quit", gap=True),
    )  # fmt: skip


def _edits() -> tuple[Command, ...]:
    return (
        Command("undo", lambda s: f"Undo: {s.undo[-1].name}" if s.undo else "Undo", editing.Undo(), ("Ctrl+Z",),
                "Edit", "Selection: undo", lambda s: bool(s.undo) or _live(s)),
        Command("redo", lambda s: f"Redo: {s.redo[-1].name}" if s.redo else "Redo", editing.Redo(),
                ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", "Selection: redo", lambda s: bool(s.redo)),
    )  # fmt: skip


def _chosen_cell(state: State) -> str:
    return state.document.network.layers[state.document.network.chosen].cell.name


def _offered(function: str) -> Test:
    def test(state: State) -> bool:
        cell = state.document.network.layers[state.document.network.chosen].cell
        return any(function in names for names in cell.activations.values())

    return test


def _activation(state: State) -> str | None:
    return state.document.network.layers[state.document.network.chosen].program.activation


def _layer_words(k: int) -> Callable[[State], str]:
    def words(state: State) -> str:
        layers = state.document.network.layers
        if k >= len(layers):
            return str(k + 1)
        layer = layers[k]
        return f"{k + 1}: {cell_word(layer.cell)} {layer.inputs} \N{RIGHTWARDS ARROW} {layer.width}"

    return words


def _order(cell: str) -> tuple[int, str]:
    """The cells in the order in which they are taught, others after them."""
    return (_TAUGHT.index(cell) if cell in _TAUGHT else len(_TAUGHT), cell)


def _model() -> tuple[Command, ...]:
    cells = tuple(
        Command(f"cell_{name}", library_cell(name).title, editing.SetCell(name), (), "Model/Cell",
                checked=lambda s, name=name: _chosen_cell(s) == name, exclusive=True)  # type: ignore[misc]
        for name in sorted(library_cells(), key=_order)
    )  # fmt: skip
    functions = tuple(
        Command(f"activation_{name}", name, editing.SetActivation(name), (), "Model/Activation",
                visible=_offered(name), checked=lambda s, name=name: _activation(s) == name,  # type: ignore[misc]
                exclusive=True)
        for name in ("sigmoid", "tanh", "relu", "identity")
    )  # fmt: skip
    layers = tuple(
        Command(f"layer_{k}", _layer_words(k), editing.ChooseLayer(k), (), "Model/Chosen layer",
                visible=lambda s, k=k: k < len(s.document.network.layers),  # type: ignore[misc]
                checked=lambda s, k=k: s.document.network.chosen == k, exclusive=True)  # type: ignore[misc]
        for k in range(8)
    )  # fmt: skip
    directions = tuple(
        Command(f"direction_{way}", way.capitalize(), viewing.SetDirection(way), (), "Model/Direction shown",
                visible=_reads_both_ways, checked=lambda s, way=way: s.session.direction == way,  # type: ignore[misc]
                exclusive=True)
        for way in ("forward", "reverse")
    )  # fmt: skip
    sequences = (
        Command("next_sequence", "Next sequence", lambda s: editing.ShowSequence(s.document.sequence.shown + 1), (),
                "Model/Sequence shown", enabled=lambda s: s.document.sequence.shown + 1 < _sequences(s),
                visible=lambda s: _sequences(s) > 1),
        Command("sequence_before", "Sequence before", lambda s: editing.ShowSequence(s.document.sequence.shown - 1), (),
                "Model/Sequence shown", enabled=lambda s: s.document.sequence.shown > 0,
                visible=lambda s: _sequences(s) > 1),
    )  # fmt: skip
    bias = Command("bias", "Bias", lambda s: editing.SetBias(not _bias(s)), (), "Model", checked=_bias)
    return (*cells, *functions, bias, *layers, *directions, *sequences)


def _reads_both_ways(state: State) -> bool:
    return state.document.network.layers[state.document.network.chosen].direction == "both"


def _sequences(state: State) -> int:
    return state.document.sequence.sequences or 1


def _bias(state: State) -> bool:
    return state.document.network.layers[state.document.network.chosen].bias


def _live(state: State) -> bool:
    return state.session.run is not None and state.session.run.live


def _learns(state: State) -> bool:
    return not training.why_untrained(state.document)


def _updates_so(way: str) -> Test:
    return lambda state: not training_settings.mode_off(way, state.document)


def _training() -> tuple[Command, ...]:
    modes = tuple(
        Command(f"mode_{way}", words, training_settings.SetMode(way), (f"Alt+{n}",), "Training",
                "Training: when weights are updated", _updates_so(way),
                checked=lambda s, way=way: mode(s.document) == way, exclusive=True, gap=n == 1)  # type: ignore[misc]
        for n, (way, words) in enumerate(training_settings.MODE_NAMES.items(), start=1)
    )  # fmt: skip
    return (
        Command("training", "Training mode", training.ToggleTraining(), ("T",), "Training", "Training: training mode",
                checked=lambda s: s.session.training),
        Command("update_forward", "One update", "update_forward", ("Ctrl+Right",), "Training",
                "Stepping: one training update", lambda s: _learns(s) and not _live(s), gap=True),
        Command("update_back", "One update back", training.UpdateBack(), ("Ctrl+Left",), "Training",
                "Stepping: one training update", training.can_update_back),
        Command("train", lambda s: "Stop training" if _live(s) else "Train", "train", ("R",), "Training",
                "Training: train, stop", _learns),
        Command("train_both", "Train both layers", "train_both", (), "Training",
                enabled=lambda s: training.trains_both(s.document) and not _live(s)),
        Command("reset_weights", "Reset to the first weights", training.ResetWeights(), (), "Training",
                enabled=lambda s: training.first_weights(s) is not None),
        *modes,
        Command("next_mode", "Next way of updating", training_settings.NextMode(), ("M",), "Training",
                "Training: next way of updating", _learns),
    )  # fmt: skip


def _help() -> tuple[Command, ...]:
    return (Command("keys", "Keys", "keys", ("?", "F1"), "Help", "Selection: this sheet"),)


#: In the order of the menus and of the key sheet.
COMMANDS: tuple[Command, ...] = (
    *_files(), *_edits(), *_model(), *_views(), *_looking(), *_stepping(), *_training(), *_selecting(),
    *_help(),
)  # fmt: skip

#: The menus, in their order.
MENUS = ("File", "Edit", "Model", "View", "Playback", "Training", "Help")


def action_of(command: Command, state: State) -> Action | None:
    """What a command dispatches now; None where it is the window's."""
    if isinstance(command.action, str):
        return None
    return command.action if hasattr(command.action, "apply") else command.action(state)
