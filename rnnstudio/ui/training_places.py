"""Where the parts of the Training panel stand, in unzoomed px from its top: computed from its height."""

from dataclasses import dataclass

PAD = 20.0
HEADER = 76.0
CAPTION, PLOT_TOP = 0.0, 16.0
ROW, CHOICE, BUTTON = 46.0, 32.0, 42.0
ROW_LOW, CHOICE_LOW, BUTTON_LOW = 34.0, 26.0, 34.0
#: A panel under this height is set closer; the plots take what is left, within these bounds.
TALL = 800.0
#: One under this has no room for the norm.
LOW = 600.0
LOSS, NORM = (54.0, 168.0), (44.0, 132.0)


@dataclass(frozen=True)
class Places:
    """Tops and heights; a height of 0 means that there is no room."""

    loss: float
    loss_height: float
    norm: float
    norm_height: float
    settings: float
    row: float
    rows: tuple[float, ...]
    choices: tuple[float, ...]
    choice: float
    buttons: float
    button: float
    note: float
    rival: float  # the button for both layers; 0: there is none


def places(height: float, sliders: int, choices: int, both: bool, low: bool) -> Places:
    """Settings and buttons at the bottom, above them the plots in what is left.

    Parameters
    ----------
    height : float
        Of the panel.
    sliders, choices : int
        How many settings of each kind there are.
    both : bool
        Whether both layers can be trained.
    low : bool
        There is room for the loss alone, not for the norm.
    """
    tall = height > TALL
    row, choice, button = (ROW, CHOICE, BUTTON) if tall else (ROW_LOW, CHOICE_LOW, BUTTON_LOW)
    gap = 20.0 if tall else 12.0
    y = height - gap
    note = y - 8
    y -= 22
    rival = 0.0
    if both:
        y -= button
        rival = y
        y -= 8
    y -= button
    buttons = y
    y -= gap
    tops: list[float] = []
    for _ in range(choices):
        y -= choice
        tops.append(y)
        y -= 8
    y -= 0 if tall else -2
    lines: list[float] = []
    for _ in range(sliders):
        y -= row
        lines.append(y)
    settings = y - (22 if tall else 16)
    free = settings - gap - HEADER - 10 - PLOT_TOP - (0 if low else PLOT_TOP + gap)
    norm = 0.0 if low else min(max(0.42 * free, NORM[0]), NORM[1])
    loss = min(max(free - norm, LOSS[0]), LOSS[1] * (1.5 if low else 1.0))
    loss_top = HEADER + 10
    norm_top = loss_top + PLOT_TOP + loss + gap
    return Places(
        loss_top, loss, norm_top, norm, settings, row, tuple(reversed(lines)), tuple(reversed(tops)), choice, buttons,
        button, note, rival,
    )  # fmt: skip
