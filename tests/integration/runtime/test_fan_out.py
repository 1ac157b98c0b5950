"""One account in four CRMs: an edit goes to all of them, and one that is down keeps nobody waiting."""

import threading
from collections import abc
from dataclasses import dataclass
from pathlib import Path

import pytest
import stamina
from sqlalchemy import update

from writeback.engine.dispatching import ThreadDispatcher
from writeback.errors import LinkLostError, SignInRequiredError
from writeback.model.changes import Origin, Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping
from writeback.model.jobs import JobState
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade import (
    ConflictChoice,
    ConnectionWish,
    Edit,
    EditAnswer,
    IntegrationWish,
    PlanSource,
)
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.runtime.views import RecordView, TargetState
from writeback.sdk.simulator import Fault, Running
from writeback.settings import load
from writeback.store import drafts, plan_rows, plans, schema, value_states

NAMES = ("North", "South", "East", "West")
ROWS = 12


@dataclass
class Four:
    """Four simulated CRMs with the same accounts, and a workspace that knows them all."""

    runtime: Runtime
    running: dict[str, Running]
    folder: Path

    def stop(self, name: str) -> None:
        self.running.pop(name).close()

    def start(self, name: str, *, port: int) -> None:
        self.running[name] = start_simulator(SimulatorWish("salesforce", rows=ROWS, port=port))
        self.write_token(name)

    def write_token(self, name: str, token: str = "") -> Path:
        path = self.folder / f"{name}.token"
        path.write_text(token or self.running[name].token)
        path.chmod(0o600)
        return path

    def port(self, name: str) -> int:
        return int(self.running[name].url.rpartition(":")[2])

    @property
    def account(self) -> RecordId:
        return self.runtime.told.records("account", limit=1).records[0].id

    def edit(self, text: str, *, send: bool = True, record: str = "") -> EditAnswer:
        wish = Edit(RecordId(record) or self.account, "notes", text)
        (answer,) = self.runtime.save_edits(
            (wish,), origin=Origin.PROFILE, author="ana", act=self.runtime.new_id(), send=send
        )
        return answer

    def run(self, jobs: abc.Sequence[JobId]) -> dict[str, JobState]:
        self.runtime.run_until_final(jobs)
        views = [self.runtime.told.job(job) for job in jobs]
        return {view.connection: view.state for view in views}

    def view(self) -> RecordView:
        return self.runtime.told.record(self.account)

    def targets(self) -> dict[str, TargetState]:
        return {target.connection: target for target in self.view().targets_of("notes")}

    def states(self) -> dict[str, str]:
        return {name: target.state for name, target in self.targets().items()}

    def held(self, name: str) -> object:
        crm = self.running[name].crm
        key = self.targets()[name].key
        return next(
            (
                entry["fields"]["Description"]
                for entry in reversed(list(crm.applied.entries()))
                if entry["id"] == key and "Description" in entry["fields"]
            ),
            None,
        )

    def written(self, name: str) -> int:
        return sum(entry["route"] != "foreign" for entry in self.running[name].crm.applied.entries())


@pytest.fixture(autouse=True)
def no_pauses_between_tries(monkeypatch: pytest.MonkeyPatch) -> abc.Iterator[None]:
    monkeypatch.setattr("writeback_salesforce.session.calls.READ_PAUSE_S", 0.0)
    stamina.set_testing(True, attempts=4, cap=True)
    yield
    stamina.set_testing(False)


@pytest.fixture
def four(tmp_path: Path) -> abc.Iterator[Four]:
    running = {name: start_simulator(SimulatorWish("salesforce", rows=ROWS)) for name in NAMES}
    with Runtime.open(tmp_path / "w" / "w.writeback", settings=load({}), create=True) as runtime:
        made = Four(runtime, running, tmp_path)
        for name in NAMES:
            wish = ConnectionWish(
                name, "salesforce", endpoint=running[name].url, token_file=str(made.write_token(name))
            )
            runtime.connect(wish, act=f"connect {name}")
            integration = runtime.add_integration(
                IntegrationWish(name, "Account", match="number"), act=f"add {name}"
            )
            mappings = (
                FieldMapping(FieldPath.parse("Name"), "name"),
                FieldMapping(FieldPath.parse("AccountNumber"), "number"),
                FieldMapping(FieldPath.parse("Description"), "notes", write_back=True),
            )
            runtime.map_fields(integration.id, mappings, act=f"map {name}")
            report = runtime.pull(integration.id, act=f"pull {name}")
            assert (report.linked, report.ambiguous) == (0 if name == NAMES[0] else ROWS, 0)
        try:
            yield made
        finally:
            for one in made.running.values():
                one.close()
            assert runtime.doctor().ok, runtime.doctor().invariants


