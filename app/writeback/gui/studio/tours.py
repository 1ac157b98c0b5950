"""What `writeback bench window` has measured in one process: which stages, in which order."""

from collections import abc
from pathlib import Path
from types import MappingProxyType
from typing import Final

from writeback.gui.studio import measuring
from writeback.gui.studio.measuring import Figures
from writeback.gui.studio.stage import Place, Stage
from writeback.runtime.memory import resident_bytes

IDLE_S: Final = 5.0
WORK_MOST_S: Final = 900.0


def screens(folder: Path, openings: int) -> Figures:
    """Measure what a person meets in a workspace of usual size."""
    stage = Stage(folder, Place.CALM)
    figures = measuring.switches(stage)
    figures |= measuring.keys(stage)
    figures |= measuring.palette(stage)
    figures |= measuring.idle(stage, IDLE_S)
    figures |= measuring.openings(stage, openings, resident_bytes)
    stage.close()
    return figures


def grid(folder: Path, _openings: int) -> Figures:
    """Measure the grid over very many records."""
    stage = Stage(folder, Place.LARGE)
    figures = measuring.grid(stage)
    stage.close()
    return figures


def work(folder: Path, _openings: int) -> Figures:
    """Measure the event loop while the worker settles the job that waits in the workspace."""
    stage = Stage(folder, Place.CALM)
    figures = measuring.work(stage, lambda: _is_over(stage), most_s=WORK_MOST_S)
    stage.close()
    return figures


def _is_over(stage: Stage) -> bool:
    return all(job.finished_at is not None for job in stage.reads.jobs())


TOURS: Final[abc.Mapping[str, abc.Callable[[Path, int], Figures]]] = MappingProxyType(
    {"screens": screens, "grid": grid, "work": work}
)
