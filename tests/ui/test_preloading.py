"""What the first keys need is loaded while nobody waits."""

import sys

from PySide6.QtCore import QObject

from rnnstudio.ui.preloading import Preloading


def test_a_module_in_a_turn_until_all_are_there(qtbot, tmp_path, monkeypatch):
    names = tuple(f"loaded_later_{k}" for k in range(3))
    for name in names:
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    turns = []

    class Watched(Preloading):
        def _load_next(self):
            before = sum(name in sys.modules for name in names)
            super()._load_next()
            turns.append(sum(name in sys.modules for name in names) - before)

    owner = QObject()
    try:
        loading = Watched(owner, names)
        assert loading.active and not any(name in sys.modules for name in names), "nobody waits for them"
        qtbot.waitUntil(lambda: not loading.active)
        assert turns == [1, 1, 1]
        assert not Watched(owner, names).active, "there is nothing left to load"
    finally:
        for name in names:
            sys.modules.pop(name, None)
