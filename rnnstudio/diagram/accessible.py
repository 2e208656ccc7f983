"""Names of marks for those who hear the picture."""

from rnnstudio.diagram.layout import Floats
from rnnstudio.diagram.numbers import fmt
from rnnstudio.sentence import sentence

#: Numbers that are read out; of more, how many there are.
MOST_SPOKEN = 12


def spoken(name: str, t: int | None, values: Floats | None, decimals: int, word: str | None = None) -> str:
    """``state s, t = 3, values 0.80, 0.23, 0.60``; of what is not computed yet, that.

    Parameters
    ----------
    name : str
        What it is.
    t : int or None
        Its sample; None for what is the same at every sample.
    values : array or None
        Its numbers; None: not known.
    decimals : int
        Of the numbers.
    word : str, optional
        The word of a text that an input stands for.
    """
    parts = [name] if t is None else [name, f"t = {t}"]
    if values is None:
        return ", ".join([*parts, "not computed yet"])
    if word is not None:
        return ", ".join([*parts, sentence("word {word}", word=word)])
    numbers = [fmt(float(value), decimals) for value in values.ravel()[:MOST_SPOKEN]]
    label = "value" if values.size == 1 else "values"
    more = [sentence("and {size} more", size=values.size - MOST_SPOKEN)] if values.size > MOST_SPOKEN else []
    return ", ".join([*parts, f"{label} {', '.join(numbers)}", *more])
