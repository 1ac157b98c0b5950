"""Checks on writes: exactly the prepared bytes, once, and for every row its own outcome."""

import hashlib

from writeback.conformance.benches import Bench, gives, needs_route, told, write_of
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.quality import FaultName
from writeback.conformance.stages import Stage
from writeback.errors import ContractBrokenError, RefusedError
from writeback.model.jobs import Assurance, Outcome, Route
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import WritesConditionally
from writeback.sdk.connector import ReadQuery, Write
from writeback.sdk.values import FieldInfo

TEXT = AttributeType.TEXT
GONE = "gone"


@check(Tier.BRONZE)
def preparing_makes_no_call(stage: Stage) -> None:
    """Preparing a write makes no call and gives the same bytes each time."""
    with stage.bench() as bench:
        request = bench.request([write_of("k1", bench.ids(1)[0], bench.field(TEXT), "new")])
        asked = len(bench.http.asked)
        first, second = bench.session.prepare(request), bench.session.prepare(request)
        expect(len(bench.http.asked) == asked, "preparing made a call")
        expect(first == second, "the same request gave other bytes")
        expect(not bench.applied(), "preparing wrote something")


@check(Tier.BRONZE)
def prepared_bytes_are_what_is_sent(stage: Stage) -> None:
    """A write sends the prepared bytes, to the byte, in one request."""
    with stage.bench() as bench:
        request = bench.request([write_of("k1", bench.ids(1)[0], bench.field(TEXT), "new")])
        prepared = bench.session.prepare(request)
        asked = len(bench.http.asked)
        bench.session.write(prepared)
        expect(len(bench.http.asked) == asked + 1, f"one write took {len(bench.http.asked) - asked} requests")
        sent = {str(entry["sha256"]) for entry in bench.applied()}
        expect(sent == {hashlib.sha256(prepared.body).hexdigest()}, "other bytes arrived than were prepared")


@check(Tier.BRONZE)
def write_is_applied_once(stage: Stage) -> None:
    """A write that is said to be applied was applied, once, to that record."""
    with stage.bench() as bench:
        record_id, info = bench.ids(3)[-1], bench.field(TEXT)
        bench.must_set(record_id, info, "once")
        ids = [str(entry["id"]) for entry in bench.applied()]
        expect(ids == [record_id], f"applied to {ids}")
        expect(bench.value(record_id, info.name) == "once", "the record holds something else")


@check(Tier.BRONZE)
def missing_record_is_an_outcome(stage: Stage) -> None:
    """A record that is not there is a refused row with code and words, never an exception."""
    with stage.bench() as bench:
        result = bench.set(_not_there(bench), bench.field(TEXT), "new")
        expect(result.outcome is Outcome.REJECTED, told(result))
        expect(result.code and not result.again, f"the refusal says {told(result)}, again={result.again}")


@check(Tier.BRONZE)
def refused_field_is_named(stage: Stage) -> None:
    """A refusal for a field's sake names the field."""
    with stage.bench() as bench:
        bad = bench.bad("k1", bench.ids(1)[0])
        (result,) = bench.send(bad)
        expect(result.outcome is Outcome.REJECTED, f"it was taken: {told(result)}")
        if not result.fields:
            raise stage.subject.quality.lacking("refused_field")
        expect(bad.fields[0].field in result.fields, f"the refusal names {result.fields}")


@check(Tier.BRONZE)
def read_only_field_is_refused(stage: Stage) -> None:
    """A field that may not be written, sent all the same, is refused and not passed over in silence."""
    name = stage.subject.quality.probe.read_only
    if not name:
        raise stage.subject.quality.lacking("read_only")
    with stage.bench() as bench:
        info = bench.describe().field(name)
        expect(info is not None, f"{name} is not described")
        if info is None:
            return
        record_id = bench.ids(1)[0]
        try:
            result = bench.set(record_id, info, "new")
        except RefusedError:
            return
        expect(result.outcome is Outcome.REJECTED, f"it was taken: {told(result)}")


