"""What is: the document (saved, undone) and the session (neither)."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.layout import Layout
from rnnstudio.engine.network import Network
from rnnstudio.playback.playhead import Playhead

Floats = NDArray[np.float64]

#: The speeds of the keys `[` and `]`; above them everything is instant.
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
INSTANT = float("inf")


@dataclass(frozen=True, eq=False)
class Sequence:
    """The samples: numbers ``x`` (T, I), or words as indices (T,) into a vocabulary (one-hot inputs).

    ``targets`` are (T, O) numbers, or (T,) class numbers for a text (the next token); None where there are none.
    ``columns`` names the inputs. ``note`` is one sentence when the data were cut to fit (windowed).
    """

    x: Floats | None = None
    tokens: NDArray[np.int64] | None = None
    vocabulary: tuple[str, ...] = ()
    targets: NDArray[np.float64] | NDArray[np.int64] | None = None
    columns: tuple[str, ...] = ()
    note: str = ""

    @property
    def steps(self) -> int:
        """T, the number of samples."""
        data = self.x if self.x is not None else self.tokens
        return 0 if data is None else len(data)

    @property
    def inputs(self) -> int:
        """I, the number of inputs (the vocabulary's size for a text)."""
        return self.x.shape[1] if self.x is not None else len(self.vocabulary)


@dataclass(frozen=True, eq=False)
class Document:
    """A study: what is saved and undone."""

    name: str
    network: Network
    sequence: Sequence
    first: dict[int, dict[str, Floats]] = field(default_factory=dict)  # layer → state name → first state
    loss: str = "mse"
    rate: float = 0.1
    seed: int = 1
    about: str = ""
    #: Parameters that a cell brings when it is chosen in this study: cell name → layer's parameter arrays.
    presets: dict[str, dict[str, Floats]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Turn:
    """A running change of picture: from the layout that was on the screen to the one that is wanted."""

    origin: Layout
    origin_view: str
    target_view: str
    duration_s: float
    elapsed_s: float = 0.0
    #: "turn" between views, "slide" along the time axis.
    kind: str = "turn"

    @property
    def progress(self) -> float:
        """From 0 to 1."""
        return min(1.0, self.elapsed_s / self.duration_s) if self.duration_s > 0 else 1.0


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
    reduced_motion: bool = False
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)
    view_before_cell: str = "unrolled"
    message: str = ""  # the banner: one sentence on what went wrong or is not there
    notice: str = ""  # the quiet banner: what was decided for what was opened; it goes away by itself
    canvas: tuple[float, float] = (1280.0, 760.0)  # logical size of the drawing area
    path: str = ""  # where the document lies on disk
    saved: Document | None = None  # the document as it was last saved or opened


@dataclass(frozen=True, eq=False)
class Change:
    """One entry of the history: the document before it, and the name of the change."""

    name: str
    document: Document


@dataclass(frozen=True, eq=False)
class State:
    """All there is."""

    document: Document
    session: Session = field(default_factory=Session)
    undo: tuple[Change, ...] = ()
    redo: tuple[Change, ...] = ()

    def see(self, **changes: object) -> "State":
        """The same document, looked at differently."""
        return replace(self, session=replace(self.session, **changes))  # type: ignore[arg-type]
