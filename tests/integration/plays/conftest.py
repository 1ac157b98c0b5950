"""One CRM whose accounts plays change, a clock that stands still, and plays written in a line."""

import shutil
from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.doubles.four_crms import crm_room
from writeback.model.changes import Origin
from writeback.model.people import Person
from writeback.model.plays import Play, PlayGuards, PlayMode, PlayRow, PlayRun, PlayTrigger, TriggerKind
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.runtime import Runtime
from writeback.sdk.simulator import Running
from writeback.settings import load
from writeback.store import drafts, people
from writeback.store.play_texts import step_from_plain

ROWS = 60
START = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
SITE, NOTES, SEATS = "site", "description", "numberofemployees"


Prepared = tuple[Path, Running, abc.Iterator[RecordId]]


@dataclass
class PlayRoom:
    """A workspace of one CRM."""

    runtime: Runtime
    running: Running
    unused: abc.Iterator[RecordId]
    at: datetime = START
    seen: int = 0

    def __post_init__(self) -> None:
        self.runtime.workspace.now = lambda: self.at
        self.seen = len(self.running.crm.applied)

    def records(self, count: int) -> list[RecordId]:
        """Give some records that no other test touched, in their order."""
        return sorted(next(self.unused) for _ in range(count))

    def save(
        self,
        name: str,
        *steps: abc.Mapping[str, object],
        trigger: PlayTrigger | None = None,
        when: str = "",
        mode: PlayMode = PlayMode.DRAFTS,
        guards: PlayGuards | None = None,
        is_on: bool = False,
    ) -> Play:
        play = Play(
            name,
            "account",
            trigger or PlayTrigger(),
            tuple(step_from_plain(one) for one in steps),
            when,
            mode,
            guards=guards or PlayGuards(),
        )
        made = self.runtime.save_play(play, author="ana", act=self.runtime.new_id())
        if is_on:
            self.switch(name)
        return made

    def switch(self, name: str, *, is_on: bool = True) -> None:
        self.runtime.switch_play(name, is_on=is_on, author="ana", act=self.runtime.new_id())

    def look(self) -> int:
        """Let plays look, as a worker does, and do what jobs came of it."""
        running = self.runtime.play_running
        found = running.resume() + running.look()
        self.work()
        return found

    def work(self) -> None:
        """Work on all jobs until none goes further."""
        self.runtime.run_until_final([one.id for one in self.runtime.told.jobs(limit=50)])

    def set(self, field: str, text: str, *rids: RecordId) -> None:
        """Change values as somebody does in the CRM, and pull."""
        for rid in rids:
            self.running.crm.edit("Account", rid.partition(":")[2], {field: text})
        self.pull()

    def pull(self) -> None:
        (integration,) = self.runtime.told.integrations()
        self.runtime.pull(integration.id, act=self.runtime.new_id())

    def type(self, attribute: str, text: str, *rids: RecordId) -> None:
        """Type edits that wait."""
        edits = tuple(Edit(rid, attribute, text) for rid in rids)
        self.runtime.save_edits(edits, origin=Origin.SEGMENT, author="eva", act=self.runtime.new_id())

    def runs(self, play: str = "") -> list[PlayRun]:
        """Give the runs, the first one first."""
        return list(reversed(self.runtime.plays.runs(play=play)))

    def rows(self, run: PlayRun) -> dict[RecordId, PlayRow]:
        return {one.record: one for one in self.runtime.plays.rows(run.number)}

    def drafts(self) -> dict[tuple[RecordId, str], str]:
        """Give what waits: value and origin."""
        with self.runtime.workspace.reading() as db:
            found = drafts.waiting(db)[0]
        return {(one.change.record, one.change.attribute): str(one.change.new) for one in found}

    def history(self, rid: RecordId, attribute: str) -> tuple[HistoryEntry, ...]:
        """Give what happened to a value, newest first."""
        record = self.runtime.told.find_record(rid)
        return self.runtime.told.history(record, attribute=attribute, limit=50)

    def sent(self) -> list[dict[str, object]]:
        """Give what the CRM took from us since the test began."""
        return [one for one in self.running.crm.applied.entries(after=self.seen) if one["route"] != "foreign"]

    def later(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Prepared]:
    """A workspace to copy, and its CRM."""
    with crm_room(tmp_path_factory.mktemp("plays"), "salesforce", rows=ROWS) as room:
        with room.runtime.workspace.writing() as db:
            team = [
                Person("ana@acme.test", "Ana"),
                Person("ben@acme.test", "Ben"),
                Person("old@acme.test", "Old"),
            ]
            people.add_people(db, team, at=START)
        room.runtime.workspace.checkpoint()
        found = room.runtime.told.records("account", limit=ROWS).records
        yield room.runtime.workspace.path, room.running, iter([one.id for one in found])


@pytest.fixture
def room(tmp_path: Path, prepared: Prepared) -> abc.Iterator[PlayRoom]:
    path, running, unused = prepared
    (tmp_path / "w").mkdir(mode=0o700)
    copied = tmp_path / "w" / "w.writeback"
    shutil.copy2(path, copied)
    with Runtime.open(copied, settings=load({}), author="ana") as runtime:
        made = PlayRoom(runtime, running, unused)
        made.pull()
        yield made


def enters(segment: str) -> PlayTrigger:
    return PlayTrigger(TriggerKind.ENTERS, segment)


def leaves(segment: str) -> PlayTrigger:
    return PlayTrigger(TriggerKind.LEAVES, segment)
