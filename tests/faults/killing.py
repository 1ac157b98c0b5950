"""The killer: a real worker process dies at a named failpoint, the next one finishes, the oracle is asked.

The simulator runs in a process of its own and lives through all cells; its applied-log counts requests
applied, never final values. A lease of a dead worker is made to run out instead of being waited for.
"""

import csv
import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections import Counter, abc
from dataclasses import dataclass, field
from pathlib import Path

from writeback import settings
from writeback.engine.checking import check_workspace
from writeback.model.connections import Connection
from writeback.model.creating import Creating
from writeback.model.jobs import Route
from writeback.model.types import JobId
from writeback.runtime.facade import ConnectionWish, JobView, PlanSource
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorChild, spawn_simulator
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import read_applied
from writeback.store import outbox

DEATH_S = 40.0
UNIQUE = "External_Id__c"
"""The field by which the simulator's accounts are made."""


@dataclass
class Rig:
    """A simulator, and a workspace that is connected to it and is copied for each cell."""

    folder: Path
    simulator: SimulatorChild
    template: Path
    connection: Connection
    ids: list[str]
    numbers: abc.Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def build(cls, folder: Path, *, rows: int = 60) -> "Rig":
        folder.chmod(0o700)
        simulator = spawn_simulator("salesforce", rows=rows, folder=folder)
        token = folder / "token"
        token.write_text(simulator.token)
        token.chmod(0o600)
        template = folder / "template.writeback"
        with Runtime.open(template, settings=settings_for(folder), create=True) as runtime:
            wish = ConnectionWish("sf", "salesforce", endpoint=simulator.url, token_file=str(token))
            connection = runtime.connect(wish, act="connect")
            session = runtime.sessions.open(connection.id)
            pages = session.read(ReadQuery("Account", ("Id",)))
            ids = [record_id for page in pages for record_id, _, _ in page.rows]
            runtime.describe("sf", "Account")
        return cls(folder, simulator, template, connection, ids)

    def cell(self, route: Route, *, rows: int, creates: bool = False) -> "Cell":
        """Give a workspace of its own with one submitted job that writes values nobody wrote before.

        Args:
            route: How they travel.
            rows: How many.
            creates: It makes records that nobody made before.
        """
        number = next(self.numbers)
        folder = self.folder / f"cell{number}"
        folder.mkdir(mode=0o700)
        path = folder / "cell.writeback"
        shutil.copy2(self.template, path)
        source = folder / "rows.csv"
        with source.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if creates:
                writer.writerow((UNIQUE, "Name", "Site"))
                writer.writerows((f"K{number}-{row}", f"Made {row}", f"cell {number}") for row in range(rows))
            else:
                writer.writerow(("Id", "Site"))
                writer.writerows((record_id, f"cell {number}") for record_id in self.ids[:rows])
        before = self.applied()
        with Runtime.open(path, settings=settings_for(folder)) as runtime:
            wish = PlanSource(
                "file",
                path=str(source),
                connection="sf",
                object="Account",
                key=UNIQUE if creates else "Id",
                creating=Creating.MISSING if creates else Creating.NEVER,
                route=route,
                author="rig",
            )
            plan = runtime.propose(wish, act="plan")
            org = self.connection.org.name if self.connection.org else ""
            (job,) = runtime.submit(plan.id, confirm_org=org, act="submit")
        return Cell(self, folder, path, job, rows, before)

    def applied(self) -> Counter[str]:
        """Count what the simulator applied so far, by record."""
        return Counter(str(entry["id"]) for entry in read_applied(self.simulator.applied_log))

    def close(self) -> None:
        self.simulator.stop()


