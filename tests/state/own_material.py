"""Every change of a document that the program can make, one line each, with what makes a random one.

``EDITS`` maps a class of action to a maker: (state, random) → the actions of one such change. A new action needs one
line here; `changing_actions` finds those that have none.
"""

import importlib
import inspect
import pkgutil
import types
from dataclasses import replace

import numpy as np

import rnnstudio.state.actions as actions_package
from rnnstudio.engine.cells import library_cell, library_cells
from rnnstudio.engine.layer import frozen_array
from rnnstudio.engine.network import new_network
from rnnstudio.engine.training import Settings
from rnnstudio.files.demonstration import BUNDLED, bundled_study
from rnnstudio.state.actions import (
    cells,
    editing,
    files,
    matrices,
    sequence,
    structure,
    training,
    training_settings,
    values,
)
from rnnstudio.state.areas import Area, matrix_of, whole
from rnnstudio.state.model import MODES, Document, Sequence
from rnnstudio.state.places import CLASS, FIRST, PARAMETER, TOKEN, WANTED, Place, X
from rnnstudio.state.sequence_changes import Delete, Insert, Move, Repeat, Reverse, Shuffle
from rnnstudio.state.sequence_rows import draft_of
from rnnstudio.state.structure import SIZES, size_of
from rnnstudio.state.training_run import Told

MODULES = tuple(
    importlib.import_module(f"{actions_package.__name__}.{found.name}")
    for found in pkgutil.iter_modules(actions_package.__path__)
)

# ---------------------------------------------------------------- studies to begin with


#: Samples of a bundled study that are kept: what an update after every sample costs grows with their number.
MOST_STEPS = 8


def begun(study):
    """The beginning of a study of one sequence."""
    samples = study.sequence
    cut = {
        name: np.array(array[:MOST_STEPS]) for name in ("x", "tokens", "targets")
        if (array := getattr(samples, name)) is not None
    }  # fmt: skip
    kept = samples.batch is not None or samples.at_last
    return study if kept else replace(study, sequence=replace(samples, **cut))


def studies():
    """Small studies of every kind: bundled ones, gates, both directions, a readout, several sequences, a text."""
    random = np.random.default_rng(11)
    yield from (begun(bundled_study(name)) for name in BUNDLED)
    x, targets = random.normal(size=(4, 2)), random.normal(size=(4, 3))
    for cell, direction in (("lstm", "forward"), ("gru", "both"), ("elman", "forward"), ("mgu", "reverse")):
        network = new_network(library_cell(cell), 2, 3, 3, direction=direction, seed=5)
        first = {0: {name: random.normal(size=3) for name in network.layers[0].program.states}}
        yield Document(cell, network, Sequence(x=x, targets=targets), first, seed=4)
    two = new_network(library_cell("gru"), 2, 3, 4, layers=2, seed=2)
    yield Document("two layers", two, Sequence(x=x))
    several = Sequence(batch=random.normal(size=(5, 3, 2)), lengths=np.array([5, 2, 4]), shown=1, columns=("a", "b"))
    lstm = new_network(library_cell("lstm"), 2, 2, 2, seed=3)
    state = {0: {"s": random.normal(size=2), "c": random.normal(size=(3, 2))}}
    yield Document("several", lstm, several.with_targets(random.normal(size=(5, 3, 2))), state)
    yield Document("classes", lstm, several.with_targets(np.arange(15).reshape(5, 3) % 2),
                   settings=Settings("cross-entropy"))  # fmt: skip
    yield Document("last", lstm, several.with_targets(random.normal(size=(3, 2))), settings=Settings(at="last"))


def frozen(document):
    """The study with first states that nobody can write into, as those out of a file are."""
    first = {k: {name: frozen_array(v) for name, v in vectors.items()} for k, vectors in document.first.items()}
    return replace(document, first=first)


STUDIES = tuple(frozen(study) for study in studies())

# ---------------------------------------------------------------- random choices


def number(random):
    """A number as one types it, drags it or trains it; now and then an odd one."""
    kind = random.randrange(8)
    odd = (0.0, -0.0, 1e-300, 3e3, float("nan"), -1e9)
    return random.choice(odd) if kind == 0 else round(random.uniform(-2, 2), 2) if kind < 6 else random.uniform(-1, 1)


def place(state, random):
    """A given value of the study."""
    document, samples = state.document, state.document.sequence
    layer = random.randrange(len(document.network.layers))
    record = document.network.layers[layer]
    name = random.choice(list(record.parameters))
    where = tuple(random.randrange(n) for n in record.parameters[name].shape)
    found = [Place(PARAMETER, name, where, layer)] * 2
    t = random.randrange(samples.steps)
    if samples.tokens is not None:
        found.append(Place(TOKEN, "x", (t,)))
    else:
        found.append(Place(X, "x", (t, random.randrange(samples.inputs))))
    if record.program.states:
        found.append(Place(FIRST, random.choice(list(record.program.states)), (random.randrange(record.size),), layer))
    if samples.targets is not None:
        at = () if samples.at_last else (t,)
        found.append(
            Place(CLASS, "target", at) if samples.classes
            else Place(WANTED, "target", (*at, random.randrange(samples.targets.shape[-1])))
        )  # fmt: skip
    return random.choice(found)


