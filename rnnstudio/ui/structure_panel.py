"""The Structure panel, in place of the inspector: sizes, layers, cell, readout, direction, the seed of the weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import write
from rnnstudio.sentence import sentence
from rnnstudio.state.actions.editing import SetBias
from rnnstudio.state.actions.structure import MakeRecurrent, NewWeights, SetReadout, SetSize
from rnnstudio.state.derived import cell_word
from rnnstudio.state.model import State
from rnnstudio.state.store import Action, Store
from rnnstudio.state.structure import (
    INPUTS,
    LAYERS,
    OUTPUTS,
    SIZES,
    STEPS,
    UNITS,
    chosen_layer,
    most_of,
    size_of,
    why_fixed,
    why_no_readout,
)
from rnnstudio.ui.choosers import Chooser
from rnnstudio.ui.controls import IconButton, Switch
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.setting_controls import WordButton
from rnnstudio.ui.step_field import StepField
from rnnstudio.ui.structure_questions import ACTIVATION, CELL, DIRECTION, QUESTIONS
from rnnstudio.ui.style import colour

BIAS, READOUT = "bias", "readout"
WORDS = {INPUTS: "Inputs", STEPS: "Steps", LAYERS: "Layers", UNITS: "Units", OUTPUTS: "Outputs", CELL: "Cell",
         ACTIVATION: "Activation", DIRECTION: "Reads", BIAS: "Bias", READOUT: "Readout"}  # fmt: skip
PAD, HEADER, CAPTION = 20.0, 74.0, 30.0
#: In a low panel.
LOW, HEADER_LOW, CAPTION_LOW = 600.0, 62.0, 24.0
#: A row, at least and at most; the fields in it.
ROW_LOW, ROW, FIELD, CHOOSER = 26.5, 46.0, 124.0, 178.0
SWITCH = (44, 26)


@dataclass(frozen=True)
class Section:
    """A caption, what stands at its right end, and the rows under it."""

    caption: str
    note: str
    rows: tuple[str, ...]


def sections(state: State) -> tuple[Section, ...]:
    """What there is to choose of the study: of its network, of the chosen layer, of its weights."""
    network, layer = state.document.network, chosen_layer(state.document)
    rows = [CELL, UNITS, *([ACTIVATION] if layer.cell.activations else []), BIAS]
    if layer.recurrent or layer.outputs is not None:
        rows += [READOUT, *([OUTPUTS] if layer.outputs is not None else [])]
    if layer.recurrent:
        rows.append(DIRECTION)
    count = sum(array.size for each in network.layers for array in each.parameters.values())
    place = (
        sentence("{chosen} of {count}", chosen=network.chosen + 1, count=len(network.layers))
        if len(network.layers) > 1
        else ""
    )
    return (
        Section("NETWORK", sentence("{count:,} parameters", count=count), (INPUTS, STEPS, LAYERS)),
        Section("LAYER SHOWN", place, tuple(rows)),
        Section("WEIGHTS", sentence("what is drawn: seed {seed:,}", seed=state.document.seed), ()),
    )


class StructurePanel(QWidget):
    """Every change is one of the document, seen in the picture at once; what is refused is said in the banner."""

    asked = Signal(str)

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._sizes = store, theme, NORMAL
        self.fold = IconButton("Back to the inspector", "chevron-right", self, theme)
        self.fields = {what: StepField(WORDS[what], self, theme) for what in SIZES}
        self.choosers = {what: Chooser(question, store, self, theme) for what, question in QUESTIONS.items()}
        self.switches = {what: Switch(WORDS[what], self, theme) for what in (BIAS, READOUT)}
        self.buttons = {
            "recurrent": WordButton("Make it recurrent", self, theme, primary=True),
            "again": WordButton("Draw again", self, theme),
            "next": WordButton("Next seed", self, theme),
        }
        self.fold.clicked.connect(partial(self._ask, "structure"))
        for what, field in self.fields.items():
            field.asked.connect(partial(self._size, what))
            field.left.connect(self._back)
        self.switches[BIAS].clicked.connect(self._bias)
        self.switches[READOUT].clicked.connect(self._readout)
        self.buttons["recurrent"].clicked.connect(partial(self._do, MakeRecurrent()))
        self.buttons["again"].clicked.connect(self._again)
        self.buttons["next"].clicked.connect(partial(self._do, NewWeights()))
        self.buttons["again"].setToolTip("The weights that this seed draws")
        self.buttons["next"].setToolTip("New weights from a new seed")
        self.setAccessibleName("Structure")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def order_tabs(self, after: QWidget) -> None:
        """Tab goes from top to bottom, after another panel."""
        there = [self.fields[INPUTS], self.fields[STEPS], self.fields[LAYERS], self.choosers[CELL], self.fields[UNITS],
                 self.choosers[ACTIVATION], self.switches[BIAS], self.switches[READOUT], self.fields[OUTPUTS],
                 self.choosers[DIRECTION], *self.buttons.values(), self.fold]  # fmt: skip
        before = after
        for widget in (self, *there):
            QWidget.setTabOrder(before, widget)
            before = widget

    # ---------------------------------------------------------------- gestures

    def _ask(self, command: str, *_: bool) -> None:
        self.asked.emit(command)

    def _do(self, action: Action, *_: bool) -> None:
        self._store.dispatch(action)

    def _size(self, what: str, count: int, goes_on: bool) -> None:
        self._store.dispatch(SetSize(what, count, goes_on))
        self._show(self._store.state)  # what was refused is not shown

    def _bias(self, *_: bool) -> None:
        on = chosen_layer(self._store.state.document).bias
        self.switches[BIAS].setChecked(on)  # Qt has moved the switch by itself; what is true is what the state says
        self._store.dispatch(SetBias(not on))

    def _readout(self, *_: bool) -> None:
        on = chosen_layer(self._store.state.document).readout
        self.switches[READOUT].setChecked(on)
        self._store.dispatch(SetReadout(not on))

    def _again(self, *_: bool) -> None:
        self._store.dispatch(NewWeights(self._store.state.document.seed))

    def _back(self) -> None:
        """Esc in a field: it shows what is, and the panel has the focus."""
        self._show(self._store.state)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------- showing

    def load_plots(self) -> None:
        """There are none."""

    def release(self) -> None:
        """The window closes; nothing runs here."""

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        zoom = sizes.inspector_zoom
        self.setFixedWidth(round(sizes.inspector))
        for control in (self.fold, *self.choosers.values(), *self.switches.values(), *self.buttons.values()):
            control.set_theme(theme)
        for field in self.fields.values():
            field.dress(theme, 14 * zoom)
        for chooser in self.choosers.values():
            chooser.px = 13.5 * zoom
        for button in self.buttons.values():
            button.px = 13.5 * zoom
        self.show_state(self._store.state, self._store.state)

    def show_state(self, old: State, new: State) -> None:
        """Show what the study is."""
        if self.isHidden() or not new.session.structure:
            return
        if old.document is not new.document or old is new:
            self._show(new)
            self._place()
            self.update()

    def _show(self, state: State) -> None:
        document, layer = state.document, chosen_layer(state.document)
        shown = {row for section in sections(state) for row in section.rows}
        for what, field in self.fields.items():
            field.show_number(size_of(document, what), 1, most_of(document, what), why_fixed(document, what))
            field.setVisible(what in shown)
        for what, chooser in self.choosers.items():
            chooser.show_state()
            chooser.update()
            chooser.setVisible(what in shown)
        reason = why_no_readout(document)
        for what, switch in self.switches.items():
            switch.setChecked(layer.bias if what == BIAS else layer.readout)
            switch.setEnabled(what == BIAS or not reason)
            switch.setToolTip("" if what == BIAS else reason)
            switch.setVisible(what in shown)
        self.buttons["recurrent"].setVisible(not layer.recurrent)
        self.buttons["next"].say(sentence("Next seed: {seed}", seed=document.seed + 1))
        self.setAccessibleDescription(
            sentence(
                "{cell_word} {inputs} to {width}, seed {seed}",
                cell_word=cell_word(layer.cell),
                inputs=layer.inputs,
                width=layer.width,
                seed=document.seed,
            )
        )

    # ---------------------------------------------------------------- geometry (in unzoomed px)

    def _tops(self, state: State) -> tuple[dict[str, float], dict[str, float], float, float]:
        """Middles of the captions and of the rows, the top of the button row, the height of a row."""
        parts = sections(state)
        alone = not chosen_layer(state.document).recurrent
        rows = sum(len(section.rows) for section in parts)
        height = self.height() / self._sizes.inspector_zoom
        lines = rows + 1.2 + (1.2 if alone else 0)
        head, caption = (HEADER_LOW, CAPTION_LOW) if height < LOW else (HEADER, CAPTION)
        row = min(max((height - head - caption * len(parts) - 8) / lines, ROW_LOW), ROW)
        y = head
        captions, middles = {}, {}
        for section in parts:
            captions[section.caption] = y + 0.5 * caption
            y += caption
            for name in section.rows:
                middles[name] = y + row / 2
                y += row
            if alone and UNITS in section.rows:
                middles["recurrent"] = y + 0.6 * row
                y += 1.2 * row
        return captions, middles, y, row

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Put everything in its place."""
        self._place()

    def _place(self) -> None:
        zoom = self._sizes.inspector_zoom
        width = self.width() / zoom
        _, middles, bottom, row = self._tops(self._store.state)
        high = min(row - 5, 34.0)

        def put(widget: QWidget, x: float, middle: float, w: float, h: float) -> None:
            widget.setGeometry(round(x * zoom), round((middle - h / 2) * zoom), round(w * zoom), round(h * zoom))

        put(self.fold, width - 39, 29, 30, 30)
        for what, field in self.fields.items():
            put(field, width - PAD - FIELD, middles.get(what, 0.0), FIELD, high)
        for what, chooser in self.choosers.items():
            put(chooser, width - PAD - CHOOSER, middles.get(what, 0.0), CHOOSER, high)
        for what, switch in self.switches.items():
            at = middles.get(what, 0.0) * zoom
            switch.move(round((width - PAD) * zoom) - SWITCH[0], round(at - SWITCH[1] / 2))
        half = (width - 2 * PAD - 8) / 2
        put(self.buttons["recurrent"], PAD, middles.get("recurrent", 0.0), width - 2 * PAD, high + 2)
        put(self.buttons["again"], PAD, bottom + 0.6 * row, half, high + 2)
        put(self.buttons["next"], PAD + half + 8, bottom + 0.6 * row, half, high + 2)

    # ---------------------------------------------------------------- drawing

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw header, captions and the words before the fields."""
        state, theme, zoom = self._store.state, self._theme, self._sizes.inspector_zoom
        captions, middles, _, _ = self._tops(state)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "panel"))
            painter.fillRect(QRectF(0, 0, 1, self.height()), colour(theme, "border"))
            if self.hasFocus():
                painter.setPen(QPen(colour(theme, "accent"), 2))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            painter.scale(zoom, zoom)
            width = self.width() / zoom
            self._header(painter, state)
            quiet = colour(theme, "text3")
            for section in sections(state):
                y = captions[section.caption]
                write(painter, PAD, y, section.caption, 12.5, quiet, weight=600)
                write(painter, width - PAD, y, section.note, 12.5, quiet, align="r", weight=450)
                for name in section.rows:
                    write(painter, PAD, middles[name], WORDS[name], 13.5, colour(theme, "text"), weight=450)

    def _header(self, painter: QPainter, state: State) -> None:
        theme, layer = self._theme, chosen_layer(state.document)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "op"))
        painter.drawRoundedRect(QRectF(PAD, 16, 5, 40), 2.5, 2.5)
        write(painter, PAD + 16, 26, "Structure", 19, colour(theme, "text"), weight=650)
        said = sentence(
            "{cell_word} {inputs} → {width}, values are kept",
            cell_word=cell_word(layer.cell),
            inputs=layer.inputs,
            width=layer.width,
        )
        write(painter, PAD + 16, 48, said, 13, colour(theme, "text3"), weight=450)
