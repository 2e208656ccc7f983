"""The command ``check``: what files hold, or what is wrong with them, a line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rnnstudio.engine.limits import InputError
from rnnstudio.files.commands.parsing import add_data_options, new_parser
from rnnstudio.files.opening import describe
from rnnstudio.files.options import ModelOptions
from rnnstudio.files.own_lessons import is_lesson_file


def check(arguments: Sequence[str], say: Callable[[str], None], lesson: Callable[[str], str]) -> bool:
    """Print a line for each file that can be opened, have `say` tell of the others; whether there was none of these.

    ``lesson`` says what a lesson file holds.
    """
    parser = new_parser("check", "Say in a line each what files hold, or what is wrong with them.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--cell", metavar="NAME", help="the cell of weights that leave it open")
    add_data_options(parser)
    found = parser.parse_args(arguments)
    good = True
    for name in found.files:
        table, text = name.lower().endswith(".csv"), name.lower().endswith(".txt")
        options = ModelOptions(
            cell=found.cell, columns=found.columns if table else None, tokens=found.tokens if text else None
        )
        try:
            print(f"{name}: {lesson(name) if is_lesson_file(name) else describe(name, options)}")
        except InputError as error:
            say(str(error))
            good = False
    return good