@check(Tier.BRONZE)
def single_takes_one(stage: Stage) -> None:
    """The route SINGLE refuses two writes before anything is sent."""
    _takes_no_more(stage, Route.SINGLE, 1)


@check(Tier.SILVER)
def batch_answers_for_every_row(stage: Stage) -> None:
    """A batch gives a result for each write, in the order of the request, under its own key."""
    needs_route(stage.subject, Route.BATCH)
    with stage.bench() as bench:
        writes = _writes(bench, 5)
        results = bench.send(*writes, route=Route.BATCH)
        expect([each.key for each in results] == [each.key for each in writes], "other keys came back")
        expect(all(each.outcome is Outcome.APPLIED for each in results), "not all were applied")
        _holds(bench, writes)


@check(Tier.SILVER)
def one_bad_row_leaves_the_others(stage: Stage) -> None:
    """A batch with bad rows names them and writes the others, or is refused whole and writes nothing."""
    needs_route(stage.subject, Route.BATCH)
    with stage.bench() as bench:
        info = bench.field(TEXT)
        writes = _writes(bench, 6)
        writes[1] = bench.bad("bad-value", writes[1].record_id)
        writes[4] = write_of("bad-record", _not_there(bench), info, "new")
        try:
            results = {each.key: each for each in bench.send(*writes, route=Route.BATCH)}
        except RefusedError:
            expect(not bench.applied(), "it was refused whole, and some of it was written")
            return
        bad = {key for key, each in results.items() if each.outcome is Outcome.REJECTED}
        expect(bad == {"bad-value", "bad-record"}, f"refused are {sorted(bad)}")
        good = [each for each in writes if each.key not in bad]
        expect(
            all(results[each.key].outcome is Outcome.APPLIED for each in good), "a good row was not applied"
        )
        expect(
            {str(one["id"]) for one in bench.applied()} == {each.record_id for each in good},
            "applied to others",
        )
        _holds(bench, good)


@check(Tier.SILVER)
def results_are_joined_by_key_not_by_place(stage: Stage) -> None:
    """Whatever the order of records in a request, each result belongs to its own write."""
    needs_route(stage.subject, Route.BATCH)
    with stage.bench() as bench:
        writes = _writes(bench, 8)
        for place in (0, 3, 7):
            writes[place] = bench.bad(f"bad{place}", writes[place].record_id)
        for order in (writes, writes[::-1], writes[4:] + writes[:4]):
            try:
                results = bench.send(*order, route=Route.BATCH)
            except RefusedError:
                raise NotApplicableError("a request with a bad row is refused whole") from None
            bad = {each.key for each in results if each.outcome is Outcome.REJECTED}
            expect(bad == {"bad0", "bad3", "bad7"}, f"refused are {sorted(bad)}")
            expect([each.key for each in results] == [each.key for each in order], "keys changed places")


@check(Tier.SILVER)
def row_that_was_not_processed_says_again(stage: Stage) -> None:
    """A row that the CRM did not process (a lock) says so: it may be sent again."""
    with stage.bench() as bench:
        record_id, info = bench.ids(1)[0], bench.field(TEXT)
        bench.arm_own(FaultName.HOLD_ROW, id=record_id)
        result = bench.set(record_id, info, "later")
        expect(result.outcome is Outcome.REJECTED and result.again, f"{told(result)}, again={result.again}")
        bench.calm()
        bench.must_set(record_id, info, "later")
        expect(len(bench.applied()) == 1, f"applied {len(bench.applied())} times")


