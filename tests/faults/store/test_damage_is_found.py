"""A flipped byte, a cut file, a full disk: found or harmless, and the file stays as it is (R10, R12)."""

import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.store.making import START, FakeClock, Ids, create
from writeback.errors import WorkspaceError
from writeback.model.events import EventKind
from writeback.store import audit, journal, settings, sqlite
from writeback.store.workspace import Workspace

pytestmark = pytest.mark.faults
OFFSETS = 60


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a closed workspace with something in it."""
    with create(tmp_path_factory.mktemp("whole")) as workspace:
        with workspace.writing() as db:
            for number in range(300):
                audit.append(db, at=START, act="job.submitted", body={"n": number, "text": "x" * 50})
                journal.note(db, at=START, kind=EventKind.JOB_CHANGED, subject=f"j{number}")
                settings.put(db, f"s{number}", "value" * 20)
        return workspace.path


def contents(path: Path) -> dict[str, list[object]]:
    """Read everything there is, as far as the workspace lets us."""
    with Workspace.open(path, now=FakeClock(), new_id=Ids()) as workspace, workspace.reading() as db:
        tables = [row[0] for row in sqlite.run(db, "select name from sqlite_master where type = 'table'")]
        return {
            table: [tuple(row) for row in sqlite.run(db, f"select * from {sqlite.quoted(table)}")]  # noqa: S608  quoted
            for table in tables
        }


def test_a_flipped_byte_is_found_or_harmless(whole: Path, tmp_path: Path) -> None:
    wanted = contents(whole)
    size = whole.stat().st_size
    found = changed = 0
    for number in range(OFFSETS):
        place = (
            (number * 104_729 + number // 2) % size if number >= 20 else number * 5
        )  # the header, then everywhere
        path = tmp_path / f"w{number}"
        damaged = bytearray(whole.read_bytes())
        damaged[place] ^= 1 << (number % 8)
        path.write_bytes(damaged)
        try:
            held = contents(path)
        except WorkspaceError:
            found += 1
            assert path.read_bytes() == damaged, "a refused file stays as it is"
            continue
        if held != wanted:  # a letter inside a text: no store without checksums can see that …
            changed += 1
            difference = {name for name in wanted if held.get(name) != wanted[name]}
            if "audit" in difference:  # … but the audit trail can
                with (
                    Workspace.open(path, now=FakeClock(), new_id=Ids()) as workspace,
                    workspace.reading() as db,
                ):
                    assert not audit.verify(db).is_whole
    assert found >= 10
    assert found + changed <= OFFSETS


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_file_is_refused_and_stays_as_it_is(whole: Path, tmp_path: Path, share: float) -> None:
    path = tmp_path / "w"
    path.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * share)])
    before = path.read_bytes()
    with pytest.raises(WorkspaceError):
        contents(path)
    assert path.read_bytes() == before


WRITER = """
import resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from writeback.errors import WorkspaceError
from writeback.store import settings
from writeback.store.workspace import Workspace

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails, as on a full disk
workspace = Workspace.open(Path(sys.argv[1]), now=lambda: datetime.now(UTC), new_id=str)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
done = -1
try:
    for number in range(400):
        with workspace.writing() as db:
            settings.put(db, "number", number)
            settings.put(db, f"big{number}", "x" * 3000)
        done = number
except WorkspaceError as error:
    print(done, error.code, flush=True)
else:
    print(done, "enough", flush=True)
import os
os._exit(0)
"""


@pytest.mark.parametrize("limit", [300_000, 340_000, 420_000, 560_000, 900_000])
def test_a_full_disk_stops_with_a_reason_and_the_state_is_whole(
    whole: Path, tmp_path: Path, limit: int
) -> None:
    path = tmp_path / "w"
    shutil.copy(whole, path)
    told = subprocess.run(
        [sys.executable, "-c", WRITER, str(path), str(limit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    done, code = told.stdout.split()
    assert code == "workspace.disk", told
    with Workspace.open(path, now=FakeClock(), new_id=Ids()) as workspace:
        with workspace.reading() as db:
            number = settings.get(db, "number")
            assert number == (None if done == "-1" else int(done))
            assert settings.get(db, f"big{int(done) + 1}") is None
            assert sqlite.problems(sqlite.driver(db), is_thorough=True) == ()
        with workspace.writing() as db:  # and it goes on when there is room again
            settings.put(db, "number", 1)


def test_the_limit_of_the_rig_is_a_real_one() -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    assert signal.SIGXFSZ
