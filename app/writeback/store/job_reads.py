"""What hangs on one job: rows, batches, attempts, causes, exchanges; cut where they could grow.

Must not: write, hold a transaction.
"""

from collections import abc
from typing import Any, Final

from sqlalchemy import case, func, or_, select, text
from sqlalchemy.engine import Connection

from writeback.store import schema, sqlite
from writeback.store.windows import escaped

RawRow = Any
"""A row of SQLAlchemy, asked by column name or place."""
BATCHES_MOST: Final = 2_000
ATTEMPTS_MOST: Final = 2_000
LIST_MOST: Final = 500


def rows(db: Connection, job_id: str, seqs: abc.Sequence[int]) -> tuple[abc.Sequence[RawRow], ...]:
    """Give writes, findings, outcome exceptions, batches and notes by hand of some rows, at most a block."""
    writes, made = schema.writes, schema.made
    mine = (made.c.job_id == writes.c.job_id) & (made.c.seq == writes.c.seq)
    sent = select(writes, made.c.record_id.label("made")).outerjoin(made, mine)
    told = [
        db.execute(query.where(table.c.job_id == job_id, table.c.seq.in_(seqs))).all()
        for table, query in (
            (writes, sent),
            (schema.findings, select(schema.findings)),
            (schema.outcomes, select(schema.outcomes)),
        )
    ]
    batches, notes = schema.batches, schema.hand_notes
    covering = select(batches).where(
        batches.c.job_id == job_id, batches.c.first_seq <= max(seqs), batches.c.last_seq >= min(seqs)
    )
    noted = select(notes).where(notes.c.job_id == job_id, notes.c.seq.in_(seqs))
    return (*told, db.execute(covering).all(), db.execute(noted).all())


def blocked_rows(db: Connection, job_id: str, seqs: abc.Collection[int]) -> list[RawRow]:
    """Give those of some rows that the plan blocked and whose record is known, in their order."""
    table = schema.findings
    found: list[RawRow] = []
    for some in sqlite.chunks(str(seq) for seq in sorted(seqs)):
        wanted = select(table).where(
            table.c.job_id == job_id,
            table.c.seq.in_([int(one) for one in some]),
            table.c.verdict == "blocked",
            table.c.record_id != "",
        )
        found += db.execute(wanted.order_by(table.c.seq)).all()
    return found


def failed_rows(db: Connection, job_id: str, *, code: str, outcome: str, most: int) -> list[RawRow]:
    """Give rows that were refused, blocked or not sent, with why; of one cause, where a code is given."""
    sent = (
        "select w.seq, w.record_id, w.rid, '' as source_key, w.old, w.new, w.shown, o.outcome, o.code, "
        "o.message, o.fields, '{}' as facts from outcomes o join writes w on w.job_id = o.job_id "
        "and w.seq = o.seq where o.job_id = :job and o.outcome in ('rejected', 'cancelled') "
    )
    kept = (
        "select f.seq, f.record_id, f.rid, f.source_key, f.theirs as old, f.new, f.shown, "
        "f.verdict as outcome, f.code, '' as message, json_array(f.field) as fields, f.facts "
        "from findings f where f.job_id = :job and f.verdict = 'blocked' and f.record_id <> '' "
    )
    narrowed = "and (:outcome = '' or {how} = :outcome) and (:code = '' or {why} = :code) "
    query = (
        f"select * from ({sent}{narrowed.format(how='o.outcome', why='o.code')} union all "  # noqa: S608  ours
        f"{kept}{narrowed.format(how='f.verdict', why='f.code')}) order by seq limit :most"
    )
    asked = {"job": job_id, "code": code, "outcome": outcome, "most": most}
    return list(db.execute(text(query), asked).all())


def left_out(db: Connection, job_id: str, seqs: abc.Sequence[int]) -> list[RawRow]:
    """Give what was left out of some rows of a plan."""
    table = schema.left_out
    return list(db.execute(select(table).where(table.c.job_id == job_id, table.c.seq.in_(seqs))).all())


