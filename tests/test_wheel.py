"""What an installed copy carries."""

import tomllib
from pathlib import Path

from rnnstudio.resources import ROOT as RESOURCES

PROJECT = Path(__file__).parents[1]


def test_a_wheel_holds_every_bundled_file():
    build = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    carried = {PROJECT / source: target for source, target in build["targets"]["wheel"]["force-include"].items()}
    for file in RESOURCES.rglob("*"):
        above = [folder for folder in carried if folder in (file, *file.parents)]
        assert above, f"{file.name} would be missing after an install that is not editable"
        assert Path(carried[above[0]]) == Path("rnnstudio/_resources") / above[0].relative_to(PROJECT / "resources")