def test_one_edit_is_written_to_all_four(four: Four) -> None:
    assert four.runtime.told.records("account", limit=1).total == ROWS
    answer = four.edit("to all of them")
    assert (answer.state, len(answer.job_ids)) == ("sending", 4)
    assert set(four.states().values()) == {"queued"}
    assert four.run(answer.job_ids) == dict.fromkeys(NAMES, JobState.DONE)
    assert four.states() == dict.fromkeys(NAMES, "confirmed")
    assert {name: four.held(name) for name in NAMES} == dict.fromkeys(NAMES, "to all of them")
    view = four.view()
    assert not view.row.marks
    assert [link.connection for link in view.links] == list(NAMES)


def test_one_crm_down_keeps_nobody_waiting_and_is_written_later(four: Four) -> None:
    port = four.port("East")
    four.stop("East")
    answer = four.edit("while East is down")
    assert (answer.state, len(answer.job_ids)) == ("sending", 4)
    states = four.run(answer.job_ids)
    assert states == dict.fromkeys(NAMES, JobState.DONE) | {"East": JobState.THROTTLED}
    assert four.states() == dict.fromkeys(NAMES, "confirmed") | {"East": "queued"}
    assert four.targets()["East"].code == "link.lost"
    mark = dict(four.view().row.marks)["notes"]
    assert (mark.state, mark.written, len(mark.targets)) == ("queued", 3, 4)
    waiting = next(job for job in map(four.runtime.told.job, answer.job_ids) if job.connection == "East")
    assert waiting.unreached == "link.lost"

    four.start("East", port=port)
    assert four.run([waiting.id]) == {"East": JobState.DONE}
    assert four.states() == dict.fromkeys(NAMES, "confirmed")
    assert four.held("East") == "while East is down"
    assert [four.written(name) for name in NAMES] == [1, 1, 1, 1]
    assert four.runtime.told.job(waiting.id).unreached == ""
    assert not four.view().row.marks


def test_a_worker_sends_what_waits_once_the_crm_answers(four: Four) -> None:
    port = four.port("South")
    four.stop("South")
    answer = four.edit("by the worker")
    four.run(answer.job_ids)
    waiting = next(job for job in answer.job_ids if four.runtime.told.job(job).connection == "South")
    four.start("South", port=port)
    ended = threading.Event()
    worker = ThreadDispatcher(four.runtime.sending.desk(threading.Event()), threads=1)
    running = threading.Thread(target=worker.run)
    running.start()
    try:
        for _ in range(600):  # its wait has run out after some seconds; nobody asks it to hurry
            if four.runtime.told.job(waiting).state is JobState.DONE:
                break
            ended.wait(0.1)
    finally:
        worker.stop()
        running.join(20)
    assert four.runtime.told.job(waiting).state is JobState.DONE
    assert four.states() == dict.fromkeys(NAMES, "confirmed")
    assert four.written("South") == 1


def test_who_edited_meanwhile_in_the_crm_that_was_down_is_not_overwritten(four: Four) -> None:
    port = four.port("West")
    four.stop("West")
    answer = four.edit("ours")
    four.run(answer.job_ids)
    four.start("West", port=port)
    key = four.targets()["West"].key
    four.running["West"].crm.edit("Account", key, {"Description": "theirs"})
    job = next(job for job in answer.job_ids if four.runtime.told.job(job).connection == "West")
    assert four.run([job]) == {"West": JobState.DONE}
    assert four.states() == dict.fromkeys(NAMES, "confirmed") | {"West": "conflict"}
    assert four.targets()["West"].theirs == "theirs"
    assert four.written("West") == 0

    plan = four.runtime.settle_conflicts(
        (ConflictChoice(four.account, "notes", ConflictRule.OURS),), author="ana", act="settle"
    )
    assert plan is not None
    assert {group.connection_id: group.send for group in plan.groups} == {"c1": 0, "c2": 0, "c3": 0, "c4": 1}
    four.run(four.runtime.submit(plan.id, act="submit"))
    assert four.states() == dict.fromkeys(NAMES, "confirmed")
    assert four.held("West") == "ours"
    assert [four.written(name) for name in NAMES] == [1, 1, 1, 1]


