"""`writeback bench file`: a file of very many rows, from its first line to a plan; how memory grows with it.

The records are copies of a simulator's, and the CRM's side of each comparison is what was last read of it;
or all of them are the simulator's own, and each is read from it afresh (`live`): then its time counts too.
The same file is planned with a tenth of its rows and with all of them, each in a child of its own: memory
that is flat costs about the same in both.

Must not: name a connector, print, take a plan for right before its rows are counted.
"""

import csv
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from writeback.engine.gathering_files import FileWish, gather_file
from writeback.engine.proposing import propose
from writeback.engine.source_files import describe_file, open_source
from writeback.engine.terms import Terms
from writeback.model.changes import Origin
from writeback.model.integrations import Integration
from writeback.runtime import measuring
from writeback.runtime.benching_plan import SEEDED, LastRead
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES, Crew, Tell
from writeback.runtime.simulating import spawn_simulator
from writeback.settings import Settings, own_program
from writeback.store import integrations, sqlite, wide
from writeback.store.multiplying import multiply_linked, tell_apart

PART: Final = 10
"""The smaller file has one of so many rows."""
MOST_RATIO: Final = 1.5
"""Memory of the whole file against that of its tenth, above which it is not flat."""


@dataclass(frozen=True, slots=True)
class FilePlanned:
    """One file, planned."""

    rows: int
    send: int
    plan_seconds: float
    cpu_seconds: float
    """Of the whole child, its start included."""
    peak_mb: float
    """Of the whole child."""
    megabytes: float
    """Of the file."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file and its tenth."""

    part: FilePlanned
    whole: FilePlanned
    ratio: float
    """Peak memory of the whole against the part."""
    is_flat: bool
    is_right: bool
    """Every row stands in its plan."""
    is_live: bool
    """Each row was held against what the simulator holds now."""


def bench_file(connector: str, *, rows: int, is_live: bool, settings: Settings, tell: Tell) -> FileReport:
    """Plan a file of so many rows, and of a tenth of them.

    Args:
        connector: Whose records are written.
        rows: So many rows the whole file has.
        is_live: Hold them against the simulator itself, not against what was last read of it.
        settings: Where things lie.
        tell: Told what is done.

    Raises:
        InternalError: A child failed; the log says why.
    """
    with tempfile.TemporaryDirectory(prefix="writeback-bench-") as name:
        folder = Path(name)
        simulator = spawn_simulator(connector, rows=rows if is_live else SEEDED, folder=folder)
        try:
            workspace = folder / "bench.writeback"
            tell(f"making {rows} records")
            with Runtime.open(workspace, settings=settings, create=True) as runtime:
                crew = Crew(runtime, folder, lambda _text: None)
                integration = crew.set_up(simulator, connector).integration
                if not is_live:
                    with runtime.workspace.writing() as db:
                        multiply_linked(db, integration, rows=rows)
                        tell_apart(db, integration, NOTES)
                for most in (rows // PART, rows):
                    _write_file(runtime, integration, folder / f"{most}.csv", most)
            part, whole = (
                _planned(workspace, most, is_live=is_live, tell=tell) for most in (rows // PART, rows)
            )
        finally:
            simulator.stop()
    ratio = round(whole.peak_mb / part.peak_mb, 2)
    is_right = (part.rows, whole.rows) == (rows // PART, rows) == (part.send, whole.send)
    return FileReport(part, whole, ratio, ratio <= MOST_RATIO, is_right, is_live)


def plan_one(workspace: Path, file: Path, *, is_live: bool, settings: Settings, told: Path) -> None:
    """Plan one file; nothing is sent. The child of `bench_file`."""
    with Runtime.open(workspace, settings=settings) as runtime:
        with runtime.workspace.reading() as db:
            integration = integrations.every(db)[0]
        reach_of = runtime.sending.reach_of if is_live else LastRead(runtime, integration)
        source = open_source(file)
        wish = FileWish(integration.object, source.header.columns[0])
        started = time.perf_counter()
        plan = propose(
            gather_file(source, wish, reach_of(integration.connection_id), integrations=(integration,)),
            Terms(Origin.FILE, "bench", source=describe_file(source), is_from_source=True),
            workspace=runtime.workspace,
            reach_of=reach_of,
        )
        seconds = time.perf_counter() - started
    (group,) = plan.groups
    told.write_bytes(orjson.dumps({"rows": group.rows, "send": group.send, "plan_seconds": seconds}))


def _planned(workspace: Path, rows: int, *, is_live: bool, tell: Tell) -> FilePlanned:
    tell(f"planning a file of {rows} rows")
    file, told_file = workspace.with_name(f"{rows}.csv"), workspace.with_name("told.json")
    command = [*own_program(), "--workspace", str(workspace), "bench", "file-work", "--file", str(file)]
    command += ["--live"] if is_live else []
    cost = measuring.run_child([*command, "--told", str(told_file)], log=workspace.with_name("child.log"))
    told = orjson.loads(told_file.read_bytes())
    return FilePlanned(
        rows=told["rows"],
        send=told["send"],
        plan_seconds=round(told["plan_seconds"], 3),
        cpu_seconds=round(cost.cpu_seconds, 3),
        peak_mb=round(cost.peak_mb, 1),
        megabytes=round(file.stat().st_size / 1e6, 1),
    )


def _write_file(runtime: Runtime, integration: Integration, path: Path, rows: int) -> None:
    """Write a file that changes the notes of so many records."""
    notes = next(str(one.path) for one in integration.mappings if one.attribute == NOTES)
    key = runtime.describe(integration.connection_id, integration.object).key_field
    table = sqlite.quoted(wide.snapshot_table(integration.id))
    with runtime.workspace.reading() as db, path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((key, notes))
        found = sqlite.run(db, f"select key from {table} order by key limit ?", (rows,))  # noqa: S608  our own
        writer.writerows((one, f"from row {number}") for number, (one,) in enumerate(found, 1))
