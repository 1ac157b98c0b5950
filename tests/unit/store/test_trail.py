"""Looking things up in the trail: the directory says what the chain says, also after a migration."""

import time
from pathlib import Path

import pytest

from tests.unit.store.making import START
from writeback.model.events import EventKind
from writeback.store import acts, audit, sqlite, trail
from writeback.store.trail import Sought
from writeback.store.workspace import Workspace


def test_an_act_that_names_nobody_is_by_whoever_asked_for_it(workspace: Workspace) -> None:
    told = {"at": START, "act": "role.added", "kind": EventKind.MODEL_CHANGED, "subject": "account"}
    with workspace.writing() as db:
        with acts.asked_by("ana"):
            acts.record(db, **told, body={"attribute": "csm"})
            acts.record(db, **told, body={"attribute": "csm", "by": "ben"})
            audit.append(db, at=START, act="job.stopped", body={"job": "j1"})
        acts.record(db, **told, body={"attribute": "csm"})
    with workspace.reading() as db:
        assert [row["person"] for row in trail.page(db, [1, 2, 3, 4])] == ["ana", "ben", "", ""]
        assert audit.entries(db)[0].body == {"attribute": "csm", "by": "ana"}, "chained, not only looked up"


def test_persons_connections_and_jobs_are_looked_up_from_the_body(workspace: Workspace) -> None:
    with workspace.writing() as db:
        audit.append(db, at=START, act="guards.changed", body={"connection": "c1", "by": "ana"})
        audit.append(db, at=START, act="history.retention", body={"author": "ben", "days": 3})
        audit.append(db, at=START, act="job.paused", body={"job": "j1"})
        audit.append(db, at=START, act="permission.set", body={"author": "cleo", "by": "dora"})
    with workspace.reading() as db:
        assert list(trail.numbers(db, Sought(person="ana"))) == [1]
        assert list(trail.numbers(db, Sought(connection_id="c1"))) == [1]
        assert list(trail.numbers(db, Sought(job_id="j1"))) == [3]
        assert list(trail.numbers(db, Sought(act="job"))) == [3]
        assert list(trail.numbers(db, Sought(act="jo"))) == []
        assert list(trail.numbers(db, Sought())) == [4, 3, 2, 1]
        assert trail.persons(db) == ("ana", "ben", "dora"), "who did it, not whom it was done to"
        assert [row["seq"] for row in trail.page(db, [2, 1])] == [2, 1]


def test_a_body_that_is_no_json_is_still_listed(workspace: Workspace) -> None:
    with workspace.writing() as db:
        sqlite.run(db, "insert into audit values (1, ?, 'x.y', '{', ?, ?)", ("2026", "0" * 64, "0" * 64))
    with workspace.reading() as db:
        assert [row["body"] for row in trail.page(db, [1])] == ["{"]


@pytest.mark.nightly
def test_a_million_entries_are_filtered_in_half_a_second(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.writing() as db:
        sqlite.run(
            db,
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000) "
            "insert into audit select i, printf('2026-11-%02dT03:00:00.000000Z', 1 + i / 40000), "
            "'batch.settled', '{}', '', '' from n",
        )
        sqlite.run(
            db,
            "insert into audit_facts select seq, at, act, 'person' || (seq % 20), 'c' || (seq % 3), "
            "'job' || (seq / 50) from audit",
        )
    asked = (
        Sought(person="person7"),
        Sought(connection_id="c1"),
        Sought(job_id="job77"),
        Sought(act="batch", person="person7", connection_id="c1"),
        Sought(since="2026-11-20", person="person3"),
    )
    with workspace.reading() as db:
        for sought in asked:
            begun = time.perf_counter()
            found = trail.numbers(db, sought)
            trail.page(db, found[:200])
            assert time.perf_counter() - begun <= 0.5, (sought, len(found))
