"""What opening refuses, and that it leaves the refused file as it was (R12, S12, S13)."""

import hashlib
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from tests.unit.store.making import FakeClock, Ids, create, reopen
from writeback.errors import InternalError, WorkspaceDamagedError, WorkspaceError, WorkspaceTooNewError
from writeback.store import backups, migrations, opening, schema, sqlite
from writeback.store.workspace import Workspace


def state_of(folder: Path) -> dict[str, str]:
    """Give the files that hold something, by name and content: reading makes an empty log and its index."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.endswith((".lock", ".turn", "-shm"))
        and path.stat().st_size + (path.name == "w")
    }


def open_at(path: Path, *, read_only: bool = False) -> Workspace:
    return Workspace.open(path, now=FakeClock(), new_id=Ids(), read_only=read_only)


def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    with create(tmp_path) as workspace:
        with workspace.writing() as db:
            db.exec_driver_sql("insert into settings values ('a', '1')")
        backups.back_up(workspace.path, now=workspace.now(), reason="daily")
        modes = {path.name: path.stat().st_mode & 0o777 for path in workspace.path.parent.rglob("*")}
        folders = {path.name for path in workspace.path.parent.rglob("*") if path.is_dir()}
        assert workspace.path.parent.stat().st_mode & 0o777 == 0o700
        assert "w.writeback-wal" in modes
        assert {mode for name, mode in modes.items() if name not in folders} == {0o600}
        assert {mode for name, mode in modes.items() if name in folders} == {0o700}


def test_a_workspace_is_never_made_over_another_file(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("mine")
    with pytest.raises(WorkspaceError) as caught:
        Workspace.create(tmp_path / "w", now=FakeClock(), new_id=Ids())
    assert caught.value.code == "workspace.exists"
    assert (tmp_path / "w").read_text() == "mine"


def test_a_new_workspace_opens_as_the_one_that_was_made(tmp_path: Path) -> None:
    with create(tmp_path) as made:
        identity = made.id
    with reopen(made) as again:
        assert again.id == identity


def test_no_file_is_not_a_new_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as caught:
        open_at(tmp_path / "w")
    assert caught.value.code == "workspace.not_found"
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("content", [b"", b"just text\n", b"SQLite format 3\0" + b"\0" * 500, b"\0" * 8192])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "w").write_bytes(content)
    with pytest.raises(WorkspaceDamagedError):
        open_at(tmp_path / "w")
    assert state_of(tmp_path) == {"w": hashlib.sha256(content).hexdigest()}


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "w")
    other.execute("create table alembic_version (version_num text)")
    other.execute("insert into alembic_version values ('0001')")
    other.commit()
    other.close()
    before = state_of(tmp_path)
    with pytest.raises(WorkspaceDamagedError) as caught:
        open_at(tmp_path / "w")
    assert caught.value.code == "workspace.foreign"
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("revision", ["7777", "9999", "abcdef"])
def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path, revision: str) -> None:
    with create(tmp_path) as made, made.writing() as db:
        db.exec_driver_sql("update alembic_version set version_num = ?", (revision,))
    before = state_of(made.path.parent)
    for read_only in (True, False):
        with pytest.raises(WorkspaceTooNewError):
            open_at(made.path, read_only=read_only)
    assert state_of(made.path.parent) == before


@pytest.mark.parametrize(
    "statement",
    [
        "create trigger evil after insert on journal begin delete from settings; end",
        "create view evil as select * from settings",
        "drop trigger audit_keeps_all",
        "drop table outcomes",
    ],
)
def test_a_workspace_with_foreign_or_missing_parts_is_refused(tmp_path: Path, statement: str) -> None:
    with create(tmp_path) as made:
        pass
    stranger = sqlite3.connect(made.path)
    stranger.execute(statement)
    stranger.commit()
    stranger.close()
    with pytest.raises(WorkspaceDamagedError):
        open_at(made.path)


def test_a_workspace_opened_for_reading_only_writes_nothing(tmp_path: Path) -> None:
    with create(tmp_path) as made, reopen(made, read_only=True) as window:
        with pytest.raises(InternalError), window.writing():
            raise AssertionError("unreachable")
        with window.reading() as db:
            db.exec_driver_sql("create temporary table t as select * from settings")
            assert db.exec_driver_sql("select count(*) from t").scalar() == 2
        with window.reading() as db, pytest.raises(sqlite.SQLAlchemyError):
            db.exec_driver_sql("select * from t")
        with pytest.raises(WorkspaceError), window.reading() as db:
            db.exec_driver_sql("delete from settings")


def test_the_log_is_moved_into_the_file_at_close(tmp_path: Path) -> None:
    with create(tmp_path) as made:
        with made.writing() as db:
            db.exec_driver_sql("insert into settings values ('a', '1')")
        assert made.path.with_name("w.writeback-wal").stat().st_size > 0
    assert not made.path.with_name("w.writeback-wal").exists()


def test_a_long_log_is_shortened_by_the_next_commit(tmp_path: Path) -> None:
    log = tmp_path / "ws" / "w.writeback-wal"
    with create(tmp_path) as made:
        with made.writing(durable=False) as db:
            db.exec_driver_sql("insert into settings values ('a', hex(zeroblob(9000000)))")
        assert log.stat().st_size == 0


def test_a_reader_that_needs_the_log_keeps_it_and_hinders_nobody(tmp_path: Path) -> None:
    log = tmp_path / "ws" / "w.writeback-wal"
    with create(tmp_path) as made:
        with made.reading() as reader:
            reader.exec_driver_sql("select * from settings").fetchall()
            for _ in range(3):
                with made.writing(durable=False) as db:
                    db.exec_driver_sql("replace into settings values ('a', hex(zeroblob(9000000)))")
            assert log.stat().st_size > 16 * 1024 * 1024
            assert reader.exec_driver_sql("select count(*) from settings where name = 'a'").scalar() == 0
        made.checkpoint()
        assert log.stat().st_size == 0


def test_a_write_inside_a_write_is_our_bug(tmp_path: Path) -> None:
    with create(tmp_path) as made, pytest.raises(InternalError) as caught, made.writing(), made.writing():
        raise AssertionError("unreachable")
    assert caught.value.code == "store.nested_write"


def test_an_error_inside_a_write_undoes_all_of_it_even_tables(tmp_path: Path) -> None:
    with create(tmp_path) as made:
        with pytest.raises(ZeroDivisionError), made.writing() as db:  # noqa: PT012  the block is the point
            db.exec_driver_sql("create table t (x)")
            db.exec_driver_sql("insert into settings values ('a', '1')")
            raise ZeroDivisionError
        with made.reading() as db:
            assert "t" not in inspect(db).get_table_names()
            assert db.exec_driver_sql("select count(*) from settings where name = 'a'").scalar() == 0


def test_no_foreign_exception_leaves_the_store(tmp_path: Path) -> None:
    with create(tmp_path) as made:
        for statement in ("select * from nothing", "insert into settings values (null, null)", "garbage"):
            with pytest.raises(InternalError), made.writing() as db:
                db.exec_driver_sql(statement)


# --- migrations -----------------------------------------------------------------------------------


def schema_of(db: sqlite.Connection) -> dict[tuple[str, str], list[str]]:
    """Give every table, index and trigger by its clauses; their order inside a table says nothing."""
    rows = db.exec_driver_sql("select type, name, sql from sqlite_master where sql is not null").fetchall()
    return {
        (kind, name): sorted(re.split(r",\s|\(\s|\s\)", " ".join(sql.split()))) for kind, name, sql in rows
    }


def test_the_migrations_make_what_the_metadata_says() -> None:
    made, migrated = (create_engine("sqlite://") for _ in range(2))
    with made.begin() as one, migrated.begin() as other:
        schema.metadata.create_all(one)
        sqlite.create_guards(one)
        migrations.upgrade(other, "head")
        wanted, found = schema_of(one), schema_of(other)
        version = found.pop(("table", "alembic_version"))
        assert any("version_num" in clause for clause in version)
        assert found == wanted
    made.dispose()
    migrated.dispose()


def test_head_is_the_newest_migration() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as db:
        scripts = ScriptDirectory.from_config(migrations.configured(db))
        assert scripts.get_current_head() == opening.HEAD
        assert {script.revision for script in scripts.walk_revisions()} == set(opening.REVISIONS)
    engine.dispose()


def test_an_older_workspace_is_migrated_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the migration does, it runs once, in one transaction, behind a backup."""
    path = tmp_path / "w"
    old = sqlite.open_file(path, mode="rwc")
    old.execute(f"pragma application_id = {sqlite.APPLICATION_ID}")
    old.execute("create table alembic_version (version_num varchar(32) not null)")
    old.execute("insert into alembic_version values ('0000')")
    old.close()
    monkeypatch.setattr(opening, "REVISIONS", ("0000", opening.HEAD))
    seen: list[str] = []
    monkeypatch.setattr(
        migrations, "upgrade", lambda db, revision: seen.append(f"{revision} {db.in_transaction()}")
    )
    with pytest.raises(WorkspaceError) as caught:
        opening.admit(path, now=FakeClock(), migrates=False)
    assert caught.value.code == "workspace.needs_migration"
    assert (seen, backups.all_of(path)) == ([], ())
    opening.admit(path, now=FakeClock(), migrates=True)
    assert seen == [f"{opening.HEAD} True"]
    assert [copy.name.partition("-")[2] for copy in backups.all_of(path)] == ["migration.writeback"]


