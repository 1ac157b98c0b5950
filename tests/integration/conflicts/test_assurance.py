"""A change between our compare and our write, in each CRM and route: refused at A, measured at B."""

import json
from collections import abc

import pytest
from sqlalchemy import text

from tests.integration.conflicts.conftest import Crm
from writeback.engine import comparing
from writeback.engine.comparing import Looked
from writeback.engine.turns import Turn
from writeback.model.jobs import Assurance, Route
from writeback.runtime.assurances import Gap, assurance_words, gap_of, measured_words
from writeback.store.outbox import QueuedWrite

CHECKED = {
    ("dynamics", Route.SINGLE): Assurance.A,
    ("dynamics", Route.BATCH): Assurance.A,
    ("hubspot", Route.SINGLE): Assurance.B,
    ("hubspot", Route.BATCH): Assurance.B,
    ("salesforce", Route.SINGLE): Assurance.A,
    ("salesforce", Route.BATCH): Assurance.A,
    ("zoho", Route.SINGLE): Assurance.A,
    ("zoho", Route.BATCH): Assurance.B,
}
"""RELIABILITY §1; two rows go as a Composite in Salesforce, as a $batch in Dynamics."""


@pytest.mark.parametrize("route", [Route.SINGLE, Route.BATCH], ids=lambda one: one.value)
def test_a_change_between_compare_and_write(crm: Crm, route: Route, monkeypatch: pytest.MonkeyPatch) -> None:
    (_, first), (_, second) = crm.record(), crm.record()
    form = crm.form
    plan = crm.plan_file(f"{form.key},{form.text}", f"{first},ours", f"{second},ours", route=route)
    (group,) = plan.groups
    level = CHECKED[crm.name, route]
    assert group.assurance is level
    assert group.grain_s == (1 if crm.name in ("salesforce", "zoho") else 0)
    look, busy = comparing.look, {second}

    def look_then_change(turn: Turn, rows: abc.Sequence[QueuedWrite]) -> Looked:
        looked = look(turn, rows)
        for row in rows:
            if row.record_id in busy:
                busy.discard(row.record_id)
                crm.change(row.record_id, "between")
        return looked

    monkeypatch.setattr(comparing, "look", look_then_change)
    job = crm.send(plan)
    ended = {row.record_id: row.outcome for row in crm.runtime.told.job_rows(job.id)}
    gap = crm.runtime.told.gap(job.id)
    assert busy == set()
    assert ended[first] == "applied"
    if level is Assurance.A:
        assert (ended[second], crm.held(second), gap) == ("conflict", "between", None)
    else:
        assert ended[second] == "applied"
        assert gap is not None
        assert 0 < gap.median_s <= gap.p95_s <= gap.most_s


def test_zoho_checks_rows_that_were_changed_in_one_second(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    if crm.name != "zoho":
        pytest.skip("the others check each row, or none")
    keys = [crm.record()[1] for _ in range(4)]
    form = crm.form
    head = f"{form.key},{form.text}"
    crm.send(crm.plan_file(head, *(f"{key},together" for key in keys), route=Route.BATCH))
    plan = crm.plan_file(head, *(f"{key},ours" for key in keys), route=Route.BATCH)
    job = crm.send(plan)
    with crm.runtime.workspace.reading() as db:
        query = text("select assurance, rows from attempts where job_id = :job order by intent_at")
        sent = [tuple(row) for row in db.execute(query, {"job": job.id})]
        bases = {
            row[0] for row in db.execute(text("select base from writes where job_id = :j"), {"j": job.id})
        }
    wanted = [("A", 4)] if len(bases) == 1 else [("B", 4)]
    assert (sent, job.counts.applied) == (wanted, 4)


def test_the_sentence_says_who_checks_and_how_finely() -> None:
    exact = assurance_words(Assurance.A, "Acme", read="14:02")
    assert exact == "Checked by Acme as it writes: a record changed since 14:02 is refused, not overwritten."
    assert "same second" in assurance_words(Assurance.A, "Acme", grain_s=1)
    assert "unseen" in assurance_words(Assurance.C, "Acme")
    gap = gap_of([0.1, 0.2, 0.4, 0.4, 2.1])
    assert gap == Gap(5, 0.4, 2.1, 2.1)
    assert "no gap was measured" in measured_words(Assurance.B, "Acme", None)
    told = measured_words(Assurance.B, "Acme", gap)
    assert "in this job 0.4 s typical, 2.1 s in 95 of 100, 2.1 s at most" in told
    for level in Assurance:
        words = json.dumps([assurance_words(level, "Acme"), measured_words(level, "Acme", gap)])
        assert not any(never in words for never in ("guarantee", "safe", "exactly once", "transaction"))
