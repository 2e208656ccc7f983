"""``python -m tests.files.bad.batch SEED COUNT FOLDER``: a series of bad files in a process of its own, measured."""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from pathlib import Path

from tests.files.bad.judge import judge, read
from tests.files.bad.samples import whole_files

#: The process may have so much address space: what would fill the machine ends here.
SPACE = 6 * 2**30
MB = 2**20


def _resident() -> float:
    """MB of memory in use now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / MB


def measured(seed: int, count: int, folder: Path) -> dict[str, object]:
    """What came of the series: numbers, the longest time for a file (s), the peak of memory over that at rest (MB)."""
    wholes = whole_files()
    for whole in wholes:  # what the first file of a form costs is no file's doing
        path = folder / f"whole{whole.ending}"
        path.write_bytes(whole.data)
        read(path)
    base, peak, over = _resident(), 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.005):
            peak = max(peak, _resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    began = time.perf_counter()
    verdict = judge(wholes, seed, count, folder)
    took = time.perf_counter() - began
    over.set()
    watcher.join()
    return {
        "files": count, "opened": verdict.opened, "refused": verdict.refused, "classes": len(verdict.classes),
        "forms": len(verdict.forms), "worst_s": round(verdict.worst_s, 3), "slowest": verdict.slowest,
        "peak_mb": round(max(peak - base, 0.0), 1), "seconds": round(took, 1),
    }  # fmt: skip


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