@dataclass
class Cell:
    """One job in one workspace, whose worker is about to die."""

    rig: Rig
    folder: Path
    path: Path
    job: JobId
    rows: int
    before: Counter[str]

    def die_at(self, failpoint: str, *, nth: int = 1, patch: str = "") -> None:
        """Run a real worker until it kills itself at this point."""
        environ = {**os.environ, "WRITEBACK_FAILPOINT": f"{failpoint}:kill:{nth}"}
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                self._command(patch), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environ
            )
            try:
                code = worker.wait(DEATH_S)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
                log_text = (self.folder / "worker.log").read_text(errors="replace")[-2000:]
                raise AssertionError(f"the worker did not die at {failpoint}: {log_text}") from None
        assert code == -9, (code, (self.folder / "worker.log").read_text(errors="replace")[-2000:])

    def in_flight(self) -> int:
        """Count intents whose end nobody saw: where the worker really died."""
        with sqlite3.connect(self.path) as db:
            found = int(db.execute("select count(*) from attempts where outcome is null").fetchone()[0])
        db.close()
        return found

    def arrived(self) -> int:
        """Count writes of this cell that the simulator applied so far."""
        return sum((self.rig.applied() - self.before).values())

    def wait_until_arrived(self, rows: int) -> None:
        """Let the simulator finish what the dead worker had sent.

        Raises:
            AssertionError: It never arrived: the worker died elsewhere than the test means.
        """
        for _ in range(200):
            if self.arrived() >= rows:
                return
            threading.Event().wait(0.02)
        raise AssertionError(f"{self.arrived()} of {rows} rows arrived before the restart")

    def expire_leases(self) -> None:
        """Let the dead worker's leases run out."""
        with sqlite3.connect(self.path) as db:
            db.execute(
                "update batches set lease_until = '2000-01-01T00:00:00.000000Z' where owner is not null"
            )
        db.close()

    def finish(self) -> JobView:
        """Let the next worker finish, and ask the doctor."""
        self.expire_leases()
        with Runtime.open(self.path, settings=settings_for(self.folder)) as runtime:
            runtime.run_until_final([self.job])
            view = runtime.told.job(self.job)
            report = check_workspace(runtime.workspace)
            assert report.ok, report.violations
        return view

    def lost_and_doubled(self) -> tuple[list[str], list[str]]:
        """Hold the applied-log against the ledger, row by row."""
        opened = Runtime.open(self.path, settings=settings_for(self.folder))
        with opened as runtime, runtime.workspace.reading() as db:
            ended = outbox.outcomes_of(db, self.job, (0, 10**9))
        expected = Counter(row.record_id for row, outcome, *_ in ended if outcome == "applied")
        seen = self.rig.applied() - self.before
        lost = [record_id for record_id, count in expected.items() if seen[record_id] < count]
        doubled = [record_id for record_id, count in seen.items() if count > expected[record_id]]
        return lost, doubled

    def hashes_without_intent(self) -> set[str]:
        """Give hashes of what the simulator applied for this cell that no intent committed (I1)."""
        with sqlite3.connect(self.path) as db:
            intents = {row[0] for row in db.execute("select payload_hash from attempts")}
        db.close()
        mark = f"cell {self.folder.name.removeprefix('cell')}"
        found = {
            str(entry["sha256"])
            for entry in read_applied(self.rig.simulator.applied_log)
            if isinstance(entry["fields"], dict) and entry["fields"].get("Site") == mark
        }
        return found - intents

    def _command(self, patch: str) -> list[str]:
        rest = ["--workspace", str(self.path), "worker", "--threads", "1"]
        if not patch:
            return [sys.executable, "-m", "writeback", *rest]
        code = f"{patch}\nimport sys\nfrom writeback.__main__ import main\nsys.exit(main(sys.argv[1:]))"
        return [sys.executable, "-c", code, *rest]


def settings_for(folder: Path) -> settings.Settings:
    """Give settings whose folders lie beside the workspace."""
    places = {"WRITEBACK_DATA_DIR": str(folder), "WRITEBACK_CONFIG_DIR": str(folder)}
    return settings.load({**os.environ, **places, "WRITEBACK_LOG_DIR": str(folder)})
