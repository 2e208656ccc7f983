"""What a sample adds to the weights, in the Unrolled view: a tab for each stack, beside x of the sample."""

from rnnstudio.diagram.build import Builder
from rnnstudio.diagram.subject import Subject
from rnnstudio.diagram.versions import DELTA, SEQUENCE, learning
from rnnstudio.diagram.views.columns import sample
from rnnstudio.diagram.views.unrolled_copy import Copy, stacks, tab, tab_size
from rnnstudio.diagram.views.unrolled_style import Style

#: Between rows, and between a change and what it comes to; what is kept clear at the edge of the frame.
GAP, BESIDE, EDGE = 8.0, 10.0, 8.0


def draw_updates(b: Builder, subject: Subject, g: Style, copy: Copy) -> None:
    """Add ΔW, ΔU, … of a copy's sample; after the last one, also what W, U, … come to, where there is room."""
    t = subject.steps if subject.reverse else copy.t
    if not subject.learns or not subject.changed[t - 1] or (subject.reverse and copy.t != subject.end):
        return
    once = learning(subject.changed) == SEQUENCE
    px, cell = g.tab_px[1], g.tab_cell[1]
    x, y = copy.cx + g.change[0], g.change[1]
    for role in ("W", "U", "V"):
        if role not in stacks(subject):
            continue
        index = "" if once else f"_{{{sample(subject, t)}}}"
        text = f"<{role}|{DELTA}{role}{index}>"
        after = f"<{role}|{role}′>" if once else f"<{role}|{role}_{{{sample(subject, t + 1)}}}>"
        w, h = tab_size(subject, role, text, px, cell)
        following, _ = tab_size(subject, role, after, px, cell)
        tab(b, subject, role, t, x + w / 2, y + h / 2, px, cell, text=text, change=True)
        if t == subject.steps and x + w + BESIDE + following <= subject.frame.width - EDGE:
            tab(b, subject, role, t + 1, x + w + BESIDE + following / 2, y + h / 2, px, cell, text=after)
        y += h + GAP