def last_seq(db: Connection, job_id: str) -> int:
    """Give the number of a job's last row."""
    last = [
        select(func.coalesce(func.max(table.c.seq), 0)).where(table.c.job_id == job_id).scalar_subquery()
        for table in (schema.writes, schema.findings)
    ]
    return int(db.execute(select(func.max(*last))).scalar_one())


def batches(db: Connection, job_id: str) -> abc.Sequence[RawRow]:
    """Give a job's batches in order."""
    table = schema.batches
    wanted = select(table).where(table.c.job_id == job_id).order_by(table.c.no).limit(BATCHES_MOST)
    return db.execute(wanted).all()


def attempts(db: Connection, job_id: str) -> abc.Sequence[RawRow]:
    """Give a job's tries by batch, oldest first."""
    table = schema.attempts
    wanted = select(table).where(table.c.job_id == job_id).order_by(table.c.batch_no, table.c.intent_at)
    return db.execute(wanted.limit(ATTEMPTS_MOST)).all()


def causes(db: Connection, job_id: str) -> abc.Sequence[RawRow]:
    """Group what was not simply written by outcome, code and the CRM's words, the largest group first.

    A conflict's words are of its row alone (who changed it, and when), so they make no group.
    """
    outcomes, findings = schema.outcomes, schema.findings
    is_conflict = outcomes.c.outcome == "conflict"
    words = case((is_conflict, ""), else_=func.substr(outcomes.c.message, 1, 300))
    sent = select(
        outcomes.c.outcome, outcomes.c.code, words, func.count(), func.min(outcomes.c.fields)
    ).where(outcomes.c.job_id == job_id, or_(outcomes.c.outcome != "applied", outcomes.c.code != ""))
    kept = select(
        findings.c.verdict, findings.c.code, findings.c.facts, func.count(), findings.c.field
    ).where(findings.c.job_id == job_id)
    found = [
        *db.execute(sent.group_by(outcomes.c.outcome, outcomes.c.code, words).limit(LIST_MOST)),
        *db.execute(kept.group_by(findings.c.verdict, findings.c.code, findings.c.field).limit(LIST_MOST)),
    ]
    return sorted(found, key=lambda row: -int(row[3]))


def exchanges(db: Connection, job_id: str, *, words: str = "") -> abc.Sequence[RawRow]:
    """Give a job's recorded exchanges, newest first; those that hold some words, a record's id mostly."""
    table = schema.exchanges
    query = select(table).where(table.c.job_id == job_id)
    if words:
        pattern = f"%{escaped(words)}%"
        query = query.where(
            or_(
                *(
                    column.like(pattern, escape="\\")
                    for column in (table.c.url, table.c.request, table.c.answer)
                )
            )
        )
    return db.execute(query.order_by(table.c.id.desc()).limit(LIST_MOST)).all()


def acts(db: Connection, job_id: str, plan_id: str) -> abc.Sequence[RawRow]:
    """Give the audit entries that name a job or its plan, oldest first."""
    table = schema.audit
    names = {"$.job": job_id, "$.plan": plan_id}
    told = (func.json_extract(table.c.body, place) == name for place, name in names.items())
    return db.execute(select(table).where(or_(*told)).order_by(table.c.seq).limit(LIST_MOST)).all()


def sent_between(db: Connection, job_id: str) -> tuple[str | None, str | None]:
    """Give when a job's first request was about to leave, and when its last answer had come."""
    table = schema.attempts
    wanted = select(func.min(table.c.intent_at), func.max(table.c.ended_at)).where(table.c.job_id == job_id)
    first, last = db.execute(wanted).one()
    return first, last


def refreshed(db: Connection, job_id: str) -> tuple[str | None, int]:
    """Give when a job's records were last read back after writing, and how many batches still wait for it."""
    changes, waiting = schema.value_changes, schema.refreshes
    last = db.execute(
        select(func.max(changes.c.at)).where(changes.c.job_id == job_id, changes.c.kind == "read_back")
    ).scalar()
    left = db.execute(select(func.count()).where(waiting.c.job_id == job_id)).scalar_one()
    return last, int(left)
