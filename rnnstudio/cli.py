"""The command line: what is asked for, and the commands that need no Qt.

A command imports what it alone needs: the window opens sooner without the readers and writers of files.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.limits import InputError
from rnnstudio.files.options import ModelOptions, RenderOptions, WindowOptions
from rnnstudio.files.texts import TOKENS
from rnnstudio.files.theme import theme_names

if TYPE_CHECKING:
    from rnnstudio.state.model import Document

DONE, WRONG_INPUT, WRONG_USAGE, MISSING, INTERRUPTED = 0, 1, 2, 3, 130
PICTURE_ENDINGS = (".png", ".svg", ".pdf")
LATER_COMMANDS = ("train", "lessons", "film", "code")
SEEDS = 2**63
_ABOUT = """commands (each has its own --help):
  [FILE]          open the window, with FILE: a study, weights, a sequence, a cell, or the name of a cell
  render [FILE]   one picture: .png .svg .pdf
  trace [MODEL]   run a sequence, write every value: .npz .csv .json
  check FILE…     what the files hold, or what is wrong with them
"""
#: Debian's package for a shared library that Qt wants.
_PACKAGES = {
    "libEGL": "libegl1", "libGL": "libgl1", "libxkbcommon": "libxkbcommon0", "libfontconfig": "libfontconfig1",
    "libdbus-1": "libdbus-1-3", "libglib-2.0": "libglib2.0-0", "libxcb-cursor": "libxcb-cursor0",
}  # fmt: skip


class _Later(argparse.Action):
    """An option of a later version: it is known, and refused as such."""

    def __call__(self, parser: argparse.ArgumentParser, *found: object, **more: object) -> NoReturn:
        option = next((part for part in found if isinstance(part, str) and part.startswith("--")), self.dest)
        parser.error(f"{option} is not in this version")


def version() -> str:
    """The program's version, installed or in a checkout."""
    project = Path(__file__).parents[1] / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return importlib.metadata.version("rnnstudio")


def run_command(
    arguments: Sequence[str], open_window: Callable[[WindowOptions], int], render: Callable[[RenderOptions], int]
) -> int:
    """Do what the command line asks for, and return the exit status.

    Parameters
    ----------
    arguments : sequence of str
        Without the program's name.
    open_window, render : callable
        The two that need Qt; imported when they are called.
    """
    try:
        return _dispatch(list(arguments), open_window, render)
    except SystemExit as leaving:  # argparse has said what is wrong, or shown its help
        return leaving.code if isinstance(leaving.code, int) else WRONG_USAGE
    except InputError as error:
        _say(str(error))
        return WRONG_INPUT
    except MemoryError:
        _say("the memory of this machine does not suffice; a shorter sequence or a smaller state fits")
        return WRONG_INPUT
    except ImportError as error:
        missing = _missing(error)
        if missing is None:
            raise
        _say(missing)
        return MISSING
    except KeyboardInterrupt:
        _say("stopped; no file was written")
        return INTERRUPTED


def _say(sentence: str) -> None:
    print(f"rnnstudio: {' '.join(sentence.split())}", file=sys.stderr)


def _missing(error: ImportError) -> str | None:
    """What is not installed here, and how to get it; None where the error is another one."""
    library = re.match(r"(lib[\w.+-]+?)\.so[.\d]*: cannot open", str(error))
    if library:
        package = _PACKAGES.get(library[1], f"that has {library[1]}.so (apt-file search finds it)")
        return f"the system library {library[1]} is missing; on Debian: apt-get install {package}"
    name = (error.name or "").partition(".")[0]
    if name in ("PySide6", "shiboken6", "pyqtgraph"):
        return f"the package {name} is missing; python -m pip install rnnstudio brings it"
    return None


def _dispatch(
    arguments: list[str], open_window: Callable[[WindowOptions], int], render: Callable[[RenderOptions], int]
) -> int:
    command = arguments[0] if arguments else ""
    if command in LATER_COMMANDS:
        print(f"rnnstudio: {command} is not in this version", file=sys.stderr)
        return WRONG_USAGE
    if command == "trace":
        return _trace(_trace_parser().parse_args(arguments[1:]))
    if command == "check":
        return _check(_check_parser().parse_args(arguments[1:]))
    if command == "render":
        return render(_render_options(arguments[1:]))
    found = _window_parser().parse_args(arguments)
    return open_window(WindowOptions(found.file, found.view, found.step, found.theme, _model_options(found)))


