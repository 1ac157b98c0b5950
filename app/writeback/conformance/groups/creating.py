"""Checks on records that are made: once, by a field that the CRM keeps unique, and never over another."""

import re

from writeback.conformance.benches import Bench, needs_route, told
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.stages import Stage
from writeback.errors import ContractBrokenError, OutcomeUnknownError, RefusedError
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import CreatesRecords
from writeback.sdk.connector import FieldWish, Prepared, ReadQuery, Write, WriteRequest
from writeback.sdk.values import FieldInfo

EXISTS = "create.exists"
_TEXTS = (AttributeType.TEXT, AttributeType.LONG_TEXT)


@check(Tier.GOLD)
def create_keys_are_unique_and_can_be_set(stage: Stage) -> None:
    """Each field that records are made by is described as unique and settable, and finds a record."""
    bench = stage.shared
    for name in _able(bench).create_keys(bench.name):
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
            value = _value(bench, f"once-{route.value}")
            (result,) = _send(bench, _write(bench, value, "Maple"), route=route)
            expect(result.outcome is Outcome.APPLIED, f"{route.value}: {told(result)}")
            entries = bench.applied()[before:]
            made = [(str(one["id"]), str(one["operation"])) for one in entries]
            expect(len(made) == 1 and made[0][1] == "create", f"{route.value}: the CRM did {made}")
            expect(_held(bench, value) == [(made[0][0], "Maple")], f"{value} does not lead to what was made")
            expect(result.record_id == made[0][0], f"{made[0][0]} was made, {result.record_id} is told")


@check(Tier.GOLD)
def record_that_is_there_is_left_alone(stage: Stage) -> None:
    """A record whose value is there already is a conflict, and the one that is there stays as it is."""
    with stage.bench() as bench:
        for route in _routes(stage):
            value = _value(bench, f"there-{route.value}")
            _send(bench, _write(bench, value, "First"), route=route)
            before = len(bench.applied())
            (result,) = _send(bench, _write(bench, value, "Second"), route=route)
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
        values = [_value(bench, f"batch-{place}") for place in range(3)]
        _send(bench, _write(bench, values[1], "First"), route=Route.BATCH)
        writes = [_write(bench, value, "New") for value in values]
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
            value = _value(bench, kind.replace("_", "-"))
            prepared = bench.session.prepare(_request(bench, _write(bench, value, "Maple")))
            before = len(bench.applied())
            _must_be_lost(bench, prepared, kind)
            expect(len(bench.applied()) == before + times, f"{kind}: sent more than once")
            expect(len(_held(bench, value)) == times, f"{kind}: {value} leads to {_held(bench, value)}")
            (again,) = bench.session.write(prepared).results
            expected = Outcome.CONFLICT if times else Outcome.APPLIED
            expect(again.outcome is expected, f"{kind}, sent again: {told(again)}")
            expect(len(_held(bench, value)) == 1, f"{kind}: it was made twice")


@check(Tier.GOLD)
def without_a_key_nothing_is_made(stage: Stage) -> None:
    """A record without a value for its key, or with two, is refused before anything is sent."""
    with stage.bench() as bench:
        good = _write(bench, _value(bench, "key"), "Maple")
        twice = FieldWish(_key(bench).name, AttributeType.TEXT, _value(bench, "other"))
        for bad in (Write("k", " ", None, good.fields), Write("k", "", None, good.fields)):
            _must_not_be_prepared(bench, bad)
        _must_not_be_prepared(bench, Write("k", good.record_id, None, (*good.fields, twice)))
        expect(not bench.applied(), "something was made")


def _must_not_be_prepared(bench: Bench, write: Write) -> None:
    try:
        bench.session.prepare(_request(bench, write))
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


def _able(bench: Bench) -> CreatesRecords:
    if not isinstance(bench.session, CreatesRecords):
        raise NotApplicableError("CreatesRecords is not claimed")
    return bench.session


def _key(bench: Bench) -> FieldInfo:
    """Give the first field that records of the probe's object are made by."""
    keys = _able(bench).create_keys(bench.name)
    found = bench.describe().field(keys[0]) if keys else None
    if found is None:
        raise bench.subject.quality.lacking("create_key")
    return found


def _value(bench: Bench, text: str) -> str:
    """Give a value that no record has, in the form of the key's type."""
    forms = {AttributeType.EMAIL: f"{text}@x.example", AttributeType.URL: f"https://{text}.example/"}
    kind = _key(bench).kind
    return forms.get(kind, text) if kind is not None else text


def _write(bench: Bench, value: str, title: str) -> Write:
    """Make a new record: its key, its name, and texts for what else it needs."""
    description = bench.describe()
    named = description.field(description.name_field)
    needed = {info.name: info for info in description.fields if info.is_required}
    if named is None or not named.is_createable:
        raise bench.subject.quality.lacking("create_name")
    if any(info.kind not in _TEXTS for info in needed.values()):
        raise bench.subject.quality.lacking("create_fields")
    texts = {**dict.fromkeys(needed, "needed"), named.name: title}
    texts.pop(_key(bench).name, None)
    wishes = tuple(FieldWish(name, AttributeType.TEXT, text) for name, text in texts.items())
    return Write(f"new:{value}", value, None, wishes)


def _request(bench: Bench, *writes: Write, route: Route = Route.SINGLE) -> WriteRequest:
    return WriteRequest(bench.name, writes, route, is_conditional=False, creates_by=_key(bench).name)


def _send(bench: Bench, *writes: Write, route: Route) -> tuple[Result, ...]:
    request = _request(bench, *writes, route=route)
    return bench.session.write(bench.session.prepare(request)).results


def _routes(stage: Stage) -> list[Route]:
    facts = stage.subject.manifest.routes
    return [route for route in (Route.SINGLE, Route.BATCH) if facts.facts_of(route) is not None]


def _held(bench: Bench, value: str) -> list[tuple[str, Value]]:
    """Give id and name of every record that the key leads to."""
    key, title = _key(bench).name, bench.describe().name_field
    page = bench.session.fetch(bench.name, by=key, keys=[value], paths=(title,))
    return [(row[0], row[2][1]) for row in page.rows]


def _finds(bench: Bench, info: FieldInfo) -> None:
    """Hold that a record is found by its own value, if any record has one."""
    query = ReadQuery(bench.name, (info.name,), limit=20)
    rows = [row for page in bench.session.read(query) for row in page.rows if row[2][0]]
    for record_id, _version, (value, *_) in rows[:1]:
        found = bench.session.fetch(bench.name, by=info.name, keys=[str(value)], paths=())
        expect([row[0] for row in found.rows] == [record_id], f"{info.name} {value} leads elsewhere")


CHECKS = checks_in(globals())