@check(Tier.SILVER)
def references_are_repointed(stage: Stage) -> None:
    """A reference is re-pointed at a record that a look-up found, and leads there afterwards."""
    wish = stage.subject.quality.probe.reference
    if wish is None:
        raise stage.subject.quality.lacking("reference")
    with stage.bench() as bench:
        info = bench.describe().field(wish.field)
        expect(info is not None and info.reference is not None, f"{wish.field} is no reference")
        if info is None or info.reference is None:
            return
        query = ReadQuery(wish.object, (wish.by,))
        rows = [row for page in bench.session.read(query) for row in page.rows if row[2][0]]
        record_id = bench.ids(1)[0]
        for target, _, (value, *_) in rows[:2]:
            found = bench.session.find(wish.object, by=wish.by, values=[str(value)])[str(value)]
            expect([each.id for each in found] == [target], f"{value} leads to {len(found)} records")
            bench.must_set(record_id, info, found[0].id)
            hop = f"{info.reference.relationship}.{wish.by}"
            expect(bench.value(record_id, hop) == value, f"{hop} is not {value}")


@check(Tier.SILVER)
def reference_to_nobody_is_refused(stage: Stage) -> None:
    """A reference to a record that is not there is refused, never stored."""
    wish = stage.subject.quality.probe.reference
    if wish is None:
        raise stage.subject.quality.lacking("reference")
    with stage.bench() as bench:
        info = bench.describe().field(wish.field)
        expect(info is not None, f"{wish.field} is not described")
        if info is None:
            return
        record_id = bench.ids(1)[0]
        before = bench.value(record_id, info.name)
        try:
            result = bench.set(record_id, info, _not_there(bench))
        except RefusedError:
            result = None
        expect(result is None or result.outcome is Outcome.REJECTED, "it was taken")
        expect(bench.value(record_id, info.name) == before, "the record changed all the same")


@check(Tier.GOLD)
def stale_version_is_a_conflict(stage: Stage) -> None:
    """A conditional write over a newer record is a conflict and changes nothing."""
    _stale_is_a_conflict(stage, Route.SINGLE)


@check(Tier.GOLD)
def stale_version_in_a_batch_is_a_conflict(stage: Stage) -> None:
    """In a conditional batch the stale row alone is a conflict."""
    _stale_is_a_conflict(stage, Route.BATCH)


@check(Tier.GOLD)
def foreign_edit_just_before_is_noticed(stage: Stage) -> None:
    """An edit by somebody else that arrives just before a conditional write is never overwritten."""
    _needs_condition(stage, Route.SINGLE)
    with stage.bench() as bench:
        record_id, info = bench.ids(1)[0], bench.field(TEXT)
        base, _ = bench.row(record_id, info.name)
        wish = {"id": record_id, "field": info.name, "value": "theirs"}
        bench.arm_own(FaultName.EDIT_BEFORE_WRITE, **wish)
        write = write_of("k1", record_id, info, "ours", base=base)
        (result,) = bench.send(write, is_conditional=True)
        expect(result.outcome is Outcome.CONFLICT, told(result))
        expect(bench.value(record_id, info.name) == "theirs", "somebody's edit was overwritten")


@check(Tier.GOLD)
def batch_takes_n_and_refuses_one_more(stage: Stage) -> None:
    """A batch takes n−1 and n writes of its declared limit, and refuses n+1 before anything is sent."""
    most = needs_route(stage.subject, Route.BATCH)
    with stage.bench() as bench:
        ids, info = bench.ids(), bench.field(TEXT)
        for count in {max(1, most - 1), most}:
            if count <= len(ids):
                writes = [write_of(f"k{at}", ids[at], info, f"n {count}") for at in range(count)]
                results = bench.send(*writes, route=Route.BATCH)
                expect(len(results) == count, f"{count} were sent, {len(results)} answered")
            else:  # the same record again: what counts is the size of the request
                expect(bench.session.prepare(bench.request(_many(ids, info, count), route=Route.BATCH)), "")
    _takes_no_more(stage, Route.BATCH, most)


