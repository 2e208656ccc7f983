"""What is: the document (saved, undone) and the session (neither)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Layout
from rnnstudio.diagram.notation import TUTORIAL, Notation
from rnnstudio.engine.network import Network
from rnnstudio.engine.training import Settings
from rnnstudio.engine.what_if import AS_IT_IS, WhatIf
from rnnstudio.playback.playhead import Playhead
from rnnstudio.state.desk import Desk

if TYPE_CHECKING:
    from rnnstudio.engine.trace import OneHot
    from rnnstudio.state.areas import Area
    from rnnstudio.state.lesson import Tour
    from rnnstudio.state.places import Place
    from rnnstudio.state.question import Question
    from rnnstudio.state.training_run import Run
    from rnnstudio.state.written_lesson import WrittenLesson

Floats = NDArray[np.float64]
#: Numbers, or the numbers of classes.
Targets = NDArray[np.float64] | NDArray[np.int64]

#: Which weights a sample uses: the same throughout; its own, updated after every sample; the same, and the update that
#: follows the whole sequence is shown.
FROZEN, SAMPLE, SEQUENCE = "frozen", "sample", "sequence"
MODES = (FROZEN, SAMPLE, SEQUENCE)

#: The speeds of the keys `[` and `]`; above them everything is instant.
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
INSTANT = float("inf")


@dataclass(frozen=True, eq=False)
class Sequence:
    """The samples: of one sequence, or of N equally wide ones, of which one is shown.

    One: numbers ``x`` (T, I), or words as indices (T,) into a vocabulary (one-hot inputs). Several: ``batch``
    (T, N, I), with ``lengths`` (N,) where they are not equally long, ``batch_targets``, and the index ``shown``; ``x``
    and ``targets`` then follow from these: they are those of the shown one, as far as it goes.

    ``targets`` are float64 numbers (T, O), or int64 class numbers (T,) (for a text the next token), those of a batch
    (T, N, O) or (T, N); without the leading T where only the last step has one. None where there are none.
    ``columns`` names the inputs. ``note`` is one sentence when the data were cut to fit (windowed).
    """

    x: Floats | None = None
    tokens: NDArray[np.int64] | None = None
    vocabulary: tuple[str, ...] = ()
    targets: Targets | None = None
    columns: tuple[str, ...] = ()
    note: str = ""
    batch: Floats | None = None
    lengths: NDArray[np.int64] | None = None
    batch_targets: Targets | None = None
    shown: int = 0

    def __post_init__(self) -> None:
        if self.batch is None:
            return
        n, length = self.shown, self._length(self.shown)
        object.__setattr__(self, "x", self.batch[:length, n])
        targets = self.batch_targets
        if targets is not None:
            targets = targets[:length, n] if self.batch_every else targets[n]
        object.__setattr__(self, "targets", None if targets is None else np.asarray(targets))

    def _length(self, n: int) -> int:
        assert self.batch is not None
        return len(self.batch) if self.lengths is None else int(self.lengths[n])

    @property
    def batch_every(self) -> bool:
        """Whether the targets of a batch stand at every step, and not at the last one alone."""
        targets = self.batch_targets
        return targets is not None and targets.ndim == (2 if targets.dtype.kind in "iu" else 3)

    @property
    def at_last(self) -> bool:
        """Whether only the last step has a target."""
        targets = self.targets
        return targets is not None and targets.ndim == (0 if targets.dtype.kind in "iu" else 1)

    @property
    def classes(self) -> bool:
        """Whether the targets are class numbers."""
        return self.targets is not None and self.targets.dtype.kind in "iu"

    @property
    def steps(self) -> int:
        """T, the number of samples; of several sequences those of the shown one."""
        data = self.x if self.x is not None else self.tokens
        return 0 if data is None else len(data)

    @property
    def most_steps(self) -> int:
        """T of all sequences: the length of the arrays, whatever the lengths within them."""
        return self.steps if self.batch is None else len(self.batch)

    @property
    def inputs(self) -> int:
        """I, the number of inputs (the vocabulary's size for a text)."""
        return self.x.shape[1] if self.x is not None else len(self.vocabulary)

    @property
    def sequences(self) -> int | None:
        """N, the number of sequences; None where there is one, without an axis for several."""
        return None if self.batch is None else self.batch.shape[1]

    @property
    def samples(self) -> Floats | OneHot:
        """What a network is run over: x (T, I), all sequences (T, N, I), or the tokens as one-hot inputs."""
        from rnnstudio.engine.trace import OneHot

        if self.batch is not None:
            return self.batch
        return OneHot(cast("NDArray[np.int64]", self.tokens), len(self.vocabulary)) if self.x is None else self.x

    def showing(self, n: int) -> Sequence:
        """The same sequences, number `n` of them (from 0) shown."""
        return replace(self, shown=n)

    def with_targets(self, targets: Targets | None) -> Sequence:
        """The same samples with other targets, those of all sequences, or without."""
        if self.batch is None:
            return replace(self, targets=targets)
        return replace(self, batch_targets=targets)

    @property
    def all_targets(self) -> Targets | None:
        """The targets of all sequences, as `with_targets` takes them."""
        return self.targets if self.batch is None else self.batch_targets


@dataclass(frozen=True, eq=False)
class Document:
    """A study: what is saved and undone.

    ``first`` holds layer → state → its value before the first step, of shape (H,) or, one for each sequence, (N, H).
    ``mode`` says which version of the weights a sample uses (MODEL §1, 5).
    """

    name: str
    network: Network
    sequence: Sequence
    first: dict[int, dict[str, Floats]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    mode: str = FROZEN
    seed: int = 1
    about: str = ""
    #: Parameters that a cell brings when it is chosen in this study: cell name → layer's parameter arrays.
    presets: dict[str, dict[str, Floats]] = field(default_factory=dict)
    #: The lesson that the study carries.
    lesson: WrittenLesson | None = None


@dataclass(frozen=True, eq=False)
class Turn:
    """A running change of picture: from the layout that was on the screen to the one that is wanted."""

    origin: Layout
    origin_view: str
    target_view: str
    duration_s: float
    elapsed_s: float = 0.0
    #: "turn" between views, "slide" along the time axis, "change" to another form of the network, "rewire" to another
    #: cell in it.
    kind: str = "turn"

    @property
    def progress(self) -> float:
        """From 0 to 1."""
        return min(1.0, self.elapsed_s / self.duration_s) if self.duration_s > 0 else 1.0


@dataclass(frozen=True, eq=False)
class Edit:
    """An open edit of one given value: which, and what there was before it."""

    place: Place
    document: Document
    redo: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Authoring:
    """A lesson is being written: the stop at hand (from 0), and the theme in which its writer began."""

    stop: int = 0
    theme: str = "light"


@dataclass(frozen=True)
class RecentFile:
    """A file that was opened or saved lately; ``trouble`` says why it cannot be opened now, "" where it can."""

    path: str
    trouble: str = ""


@dataclass(frozen=True, eq=False)
class Session:
    """How one looks at the document; saved beside it, never undone."""

    view: str = "network"
    playhead: Playhead = field(default_factory=lambda: Playhead(0, 1))
    #: Progress of the sub-step that is being shown (1: at rest), and where it came from.
    progress: float = 1.0
    came_from: Playhead | None = None
    hold_s: float = 0.0
    playing: bool = False
    speed: float = 1.0
    grain: str = "substep"  # or "sample"
    turn: Turn | None = None
    selection: Key | None = None
    hovered: Key | None = None
    unit: int = 0  # the unit the Layer view looks into and the formula bar shows where it must drop to one row
    focus: bool = False
    page: int = 0  # page of the formula bar
    theme: str = "light"
    decimals: int = 2
    inspector: bool = True
    over: bool = False  # it was asked for where it has to lie over the picture
    reduced_motion: bool = False
    in_words: bool = False  # whether the sub-step stands beside the picture as sentences and a table
    text_size: float = 1.0  # of bars, panels and menus, as a factor
    autosave: bool = True  # whether unsaved work is kept for a later start
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)
    view_before_cell: str = "unrolled"
    message: str = ""  # the banner: one sentence on what went wrong or is not there
    notice: str = ""  # the quiet banner: what was decided for what was opened; it goes away by itself
    canvas: tuple[float, float] = (1280.0, 760.0)  # logical size of the drawing area
    formula_width: float = 1920.0  # of a room's formula bar, in px of 1080 lines
    path: str = ""  # where the document lies on disk
    disk: str = ""  # SHA-256 of the file there as it was when it was opened or last saved
    recent: tuple[RecentFile, ...] = ()  # what was opened or saved last
    saved: Document | None = None  # the document as it was last saved or opened
    training: bool = False  # the Training panel stands where the inspector does
    structure: bool = False  # the Structure panel stands where these do
    run: Run | None = None  # the updates that are being made, or were made last
    #: Which of the two passes of a layer that reads both ways the views show: "forward" or "reverse".
    direction: str = "forward"
    what_if: WhatIf = AS_IT_IS  # what is changed in the run that is shown
    what_if_bar: bool = False  # whether its toggles stand over the picture
    edit: Edit | None = None  # the given value that is being edited where it stands
    area: Area | None = None  # the numbers of a parameter that are selected in the inspector
    tour: Tour | None = None  # the lesson that is being gone through
    authoring: Authoring | None = None  # the lesson that the document carries is being written
    lesson_folded: bool = False  # its panel shows the numbers of its stops alone
    presenting: bool = False  # in front of a room: picture, formula and a line of words on all of the screen
    panel_before: bool = True  # whether the inspector stood there before
    desk: Desk = field(default_factory=Desk)  # what one who presents has at hand
    blank: str = ""  # the colour of a screen without a picture: "black", "white" or ""
    spotlight: tuple[str, ...] = ()  # the things that a lesson points at; the rest is dimmed
    think_s: float = 60.0  # how long a class thinks for itself, and how long it talks
    discuss_s: float = 120.0
    question: Question | None = None  # what the class is asked, and what is hidden with it
    language: str = "en"  # the code of the language in which one reads
    notation: Notation = TUTORIAL  # whose letters are written
    lesson_notation: Notation | None = None  # those that a stop of a lesson shows instead

    @property
    def edit_from(self) -> Document | None:
        """While a value is edited: the document as it was before, to show beside it what follows."""
        return None if self.edit is None else self.edit.document


@dataclass(frozen=True, eq=False)
class Change:
    """One entry of the history: the document before it, the name of the change, the updates that made it (or none)."""

    name: str
    document: Document
    updates: int = 0


@dataclass(frozen=True, eq=False)
class State:
    """All there is."""

    document: Document
    session: Session = field(default_factory=Session)
    undo: tuple[Change, ...] = ()
    redo: tuple[Change, ...] = ()

    def see(self, **changes: object) -> State:
        """The same document, looked at differently."""
        return replace(self, session=replace(self.session, **changes))  # type: ignore[arg-type]
