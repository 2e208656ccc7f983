"""How a book writes what the tutorial calls x, s, y, W, U and b: one table that every shown symbol goes through.

Pictures, formulas and sentences are made in the tutorial's letters, as markup in the colours of their roles (see
`symbols`). A notation turns finished markup into its own; nothing else in the program knows another letter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from rnnstudio.engine.ops import Program
from rnnstudio.sentence import finished

#: How vectors stand: W·x of columns, or x·W of rows.
COLUMN, ROW = "column", "row"
#: Where the index of a sample stands: s_t, or s^{(t)}.
BELOW, ABOVE = "below", "above"
#: Other drawings of the same cell: one matrix [W U] on one column, the gates fed from one knot, a delay in the loop.
BLOCK, CONCAT, DELAY = "block", "concat", "delay"
DIALECTS = (BLOCK, CONCAT, DELAY)
_Symbols = Mapping[str, str]
_MARKUP = re.compile(r"<(\w+)\|([^<>]*)>")
#: A letter or an upright word with what may stand before it, its scripts, and whatever follows.
_SYMBOL = re.compile(
    r"(Δ?)(\\[A-Za-z]+|[A-Za-z])(′?)(?:_\{([^}]*)\}|_(\w))?(?:\^\{([^}]*)\})?(?![A-Za-z_^])(.*)\Z", re.DOTALL
)
_TIME = re.compile(r"t([+-]\d+)?\Z")
_PLACE = re.compile(r"\d+\Z|j\Z")
_SCRIPT = re.compile(r"[_^]\{([^}]*)\}")
#: Roles of matrices, whose two places change sides where vectors are rows.
_MATRICES = frozenset("WUV")
#: A matrix on a vector, as formulas and sentences have it: they change places where vectors are rows.
_PRODUCT = re.compile(r"(<[WUV]\|[^<>]*>)( ?· ?| ?)(<[xysc]\|[^<>]*>)")
_WORDS_PRODUCT = re.compile(r"(?<!\w)([WUV](?:_\w|_\{[^}]*\})?)( )([xsy](?:_\w|_\{[^}]*\})?)(?!\w)")
#: A letter of mathematics within a sentence, as ``W``, ``s_t``, ``W_{t+1}`` or ``b_g``.
_IN_WORDS = re.compile(r"(?<![\w'’.|<\\])(ΔW|[WUVsxyb])(_\{[^}]*\}|_[A-Za-z0-9](?![A-Za-z]))?(?![\w'’|>]|-\w)")
_ROLES = {"W": "W", "U": "U", "V": "V", "s": "s", "x": "x", "y": "y", "b": "op"}


@dataclass(frozen=True, eq=False)
class Notation:
    r"""A book's way of writing, as data.

    Attributes
    ----------
    name, title : str
        Name of the file, and what the menu calls it.
    source : str
        Where it is written so.
    symbols : mapping of str to str
        The tutorial's symbol → the book's: ``W`` → ``W_{xh}``; ``W_*`` → ``W_{x*}`` for the matrices of gates;
        ``W_g`` alone goes before that. A word is written ``\kernel``.
    cells : mapping of str to mapping
        Of single cells, by their name: goes before ``symbols``.
    vectors : "column" or "row"
        W·x, or x·W.
    transposed : bool
        Of rows: whether the matrices keep a row for each unit, so that xWᵀ is written.
    time : "below" or "above"
        s_t or s^{(t)}; a sample by its number stays below.
    product : str
        The sign between matrix and vector: nothing, or ``·``.
    elementwise : str
        The sign of products value by value: ``⊙``, ``∘``, ``*``.
    dialects : frozenset of str
        What is drawn otherwise: of `DIALECTS`.
    cell : str
        The cell whose symbols are written, "" for none.
    """

    name: str = "tutorial"
    title: str = "This tutorial"
    source: str = ""
    symbols: _Symbols = field(default_factory=lambda: MappingProxyType({}))
    cells: Mapping[str, _Symbols] = field(default_factory=lambda: MappingProxyType({}))
    vectors: str = COLUMN
    transposed: bool = False
    time: str = BELOW
    product: str = ""
    elementwise: str = "⊙"
    dialects: frozenset[str] = frozenset()
    cell: str = ""

    @property
    def rows(self) -> bool:
        """Whether vectors are rows."""
        return self.vectors == ROW

    @property
    def changes(self) -> bool:
        """Whether any symbol is written otherwise than in the tutorial."""
        own = bool(self.symbols or self.cells.get(self.cell)) or self.time != BELOW or self.elementwise != "⊙"
        return own or (self.rows and not self.transposed)

    def of(self, cell: str) -> "Notation":
        """The notation with the symbols of one cell; the same object for the same cell."""
        return _of(self, cell)

    def drawn(self, dialects: frozenset[str]) -> "Notation":
        """The same letters with other drawings; the same object for the same ones."""
        return _drawn(self, dialects)

    def write(self, markup: str, numbered: bool = False) -> str:
        """Markup in the tutorial's letters, in this notation's.

        Parameters
        ----------
        markup : str
            Mathematics, or a sentence with mathematics in it.
        numbered : bool
            Whether W_2 is the matrix of the second layer, as in Network, which is called so in all notations.
        """
        return _written(self, markup, numbered) if self.changes else markup

    def words(self, text: str) -> str:
        """A sentence in which letters stand among the words, as "enters at W": each as this notation writes it."""
        return finished(text, self._in_words) if self.changes and text else text

    def _in_words(self, text: str) -> str:
        parts = _MARKUP.split(text)
        if len(parts) > 1:  # mathematics within the sentence is markup already
            pieces = [self._said(part) if k % 3 == 0 else "" for k, part in enumerate(parts)]
            for k in range(1, len(parts), 3):
                pieces[k] = self.write(f"<{parts[k]}|{parts[k + 1]}>")
            return "".join(pieces)
        return self._said(text)

    def _said(self, text: str) -> str:
        if self.rows:
            text = _WORDS_PRODUCT.sub(lambda found: found[3] + found[2] + found[1], text)
        return _IN_WORDS.sub(lambda found: _bare(self.write(_as_markup(found[0]))), text)

    def aloud(self, text: str) -> str:
        """A symbol or a sentence in plain letters, as it is read out: ``W_xh``, ``h_t``."""
        return finished(self.words(text), _spoken)

    def name_of(self, program: Program, name: str) -> str:
        """The name of a value or parameter as it is read aloud: ``Wf`` is read ``W_xf`` where it is written so."""
        if not self.changes:
            return name
        canonical = f"<{program.role(name)}|{name[:1]}" + (f"_{{{name[1:]}}}>" if name[1:] else ">")
        written = self.write(canonical)
        return name if written == canonical else self.aloud(canonical)

    def symbol(self, role: str, content: str, numbered: bool) -> str:
        """What stands between ``<role|`` and ``>``, in this notation."""
        found = _SYMBOL.match(content)
        if found is None:
            return content
        before, letter, prime, below, one, above, rest = found.groups(default="")
        parts = [part for part in (below or one).split(",") if part]
        named = bool(parts) and not _TIME.match(parts[0]) and not _PLACE.match(parts[0])
        if numbered and role in _MATRICES | {"op"} and len(parts) == 1 and parts[0].isdigit():
            return content
        name, others = (parts[0], parts[1:]) if named else ("", parts)
        if name and letter + "_" + name not in self._table and name[-1].isdigit() and numbered:
            return content
        other = self._renamed(letter, name)
        if role in _MATRICES and self.rows and not self.transposed:
            others = _swapped(others)
        return before + _assembled(other, prime, others, above, self.time == ABOVE) + rest

    @property
    def _table(self) -> Mapping[str, str]:
        return _table(self)

    def _renamed(self, letter: str, name: str) -> str:
        table = self._table
        if not name:
            return table.get(letter, letter)
        exact = table.get(f"{letter}_{name}")
        if exact is not None:
            return exact
        pattern = table.get(f"{letter}_*")
        return f"{letter}_{{{name}}}" if pattern is None else pattern.replace("*", name)


#: The letters that the program is written in.
TUTORIAL = Notation()


@lru_cache(maxsize=64)
def _of(notation: Notation, cell: str) -> Notation:
    return notation if notation.cell == cell else replace(notation, cell=cell)


@lru_cache(maxsize=64)
def _drawn(notation: Notation, dialects: frozenset[str]) -> Notation:
    return notation if notation.dialects == dialects else replace(notation, dialects=dialects)


@lru_cache(maxsize=64)
def _table(notation: Notation) -> Mapping[str, str]:
    return {**notation.symbols, **notation.cells.get(notation.cell, {})}


@lru_cache(maxsize=8192)
def _written(notation: Notation, markup: str, numbered: bool) -> str:
    if notation.rows:
        turn = "^{T}" if notation.transposed else ""
        markup = _PRODUCT.sub(lambda found: found[3] + (found[2] or " ") + found[1] + turn, markup)
    text = _MARKUP.sub(lambda found: f"<{found[1]}|{notation.symbol(found[1], found[2], numbered)}>", markup)
    return text.replace("⊙", notation.elementwise)


def _spoken(markup: str) -> str:
    return _SCRIPT.sub(lambda found: f"_{found[1]}", _bare(markup))


def _bare(markup: str) -> str:
    """Markup without its colours; one letter below needs no braces."""
    return re.sub(r"([_^])\{(\w)\}", r"\1\2", re.sub(r"<\w+\||>|\\", "", markup))


def _swapped(parts: list[str]) -> list[str]:
    """The places of a matrix's value, its row after its column."""
    places = [k for k, part in enumerate(parts) if _PLACE.match(part)]
    if len(places) == 2:
        first, second = places
        parts = list(parts)
        parts[first], parts[second] = parts[second], parts[first]
    return parts


def _assembled(symbol: str, prime: str, parts: list[str], above: str, raised: bool) -> str:
    """A symbol with further scripts behind its own."""
    found = _SYMBOL.match(symbol)
    if found is None:
        return symbol
    _, letter, _, own, one, high, rest = found.groups(default="")
    times = [f"({part})" for part in parts if raised and _TIME.match(part)]
    below = [part for part in (own or one, *(part for part in parts if not raised or not _TIME.match(part))) if part]
    up = [part for part in (high, *times, above) if part]
    low = f"_{{{','.join(below)}}}" if below else ""
    return letter + rest + prime + low + (f"^{{{','.join(up)}}}" if up else "")


def _as_markup(letters: str) -> str:
    """``W_t`` of a sentence as markup."""
    letter, _, below = letters.partition("_")
    scripts = f"_{{{below.strip('{}')}}}" if below else ""
    return f"<{_ROLES[letter[-1]]}|{letter}{scripts}>"
