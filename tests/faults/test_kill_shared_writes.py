"""R1 behind references: two records ask for one write, the worker dies over it; it is made once."""

import shutil
import sqlite3
from collections import Counter, abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.killing import Cell, Rig, settings_for
from writeback.engine.checking import check_workspace
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, ReferenceMode
from writeback.model.jobs import JobState
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit, IntegrationWish, PlanSource
from writeback.runtime.runtime import Runtime
from writeback.sdk.simulator import read_applied

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]


@dataclass
class Crowd:
    """Accounts of one owner, whose title is edited through them."""

    rig: Rig
    integration: str
    owner: str
    accounts: tuple[RecordId, ...]

    def titles(self) -> Counter[str]:
        """Count which titles the owner was given."""
        entries = read_applied(self.rig.simulator.applied_log)
        return Counter(
            str(dict(entry["fields"])["Title"])  # type: ignore[call-overload]  an applied-log is JSON of any shape
            for entry in entries
            if entry["object"] == "User" and entry["id"] == self.owner
        )


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Crowd]:
    rig = Rig.build(tmp_path_factory.mktemp("crowd"), rows=150)
    try:
        with Runtime.open(rig.template, settings=settings_for(rig.folder)) as runtime:
            made = runtime.add_integration(IntegrationWish("sf", "Account", "account"), act="i")
            title = FieldPath.parse("Owner.Title")
            edits = FieldMapping(
                title, "owner_title", write_back=True, reference_mode=ReferenceMode.EDIT_TARGET
            )
            runtime.map_fields(made.id, (FieldMapping(FieldPath.parse("OwnerId"), "owner"), edits), act="m")
            runtime.pull(made.id, act="p")
            page = runtime.told.records("account", limit=200)
        owners = Counter(one.values["owner"] for one in page.records)
        owner = owners.most_common(1)[0][0]
        mine = tuple(one.id for one in page.records if one.values["owner"] == owner)
        yield Crowd(rig, made.id, str(owner), mine)
    finally:
        rig.close()


@pytest.mark.parametrize(
    "failpoint",
    [
        "6.request_complete",
        "8.settled",
        *(
            pytest.param(one, marks=pytest.mark.nightly)
            for one in ("3.before_intent", "4.intent", "7.answer_read")
        ),
    ],
)
def test_a_worker_that_dies_over_a_shared_write_neither_loses_nor_doubles_it(
    crowd: Crowd, tmp_path: Path, failpoint: str
) -> None:
    path = tmp_path / "cell.writeback"
    shutil.copy2(crowd.rig.template, path)
    text = f"Head of {failpoint}"
    askers, others = crowd.accounts[:2], crowd.accounts[2:]
    with Runtime.open(path, settings=settings_for(tmp_path)) as runtime:
        runtime.pull(crowd.integration, full=True, act="again")  # titles of earlier cells
        runtime.save_edits(
            tuple(Edit(one, "owner_title", text) for one in askers),
            origin=Origin.CLI,
            author="rig",
            act="edit",
        )
        plan = runtime.propose(PlanSource("drafts", author="rig"), act="plan")
        assert [(group.object, group.send) for group in plan.groups] == [("User", 1)]
        (job,) = runtime.submit(plan.id, act="submit")
    cell = Cell(crowd.rig, tmp_path, path, job, 1, Counter())
    cell.die_at(failpoint, nth=2 if failpoint.startswith("6") else 1)
    cell.expire_leases()
    with Runtime.open(path, settings=settings_for(tmp_path)) as runtime:
        runtime.run_until_final([job])
        ended = runtime.told.job(job)
        shown = {str(runtime.told.find_record(one).values["owner_title"]) for one in (*askers, *others)}
        states = [
            target.state for one in askers for target in runtime.told.record(one).targets_of("owner_title")
        ]
        report = check_workspace(runtime.workspace)
    assert report.ok, report.violations
    assert (ended.state, ended.counts.applied, ended.counts.rows) == (JobState.DONE, 1, 1)
    assert crowd.titles()[text] == 1
    assert shown == {text}
    assert states == ["confirmed", "confirmed"]
    with sqlite3.connect(path) as db:
        assert db.execute(
            "select (select count(*) from drafts) + (select count(*) from value_states)"
        ).fetchone() == (0,)
    db.close()
