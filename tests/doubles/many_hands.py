"""What a state machine of many hands stands on: one CRM, a workspace that may die, and a model of both.

The model is the simulator's applied-log, read in its order: it knows who wrote each value and what stood
there before. Every value that is edited is new in the world, so a value names the edit that it came from.
"""

import itertools
import json
import shutil
import sqlite3
import threading
from collections import Counter, abc
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.doubles.four_crms import CrmFacts, CrmRoom
from writeback.errors import InternalError
from writeback.model.jobs import Assurance
from writeback.model.types import AttributeType, JobId, RecordId
from writeback.runtime.runtime import Runtime
from writeback.settings import load
from writeback.transport import failpoints

Place = tuple[str, str]
"""A record's CRM key and a field."""
FINAL = ("done", "cancelled")


def stored(facts: CrmFacts, path: str, text: str | None) -> str | None:
    """Give what the CRM makes of a text: its automation rewrites one of the fields."""
    if text is None or path != facts.rewritten[0]:
        return text
    bare = text.lower().removeprefix("https://")
    return bare if facts.connector == "hubspot" else f"https://{bare}"


@dataclass
class Truth:
    """What each field of some records holds, by the log, and what may be written over what."""

    facts: CrmFacts
    fields: tuple[str, ...]
    held: dict[Place, str | None] = field(default_factory=dict)
    moved_at: dict[str, datetime] = field(default_factory=dict)
    """By record: when it was last written, whatever field."""
    writes: Counter[tuple[Place, str | None]] = field(default_factory=Counter)
    """How often we wrote a value."""
    allowed: dict[tuple[Place, str | None], set[str | None]] = field(default_factory=dict)
    """What somebody had seen when they asked for a value."""
    in_window: set[str | None] = field(default_factory=set)
    """Values of somebody who was faster between our compare and our write."""
    in_base_second: set[str | None] = field(default_factory=set)
    """Values of somebody who wrote in the very second in which the record had been written before."""
    overwritten_in_window: int = 0
    read: int = 0

    def take(self, entries: abc.Iterable[abc.Mapping[str, Any]], *, assurance: Assurance | None) -> None:
        """Go on along the log; whatever we wrote unseen ends the test here."""
        for entry in entries:
            self.read = int(entry["seq"])
            key, at = str(entry["id"]), datetime.fromisoformat(str(entry["at"]))
            before, self.moved_at[key] = self.moved_at.get(key), at
            is_foreign = entry["route"] == "foreign"
            for path in self.fields:
                place = key, path
                if path not in entry["fields"] or place not in self.held:
                    continue
                value = entry["fields"][path] or None
                if is_foreign and before is not None and _second(before) == _second(at):
                    self.in_base_second.add(value)
                if not is_foreign:
                    self._ours(place, value, assurance, str(entry["route"]))
                self.held[place] = value

    def _ours(self, place: Place, value: str | None, assurance: Assurance | None, route: str) -> None:
        self.writes[place, value] += 1
        before = self.held[place]
        if before in self.allowed.get((place, value), ()):
            return
        if before in self.in_window and self._is_declared(before, assurance):
            self.overwritten_in_window += 1
            return
        seen = sorted(map(str, self.allowed.get((place, value), ())))
        raise AssertionError(
            f"{value!r} was written by {route} at {assurance} over {before!r} at {place}, which nobody had "
            f"seen; seen: {seen}"
        )

    def _is_declared(self, before: str | None, assurance: Assurance | None) -> bool:
        """B has its window; Salesforce and Zoho compare versions to the second, and say so."""
        if assurance is not Assurance.A:
            return True
        return self.facts.connector in ("salesforce", "zoho") and before in self.in_base_second


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


class Death:
    """Stands in for an armed failpoint: at its place the workspace is kept as it is, and nothing goes on."""

    nth = 0

    def __init__(self, name: str, workspace: Path, image: Path) -> None:
        self._point, self._workspace, self._image = name, workspace, image
        self._asking = threading.local()
        self.is_dead = False
        self.reached = threading.Event()
        self._lock = threading.Lock()

    @property
    def name(self) -> "Death":
        return self

    @property
    def visits(self) -> "Death":
        return self

    def __eq__(self, other: object) -> bool:
        self._asking.point = str(other)
        return True

    __hash__ = None  # type: ignore[assignment]  it equals every name, so it can have no hash

    def __next__(self) -> int:
        return 0 if self.is_dead or self._asking.point == self._point else 1

    def act(self, name: str) -> None:
        with self._lock:
            if not self.is_dead:
                copy_workspace(self._workspace, self._image)
                self.is_dead = True
        raise InternalError("failpoint.raised", name=name)


