"""Checks on what a session does when the way to the CRM, or the CRM, fails: typed, once, never guessed."""

import time
from urllib.parse import urlsplit

from writeback.conformance.benches import Bench, needs_route, told, write_of
from writeback.conformance.checks import check, checks_in
from writeback.conformance.groups.packaging import is_declared
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.quality import FaultName
from writeback.conformance.stages import Stage
from writeback.errors import (
    ConnectorError,
    OutcomeUnknownError,
    QuotaSpentError,
    RateLimitedError,
    SignInRequiredError,
)
from writeback.model.jobs import Outcome, Route
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import WritesConditionally
from writeback.sdk.simulator.faults import Fact

TEXT = AttributeType.TEXT
WRITES = ("PATCH", "PUT", "POST")


@check(Tier.SILVER)
def stated_wait_reaches_us(stage: Stage) -> None:
    """A refusal that states how long to wait ends typed, and nothing was written."""
    with stage.bench() as bench:
        record_id = bench.ids(1)[0]
        bench.describe()
        bench.arm("throttle", requests=1, window_s=30, retry_after=True)
        bench.crm.faults.throttled(time.monotonic())  # the one request that the window lets through
        _is_limited(bench, record_id)
        left = (bench.throttle.waiting_until or bench.access.now()) - bench.access.now()
        expect(25 < left.total_seconds() < 40, f"30 s were stated, {left.total_seconds():.0f} s are waited")


@check(Tier.SILVER)
def unstated_wait_is_a_wait_too(stage: Stage) -> None:
    """A rate-limit refusal that states no wait ends typed, and nothing was written."""
    with stage.bench() as bench:
        record_id = bench.ids(1)[0]
        bench.describe()
        bench.arm_own(FaultName.LIMIT)
        _is_limited(bench, record_id)


@check(Tier.SILVER)
def refused_token_is_renewed_once(stage: Stage) -> None:
    """A refused token is renewed once and the same write goes out again, to the byte, applied once."""
    with stage.bench() as bench:
        record_id, info = bench.ids(1)[0], bench.field(TEXT)
        bench.arm_own(FaultName.REJECT_TOKEN)
        bench.must_set(record_id, info, "after a new token")
        expect(
            len(bench.wire.refreshed) == 1, f"a newer token was asked for {len(bench.wire.refreshed)} times"
        )
        expect(len(bench.applied()) == 1, f"applied {len(bench.applied())} times")


@check(Tier.GOLD)
def condition_survives_a_new_token(stage: Stage) -> None:
    """The write that goes out again after a new token carries its version check as before."""
    with stage.bench() as bench:
        if not isinstance(bench.session, WritesConditionally):
            raise NotApplicableError("WritesConditionally is not claimed")
        record_id, info = bench.ids(1)[0], bench.field(TEXT)
        base, _ = bench.row(record_id, info.name)
        bench.crm.edit(bench.name, record_id, {info.name: "theirs"})
        bench.arm_own(FaultName.REJECT_TOKEN)
        (result,) = bench.send(write_of("k", record_id, info, "ours", base=base), is_conditional=True)
        expect(result.outcome is Outcome.CONFLICT, f"after a new token: {told(result)}")


@check(Tier.SILVER)
def token_that_cannot_be_renewed_asks_for_sign_in(stage: Stage) -> None:
    """When there is no newer token the call ends as *sign in*, and nothing was written."""
    with stage.bench(can_refresh=False) as bench:
        record_id, info = bench.ids(1)[0], bench.field(TEXT)
        bench.arm_own(FaultName.REJECT_TOKEN)
        try:
            bench.set(record_id, info, "never")
        except SignInRequiredError:
            expect(not bench.applied(), "it was written all the same")
            return
        expect(holds=False, found="the write went on without a token")


@check(Tier.SILVER)
def reads_renew_a_token_too(stage: Stage) -> None:
    """A pull whose token runs out on the way goes on after a new one, and is whole."""
    with stage.bench() as bench:
        ids = bench.ids()
        wish = stage.subject.quality.fault(FaultName.REJECT_TOKEN)
        if wish is None:
            raise stage.subject.quality.lacking(FaultName.REJECT_TOKEN.value)
        kind = str(wish.pop("kind"))
        bench.arm(kind, **{**wish, "skip": 1})
        again = bench.ids()
        expect(sorted(again) == sorted(ids), f"{len(ids)} records are there, {len(again)} came")
        expect(
            len(bench.wire.refreshed) == 1, f"a newer token was asked for {len(bench.wire.refreshed)} times"
        )


@check(Tier.SILVER)
def server_error_on_a_write_is_unknown(stage: Stage) -> None:
    """A 5xx answer to a write leaves open whether it happened: unknown, and sent once."""
    for status in (500, 502):
        with stage.bench() as bench:
            _is_unknown(bench, "status", status=status)


