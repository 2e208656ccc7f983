"""The program: ``python main.py``, ``python -m rnnstudio`` and the installed command are all this."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnnstudio.files.options import RenderOptions, WindowOptions

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; `arguments` are by default those of the process. Returns the exit status."""
    for name in _THREADS:  # before NumPy is imported: afterwards it is too late
        os.environ.setdefault(name, "1")
    from rnnstudio.cli import run_command

    return run_command(sys.argv[1:] if arguments is None else list(arguments), _open_window, _render)


def _open_window(options: WindowOptions) -> int:
    # What is imported and built before the first paint stays: looking through it for garbage only takes time.
    gc.disable()
    try:
        from rnnstudio.app import open_window

        return open_window(options)
    finally:
        gc.enable()


def _render(options: RenderOptions) -> int:
    if options.window:
        from rnnstudio.app import render_window

        return render_window(options)
    from rnnstudio.export.command import render

    return render(options)


if __name__ == "__main__":
    sys.exit(main())
