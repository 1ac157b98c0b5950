"""Outcomes: the batch's outcome plus one row per exception, and the totals that follow from them.

All of it stands in one commit with what caused it, guarded by the fence of the claim. An outcome is
final but *unknown*, which a verdict replaces once, and `open`, which is no outcome at all.

Must not: decide an outcome.
"""

import json
from collections import Counter, abc
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.jobs import BatchState, JobState, Outcome
from writeback.store import audit, held_drafts, journal, made, schema, seen_values, sqlite, value_states
from writeback.store.claims import Claim, hold

_COUNTED: Final = ("applied", "rejected", "unchanged", "conflict", "unknown", "cancelled")

_PUT: Final = (
    "insert into outcomes (job_id, seq, attempt_id, outcome, code, message, fields, theirs, version, at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (job_id, seq) do update set "
    "attempt_id = coalesce(excluded.attempt_id, outcomes.attempt_id), outcome = excluded.outcome, "
    "code = excluded.code, message = excluded.message, fields = excluded.fields, theirs = excluded.theirs, "
    "version = excluded.version, at = excluded.at where outcomes.outcome in ('open', 'unknown')"
)


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row: an outcome, or `open` when it is handed back."""

    seq: int
    outcome: str
    code: str = ""
    message: str = ""
    fields: tuple[str, ...] = ()
    theirs: str | None = None
    """JSON array along the job's columns, for a conflict."""
    version: str | None = None
    record_id: str = ""
    """The record that the row made, where it is known."""


def settle(
    db: Connection,
    claim: Claim,
    rows: abc.Sequence[RowOutcome],
    *,
    attempt_id: str | None,
    now: str,
    is_rest: bool,
    was_unknown: bool = False,
) -> Counter[str]:
    """Write down what became of some rows of a claimed batch.

    Args:
        db: The write transaction.
        claim: Under which they were sent or looked at.
        rows: Their outcomes.
        attempt_id: By which try; None: without being sent.
        now: Database time.
        is_rest: These are all rows of the batch that had no outcome. Then the batch takes the outcome
            *applied* and only the others get rows.
        was_unknown: They were unknown before: a verdict.

    Returns:
        How many rows ended how, `open` included.

    Raises:
        LostClaimError: Another worker took the batch over.
    """
    counts = Counter(row.outcome for row in rows)
    takes_outcome = is_rest and not claim.has_outcome and counts["applied"] > 0
    takes_outcome = takes_outcome and not was_unknown and not _has_open(db, claim)
    hold(db, claim, **({"outcome": Outcome.APPLIED.value} if takes_outcome else {}))
    excepted = [row for row in rows if not (takes_outcome and row.outcome == "applied")]
    sqlite.many(
        db,
        _PUT,
        (
            (
                claim.job_id,
                row.seq,
                attempt_id,
                row.outcome,
                row.code,
                row.message,
                json.dumps(row.fields, ensure_ascii=False),
                row.theirs,
                row.version,
                now,
            )
            for row in excepted
        ),
    )
    made.put(db, claim.job_id, [(row.seq, row.record_id) for row in rows if row.record_id])
    changes = counts.copy()
    if was_unknown:
        changes["unknown"] -= len(rows)
    add_counts(db, claim.job_id, changes)
    return counts


def mark_span(
    db: Connection,
    claim: Claim,
    span: tuple[int, int],
    *,
    outcome: str,
    now: str,
    code: str = "",
    attempt_id: str | None = None,
) -> int:
    """Give every row of a span that has no outcome this one, set-based; gives how many.

    Raises:
        LostClaimError: Another worker took the batch over.
    """
    hold(db, claim)
    is_open = "o.outcome = 'open'" if claim.has_outcome else "(o.seq is null or o.outcome = 'open')"
    done = sqlite.run(
        db,
        "insert into outcomes (job_id, seq, attempt_id, outcome, code, message, fields, at) "  # noqa: S608  built of our own words
        "select w.job_id, w.seq, ?, ?, ?, '', '[]', ? from writes w "
        "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
        f"where w.job_id = ? and w.seq between ? and ? and {is_open} "
        "on conflict (job_id, seq) do update set attempt_id = excluded.attempt_id, "
        "outcome = excluded.outcome, code = excluded.code, at = excluded.at",
        (attempt_id, outcome, code, now, claim.job_id, *span),
    )
    add_counts(db, claim.job_id, {outcome: done.rowcount})
    return done.rowcount


