"""The model, its data and its targets, as ``trace`` and ``train`` are given them."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from rnnstudio.engine.limits import InputError
from rnnstudio.engine.losses import EVERY, LAST
from rnnstudio.files.commands.parsing import model_options
from rnnstudio.files.opening import STUDY, open_any
from rnnstudio.files.sequences import read_sequence
from rnnstudio.files.targets import fitted_targets, read_targets
from rnnstudio.files.texts import with_next
from rnnstudio.state.model import Document, Sequence

_NEXT = "No targets are given: the target of each step is the next {}, so the last step is a target only."


@dataclass
class _Aim:
    """Gives a sequence the targets that the command line asks for."""

    target: str | None
    loss: str | None
    at: str | None
    following: bool
    whole_study: bool
    note: str = ""

    def __call__(self, sequence: Sequence) -> Sequence:
        """The sequence with targets of the form that the loss wants."""
        if self.target is not None:
            return sequence.with_targets(read_targets(self.target, sequence, self.loss, self.at or EVERY))
        own = sequence.all_targets
        if own is not None:
            at = LAST if sequence.at_last else EVERY
            if self.at is not None and not (self.whole_study and self.at == LAST):  # a study may look at its last one
                at = self.at
            return sequence.with_targets(fitted_targets(own, sequence, "the data's own targets", self.loss, at))
        following = with_next(sequence)
        if not self.following or self.at == LAST or following.targets is None:
            raise InputError("there are no targets to compare the outputs with; --target DATA gives them")
        self.note = _NEXT.format("value" if sequence.tokens is None else "token")
        fitted = fitted_targets(following.targets, following, "the data's own targets", self.loss, EVERY)
        return following.with_targets(fitted)


def opened_model(found: argparse.Namespace, targets: bool) -> Document:
    """The document that the command line asks for; what was decided for the user is said on standard error.

    Parameters
    ----------
    found : Namespace
        The arguments model, input, target, loss, loss_at, and those of models.
    targets : bool
        Whether there have to be targets; where the data have none, it is then the next value or token.

    Raises
    ------
    InputError
        A file cannot be opened, or its parts do not fit each other.
    """
    options = model_options(found)
    own = found.model is None or Path(found.model).suffix.lower() == STUDY
    data = None
    if found.input is not None:
        loss, at = (None, None) if found.target else (found.loss, found.loss_at)
        data = read_sequence(found.input, options.columns, options.tokens, loss, at)
    elif own and (options.columns is not None or options.tokens is not None):
        raise InputError("--columns and --tokens are for a table or a text: --input names it")
    asked = targets or found.target is not None or found.loss is not None or found.loss_at is not None
    aim = _Aim(found.target, found.loss, found.loss_at, targets, own and data is None) if asked else None
    document = open_any(found.model, options, data, aim)
    if found.loss_at is not None:
        document = replace(document, settings=replace(document.settings, at=found.loss_at))
    built = document.about if found.model is not None and not own else ""
    for note in (built, (data.note if data else "") or document.sequence.note, aim.note if aim else ""):
        if note:
            print(f"note: {note}", file=sys.stderr)
    return document
