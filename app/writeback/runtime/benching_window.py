"""`writeback bench window`: the real window over real workspaces, against its budgets (`UX.md` section 16).

A workspace in which the demo was lived is measured as it is, and once more with a million records; the
pauses of the event loop are measured while a worker settles a bulk job of a connector's stand-in.
"""

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import abc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from writeback.errors import InternalError
from writeback.runtime.benching_cycle import submitted_cycle
from writeback.runtime.posed import CALM, Posed
from writeback.runtime.posing import posed, studio_environment
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import Tell
from writeback.runtime.trusted_files import trust_folder
from writeback.settings import Settings, own_program
from writeback.store.multiplying import multiply

LARGE: Final = "Large"
STARTS: Final = 5
ROWS: Final = 1_000_000
BUDGETS: Final[abc.Mapping[str, float]] = {
    "start.usable": 1000,
    "switch.first": 150,
    "switch.again": 150,
    "grid.first_paint": 300,
    "grid.jump_p95": 16,
    "grid.scroll_frame_p95": 16,
    "grid.select_all": 50,
    "grid.sort": 1000,
    "grid.filter": 1000,
    "grid.filter_sort_gap_max": 250,
    "editor.key_p99": 50,
    "palette.first_hit": 100,
    "work.gap_p999": 100,
    "work.gap_max": 250,
    "openings.widgets_more": 0,
    "openings.mib_more": 50,
    "window.mib": 300,
    "idle.cpu_percent": 1,
}
"""Milliseconds, unless the name says otherwise; at most so much."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure beside its budget; None: nothing is promised of it."""

    name: str
    figure: float
    budget: float | None

    @property
    def is_kept(self) -> bool:
        """It is within its budget, or has none."""
        return self.budget is None or self.figure <= self.budget


def bench_window(
    connector: str, *, rows: int, job_rows: int, openings: int, settings: Settings, tell: Tell
) -> tuple[Measured, ...]:
    """Measure everything and give the figures in the order of measuring.

    Args:
        connector: Whose stand-in takes the bulk job.
        rows: So many records the large grid has.
        job_rows: So many rows the job has.
        openings: So often every screen is opened.
        settings: Where things lie.
        tell: Told what is done.

    Raises:
        InternalError: The posed window did not give its figures.
    """
    with tempfile.TemporaryDirectory(prefix="writeback-window-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        figures: dict[str, float] = {}
        with posed(folder, settings=settings, tell=tell) as made:
            tell("cold starts")
            figures["start.usable"] = statistics.median(_start(made) for _ in range(STARTS))
            tell("screens, editor, palette, openings")
            figures |= _measure(made, "screens", f"--openings={openings}")
            tell(f"a grid of {rows} records")
            _enlarge(made, settings, rows)
            figures |= _measure(made, "grid")
        tell(f"the window while a job of {job_rows} rows is settled")
        figures |= _measure_work(connector, folder / "work", job_rows, settings=settings, tell=tell)
    return tuple(Measured(name, figure, BUDGETS.get(name)) for name, figure in figures.items())


def _start(made: Posed) -> float:
    """Start the window as a person does; gives the milliseconds until it can be used."""
    began = time.time()
    told = _studio(made, "start")
    return (told["usable"] - began) * 1000


def _measure(made: Posed, what: str, *options: str) -> dict[str, float]:
    return _studio(made, "measure", what, *options)


def _studio(made: Posed, *arguments: str) -> dict[str, float]:
    command = [*own_program(), "studio", str(made.folder), *arguments]
    done = subprocess.run(  # noqa: S603  our own program
        command, env=studio_environment(made), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise InternalError("studio.never", place=" ".join(arguments))
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _enlarge(made: Posed, settings: Settings, rows: int) -> None:
    shutil.copyfile(made.path(CALM), made.path(LARGE))
    with Runtime.open(made.path(LARGE), settings=settings) as runtime, runtime.workspace.writing() as db:
        multiply(db, "account", rows=rows)


def _measure_work(
    connector: str, folder: Path, rows: int, *, settings: Settings, tell: Tell
) -> dict[str, float]:
    """Let a worker settle a bulk job while the window stands over the same workspace."""
    folder.mkdir()
    with submitted_cycle(connector, folder, rows=rows, settings=settings, tell=tell) as workspace:
        made = Posed(folder)
        workspace.replace(made.path(CALM))
        trust_folder(replace(settings, data_dir=made.folder / "data"), folder)
        return _measure(made, "work")
