"""A plan that was saved and is sent later conflicts where the CRM changed meanwhile, in every CRM."""

import csv

from tests.integration.undo.conftest import Crm
from writeback.model.changes import Origin
from writeback.model.jobs import Route
from writeback.runtime.facade import PlanSource, PlanView


def plan_of(crm: Crm, rows: list[dict[str, str]]) -> PlanView:
    path = crm.folder / "later.csv"
    with path.open("w", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    source = PlanSource(
        kind="file",
        origin=Origin.FILE,
        path=str(path),
        connection="C",
        object=crm.form.object,
        key=crm.form.key,
    )
    return crm.runtime.propose(source, act=crm.act())


def test_a_stale_plan_conflicts_and_the_rest_is_sent(crm: Crm) -> None:
    (_, name), (other, other_name) = crm.users()[:2]
    key, path, pointing = crm.form.key, crm.form.reference, crm.form.pointing
    text, (first, second) = next(iter(crm.form.values.items()))
    plain, pointed, fresh = (next(crm.used) for _ in range(3))
    for one in (plain, pointed, fresh):
        crm.push([{key: one, text: first}], route=Route.SINGLE)
        crm.push([{key: one, path: name}], route=Route.SINGLE)
    third = crm.users()[2][1]
    made = plan_of(crm, [{key: one, text: second, path: third} for one in (plain, pointed, fresh)])
    assert made.groups[0].send == 3
    file = crm.folder / "plan.json"
    crm.runtime.save_plan(made.id, str(file))
    crm.runtime.discard_plan(made.id, act=crm.act())
    crm.running.crm.edit(crm.form.object, plain, {text: "theirs"})
    crm.push([{key: pointed, path: other_name}], route=Route.SINGLE)
    again = crm.runtime.propose(PlanSource(kind="saved", path=str(file)), act=crm.act())
    (group,) = again.groups
    assert (group.send, group.conflict) == (1, 2)
    told = {row.record_id: row for row in crm.runtime.told.plan_rows([group.job_id]) if row.verdict != "send"}
    assert (told[plain].field, told[plain].theirs, told[plain].yours) == (text, "theirs", second)
    assert (told[pointed].field, told[pointed].theirs, told[pointed].yours) == (path, other_name, third)
    job = crm.send(again)
    assert (job.counts.applied, job.counts.conflict) == (1, 2)
    assert crm.held(plain, (text,)) == {text: "theirs"}
    assert crm.held(pointed, (pointing,)) == {pointing: other}
    assert crm.held(fresh, (text,)) == {text: second}
