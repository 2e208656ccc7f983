"""What the commands have in common on the command line: readers of values, and the options of models and data."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnnstudio.engine.losses import KINDS, PLACES
from rnnstudio.files.options import ModelOptions
from rnnstudio.files.texts import TOKENS

SEEDS = 2**63


def new_parser(name: str, about: str, **more: Any) -> argparse.ArgumentParser:
    """The parser of a command."""
    program = f"rnnstudio {name}".strip()
    return argparse.ArgumentParser(prog=program, description=about, allow_abbrev=False, **more)


def whole(least: int, below: int = SEEDS) -> Callable[[str], int]:
    """A reader of whole numbers from `least`."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 20 or not least <= int(text) < below:
            raise argparse.ArgumentTypeError(f"{text!r}: a whole number from {least} is wanted")
        return int(text)

    return read


def number(least: float = 0.0, below: float = math.inf, least_too: bool = True) -> Callable[[str], float]:
    """A reader of finite numbers from `least` (that one too, where `least_too` says so) to below `below`."""

    def read(text: str) -> float:
        try:
            found = float(text) if text.isascii() and "_" not in text else math.nan
        except ValueError:
            found = math.nan
        if not (least <= found < below and (least_too or found > least)):
            begin = f"from {least:g}" if least_too else f"above {least:g}"
            end = "" if below == math.inf else f" to below {below:g}"
            raise argparse.ArgumentTypeError(f"{text!r}: a number {begin}{end} is wanted")
        return found

    return read


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels."""
    match = re.fullmatch(r"(\d{1,6})[xX×](\d{1,6})", text, re.ASCII)
    if not match or not int(match[1]) or not int(match[2]):
        raise argparse.ArgumentTypeError(f"{text!r}: WIDTHxHEIGHT in pixels is wanted, for example 1920x1080")
    return int(match[1]), int(match[2])


def check_ending(parser: argparse.ArgumentParser, output: str, endings: tuple[str, ...], option: str = "-o") -> None:
    """Refuse, as wrong usage, a file name of another ending."""
    if Path(output).suffix.lower() not in endings:
        parser.error(f"{option} {output}: a file that ends in {', '.join(endings)} is wanted")


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """The options for what leaves something open: cells, sequences, weights."""
    group = parser.add_argument_group("models that leave something open (cells, sequences, weights)")
    group.add_argument("--cell", metavar="NAME", help="the cell: of the library, or a .toml file")
    group.add_argument("--inputs", type=whole(0), metavar="N", help="inputs of a step; default: as the data have")
    group.add_argument("--state-size", type=whole(0), metavar="N", help="units of the state")
    group.add_argument("--outputs", type=whole(0), metavar="N", help="outputs, of a readout where the cell has a state")
    group.add_argument("--activation", metavar="NAME", help="tanh, relu or sigmoid; default: tanh")
    group.add_argument("--no-bias", action="store_true", help="without biases")
    group.add_argument("--layers", type=whole(0), default=1, metavar="N", help="layers of it; default: 1")
    group.add_argument("--bidirectional", action="store_true", help="each layer reads the sequence in both directions")
    group.add_argument("--seed", type=whole(0), default=1, metavar="N", help="for drawn weights; default: 1")
    add_data_options(group)


def add_data_options(parser: Any) -> None:
    """The options for tables and texts."""
    parser.add_argument("--columns", metavar="A,B", help="columns of a .csv, by names or numbers from 1")
    parser.add_argument("--tokens", choices=TOKENS, help="how a .txt is read; default: words where it looks like prose")


def add_files(parser: argparse.ArgumentParser, ending: str) -> None:
    """The model, its input, and the file to write; `ending` says what that is."""
    parser.add_argument("model", nargs="?", metavar="MODEL", help="default: the demonstration")
    parser.add_argument("--input", metavar="DATA", help=".csv, .npy, .npz or .txt; default: the study's own")
    parser.add_argument("-o", dest="output", required=True, metavar="OUT", help=ending)


def add_loss_options(parser: argparse.ArgumentParser) -> None:
    """The options for targets and the loss."""
    parser.add_argument("--target", metavar="DATA", help=".csv, .npy or .npz (array y); default: the data's own")
    parser.add_argument("--loss", choices=KINDS, help="default: mse for numbers, cross-entropy for class numbers")
    parser.add_argument("--loss-at", choices=PLACES, help="every step, or the last valid one; default: every")


def model_options(found: argparse.Namespace) -> ModelOptions:
    """The options of a model, as they were given."""
    return ModelOptions(
        cell=found.cell, inputs=found.inputs, state_size=found.state_size, outputs=found.outputs,
        activation=found.activation, bias=not found.no_bias, layers=found.layers, bidirectional=found.bidirectional,
        seed=found.seed, columns=found.columns, tokens=found.tokens,
    )  # fmt: skip
