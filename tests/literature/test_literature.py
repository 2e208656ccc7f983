"""Cells of the literature that are not shipped, typed as equations: they run, learn, are drawn, and are saved."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.cells import library_cells, parse_cell
from rnnstudio.engine.gradients import backpropagate
from rnnstudio.engine.losses import Loss
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import run
from rnnstudio.engine.training import Settings, train
from rnnstudio.files.study import read_study, write_study
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo, StepForward
from rnnstudio.state.derived import layout, off_reason, phases
from rnnstudio.state.model import Document, Sequence, Session
from rnnstudio.state.picture import pages, scene

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.fixture(params=NAMES)
def cell(request):
    path = FOLDER / f"{request.param}.toml"
    return parse_cell(path.read_text(encoding="utf-8"), path.name)


def study(cell):
    random = np.random.default_rng(5)
    x = random.choice([-1.0, 1.0], size=(12, 3))
    outputs = None if "h" in cell.values else 2  # a readout reads h: a cell that has one of its own gets none
    network = new_network(cell, 3, 4, outputs=outputs, seed=3)
    wanted = np.tanh(np.column_stack([x[:, 0], np.roll(x[:, 1], 1)]))
    return Document("Typed", network, Sequence(x=x, targets=wanted[:, np.arange(network.outputs) % 2]))


def test_there_are_ten_and_none_of_them_is_shipped():
    assert len(NAMES) >= 10
    assert not set(NAMES) & set(library_cells())


def test_its_gradients_are_those_of_finite_differences(cell):
    document = study(cell)
    network, loss = document.network, Loss("mse", document.sequence.targets)
    gradients = backpropagate(run(network, document.sequence.x), loss)
    assert gradients.loss > 0

    def at(name, along):
        changed = network.with_parameters(0, {name: network.layers[0].parameters[name] + along})
        return backpropagate(run(changed, document.sequence.x), loss).loss

    random = np.random.default_rng(9)
    for name, values in network.layers[0].parameters.items():
        way = random.normal(size=values.shape)
        slope = (at(name, 1e-6 * way) - at(name, -1e-6 * way)) / 2e-6
        assert np.sum(gradients.of(0, name) * way) == pytest.approx(slope, rel=1e-5, abs=1e-8), name


def test_it_learns(cell):
    document = study(cell)
    updates = list(train(document.network, document.sequence.x, document.sequence.targets,
                         Settings(optimizer="adam", rate=0.05, updates=150)))  # fmt: skip
    assert updates[-1].loss < 0.8 * updates[0].loss


def test_every_view_shows_it_and_steps_through_it(cell):
    document = study(cell)
    for view in VIEWS:
        if off_reason(view, document):
            continue
        state = GoTo(2, 1).apply(opened(document, Session(view=view, speed=float("inf"))))
        assert layout(state).marks > 5
        for _ in range(phases(document)):
            shown = scene(state)
            assert shown.layout.view == view
            assert pages(state)
            state = StepForward().apply(state)
        assert state.session.playhead.t >= 2


def test_a_saved_study_keeps_it(cell):
    document = study(cell)
    data = write_study(document)
    again = read_study(data)
    assert again.network.layers[0].cell == document.network.layers[0].cell
    assert write_study(again) == data
    assert write_study(replace(again, seed=2)) != data
