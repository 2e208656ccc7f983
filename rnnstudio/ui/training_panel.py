"""The Training panel, in place of the inspector: loss and gradient norm, the settings, updates by one or by many."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.state.actions.training import first_weights, trains_both
from rnnstudio.state.actions.training_settings import SetTraining, optimiser_of, place_of, values_of, words_of
from rnnstudio.state.learning import duel_words, learning, loss_words, norm_words, stage_words
from rnnstudio.state.model import State
from rnnstudio.state.store import Store
from rnnstudio.ui.controls import IconButton
from rnnstudio.ui.fault_card import FaultCard
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.measures import NORMAL, Measures
from rnnstudio.ui.setting_controls import Choices, SettingSlider, WordButton
from rnnstudio.ui.style import colour
from rnnstudio.ui.training_places import LOW, PAD, PLOT_TOP, Places, places

if TYPE_CHECKING:
    from pyqtgraph import PlotWidget

    from rnnstudio.ui.plots import TrainingPlots

SLIDERS = (("rate", "Learning rate"), ("update_every", "Update after"), ("clip", "Clip gradient at"),
           ("updates", "Updates of a run"))  # fmt: skip
OPTIMISERS = (("sgd", "SGD"), ("momentum", "Momentum"), ("adam", "Adam"))
PLACES = (("every", "Loss at every step"), ("last", "At the last"))
PLOTS = ("Loss", "Gradient norm")
LOSSES = {"mse": "mean squared error", "cross-entropy": "cross-entropy"}
#: The curves follow what they show after so long, so at most twenty times a second.
SHOW_MS, THEN_MS = 50, 16
#: Height of the error card.
CARD = 256
#: In front of a room there is only what one changes in a lecture.
FEW_SLIDERS = 2


class TrainingPanel(QWidget):
    """Shows how training goes; its buttons ask for commands, its settings are changes of the document."""

    asked = Signal(str)

    def __init__(self, store: Store, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._store, self._theme, self._sizes = store, theme, NORMAL
        self._plots: TrainingPlots | None = None
        self._plot_widgets: list[PlotWidget] = []
        self.fold = IconButton("Fold the panel", "chevron-right", self, theme)
        self.sliders = {field: SettingSlider(words, self, theme) for field, words in SLIDERS}
        self.optimiser = Choices("Optimiser", OPTIMISERS, self, theme)
        self.at = Choices("Loss", PLACES, self, theme)
        self.buttons = {
            "reset": WordButton("Reset", self, theme),
            "one": WordButton("One update", self, theme),
            "train": WordButton("Train", self, theme, primary=True, icon="play"),
            "both": WordButton("Train both layers", self, theme),
        }
        self.fault = FaultCard(store, self, theme)
        self.buttons["reset"].setToolTip("Reset to the first weights")
        for name, command in (("reset", "reset_weights"), ("one", "update_forward"), ("train", "train"),
                              ("both", "train_both")):  # fmt: skip
            self.buttons[name].clicked.connect(partial(self._ask, command))
        self.fold.clicked.connect(partial(self._ask, "inspector"))
        for field, slider in self.sliders.items():
            slider.nudged.connect(partial(self._set_place, field))
        self.optimiser.picked.connect(partial(self._set, "optimizer"))
        self.at.picked.connect(partial(self._set, "at"))
        # what is told often is shown less often, and apart from the picture's own repaint
        self._stale = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOW_MS)
        self._soon.timeout.connect(self._show_curves)
        self._then = QTimer(self)
        self._then.setSingleShot(True)
        self._then.setInterval(THEN_MS)
        self._then.timeout.connect(self._show_norms)
        self.setAccessibleName("Training")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    # ---------------------------------------------------------------- gestures

    def _ask(self, command: str, *_: bool) -> None:
        self.asked.emit(command)

    def _set(self, field: str, value: object) -> None:
        self._store.dispatch(SetTraining(field, value))

    def _set_place(self, field: str, place: int) -> None:
        self._set(field, values_of(field, self._store.state.document)[place])

    # ---------------------------------------------------------------- showing

    def load_plots(self) -> None:
        """Bring the plots in, once the panel is first shown."""
        while self._plots is None:
            self._load_plot()

    def load_plots_by_turns(self) -> None:
        """As `load_plots`, one after the other, with time for other things between them."""
        if self._plots is None:
            self._load_plot()
            QTimer.singleShot(THEN_MS, self, self.load_plots_by_turns)

    def _load_plot(self) -> None:
        """The next part of the plots."""
        from rnnstudio.ui.plots import TrainingPlots, new_plot

        if len(self._plot_widgets) < len(PLOTS):
            self._plot_widgets.append(new_plot(self, PLOTS[len(self._plot_widgets)]))
            self._plot_widgets[-1].hide()
            return
        loss, norm = self._plot_widgets
        self._plots = TrainingPlots(loss, norm, self._theme, self._sizes.inspector_zoom)
        self._place()
        if self._store.state.session.training:  # another study may have come since they were asked for
            self._plots.show(learning(self._store.state))

    def release(self) -> None:
        """The window closes."""
        self._soon.stop()
        self._then.stop()
        if self._plot_widgets:
            from rnnstudio.ui.plots import let_go

            for plot in self._plot_widgets:
                let_go(plot)

    def set_form(self, theme: Theme, sizes: Measures) -> None:
        """Other colours or sizes."""
        self._theme, self._sizes = theme, sizes
        zoom = sizes.inspector_zoom
        self.setFixedWidth(round(sizes.inspector))
        self.fold.set_theme(theme)
        for slider in self.sliders.values():
            slider.theme, slider.zoom = theme, zoom
        for button in self.buttons.values():
            button.px = 14 * zoom
            button.set_theme(theme)
        self.fault.set_form(theme, zoom)
        if self._plots is not None:
            self._plots.set_theme(theme, zoom)
        self._place()
        self.show_state(self._store.state, self._store.state)

    def show_state(self, old: State, new: State) -> None:
        """Show how far training has come, and what is set."""
        if self.isHidden() or not new.session.training:
            return
        document, run = new.document, new.session.run
        live = run is not None and run.live
        for field, slider in self.sliders.items():
            slider.show_place(place_of(field, document), len(values_of(field, document)))
            slider.setAccessibleDescription(words_of(field, document))
        self.optimiser.show_choice(optimiser_of(document.settings))
        only_last = {"every": "This sequence has a target at its last step alone."} if document.sequence.at_last else {}
        self.at.show_choice(document.settings.at, only_last)
        train = self.buttons["train"]
        train.say("Stop" if live else "Train", "stop" if live else "play")
        train.setEnabled(run is None or run.stage != "stopping")
        self.buttons["one"].setEnabled(not live)
        self.buttons["both"].setEnabled(not live)
        self.buttons["reset"].setEnabled(first_weights(new) is not None)
        self.fault.show_state(new)
        if old.document is not document or old is new:
            self._place()
            self._stale = True
        self._show_parts()
        if not self._soon.isActive():
            self._soon.start()

    def _show_curves(self) -> None:
        """Curves, and the words that belong to them."""
        state = self._store.state
        if self.isHidden() or not state.session.training:
            return
        if self._plots is not None:
            self._plots.show_loss(learning(state))
            self._then.start()
        words = (loss_words(state), norm_words(state), stage_words(state.session.run))
        self.setAccessibleDescription(" ".join(words))
        if self._stale:
            self._stale = False
            self.update()
            return
        zoom, at = self._sizes.inspector_zoom, self._places()
        for y in (at.loss, at.norm, at.note):  # the lines that have changed, and not the whole panel
            self.update(0, round((y - 20) * zoom), self.width(), round(34 * zoom))

    def _show_norms(self) -> None:
        """The other plot, in a frame of its own."""
        if self._plots is not None and not self.isHidden() and self._store.state.session.training:
            self._plots.show_norm(learning(self._store.state))

    def _show_parts(self) -> None:
        """The settings give way to what went wrong."""
        plain = self.fault.isHidden()
        wide = self._sizes.projector
        for k, slider in enumerate(self.sliders.values()):
            slider.setVisible(plain and (not wide or k < FEW_SLIDERS))
        for choices in (self.optimiser, self.at):
            choices.setVisible(plain and not wide)
        both = trains_both(self._store.state.document)
        for name, button in self.buttons.items():
            button.setVisible(plain and (name != "both" or both))

    # ---------------------------------------------------------------- geometry

    @guarded()
    def resizeEvent(self, event: object) -> None:
        """Put everything in its place."""
        self._place()

    def _places(self) -> Places:
        wide = self._sizes.projector
        sliders, choices = (FEW_SLIDERS, 0) if wide else (len(SLIDERS), 2)
        both = trains_both(self._store.state.document)
        height = self.height() / self._sizes.inspector_zoom
        return places(height, sliders, choices, both, wide or height < LOW)

    def _place(self) -> None:
        zoom, at = self._sizes.inspector_zoom, self._places()
        width = self.width() / zoom - 2 * PAD

        def put(widget: QWidget, x: float, y: float, w: float, h: float) -> None:
            widget.setGeometry(round(x * zoom), round(y * zoom), round(w * zoom), round(h * zoom))

        put(self.fold, self.width() / zoom - 39, 14, 30, 30)
        for slider, y in zip(self.sliders.values(), at.rows, strict=False):
            put(slider, PAD - 9, y + at.row / 2 - 3, width + 18, at.row / 2 + 3)
        for choices, y in zip((self.optimiser, self.at), at.choices, strict=False):
            choices.dress(self._theme, at.choice * zoom, (13 if at.choice > 28 else 12.5) * zoom)
            put(choices, PAD, y, width, at.choice)
        third = (width - 16) / 100
        put(self.buttons["reset"], PAD, at.buttons, 24 * third, at.button)
        put(self.buttons["one"], PAD + 24 * third + 8, at.buttons, 38 * third, at.button)
        put(self.buttons["train"], PAD + 62 * third + 16, at.buttons, 38 * third, at.button)
        put(self.buttons["both"], PAD, at.rival, width, at.button)
        bottom = (at.rival or at.buttons) + at.button
        put(self.fault, PAD, min(at.settings - 8, bottom - CARD), width, CARD)
        if self._plots is not None:
            inside = (PAD + 8) * zoom, (width - 16) * zoom
            self._plots.place(
                QRectF(inside[0], (at.loss + PLOT_TOP + 4) * zoom, inside[1], (at.loss_height - 8) * zoom),
                QRectF(inside[0], (at.norm + PLOT_TOP + 4) * zoom, inside[1], max(at.norm_height - 8, 0) * zoom),
            )

    # ---------------------------------------------------------------- drawing

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw header, captions, cards and the words beside the settings."""
        state, theme, at = self._store.state, self._theme, self._places()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), colour(theme, "panel"))
            painter.fillRect(QRectF(0, 0, 1, self.height()), colour(theme, "border"))
            if self.hasFocus():
                painter.setPen(QPen(colour(theme, "accent"), 2))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            painter.scale(self._sizes.inspector_zoom, self._sizes.inspector_zoom)
            width = self.width() / self._sizes.inspector_zoom
            self._header(painter, state)
            duel = duel_words(state)
            self._caption(painter, at.loss, width, "LOSS", "" if duel else loss_words(state))
            self._card(painter, QRectF(PAD, at.loss + PLOT_TOP, width - 2 * PAD, at.loss_height))
            if duel is not None:
                self._duel(painter, at, width, duel)
            if at.norm_height:
                self._caption(painter, at.norm, width, "GRADIENT NORM", norm_words(state))
                self._card(painter, QRectF(PAD, at.norm + PLOT_TOP, width - 2 * PAD, at.norm_height))
            if self.fault.isHidden():
                self._settings(painter, at, width, state)
            note = stage_words(state.session.run)
            write(painter, PAD, at.note, note, 12.5, colour(theme, "text3"), weight=450)

    def _header(self, painter: QPainter, state: State) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, "grad"))
        painter.drawRoundedRect(QRectF(PAD, 18, 5, 40), 2.5, 2.5)
        write(painter, PAD + 16, 28, "Training", 19, colour(theme, "text"), weight=650)
        write(painter, PAD + 16, 50, "backpropagation through time", 13, colour(theme, "text3"), weight=450)
        loss, right = LOSSES[state.document.settings.loss], self.width() / self._sizes.inspector_zoom - 50
        write(painter, right, 29, loss, 13, colour(theme, "text3"), align="r", weight=450)

    def _caption(self, painter: QPainter, y: float, width: float, words: str, right: str) -> None:
        quiet = colour(self._theme, "text3")
        write(painter, PAD, y, words, 12.5, quiet, weight=600)
        write(painter, width - PAD, y, right, 12.5, quiet, align="r", weight=450)

    def _card(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(colour(self._theme, "divider"), 1))
        painter.setBrush(colour(self._theme, "raised"))
        painter.drawRoundedRect(box, 10, 10)

    def _duel(self, painter: QPainter, at: Places, width: float, words: tuple[str, str]) -> None:
        """What both have come to, each with the look of its line, at the right end of the caption and under it."""
        theme, y = self._theme, at.loss - 14.0
        for text, role, dashes in ((words[0], "s", None), (words[1], "W", [3.0, 1.8])):
            wide = text_width(text, 12.5, 550)
            pen = QPen(colour(theme, role), 2.4)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if dashes is not None:
                pen.setDashPattern(dashes)
            painter.setPen(pen)
            painter.drawLine(round(width - PAD - wide - 32), round(y), round(width - PAD - wide - 8), round(y))
            write(painter, width - PAD, y, text, 12.5, colour(theme, "text"), align="r", weight=550)
            y += 17

    def _settings(self, painter: QPainter, at: Places, width: float, state: State) -> None:
        theme = self._theme
        write(painter, PAD, at.settings, "SETTINGS", 12.5, colour(theme, "text3"), weight=600)
        for (field, words), y in zip(SLIDERS, at.rows, strict=False):
            middle = y + at.row / 4 + 1
            write(painter, PAD, middle, words, 13.5, colour(theme, "text"), weight=450)
            write(painter, width - PAD, middle, words_of(field, state.document), 13.5, colour(theme, "text"), align="r",
                  kind="number", weight=600)  # fmt: skip
