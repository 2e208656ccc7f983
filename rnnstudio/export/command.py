"""The command ``render``: one picture of a view, or one of each, without a screen."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rnnstudio.diagram.subject import VIEW_NAMES
from rnnstudio.diagram.view_table import views_on
from rnnstudio.engine.limits import InputError
from rnnstudio.files.opening import open_any
from rnnstudio.files.options import RenderOptions
from rnnstudio.files.own_notations import notation_named
from rnnstudio.files.theme import load_theme
from rnnstudio.state.actions.files import opened
from rnnstudio.state.actions.stepping import GoTo
from rnnstudio.state.derived import fitting_view, off_reason
from rnnstudio.state.model import Document, Session, State
from rnnstudio.state.picture import page_at, pages, scene


def render(options: RenderOptions) -> int:
    """Write the picture or pictures; returns the exit status 0.

    Raises
    ------
    InputError
        The file cannot be opened, a view is off, there is no such step, or the size is out of bounds.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    document = open_any(options.file, options.model)
    each_view(document, options, lambda of_view, view: write_view(document, of_view, view))
    return 0


def each_view(document: Document, options: RenderOptions, write: Callable[[RenderOptions, str], None]) -> None:
    """Have each view written that is asked for, with the options that name its file; of one that is off say why."""
    if options.view != "all":
        write(options, options.view or fitting_view("unrolled", document))
        return
    there = views_on(document.network.layers[document.network.chosen])
    for view in VIEW_NAMES:
        if view in there:
            of_view = replace(options, output=options.output.replace("{view}", view))
            write(of_view, view)
            print(of_view.output)
        else:
            print(off_reason(view, document))


def state_of(document: Document, options: RenderOptions, view: str) -> State:
    """The document as the options want it seen, at rest.

    Raises
    ------
    InputError
        The view is off, or there is no such step.
    """
    if off_reason(view, document):
        raise InputError(off_reason(view, document))
    steps = document.sequence.steps
    step = (steps + 1) // 2 if options.step is None else options.step
    if not 0 <= step <= steps:
        raise InputError(f"there is no step {step}: the sequence has steps 1 to {steps}, and 0 is the first state")
    session = Session(view=view, theme=options.theme, reduced_motion=True, notation=notation_named(options.notation))
    state = opened(document, session)
    return GoTo(step, options.op).apply(state).see(turn=None, progress=1.0, came_from=None)


def write_view(document: Document, options: RenderOptions, view: str) -> None:
    """Write one view's picture to the options' output."""
    from PySide6.QtGui import QGuiApplication

    from rnnstudio.export.still import plan, write_picture
    from rnnstudio.paint.fonts import register

    application = QGuiApplication.instance() or QGuiApplication([])
    register()
    theme = load_theme(options.theme)
    places = plan(*options.size, theme, options.transparent)
    state = state_of(document, options, view)
    state = state.see(canvas=(places.frame.width, places.frame.height))
    shown = pages(state)
    page = shown[page_at(state)] if shown else None
    write_picture(Path(options.output), scene(state), page, theme, *options.size, transparent=options.transparent,
                  page_index=page_at(state), page_count=max(1, len(shown)))  # fmt: skip
    assert application is not None