def value(state, spot, random):
    """Another value for a place."""
    if spot.kind in (TOKEN, CLASS):
        return random.randrange(max(len(state.document.sequence.vocabulary), state.document.network.outputs))
    return number(random)


def area(state, random):
    """One number, a row, a column, a block or the whole of a parameter."""
    document = state.document
    layer = random.randrange(len(document.network.layers))
    name = random.choice(list(document.network.layers[layer].parameters))
    rows, columns = matrix_of(document, layer, name).shape
    if random.randrange(3) == 0:
        return whole(document, layer, name)
    corners = [(random.randrange(rows), random.randrange(columns)) for _ in range(2)]
    return Area(name, *corners, layer)


def table(state, random):
    """An area, and the text of a table that mostly fits it."""
    there = area(state, random)
    rows, columns = there.shape if random.randrange(6) else (random.randrange(1, 4), random.randrange(1, 4))
    cells_of = [[f"{number(random):.3g}" for _ in range(columns)] for _ in range(rows)]
    return there, "\n".join("\t".join(row) for row in cells_of)


def edit_in_place(state, random):
    """An editor opened over a value: typed, nudged, then kept or left as it was."""
    spot = place(state, random)
    inside = [
        random.choice((values.SetValue(spot, value(state, spot, random)), values.Nudge(random.choice((0.1, -1)))))
        for _ in range(random.randrange(4))
    ]
    return (values.BeginEdit(spot), *inside, values.EndEdit(keep=random.randrange(3) > 0))


def scrub(state, random):
    """A drag over factors, or over radii; sometimes back to where it began."""
    there, kind = area(state, random), random.choice((matrices.ScaleArea, matrices.ScaleToRadius))
    sizes = [round(random.uniform(0, 2), 2) for _ in range(random.randrange(1, 4))]
    if random.randrange(4) == 0:
        sizes.append(1.0)
    return tuple(kind(there, size, state.document) for size in sizes)


def trained(state, random):
    """A run of updates as a worker tells of it, and its end."""
    run, document = state.session.run, state.document
    told = 1 + (0 if run is None else run.number)
    made = random.randrange(3)
    changed = document.network
    for k, layer in enumerate(changed.layers):
        moved = {name: array + random.uniform(-0.2, 0.2) for name, array in layer.parameters.items()}
        changed = changed.with_parameters(k, moved)
    losses = np.array([random.random() for _ in range(made)])
    end = random.choice((training.EndTraining(), None))
    news = training.Hear(told, Told(losses, losses, changed, ended=end is None))
    begin = training.Begin(random.choice((training.ONE, training.TRAIN)), told)
    return (begin, news) if end is None else (begin, news, end)


def setting(state, random):
    """Another value of a setting of training."""
    field = random.choice(list(training_settings.NAMES))
    if field in ("optimizer", "at"):
        offered = {"optimizer": ("sgd", "momentum", "adam"), "at": ("every", "last")}[field]
        return training_settings.SetTraining(field, random.choice(offered))
    return training_settings.SetTraining(field, random.choice(training_settings.values_of(field, state.document)))


def another_cell(state, random):
    """A cell of the library, used as one that was written."""
    record = state.document.network.layers[state.document.network.chosen]
    cell = library_cell(random.choice(sorted(library_cells())))
    return cells.UseCell(cell, random.choice((record.size, 2)), record.outputs, random.randrange(2) > 0)


