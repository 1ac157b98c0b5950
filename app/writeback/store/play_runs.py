"""Runs of plays: what each decided for every record, and how far it was carried out.

A run is written while it is *preparing* and seen by nobody; one small commit makes it real. What is done
for a record is marked in the transaction that does it.

Must not: decide, change a record.
"""

import json
from collections import Counter, abc
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from typing import Any as Cell
from typing import Final

from sqlalchemy import Row, delete, func, insert, select, union_all, update
from sqlalchemy.engine import Connection

from writeback.model.changes import Reason
from writeback.model.plays import PlayMode, PlayRow, PlayRun, RowVerdict, RunCounts, RunState, TriggerKind
from writeback.model.types import ConnectionId, JobId, PlanId, RecordId
from writeback.store import moments, schema, sqlite
from writeback.store.play_texts import (
    edit_from_plain,
    reason_from_plain,
    reason_from_text,
    reason_to_text,
    step_from_plain,
    step_to_plain,
    task_from_plain,
)

PREPARING: Final = "preparing"
_INSERT: Final = (
    "insert into play_rows (run, rid, title, verdict, body, round, cause) values (?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Touch:
    """What a run did to a record lately."""

    run: int
    play: str
    round: int
    attributes: frozenset[str]
    at: datetime


def begin(db: Connection, run: PlayRun, *, entity: str) -> int:
    """Keep a run that nobody sees yet; gives its number."""
    table = schema.play_runs
    values = {
        "play": run.play,
        "entity": entity,
        "trigger": run.trigger.value,
        "state": PREPARING,
        "mode": run.mode.value,
        "author": run.author,
        "started_at": moments.to_text(run.started_at),
        "started_by": run.started_by,
        "of": run.of,
        "targets": json.dumps(list(run.targets)),
        "named": json.dumps(list(run.named)),
        "steps": json.dumps([step_to_plain(one) for one in run.steps], ensure_ascii=False),
        "act": run.act,
    }
    return int(db.execute(insert(table).values(**values).returning(table.c.number)).scalar_one())


def add_rows(db: Connection, number: int, rows: abc.Iterable[PlayRow]) -> None:
    """Keep what a run decided for some records."""
    sqlite.many(
        db,
        _INSERT,
        (
            (number, one.record, one.title, one.verdict.value, _body(one), one.round, one.cause)
            for one in rows
        ),
    )


def drop_leftovers(db: Connection, *, before: datetime) -> None:
    """Forget runs that never became real."""
    runs = schema.play_runs
    old = select(runs.c.number).where(runs.c.state == PREPARING, runs.c.started_at < moments.to_text(before))
    db.execute(delete(schema.play_rows).where(schema.play_rows.c.run.in_(old)))
    db.execute(delete(runs).where(runs.c.state == PREPARING, runs.c.started_at < moments.to_text(before)))


def drop(db: Connection, number: int) -> None:
    """Forget a run that never became real."""
    runs = schema.play_runs
    mine = select(runs.c.number).where(runs.c.number == number, runs.c.state == PREPARING)
    db.execute(delete(schema.play_rows).where(schema.play_rows.c.run.in_(mine)))
    db.execute(delete(runs).where(runs.c.number == number, runs.c.state == PREPARING))


def put_state(
    db: Connection,
    number: int,
    state: RunState,
    *,
    was: abc.Collection[str],
    ended_at: datetime | None = None,
    reason: Reason | None = None,
    linked: int = 0,
) -> bool:
    """Move a run on; False: it stood elsewhere, so that somebody else moved it."""
    table = schema.play_runs
    values: dict[str, object] = {"state": state.value, "reason": reason_to_text(reason), "next_try": None}
    if ended_at is not None:
        values["ended_at"] = moments.to_text(ended_at)
    if linked:
        values["linked"] = linked
    mine = (table.c.number == number, table.c.state.in_(was))
    return db.execute(update(table).where(*mine).values(**values)).rowcount > 0


def note_decided(db: Connection, number: int, act: str) -> None:
    """Keep which act decided about a run, so that the same act again finds it decided."""
    table = schema.play_runs
    db.execute(update(table).where(table.c.number == number).values(decided_act=act))


def note_named(db: Connection, number: int, named: abc.Iterable[ConnectionId]) -> None:
    """Keep whose org somebody named so that a run may send to it."""
    table = schema.play_runs
    mine = table.c.number == number
    db.execute(update(table).where(mine).values(named=json.dumps(list(named))))


def link(db: Connection, number: int, other: int) -> None:
    """Tell with a run of the other one of its loop."""
    table = schema.play_runs
    db.execute(update(table).where(table.c.number == number).values(linked=other))


def put_plan(db: Connection, number: int, plan: PlanId, *, before: PlanId | None) -> bool:
    """Note the plan by which a run's values are sent; False: somebody else noted another one."""
    table = schema.play_runs
    known = table.c.plan_id.is_(None) if before is None else table.c.plan_id == before
    mine = (table.c.number == number, table.c.state == RunState.GOING.value, known)
    return db.execute(update(table).where(*mine).values(plan_id=plan)).rowcount > 0


def put_off(db: Connection, number: int, until: datetime, reason: Reason) -> None:
    """Go on with a run later, and say why."""
    table = schema.play_runs
    values = {"next_try": moments.to_text(until), "reason": reason_to_text(reason)}
    db.execute(update(table).where(table.c.number == number).values(**values))


def every(db: Connection, *, play: str = "", limit: int = 200) -> tuple[PlayRun, ...]:
    """Give runs, the latest first: of all plays, or of one (by its exact name)."""
    table = schema.play_runs
    query = select(table).where(table.c.state != PREPARING).order_by(table.c.number.desc()).limit(limit)
    rows = db.execute(query.where(table.c.play == play) if play else query).all()
    return _loaded(db, rows)


def touch(db: Connection, number: int, until: datetime) -> None:
    """Say that somebody is at work on a run: nobody else takes it up before."""
    table = schema.play_runs
    mine = (table.c.number == number, table.c.state == RunState.GOING.value)
    db.execute(update(table).where(*mine).values(next_try=moments.to_text(until)))


def going(db: Connection, *, now: datetime) -> tuple[int, ...]:
    """Give the numbers of runs that can be taken further now."""
    table = schema.play_runs
    due = table.c.next_try.is_(None) | (table.c.next_try <= moments.to_text(now))
    query = select(table.c.number).where(table.c.state == RunState.GOING.value, due)
    return tuple(int(row[0]) for row in db.execute(query.order_by(table.c.number)))


def find(db: Connection, number: int) -> PlayRun | None:
    """Give a run by its number."""
    table = schema.play_runs
    rows = db.execute(select(table).where(table.c.number == number, table.c.state != PREPARING)).all()
    return next(iter(_loaded(db, rows)), None)


def made_by(db: Connection, act: str) -> PlayRun | None:
    """Give the run that an act asked for already."""
    table = schema.play_runs
    mine = (table.c.act == act, table.c.state != PREPARING)
    rows_ = db.execute(select(table).where(*mine)).all() if act else []
    return next(iter(_loaded(db, rows_)), None)


def held(db: Connection, play: str) -> PlayRun | None:
    """Give the run of a play that waits for a person, the latest."""
    table = schema.play_runs
    mine = (table.c.play == play, table.c.state == RunState.HELD.value)
    rows_ = db.execute(select(table).where(*mine).order_by(table.c.number.desc()).limit(1)).all()
    return next(iter(_loaded(db, rows_)), None)


def every_held(db: Connection) -> tuple[PlayRun, ...]:
    """Give the runs that wait for a person, the latest first."""
    table = schema.play_runs
    query = select(table).where(table.c.state == RunState.HELD.value).order_by(table.c.number.desc())
    return _loaded(db, db.execute(query).all())


def count_held(db: Connection) -> int:
    """Count the runs that wait for a person."""
    held_ = schema.play_runs.c.state == RunState.HELD.value
    return int(db.execute(select(func.count()).where(held_)).scalar_one())


def dismiss_held(db: Connection, play: str, *, at: datetime) -> None:
    """Let nothing come of a play's runs that wait for a person."""
    table = schema.play_runs
    mine = (table.c.play == play, table.c.state == RunState.HELD.value)
    ended = {"state": RunState.DISMISSED.value, "ended_at": moments.to_text(at)}
    db.execute(update(table).where(*mine).values(**ended))


def rows(
    db: Connection,
    number: int,
    *,
    verdict: RowVerdict | None = None,
    is_open: bool = False,
    after: str = "",
    limit: int = 1_000,
) -> tuple[PlayRow, ...]:
    """Give the records of a run, by id.

    Args:
        db: Any transaction.
        number: The run's.
        verdict: Only these; None: all.
        is_open: Only those that are to be changed and are not yet.
        after: Only behind this record.
        limit: At most so many.
    """
    table = schema.play_rows
    query = select(table).where(table.c.run == number, table.c.rid > after)
    if is_open:
        query = query.where(table.c.verdict == RowVerdict.CHANGE.value, table.c.done_at.is_(None))
    elif verdict is not None:
        query = query.where(table.c.verdict == verdict.value)
    return tuple(map(_row, db.execute(query.order_by(table.c.rid).limit(limit))))


def mark(db: Connection, number: int, row: PlayRow, *, at: datetime) -> bool:
    """Keep how a record ended; False: somebody else did it already."""
    table = schema.play_rows
    mine = (table.c.run == number, table.c.rid == row.record, table.c.done_at.is_(None))
    values = {"verdict": row.verdict.value, "body": _body(row)}
    done = moments.to_text(at) if row.is_done else None
    return db.execute(update(table).where(*mine).values(**values, done_at=done)).rowcount > 0


def acts_of(db: Connection, prefix: str) -> tuple[str, ...]:
    """Give the acts of editing whose ids begin so, the latest first."""
    table = schema.edit_acts
    mine = select(table.c.id).where(table.c.id.startswith(prefix, autoescape=True))
    return tuple(str(row[0]) for row in db.execute(mine.order_by(table.c.at.desc(), table.c.id.desc())))


def add_reasons(db: Connection, number: int, found: abc.Mapping[RecordId, abc.Sequence[Reason]]) -> None:
    """Tell with some records of a run why something of them does not come about."""
    table = schema.play_rows
    for some in sqlite.chunks(found):
        for row in map(_row, db.execute(select(table).where(table.c.run == number, table.c.rid.in_(some)))):
            reasons = tuple(dict.fromkeys((*row.reasons, *found[row.record])))
            mine = (table.c.run == number, table.c.rid == row.record)
            body = _body(replace(row, reasons=reasons))
            db.execute(update(table).where(*mine).values(body=body))


def entity_of(db: Connection, number: int) -> str:
    """Say of which entity the records of a run are."""
    runs = schema.play_runs
    found = db.execute(select(runs.c.entity).where(runs.c.number == number)).scalar()
    return str(found or "")


def last_touches(
    db: Connection, records: abc.Collection[str], *, since: datetime, play: str = ""
) -> dict[RecordId, Touch]:
    """Give for each record what a run did to it last; only one play's runs where it is named.

    Runs that were undone did nothing.
    """
    rows_, runs = schema.play_rows, schema.play_runs
    found: dict[RecordId, Touch] = {}
    for some in sqlite.chunks(records):
        query = (
            select(rows_, runs.c.play)
            .join(runs, runs.c.number == rows_.c.run)
            .where(
                rows_.c.rid.in_(some),
                rows_.c.done_at >= moments.to_text(since),
                runs.c.state != RunState.UNDONE.value,
            )
            .order_by(rows_.c.done_at, rows_.c.run)
        )
        for row in db.execute(query.where(runs.c.play == play) if play else query):
            edits = _row(row).edits
            found[RecordId(row.rid)] = Touch(
                int(row.run),
                row.play,
                int(row.round),
                frozenset(one.attribute for one in edits),
                moments.from_text(row.done_at),
            )
    return found


def forget_record(db: Connection, record: str) -> None:
    """Forget what runs kept of a record's values."""
    table = schema.play_rows
    db.execute(update(table).where(table.c.rid == record).values(body=json.dumps(_NOTHING), title=""))


_NOTHING: Final[dict[str, list[object]]] = {"edits": [], "tasks": [], "reasons": [], "numbers": []}


def _body(row: PlayRow) -> str:
    told = {
        "edits": [astuple(one) for one in row.edits],
        "tasks": [astuple(one) for one in row.tasks],
        "reasons": [[one.code, list(one.facts)] for one in row.reasons],
        "numbers": list(row.numbers),
    }
    return json.dumps(told, ensure_ascii=False)


def _row(row: Row[Cell]) -> PlayRow:
    told = json.loads(row.body)
    return PlayRow(
        RecordId(row.rid),
        row.title,
        RowVerdict(row.verdict),
        tuple(map(edit_from_plain, told["edits"])),
        tuple(map(task_from_plain, told["tasks"])),
        tuple(map(reason_from_plain, told["reasons"])),
        int(row.round),
        int(row.cause),
        is_done=row.done_at is not None,
        numbers=tuple(told["numbers"]),
    )


def _loaded(db: Connection, rows_: abc.Sequence[Row[Cell]]) -> tuple[PlayRun, ...]:
    table = schema.play_rows
    numbers = [int(row.number) for row in rows_]
    counts: dict[int, Counter[str]] = {number: Counter() for number in numbers}
    done = func.count(table.c.done_at)
    query = select(table.c.run, table.c.verdict, func.count(), done).where(table.c.run.in_(numbers))
    for run, verdict, count, ended in db.execute(query.group_by(table.c.run, table.c.verdict)):
        counts[int(run)][str(verdict)] += int(count)
        counts[int(run)]["done"] += int(ended)
    sent = _sent(db, [str(row.plan_id) for row in rows_ if row.plan_id is not None])
    return tuple(_run(db, row, counts[int(row.number)], sent.get(str(row.plan_id), ())) for row in rows_)


def _sent(db: Connection, plans: abc.Collection[str]) -> dict[str, tuple[JobId, ...]]:
    """Give by plan the jobs that its values went into: its own, and those that collected them."""
    jobs, collected = schema.jobs, schema.collected
    own = select(jobs.c.change_set_id, jobs.c.id, jobs.c.number).where(
        jobs.c.change_set_id.in_(plans), jobs.c.number.is_not(None)
    )
    joined = (
        select(collected.c.change_set_id, jobs.c.id, jobs.c.number)
        .join(jobs, jobs.c.id == collected.c.job_id)
        .where(collected.c.change_set_id.in_(plans))
    )
    found: dict[str, tuple[JobId, ...]] = {}
    rows_ = [row for query in (own, joined) for row in db.execute(query)]
    for plan, job, _ in sorted(rows_, key=lambda row: int(row.number)):
        found[str(plan)] = (*found.get(str(plan), ()), JobId(job))
    return found


def _is_undone(db: Connection, number: int, jobs_: abc.Sequence[JobId]) -> bool:
    """Say whether undos of the jobs that a run went into dealt with every record it changed."""
    jobs, rows_ = schema.jobs, schema.play_rows
    undos = select(jobs.c.id).where(jobs.c.undo_of.in_(jobs_), jobs.c.number.is_not(None))
    if db.execute(undos.limit(1)).first() is None:
        return False
    back = union_all(
        *(select(one.c.rid).where(one.c.job_id.in_(undos)) for one in (schema.writes, schema.findings))
    )
    left = select(rows_.c.rid).where(
        rows_.c.run == number, rows_.c.done_at.is_not(None), rows_.c.rid.not_in(back)
    )
    return db.execute(left.limit(1)).first() is None


def _run(db: Connection, row: Row[Cell], counts: Counter[str], sent: tuple[JobId, ...]) -> PlayRun:
    state = RunState(row.state)
    if state is RunState.DONE and sent and _is_undone(db, int(row.number), sent):
        state = RunState.UNDONE
    return PlayRun(
        number=int(row.number),
        play=row.play,
        trigger=TriggerKind(row.trigger),
        state=state,
        mode=PlayMode(row.mode),
        author=row.author,
        started_at=moments.from_text(row.started_at),
        started_by=row.started_by,
        ended_at=moments.from_optional(row.ended_at),
        of=int(row.of),
        counts=RunCounts(
            **{name: counts[name] for name in ("change", "unchanged", "skipped", "blocked", "done")}
        ),
        reason=reason_from_text(row.reason),
        linked=int(row.linked),
        plan=None if row.plan_id is None else PlanId(row.plan_id),
        jobs=sent,
        targets=tuple(ConnectionId(one) for one in json.loads(row.targets)),
        named=tuple(ConnectionId(one) for one in json.loads(row.named)),
        steps=tuple(map(step_from_plain, json.loads(row.steps))),
        act=row.act,
        decided_act=row.decided_act,
    )
