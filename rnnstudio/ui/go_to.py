"""The field for a sample's number: G, number, Enter."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from rnnstudio.sentence import sentence
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.store import Store
from rnnstudio.ui.number_field import NumberField

if TYPE_CHECKING:
    from rnnstudio.ui.seed_field import SeedField


class GoToField(NumberField):
    """Asks for the sample to go to."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__("Go to sample", parent)
        self._store = store
        self.taken.connect(self._go)

    def open(self, over: QWidget) -> None:
        """Ask, above the given bar."""
        steps = self._store.state.document.sequence.steps
        self.ask(over, sentence("sample 0 to {steps}, Enter", steps=steps), QIntValidator(0, steps, self))

    @cached_property
    def seed(self) -> "SeedField":
        """The field for a seed, which stands at the same place; made when it is first asked for."""
        from rnnstudio.ui.seed_field import SeedField

        return SeedField(self._store, self.parentWidget() or self.window())

    def _go(self, typed: str) -> None:
        self._store.dispatch(GoTo(int(typed)))
