"""Tasks: sequences with targets, made from a seed, each with its source and with settings that learn it."""

from rnnstudio.engine.tasks.table import TASKS
from rnnstudio.engine.tasks.task import Batch, Preset, Task

__all__ = ["TASKS", "Batch", "Preset", "Task"]
