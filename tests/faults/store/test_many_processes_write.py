"""Several processes on one workspace: nobody is told of locks, nothing is lost (R11, RELIABILITY §7)."""

import multiprocessing
import os
import signal
import sqlite3
import time
from collections import abc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.store.making import create
from writeback.errors import WorkspaceBusyError
from writeback.store import settings, sqlite
from writeback.store.locking import WriteLock
from writeback.store.workspace import Workspace

pytestmark = pytest.mark.faults
SPAWN = multiprocessing.get_context("spawn")
SECONDS = 8.0


def now() -> datetime:
    return datetime.now(UTC)


def opened(path: Path) -> Workspace:
    return Workspace.open(path, now=now, new_id=lambda: os.urandom(8).hex())


def write_and_read(path: Path, name: str, seconds: float, told: Any) -> None:
    """Read before writing, as a transaction that begins late would not survive."""
    done, longest, until = 0, 0.0, time.monotonic() + seconds
    with opened(path) as workspace:
        while time.monotonic() < until:
            asked = time.monotonic()
            with workspace.writing() as db:
                longest = max(longest, time.monotonic() - asked)
                settings.next_number(db, "all")
                settings.next_number(db, name)
            with workspace.reading() as db:
                settings.get(db, "all")
            done += 1
            if done % 50 == 0:
                workspace.checkpoint()
    told.put((name, done, longest))


def start(target: abc.Callable[..., None], *args: object) -> Any:
    process = SPAWN.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def test_four_processes_write_and_checkpoint_without_one_refusal(tmp_path: Path) -> None:
    with create(tmp_path) as workspace:
        told = SPAWN.Queue()
        writers = [start(write_and_read, workspace.path, f"p{n}", SECONDS, told) for n in range(4)]
        results = [told.get(timeout=60) for _ in writers]
        for writer in writers:
            writer.join(60)
        assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
        with workspace.reading() as db:
            assert settings.get(db, "all") == sum(done for _, done, _ in results)
            assert {name: settings.get(db, name) for name, _, _ in results} == {n: d for n, d, _ in results}
            assert sqlite.problems(sqlite.driver(db), is_thorough=True) == ()
        counts = [done for _, done, _ in results]
        assert min(counts) * 5 > max(counts), f"somebody starved: {results}"


def write_until_killed(path: Path, told: Any) -> None:
    with opened(path) as workspace:
        while True:
            with workspace.writing() as db:
                number = settings.next_number(db, "one")
                db.exec_driver_sql(
                    "insert into journal (at, kind, subject) values ('', 'x', ?)", (str(number),)
                )
                db.exec_driver_sql("replace into settings values ('other', ?)", (str(number),))
            told.send(number)


LATER = [pytest.param(wait, marks=pytest.mark.nightly) for wait in (0.003, 0.011, 0.02, 0.1)]


@pytest.mark.parametrize("wait", [0.0, 0.047, *LATER])
def test_a_killed_writer_leaves_whole_commits_and_no_lock(tmp_path: Path, wait: float) -> None:
    with create(tmp_path) as workspace:
        ours, theirs = SPAWN.Pipe(duplex=False)
        writer = start(write_until_killed, workspace.path, theirs)
        told = ours.recv()
        time.sleep(wait)  # where the kill falls is the point
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(10)
        while ours.poll():
            try:
                told = ours.recv()
            except EOFError:
                break
        window = Workspace.open(workspace.path, now=now, new_id=str, read_only=True)
        with window, window.reading() as db:  # before any writer has recovered the log
            one, other = settings.get(db, "one"), settings.get(db, "other")
            noted = db.exec_driver_sql("select count(*) from journal").scalar()
            assert one == other == noted
            assert int(str(one)) >= told, "what was committed is there"
        asked = time.monotonic()
        with workspace.writing() as db:
            settings.next_number(db, "one")
        assert time.monotonic() - asked < 2


def test_a_window_opens_for_reading_after_the_only_writer_was_killed(tmp_path: Path) -> None:
    with create(tmp_path) as workspace:
        path = workspace.path
    ours, theirs = SPAWN.Pipe(duplex=False)
    writer = start(write_until_killed, path, theirs)
    told = ours.recv()
    os.kill(writer.pid, signal.SIGKILL)
    writer.join(10)
    assert path.with_name("w.writeback-wal").stat().st_size > 0
    window = Workspace.open(path, now=now, new_id=str, read_only=True)
    with window, window.reading() as db:
        assert int(str(settings.get(db, "one"))) >= told


def hold_the_lock(path: Path, told: Any) -> None:
    with WriteLock(path).held():
        told.send("held")
        time.sleep(60)


def test_a_commit_waits_for_a_checkpoint_of_another_process(tmp_path: Path) -> None:
    """Whoever checkpoints holds the lock: a commit attempted meanwhile waits, and then goes through."""
    with create(tmp_path) as workspace:
        ours, theirs = SPAWN.Pipe(duplex=False)
        other = start(hold_the_lock, workspace.path, theirs)
        assert ours.recv() == "held"
        impatient = WriteLock(workspace.path, wait_s=0.3)
        with pytest.raises(WorkspaceBusyError), impatient.held():
            raise AssertionError("unreachable")
        os.kill(other.pid, signal.SIGKILL)
        other.join(10)
        with workspace.writing() as db:
            settings.put(db, "a", 1)


def test_every_checkpoint_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def watched(connection: sqlite3.Connection) -> bool:
        rival = WriteLock(path, wait_s=0.05)
        try:
            with rival.held():
                seen.append(False)
        except WorkspaceBusyError:
            seen.append(True)
        return truncate(connection)

    truncate = sqlite.truncate_log
    monkeypatch.setattr(sqlite, "truncate_log", watched)
    with create(tmp_path) as workspace:
        path = workspace.path
        workspace.checkpoint()
        with workspace.writing() as db:
            db.exec_driver_sql("insert into settings values ('a', hex(zeroblob(9000000)))")
    assert seen == [True, True, True]


def test_no_connection_of_ours_checkpoints_by_itself(tmp_path: Path) -> None:
    with create(tmp_path) as workspace:
        with workspace.writing() as db:
            assert sqlite.run(db, "pragma wal_autocheckpoint").fetchone() == (0,)
            assert sqlite.run(db, "pragma synchronous").fetchone() == (2,)
            assert sqlite.run(db, "pragma journal_mode").fetchone() == ("wal",)
        with workspace.writing(durable=False) as db:
            assert sqlite.run(db, "pragma synchronous").fetchone() == (1,)
        with workspace.reading() as db:
            assert sqlite.run(db, "pragma wal_autocheckpoint").fetchone() == (0,)
            for pragma, value in (("foreign_keys", 1), ("trusted_schema", 0), ("query_only", 0)):
                assert sqlite.run(db, f"pragma {pragma}").fetchone() == (value,)


def hold_the_lock_often(path: Path, told: Any) -> None:
    lock = WriteLock(path)
    told.send("ready")
    for _ in range(200):
        with lock.held():
            time.sleep(0.02)


def test_a_busy_writer_lets_others_in_between_its_slices(tmp_path: Path) -> None:
    with create(tmp_path) as workspace:
        ours, theirs = SPAWN.Pipe(duplex=False)
        other = start(hold_the_lock_often, workspace.path, theirs)
        ours.recv()
        waits = []
        for _ in range(20):
            asked = time.monotonic()
            with workspace.writing() as db:
                settings.next_number(db, "n")
            waits.append(time.monotonic() - asked)
        assert other.is_alive(), "the other one was done: nothing was proved"
        other.kill()
        other.join(10)
        assert sorted(waits)[10] < 0.2