def test_their_value_may_stay_in_one_crm(four: Four) -> None:
    answer = four.edit("ours", send=False)
    assert answer.state == "draft"
    assert set(four.states().values()) == {"draft"}
    key = four.targets()["South"].key
    four.running["South"].crm.edit("Account", key, {"Description": "theirs"})
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    assert [(group.send, group.conflict) for group in plan.groups] == [(1, 0), (0, 1), (1, 0), (1, 0)]
    four.run(four.runtime.submit(plan.id, act="submit"))
    assert four.states() == dict.fromkeys(NAMES, "confirmed") | {"South": "conflict"}
    four.runtime.settle_conflicts(
        (ConflictChoice(four.account, "notes", ConflictRule.CRM),), author="ana", act="settle"
    )
    assert not four.view().row.marks
    assert four.runtime.discard_drafts((), act="discard") == 0


def test_a_refusal_in_one_crm_leaves_the_others_written(four: Four) -> None:
    fault = {"kind": "duplicate", "object": "Account", "id": four.targets()["North"].key}
    four.running["North"].crm.faults.arm(Fault.read(fault))
    answer = four.edit("three of four")
    four.run(answer.job_ids)
    assert four.states() == dict.fromkeys(NAMES, "confirmed") | {"North": "refused"}
    mark = dict(four.view().row.marks)["notes"]
    assert (mark.state, mark.written, len(mark.targets)) == ("refused", 3, 4)
    assert four.targets()["North"].message
    rows = four.runtime.told._reading.record_rows("account")  # noqa: SLF001  what the grid reads
    rows.build()
    assert dict(rows.block(0)[0].marks)["notes"] == mark
    rows.close()

    plan = four.runtime.propose(PlanSource(kind="drafts"), act="again")
    assert [(group.send, group.unchanged) for group in plan.groups] == [(1, 0), (0, 1), (0, 1), (0, 1)]
    four.run(four.runtime.submit(plan.id, act="submit"))
    assert not four.view().row.marks
    assert [four.written(name) for name in NAMES] == [1, 1, 1, 1]


def test_what_one_crm_took_is_no_conflict_for_the_next_edit(four: Four) -> None:
    """The edit waits for the CRM that refused it; what the others confirmed is what was seen of them."""
    fault = {"kind": "duplicate", "object": "Account", "id": four.targets()["North"].key}
    four.running["North"].crm.faults.arm(Fault.read(fault))
    four.run(four.edit("first").job_ids)
    assert four.states() == dict.fromkeys(NAMES, "confirmed") | {"North": "refused"}
    answer = four.edit("second")
    assert answer.state == "sending", answer
    four.run(answer.job_ids)
    assert four.states() == dict.fromkeys(NAMES, "confirmed")
    assert {name: four.held(name) for name in NAMES} == dict.fromkeys(NAMES, "second")


def test_who_edits_after_one_crm_took_a_value_is_still_seen(four: Four) -> None:
    fault = {"kind": "duplicate", "object": "Account", "id": four.targets()["North"].key}
    four.running["North"].crm.faults.arm(Fault.read(fault))
    four.run(four.edit("first").job_ids)
    four.running["South"].crm.edit("Account", four.targets()["South"].key, {"Description": "theirs"})
    four.run(four.edit("second").job_ids)
    assert four.states() == dict.fromkeys(NAMES, "confirmed") | {"South": "conflict"}
    assert four.held("South") == "theirs"


def test_a_crm_that_wants_a_sign_in_is_written_after_it(four: Four) -> None:
    four.write_token("South", "expired")
    with Runtime.open(four.runtime.workspace.path, settings=load({})) as other:
        four.runtime = other
        answer = four.edit("after the sign-in")
        states = four.run(answer.job_ids)
        assert states == dict.fromkeys(NAMES, JobState.DONE) | {"South": JobState.STOPPED}
        assert four.states() == dict.fromkeys(NAMES, "confirmed") | {"South": "queued"}
        token = four.write_token("South")
        wish = ConnectionWish(
            "South", "salesforce", endpoint=four.running["South"].url, token_file=str(token)
        )
        other.connect(wish, act="sign in again")
        job = next(job for job in answer.job_ids if other.told.job(job).connection == "South")
        assert other.told.job(job).state is JobState.QUEUED
        four.run([job])
        assert four.states() == dict.fromkeys(NAMES, "confirmed")


