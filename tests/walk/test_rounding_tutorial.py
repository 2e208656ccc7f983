"""In the tutorial study the shown operands give the shown results; elsewhere the note stands where they do not.

The digits are read off the pages as text and computed with here, without the program's own rounding.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from math import exp, tanh

import pytest

from rnnstudio.diagram.keys import Key
from rnnstudio.diagram.numbers import fmt
from rnnstudio.state.picture import pages, scene
from tests.walk.studies import CELL_BY_VIEW, LAYER_VIEWS, VIEWS, at, heads, study

HAND_FUNCTIONS = {"sigmoid": lambda a: 1 / (1 + exp(-a)), "tanh": tanh, "relu": lambda a: max(a, 0.0)}


def number(text):
    return float(text.replace("\N{MINUS SIGN}", "-"))


def digits(piece):
    """The numbers of a bracketed piece as they are written."""
    return [[number(fmt(float(v), piece.decimals)) for v in row] for row in piece.values]


def reader_rounds(value, decimals=2):
    """What somebody writes down: half up, away from zero; a hair of computing in floats forgiven."""
    nudged = Decimal(repr(value + (1e-9 if value >= 0 else -1e-9)))
    return float(nudged.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)) + 0.0


# ------------------------------------------------------------------- a small calculator for what is on a page


TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|[()+*\-·⊙]|[A-Za-zσ]+|@)")


class Calculator:
    """Evaluates one link of a chain: brackets are lists, a matrix before a vector is their product."""

    def __init__(self, tokens, functions):
        self.tokens, self.at, self.functions = tokens, 0, functions

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def sum(self):
        left = -1 * self.product() if self._is("-") and self.take() else self.product()
        while self._is("+") or self._is("-"):
            sign = self.take()
            right = self.product()
            left = combine(left, right, (lambda a, b: a + b) if sign == "+" else (lambda a, b: a - b))
        return left

    def product(self):
        left = self.factor()
        while self.peek() is not None and not (self._is("+") or self._is("-") or self._is(")")):
            if self._is("·") or self._is("⊙"):
                self.take()
            right = self.factor()
            if is_matrix(left) and is_vector(right):
                left = Vector(sum(w * v for w, v in zip(row, right, strict=True)) for row in left)
            else:
                left = combine(left, right, lambda a, b: a * b)
        return left

    def factor(self):
        token = self.take()
        if token == "(":
            inside = self.sum()
            assert self.take() == ")"
            return inside
        if token == "-":
            return combine(self.factor(), -1.0, lambda a, b: a * b)
        if isinstance(token, str) and token in self.functions:
            function = self.functions[token]
            assert self.take() == "("
            inside = self.sum()
            assert self.take() == ")"
            return Vector(function(v) for v in inside) if is_vector(inside) else function(inside)
        assert not isinstance(token, str), f"{token!r} in {self.tokens}"
        return token

    def _is(self, sign):
        return isinstance(self.peek(), str) and self.peek() == sign


class Vector(list):
    """Numbers on top of each other."""

    def __rmul__(self, scale):
        return Vector(scale * v for v in self)


def is_vector(value):
    return isinstance(value, Vector)


def is_matrix(value):
    return isinstance(value, list) and not is_vector(value)


def combine(a, b, how):
    if is_vector(a) and is_vector(b):
        return Vector(how(p, q) for p, q in zip(a, b, strict=True))
    if is_vector(a):
        return Vector(how(p, b) for p in a)
    if is_vector(b):
        return Vector(how(a, q) for q in b)
    return how(a, b)


def tokens_of(pieces):
    """The pieces of a link as a flat list: numbers, signs, vectors and matrices."""
    out = []
    for piece in pieces:
        if piece.kind != "math":
            rows = digits(piece)
            out.append(Vector(row[0] for row in rows) if piece.kind == "vector" else rows)
            continue
        text = re.sub(r"<[^|<>]*\|([^<>]*)>", r"\1", piece.text).replace("\N{MINUS SIGN}", "-").replace("\\", "")
        where = 0
        while where < len(text.rstrip()):
            found = TOKEN.match(text, where)
            if not found:
                return None
            word, where = found.group(1), found.end()
            out.append(float(word) if word[0].isdigit() else word)
    return out


def links_of(zone):
    """The links of a chain that a zone writes out, each a list of pieces."""
    links = [[]]
    for piece in (piece for line in zone.lines for piece in line):
        if piece.kind == "math" and "=" in piece.text:
            parts = piece.text.split("=")
            for k, part in enumerate(parts):
                if k:
                    links.append([])
                if part.strip():
                    links[-1].append(type(piece)("math", part))
        else:
            links[-1].append(piece)
    return [link for link in links if link]


def flat(value):
    return list(value) if is_vector(value) else [value]


def result_of(zone):
    """The numbers of a result, from its brackets or its text."""
    pieces = [piece for line in zone.lines for piece in line]
    for piece in pieces:
        if piece.kind == "vector":
            if piece.values is None:
                return None
            return [row[0] for row in digits(piece)]
    text = re.sub(r"<[^|<>]*\|([^<>]*)>", r"\1", pieces[-1].text).rpartition("=")[2].strip()
    return [number(text)] if re.fullmatch(r"[−-]?\d+(\.\d+)?", text) else None


def functions_of(document):
    activation = document.network.layers[document.network.chosen].activation
    table = {"sigmoid": HAND_FUNCTIONS["sigmoid"], "tanh": tanh, "σ": HAND_FUNCTIONS["sigmoid"],
             "relu": HAND_FUNCTIONS["relu"]}  # fmt: skip
    return {**table, **({"f": HAND_FUNCTIONS[activation]} if activation in HAND_FUNCTIONS else {})}


def checked_pages(document, view, t, phase, decimals=2, **session):
    """(page, whether a reader gets the result with the digits that stand there) for each page one can compute."""
    for page in pages(at(document, view, t, phase, decimals=decimals, **session)):
        numbers, result = page.zones[1], result_of(page.zones[2])
        links = links_of(numbers)
        known = all(piece.known and "?" not in piece.text for line in numbers.lines for piece in line)
        if result is None or not known or not page.zones[2].lines:
            continue
        functions = functions_of(document)
        if page.zones[2].caption == "RESULT SO FAR":  # what stands inside f
            functions = {name: float for name in functions}
        evaluated = [_value(link, functions) for link in links]
        if evaluated and evaluated[-1] is not None:
            yield page, evaluated, result


def _value(link, functions):
    tokens = tokens_of(link)
    if not tokens or any(isinstance(token, str) and token.isalpha() and token not in functions for token in tokens):
        return None
    calculator = Calculator(tokens, functions)
    value = calculator.sum()
    return flat(value) if calculator.at == len(tokens) else None


def noted(page):
    marked = any(piece.rounded for zone in page.zones for line in zone.lines for piece in line)
    return marked or any(zone.rounded for zone in page.zones)


# ------------------------------------------------------------------- the tests


@pytest.mark.parametrize(("cell", "view"), CELL_BY_VIEW)
def test_the_digits_on_every_page_give_the_result_or_the_note_stands_there(cell, view):
    document, checked = study(cell), 0
    for t, phase in heads(document, (1, 2, 4, 6)):
        for page, links, result in checked_pages(document, view, t, phase):
            checked += 1
            shown = [reader_rounds(v) for v in links[-1]]
            fits = len(shown) != len(result) or shown == [v + 0.0 for v in result]
            assert fits or noted(page), f"{page.value}, t = {t}, phase {phase}: {shown} is not {result}, no note"
    assert checked >= 4


@pytest.mark.parametrize("view", VIEWS)
def test_the_tutorial_needs_no_note_at_y_s_and_the_outputs(view):
    """Every step, both computations, the whole vector and each unit."""
    document = study("simple")
    for t, phase, unit in product(range(1, 9), range(1, 5), range(3)):
        state = at(document, view, t, phase, unit=unit)
        for page in pages(state):
            # what the layer below hands out is x here, and is none of the three
            if page.value in ("y", "s", "h") and not page.zones[2].lines[0][0].text.startswith("<x|"):
                assert not page.zones[2].rounded, f"{page.value}, t = {t}, phase {phase}, unit {unit + 1}"
        if view == "network":
            outputs = state.see(selection=Key("node", i=unit % 2, layer=2))
            assert not any(page.zones[2].rounded for page in pages(outputs) if page.value == "y"), f"outputs, t = {t}"
    shown = scene(at(document, view, 4))
    for k, when in enumerate(shown.layout.labels.when):
        assert not (when.startswith(("rounded:y", "rounded:s:")) and shown.label_shown[k]), when


@pytest.mark.parametrize("view", ["layer", "unrolled", "cell"])
def test_y_by_hand_from_the_digits_that_are_shown(view):
    """y of every step from W, x, U and s as they stand on the canvas, and f: to the second decimal."""
    document = study("simple")
    weights = document.network.layers[1].parameters
    for t in range(1, 9):
        source = scene(at(document, "samples" if view in LAYER_VIEWS else "unrolled", t))
        text = dict(zip(source.layout.tiles.keys, source.tile_text, strict=True))
        x = [number(text[Key("x", t, j)]) for j in range(4)]
        s = [number(text[Key("s", t - 1, j)]) for j in range(3)] if view not in LAYER_VIEWS else [0.0] * 3
        y = [number(text[Key("y", t, i)]) for i in range(3)]
        for i in range(3):
            a = sum(round(float(weights["W"][i, j]), 2) * x[j] for j in range(4))
            a += sum(round(float(weights["U"][i, j]), 2) * s[j] for j in range(3))
            assert reader_rounds(HAND_FUNCTIONS["sigmoid"](a)) == y[i], f"t = {t}, unit {i + 1}"


def test_a_note_that_is_missing_is_found(monkeypatch):
    """With the notes switched off, some page of the gated cells contradicts its own digits."""
    from rnnstudio.diagram import formula_pages, formula_terms

    monkeypatch.setattr(formula_terms.Sheet, "rounds", lambda self, name, unit, expand: False)
    assert formula_pages
    with pytest.raises(AssertionError, match="no note"):
        for cell in ("lstm", "gru"):
            document = study(cell)
            for t, phase in heads(document, (3, 5, 7)):
                for page, links, result in checked_pages(document, "cell", t, phase):
                    shown = [reader_rounds(v) for v in links[-1]]
                    assert shown == [v + 0.0 for v in result] or noted(page), "no note"
