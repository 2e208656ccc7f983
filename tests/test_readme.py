"""The README is true: its tables are made from the code here, and what it names is there.

``python -m tests.test_readme`` writes the tables anew.
"""

import re
import shlex
import struct
import tomllib
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.cli import run_command
from rnnstudio.diagram.subject import VIEW_NAMES, VIEWS
from rnnstudio.diagram.view_table import computation, views_on
from rnnstudio.engine import equations
from rnnstudio.engine.cell_file import KEYS
from rnnstudio.engine.cells import ROLES, library_cell, library_cells, parse_cell
from rnnstudio.engine.functions import FUNCTIONS
from rnnstudio.engine.limits import LIMITS, MB
from rnnstudio.engine.network import new_network
from rnnstudio.engine.trace import run
from rnnstudio.files import opening
from rnnstudio.files.demonstration import BUNDLED
from rnnstudio.files.weights import foreign
from rnnstudio.ui.commands import COMMANDS
from tests.experiments.table import EXPERIMENTS

ROOT = Path(__file__).resolve().parents[1]
PATH = ROOT / "README.md"
CELLS = ("dense", "simple", "elman", "jordan", "lstm", "lstm-peephole", "lstm-coupled", "gru", "gru-v1", "mgu")
PICTURE_BYTES = 350_000
_CAPS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgUp": "PageUp", "PgDown": "PageDown"}


