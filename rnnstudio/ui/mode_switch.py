"""The three-way switch over Samples and Unrolled: when the weights are updated (MODEL §1, 5)."""

from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width
from rnnstudio.state.actions.training import TRAINED_VIEWS
from rnnstudio.state.actions.training_settings import MODE_NAMES, MODE_ORDER, SetMode, mode_off
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import FROZEN, SAMPLE, SEQUENCE, State
from rnnstudio.state.runs import mode
from rnnstudio.state.store import Store
from rnnstudio.ui.measures import NORMAL, PROJECTOR, Measures
from rnnstudio.ui.setting_controls import Choices

WORDS = {SAMPLE: "every sample", FROZEN: "frozen", SEQUENCE: "at the end"}
NAME = "When the weights are updated"
#: Height and size of the letters, in the normal form and in the projector's.
FORM, WIDE_FORM = (28, 13.0), (44, 22.0)
#: The title begins here and is so large; the switch stands so far after it.
TITLE_AT, TITLE_PX, GAP = 24, 19, 24
#: In the projector's form: from the right rim, and from the top to its middle.
RIM, MIDDLE = 24, 30


class ModeSwitch(Choices):
    """Stands on the title's line; in front of a room, where there is no title, at the right end of the caption's."""

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(NAME, tuple((option, WORDS[option]) for option in MODE_ORDER), parent, theme)
        self._store, self._sizes, self._unit = store, NORMAL, 1.0
        self.picked.connect(self._set)
        self.hide()

    def _set(self, wanted: str) -> None:
        self._store.dispatch(SetMode(wanted))

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._sizes = sizes
        self._unit = sizes.transport / PROJECTOR.transport if sizes.projector else 1.0
        height, px = WIDE_FORM if sizes.projector else FORM
        self.dress(theme, height * self._unit, px * self._unit)
        self.setFixedWidth(self.wanted_width())

    def show_state(self, old: State, new: State) -> None:
        """Show what is in force, where the picture has samples side by side."""
        document = new.document
        # the toggles of what-if stand in the same place, and a room has no use for a switch
        covered = new.session.what_if_bar or new.session.presenting
        self.setVisible(new.session.view in TRAINED_VIEWS and not new.session.focus and not covered)
        self.show_choice(mode(document), {option: mode_off(option, document) for option in MODE_ORDER})
        for option, choice in self.choices.items():
            choice.setToolTip(choice.toolTip() or MODE_NAMES[option])

    def place(self, covered: int) -> None:
        """Stand in the canvas, beside its head; ``covered`` px of it at the right lie under a panel."""
        canvas = self.parentWidget()
        if canvas is None:
            return
        if self._sizes.projector:
            x = canvas.width() - covered - RIM * self._unit - self.width()
            self.move(round(x), round(MIDDLE * self._unit - self.height() / 2))
            return
        title = text_width(target_layout(self._store.state).title, TITLE_PX, 650)
        line = 24 if self._sizes.compact else 28
        self.move(round(TITLE_AT + title + GAP), round(line - self.height() / 2))