def stage_refusals(
    db: Connection,
    claim: Claim,
    attempt_id: str,
    rows: abc.Iterable[tuple[str, str, str, str, str]],
    *,
    now: str,
) -> None:
    """Keep one result page of a bulk job: (record id, outcome, code, message, fields as JSON).

    Idempotent by record: the same page twice is one. Rows that were not sent are not touched. Totals
    follow when the batch is settled.

    Raises:
        LostClaimError: Another worker took the batch over.
    """
    hold(db, claim)
    sent = "(o.seq is null or o.outcome = 'open')" if not claim.has_outcome else "o.outcome = 'open'"
    sqlite.many(
        db,
        "insert into outcomes (job_id, seq, attempt_id, outcome, code, message, fields, at) "  # noqa: S608  built of our own words
        "select w.job_id, w.seq, ?, ?, ?, ?, ?, ? from writes w indexed by writes_by_record "
        "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
        f"where w.job_id = ? and w.record_id = ? and w.seq between ? and ? and {sent} "
        "on conflict (job_id, seq) do update set attempt_id = excluded.attempt_id, "
        "outcome = excluded.outcome, code = excluded.code, message = excluded.message, "
        "fields = excluded.fields, at = excluded.at",
        (
            (attempt_id, outcome, code, message, fields, now, claim.job_id, record_id, *claim.span)
            for record_id, outcome, code, message, fields in rows
        ),
    )


def settle_bulk(db: Connection, claim: Claim, attempt_id: str, *, rows: int, now: str) -> Counter[str]:
    """Close the books of an upload: what was not excepted was applied.

    Args:
        db: The write transaction.
        claim: Under which the results were read.
        attempt_id: The upload.
        rows: How many rows it held.
        now: Database time.

    Raises:
        LostClaimError: Another worker took the batch over.
    """
    counts = excepted_by(db, claim, attempt_id)
    counts["applied"] = rows - sum(counts.values())
    hold(db, claim, outcome=Outcome.APPLIED.value)
    sqlite.run(
        db,
        "update outcomes set outcome = 'applied', attempt_id = ?, code = '', message = '', at = ? "
        "where job_id = ? and seq between ? and ? and outcome = 'open' and attempt_id is not ?",
        (attempt_id, now, claim.job_id, *claim.span, attempt_id),
    )
    add_counts(db, claim.job_id, counts)
    return counts


def excepted_by(db: Connection, claim: Claim, attempt_id: str) -> Counter[str]:
    """Count by outcome the rows that one upload left with a row of their own."""
    found = sqlite.run(
        db,
        "select outcome, count(*) from outcomes where job_id = ? and seq between ? and ? and attempt_id = ? "
        "group by outcome",
        (claim.job_id, *claim.span, attempt_id),
    )
    return Counter({str(outcome): int(count) for outcome, count in found})


def mark_unknown(
    db: Connection, claim: Claim, attempt_id: str, numbers: abc.Iterable[int], *, code: str, now: str
) -> None:
    """Call rows of one upload unknown that its results name nowhere, or twice; totals follow later.

    Raises:
        LostClaimError: Another worker took the batch over.
    """
    hold(db, claim)
    sqlite.many(
        db,
        "insert into outcomes (job_id, seq, attempt_id, outcome, code, message, fields, at) "
        "values (?, ?, ?, 'unknown', ?, '', '[]', ?) on conflict (job_id, seq) do update set "
        "attempt_id = excluded.attempt_id, outcome = excluded.outcome, code = excluded.code, "
        "message = '', fields = '[]', at = excluded.at",
        ((claim.job_id, seq, attempt_id, code, now) for seq in numbers),
    )


def note_changed(db: Connection, job_id: str, rows: abc.Iterable[RowOutcome], *, now: str) -> None:
    """Tell of applied rows that the CRM holds something else by now; what is told already stays.

    No claim is needed: an applied row stays applied, and this adds what was seen of it since.
    """
    sqlite.many(
        db,
        _CHANGED,
        (
            (
                job_id,
                row.seq,
                row.code,
                row.message,
                json.dumps(row.fields, ensure_ascii=False),
                row.theirs,
                row.version,
                now,
            )
            for row in rows
        ),
    )


