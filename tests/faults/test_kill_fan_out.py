"""R1 with fan-out: the worker dies between the CRMs of one edit; each CRM gets it once, none twice."""

import shutil
import sqlite3
from collections import Counter, abc
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.killing import Cell, Rig, settings_for
from writeback.engine.checking import check_workspace
from writeback.model.changes import Origin
from writeback.model.jobs import JobState
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES, Crew
from writeback.runtime.simulating import SimulatorChild, spawn_simulators
from writeback.sdk.simulator import read_applied

pytestmark = [pytest.mark.faults, pytest.mark.timeout(90)]

NIGHTLY = (("4.intent", 2), ("7.answer_read", 1), ("7.answer_read", 2), ("8.settled", 1))


@dataclass
class Pair:
    """Two CRMs with one account in both, and a workspace that is copied for each cell."""

    folder: Path
    template: Path
    simulators: tuple[SimulatorChild, ...]
    account: RecordId
    keys: tuple[str, ...]

    def applied(self) -> list[Counter[str]]:
        """Count by CRM which texts it was given for the account."""
        return [
            Counter(
                str(entry["fields"]["Description"])  # type: ignore[index]  JSON
                for entry in read_applied(simulator.applied_log)
                if entry["id"] == key and entry["route"] != "foreign" and "Description" in entry["fields"]  # type: ignore[operator]
            )
            for simulator, key in zip(self.simulators, self.keys, strict=True)
        ]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    folder.chmod(0o700)
    simulators = spawn_simulators(("salesforce", "salesforce"), rows=20, folder=folder)
    template = folder / "template.writeback"
    try:
        with Runtime.open(template, settings=settings_for(folder), create=True) as runtime:
            crew = Crew(runtime, folder, lambda _text: None)
            stages = [crew.set_up(one, "salesforce", shares=True) for one in simulators]
            account = runtime.told.find_record(stages[0].shared[0]).id
            assert [link.key for link in runtime.told.record(account).links] == [
                stage.shared[0] for stage in stages
            ]
        yield Pair(folder, template, simulators, account, tuple(stage.shared[0] for stage in stages))
    finally:
        for one in simulators:
            one.stop()


@pytest.mark.parametrize(
    ("failpoint", "nth"),
    [
        ("3.before_intent", 1),
        *(pytest.param(*cell, marks=pytest.mark.nightly) for cell in NIGHTLY),
    ],
)
def test_a_worker_that_dies_between_two_crms_loses_and_doubles_nothing(
    pair: Pair, tmp_path: Path, failpoint: str, nth: int
) -> None:
    path = tmp_path / "cell.writeback"
    shutil.copy2(pair.template, path)
    text = f"{failpoint} {nth}"
    with Runtime.open(path, settings=settings_for(tmp_path)) as runtime:
        view = runtime.told.record(pair.account)
        # what earlier cells wrote is what is seen here: the workspace is a copy from before them
        for link in view.links:
            runtime.pull(link.integration_id, act=f"pull {link.integration_id}")
        (answer,) = runtime.save_edits(
            (Edit(pair.account, NOTES, text),), origin=Origin.CLI, author="rig", act="edit", send=True
        )
    assert len(answer.job_ids) == 2
    cell = Cell(_as_rig(pair, path), tmp_path, path, answer.job_ids[0], 1, Counter())
    cell.die_at(failpoint, nth=nth)
    cell.expire_leases()
    with Runtime.open(path, settings=settings_for(tmp_path)) as runtime:
        runtime.run_until_final(answer.job_ids)
        ended = [runtime.told.job(job) for job in answer.job_ids]
        states = [target.state for target in runtime.told.record(pair.account).targets_of(NOTES)]
        report = check_workspace(runtime.workspace)
    assert report.ok, report.violations
    assert [view.state for view in ended] == [JobState.DONE, JobState.DONE]
    assert states == ["confirmed", "confirmed"]
    assert [counts[text] for counts in pair.applied()] == [1, 1]
    assert _left(path) == 0


def _as_rig(pair: Pair, template: Path) -> Rig:
    """Give what a cell asks of its rig: it only dies here, the counting is the pair's."""
    return Rig(pair.folder, pair.simulators[0], template, connection=None, ids=[])  # type: ignore[arg-type]


def _left(path: Path) -> int:
    """Count edits and states that are still told of a value which is confirmed everywhere."""
    with sqlite3.connect(path) as db:
        found = int(
            db.execute(
                "select (select count(*) from drafts) + (select count(*) from value_states)"
            ).fetchone()[0]
        )
    db.close()
    return found
