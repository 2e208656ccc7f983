"""The rows of the menu Training."""

from rnnstudio.state.actions import training, training_settings
from rnnstudio.state.model import State
from rnnstudio.state.runs import mode
from rnnstudio.ui.command import Command, Test, live


def _learns(state: State) -> bool:
    return not training.why_untrained(state.document)


def _updates_so(way: str) -> Test:
    return lambda state: not training_settings.mode_off(way, state.document)


def rows() -> tuple[Command, ...]:
    """Updates, when they are made."""
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
                "Stepping: one training update", lambda s: _learns(s) and not live(s), gap=True),
        Command("update_back", "One update back", training.UpdateBack(), ("Ctrl+Left",), "Training",
                "Stepping: one training update", training.can_update_back),
        Command("train", lambda s: "Stop training" if live(s) else "Train", "train", ("R",), "Training",
                "Training: train, stop", _learns),
        Command("train_both", "Train both layers", "train_both", (), "Training",
                enabled=lambda s: training.trains_both(s.document) and not live(s)),
        Command("reset_weights", "Reset to the first weights", training.ResetWeights(), (), "Training",
                enabled=lambda s: training.first_weights(s) is not None),
        *modes,
        Command("next_mode", "Next way of updating", training_settings.NextMode(), ("M",), "Training",
                "Training: next way of updating", _learns),
    )  # fmt: skip
