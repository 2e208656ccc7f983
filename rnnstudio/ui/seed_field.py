"""The field for a seed: all weights are drawn from the number that is typed."""

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QWidget

from rnnstudio.sentence import sentence
from rnnstudio.state.actions.structure import NewWeights
from rnnstudio.state.store import Store
from rnnstudio.ui.number_field import NumberField


class SeedField(NumberField):
    """Asks for the seed of new weights, and says the one that there is."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__("Seed of the weights", parent)
        self._store = store
        self.taken.connect(self._draw)

    def open(self, over: QWidget) -> None:
        """Ask, above the given bar."""
        digits = QRegularExpressionValidator(QRegularExpression(r"\d{0,19}"), self)
        self.ask(over, sentence("seed, now {seed}, Enter", seed=self._store.state.document.seed), digits)

    def _draw(self, typed: str) -> None:
        self._store.dispatch(NewWeights(int(typed)))