@check(Tier.GOLD)
def conditional_requests_keep_their_own_limit(stage: Stage) -> None:
    """A conditional batch takes as many writes as it says, and refuses one more before anything is sent."""
    most = _needs_condition(stage, Route.BATCH)
    with stage.bench() as bench:
        rows = [(one, *bench.row(one, bench.describe().key_field)) for one in bench.ids(most)]
        info = bench.field(TEXT)
        writes = [write_of(f"k{at}", one, info, "n", base=base) for at, (one, base, _) in enumerate(rows)]
        results = bench.send(*writes, route=Route.BATCH, is_conditional=True)
        missed = [told(each) for each in results if each.outcome is not Outcome.APPLIED]
        expect(not missed, f"{len(missed)} of {len(results)} were not applied: {missed[:1]}")
        more = [write_of(f"k{at}", bench.ids(1)[0], info, "n", base=rows[0][1]) for at in range(most + 1)]
        applied = len(bench.applied())
        try:
            bench.send(*more, route=Route.BATCH, is_conditional=True)
        except (ContractBrokenError, RefusedError):
            expect(len(bench.applied()) == applied, "some of them were sent all the same")
            return
        expect(holds=False, found=f"{most + 1} conditional writes were taken")


def _stale_is_a_conflict(stage: Stage, route: Route) -> None:
    _needs_condition(stage, route)
    with stage.bench() as bench:
        info = bench.field(TEXT)
        first, second = bench.ids(2)
        bases = {one: bench.row(one, info.name)[0] for one in (first, second)}
        bench.crm.edit(bench.name, first, {info.name: "theirs"})
        fresh = write_of("fresh", second, info, "ours", base=bases[second])
        stale = write_of("stale", first, info, "ours", base=bases[first])
        asked = (stale, fresh) if route is Route.BATCH else (stale,)
        results = {each.key: each for each in bench.send(*asked, route=route, is_conditional=True)}
        if route is Route.SINGLE:
            results |= {each.key: each for each in bench.send(fresh, is_conditional=True)}
        expect(results["stale"].outcome is Outcome.CONFLICT, told(results["stale"]))
        expect(results["fresh"].outcome is Outcome.APPLIED, told(results["fresh"]))
        expect(bench.value(first, info.name) == "theirs", "somebody's edit was overwritten")
        expect(bench.value(second, info.name) == "ours", "the fresh row was not written")


def _needs_condition(stage: Stage, route: Route) -> int:
    session = stage.shared.session
    if not isinstance(session, WritesConditionally):
        raise NotApplicableError("WritesConditionally is not claimed")
    most = session.conditional_most(route.value)
    if not most or not gives(stage.subject, route, Assurance.A):
        raise NotApplicableError(f"the route {route.value} checks no version")
    return most


def _takes_no_more(stage: Stage, route: Route, most: int) -> None:
    with stage.bench() as bench:
        writes = _many(bench.ids(), bench.field(TEXT), most + 1)
        try:
            bench.send(*writes, route=route)
        except (ContractBrokenError, RefusedError):
            expect(not bench.applied(), "some of them were sent all the same")
            return
        expect(holds=False, found=f"{most + 1} writes were taken by {route.value}")


def _many(ids: list[str], info: FieldInfo, count: int) -> list[Write]:
    return [write_of(f"k{at}", ids[at % len(ids)], info, "more") for at in range(count)]


def _writes(bench: Bench, count: int) -> list[Write]:
    info = bench.field(TEXT)
    return [write_of(f"k{at}", one, info, f"value {at}") for at, one in enumerate(bench.ids(count))]


def _holds(bench: Bench, writes: list[Write]) -> None:
    """Hold the records against what was written."""
    name = writes[0].fields[0].field
    key = bench.describe().key_field
    page = bench.session.fetch(bench.name, by=key, keys=[each.record_id for each in writes], paths=[name])
    held = {row[0]: row[2][0] for row in page.rows}
    wrong = [each.key for each in writes if held.get(each.record_id) != each.fields[0].wish]
    expect(not wrong, f"other values stand in {wrong[:5]}")


def _not_there(bench: Bench) -> str:
    """Give an id of the right form that no record has."""
    ids = bench.ids()
    made = (ids[0][:-3] + tail for tail in ("999", "888", "777"))
    return next(each for each in made if each not in ids)


CHECKS = checks_in(globals())
