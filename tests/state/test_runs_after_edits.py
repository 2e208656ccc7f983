"""What is shown after an edit, of a study whose weights are updated after every sample: that of a run made anew."""

from dataclasses import replace

import numpy as np

from rnnstudio.diagram.versions import changed, largest
from rnnstudio.engine.versions import run_updating
from rnnstudio.files.demonstration import demonstration
from rnnstudio.state.runs import changes, side, traces, vmax


def edited(document):
    """The study after one edit after another, and some of them taken back."""
    sequence, network = document.sequence, document.network
    yield document
    for t in (4, 0, 7):
        x = np.array(sequence.x)
        x[t, 1] += 0.5
        yield replace(document, sequence=replace(sequence, x=x))
        targets = np.array(sequence.targets)
        targets[t, 0] -= 0.25
        yield replace(document, sequence=replace(sequence, targets=targets))
        yield replace(document, first={1: {"s": np.array([0.5, 0.0, -t])}})
        for name in ("W", "U"):
            values = np.array(network.layers[1].parameters[name])
            values[0, 0] += 0.125 * (t + 1)
            yield replace(document, network=network.with_parameters(1, {name: values}))
        yield replace(document, settings=replace(document.settings, rate=0.5 + t))
        yield document


def numbers(trace):
    found = [output.tobytes() for output in trace.outputs]
    for network in trace.versions:
        found += [array.tobytes() for layer in network.layers for array in layer.parameters.values()]
    for layer in trace.layers:
        found += [layer.series(name).tobytes() for name in layer.program.values]
    return found


def test_after_each_edit_both_computations_are_those_of_runs_made_anew():
    for document in edited(demonstration()):
        settings, sequence = replace(document.settings, update_every=1), document.sequence
        ranges = []
        for of_layer, shown in zip((False, True), traces(document), strict=True):
            first = {} if of_layer else document.first
            anew = run_updating(document.network, sequence.x, sequence.targets, settings, first, of_layer)
            assert numbers(shown) == numbers(anew)
            assert changes(document, of_layer) == (changed(anew, None, range(1, 2)), changed(anew, None, range(2)))
            arrays = [a for n in anew.versions for layer in n.layers for a in layer.parameters.values()]
            ranges.append(max(float(np.abs(array).max()) for array in arrays))
            assert largest(*side(document, of_layer)) == ranges[-1]
        assert vmax(document) == max(ranges)
