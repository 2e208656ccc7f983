"""Brings a translation up to date: ``python -m tests.translations de``.

Texts that the program asks for and that the file lacks are put into it without a translation, for Qt Linguist or an
editor; the ``.qm`` that the program reads is made anew. The titles of lessons come from the lessons' own files.
"""

import ast
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

from rnnstudio.lessons.shelf import SHELF
from rnnstudio.lessons.words import plain
from rnnstudio.resources import resource

PROGRAM = Path(__file__).parents[1] / "rnnstudio"
#: Functions whose first argument is looked up.
ASKING = ("sentence", "tr")


def asked_for() -> Iterator[str]:
    """Source texts that stand as constants in calls of `ASKING`, and the words of the commands."""
    from rnnstudio.ui.commands import COMMANDS, MENUS

    for path in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                    yield first.value
    yield from MENUS
    for command in COMMANDS:
        if isinstance(command.words, str):
            yield command.words
        yield from filter(None, (*command.menu.split("/"), *command.sheet.split(": ")))


def of_lessons(language: str) -> dict[str, str]:
    """What lists say of the lessons: their titles, what they are about, the titles of their stops."""
    found: dict[str, str] = {}
    for name in SHELF:
        tables = [
            tomllib.loads(resource("lessons", *folder, f"{name}.toml").read_text(encoding="utf-8"))
            for folder in ((), (language,))
        ]
        found |= {tables[0][key]: tables[1][key] for key in ("title", "about")}
        stops = zip(tables[0]["stop"], tables[1]["stop"], strict=True)
        found |= {plain(a["title"]): plain(b["title"]) for a, b in stops}
    return found


def file_of(language: str) -> Path:
    """The translation that people edit."""
    return resource("translations", f"rnnstudio_{language}.ts")


def messages(language: str) -> dict[str, str]:
    """Source text → translation, empty where there is none yet."""
    if not file_of(language).is_file():
        return {}
    tree = ET.fromstring(file_of(language).read_text(encoding="utf-8"))
    return {message.findtext("source", ""): message.findtext("translation", "") for message in tree.iter("message")}


def write(language: str, texts: dict[str, str]) -> None:
    """Write the file that people edit, in the order of the source texts."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = "rnnstudio"
    for source in sorted(texts):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        translation.text = texts[source]
        if not texts[source]:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    file_of(language).parent.mkdir(exist_ok=True)
    file_of(language).write_text(head + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8", newline="\n")


def compile_to(language: str, place: Path) -> None:
    """The file that the program reads."""
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    subprocess.run([tool, "-silent", file_of(language), "-qm", place], check=True)


def main(language: str) -> None:
    """Bring the files of a language up to date; print what lacks a translation."""
    texts = messages(language)
    texts = {source: texts.get(source, "") for source in (*texts, *asked_for())} | of_lessons(language)
    write(language, texts)
    compile_to(language, file_of(language).with_suffix(".qm"))
    missing = [source for source, translation in texts.items() if not translation]
    print(f"{len(texts)} texts, {len(missing)} without a translation", *missing, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
