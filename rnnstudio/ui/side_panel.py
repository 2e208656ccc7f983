"""What stands at the right: the inspector, the Training or the Structure panel; over the picture where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from rnnstudio.files.theme import Theme
from rnnstudio.state.derived import is_wide
from rnnstudio.state.model import Session, State
from rnnstudio.state.store import Store
from rnnstudio.ui.inspector import Inspector
from rnnstudio.ui.measures import NARROW, NARROWEST, NORMAL_WIDTH, Measures

if TYPE_CHECKING:
    from rnnstudio.ui.structure_panel import StructurePanel
    from rnnstudio.ui.training_panel import TrainingPanel


class SidePanel(QObject):
    """Shows one of the panels, in a column of its own or over the right part of the canvas."""

    asked = Signal(str)

    def __init__(self, store: Store, body: QWidget, theme: Theme, grid: QGridLayout) -> None:
        super().__init__(body)
        self._store, self._body, self._grid = store, body, grid
        self._form: tuple[Theme, Measures] | None = None
        self._over: bool | None = None
        self._painted = False
        self.inspector = Inspector(store, body, theme)
        self.training: TrainingPanel | None = None
        self.structure: StructurePanel | None = None

    @property
    def current(self) -> QWidget:
        """The panel whose turn it is, shown or folded."""
        session = self._store.state.session
        if session.structure and self.structure is not None:
            return self.structure
        return self.training if session.training and self.training is not None else self.inspector

    @property
    def covers(self) -> int:
        """Px of the canvas that it lies over."""
        return self.current.width() if self._over and not self.current.isHidden() else 0

    def set_form(self, theme: Theme, sizes: Measures, width: int) -> None:
        """Other colours or sizes: beside the picture or over it, whichever leaves the picture its room."""
        self._form = (theme, sizes)
        needed = NARROWEST if sizes.compact else NORMAL_WIDTH
        over = theme.wide or width < NARROW or (sizes.side > 1 and width - sizes.inspector < needed)
        if over != self._over:
            self._over = over
            for panel in self._panels():
                self._place(panel)
        for panel in self._panels():
            panel.set_form(theme, sizes)
        self._show_current()

    def _panels(self) -> list[Inspector | TrainingPanel | StructurePanel]:
        return [panel for panel in (self.inspector, self.training, self.structure) if panel is not None]

    def _place(self, panel: QWidget) -> None:
        self._grid.removeWidget(panel)
        if self._over:
            self._grid.addWidget(panel, 0, 0, Qt.AlignmentFlag.AlignRight)
            panel.raise_()
        else:
            self._grid.addWidget(panel, 0, 1, 2, 1)

    def _show_current(self) -> None:
        session = self._store.state.session
        if session.training and self.training is None:
            self._make_training()
        if session.structure and self.structure is None:
            self._make_structure()
        # over the picture of a narrow window it comes when it is asked for
        narrow = self._over and self._form is not None and not self._form[0].wide
        # while the class is asked the options stand in its place
        shown = session.inspector and (session.over or not narrow) and session.question is None
        shown = shown and not _summed_up(session)
        for panel in self._panels():
            panel.setVisible(shown and panel is self.current)

    def _make_training(self) -> None:
        from rnnstudio.ui.training_panel import THEN_MS, TrainingPanel

        assert self._form is not None
        theme, sizes = self._form
        self.training = TrainingPanel(self._store, self._body, theme)
        self.training.asked.connect(self.asked)
        self._place(self.training)
        self.training.set_form(theme, sizes)
        QWidget.setTabOrder(self.inspector, self.training)
        if self._painted:
            QTimer.singleShot(THEN_MS, self.training, self.training.load_plots_by_turns)  # the panel first

    def _make_structure(self) -> None:
        from rnnstudio.ui.structure_panel import StructurePanel

        assert self._form is not None
        theme, sizes = self._form
        self.structure = StructurePanel(self._store, self._body, theme)
        self.structure.asked.connect(self.asked)
        self._place(self.structure)
        self.structure.set_form(theme, sizes)
        self.structure.order_tabs(self.inspector)

    def load_plots(self) -> None:
        """The first paint is over: the plots may come."""
        self._painted = True
        for panel in self._panels():
            panel.load_plots()

    def show_state(self, old: State, new: State) -> None:
        """Show the panel whose turn it is."""
        before, after = old.session, new.session
        if _which(before) != _which(after):
            self._show_current()
            self.current.show_state(new, new)  # type: ignore[attr-defined]
            return
        for panel in self._panels():
            panel.show_state(old, new)

    def release(self) -> None:
        """The window closes."""
        for panel in self._panels():
            panel.release()


def _which(session: Session) -> tuple[bool, ...]:
    """What says which panel is shown, and whether."""
    asked, summed = session.question is not None, _summed_up(session)
    return session.training, session.structure, session.inspector, session.over, asked, summed


def _summed_up(session: Session) -> bool:
    """Whether the summary stands over the picture of a room: it needs all of it."""
    tour = session.tour
    return tour is not None and tour.at >= len(tour.lesson.stops) and is_wide(session)
