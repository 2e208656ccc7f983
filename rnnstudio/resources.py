"""Where bundled files lie: in a checkout, an editable install and a wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
#: A wheel carries the folder inside the package; a checkout has it beside the package.
ROOT = _PACKAGE / "_resources" if (_PACKAGE / "_resources").is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """Path of a bundled file or folder, for example ``resource("cells", "lstm.toml")``."""
    return ROOT.joinpath(*parts)
