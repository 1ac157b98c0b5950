"""Checks on bulk jobs: opened without writing, uploaded once, told row by row by our own ids."""

import json
from collections import abc
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from writeback.conformance.benches import Bench
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.stages import Stage
from writeback.errors import ConnectorError, OutcomeUnknownError, RetryableError
from writeback.model.canonical import to_plain
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column, RemoteState, Route
from writeback.model.types import CLEAR, AttributeType
from writeback.sdk.capabilities import BulkRefusal, RemoteJob, WritesInBulk
from writeback.sdk.values import FieldInfo

TEXT, LONG = AttributeType.TEXT, AttributeType.LONG_TEXT
ENDED = frozenset({RemoteState.COMPLETE, RemoteState.FAILED, RemoteState.ABORTED, RemoteState.GONE})
LOOKS = 400


@check(Tier.GOLD)
def opening_a_job_writes_nothing(stage: Stage) -> None:
    """A job that was opened has an id, is open, wrote nothing, and is listed as ours if the CRM has it."""
    with stage.bench() as bench:
        session, columns = _able(bench), _columns(bench)
        asked = len(bench.http.asked)
        job = session.bulk_create(bench.name, columns)
        expect(job.id and job.state is RemoteState.OPEN, f"{job.id!r} is {job.state.value}")
        if len(bench.http.asked) > asked:  # else the upload comes first, and there is nothing to list yet
            since = bench.access.now() - timedelta(hours=1)
            listed = {each.id for each in session.bulk_list(bench.name, since=since)}
            expect(job.id in listed, "the job is not among those listed")
        expect(not bench.applied(), "opening wrote something")


@check(Tier.GOLD)
def upload_is_written_row_by_row(stage: Stage) -> None:
    """An upload writes each row once; its results name every row, by record id, in any order."""
    with stage.bench() as bench:
        ids = bench.ids(12)
        told = _upload(bench, {one: ["bulk", {}] for one in ids})
        expect(sorted(told.applied) == sorted(ids), f"{len(told.applied)} of {len(ids)} are told")
        expect(sorted(str(one["id"]) for one in bench.applied()) == sorted(ids), "others were written")
        expect(told.job.state is RemoteState.COMPLETE, f"the job is {told.job.state.value}")
        expect(told.job.processed == len(ids), f"the job counts {told.job.processed}")


@check(Tier.GOLD)
def refused_rows_of_an_upload_are_named(stage: Stage) -> None:
    """A refused row of an upload is told by its record id, with code and words; the others are written."""
    with stage.bench() as bench:
        ids = bench.ids(6)
        rows: dict[str, list[object]] = {one: ["bulk", {}] for one in ids}
        rows[ids[2]] = ["b" * (bench.longest() + 1), {}]
        told = _upload(bench, rows)
        refused = {one.record_id: one for one in told.refused}
        expect(set(refused) == {ids[2]}, f"refused are {sorted(refused)}")
        expect(refused[ids[2]].code and not refused[ids[2]].again, f"{refused[ids[2]]}")
        expect(sorted(told.applied) == sorted(set(ids) - {ids[2]}), "the others were not all applied")
        expect(told.job.failed == 1, f"the job counts {told.job.failed} failures")


@check(Tier.GOLD)
def upload_clears_and_leaves_alone(stage: Stage) -> None:
    """In an upload a clear empties the field, and what is not touched stays."""
    with stage.bench() as bench:
        session, text, long = _able(bench), bench.field(TEXT), bench.field(LONG)
        first, second = bench.ids(2)
        for one in (first, second):
            bench.must_set(one, text, "before")
            bench.must_set(one, long, "before")
        can_clear = session.bulk_refuses(TEXT, CLEAR) is None
        _upload(bench, {first: [None if can_clear else "after", {}], second: ["after", {}]})
        held = (None if can_clear else "after", "before")
        expect(bench.row(first, text.name, long.name)[1] == held, "the first row is wrong")
        expect(bench.row(second, text.name, long.name)[1] == ("after", "before"), "the second row is wrong")


@check(Tier.GOLD)
def upload_keeps_hostile_text(stage: Stage) -> None:
    """Quotes, commas, line breaks, emoji and formula signs survive an upload, or are refused before it."""
    with stage.bench() as bench:
        session, long = _able(bench), bench.field(LONG)
        wishes = ('say "a", b;\\', "=1+1", "💥 שלום", "#N/A", " padded ", "one\ntwo")
        ids = bench.ids(len(wishes))
        sent = {
            one: wish
            for one, wish in zip(ids, wishes, strict=True)
            if session.bulk_refuses(LONG, wish) is None
        }
        expect(len(sent) >= 3, f"{len(wishes) - len(sent)} of {len(wishes)} texts cannot be uploaded")
        told = _upload(bench, {one: [{}, wish] for one, wish in sent.items()})
        expect(sorted(told.applied) == sorted(sent), "not all were applied")
        for one, wish in sent.items():
            held = bench.value(one, long.name)
            expect(bench.session.same_value(LONG, wish, held), f"{wish!r} became {held!r}")


@check(Tier.GOLD)
def unclosed_job_can_be_stopped(stage: Stage) -> None:
    """A job that is stopped before it was closed says so and writes nothing."""
    with stage.bench() as bench:
        session, columns = _able(bench), _columns(bench)
        job = session.bulk_create(bench.name, columns)
        rows: dict[str, list[object]] = {bench.ids(1)[0]: ["never", {}]}
        remote_id = session.bulk_upload(job.id, _chunks(session, columns, rows)) or job.id
        session.bulk_abort(remote_id)
        state = session.bulk_poll(remote_id).state
        expect(
            state in {RemoteState.ABORTED, RemoteState.GONE, RemoteState.UNTOLD}, f"the job is {state.value}"
        )
        expect(not bench.applied(), "it wrote all the same")