_CHANGED: Final = (
    "insert into outcomes (job_id, seq, attempt_id, outcome, code, message, fields, theirs, version, at) "
    "select ?1, ?2, (select id from attempts a where a.job_id = ?1 and ?2 between a.first_seq and a.last_seq "
    "and a.outcome = 'applied' order by a.intent_at desc limit 1), 'applied', ?3, ?4, ?5, ?6, ?7, ?8 "
    "where true on conflict (job_id, seq) do update set code = excluded.code, message = excluded.message, "
    "fields = excluded.fields, theirs = excluded.theirs, version = excluded.version, at = excluded.at "
    "where outcomes.outcome = 'applied' and outcomes.theirs is null"
)


def add_counts(db: Connection, job_id: str, counts: abc.Mapping[str, int]) -> None:
    """Add to a job's totals; `open` counts nothing."""
    changes = {str(name): counts[name] for name in _COUNTED if counts.get(name)}
    if changes:
        sums = ", ".join(f"{name} = {name} + ?" for name in changes)
        sqlite.run(db, f"update jobs set {sums} where id = ?", (*changes.values(), job_id))  # noqa: S608  our own


def add_calls(db: Connection, job_id: str, calls: int) -> None:
    """Count API calls of a job."""
    if calls:
        sqlite.run(db, "update jobs set api_calls = api_calls + ? where id = ?", (calls, job_id))


def note_settled(db: Connection, claim: Claim, counts: abc.Mapping[str, int], *, now: str) -> None:
    """Tell journal and audit trail what became of rows."""
    told: dict[str, object] = {str(name): count for name, count in sorted(counts.items()) if count}
    body: dict[str, Json] = {
        "job": claim.job_id,
        "batch": claim.no,
        "fence": claim.fence,
        "outcomes": told,
    }
    audit.append(db, at=now, act="batch.settled", body=body)
    journal.note(db, at=now, kind=EventKind.BATCH_SETTLED, subject=claim.job_id)


def finish_batch(db: Connection, claim: Claim, *, now: str) -> None:
    """Close a batch that has no open and no waiting rows, and its job with the last one.

    Raises:
        LostClaimError: Another worker took the batch over.
    """
    hold(db, claim, state=BatchState.SETTLED.value, owner=None, lease_until=None, not_before=None)
    follow_job(db, claim.job_id, now=now)


def follow_job(db: Connection, job_id: str, *, now: str) -> JobState:
    """Let a job's state follow from its batches; gives the state."""
    jobs, batches = schema.jobs, schema.batches
    row = db.execute(select(jobs.c.state, jobs.c.unknown).where(jobs.c.id == job_id)).one()
    state = JobState(row.state)
    left = {
        BatchState(found[0])
        for found in db.execute(
            select(batches.c.state)
            .where(batches.c.job_id == job_id, batches.c.state != BatchState.SETTLED.value)
            .distinct()
        )
    }
    following = _following(state, left, has_unknown=int(row.unknown) > 0)
    if following is not state:
        is_over = following in (JobState.DONE, JobState.CANCELLED, JobState.NEEDS_YOU)
        values: dict[str, object] = {"state": following.value}
        if is_over:
            values |= {"finished_at": now, "not_before": None}
        if following is JobState.NEEDS_YOU:
            values |= {"stop_code": "job.unknown_left"}
        db.execute(update(jobs).where(jobs.c.id == job_id).values(**values))
        owner = str(db.execute(select(jobs.c.change_set_id).where(jobs.c.id == job_id)).scalar_one())
        if is_over and value_states.has_big(db, owner):
            seen_values.note_written(db, owner, at=now)
            held_drafts.let_go(db, owner)
        journal.note(db, at=now, kind=EventKind.JOB_CHANGED, subject=job_id)
    return following


def _has_open(db: Connection, claim: Claim) -> bool:
    """Say whether rows were handed back before: their rows here would stand against the batch's outcome."""
    found = sqlite.run(
        db,
        "select 1 from outcomes where job_id = ? and seq between ? and ? and outcome = 'open' limit 1",
        (claim.job_id, *claim.span),
    )
    return found.fetchone() is not None


def _following(state: JobState, left: abc.Set[BatchState], *, has_unknown: bool) -> JobState:
    if not left:
        if has_unknown:
            return JobState.NEEDS_YOU
        if state is JobState.STOPPED:
            return JobState.STOPPED
        return JobState.CANCELLED if state is JobState.CANCELLING else JobState.DONE
    if state in (JobState.RUNNING, JobState.CHECKING, JobState.THROTTLED, JobState.QUEUED):
        if left == {BatchState.CHECKING}:
            return JobState.CHECKING
        if state is JobState.CHECKING:
            return JobState.RUNNING
    return state
