"""How given places are named: as symbols, and in words for the history and the screen reader."""

from rnnstudio.engine.layer import REVERSE
from rnnstudio.sentence import sentence
from rnnstudio.state.model import Document
from rnnstudio.state.places import CHOSEN, CLASS, FIRST, PARAMETER, TOKEN, WANTED, Place, X


def markup(document: Document, place: Place) -> str:
    """``x_2``, ``W_{12}``: the value as it is written, without colour; its sample stands in `words`."""
    name = place.name.removeprefix(REVERSE)
    letter, rest = name[:1], name[1:]
    numbers = place.at[1:] if place.kind in (X, WANTED) and len(place.at) > 1 else place.at
    if place.kind in CHOSEN:
        return "word" if document.sequence.vocabulary else "class"
    if place.kind == WANTED:
        return sentence("target {numbers}", numbers=numbers[-1] + 1)
    index = (", " if any(n > 8 for n in numbers) else "").join(str(n + 1) for n in numbers)
    sample = ",0" if place.kind == FIRST else ""
    return f"{letter}{rest}_{index}" if len(index) == 1 and not sample else f"{letter}{rest}_{{{index}{sample}}}"


def words(document: Document, place: Place) -> str:
    """``x 2 at t = 3``, ``W 1, 2``, ``the word at t = 3``: the value in words, as the history names it."""
    at = sentence(" at t = {at}", at=place.at[0] + 1) if place.kind in (X, TOKEN, WANTED, CLASS) and place.at else ""
    if place.kind == TOKEN:
        return sentence("the word{at}", at=at)
    if place.kind == CLASS:
        return sentence("the target{at}", at=at)
    numbers = place.at[1:] if place.kind in (X, WANTED) and len(place.at) > 1 else place.at
    if place.kind == WANTED and len(place.at) == 1:
        at = ""
    index = ", ".join(str(n + 1) for n in numbers)
    name = place.name.removeprefix(REVERSE)
    first = "first " if place.kind == FIRST else ""
    way = " (reverse)" if place.name.startswith(REVERSE) else ""
    layer = (
        sentence(" of layer {layer}", layer=place.layer + 1)
        if place.layer != document.network.chosen and place.kind == PARAMETER
        else ""
    )
    return f"{first}{name} {index}{layer}{way}{at}"
