"""Where the given numbers of the picture stand on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from rnnstudio.diagram.keys import Key
from rnnstudio.state.derived import target_layout
from rnnstudio.state.model import State
from rnnstudio.state.picking import thing
from rnnstudio.state.places import TOKEN, Place, place_of_block, place_of_mark
from rnnstudio.ui.canvas_picture import Place as Frame

Places = dict[Place, QRectF]


def canvas_places(state: State, frame: Frame, of: Key | None = None) -> Places:
    """Each given value whose number is drawn, and its rectangle on the canvas, in the order of the picture.

    Parameters
    ----------
    state : State
        What is drawn.
    frame : Place
        How the logical frame lies on the canvas.
    of : Key, optional
        Only the values of this thing.
    """
    found: Places = {}
    layout, t = target_layout(state), state.session.playhead.t

    def wanted(mark: Key) -> bool:
        return of is None or _same(thing(mark, layout, t), of) or _same(mark, of)

    tiles = layout.tiles
    for at, mark in enumerate(tiles.keys):
        # the tiles of a word have no numbers; the first of them stands for it
        drawn = tiles.px[at] > 0 or (mark.what == "x" and state.document.sequence.tokens is not None)
        if drawn and tiles.alpha[at] > 0.5 and tiles.block[at] >= 0 and wanted(mark):
            place = place_of_block(state, layout.blocks[tiles.block[at]], int(tiles.cell[at]))
            if isinstance(place, Place):
                found.setdefault(place, on_canvas(tiles.rect[at], frame))
    plates = layout.plates
    for at, mark in enumerate(plates.keys):
        if mark.what in ("target", "x") and mark.part == "frame" and plates.alpha[at] > 0.5 and wanted(mark):
            shown = place_of_mark(state, layout, mark) if mark.what == "target" else _word(state, mark)
            if isinstance(shown, Place):
                found.setdefault(shown, on_canvas(plates.rect[at], frame))
    return found


def _word(state: State, mark: Key) -> Place | None:
    tokens, t = state.document.sequence.tokens, mark.t or state.session.playhead.t
    if tokens is None or state.document.network.chosen or not 1 <= t <= len(tokens):
        return None
    return Place(TOKEN, "x", (t - 1,))


def _same(mark: Key, of: Key) -> bool:
    """Whether a mark is a thing, or one value of it."""
    if mark.what != of.what or mark.layer != of.layer or (mark.t != of.t and None not in (mark.t, of.t)):
        return False
    return of.i is None or (mark.i, mark.j) == (of.i, of.j)


def on_canvas(rect: object, frame: Frame) -> QRectF:
    """The rectangle of a mark (centre x, centre y, width, height of the frame) on the canvas."""
    x, y, w, h = (float(part) for part in rect)  # type: ignore[attr-defined]
    whole = frame.scale * frame.zoom
    return QRectF((x - w / 2) * whole + frame.dx, (y - h / 2) * whole + frame.dy, w * whole, h * whole)