@check(Tier.GOLD)
def unknown_job_is_gone(stage: Stage) -> None:
    """A job that the CRM does not know is *gone*, not an exception."""
    with stage.bench() as bench:
        session, columns = _able(bench), _columns(bench)
        job = session.bulk_create(bench.name, columns)
        other = job.id[:-3] + ("zzz" if job.id[-3:] != "zzz" else "yyy")
        state = session.bulk_poll(other).state
        expect(state is RemoteState.GONE, f"an unknown job is {state.value}")


@check(Tier.GOLD)
def cut_results_are_never_whole(stage: Stage) -> None:
    """Results that are cut off end typed or are fetched again; they never count as all there is."""
    with stage.bench() as bench:
        ids = bench.ids(12)
        told = _upload(bench, {one: ["bulk", {}] for one in ids})
        session = bench.impatient()
        if not isinstance(session, WritesInBulk):
            return
        bench.arm("cut_download", method="GET", bytes=120, times=None)
        try:
            again = [one for page in session.bulk_results(told.job.id) for one in page.applied]
        except RetryableError:
            return
        expect(sorted(again) == sorted(ids), f"{len(again)} of {len(ids)} are told")


@check(Tier.GOLD)
def cut_upload_ends_typed(stage: Stage) -> None:
    """An upload that breaks off ends typed, and nothing of it is written before the job is closed."""
    with stage.bench() as bench:
        session, columns = _able(bench), _columns(bench)
        job = session.bulk_create(bench.name, columns)
        rows: dict[str, list[object]] = {one: ["cut" * 20, {}] for one in bench.ids(20)}
        for method in ("PUT", "POST", "PATCH"):
            bench.arm("cut_upload", method=method, bytes=200)
        try:
            session.bulk_upload(job.id, _chunks(session, columns, rows))
        except (OutcomeUnknownError, RetryableError):
            expect(not bench.applied(), "a part of it was written")
            return
        expect(holds=False, found="the cut was not noticed")


@check(Tier.GOLD)
def parts_stay_below_their_limit(stage: Stage) -> None:
    """The session's part is no larger than the manifest's, and rows are as long as their bytes."""
    with stage.bench() as bench:
        session, columns = _able(bench), _columns(bench)
        facts = stage.subject.manifest.routes.facts_of(Route.BULK)
        declared = 0 if facts is None else facts.part_bytes or 0
        expect(0 < session.bulk_part_bytes() <= declared, f"{session.bulk_part_bytes()} of {declared}")
        encoder = session.bulk_encoder(columns)
        one = encoder.encode([("r1", json.dumps(["x", {}]))])
        two = encoder.encode([("r1", json.dumps(["x", {}])), ("r2", json.dumps(["x", {}]))])
        expect(len(two) == 2 * len(one), "two rows are not twice one row")


@check(Tier.GOLD)
def refused_create_is_typed(stage: Stage) -> None:
    """A job on an object that is not there is refused with a type: as it is opened, or as it starts."""
    with stage.bench() as bench:
        session, columns = _able(bench), _columns(bench)
        asked = len(bench.http.asked)
        try:
            job = session.bulk_create("Nothing_Of_That_Name", columns)
            expect(len(bench.http.asked) == asked, "the CRM was asked, and the job was opened")
            chunks = _chunks(session, columns, {bench.ids(1)[0]: ["never", {}]})
            session.bulk_close(session.bulk_upload(job.id, chunks) or job.id)
        except ConnectorError:
            return
        expect(holds=False, found="the job was started")


@dataclass
class _Told:
    job: RemoteJob
    applied: list[str] = field(default_factory=list)
    refused: list[BulkRefusal] = field(default_factory=list)


def _able(bench: Bench) -> WritesInBulk:
    if not isinstance(bench.session, WritesInBulk):
        raise NotApplicableError("WritesInBulk is not claimed")
    return bench.session


def _columns(bench: Bench) -> tuple[Column, Column]:
    return _column(bench.field(TEXT)), _column(bench.field(LONG))


def _column(info: FieldInfo) -> Column:
    return Column(FieldPath.parse(info.name), info.name, info.kind or TEXT)


def _upload(bench: Bench, rows: abc.Mapping[str, list[object]]) -> _Told:
    """Upload rows (text, long text; None clears, {} leaves alone), wait for the end, read all results."""
    session, columns = _able(bench), _columns(bench)
    job = session.bulk_create(bench.name, columns)
    remote_id = session.bulk_upload(job.id, _chunks(session, columns, rows)) or job.id
    remote_id = session.bulk_close(remote_id).id
    told = _Told(session.bulk_poll(remote_id))
    for _ in range(LOOKS):
        if told.job.state in ENDED:
            break
        Event().wait(0.02)
        told.job = session.bulk_poll(remote_id)
    expect(told.job.state in ENDED, f"the job is still {told.job.state.value}")
    for page in session.bulk_results(remote_id):
        told.applied += page.applied
        told.refused += page.refused
    return told


def _chunks(
    session: WritesInBulk, columns: abc.Sequence[Column], rows: abc.Mapping[str, list[object]]
) -> abc.Iterator[bytes]:
    encoder = session.bulk_encoder(columns)
    yield encoder.header()
    for record_id, values in rows.items():
        plain = [to_plain(CLEAR) if value is None else value for value in values]
        yield encoder.encode([(record_id, json.dumps(plain, ensure_ascii=False, separators=(",", ":")))])


CHECKS = checks_in(globals())
