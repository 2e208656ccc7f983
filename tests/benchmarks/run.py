"""Prints one table of ratios, all measured side by side in this run: ``python tests/benchmarks/run.py``."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from rnnstudio.paint.fonts import register
from tests.benchmarks import edits, engine, frames, others, start, synthetic
from tests.benchmarks.clock import alternating

RUNS = 25
Row = tuple[str, str, str]


def main() -> int:
    """Measure and print."""
    app = QApplication.instance() or QApplication([])
    register()
    window = frames.Window()
    rows = [*_engine(), *_frames(window), *_lengths(window), *_others(window), *edits.rows(RUNS), _start()]
    print(f"| {'figure':<78} | {'measured':>20} | {'goal':>8} |\n|{'-' * 80}|{'-' * 22}|{'-' * 10}|")
    for figure, measured, goal in rows:
        print(f"| {figure:<78} | {measured:>20} | {goal:>8} |")
    app.processEvents()
    return 0


def _engine() -> list[Row]:
    if not others.installed("torch"):
        return [("the engine / PyTorch", "not installed", "")]
    return list(engine.rows())


def _frames(window: frames.Window) -> list[Row]:
    tasks = {"fill": window.fill, "tokens": frames.token_task(window, RUNS)}
    for marks in (300, 1000, 5000):
        tasks |= frames.morph_tasks(window, marks, RUNS)
    turns = (("condensed", "samples"), ("samples", "unrolled"), ("unrolled", "compact"))
    for origin, target in turns:
        tasks[f"{origin} to {target}"] = frames.turn_task(window, origin, target, RUNS)
    spent = alternating(tasks, RUNS)
    fill = spent["fill"][0]
    rows = [("filling the window once, 1920 × 1080", f"{fill:.2f} ms", ""),
            ("frame in which tokens move / filling once", f"{spent['tokens'][0] / fill:.2f}", "≤ 2")]  # fmt: skip
    tiles, edges, labels, plates, wires = synthetic.mix(1000)
    mix = f"{tiles} tiles with numbers, {edges} edges, {labels} labels, {plates} boxes, {wires} wires"
    rows.append((f"1000 marks: {mix}", "the mix", ""))
    goals = {"1000 marks, still": "≤ 10", "1000 marks, moving": "≤ 4"}
    for name in tasks:
        if "marks" in name:
            rows.append((f"morph frame, {name} / filling once", f"{spent[name][0] / fill:.1f}", goals.get(name, "")))
    for name in ("5000 marks, still", "5000 marks, moving"):
        rows.append((f"morph frame, {name}, 95th percentile", f"{spent[name][1]:.1f} ms", "≤ 16.7 ms"))
    for origin, target in turns:
        middle, late = spent[f"{origin} to {target}"]
        rows.append((f"frame of the turn {origin} to {target} / filling once (p95)",
                     f"{middle / fill:.1f} ({late:.1f} ms)", ""))  # fmt: skip
    return rows


def _lengths(window: frames.Window) -> list[Row]:
    tasks = {str(steps): frames.length_task(window, steps, RUNS) for steps in (10, 10_000)}
    spent = alternating(tasks, RUNS)
    return [("Unrolled, frame at T = 10,000 / frame at T = 10", f"{spent['10000'][0] / spent['10'][0]:.2f}", "≤ 1.2")]


def _others(window: frames.Window) -> list[Row]:
    rows: list[Row] = []
    for name, package, marks, make, goal in (
        ("QGraphicsView", "PySide6", 1000, others.graphics_view, "≥ 2.5"),
        ("pyqtgraph", "pyqtgraph", 1000, others.pyqtgraph_graph, "≥ 3"),
        ("matplotlib", "matplotlib", 300, others.matplotlib_collections, "≥ 10"),
    ):
        figure = f"{name} / own canvas, {marks} tiles and edges"
        if not others.installed(package):
            rows.append((figure, "not installed", goal))
            continue
        own = frames.morph_tasks(window, marks, RUNS, bare=True)
        spent = alternating({**own, "other": make(marks)}, 9)
        still, moving = (spent["other"][0] / spent[name][0] for name in own)
        rows.append((figure, f"{still:.1f} (moving {moving:.1f})", goal))
    return rows


def _start() -> Row:
    own, bare = start.ratio()
    figure = "cold start to first paint / bare PySide6 window"
    return figure, f"{own / bare:.2f} ({1000 * own:.0f} ms)", "≤ 1.5"


if __name__ == "__main__":
    raise SystemExit(main())