def row_change(state, random):
    """A change of the rows of the sequence; a long one is not made longer."""
    steps = state.document.sequence.steps
    first, last = sorted(random.randrange(steps + 1) for _ in range(2))
    shorter = [
        kind(first, last, *more) for kind, more in ((Delete, ()), (Reverse, ()), (Shuffle, (3,)), (Move, (first // 2,)))
    ]
    longer = [Insert(first), Repeat(first, last)]
    return random.choice(shorter + longer if steps < 2 * MOST_STEPS else shorter)


def resize(state, random):
    """One more or fewer of something that has a size, or a row of such changes that are one."""
    what = random.choice(SIZES)
    counts = [max(size_of(state.document, what) + random.randrange(-2, 3), 0) for _ in range(random.randrange(1, 4))]
    return tuple(structure.SetSize(what, min(count, 9), joined=n > 0) for n, count in enumerate(counts))


def function(state, random):
    """An activation."""
    return random.choice(("sigmoid", "tanh", "relu", "identity"))


# ---------------------------------------------------------------- the changes

EDITS = {
    values.SetValue: lambda s, r: (values.SetValue(spot := place(s, r), value(s, spot, r)),),
    values.BeginEdit: edit_in_place,
    values.Nudge: edit_in_place,
    values.EndEdit: edit_in_place,
    matrices.FillArea: lambda s, r: (matrices.FillArea(area(s, r), number(r)),),
    matrices.IdentityArea: lambda s, r: (matrices.IdentityArea(area(s, r)),),
    matrices.DrawArea: lambda s, r: (matrices.DrawArea(area(s, r), r.randrange(-1, 50)),),
    matrices.ScaleArea: scrub,
    matrices.ScaleToRadius: scrub,
    matrices.PasteArea: lambda s, r: (matrices.PasteArea(*table(s, r)),),
    editing.ChooseLayer: lambda s, r: (editing.ChooseLayer(r.randrange(len(s.document.network.layers))),),
    editing.SetCell: lambda s, r: (editing.SetCell(r.choice(sorted(library_cells()))),),
    editing.SetActivation: lambda s, r: (editing.SetActivation(function(s, r)),),
    structure.SetActivationNumber: lambda s, r: (structure.SetActivationNumber(r.randrange(4)),),
    editing.SetBias: lambda s, r: (editing.SetBias(r.randrange(2) > 0),),
    editing.ShowSequence: lambda s, r: (editing.ShowSequence(r.randrange(4)),),
    structure.SetSize: resize,
    structure.SetReadout: lambda s, r: (structure.SetReadout(r.randrange(2) > 0),),
    structure.SetReading: lambda s, r: (structure.SetReading(r.choice(("forward", "reverse", "both"))),),
    structure.MakeRecurrent: lambda s, r: (structure.MakeRecurrent(),),
    structure.NewWeights: lambda s, r: (structure.NewWeights(r.choice((None, 1, 7, -1))),),
    sequence.ChangeRows: lambda s, r: (sequence.ChangeRows(row_change(s, r)),),
    sequence.UseSequence: lambda s, r: (sequence.UseSequence(draft_of(r.choice(STUDIES).sequence), "Use a sequence"),),
    files.Revert: lambda s, r: (files.Revert(r.choice(STUDIES)),),
    cells.UseCell: lambda s, r: (another_cell(s, r),),
    training.Hear: trained,
    training.EndTraining: trained,
    training.ResetWeights: lambda s, r: (training.ResetWeights(),),
    training_settings.SetTraining: lambda s, r: (setting(s, r),),
    training_settings.ClipAndForget: lambda s, r: (training_settings.ClipAndForget(),),
    training_settings.SlowAndForget: lambda s, r: (training_settings.SlowAndForget(),),
    training_settings.SetMode: lambda s, r: (training_settings.SetMode(r.choice(MODES)),),
    training_settings.NextMode: lambda s, r: (training_settings.NextMode(),),
}

#: Back and forth in the history, which the machine does by itself; and a study that takes the place of this one.
MOVES = frozenset({"Undo", "Redo", "UpdateBack", "UpdateAgain", "JumpTo"})
REPLACING = frozenset({"OpenDocument", "Restore"})

# ---------------------------------------------------------------- which actions change documents


def action_classes():
    """Every action of the program."""
    return [
        found for module in MODULES for found in vars(module).values()
        if inspect.isclass(found) and found.__module__ == module.__name__ and hasattr(found, "apply")
    ]  # fmt: skip


def _code(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _code(constant)


def _functions(found):
    """The functions of a class, or the function."""
    inside = [found] if inspect.isfunction(found) else [f for f in vars(found).values() if inspect.isfunction(f)]
    return [function_ for function_ in inside if hasattr(function_, "__code__")]


def _sets_document(code):
    """Whether it calls something with ``document=``, or makes a whole `State`."""
    keywords = {name for constant in code.co_consts if isinstance(constant, tuple) for name in constant}
    return ("replace" in code.co_names and "document" in keywords) or "State" in code.co_names


def changing(found, seen=None):
    """Whether a class or function leads to another document, followed through everything that it names."""
    seen = set() if seen is None else seen
    if found in seen:
        return False
    seen.add(found)
    for function_ in _functions(found):
        for code in _code(function_.__code__):
            if _sets_document(code):
                return True
            for name in code.co_names:
                # a name that a function imports by itself is looked for in all rooms of actions
                elsewhere = next((vars(m)[name] for m in MODULES if name in vars(m)), None)
                known = function_.__globals__.get(name) or elsewhere
                here = inspect.isfunction(known) or inspect.isclass(known)
                if here and known.__module__.startswith(actions_package.__name__) and changing(known, seen):
                    return True
    return False


def changing_actions():
    """The actions that can leave another document than they found."""
    return [found for found in action_classes() if changing(found)]
