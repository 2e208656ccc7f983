"""The command line: which command is asked for, and what becomes of what goes wrong in it.

The commands that only compute are in `rnnstudio.files.commands`, and imported when they are called: the window opens
sooner without the readers and writers of files.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence

from rnnstudio.diagram.notation_file import SHIPPED
from rnnstudio.diagram.subject import VIEWS
from rnnstudio.engine.limits import InputError
from rnnstudio.files.commands.parsing import (
    add_model_options,
    check_ending,
    model_options,
    new_parser,
    size,
    whole,
)
from rnnstudio.files.options import RenderOptions, WindowOptions
from rnnstudio.files.theme import theme_names
from rnnstudio.files.version import version
from rnnstudio.lessons.shelf import SHELF, about

DONE, WRONG_INPUT, WRONG_USAGE, MISSING, INTERRUPTED = 0, 1, 2, 3, 130
PICTURE_ENDINGS = (".png", ".svg", ".pdf")
LATER_COMMANDS = ("film", "code")
_NOTATIONS = f"whose letters: {', '.join(SHIPPED)}, one of your own, or a file ending in .toml"
_ABOUT = """commands (each has its own --help):
  [FILE…]         open the window, with FILE: a study, weights, a sequence, a cell, or the name of a cell
  render [FILE]   one picture: .png .svg .pdf
  trace [MODEL]   run a sequence, write every value: .npz .csv .json
  train [MODEL]   update the weights: .safetensors or a study
  check FILE…     what the files hold, or what is wrong with them
  lessons         the lessons, a line each
"""
#: Debian's package for a shared library that Qt wants.
_PACKAGES = {
    "libEGL": "libegl1", "libGL": "libgl1", "libxkbcommon": "libxkbcommon0", "libfontconfig": "libfontconfig1",
    "libdbus-1": "libdbus-1-3", "libglib-2.0": "libglib2.0-0", "libxcb-cursor": "libxcb-cursor0",
}  # fmt: skip


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
        from rnnstudio.files.commands.trace import trace

        trace(arguments[1:])
        return DONE
    if command == "train":
        from rnnstudio.files.commands.train import train

        train(arguments[1:])
        return DONE
    if command == "check":
        from rnnstudio.files.commands.check import check

        return DONE if check(arguments[1:], _say, _held_lesson) else WRONG_INPUT
    if command == "lessons":
        new_parser("lessons", "The lessons that come along, a line each.").parse_args(arguments[1:])
        _print_lessons()
        return DONE
    if command == "render":
        return render(_render_options(arguments[1:]))
    found = _window_parser().parse_args(arguments)
    first, *more = found.file or [None]
    options = WindowOptions(
        first, found.view, found.step, found.theme, found.lesson, model_options(found), tuple(more),
        found.notation, found.presenter,
    )  # fmt: skip
    return open_window(options)


def _window_parser() -> argparse.ArgumentParser:
    parser = new_parser(
        "", "A desktop visualizer for teaching recurrent neural networks.", epilog=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "file", nargs="*", metavar="FILE", help="what to open, each in a window; default: the demonstration"
    )
    parser.add_argument("--version", action="version", version=f"rnnstudio {version()}")
    parser.add_argument("--view", choices=VIEWS, metavar="NAME", help=f"the first view: {', '.join(VIEWS)}")
    parser.add_argument("--step", type=whole(0), metavar="T", help="the sample to start at, from 1; 0: the first state")
    parser.add_argument("--theme", choices=theme_names(), metavar="NAME", help=", ".join(theme_names()))
    parser.add_argument(
        "--lesson", type=_lesson, metavar="NAME", help=f"begin with one: {', '.join(SHELF)}, one's own, or its file"
    )
    parser.add_argument("--notation", metavar="NAME", help=_NOTATIONS)
    parser.add_argument(
        "--presenter", action="store_true", help="present at once, with the window of notes, time and what comes next"
    )
    add_model_options(parser)
    return parser


def _lesson(name: str) -> str:
    """A lesson that there is: one that comes along, one of the own folder, or a file."""
    from rnnstudio.files.own_lessons import own_lesson

    if name not in SHELF and own_lesson(name) is None:
        raise argparse.ArgumentTypeError(
            f"there is no lesson {name!r}; {', '.join(SHELF)} are, those that `rnnstudio lessons` lists as your own, "
            "or a file that ends in .toml or .rnnstudio"
        )
    return name


def _print_lessons() -> None:
    from rnnstudio.files.own_lessons import lessons_folder, own_lessons

    own = own_lessons()
    longest = max(map(len, (*SHELF, *(one.path.stem for one in own))))
    for name, title in SHELF.items():
        print(f"{name:{longest}}  {title}. {about(name)[0]}")
    if own:
        print(f"\nyour own, in {lessons_folder()}:")
    for one in own:
        said = one.reason or f"{one.title}. {one.about}".strip()
        print(f"{one.path.stem:{longest}}  {' '.join(said.split())}")


def _held_lesson(path: str) -> str:
    """What a lesson file holds, in a line; each of its stops has been tried.

    Raises
    ------
    InputError
        What is wrong in it, with line and key.
    """
    from rnnstudio.files.own_lessons import lesson_file
    from rnnstudio.lessons.reading import parse_lesson

    lesson = parse_lesson(*lesson_file(path))
    stops = "1 stop" if len(lesson.stops) == 1 else f"{len(lesson.stops)} stops"
    return f"lesson “{lesson.title}”: {stops}, with the study “{lesson.study.name}”"


def _render_options(arguments: list[str]) -> RenderOptions:
    parser = new_parser("render", "Write one picture, without a screen.")
    parser.add_argument("file", nargs="?", metavar="FILE", help="what to open; default: the demonstration")
    parser.add_argument("-o", dest="output", required=True, metavar="OUT", help="ends in .png, .svg or .pdf")
    views = (*VIEWS, "all")
    parser.add_argument("--view", choices=views, metavar="NAME", help=f"{', '.join(views)}; default: unrolled")
    parser.add_argument("--step", type=whole(0), metavar="T", help="sample, from 1; default: the middle one")
    parser.add_argument("--op", type=whole(1), metavar="K", help="sub-steps of the sample that are done; default: all")
    parser.add_argument("--size", type=size, default=(1920, 1080), metavar="WxH", help="pixels; default: 1920x1080")
    parser.add_argument(
        "--theme", choices=theme_names(), default="light", metavar="NAME", help=", ".join(theme_names())
    )
    parser.add_argument("--transparent", action="store_true", help="the canvas alone, without ground")
    parser.add_argument("--window", action="store_true", help="the whole window with its panels")
    add_model_options(parser)
    parser.add_argument("--notation", default="tutorial", metavar="NAME", help=_NOTATIONS)
    found = parser.parse_args(arguments)
    check_ending(parser, found.output, PICTURE_ENDINGS)
    if found.view == "all" and "{view}" not in found.output:
        parser.error("--view all writes a file for each view: OUT has to contain {view}")
    if found.window and found.transparent:
        parser.error("--window and --transparent exclude each other")
    return RenderOptions(
        found.file, found.output, found.view, found.step, found.op, found.size, found.theme, found.transparent,
        found.window, model_options(found), found.notation,
    )  # fmt: skip
