"""What the text of equations is laid out and coloured with: a pitch of its own, names in the colours of roles."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from rnnstudio.files.theme import Theme
from rnnstudio.ui.guarded import guarded
from rnnstudio.ui.style import colour

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class RoleColours(QSyntaxHighlighter):
    """Colours of names; signals and weights are bold."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self.theme = theme
        self.roles: dict[str, str] = {}
        self.bold: frozenset[str] = frozenset()

    @guarded()
    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        plain = QTextCharFormat()
        plain.setForeground(colour(self.theme, "op"))
        self.setFormat(0, len(text), plain)
        for match in NAME.finditer(text):
            name = match.group()
            called = text[match.end() :].lstrip().startswith("(")
            role = "" if called else self.roles.get(name) or self.roles.get(name.removesuffix("_prev"), "")
            if role:
                form = QTextCharFormat()
                form.setForeground(colour(self.theme, role))
                if name in self.bold or name.removesuffix("_prev") in self.bold:
                    form.setFontWeight(700)
                self.setFormat(match.start(), len(name), form)


class SpacedLines(QPlainTextDocumentLayout):
    """Lines a pitch apart, with room under those that have a note."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.pitch = 46.0
        self.room: dict[int, float] = {}

    @guarded(QRectF())
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The line and what is under it."""
        rect = super().blockBoundingRect(block)
        if block.isValid():
            lines = max(block.layout().lineCount(), 1)
            extra = self.pitch - rect.height() / lines
            rect.setHeight(rect.height() + max(extra, 0.0) + self.room.get(block.blockNumber(), 0.0))
        return rect