@check(Tier.SILVER)
def error_page_is_no_answer(stage: Stage) -> None:
    """An HTML error page in place of an answer ends typed, for reads and for writes."""
    with stage.bench() as bench:
        _is_unknown(bench, "status", status=502, form="html")
        bench.calm()
        bench.arm("status", status=400, form="html")
        try:
            bench.session.count(bench.name)
        except ConnectorError:
            return
        expect(holds=False, found="an error page was read as an answer")


@check(Tier.GOLD)
def line_cut_before_the_write_is_unknown(stage: Stage) -> None:
    """A line that is cut before the answer leaves the outcome unknown: it is not sent again."""
    with stage.bench() as bench:
        _is_unknown(bench, "cut_before")
        expect(not bench.applied(), "it was sent again")


@check(Tier.GOLD)
def lost_answer_is_unknown(stage: Stage) -> None:
    """An answer that is lost after the write was applied leaves the outcome unknown: it is applied once."""
    with stage.bench() as bench:
        _is_unknown(bench, "cut_after")
        expect(len(bench.applied()) == 1, f"applied {len(bench.applied())} times")


@check(Tier.GOLD)
def cut_answer_of_a_batch_is_unknown(stage: Stage) -> None:
    """A batch whose answer is cut off in the middle is unknown as a whole, never half an answer."""
    needs_route(stage.subject, Route.BATCH)
    with stage.bench() as bench:
        info = bench.field(TEXT)
        writes = [write_of(f"k{at}", one, info, "cut") for at, one in enumerate(bench.ids(9))]
        for method in WRITES:
            bench.arm("cut_download", method=method, bytes=40)
        try:
            results = bench.send(*writes, route=Route.BATCH)
        except OutcomeUnknownError:
            return
        if not bench.wire.exchanges[-1].error:
            raise NotApplicableError("the answer to a batch has no body that could be cut")
        known = [each.key for each in results if each.outcome is not Outcome.UNKNOWN]
        expect(not known, f"an outcome was made up for {known[:5]}")


@check(Tier.SILVER)
def errors_are_of_our_tree(stage: Stage) -> None:
    """Whatever the server answers, the session raises errors of the tree, with a code of its own area."""
    area = f"{stage.subject.manifest.id}."
    for status in (400, 403, 404, 409, 418):
        with stage.bench() as bench:
            bench.describe()
            bench.arm("status", status=status, times=None)
            try:
                bench.session.count(bench.name)
            except ConnectorError as error:
                is_named = error.code.startswith((area, "link.", "limit."))
                expect(is_named, f"{status}: the code {error.code} is not of the area {area}")
                continue
            expect(holds=False, found=f"{status} was read as an answer")


@check(Tier.GOLD)
def only_declared_hosts_are_asked(stage: Stage) -> None:
    """Every request goes through the handed `http`, to the org's own address or to a declared host."""
    with stage.bench() as bench:
        _talk(bench)
        own = urlsplit(bench.running.url)
        for method, url in bench.http.asked:
            parts = urlsplit(url)
            is_own = (parts.hostname, parts.port) == (own.hostname, own.port)
            is_fine = is_own or is_declared(stage.subject.manifest, parts.hostname or "")
            expect(is_fine, f"{method} to {parts.hostname}")
        seen = bench.crm.requests.told()["total"]
        expect(
            seen == len(bench.wire.exchanges),
            f"{seen} requests arrived, {len(bench.wire.exchanges)} were ours",
        )


def _is_unknown(bench: Bench, kind: str, **facts: Fact) -> None:
    """Let a fault befall a write: it has to end as unknown, after one request."""
    record_id, info = bench.ids(1)[0], bench.field(TEXT)
    prepared = bench.session.prepare(bench.request([write_of("k1", record_id, info, "lost")]))
    bench.arm(kind, method=prepared.method, **facts)
    asked = len(bench.http.asked)
    try:
        (result,) = bench.session.write(prepared).results
    except OutcomeUnknownError:
        pass
    else:
        expect(result.outcome is Outcome.UNKNOWN, f"an outcome was made up: {told(result)}")
    expect(len(bench.http.asked) == asked + 1, f"it was sent {len(bench.http.asked) - asked} times")


def _is_limited(bench: Bench, record_id: str) -> None:
    """Write into a limit: it has to end typed (or as a row to be sent again), and to slow us down."""
    try:
        result = bench.set(record_id, bench.field(TEXT), "too fast")
    except (RateLimitedError, QuotaSpentError):
        pass
    else:
        expect(result.again, f"the refusal ended as {told(result)}")
    expect(not bench.applied(), "it was written all the same")
    expect(
        bench.throttle.waiting_until is not None, "nobody waits: the manifest does not say how a limit looks"
    )


def _talk(bench: Bench) -> None:
    """Do a little of everything."""
    bench.session.whoami()
    bench.session.objects()
    record_id, info = bench.ids()[0], bench.field(TEXT)
    bench.must_set(record_id, info, "talk")
    bench.row(record_id, info.name)
    wish = bench.probe.reference
    if wish is not None:
        bench.session.find(wish.object, by=wish.by, values=["nobody"])


CHECKS = checks_in(globals())
