"""The last page of a text: softmax of the outputs, as the likeliest words."""

import numpy as np

from rnnstudio.diagram.formula import Page, Zone
from rnnstudio.diagram.formula_pages import current, page
from rnnstudio.diagram.formula_sizes import Bar
from rnnstudio.diagram.formula_terms import Sheet, written
from rnnstudio.diagram.numbers import fmt
from rnnstudio.diagram.symbols import coloured
from rnnstudio.engine.functions import softmax
from rnnstudio.sentence import sentence

#: Words that are written out.
LIKELIEST = 3
_SAFE = str.maketrans({"<": "‹", ">": "›", "|": "¦", "_": "‗", "^": "ˆ", "\\": "⧵", "{": "❴", "}": "❵"})


def token_page(sheet: Sheet, bar: Bar, vocabulary: tuple[str, ...]) -> Page:
    """p_k = e^(y_k) / Σ_j e^(y_j): the likeliest words, with their probabilities."""
    y = sheet.writing.symbol("y")
    formula = Zone("FORMULA", ((written(f"p = \\softmax({y})"),),), "next word")
    values = sheet.value("y")
    if values is None:
        lines = ((written(f"\\softmax({coloured('y', '?')})"),),)
        result = Zone("RESULT", ((written("p = ?"),),), "", current(sheet, "y"))
        return page("likely", formula, Zone("WITH NUMBERS", lines), result, bar)
    probabilities = softmax(np.asarray(values))
    order = np.argsort(-probabilities, kind="stable")[: min(LIKELIEST, len(vocabulary))]
    powers = ", ".join(f"e^{{{fmt(float(values[k]), sheet.decimals)}}}" for k in order)
    with np.errstate(over="ignore"):
        total = float(np.exp(values).sum())
    share = f"({powers}, …) / {fmt(total, sheet.decimals)}"
    numbers = Zone(
        "WITH NUMBERS",
        ((written(share),),),
        sentence("the {count} likeliest of {count2}", count=len(order), count2=len(vocabulary)),
    )
    words = tuple((written(_entry(vocabulary[k], float(probabilities[k]))),) for k in order)
    return page("likely", formula, numbers, Zone("RESULT", words, "", current(sheet, "y")), bar)


def _entry(word: str, probability: float) -> str:
    plain = word.translate(_SAFE)
    letters = f"\\{plain}" if plain.isascii() and plain.isalpha() else plain
    return f"“{letters}”  {coloured('y', fmt(100 * probability, 0 if probability >= 0.1 else 1))} %"