def test_a_reviewed_plan_is_sent_although_one_crm_went_down_since(four: Four) -> None:
    four.edit("reviewed", send=False)
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    file = four.folder / "plan.json"
    four.runtime.save_plan(plan.id, str(file))
    four.runtime.discard_plan(plan.id, act="discard")
    port = four.port("South")
    four.stop("South")
    again = four.runtime.propose(PlanSource(kind="saved", path=str(file)), act="load")
    assert [group.unreached for group in again.groups] == ["", "link.lost", "", ""]
    assert [group.send for group in again.groups] == [1, 1, 1, 1]
    jobs = four.runtime.submit(again.id, act="submit")
    assert four.run(jobs) == dict.fromkeys(NAMES, JobState.DONE) | {"South": JobState.THROTTLED}
    four.start("South", port=port)
    assert four.run([jobs[1]]) == {"South": JobState.DONE}
    assert four.states() == dict.fromkeys(NAMES, "confirmed")


def test_a_crm_that_goes_down_after_the_plan_is_left_to_a_worker(four: Four) -> None:
    four.edit("planned while all were up", send=False)
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    port = four.port("West")
    jobs = four.runtime.submit(plan.id, act="submit")
    four.stop("West")
    assert four.run(jobs) == dict.fromkeys(NAMES, JobState.DONE) | {"West": JobState.THROTTLED}
    assert four.targets()["West"].code == "link.lost"
    four.start("West", port=port)
    assert four.run(jobs) == dict.fromkeys(NAMES, JobState.DONE)
    assert [four.written(name) for name in NAMES] == [1, 1, 1, 1]


def test_nobody_answers_is_said_and_the_edit_is_kept(four: Four) -> None:
    for name in NAMES:
        four.stop(name)
    with pytest.raises((LinkLostError, SignInRequiredError)):
        four.edit("kept")
    assert set(four.states().values()) == {"draft"}
    assert four.runtime.told.jobs(limit=10) == ()


def test_what_a_rule_left_to_one_crm_was_not_seen_of_it(four: Four) -> None:
    """Its value is no base for the draft that another CRM refused: sent again, it would be overwritten."""
    place = next(one.id for one in four.runtime.told.connections() if one.name == "South")
    south = next(one for one in four.runtime.told.integrations() if one.connection_id == place)
    path = FieldPath.parse("Description")
    rule = FieldMapping(path, "notes", write_back=True, conflict_rule=ConflictRule.CRM)
    four.runtime.map_fields(south.id, (rule,), act="rule")
    fault = {"kind": "duplicate", "object": "Account", "id": four.targets()["North"].key}
    four.running["North"].crm.faults.arm(Fault.read(fault))
    four.edit("ours", send=False)
    four.running["South"].crm.edit("Account", four.targets()["South"].key, {"Description": "theirs"})
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    four.run(four.runtime.submit(plan.id, act="submit"))
    assert four.states()["North"] == "refused"
    again = four.runtime.propose(PlanSource(kind="drafts"), act="again")
    assert [group.send for group in again.groups] == [1, 0, 0, 0]
    four.run(four.runtime.submit(again.id, act="submit again"))
    assert four.held("South") == "theirs"


def waiting(four: Four) -> dict[str, object]:
    """Give what the drafts of the notes wish."""
    with four.runtime.workspace.reading() as db:
        found, _ = drafts.waiting(db)
    return {one.change.attribute: one.change.new for one in found}


