"""Cells of one's own: written as files, found again, broken ones say why."""

import pytest

from rnnstudio.engine.cells import library_cell, parse_cell
from rnnstudio.engine.limits import InputError
from rnnstudio.files.own_cells import cells_folder, own_cells, proposed_path, save_cell


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path))


def test_a_saved_cell_is_found_again():
    assert own_cells() == ()
    cell = library_cell("gru")
    path = save_cell(proposed_path(cell), cell)
    assert path.parent == cells_folder()
    (found,) = own_cells()
    assert (found.path, found.cell, found.reason) == (path, cell, "")
    assert parse_cell(path.read_text(encoding="utf-8")) == cell


def test_a_name_without_its_ending_gets_it(tmp_path):
    assert save_cell(tmp_path / "mine.v2", library_cell("mgu")).name == "mine.v2.toml"


def test_a_broken_file_says_why_and_hides_no_other():
    save_cell(proposed_path(library_cell("gru")), library_cell("gru"))
    (cells_folder() / "broken.toml").write_text('kind = "cell"\nversion = 1\nname = "b"\n', encoding="utf-8")
    broken, whole = own_cells()
    assert broken.cell is None
    assert "broken.toml" in broken.reason
    assert whole.cell == library_cell("gru")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("RNNSTUDIO_HOME", str(tmp_path / "file" / "below"))
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be made"):
        proposed_path(library_cell("gru"))
