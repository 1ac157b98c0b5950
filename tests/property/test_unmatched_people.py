"""Whoever a CRM does not know never reaches it as text: random directories and edits, four CRMs."""

import random
from collections import abc
from dataclasses import replace

import pytest

from tests.doubles.staffed import ATTRIBUTE, CRMS, Staffed, staffed
from writeback.model.canonical import Unset
from writeback.model.changes import Origin
from writeback.model.integrations import ConflictRule
from writeback.model.people import MatchedBy
from writeback.model.types import PlanId, RecordId
from writeback.runtime.facade import Edit, PlanSource
from writeback.store import people, plans
from writeback.store.plan_rows import rows_of
from writeback.store.plans import PlannedJob

SENT_EVERY = 20
"""Every so many sets the plan is sent, and the CRMs' own logs are asked."""
TEXTS = ("nobody", "nobody@nowhere.test", "005000000000000", "'; drop table people", "Ana", "", "true")


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("staffed")) as made:
        made.pull_people()
        made.add_role()
        for (
            one
        ) in made.runtime.integrations():  # the directory is shuffled behind what was read: no conflicts
            ours = (replace(one.mapping_of(ATTRIBUTE), conflict_rule=ConflictRule.OURS),)
            made.runtime.map_fields(one.id, ours, act=made.act())
        made.pull()
        yield made


def shuffle(four: Staffed, rng: random.Random) -> None:
    """Match users with team members anew, at random: half of them are nobody's."""
    with four.runtime.workspace.writing() as db:
        members = [one.id for one in people.persons(db)]
        for connection in {user.connection_id for user in people.users(db)}:
            free = rng.sample(members, len(members))
            for user in people.users(db, connection_id=connection):
                member = free.pop() if free and rng.random() < 0.5 else None
                how = MatchedBy.HAND if member else None
                people.match(db, connection, [(user.key, member, how)], at=four.runtime.workspace.now())


def ids_of(four: Staffed) -> dict[str, dict[str, str | None]]:
    """By connection: its users' ids, with the team member each one is."""
    with four.runtime.workspace.reading() as db:
        found: dict[str, dict[str, str | None]] = {}
        for user in people.users(db):
            found.setdefault(user.connection_id, {})[user.id] = user.person_id
        return found


@pytest.mark.parametrize(
    "sets", [40, pytest.param(500, marks=[pytest.mark.nightly, pytest.mark.timeout(1800)])]
)
def test_only_the_ids_of_matched_users_are_ever_planned_or_sent(four: Staffed, sets: int) -> None:
    runtime = four.runtime
    names = {one.id: one.name for one in runtime.told.connections()}
    records = list(four.accounts().values())
    with runtime.workspace.reading() as db:
        members = [one.id for one in people.persons(db)]
    blocked = written = 0
    for number in range(sets):
        rng = random.Random(number)  # noqa: S311  a test
        shuffle(four, rng)
        known = ids_of(four)
        wanted = {record: rng.choice((*members, *TEXTS)) for record in rng.sample(records, 3)}
        answers = runtime.save_edits(
            tuple(Edit(record, ATTRIBUTE, text) for record, text in wanted.items()),
            origin=Origin.SEGMENT,
            author="ana",
            act=runtime.new_id(),
        )
        for answer in answers:
            if wanted[answer.record] in TEXTS and wanted[answer.record]:
                assert answer.state == "blocked"
        before = {crm.name: len(four.applied(crm.name)) for crm in CRMS}
        plan = runtime.propose(PlanSource("drafts", Origin.SEGMENT, author="ana"), act=runtime.new_id())
        expected: dict[str, list[str]] = {crm.name: [] for crm in CRMS}
        for group in plan.groups:
            job = next(one for one in _jobs(four, plan.id) if one.id == group.job_id)
            for row in rows_of(runtime.workspace, job.id, job.columns):
                (new,) = row.new or (None,)
                if row.verdict == "blocked":
                    blocked += 1
                    assert row.code.startswith(("reference.", "value.required")), row.code
                elif not isinstance(new, Unset) and new is not None and row.verdict == "send":
                    written += 1
                    person = wanted[RecordId(row.rid or "")]
                    assert known[group.connection_id][str(new)] == person, (number, new, person)
                    expected[names[group.connection_id]].append(str(new))
        if number % SENT_EVERY:
            runtime.discard_plan(plan.id, act=runtime.new_id())
            runtime.discard_drafts((), act=runtime.new_id())
            continue
        runtime.run_until_final(runtime.submit(plan.id, confirm_org="", act=runtime.new_id()))
        runtime.discard_drafts((), act=runtime.new_id())
        for crm in CRMS:
            sent = [entry["fields"] for entry in four.applied(crm.name)[before[crm.name] :]]
            fields = [one for one in sent if isinstance(one, dict)]
            held = [str(one[crm.owner]) for one in fields if one[crm.owner]]
            assert sorted(held) == sorted(expected[crm.name]), crm.name
    assert blocked > sets
    assert written > sets / 2


def _jobs(four: Staffed, plan: PlanId) -> abc.Sequence[PlannedJob]:
    with four.runtime.workspace.reading() as db:
        return plans.jobs_of(db, plan)