def _whole(least: int, below: int = SEEDS) -> Callable[[str], int]:
    """A reader of whole numbers from `least`."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 20 or not least <= int(text) < below:
            raise argparse.ArgumentTypeError(f"{text!r}: a whole number from {least} is wanted")
        return int(text)

    return read


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})[xX×](\d{1,6})", text, re.ASCII)
    if not match or not int(match[1]) or not int(match[2]):
        raise argparse.ArgumentTypeError(f"{text!r}: WIDTHxHEIGHT in pixels is wanted, for example 1920x1080")
    return int(match[1]), int(match[2])


def _parser(name: str, about: str, **more: Any) -> argparse.ArgumentParser:
    program = f"rnnstudio {name}".strip()
    return argparse.ArgumentParser(prog=program, description=about, allow_abbrev=False, **more)


def _add_model_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("models that leave something open (cells, sequences, weights)")
    group.add_argument("--cell", metavar="NAME", help="the cell: of the library, or a .toml file")
    group.add_argument("--inputs", type=_whole(0), metavar="N", help="inputs of a step; default: as the data have")
    group.add_argument("--state-size", type=_whole(0), metavar="N", help="units of the state")
    group.add_argument(
        "--outputs", type=_whole(0), metavar="N", help="outputs, of a readout where the cell has a state"
    )
    group.add_argument("--activation", metavar="NAME", help="tanh, relu or sigmoid; default: tanh")
    group.add_argument("--no-bias", action="store_true", help="without biases")
    group.add_argument("--seed", type=_whole(0), default=1, metavar="N", help="for drawn weights; default: 1")
    _add_data_options(group)
    _add_later(parser, "--layers", "--bidirectional")


def _add_data_options(parser: Any) -> None:
    parser.add_argument("--columns", metavar="A,B", help="columns of a .csv, by names or numbers from 1")
    parser.add_argument("--tokens", choices=TOKENS, help="how a .txt is read; default: words where it looks like prose")


def _add_later(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(name, action=_Later, nargs="?", help=argparse.SUPPRESS)


def _model_options(found: argparse.Namespace) -> ModelOptions:
    return ModelOptions(
        cell=found.cell, inputs=found.inputs, state_size=found.state_size, outputs=found.outputs,
        activation=found.activation, bias=not found.no_bias, seed=found.seed, columns=found.columns,
        tokens=found.tokens,
    )  # fmt: skip


def _window_parser() -> argparse.ArgumentParser:
    parser = _parser(
        "", "A desktop visualizer for teaching recurrent neural networks.", epilog=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("file", nargs="?", metavar="FILE", help="what to open; default: the demonstration")
    parser.add_argument("--version", action="version", version=f"rnnstudio {version()}")
    parser.add_argument("--view", choices=VIEWS, metavar="NAME", help=f"the first view: {', '.join(VIEWS)}")
    parser.add_argument(
        "--step", type=_whole(0), metavar="T", help="the sample to start at, from 1; 0: the first state"
    )
    parser.add_argument("--theme", choices=theme_names(), metavar="NAME", help=", ".join(theme_names()))
    _add_model_options(parser)
    _add_later(parser, "--lesson", "--presenter")
    return parser


def _render_options(arguments: list[str]) -> RenderOptions:
    parser = _parser("render", "Write one picture, without a screen.")
    parser.add_argument("file", nargs="?", metavar="FILE", help="what to open; default: the demonstration")
    parser.add_argument("-o", dest="output", required=True, metavar="OUT", help="ends in .png, .svg or .pdf")
    views = (*VIEWS, "all")
    parser.add_argument("--view", choices=views, metavar="NAME", help=f"{', '.join(views)}; default: unrolled")
    parser.add_argument("--step", type=_whole(0), metavar="T", help="sample, from 1; default: the middle one")
    parser.add_argument("--op", type=_whole(1), metavar="K", help="sub-steps of the sample that are done; default: all")
    parser.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH", help="pixels; default: 1920x1080")
    parser.add_argument(
        "--theme", choices=theme_names(), default="light", metavar="NAME", help=", ".join(theme_names())
    )
    parser.add_argument("--transparent", action="store_true", help="the canvas alone, without ground")
    parser.add_argument("--window", action="store_true", help="the whole window with its panels")
    _add_model_options(parser)
    _add_later(parser, "--notation")
    found = parser.parse_args(arguments)
    _check_ending(parser, found.output, PICTURE_ENDINGS)
    if found.view == "all" and "{view}" not in found.output:
        parser.error("--view all writes a file for each view: OUT has to contain {view}")
    if found.window and found.transparent:
        parser.error("--window and --transparent exclude each other")
    return RenderOptions(
        found.file, found.output, found.view, found.step, found.op, found.size, found.theme, found.transparent,
        found.window, _model_options(found),
    )  # fmt: skip


def _check_ending(parser: argparse.ArgumentParser, output: str, endings: tuple[str, ...]) -> None:
    if Path(output).suffix.lower() not in endings:
        parser.error(f"-o {output}: a file that ends in {', '.join(endings)} is wanted")


def _trace_parser() -> argparse.ArgumentParser:
    parser = _parser("trace", "Run a model over a sequence and write every value of every step.")
    parser.add_argument("model", nargs="?", metavar="MODEL", help="default: the demonstration")
    parser.add_argument("--input", metavar="DATA", help=".csv, .npy, .npz or .txt; default: the study's own")
    parser.add_argument("-o", dest="output", required=True, metavar="OUT", help="ends in .npz, .csv or .json")
    parser.add_argument("--stateless", action="store_true", help="the traditional layer instead of the cell")
    parser.add_argument("--state", metavar="FILE.npz", help="first state: arrays s0, for an LSTM also c0")
    _add_model_options(parser)
    _add_later(parser, "--target", "--loss", "--loss-at")
    return parser


def _trace(found: argparse.Namespace) -> int:
    from rnnstudio.engine.blocks import OneHot
    from rnnstudio.engine.trace import run
    from rnnstudio.files.first_state import read_first
    from rnnstudio.files.opening import open_any
    from rnnstudio.files.progress import Progress
    from rnnstudio.files.sequences import read_sequence
    from rnnstudio.files.storage import write_atomic
    from rnnstudio.files.trace_file import ENDINGS, trace_bytes

    parser = _trace_parser()
    _check_ending(parser, found.output, ENDINGS)
    options = _model_options(found)
    data = None if found.input is None else read_sequence(found.input, options.columns, options.tokens)
    document = open_any(found.model, options, data)
    for note in _notes(document, found.model, data.note if data else ""):
        print(f"note: {note}", file=sys.stderr)
    sequence, network = document.sequence, document.network
    x = sequence.x if sequence.tokens is None else OneHot(sequence.tokens, len(sequence.vocabulary))
    first = read_first(found.state, network) if found.state else document.first
    progress = Progress("running")
    try:
        trace = run(network, x, first, found.stateless, progress)  # type: ignore[arg-type]
        bad = trace.nonfinite()
        written = trace_bytes(trace, Path(found.output).suffix.lower())
    finally:
        progress.close()
    write_atomic(found.output, written)
    if bad:
        k, op, t = bad
        print(f"note: layer {k}, {op}, sample {t} is the first value that is not finite", file=sys.stderr)
    return DONE


def _notes(document: Document, model: str | None, of_data: str) -> list[str]:
    """What was decided for the user: sizes and seed of what was built, and what was cut."""
    built = model is not None and Path(model).suffix.lower() != ".rnnstudio"
    return [note for note in (document.about if built else "", of_data or document.sequence.note) if note]


def _check_parser() -> argparse.ArgumentParser:
    parser = _parser("check", "Say in a line each what files hold, or what is wrong with them.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--cell", metavar="NAME", help="the cell of weights that leave it open")
    _add_data_options(parser)
    return parser


def _check(found: argparse.Namespace) -> int:
    from rnnstudio.files.opening import describe

    status = DONE
    for name in found.files:
        table, text = name.lower().endswith(".csv"), name.lower().endswith(".txt")
        options = ModelOptions(
            cell=found.cell, columns=found.columns if table else None, tokens=found.tokens if text else None
        )
        try:
            print(f"{name}: {describe(name, options)}")
        except InputError as error:
            _say(str(error))
            status = WRONG_INPUT
    return status
