"""What is written is written in the user's language: English texts are looked up in Qt's translation files."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from rnnstudio.engine.limits import InputError
from rnnstudio.resources import resource
from rnnstudio.sentence import Sentence, Verbatim

__all__ = ["ENGLISH", "LANGUAGES", "Verbatim", "language", "speak", "system_language", "tr"]

#: Code → its own name for itself. The texts in the source are English.
LANGUAGES = {"en": "English", "de": "Deutsch"}
ENGLISH = "en"
_CONTEXT = "rnnstudio"


class _Language:
    """What is spoken: the code, and where texts are looked up (None: nowhere, they are English)."""

    code = ENGLISH
    texts: QTranslator | None = None
    of_qt: QTranslator | None = None


def language() -> str:
    """The code of the language in force."""
    return _Language.code


def system_language() -> str:
    """The code of the system's language, where there are texts in it; else English."""
    code = QLocale.system().name().partition("_")[0]
    return code if code in LANGUAGES else ENGLISH


def speak(code: str) -> None:
    """Write in this language from now on; what has been painted is asked for again.

    Raises
    ------
    InputError
        There is no such language, or its file is missing or damaged.
    """
    if code not in LANGUAGES:
        raise InputError(f"there is no language {code!r}; {', '.join(LANGUAGES)} are")
    texts = None
    if code != ENGLISH:
        texts, file = QTranslator(), resource("translations", f"rnnstudio_{code}.qm")
        if not texts.load(str(file)):
            raise InputError(f"{file}: no translation can be read from it; install the program again")
    _Language.code, _Language.texts = code, texts
    _looked_up.cache_clear()
    _speak_qt(code)


def _speak_qt(code: str) -> None:
    """The words of Qt's own dialogs, where they are installed."""
    application = QCoreApplication.instance()
    if application is None:
        return
    if _Language.of_qt is not None:
        application.removeTranslator(_Language.of_qt)
        _Language.of_qt = None
    if code != ENGLISH:
        found = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if found.load(f"qtbase_{code}", folder):
            application.installTranslator(found)
            _Language.of_qt = found


def tr(text: str) -> str:
    """The text in the language in force; English where it is not known there."""
    if _Language.texts is None or not text or isinstance(text, Verbatim):
        return text
    if isinstance(text, Sentence):
        words = {name: tr(part) if isinstance(part, str) else part for name, part in text.arguments.items()}
        said = _looked_up(text.source)
        said = said.format(**words) if words else said
        for function in text.finish:
            said = function(said)
        return Verbatim(said)
    return Verbatim(_looked_up(str(text)))


@lru_cache(maxsize=8192)
def _looked_up(source: str) -> str:
    texts = _Language.texts
    found = texts.translate(_CONTEXT, source) if texts is not None else ""
    return found or source
