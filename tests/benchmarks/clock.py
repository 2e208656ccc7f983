"""How long things take: many alternating runs, the median and the 95th percentile, of this thread's own time."""

import time
from collections.abc import Callable


def alternating(
    tasks: dict[str, Callable[[int], None]], runs: int = 25
) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile in ms of each task, run in turns so that all see the same machine."""
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task(0)
    for k in range(runs):
        for name, task in tasks.items():
            start = time.thread_time()
            task(k)
            spent[name].append(1000 * (time.thread_time() - start))
    return {name: (sorted(v)[len(v) // 2], sorted(v)[int(0.95 * len(v))]) for name, v in spent.items()}
