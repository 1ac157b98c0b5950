"""Workspaces of earlier releases open, keep all they hold, and leave a copy of what they were (R20)."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.store.making import FakeClock, Ids
from writeback.errors import WorkspaceDamagedError
from writeback.model.integrations import EmptyRule
from writeback.model.source_formats import AS_SENT
from writeback.model.types import RecordId
from writeback.store import (
    backups,
    checks,
    connections,
    drafts,
    integrations,
    migrations,
    records,
    settings,
    sqlite,
    targets,
)
from writeback.store.workspace import Workspace

FIRST_TABLES = """
create table rec_account (rid text not null primary key, title text, gone integer not null default
    0, industry text) without rowid;
create table snap_i1 (key text not null primary key, rid text not null, version text, gone integer
    not null default 0, seen integer not null default 0, Industry text) without rowid;
insert into entities values ('account', 'Account');
insert into attributes values ('account', 'industry', 1, 'Industry', 'text', '[]', '', 1);
insert into connections (id, name, connector, origin, auth, is_simulator, safety, read_only,
    write_on_save, sign_in, options, created_at) values ('c1', 'Acme', 'salesforce',
    'http://127.0.0.1:1', 'token_file', 1, 'silent', 0, 0, 'ready', '{}', '2026-11-24T03:00:00.000000Z');
insert into integrations (id, connection_id, object, entity, key, filter, created_at) values ('i1',
    'c1', 'Account', 'account', 'Id', '', '2026-11-24T03:00:00.000000Z');
insert into field_mappings values ('i1', 'Industry', 'industry', 0, 1, 'repoint', 'ask', 'keep');
insert into rec_account values ('i1:A', 'Acme', 0, 'Retail'), ('i1:B', 'Bolt', 1, 'Energy');
insert into snap_i1 values ('A', 'i1:A', null, 0, 0, 'Retail'), ('B', 'i1:B', null, 1, 0, 'Energy');
insert into change_sets (id, state, origin, author, reason, source, created_at) values ('p1',
    'submitted', 'profile', 'ada', '', '{}', '2026-11-24T03:00:00.000000Z');
insert into jobs (id, number, change_set_id, connection_id, integration_id, object, kind, route,
    assurance, columns, state, stop_code, stop_facts, org_id, rows, writes, applied, rejected,
    unchanged, conflict, unknown, blocked, cancelled, api_calls, created_at) values ('j1', 1, 'p1',
    'c1', 'i1', 'Account', 'real_time', 'single', 'A', '[]', 'done', '', '{}', 'org', 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, '2026-11-24T03:00:00.000000Z');
insert into drafts values ('i1:A', 'industry', 'account', 'text', '"Retail"', '"Mining"', 'ada',
    'profile', '2026-11-24T03:00:00.000000Z', null);
insert into value_states values ('i1:A', 'industry', 'refused', 'j1', '"Mining"', null, 'x', 'no',
    '2026-11-24T03:00:00.000000Z'), ('i1:B', 'industry', 'conflict', '', '"Z"', '"Y"', 'pull.conflict',
    '', '2026-11-24T03:00:00.000000Z');
"""
"""As the first release made them, beside the tables of its one migration."""


def first_release(path: Path) -> None:
    """Make a workspace as the first release left it."""
    path.parent.mkdir(mode=0o700)
    file = sqlite.open_file(path, mode="rwc")
    file.execute(f"pragma application_id = {sqlite.APPLICATION_ID}")
    file.execute("pragma journal_mode = wal")
    file.close()
    engine = sqlite.writer_engine(path)
    with engine.begin() as db:
        migrations.upgrade(db, "0001")
        for statement in FIRST_TABLES.split(";\n"):
            sqlite.run(db, statement)
        settings.put(db, settings.WORKSPACE_ID, "first")
    engine.dispose()


def test_a_migration_that_fails_leaves_the_file_and_its_older_backups(tmp_path: Path) -> None:
    path = tmp_path / "ws" / "w.writeback"
    first_release(path)
    days = [FakeClock()() + timedelta(days=day) for day in range(backups.KEPT)]
    kept = [backups.back_up(path, now=day, reason="daily") for day in days]
    file = sqlite.open_file(path, mode="rw")
    file.execute("drop table field_mappings")  # not the tables that its revision promises
    file.close()
    for _ in range(2):
        with pytest.raises(WorkspaceDamagedError) as told:
            Workspace.open(path, now=FakeClock(), new_id=Ids())
        assert told.value.code == "workspace.migration"
    assert backups.all_of(path) == tuple(kept)
    file = sqlite.open_file(path, mode="ro")
    assert file.execute("select version_num from alembic_version").fetchone() == ("0001",)
    file.close()


def test_a_workspace_of_the_first_release_keeps_all_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "ws" / "w.writeback"
    first_release(path)
    with Workspace.open(path, now=FakeClock(), new_id=Ids()) as opened:
        with opened.reading() as db:
            (integration,) = integrations.every(db)
            assert (integration.match, integration.link) == ("", "")
            (mapping,) = integration.mappings
            assert (mapping.empty_rule, mapping.source_format) == (EmptyRule.CLEAR, AS_SENT)
            (connection,) = connections.every(db)
            assert (connection.word, connection.colour) == ("", "")
            assert records.keys_of(db, "i1", ("i1:A", "i1:B")) == {"i1:A": "A", "i1:B": "B"}
            links = records.links_of(db, (integration,), ("i1:A",))
            assert [(one.key, one.values) for one in links[RecordId("i1:A")]] == [
                ("A", {"industry": "Retail"})
            ]
            (draft,) = drafts.waiting(db)[0]
            assert (draft.change.new, draft.seen) == ("Mining", {})
            query = "select rid, integration_id, state, job_id, message from value_states order by rid"
            assert sqlite.run(db, query).fetchall() == [
                ("i1:A", "i1", "refused", "j1", "no"),
                ("i1:B", "i1", "conflict", "", ""),
            ]
            (aimed,) = targets.aims(db)
            assert (aimed.integration.id, aimed.attributes) == ("i1", ("industry",))
            assert all(finding.is_kept for finding in checks.every(db))
            wanted = sqlite.run(db, "select sql from sqlite_master where name = 'snap_i1_by_rid'").fetchone()
            assert wanted[0].casefold().startswith("create unique index")
        copies = backups.all_of(path)
        assert [copy.name.partition("-")[2] for copy in copies] == ["migration.writeback"]
    old = sqlite.open_file(copies[0], mode="ro")
    assert old.execute("select version_num from alembic_version").fetchone() == ("0001",)
    old.close()
