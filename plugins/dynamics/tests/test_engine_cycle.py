"""The engine over this connector: the whole way of an edit, and how a refused transaction is taken apart."""

import csv
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from writeback.model.jobs import Counts
from writeback.runtime.facade import ConnectionWish, IntegrationWish, PlanSource
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running
from writeback.settings import load

ROWS = 230
BAD = 123


@dataclass(frozen=True)
class Place:
    """A workspace beside a simulator."""

    runtime: Runtime
    simulator: Running
    folder: Path

    @property
    def crm(self) -> Any:
        return self.simulator.crm

    def push(self, rows: abc.Iterable[tuple[str, ...]], *columns: str) -> tuple[Counts, str]:
        file = self.folder / "push.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([("accountid", *columns), *rows])
        source = PlanSource(
            kind="file", author="tests", path=str(file), connection="CRM", object="account", key="accountid"
        )
        plan = self.runtime.propose(source, act=self.runtime.new_id())
        (job,) = self.runtime.submit(plan.id, act=self.runtime.new_id())
        self.runtime.run_until_final([job])
        return self.runtime.told.job(job).counts, job

    def accounts(self) -> list[tuple[str, Any]]:
        table = self.crm.org.tables["account"]
        return [(table.id(row), table.value(row, "accountnumber")) for row in range(ROWS)]


@pytest.fixture
def place(tmp_path: Path) -> abc.Iterator[Place]:
    with start_simulator(SimulatorWish("dynamics", rows=ROWS)) as simulator:
        token = tmp_path / "token"
        token.write_text(simulator.token)
        token.chmod(0o600)
        with Runtime.open(tmp_path / "t.writeback", settings=load({}), create=True) as runtime:
            wish = ConnectionWish("CRM", "dynamics", endpoint=simulator.url, token_file=str(token))
            runtime.connect(wish, act=runtime.new_id())
            yield Place(runtime, simulator, tmp_path)


def test_a_transaction_is_halved_until_the_row_at_fault_stands_alone(place: Place) -> None:
    accounts = place.accounts()
    taken = accounts[-1][1]
    rows = [(key, taken if n == BAD else f"N-{n}") for n, (key, _number) in enumerate(accounts[:-1])]
    counts, job = place.push(rows, "accountnumber")
    assert (counts.rows, counts.applied, counts.rejected, counts.unknown) == (ROWS - 1, ROWS - 2, 1, 0)
    (refused,) = place.runtime.told.job_rows(job, outcome="rejected")
    assert refused.record_id == accounts[BAD][0]
    written = [entry["id"] for entry in place.crm.applied.entries()]
    assert len(written) == len(set(written)) == ROWS - 2


def test_owners_are_named_by_e_mail_and_an_unknown_one_blocks_its_row_alone(place: Place) -> None:
    users = place.crm.org.tables["systemuser"]
    mail = users.value(3, "internalemailaddress")
    keys = [key for key, _number in place.accounts()[:3]]
    rows = [(keys[0], mail), (keys[1], "nobody@x.example"), (keys[2], mail)]
    counts, _job = place.push(rows, "ownerid.internalemailaddress")
    assert (counts.applied + counts.unchanged, counts.blocked) == (2, 1)
    table = place.crm.org.tables["account"]
    assert {table.value(row, "ownerid").id for row in (0, 2)} == {users.id(3)}


def test_a_pull_brings_the_values_and_the_owners_e_mail(place: Place) -> None:
    runtime = place.runtime
    made = runtime.add_integration(
        IntegrationWish("CRM", "account", "account", "accountid"), act=runtime.new_id()
    )
    report = runtime.pull(made.id, act=runtime.new_id())
    assert (report.read, report.added) == (ROWS, ROWS)
