"""Sizes of the window's regions: normal, compact, projector (DESIGN §2), times the size of text that is preferred."""

from dataclasses import dataclass, fields, replace

#: Below either of these the window is compact.
COMPACT_UNDER = (1500, 900)
#: The smallest window; the inspector folds where less is left for the canvas.
SMALLEST = (1024, 700)
NARROW = 1180
#: Lines of the frame that the projector's sizes are given for; they scale with the window's height.
PROJECTOR_LINES = 1080
#: Shares of the window that the bars (of its height) and the inspector (of its width) may take, however large the text.
BARS, SIDE = 0.48, 0.36


@dataclass(frozen=True)
class Measures:
    """Pixels of one form of the window.

    ``mode`` is normal, compact or projector; ``inspector_zoom`` scales the inspector, ``text`` what paints itself in
    pixels of the normal form.
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
        return _times(PROJECTOR, height / PROJECTOR_LINES, ("mode", "menu", "text"))
    form = COMPACT if width < COMPACT_UNDER[0] or height < COMPACT_UNDER[1] else NORMAL
    bars = form.menu + form.view_bar + form.formula + form.transport
    most = min(BARS * height / bars, SIDE * width / form.inspector)
    return _times(form, min(text, max(1.0, most)), ("mode",))


def _times(form: Measures, factor: float, but: tuple[str, ...]) -> Measures:
    """The form with all sizes so many times as large."""
    sizes = {f.name: getattr(form, f.name) * factor for f in fields(Measures) if f.name not in but}
    return replace(form, **sizes)