def copy_workspace(source: Path, target: Path) -> None:
    """Copy what is committed; nobody holds a lease in the copy any more."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as made:
        held.backup(made)
        made.execute("pragma journal_mode = wal")
        made.execute("update batches set lease_until = '2000-01-01T00:00:00.000000Z' where owner is not null")
        made.commit()
    target.chmod(0o600)


@dataclass
class Hands:
    """One workspace at work, and the model of what it may do."""

    room: CrmRoom
    folder: Path
    template: Path
    fields: tuple[str, ...]
    rids: tuple[RecordId, ...]
    runtime: Runtime
    path: Path
    truth: Truth
    tokens: abc.Iterator[int]
    lives: int = 1
    doubtful: set[JobId] = field(default_factory=set)
    """Jobs that lost an answer or a process: what they are told to be in conflict with may be theirs."""

    @classmethod
    def begin(cls, room: CrmRoom, template: Path, folder: Path, tokens: abc.Iterator[int]) -> "Hands":
        facts = room.facts
        fields = (facts.fields[AttributeType.TEXT], facts.fields[AttributeType.LONG_TEXT], facts.rewritten[0])
        path = folder / "life1.writeback"
        copy_workspace(template, path)
        runtime = Runtime.open(path, settings=load({}))
        rids = tuple(one.id for one in runtime.told.records("account", limit=3).records)
        hands = cls(room, folder, template, fields, rids, runtime, path, Truth(facts, fields), tokens)
        hands.truth.read = len(room.running.crm.applied)
        for rid in rids:
            for name, value in room.held(rid, *fields).items():
                hands.truth.held[room.key(rid), name] = value or None
        hands.pull(full=True)
        return hands

    def place(self, rid: RecordId, path: str) -> Place:
        return self.room.key(rid), path

    def token(self, path: str) -> str:
        number = next(self.tokens)
        return f"V{number}.Example" if path == self.room.facts.rewritten[0] else f"value {number}"

    def pull(self, *, full: bool) -> None:
        self.runtime.pull("i1", full=full, act=self.runtime.new_id())

    def view(self, rid: RecordId) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give what the workspace says the CRM holds, and how edits stand."""
        view = self.runtime.told.record(rid)
        names = [one.attribute.name for one in view.attributes]
        values = dict(zip(names, view.row.values, strict=True))
        return {path: values[path.casefold()] or None for path in self.fields}, dict(view.row.marks)

    def confirmed(self, rid: RecordId) -> dict[str, Any]:
        return self.view(rid)[0]

    def mark(self, rid: RecordId, path: str) -> Any:
        return self.view(rid)[1].get(path.casefold())

    def has_drafts(self) -> bool:
        with closing(sqlite3.connect(self.path)) as db:
            return bool(db.execute("select 1 from drafts where change_set_id is null limit 1").fetchone())

    def allow(self, rid: RecordId, path: str, text: str | None, seen: abc.Iterable[str | None]) -> None:
        """Somebody asks for a value and sees these."""
        place = self.place(rid, path)
        key = place, stored(self.room.facts, path, text)
        self.truth.allowed.setdefault(key, set()).update(value or None for value in seen)

    def look(self, *, assurance: Assurance | None = None) -> None:
        """Read the log on."""
        entries = self.room.running.crm.applied.entries(after=self.truth.read)
        self.truth.take(entries, assurance=assurance)

    def run(self, jobs: abc.Sequence[JobId]) -> None:
        self.runtime.run_until_final(jobs)

    def open_jobs(self) -> list[JobId]:
        return [job.id for job in self.runtime.told.jobs(limit=1000) if job.state.value not in FINAL]

    def die(self, point: str, jobs: abc.Sequence[JobId]) -> bool:
        """Work until a failpoint, end there, and open what was committed; False where it never came by."""
        self.lives += 1
        image = self.folder / f"life{self.lives}.writeback"
        death = Death(point, self.path, image)
        failpoints._armed = death  # noqa: SLF001  the rig's own kind of death
        try:
            self.run(jobs)
        finally:
            failpoints._armed = None  # noqa: SLF001  the rig disarms what it armed
        if not death.is_dead:
            return False
        self.runtime.close()
        self.path = image
        self.runtime = Runtime.open(image, settings=load({}))
        return True

    def ends(self, job: JobId) -> abc.Iterator[tuple[str, str, dict[str, str | None]]]:
        """Give a job's rows: key, outcome, what was wished by field."""
        for key, outcome, wished, _ in self.olds(job):
            yield key, outcome, wished

    def olds(self, job: JobId) -> abc.Iterator[tuple[str, str, dict[str, str | None], dict[str, Any]]]:
        """Give a job's rows, with what stood there before by field."""
        with closing(sqlite3.connect(self.path)) as db:
            rows = db.execute(_ROWS, (job,)).fetchall()
        for key, outcome, new, old, columns in rows:
            names = [column["field"] for column in json.loads(columns)]
            wished = dict(zip(names, json.loads(new), strict=True))
            before = dict(zip(names, json.loads(old), strict=True))
            yield key, outcome, {name: text for name, text in wished.items() if text != {}}, before

    def audit(
        self,
        job: JobId,
        before: Counter[tuple[Place, str | None]],
        began: Counter[tuple[Place, str | None]] | None = None,
    ) -> None:
        """Hold what a job is told to have done against the log.

        Args:
            job: It is over.
            before: What was written before it was seen through to its end.
            began: What was written before it began, where some of its batches went while others waited.
        """
        for key, outcome, wished in self.ends(job):
            for path, text in wished.items():
                value = stored(self.room.facts, path, text)
                place = key, path
                times = self.truth.writes[place, value] - before[place, value]
                told = (job, key, path, value, outcome, times)
                assert times <= 1, told
                if outcome == "applied":
                    since = before if began is None else began
                    assert times == 1 or self.truth.writes[place, value] > since[place, value], told
                elif outcome not in ("unknown", "open") and job not in self.doubtful:
                    assert times == 0, told

    def close(self) -> None:
        self.runtime.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def tokens() -> abc.Iterator[int]:
    return itertools.count(1)


_ROWS = (
    "select w.record_id, coalesce(o.outcome, b.outcome, 'open'), w.new, w.old, j.columns "
    "from writes w join jobs j on j.id = w.job_id "
    "left join batches b on b.job_id = w.job_id and w.seq between b.first_seq and b.last_seq "
    "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq where w.job_id = ?"
)
