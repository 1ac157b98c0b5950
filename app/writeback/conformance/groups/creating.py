"""Checks on records that are made: once, by a field that the CRM keeps unique, and never over another."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Self

from writeback.conformance.benches import Bench, needs_route, told
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.quality import Quality
from writeback.conformance.rooms import Room, own_entries
from writeback.conformance.stages import Stage
from writeback.errors import ContractBrokenError, OutcomeUnknownError, RefusedError
from writeback.model.jobs import JobState, Outcome, Result, Route
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import CreatesRecords
from writeback.sdk.connector import FieldWish, Prepared, ReadQuery, Session, Write, WriteRequest
from writeback.sdk.values import FieldInfo, ObjectDescription

EXISTS = "create.exists"
_TEXTS = (AttributeType.TEXT, AttributeType.LONG_TEXT)


@check(Tier.GOLD)
def create_keys_are_unique_and_can_be_set(stage: Stage) -> None:
    """Each field that records are made by is described as unique and settable, and finds a record."""
    bench = stage.shared
    for name in _able(bench.session).create_keys(bench.name):
        info = bench.describe().field(name)
        expect(info is not None, f"{name} is not described")
        if info is not None:
            expect(info.is_unique and info.is_createable, f"{name} is not unique, or cannot be set")
            _finds(bench, info)


@check(Tier.GOLD)
def record_is_made_once(stage: Stage) -> None:
    """A record that is said to be made was made, once, with what was asked, under the id that is told."""
    with stage.bench() as bench:
        for route in _routes(stage):
            before = len(bench.applied())
            value = _new(bench).value(f"once-{route.value}")
            (result,) = _send(bench, _new(bench).write(value, "Maple"), route=route)
            expect(result.outcome is Outcome.APPLIED, f"{route.value}: {told(result)}")
            entries = bench.applied()[before:]
            made = [(str(one["id"]), str(one["operation"])) for one in entries]
            expect(len(made) == 1 and made[0][1] == "create", f"{route.value}: the CRM did {made}")
            held = _held(bench, value)
            expect(held == [(made[0][0], "Maple")], f"{value} leads to {held}, not to what was made")
            expect(result.record_id == made[0][0], f"{made[0][0]} was made, {result.record_id} is told")


@check(Tier.GOLD)
def record_that_is_there_is_left_alone(stage: Stage) -> None:
    """A record whose value is there already is a conflict, and the one that is there stays as it is."""
    with stage.bench() as bench:
        for route in _routes(stage):
            value = _new(bench).value(f"there-{route.value}")
            _send(bench, _new(bench).write(value, "First"), route=route)
            before = len(bench.applied())
            (result,) = _send(bench, _new(bench).write(value, "Second"), route=route)
            is_told = result.outcome is Outcome.CONFLICT and result.code == EXISTS
            expect(is_told and not result.again, f"{route.value}: {told(result)}")
            names = [title for _, title in _held(bench, value)]
            expect(names == ["First"], f"{value} leads to {names}")
            expect(len(bench.applied()) == before, "something was written")


@check(Tier.GOLD)
def batch_of_new_records_tells_of_each(stage: Stage) -> None:
    """Of new records one that is there ends for itself, or the batch is refused whole and makes none."""
    needs_route(stage.subject, Route.BATCH)
    with stage.bench() as bench:
        values = [_new(bench).value(f"batch-{place}") for place in range(3)]
        _send(bench, _new(bench).write(values[1], "First"), route=Route.BATCH)
        writes = [_new(bench).write(value, "New") for value in values]
        before = len(bench.applied())
        try:
            results = _send(bench, *writes, route=Route.BATCH)
        except RefusedError:
            expect(len(bench.applied()) == before, "it was refused whole, and some were made")
            return
        found = [(one.key, one.outcome.value) for one in results]
        outcomes = zip(writes, ("applied", "conflict", "applied"), strict=True)
        expect(found == [(write.key, outcome) for write, outcome in outcomes], f"the batch tells {found}")
        for result, value in zip(results, values, strict=True):
            title = "First" if result.code == EXISTS else "New"
            held = _held(bench, value)
            expect([one[1] for one in held] == [title], f"{value} leads to {held}")
            expect(result.code == EXISTS or held[0][0] == result.record_id, "another id is told")


@check(Tier.GOLD)
def lost_answer_of_a_create_is_found_by_its_key(stage: Stage) -> None:
    """A create whose answer was lost is unknown; its key finds what was made, and none is made twice."""
    with stage.bench() as bench:
        for kind, times in (("cut_after", 1), ("cut_before", 0)):
            value = _new(bench).value(kind.replace("_", "-"))
            prepared = bench.session.prepare(_new(bench).request(_new(bench).write(value, "Maple")))
            before = len(bench.applied())
            _must_be_lost(bench, prepared, kind)
            expect(len(bench.applied()) == before + times, f"{kind}: sent more than once")
            held = _held(bench, value)
            expect(len(held) == times, f"{kind}: {value} leads to {held}")
            (again,) = bench.session.write(prepared).results
            expected = Outcome.CONFLICT if times else Outcome.APPLIED
            expect(again.outcome is expected, f"{kind}, sent again: {told(again)}")
            expect(len(_held(bench, value)) == 1, f"{kind}: it was made twice")


@check(Tier.GOLD)
def without_a_key_nothing_is_made(stage: Stage) -> None:
    """A record without a value for its key, or with two, is refused before anything is sent."""
    with stage.bench() as bench:
        good = _new(bench).write(_new(bench).value("key"), "Maple")
        twice = FieldWish(_new(bench).key.name, AttributeType.TEXT, _new(bench).value("other"))
        for bad in (Write("k", " ", None, good.fields), Write("k", "", None, good.fields)):
            _must_not_be_prepared(bench, bad)
        _must_not_be_prepared(bench, Write("k", good.record_id, None, (*good.fields, twice)))
        expect(not bench.applied(), "something was made")


@check(Tier.PLATINUM)
def lost_creates_of_a_job_are_resolved(stage: Stage) -> None:
    """R6: a job that makes records loses an answer and a request: none is made twice, none is missing."""
    _able(stage.shared.session)
    with Room(stage) as room:
        session = room.runtime.sessions.open(room.connection.id)
        new = _New.of(session, session.describe(stage.subject.quality.probe.object), stage.subject.quality)
        values = [new.value(f"job-{place}") for place in range(3)]
        job = room.submit_new([new.texts(value, "Maple") for value in values], new.key.name, Route.SINGLE)
        prepared = session.prepare(new.request(new.write(values[0], "Maple")))
        for kind in ("cut_after", "cut_before"):
            room.fault(kind, method=prepared.method, path=f"{re.escape(prepared.path)}$")
        view = room.run(job)
        expect(not room.armed(), "no create came by: the faults befell nothing")
        is_done = view.state is JobState.DONE and view.counts.applied == len(values)
        expect(is_done, f"the job is {view.state.value}, {view.counts.applied} rows are applied")
        made = Counter(str(one["id"]) for one in own_entries(room.running) if one["operation"] == "create")
        expect(sorted(made.values()) == [1] * len(values), f"made were {sorted(made.values())}")
        held = {value: [key for key, _ in new.held(session, value)] for value in values}
        is_found = sorted(held.values()) == sorted([key] for key in made)
        expect(is_found, f"the keys lead to {held}")
        room.must_have_intents()


def _must_not_be_prepared(bench: Bench, write: Write) -> None:
    try:
        bench.session.prepare(_new(bench).request(write))
    except ContractBrokenError:
        return
    expect(holds=False, found=f"a record with the key {write.record_id!r} was prepared")


def _must_be_lost(bench: Bench, prepared: Prepared, kind: str) -> None:
    bench.arm(kind, method=prepared.method, path=re.escape(prepared.path))
    try:
        results = bench.session.write(prepared).results
    except OutcomeUnknownError:
        bench.calm()
        return
    expect(holds=False, found=f"{kind}: it is told as {told(results[0])}")


def _able(session: Session) -> CreatesRecords:
    if not isinstance(session, CreatesRecords):
        raise NotApplicableError("CreatesRecords is not claimed")
    return session


@dataclass(frozen=True, slots=True)
class _New:
    """How records of one object are made: the first field they are made by, and what else they need."""

    description: ObjectDescription
    key: FieldInfo
    needed: tuple[str, ...]

    @classmethod
    def of(cls, session: Session, description: ObjectDescription, quality: Quality) -> Self:
        """Ask a session; raises as `Quality.lacking` says, or NotApplicableError where it makes none."""
        keys = _able(session).create_keys(description.name)
        key = description.field(keys[0]) if keys else None
        if key is None:
            raise quality.lacking("create_key")
        title = description.field(description.name_field)
        if title is None or not title.is_createable:
            raise quality.lacking("create_name")
        needed = [info for info in description.fields if info.is_required and info != key]
        if any(info.kind not in _TEXTS for info in needed):
            raise quality.lacking("create_fields")
        return cls(description, key, tuple(dict.fromkeys((*(info.name for info in needed), title.name))))

    def value(self, text: str) -> str:
        """Give a value that no record has, in the form of the key's type."""
        forms = {AttributeType.EMAIL: f"{text}@x.example", AttributeType.URL: f"https://{text}.example/"}
        return forms.get(self.key.kind or AttributeType.TEXT, text)

    def texts(self, value: str, title: str) -> dict[str, str]:
        """Give all fields of a new record, its key first."""
        others = dict.fromkeys(self.needed, "needed") | {self.description.name_field: title}
        return {self.key.name: value, **{n: text for n, text in others.items() if n != self.key.name}}

    def write(self, value: str, title: str) -> Write:
        """Make a new record."""
        texts = self.texts(value, title)
        del texts[self.key.name]
        wishes = tuple(FieldWish(name, AttributeType.TEXT, text) for name, text in texts.items())
        return Write(f"new:{value}", value, None, wishes)

    def request(self, *writes: Write, route: Route = Route.SINGLE) -> WriteRequest:
        """Make a request of new records."""
        name, by = self.description.name, self.key.name
        return WriteRequest(name, writes, route, is_conditional=False, creates_by=by)

    def held(self, session: Session, value: str) -> list[tuple[str, Value]]:
        """Give id and name of every record that the key leads to."""
        paths = (self.description.name_field,)
        page = session.fetch(self.description.name, by=self.key.name, keys=[value], paths=paths)
        return [(row[0], row[2][1]) for row in page.rows]


def _new(bench: Bench) -> _New:
    return _New.of(bench.session, bench.describe(), bench.subject.quality)


def _held(bench: Bench, value: str) -> list[tuple[str, Value]]:
    return _new(bench).held(bench.session, value)


def _send(bench: Bench, *writes: Write, route: Route) -> tuple[Result, ...]:
    request = _new(bench).request(*writes, route=route)
    return bench.session.write(bench.session.prepare(request)).results


def _routes(stage: Stage) -> list[Route]:
    facts = stage.subject.manifest.routes
    return [route for route in (Route.SINGLE, Route.BATCH) if facts.facts_of(route) is not None]


def _finds(bench: Bench, info: FieldInfo) -> None:
    """Hold that a record is found by its own value, if any record has one."""
    query = ReadQuery(bench.name, (info.name,), limit=20)
    rows = [row for page in bench.session.read(query) for row in page.rows if row[2][0]]
    for record_id, _version, (value, *_) in rows[:1]:
        found = bench.session.fetch(bench.name, by=info.name, keys=[str(value)], paths=())
        expect([row[0] for row in found.rows] == [record_id], f"{info.name} {value} leads elsewhere")


CHECKS = checks_in(globals())