def table(header, rows):
    lines = ["| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *rows)]
    return "\n".join(lines) + "\n"


def view_table():
    rows = []
    for name in CELLS:
        layer = new_network(library_cell(name), 4, 3).layers[0]
        rows.append([f"**{name}**", *(computation(view, layer) for view in VIEWS)])
    return table(["cell", *(f"{k} {VIEW_NAMES[view]}" for k, view in enumerate(VIEWS, start=1))], rows)


def cap(key):
    mods, _, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    return f"`{mods + '+' if mods else ''}{_CAPS.get(last, last)}`"


def key_table():
    rows = {}
    for command in COMMANDS:
        if command.keys:
            group, _, what = command.sheet.partition(": ")
            rows.setdefault((group, what), []).extend(command.keys)
    groups = ("Stepping", "Views", "Selection", "Training", "Presenting", "Lessons", "Files")
    ordered = sorted(rows.items(), key=lambda row: groups.index(row[0][0]))  # in a group, as in the program
    return table(["", "what", "keys"], [[*names, " ".join(cap(key) for key in keys)] for names, keys in ordered])


def block(text, name):
    found = re.findall(rf"<!-- {name}: begin -->\n(.*?)<!-- {name}: end -->", text, re.DOTALL)
    assert len(found) == 1, f"{name}: its two markers stand in the README once"
    return found[0]


def renewed(text):
    for name, made in (("views", view_table()), ("keys", key_table())):
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        text = text.replace(begin + block(text, name) + end, begin + made + end)
    return text


@pytest.fixture(scope="module")
def readme():
    return PATH.read_text(encoding="utf-8")


def section(text, title):
    return re.split(r"^##+ ", text.split(f"## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def fenced(text, language):
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [content for name, content in blocks if re.fullmatch(language, name)]


def cells_of(text, first):
    """The rows of the table whose header begins with `first`."""
    lines = text[text.index(f"| {first} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize(("name", "made"), [("views", view_table), ("keys", key_table)])
def test_tables_are_those_of_the_code(readme, name, made):
    assert block(readme, name) == made(), "python -m tests.test_readme writes it anew"


def test_view_table_names_a_function_in_every_layer_and_a_reason_where_a_view_is_off():
    rows = {row[0]: row[1:] for row in cells_of(view_table(), "cell")}
    assert all("None" not in cell for row in rows.values() for cell in row)
    assert [cell.startswith("off: ") for cell in rows["**dense**"]] == [False] * 4 + [True] * 3
    assert rows["**lstm**"][1] == "layer: y = tanh(Wg·x + bg)"
    assert "c_{t−1}" in rows["**lstm**"][4]
    assert not any(cell.startswith("off") for name in CELLS[1:] for cell in rows[f"**{name}**"])


def test_every_key_of_every_command_is_in_the_table(readme):
    written = set(re.findall(r"`([^`]+)`", block(readme, "keys")))
    assert len(written) == sum(len(command.keys) for command in COMMANDS)
    assert {"Space", "Shift+→", "7", "Ctrl+Alt+4", "?", "+", "["} <= written


def test_links_and_pictures(readme):
    links = re.findall(r"\]\((resources/[^)]+)\)", readme)
    assert all((ROOT / link).is_file() for link in links), links
    pictures = sorted((ROOT / "resources" / "pictures").iterdir())
    assert 2 <= len(pictures) <= 4
    for picture in pictures:
        assert f"resources/pictures/{picture.name}" in links
        assert picture.stat().st_size < PICTURE_BYTES


def rendered(readme):
    """The options of every ``render`` that the README writes out."""
    asked = []
    commands = [c for blk in fenced(readme, "sh|powershell") for line in blk.splitlines() for c in line.split("&&")]
    for command in commands:
        words = shlex.split(command.replace("\\", "/"))
        if any(word.endswith("rnnstudio") for word in words[:1]) and words[1:2] == ["render"]:
            assert run_command(words[1:], lambda _: 9, lambda options: asked.append(options) or 0) == 0, command
    return asked


def test_the_commands_shown_make_the_pictures_shown(readme):
    made = {options.output: options.size for options in rendered(readme) if options.output.startswith("resources")}
    shown = re.findall(r"!\[[^]]+\]\((resources/pictures/[^)]+)\)", readme)
    assert sorted(made) == sorted(shown)
    for output, size in made.items():
        assert struct.unpack(">II", (ROOT / output).read_bytes()[16:24]) == size
    assert len(rendered(readme)) >= len(made) + 2


def test_both_commands_have_three_forms(readme):
    tested = "-m pytest -n auto --dist worksteal"
    for title, ending in (("Install and open", r"rnnstudio"), ("Install and test", tested)):
        forms = [form.strip() for form in fenced(section(readme, title), "sh|powershell")]
        assert len(forms) == 3
        assert re.fullmatch(rf"python3 -m venv \.venv && [^\n]*{ending}", forms[0])
        assert re.fullmatch(rf"py -3 -m venv \.venv; [^\n]*{ending}", forms[1])
        assert re.match(r"apt-get update && apt-get install -y python3-venv [^\n]* && python3 -m venv", forms[2])
        assert "\n" not in forms[2]
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    packages = re.search(r"for package in (lib[^;]+); do", checks)[1]
    assert readme.count(f"install -y python3-venv {packages} &&") == 2


@pytest.mark.parametrize(("column", "command"), [(1, ""), (2, "render"), (3, "trace"), (4, "train"), (5, "check")])
def test_options_are_those_of_the_help(readme, capsys, column, command):
    assert run_command([*command.split(), "--help"], lambda _: 9, lambda _: 9) == 0
    usage = capsys.readouterr().out.split("\n\n")[0]
    known = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", usage.partition("usage:")[2])) - {"-h"}
    rows = cells_of(section(readme, "Command line"), "option")
    named = {option for row in rows if row[column] == "x" for option in re.findall(r"`([^`]+)`", row[0])}
    assert named == known
    assert "later version" in section(readme, "Command line")


def test_rooms_stand_in_the_order_of_their_imports(readme):
    drawing = fenced(section(readme, "The rooms"), "")[0]
    rooms = {path.parent.name for path in (ROOT / "rnnstudio").glob("*/__init__.py")}
    assert set(re.findall(r"^(\w+)/", drawing, re.MULTILINE)) == rooms
    assert all(f"{path.name}" in drawing for path in (ROOT / "rnnstudio").glob("*.py") if path.stem != "__init__")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["tool"]["importlinter"]["contracts"][0]["layers"]
    layers = [room for line in lines for room in line.split(" | ") if room in rooms]
    assert re.findall(r"^(\w+)/", drawing, re.MULTILINE) == layers


def test_paths_and_names_that_are_written_exist(readme):
    rooms = "rnnstudio|tests|resources|ui|export|paint|files|state|diagram|playback|engine"
    paths = re.findall(rf"`((?:{rooms})/[\w/.-]*)`", readme)
    assert len(paths) > 15
    for path in paths:
        assert (ROOT / path).exists() or (ROOT / "rnnstudio" / path).exists(), path
    named = re.findall(r"`(\w+)(?:\.(\w+))?` (?:in|of) `([\w/]+\.py)`", readme)
    assert len(named) >= 6
    for name, part, path in named:
        source = next(file for file in (ROOT / path, ROOT / "rnnstudio" / path) if file.exists()).read_text("utf-8")
        assert re.search(rf"^(?:class |def )?{name}\b", source, re.MULTILINE), (name, path)
        assert f"def {part}" in source


def test_studies_cells_and_endings_are_named(readme):
    for name in BUNDLED:
        assert f"**{name}**" in readme
        assert (ROOT / "resources" / "studies" / f"{name}.rnnstudio").is_file()
    assert set(CELLS) <= set(library_cells())
    assert all(f"`{name}`" in section(readme, "Command line") for name in library_cells())
    files = section(readme, "Files")
    assert {ending for ending in (*opening.ENDINGS, *foreign.ENDINGS) if f"`{ending}`" not in files} == set()


def test_limits_are_those_of_the_program(readme):
    rows = [row[1] for row in cells_of(section(readme, "Files"), "what")]
    counts = (LIMITS.state_size, LIMITS.features, LIMITS.steps, LIMITS.words, LIMITS.layers, LIMITS.parameters,
              LIMITS.numbers)  # fmt: skip
    sizes = (LIMITS.file_bytes // MB, LIMITS.run_bytes // MB)
    assert rows == [*(f"{count:,}" for count in counts), *(f"{size:,} MB" for size in sizes)]


def test_cell_format_is_described_whole(readme):
    text = section(readme, "Add a cell")
    rows = {key: row[1] for row in cells_of(text, "key") for key in re.findall(r"`(\w+)`", row[0])}
    assert set(rows) == set(KEYS)
    assert all(f"`{role}`" in rows["roles"] for role in ROLES)
    assert all(f"`{function}(" in text for function in (*FUNCTIONS, "concat"))
    assert all(f"`{name}`" in text for name in library_cells())
    limits = (equations.MOST_EQUATIONS, equations.MOST_TOKENS, equations.MOST_NESTING, equations.MOST_LETTERS)
    assert all(str(limit) in text for limit in limits)
    grammar = [line.strip() for line in fenced(text, "")[0].splitlines()]
    assert grammar == [line.strip() for line in equations.__doc__.splitlines() if re.match(r" +\w+ += ", line)]


def test_the_example_is_a_cell_and_computes_what_its_equations_say(readme):
    cell = parse_cell(fenced(readme, "toml")[0], "README")
    network = new_network(cell, 2, 3, seed=5)
    layer = network.layers[0]
    assert views_on(layer) == VIEWS
    x = np.array([[0.5, -1.0], [1.0, 0.25]])
    found = run(network, x, {}).layers[0].series("s")
    p, s = layer.parameters, np.zeros(3)
    for t in range(2):
        g = 1 / (1 + np.exp(-(p["Wg"] @ x[t] + p["Ug"] @ s + p["bg"])))
        s = g * s + (1 - g) * np.tanh(p["Wn"] @ x[t] + p["Un"] @ s + p["bn"])
        assert found[t] == pytest.approx(s, abs=1e-14)


def test_markers_and_benchmarks_that_are_named_are_there(readme):
    text = " ".join(section(readme, "Tests and benchmarks").split())
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    used = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for marker in re.findall(r"pytest -m (\w+)", text):
        assert any(line.startswith(f"{marker}:") for line in declared["markers"])
        assert f"@pytest.mark.{marker}\n" in used
    assert (ROOT / "tests" / "benchmarks" / "__main__.py").is_file()
    assert all(row[0] and row[1] for row in cells_of(block(readme, "benchmarks"), "figure"))


def test_the_experiments_are_those_that_there_are(readme):
    cells = cells_of(block(readme, "experiments"), "experiment")
    assert [row[-1].strip("`") for row in cells] == list(EXPERIMENTS)
    assert all(row[2] and row[3] for row in cells)


if __name__ == "__main__":
    PATH.write_text(renewed(PATH.read_text(encoding="utf-8")), encoding="utf-8")


def test_the_lesson_that_is_shown_can_be_read(readme):
    from rnnstudio.files.demonstration import bundled_study
    from rnnstudio.lessons.reading import parse_lesson

    shown = fenced(section(readme, "Add a view, a theme, a lesson"), "toml")[0]
    assert len(parse_lesson(shown, "shown", bundled_study).stops) == 2
