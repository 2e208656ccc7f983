"""Where the logical frame lies on a canvas of pixels."""

from rnnstudio.diagram.layout import Frame

#: Logical size of the drawing area, and the pixels left free under it.
WIDTH, HEIGHT, GAP = 1280.0, 760.0, 4.0
#: Title and caption keep their size when the frame shrinks: the first 64 lines, in which no view draws, stay 64 px.
HEAD = 64.0
#: The wide geometry counts in lines of a 1080-line window, of which the canvas has about this many.
WIDE_WIDTH, WIDE_HEIGHT = 1920.0, 698.0
#: Its first lines, in which the caption stands.
WIDE_HEAD = 54.0


def fit(
    width_px: float, height_px: float, wide: bool, least: float = WIDE_WIDTH, unit: float = 0.0
) -> tuple[Frame, float, float, float]:
    """Fit the logical frame into a canvas: uniformly, centred, its bottom 4 px above the canvas' bottom.

    A canvas that is wider than the frame gives a wider frame, not free margins. The wide frame is at
    least the projector's and fills the canvas, so that bars of any height fit.

    Parameters
    ----------
    width_px, height_px : float
        Of the canvas.
    wide : bool
        Whether the picture is drawn for a room.
    least : float
        The least logical width of the wide frame.
    unit : float
        So many px stand for one of the 1080 lines of the bars and the head. On a screen that is narrower than 16:9 the
        picture is smaller than they are, and begins under the head.

    Returns
    -------
    frame : Frame
        Logical size for the layouts.
    scale, dx, dy : float
        A logical point (x, y) is drawn at (scale·x + dx, scale·y + dy).
    """
    width, height = max(float(width_px), 16.0), max(float(height_px), 16.0)
    if wide:
        scale = min(width / least, height / WIDE_HEIGHT)
        unit = unit or scale
        under = max(0.0, WIDE_HEAD * (unit - scale))
        return Frame(width / scale, (height - under) / scale, wide=True), scale, 0.0, under
    gap = min(GAP, height / 8)
    scale = min(width / WIDTH, (height - 2 * gap) / HEIGHT)
    if scale < 1 and height > 4 * HEAD:
        scale = min(scale, (height - gap - HEAD) / (HEIGHT - HEAD))
    frame = Frame(max(WIDTH, width / scale), HEIGHT)
    return frame, scale, 0.0, height - gap - scale * HEIGHT
