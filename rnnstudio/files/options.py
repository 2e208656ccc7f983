"""What a command asks for: how to open a file, where the window starts, how a picture is made."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ModelOptions:
    """How to open what is not a whole study; None where it follows the data or the cell.

    Attributes
    ----------
    cell : str or None
        Name of a library cell, or a cell file, for weights and sequences that leave it open.
    inputs, state_size, outputs : int or None
        I, H and O.
    activation : str or None
        A function that the cell offers.
    bias : bool
        Whether the network has biases.
    layers : int
        Recurrent layers on top of each other.
    bidirectional : bool
        Whether each reads the sequence in both directions.
    seed : int
        For what is drawn.
    columns : str or None
        Columns of a table, by names or numbers from 1, with commas between.
    tokens : str or None
        ``"chars"`` or ``"words"``.
    """

    cell: str | None = None
    inputs: int | None = None
    state_size: int | None = None
    outputs: int | None = None
    activation: str | None = None
    bias: bool = True
    layers: int = 1
    bidirectional: bool = False
    seed: int = 1
    columns: str | None = None
    tokens: str | None = None


@dataclass(frozen=True)
class WindowOptions:
    """Where the window starts; None for what it remembers, or its own default.

    ``more`` are files that get windows of their own; ``presenter``: it is presented at once, with the private window.
    """

    file: str | None = None
    view: str | None = None
    step: int | None = None
    theme: str | None = None
    lesson: str | None = None
    model: ModelOptions = field(default_factory=ModelOptions)
    more: tuple[str, ...] = ()
    notation: str | None = None
    presenter: bool = False


@dataclass(frozen=True)
class RenderOptions:
    """How a picture is made.

    Attributes
    ----------
    file : str or None
        What to open; None for the demonstration.
    output : str
        Where; the ending says which format. Holds ``{view}`` where `view` is ``"all"``.
    view : str or None
        Name of a view, ``"all"``, or None for the default.
    step, op : int or None
        Sample, and sub-step of it from 1; None for the middle sample, complete.
    size : tuple of int
        Width and height in pixels.
    theme : str
        Name of a theme.
    transparent : bool
        The canvas alone, without ground.
    window : bool
        The whole window with its panels.
    notation : str
        Name of a notation, or a notation file.
    """

    file: str | None
    output: str
    view: str | None = None
    step: int | None = None
    op: int | None = None
    size: tuple[int, int] = (1920, 1080)
    theme: str = "light"
    transparent: bool = False
    window: bool = False
    model: ModelOptions = field(default_factory=ModelOptions)
    notation: str = "tutorial"