def test_opening_a_current_workspace_never_imports_alembic(tmp_path: Path) -> None:
    with create(tmp_path) as made:
        pass
    script = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path;"
        "from writeback.store.workspace import Workspace;"
        "Workspace.open(Path(sys.argv[1]), now=lambda: datetime.now(UTC), new_id=str).close();"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(made.path)], check=True, timeout=60)


# --- backups --------------------------------------------------------------------------------------


def test_a_backup_holds_what_the_workspace_held_and_opens(tmp_path: Path) -> None:
    with create(tmp_path) as made:
        with made.writing() as db:
            db.exec_driver_sql("insert into settings values ('a', '1')")
        copy = backups.back_up(made.path, now=made.now(), reason="daily")
        with made.writing() as db:
            db.exec_driver_sql("delete from settings where name = 'a'")
    with open_at(copy) as restored, restored.reading() as db:
        assert db.exec_driver_sql("select value from settings where name = 'a'").scalar() == "1"
        assert restored.id == made.id


def test_seven_backups_are_kept_and_the_next_is_due_after_a_day(tmp_path: Path) -> None:
    clock = FakeClock()
    with create(tmp_path, clock) as made:
        assert backups.is_due(made.path, now=clock())
        for _ in range(9):
            clock.move(86_400)
            newest = backups.back_up(made.path, now=clock(), reason="daily")
        assert len(backups.all_of(made.path)) == 7
        assert backups.all_of(made.path)[-1] == newest
        assert not backups.is_due(made.path, now=clock())
        clock.move(86_400)
        assert backups.is_due(made.path, now=clock())


def test_a_backup_of_a_damaged_file_is_not_kept(tmp_path: Path) -> None:
    with create(tmp_path) as made, made.writing() as db:
        db.exec_driver_sql("insert into settings values ('a', hex(zeroblob(50000)))")
    content = bytearray(made.path.read_bytes())
    content[-3 * 4096 : -2 * 4096] = b"\xff" * 4096
    made.path.write_bytes(content)
    with pytest.raises(WorkspaceDamagedError):
        backups.back_up(made.path, now=made.now(), reason="daily")
    assert backups.all_of(made.path) == ()
    assert list(backups.folder_of(made.path).iterdir()) == []
