"""A layout that is kept while a number is edited is, to the bit, the one that would be made anew."""

import itertools
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from rnnstudio.diagram.subject import VIEWS
from rnnstudio.diagram.view_form import laid_out
from rnnstudio.diagram.view_table import lay_out
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.actions.editing import SetCell
from rnnstudio.state.actions.files import opened
from rnnstudio.state.derived import off_reason, subject
from rnnstudio.state.model import Session, State
from rnnstudio.state.place_values import value_at, with_value
from rnnstudio.state.places import Place


def parts(thing, name="layout"):
    """Everything that a layout is made of, under its path."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from parts(getattr(thing, field.name), f"{name}.{field.name}")
    else:
        yield name, thing


def same(one, other):
    for (name, mine), (_, theirs) in zip(parts(one), parts(other), strict=True):
        equal = np.array_equal(mine, theirs) if isinstance(mine, np.ndarray) else mine == theirs
        assert equal, name


def given_places(document):
    network, chosen = document.network, document.network.chosen
    for name, array in network.layers[chosen].parameters.items():
        yield Place("parameter", name, tuple(0 for _ in array.shape), chosen)
        yield Place("parameter", name, tuple(n - 1 for n in array.shape), chosen)
    t = document.sequence.steps // 2
    if document.sequence.tokens is not None:
        yield Place("token", "x", (t - 1,))
        yield Place("class", "target", (t - 1,))
    else:
        yield Place("x", "x", (t - 1, 0))
        yield Place("target", "target", (t - 1, 0))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("study", "cell"), [("tutorial", "simple"), ("tutorial", "lstm"), ("words", "elman")])
def test_a_kept_layout_is_the_one_that_would_be_made(study, cell, view):
    document = SetCell(cell).apply(opened(bundled_study(study), Session())).document
    assert not off_reason(view, document)
    t = document.sequence.steps // 2
    session = Session(view=view, playhead=Playhead(t, 99), unit=1)
    first = subject(State(document, session))
    before = laid_out(view, first)
    kept = 0
    for place, value in itertools.product(given_places(document), (0.0, 1.0, 0.125, -3.0)):
        wanted = abs(int(value)) if place.kind in ("token", "class") else value
        if wanted == value_at(document, place):
            continue
        now = subject(State(with_value(document, place, wanted), session))
        made = laid_out(view, now)
        same(made, lay_out(view, now))
        kept += made is before
    assert kept, "no edit has left the layout as it was"


@pytest.mark.parametrize("view", VIEWS)
def test_what_a_layout_hangs_on_makes_another(view):
    document = bundled_study("tutorial")
    there = subject(State(document, Session(view=view, playhead=Playhead(3, 99))))
    made = laid_out(view, there)
    assert laid_out(view, replace(there, network=document.network)) is made
    network = document.network
    for other in (
        replace(there, t=5), replace(there, steps=7), replace(there, decimals=4), replace(there, direction="reverse"),
        replace(there, frame=replace(there.frame, width=900.0)), replace(there, targets=False),
        replace(there, changed=()), replace(there, network=network.with_bias(network.chosen, not there.layer.bias)),
        replace(there, network=network.with_activation(network.chosen, "relu")),
        replace(there, network=network.with_chosen(0)) if view in VIEWS[:4] else replace(there, t=1),
    ):  # fmt: skip
        found = laid_out(view, other)
        assert found is not made
        same(found, lay_out(view, other))