@pytest.mark.parametrize("way", ["plan", "saved", "undo", "retry"])
def test_an_edit_that_a_plan_does_not_hold_outlives_it(four: Four, way: str) -> None:
    """One types on oneself while a plan is reviewed, waits for a word, or takes back what was sent before."""
    runtime, path = four.runtime, four.folder / "plan.json"
    if way == "retry":
        fault = {"kind": "duplicate", "object": "Account", "id": four.targets()["North"].key}
        four.running["North"].crm.faults.arm(Fault.read(fault))
    source = PlanSource(kind="drafts", author="ana")
    if way in ("plan", "saved"):
        four.edit("planned", send=False)
    else:
        jobs = four.edit("planned").job_ids
        four.run(jobs)
        refused = [one for one in jobs if runtime.told.job(one).connection == "North"]
        source = PlanSource(kind=way, job_id=refused[0], is_whole_act=False, author="ana")
        four.edit("typed since", send=False)
    plan = runtime.propose(source, act="plan")
    if way in ("plan", "saved"):
        four.edit("typed since", send=False)
    if way == "saved":
        runtime.save_plan(plan.id, str(path))
        plan = runtime.propose(PlanSource(kind="saved", path=str(path), author="ana"), act="load")
    four.run(runtime.submit(plan.id, act="submit"))
    assert waiting(four) == {"notes": "typed since"}
    again = runtime.propose(PlanSource(kind="drafts", author="ana"), act="again")
    four.run(runtime.submit(again.id, act="send"))
    assert {name: four.held(name) for name in NAMES} == dict.fromkeys(NAMES, "typed since")
    assert waiting(four) == {}


@pytest.fixture
def untracked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each job had more rows than are tracked value by value."""
    monkeypatch.setattr(value_states, "MOST", 0)


@pytest.mark.usefixtures("untracked")
def test_drafts_of_a_big_plan_are_held_and_end_with_its_jobs(four: Four) -> None:
    four.edit("one of many", send=False)
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    jobs = four.runtime.submit(plan.id, act="submit")
    assert four.runtime.propose(PlanSource(kind="drafts"), act="again").groups == ()
    four.run(jobs[:1])
    assert four.runtime.propose(PlanSource(kind="drafts"), act="third").groups == ()
    four.run(jobs)
    assert {name: four.held(name) for name in NAMES} == dict.fromkeys(NAMES, "one of many")
    assert [four.written(name) for name in NAMES] == [1, 1, 1, 1]
    assert four.runtime.discard_drafts((), act="none left") == 0
    assert not four.view().row.marks


@pytest.mark.usefixtures("untracked")
def test_a_refusal_in_a_big_job_makes_its_draft_wait_again(four: Four) -> None:
    fault = {"kind": "duplicate", "object": "Account", "id": four.targets()["North"].key}
    four.running["North"].crm.faults.arm(Fault.read(fault))
    four.edit("three of four", send=False)
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    four.run(four.runtime.submit(plan.id, act="submit"))
    again = four.runtime.propose(PlanSource(kind="drafts"), act="again")
    assert [(group.send, group.unchanged) for group in again.groups] == [(1, 0), (0, 1), (0, 1), (0, 1)]


@pytest.mark.usefixtures("untracked")
def test_what_is_typed_while_a_big_plan_is_looked_at_waits_on(four: Four) -> None:
    four.edit("first", send=False)
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    four.edit("second", send=False)
    four.run(four.runtime.submit(plan.id, act="submit"))
    assert {name: four.held(name) for name in NAMES} == dict.fromkeys(NAMES, "first")
    left = four.runtime.propose(PlanSource(kind="drafts"), act="again")
    assert [group.conflict + group.send for group in left.groups] == [1, 1, 1, 1]  # nothing typed is lost
    assert four.runtime.discard_drafts((), act="it was there") == 1


def test_the_history_names_a_crm_whose_row_was_blocked(four: Four) -> None:
    four.edit("not for all", send=False)
    plan = four.runtime.propose(PlanSource(kind="drafts"), act="plan")
    blocked = plan.groups[-1]
    reason = Reason("value.too_long", (("field", "Description"),))
    plan_rows.block(four.runtime.workspace, blocked.job_id, {1: (reason, "Description")})
    with four.runtime.workspace.writing() as db:  # what cannot be sent stands in no row
        mine = update(schema.findings).where(schema.findings.c.job_id == blocked.job_id)
        db.execute(mine.values(new="[{}]"))
        plans.set_route(db, blocked.job_id, blocked.route, blocked.assurance)
    four.run(four.runtime.submit(plan.id, act="submit"))
    entity = four.view().entity
    (entry, *_) = four.runtime.told._reading.history(four.account, attribute="notes")  # noqa: SLF001  what the profile reads
    assert entity == "account"
    assert entry.new == "not for all"
    answers = {one.connection: one.outcome for one in entry.answers}
    assert sorted(answers.values()) == ["applied", "applied", "applied", "blocked"]
    assert [one.code for one in entry.answers if one.outcome == "blocked"] == ["value.too_long"]
