"""Sizes of the window's regions: normal, compact, projector (DESIGN §2), times the size of text that is preferred."""

from dataclasses import dataclass, fields, replace

#: Below either of these the window is compact.
COMPACT_UNDER = (1500, 900)
#: The smallest window; the inspector folds where less is left for the canvas.
SMALLEST = (1024, 700)
NARROW = 1180
#: Lines of the frame that the projector's sizes are given for; they scale with the window's height.
PROJECTOR_LINES = 1080
#: Shares of the window that the bars (of its height) and a panel (of its width) may take while the text is up to
#: `LARGE` times as large as it is delivered; larger text is wanted at the cost of the picture, up to the second shares.
BARS, SIDE, LARGE = (0.48, 0.62), (0.36, 0.46), 1.5
#: Px of the window's width that menus and view bar need at the size as delivered.
TOP_WIDTH, COMPACT_TOP_WIDTH = 1060, 940
#: What belongs to the bar of the menus and to the view bar, and what to the panels at the sides.
_TOP = ("menu", "view_bar", "segment", "segment_px", "segment_pad", "key_px", "title_px")
_SIDE = ("inspector", "inspector_zoom", "side")
#: Width (px) that a page of the formula bar needs in the smallest windows of the compact and of the normal form.
NARROWEST, NORMAL_WIDTH = 892, 1140


@dataclass(frozen=True)
class Measures:
    """Pixels of one form of the window.

    ``mode`` is normal, compact or projector; ``inspector_zoom`` scales the inspector. The text is ``text`` times as
    large as it is delivered where there is room for it, ``side`` times in the panels at the sides, ``bars`` times in
    the bars below, ``top`` times in the bars above.
    """

    mode: str
    menu: float
    view_bar: float
    segment: float
    segment_px: float
    segment_pad: float
    key_px: float
    inspector: float
    inspector_zoom: float
    formula: float
    transport: float
    button: float
    play: float
    gap: float
    margin: float
    speed: float
    caption_px: float
    body_px: float
    axis_px: float
    title_px: float
    text: float = 1.0
    side: float = 1.0
    bars: float = 1.0
    top: float = 1.0

    @property
    def compact(self) -> bool:
        """Whether this is the compact form."""
        return self.mode == "compact"

    @property
    def projector(self) -> bool:
        """Whether this is the projector's form."""
        return self.mode == "projector"


NORMAL = Measures("normal", 32, 56, 36, 14, 34, 12, 360, 1.0, 138, 104, 46, 56, 8, 20, 112, 12.5, 13, 12.5, 13.5)
COMPACT = Measures("compact", 28, 48, 28, 12.5, 24, 12, 288, 0.8, 112, 84, 40, 50, 6, 16, 84, 12.5, 13, 12.5, 12.5)
PROJECTOR = Measures("projector", 32, 72, 48, 22, 30, 20, 524, 1.45, 198, 112, 64, 76, 10, 24, 0, 22, 26, 28, 13.5)


def measures(width: int, height: int, wide: bool, text: float = 1.0) -> Measures:
    """The form for a window of this size; the projector's grows and shrinks with the height as a whole.

    Parameters
    ----------
    width, height : int
        Of the window, px.
    wide : bool
        Whether it is the projector's.
    text : float
        How many times as large letters are preferred; the projector's are as large as there is room for.
    """
    if wide:
        return _times(PROJECTOR, height / PROJECTOR_LINES, but=("mode", "menu", "text", "side", "bars", "top"))
    compact = width < COMPACT_UNDER[0] or height < COMPACT_UNDER[1]
    form = COMPACT if compact else NORMAL
    large = min(max(text - LARGE, 0.0), 1.0)
    bars, side = (low + (high - low) * large for low, high in (BARS, SIDE))
    below = min(text, max(1.0, bars * height / (form.menu + form.view_bar + form.formula + form.transport)))
    beside = min(text, max(1.0, side * width / form.inspector))
    above = min(below, max(1.0, width / (COMPACT_TOP_WIDTH if compact else TOP_WIDTH)))
    made = replace(_times(form, below, but=("mode", "text", "top", *_TOP, *_SIDE)), text=text, top=above)
    made = _times(made, above, only=_TOP)
    page = min(below, max(1.0, width / (NARROWEST if compact else NORMAL_WIDTH)))
    made = replace(made, formula=form.formula * page)
    return _times(made, beside, only=_SIDE)


def _times(form: Measures, factor: float, but: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> Measures:
    """The form with all sizes so many times as large, but for some of them, or only some."""
    names = only or tuple(f.name for f in fields(Measures) if f.name not in but)
    return replace(form, **{name: getattr(form, name) * factor for name in names})
