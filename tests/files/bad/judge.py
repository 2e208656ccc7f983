"""What has to come of a bad file: it opens, or one sentence says why not, soon and without much memory."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rnnstudio.engine.limits import SENTENCE, InputError
from rnnstudio.files.demonstration import bundled_study
from rnnstudio.files.opening import describe, open_any
from rnnstudio.files.reading import decoded, read_bytes
from rnnstudio.files.study import read_study, write_study
from rnnstudio.files.theme import parse_theme
from rnnstudio.lessons.reading import parse_lesson
from rnnstudio.state.actions.files import opened
from rnnstudio.state.model import Document
from tests.files.bad.corpus import Mutant, mutants
from tests.files.bad.samples import LESSON, THEME, Whole


@dataclass
class Verdict:
    """What came of a series of bad files."""

    opened: int = 0
    refused: int = 0
    worst_s: float = 0.0
    slowest: str = ""
    classes: Counter[int] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)


def check_sentence(sentence: str, where: str) -> None:
    """One sentence, on one line, that names the file and can be shown anywhere."""
    assert sentence and len(sentence) <= SENTENCE, f"{len(sentence)} signs: {sentence[:200]}"
    strange = [sign for sign in sentence if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert not strange, f"{strange[:3]} in {sentence!a:.300}"
    assert where in sentence, f"{where} is not named: {sentence:.300}"
    assert "Traceback" not in sentence and "Errno" not in sentence and "object at 0x" not in sentence, sentence


def read(path: Path) -> Document | None:
    """The real readers, as the window, the command line and the painter call them."""
    if path.suffix == THEME:
        parse_theme(decoded(read_bytes(path), str(path)), path.name)
        return None
    if path.suffix == LESSON:
        parse_lesson(decoded(read_bytes(path), str(path)), "own", bundled_study, str(path))
        return None
    return open_any(path)


def outcome(path: Path, said_too: bool = True) -> Document | str | None:
    """What the readers give, or the sentence with which they refuse; `said_too`: and what is said of the file."""
    try:
        found = read(path)
    except InputError as error:
        check_sentence(str(error), path.name)
        if said_too and path.suffix not in (THEME, LESSON):
            try:
                describe(path)
            except InputError as again:
                check_sentence(str(again), path.name)
        return str(error)
    return found


def check_opened(document: Document, state_too: bool) -> None:
    """What opens is whole: it is saved, is the same again, and can be shown."""
    saved = write_study(document)
    assert write_study(read_study(saved)) == saved
    if state_too:
        assert opened(document).document is document


def judge(wholes: tuple[Whole, ...], seed: int, count: int, folder: Path) -> Verdict:
    """Open so many bad files; an `AssertionError` names the class, the form and the place in the series."""
    verdict = Verdict()
    for turn, mutant in enumerate(mutants(wholes, seed, count)):
        what = f"seed {seed}, number {turn}, class {mutant.number}, {mutant.whole.name}"
        path = folder / f"bad{mutant.whole.ending}"
        path.write_bytes(mutant.data)
        began = time.process_time()
        try:
            found = outcome(path, turn % 5 == 0)
            took = time.process_time() - began
            if not isinstance(found, str | None):
                check_opened(found, turn % 10 == 0)
        except Exception as error:
            raise AssertionError(f"{what}: {type(error).__name__}: {str(error)[:500]}") from error
        _check_verdict(mutant, found, what)
        verdict.classes[mutant.number] += 1
        verdict.forms[mutant.whole.name] += 1
        if isinstance(found, str):
            verdict.refused += 1
        else:
            verdict.opened += 1
        if took > verdict.worst_s:
            verdict.worst_s, verdict.slowest = took, what
    return verdict


def _check_verdict(mutant: Mutant, found: Document | str | None, what: str) -> None:
    refused = isinstance(found, str)
    if mutant.refused is not None:
        said = f": {found:.300}" if isinstance(found, str) else ""
        assert refused == mutant.refused, f"{what}: {'refused' if refused else 'opened'}{said}"
