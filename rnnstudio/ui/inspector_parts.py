"""The parts of the inspector, as drawn: header, captions, the lines' legend, weights, what a text study says."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from rnnstudio.diagram.formula import Inspection
from rnnstudio.files.theme import Theme
from rnnstudio.paint import mathtext
from rnnstudio.paint.fonts import text_width, write
from rnnstudio.paint.translation import tr
from rnnstudio.sentence import Verbatim, sentence
from rnnstudio.state.derived import units
from rnnstudio.state.model import State
from rnnstudio.state.next_word import NextWord
from rnnstudio.state.notation import written
from rnnstudio.state.picture import history_name, history_role
from rnnstudio.ui.inspector_apart import compares, draw_compared
from rnnstudio.ui.inspector_values import TOP, draw_values
from rnnstudio.ui.inspector_weights import WeightsPart, draw_weights
from rnnstudio.ui.inspector_words import WordsPlaces, draw_map, draw_sure, draw_words
from rnnstudio.ui.line_styles import MOST_LINES, dash_of, role_of
from rnnstudio.ui.style import colour

PAD = 20.0
#: Size of the header's symbol; a long one, a gate with all its terms, is set smaller beside the name.
SYMBOL, WIDEST_SYMBOL, LEAST_SYMBOL = 30.0, 132.0, 13.0


@dataclass(frozen=True)
class Parts:
    """Draws on a panel of this size (unzoomed px)."""

    painter: QPainter
    theme: Theme
    width: float
    height: float

    def caption(self, y: float, words: str, right: str = "") -> None:
        """A part's name, and at the right end what is to be known of it."""
        quiet = colour(self.theme, "text3")
        write(self.painter, PAD, y, words, 12.5, quiet, weight=600)
        if right:
            write(self.painter, self.width - PAD, y, right, 12.5, quiet, align="r", weight=450)

    def header(self, said: Inspection) -> None:
        """Role, symbol, name and place of what is selected; a long place loses its end."""
        painter, theme = self.painter, self.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme, said.role))
        painter.drawRoundedRect(QRectF(PAD, 18, 5, 40), 2.5, 2.5)
        px = max(min(SYMBOL, SYMBOL * WIDEST_SYMBOL / max(mathtext.measure(said.symbol, SYMBOL), 1.0)), LEAST_SYMBOL)
        width = mathtext.draw(painter, PAD + 16, 37, said.symbol, px, theme, role=said.role, ground="panel")
        x = max(98.0, PAD + 16 + width + 16)
        write(painter, x, 28, said.name, 17, colour(theme, "text"), weight=650)
        context = Verbatim(tr(said.context))
        while text_width(context, 13, 450) > self.width - PAD - x and len(context) > 4:
            shorter = context.rstrip("\N{HORIZONTAL ELLIPSIS}")[:-1].rstrip()
            context = Verbatim(f"{shorter}\N{HORIZONTAL ELLIPSIS}")
        write(painter, x, 49, context, 13, colour(theme, "text3"), weight=450)

    def values(self, said: Inspection, state: State) -> None:
        """The numbers of what is selected; of two runs in a table, the words over it within the same height."""
        if compares(said):
            self.caption(80, "VALUE")
            draw_compared(self.painter, self.theme, said, QRectF(PAD, 112, self.width - 2 * PAD, 0), state)
            return
        self.caption(90, "VALUE", said.note)
        draw_values(self.painter, self.theme, said, QRectF(PAD, TOP, self.width - 2 * PAD, 0), state)

    def weights(self, y: float, part: WeightsPart) -> None:
        """The matrices that it reads."""
        if part.matrices:
            self.caption(y, sentence("WEIGHTS{note}", note=Verbatim(part.note)), part.sizes)
            draw_weights(self.painter, self.theme, part, PAD, y + 18, self.width - 2 * PAD)

    def runs(self, y: float, live: str, ghost: str) -> None:
        """What the heavy lines and the thin ones are, at the right end of a caption."""
        x = self.width - PAD
        for words, ink, weight, line in ((ghost, "text3", 450, 1.3), (live, "text", 650, 2.6)):
            x -= text_width(words, 12.5, weight)
            write(self.painter, x, y, words, 12.5, colour(self.theme, ink), weight=weight)
            pen = QPen(colour(self.theme, ink), line)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self.painter.setPen(pen)
            self.painter.drawLine(QPointF(x - 24, y), QPointF(x - 6, y))
            x -= 24 + 14

    def legend(self, y: float, state: State) -> None:
        """The lines' looks and letters, over the upper right end of the plot."""
        x, letter = self.width - PAD, history_name(state)
        for j in reversed(range(min(units(state), MOST_LINES))):
            x -= 46
            role = role_of(j, history_role(state))
            pen, dashes = QPen(colour(self.theme, role), 2.4), dash_of(j)
            if dashes is not None:
                pen.setDashPattern([part / 2.4 for part in dashes])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self.painter.setPen(pen)
            self.painter.drawLine(QPointF(x, y), QPointF(x + 18, y))
            markup = f"<{role}|{letter}_{{{j + 1}}}>"
            mathtext.draw(self.painter, x + 22, y - 1, written(state, markup), 15, self.theme, ground="panel")

    def card(self, box: QRectF) -> None:
        """The ground of a plot."""
        self.painter.setPen(QPen(colour(self.theme, "divider"), 1))
        self.painter.setBrush(colour(self.theme, "raised"))
        self.painter.drawRoundedRect(box, 10, 10)

    def words(self, said: NextWord, state: State, first: int, places: WordsPlaces) -> None:
        """The chances of the words from number ``first`` on, the uncertainty, the map of the states."""
        box = QRectF(PAD, 0, self.width - 2 * PAD, self.height - 12)
        self.caption(90, "NEXT WORD", "not computed yet" if said.chances is None else "sum 100 %")
        draw_words(self.painter, self.theme, said, box, first, places)
        self.caption(places.sure, "HOW SURE")
        draw_sure(self.painter, self.theme, said, box, places.sure)
        if places.map is not None:
            self.caption(places.map, "STATE HISTORY", sentence("{units} values per step", units=units(state)))
            box.setTop(places.map + 18)
            draw_map(self.painter, self.theme, state, box)
