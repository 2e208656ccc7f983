"""Cells that one has written, as files in a folder of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rnnstudio.engine.cells import Cell
from rnnstudio.engine.limits import InputError
from rnnstudio.files.opening import cell_file
from rnnstudio.files.places import data_folder, made_folder
from rnnstudio.files.storage import write_atomic

SUFFIX = ".toml"


@dataclass(frozen=True)
class OwnCell:
    """A cell file in the folder: the cell, or why it cannot be read."""

    path: Path
    cell: Cell | None
    reason: str = ""


def cells_folder() -> Path:
    """Where own cells are kept; nothing makes it before one is saved there."""
    return data_folder() / "cells"


def own_cells() -> tuple[OwnCell, ...]:
    """The cell files of the folder, by their names; a broken one says why."""
    try:
        paths = sorted(path for path in cells_folder().glob(f"*{SUFFIX}") if path.is_file())
    except OSError:
        return ()
    found = []
    for path in paths:
        try:
            found.append(OwnCell(path, cell_file(path)))
        except InputError as error:
            found.append(OwnCell(path, None, str(error)))
    return tuple(found)


def proposed_path(cell: Cell) -> Path:
    """Where a cell would be saved; the folder is made.

    Raises
    ------
    InputError
        The folder cannot be made.
    """
    return made_folder(cells_folder(), "cell") / f"{cell.name}{SUFFIX}"


def save_cell(path: str | Path, cell: Cell) -> Path:
    """Write a cell file; the result is where, with the ending that a cell file has.

    Raises
    ------
    InputError
        It cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() != SUFFIX:
        target = target.with_name(target.name + SUFFIX)
    write_atomic(target, cell.text.encode("utf-8"))
    return target
