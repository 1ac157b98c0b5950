"""What a file job does when the CRM changed between plan and send, by rule and route."""

import csv

import pytest

from tests.integration.runtime.conftest import Place
from writeback.model.integrations import ConflictRule
from writeback.model.jobs import Route
from writeback.runtime.facade import PlanSource
from writeback.runtime.runtime import Runtime
from writeback.sdk.connector import ReadQuery
from writeback.settings import Settings


@pytest.mark.parametrize("route", list(Route), ids=lambda route: route.value)
@pytest.mark.parametrize(
    ("rule", "applied", "conflict", "held"),
    [
        (ConflictRule.ASK, 2, 1, "theirs"),
        (ConflictRule.CRM, 2, 1, "theirs"),
        (ConflictRule.OURS, 3, 0, "ours 0"),
    ],
    ids=lambda value: value.value if isinstance(value, ConflictRule) else None,
)
def test_a_change_between_plan_and_send_ends_by_the_rule(  # noqa: PLR0917  one row of a table
    place: Place, settings: Settings, route: Route, rule: ConflictRule, applied: int, conflict: int, held: str
) -> None:
    with Runtime.open(place.workspace, settings=settings, create=True) as runtime:
        made = runtime.connect(place.wish(), act="a1")
        session = runtime.sessions.open(made.id)
        query = ReadQuery("Account", ("Description",), limit=3)
        keys = [row[0] for page in session.read(query) for row in page.rows][:3]
        file = place.folder / "rows.csv"
        with file.open("w", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("Id", "Description"))
            writer.writerows((key, f"ours {number}") for number, key in enumerate(keys))
        plan = runtime.propose(
            PlanSource(
                kind="file",
                path=str(file),
                connection="Northwind",
                object="Account",
                key="Id",
                route=route,
                conflict_rule=rule,
            ),
            act="p1",
        )
        place.simulator.crm.edit("Account", keys[0], {"Description": "theirs"})
        jobs = runtime.submit(plan.id, act="s1")
        runtime.run_until_final(jobs)
        counts = runtime.told.job(jobs[0]).counts
        read = session.fetch("Account", by="Id", keys=keys[:1], paths=["Description"])
        for key in keys:  # the module shares one simulator: leave it as it was found
            place.simulator.crm.edit("Account", key, {"Description": None})
    assert (counts.applied, counts.conflict) == (applied, conflict)
    assert read.rows[0][2] == (held,)
