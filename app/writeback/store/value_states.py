"""How single edits stand: queued, sent, refused, conflict, unknown; and the drafts they came from.

Kept for edits of single records only (jobs of at most `MOST` rows that know our record), a row for each
target that a value goes to; how the rows of big jobs stand is derived from the outbox. A target without a
row here holds what was confirmed; a value is confirmed when no target has one and there is no draft.

Must not: be asked whether something may be sent.
"""

import json
from collections import abc
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, or_, select, update
from sqlalchemy.engine import Connection

from writeback.model.canonical import Json
from writeback.model.jobs import JobKind
from writeback.planning.sorting import CRM_WINS, LEFT_TO_CRM
from writeback.store import held_drafts, left_drafts, moments, roles, schema, sources, sqlite
from writeback.store.meanings import meanings_of, meant, told_as

MOST: Final = 2_000
"""Jobs with more rows than this are not tracked value by value."""

AUTOMATED: Final = "automated"
"""Written, then changed by the CRM's automation: nothing is left to be done, but it is told."""
_OF_OUTCOME: Final = {"rejected": "refused", "conflict": "conflict", "unknown": "unknown", "open": "queued"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one row of a job stands, for the values it touches."""

    rid: str | None
    outcome: str
    """An outcome, `open`, or `sent`."""
    new: str
    """JSON array along the job's columns."""
    theirs: str | None = None
    code: str = ""
    message: str = ""
    is_asked: bool = False
    """`new` holds what was asked for, not what would have been written."""
    seq: int = 0
    """The row's number: where several records ask for it, it stands so for each of them."""
    fields: tuple[str, ...] = ()
    """CRM columns in conflict; empty: all that the row touches."""


def is_tracked(db: Connection, job_id: str) -> bool:
    """Say whether a job's values are kept one by one."""
    jobs = schema.jobs
    row = db.execute(select(jobs.c.rows, jobs.c.integration_id).where(jobs.c.id == job_id)).first()
    return row is not None and row.integration_id is not None and int(row.rows) <= MOST


def note_submitted(db: Connection, change_set_id: str, job_id: str, *, at: datetime | str) -> None:
    """Show a submitted job's values as queued, and what its plan found as conflict or refused."""
    if not is_tracked(db, job_id):
        _hold_many(db, change_set_id, job_id)
        return
    writes, findings = schema.writes, schema.findings
    jobs = schema.jobs
    columns = db.execute(select(jobs.c.columns).where(jobs.c.id == job_id)).scalar_one()
    rows = db.execute(
        select(writes.c.rid, writes.c.new, writes.c.kept, writes.c.seq).where(writes.c.job_id == job_id)
    ).all()
    sent = [Standing(row.rid, "open", row.new, seq=row.seq) for row in rows]
    sent += [
        Standing(row.rid, "unchanged", _left(row.new, row.kept), code=CRM_WINS.code, seq=row.seq)
        for row in rows
        if row.kept
    ]
    found = db.execute(select(findings).where(findings.c.job_id == job_id)).all()
    kept = [
        Standing(
            row.rid,
            row.verdict,
            row.new,
            row.theirs,
            code=row.code,
            seq=row.seq,
            fields=_names(columns, row.places),
        )
        for row in found
        if row.verdict != "blocked"
    ]
    blocked = [
        Standing(rid, "rejected", _asked(db, job_id, rid, new), row.theirs, code=row.code, is_asked=True)
        for row in found
        if row.verdict == "blocked"
        for rid, new in _askers(db, job_id, row.seq) or [(row.rid, row.new)]
    ]
    told = (*_of_each(db, job_id, (*sent, *kept)), *blocked)
    _hold_drafts(db, change_set_id, job_id, told)
    for _, rid, attribute in _put(db, job_id, told, at=at):
        sqlite.run(db, _OVERTAKEN, (rid, attribute))


def _names(columns: str, places: str) -> tuple[str, ...]:
    """Give the CRM columns at some places of a job."""
    each = json.loads(columns)
    return tuple(str(each[place]["field"]) for place in json.loads(places))


def _left(planned: str, kept: str) -> str:
    """Give what was wished in the fields of a row that a rule leaves to the CRM."""
    told: dict[str, list[Json]] = json.loads(kept)
    left = {at: one for at, one in told.items() if one[0] in LEFT_TO_CRM}
    width = len(json.loads(planned))
    return json.dumps(
        [left[str(at)][2] if str(at) in left else {} for at in range(width)], ensure_ascii=False
    )


def _asked(db: Connection, job_id: str, rid: str | None, planned: str) -> str:
    """Give what was asked for a record that its plan blocked: `planned` leaves out what cannot be sent."""
    found = sqlite.run(
        db,
        "select json_group_array(json(coalesce(d.new, '{}'))) from jobs j, json_each(j.columns) c "
        "left join drafts d on d.rid = ? and d.attribute = json_extract(c.value, '$.attribute') "
        "and (d.change_set_id is null or d.change_set_id = j.change_set_id) where j.id = ?",
        (rid, job_id),
    ).fetchone()
    edits: list[Json] = json.loads(found[0])
    kept: list[Json] = json.loads(planned)
    both = zip(edits, [*kept, *edits[len(kept) :]], strict=True)
    return json.dumps([edit if edit != {} else other for edit, other in both], ensure_ascii=False)


def end_drafts(db: Connection, change_set_id: str) -> None:
    """Let go of a change set's drafts that no target has anything left to do about.

    Asked once all jobs of the change set showed their values, and again whenever a value was settled.
    """
    sqlite.run(db, f"{_END} drafts.change_set_id = ? and {_is_over()}", (change_set_id,))
    if not has_big(db, change_set_id):
        left_drafts.free(db, change_set_id)


def put(db: Connection, job_id: str, standings: abc.Iterable[Standing], *, at: datetime | str) -> None:
    """Write down how rows stand now.

    A value that was applied, was so already, or was given up has no row any more for this target; with
    the last target its draft ends, or is a draft again.
    """
    plans: tuple[str, ...] = ()
    is_big_one = False
    for change_set_id, rid, attribute in _put(db, job_id, _of_each(db, job_id, standings), at=at):
        if not plans:
            plans = left_drafts.family(db, change_set_id)
            is_big_one = any(has_big(db, plan) for plan in plans)  # it lets go when it is over
        sqlite.run(db, _OVERTAKEN, (rid, attribute))
        held = f"drafts.change_set_id in ({sqlite.marks(plans)}) and rid = ? and attribute = ?"
        sqlite.run(db, f"{_END} {held} and {_is_over()}", (*plans, rid, attribute))
        if not is_big_one:
            left_drafts.free(db, change_set_id, value=(rid, attribute))


def _askers(db: Connection, job_id: str, seq: int) -> list[tuple[str | None, str]]:
    """Give the records that ask for a row, with what each asks."""
    return [(one.rid, one.new) for one in sources.of_row(db, job_id, seq)]


def _of_each(db: Connection, job_id: str, standings: abc.Iterable[Standing]) -> tuple[Standing, ...]:
    """Give how a job's rows stand for each record that asks for them, in the values that it asks for."""
    told = tuple(standings)
    if not sources.has_any(db, job_id):
        return told
    asking = sources.of_rows(db, job_id, {one.seq for one in told})
    return tuple(
        replace(standing, rid=one.rid, new=sources.touched(one.new, standing.new))
        for standing in told
        for one in asking.get(standing.seq, ())
    )


_OVERTAKEN: Final = (
    "delete from value_states as v where rid = ? and attribute = ? "
    "and state in ('refused', 'conflict', 'automated', 'draft') "
    "and not exists (select 1 from field_mappings m where m.integration_id = v.integration_id "
    "and m.attribute = v.attribute and m.write_back)"
)
"""What was refused where the value is not written (any more) says nothing once a CRM took it."""
_SEEN: Final = (
    "update drafts set seen = json_set(seen, ?1, json(?2)) where rid = ?3 and attribute = ?4 "
    "and (change_set_id = ?5 or new = ?2 or created_at > ?6 "
    "or author = (select author from change_sets where id = ?5))"
)
"""A CRM took the value while others still have to: for a later edit that is what was seen of it.

Not for an edit of somebody else that lay here before the job: its base stays what its author saw, and it is a
conflict.
"""
_END: Final = "delete from drafts where"
_NO_TARGET: Final = (
    "not exists (select 1 from value_states v where v.rid = drafts.rid and v.attribute = drafts.attribute "
    "and v.state <> 'automated')"
)


def _is_over() -> str:
    """Say in SQL that a draft has no target left, and no job that is too big to be tracked."""
    big = f"select 1 from jobs j where j.change_set_id = drafts.change_set_id and {is_big('j')}"  # noqa: S608  constants
    return f"{_NO_TARGET} and not exists ({big})"


def has_big(db: Connection, change_set_id: str) -> bool:
    """Say whether a change set has a job that is too big to be tracked value by value."""
    query = f"select 1 from jobs j where j.change_set_id = ? and {is_big('j')} limit 1"  # noqa: S608  a constant
    return sqlite.run(db, query, (change_set_id,)).fetchone() is not None


def is_big(name: str) -> str:
    """Say in SQL that a job is too big to be tracked value by value."""
    return f"{name}.integration_id is not null and {name}.rows > {MOST}"


def _put(
    db: Connection, job_id: str, standings: abc.Iterable[Standing], *, at: datetime | str
) -> list[tuple[str, str, str]]:
    """Write down how rows stand for one target; gives (change set, record, attribute) of what is over."""
    moment = at if isinstance(at, str) else moments.to_text(at)
    job = db.execute(select(schema.jobs).where(schema.jobs.c.id == job_id)).one()
    columns = json.loads(job.columns)
    attributes = [str(one.get("attribute", "")) for one in columns]
    means = meanings_of(db, job.integration_id, columns)
    people = roles.readers(db, job.integration_id) if job.integration_id else {}
    over: list[tuple[str, str, str]] = []
    plans = left_drafts.family(db, job.change_set_id)
    for standing in standings:
        theirs = json.loads(standing.theirs) if standing.theirs else []
        disputed = {column["field"] for column in columns} & set(standing.fields)
        for place, (attribute, plain) in enumerate(zip(attributes, json.loads(standing.new), strict=False)):
            if standing.rid is None or not attribute or plain == {}:
                continue
            mine, read = means.get(place), people.get(attribute)
            outcome = standing.outcome
            if outcome == "conflict" and disputed and columns[place]["field"] not in disputed:
                outcome = "cancelled"  # held back by another field of its row: a draft again
            state = "sent" if outcome == "sent" else _OF_OUTCOME.get(outcome)
            if state is None:
                overtaken = "" if outcome == "cancelled" else _EARLIER
                own = standing.rid, attribute, job.integration_id
                sqlite.run(db, f"{_FORGET} and (job_id = ?{overtaken})", (*own, job_id))
                if outcome == "cancelled":
                    _let_wait(db, standing.rid, attribute, plans)
                else:
                    over.append((job.change_set_id, standing.rid, attribute))
                    if standing.code not in LEFT_TO_CRM:  # nobody saw that value: it is no base to write from
                        held = theirs[place] if place < len(theirs) and theirs[place] != {} else plain
                        told = meant(told_as(held, read), mine)
                        seen_at = f'$."{job.integration_id}"', told, standing.rid, attribute
                        sqlite.run(db, _SEEN, (*seen_at, job.change_set_id, job.submitted_at or ""))
                continue
            if state in ("refused", "conflict"):
                _let_wait(db, standing.rid, attribute, plans)
            new = meant(told_as(plain, read), None if standing.is_asked else mine)
            now = meant(told_as(theirs[place], read), mine) if place < len(theirs) else None
            place_of = standing.rid, attribute, job.integration_id
            sqlite.run(
                db, _SHOW, (*place_of, state, job_id, new, now, standing.code, standing.message, moment)
            )
    return over


def _let_wait(db: Connection, rid: str, attribute: str, plans: abc.Sequence[str]) -> None:
    """Let an edit wait again that one of these change sets holds."""
    held = f"change_set_id in ({sqlite.marks(plans)})"
    query = f"update drafts set change_set_id = null where rid = ? and attribute = ? and {held}"  # noqa: S608  ours
    sqlite.run(db, query, (rid, attribute, *plans))


_FORGET: Final = "delete from value_states where rid = ? and attribute = ? and integration_id = ?"
_EARLIER: Final = f" or state in ('refused', 'conflict', 'draft', '{AUTOMATED}')"
"""What an earlier job was refused is overtaken."""
_SHOW: Final = (
    "insert into value_states "
    "(rid, attribute, integration_id, state, job_id, new, theirs, code, message, at) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (rid, attribute, integration_id) do update set "
    "state = excluded.state, job_id = excluded.job_id, new = excluded.new, theirs = excluded.theirs, "
    "code = excluded.code, message = excluded.message, at = excluded.at "
    "where value_states.state not in ('queued', 'sent', 'unknown') or value_states.job_id = excluded.job_id "
    "or coalesce((select number from jobs where id = value_states.job_id), 0) "
    "<= coalesce((select number from jobs where id = excluded.job_id), 9e18)"
)
"""What a later job still writes to the value is not hidden by what becomes of an earlier one.
Thousands in the commit that submits a job: a statement built anew for each would hold it for seconds."""


def _own(rid: str, attribute: str, integration_id: str) -> ColumnElement[bool]:
    states = schema.value_states
    return and_(
        states.c.rid == rid, states.c.attribute == attribute, states.c.integration_id == integration_id
    )


def dispute(db: Connection, place: tuple[str, str, str], *, new: str, theirs: str, at: str) -> None:
    """Note that a CRM holds something else than was seen: (record, attribute, integration), JSON values."""
    values = {
        "rid": place[0],
        "attribute": place[1],
        "integration_id": place[2],
        "state": "conflict",
        "job_id": "",
        "new": new,
        "theirs": theirs,
        "code": "pull.conflict",
        "message": "",
        "at": at,
    }
    sqlite.upsert(db, schema.value_states, values)


def settle_same(db: Connection, rid: str, attribute: str, integration_id: str) -> None:
    """End a conflict with a CRM that holds the wished value; the draft ends with its last target."""
    states = schema.value_states
    own = _own(rid, attribute, integration_id)
    db.execute(delete(states).where(own, states.c.state == "conflict"))
    mine = f"{_END} change_set_id is null and rid = ? and attribute = ? and {_is_over()}"
    sqlite.run(db, mine, (rid, attribute))


def clear(db: Connection, rid: str, attribute: str) -> None:
    """Forget how a value stood: a person settled it or edited it anew."""
    states = schema.value_states
    db.execute(delete(states).where(states.c.rid == rid, states.c.attribute == attribute))


def clear_many(db: Connection, values: abc.Iterable[tuple[str, str]]) -> None:
    """Forget how some values stood, each by record and attribute."""
    sqlite.many(db, "delete from value_states where rid = ? and attribute = ?", values)


def clear_conflicts(db: Connection, rid: str, attribute: str) -> bool:
    """Forget what a value is in conflict with; gives whether something else is still told of it."""
    states = schema.value_states
    own = and_(states.c.rid == rid, states.c.attribute == attribute)
    db.execute(delete(states).where(own, states.c.state == "conflict"))
    left = select(states.c.state).where(own, states.c.state != AUTOMATED)
    return db.execute(left.limit(1)).first() is not None


def note_automated(
    db: Connection,
    place: tuple[str, str],
    attributes: abc.Sequence[str],
    standings: abc.Iterable[Standing],
    *,
    at: datetime | str,
) -> None:
    """Tell that values were written, and that the CRM made something else of them.

    Args:
        db: The write transaction.
        place: Which integration's CRM, and the job that wrote them.
        attributes: Along the job's columns; '' where a column is mapped to none.
        standings: `new` holds the values that were changed only, `theirs` what stands there now.
        at: When it was seen.
    """
    moment = at if isinstance(at, str) else moments.to_text(at)
    written = db.execute(select(schema.jobs.c.columns).where(schema.jobs.c.id == place[1])).scalar_one()
    columns = zip(json.loads(written), attributes, strict=True)
    means = meanings_of(db, place[0], [{**column, "attribute": name} for column, name in columns])
    for standing in standings:
        cells = zip(attributes, json.loads(standing.new), json.loads(standing.theirs or "[]"), strict=True)
        for at_place, (attribute, new, theirs) in enumerate(cells):
            if standing.rid is None or not attribute or new == {}:
                continue
            told = (meant(plain, means.get(at_place)) for plain in (new, theirs))
            sqlite.run(
                db, _NOTE, (standing.rid, attribute, *place, *told, standing.code, standing.message, moment)
            )


_NOTE: Final = (
    "insert into value_states (rid, attribute, integration_id, state, job_id, new, theirs, code, message, "
    "at) select ?1, ?2, ?3, 'automated', ?4, ?5, ?6, ?7, ?8, ?9 "
    "where not exists (select 1 from drafts where rid = ?1 and attribute = ?2) "
    "on conflict (rid, attribute, integration_id) do update set job_id = excluded.job_id, "
    "new = excluded.new, theirs = excluded.theirs, code = excluded.code, message = excluded.message, "
    "at = excluded.at "
    "where value_states.state = 'automated'"
)
"""Whatever was asked of the value since counts more."""


def _hold_many(db: Connection, change_set_id: str, job_id: str) -> None:
    """Hold the drafts of a job that is too big to be tracked; one made of something else holds none."""
    jobs, sets = schema.jobs, schema.change_sets
    wanted = select(jobs.c.kind, jobs.c.integration_id, sets.c.created_at, sets.c.source)
    job = db.execute(wanted.join(sets, sets.c.id == jobs.c.change_set_id).where(jobs.c.id == job_id)).one()
    is_of_drafts = job.kind not in _OF_JOBS and "plan_file" not in json.loads(job.source or "{}")
    if job.integration_id is not None and is_of_drafts:
        held_drafts.hold(db, change_set_id, job_id, made_at=job.created_at)


def _hold_drafts(db: Connection, change_set_id: str, job_id: str, standings: abc.Iterable[Standing]) -> None:
    """Tie the drafts that this job deals with to its change set, so that no second plan takes them.

    Whatever was edited after the plan was made is another wish and waits on. A plan that was not made of
    drafts (an undo, a retry, a saved one) holds those that wish the very same; a retry also those that the
    job it retries was refused, since a person may have put other values in their place.
    """
    jobs, sets, drafts = schema.jobs, schema.change_sets, schema.drafts
    wanted = select(
        jobs.c.columns, jobs.c.kind, jobs.c.integration_id, jobs.c.retry_of, sets.c.created_at, sets.c.source
    )
    job = db.execute(wanted.join(sets, sets.c.id == jobs.c.change_set_id).where(jobs.c.id == job_id)).one()
    columns = json.loads(job.columns)
    is_of_drafts = job.kind not in _OF_JOBS and "plan_file" not in json.loads(job.source or "{}")
    means = meanings_of(db, job.integration_id, columns)
    people = roles.readers(db, job.integration_id) if job.integration_id else {}
    told = tuple(standings)
    waiting = _waiting(db, {one.rid for one in told if one.rid is not None})
    if is_of_drafts:
        sqlite.many(
            db,
            "update drafts set change_set_id = ? where rid = ? and attribute = ? "
            "and change_set_id is null and created_at <= ?",
            [(change_set_id, *value, job.created_at) for value in _touched(told, columns) & waiting],
        )
        return
    for standing in told:
        for place, (column, plain) in enumerate(zip(columns, json.loads(standing.new), strict=False)):
            attribute = str(column.get("attribute", ""))
            if (standing.rid, attribute) not in waiting or plain == {}:
                continue
            own = [
                drafts.c.rid == standing.rid,
                drafts.c.attribute == attribute,
                drafts.c.change_set_id.is_(None),
                drafts.c.created_at <= job.created_at,
            ]
            mine = None if standing.is_asked else means.get(place)
            same = func.json(drafts.c.new) == func.json(meant(told_as(plain, people.get(attribute)), mine))
            place_of = _own(str(standing.rid), attribute, job.integration_id)
            own.append(or_(same, _is_refused(place_of, job.retry_of)))
            db.execute(update(drafts).where(*own).values(change_set_id=change_set_id))


def _touched(
    standings: abc.Iterable[Standing], columns: abc.Sequence[abc.Mapping[str, object]]
) -> frozenset[tuple[str | None, str]]:
    """Give which values some rows are about."""
    return frozenset(
        (standing.rid, str(column.get("attribute", "")))
        for standing in standings
        for column, plain in zip(columns, json.loads(standing.new), strict=False)
        if plain != {}
    )


def _waiting(db: Connection, rids: abc.Collection[str]) -> frozenset[tuple[str | None, str]]:
    """Give which values of some records have a draft that no change set holds: mostly few of thousands."""
    found: set[tuple[str | None, str]] = set()
    for some in sqlite.chunks(rids):
        query = "select rid, attribute from drafts where change_set_id is null and rid in "
        found.update(sqlite.run(db, f"{query}({sqlite.marks(some)})", some))
    return frozenset(found)


def _is_refused(own: ColumnElement[bool], job_id: str | None) -> ColumnElement[bool]:
    """Say in SQL that a value stands as a job, or an earlier retry of it, was refused it."""
    if job_id is None:
        return false()
    states, jobs = schema.value_states, schema.jobs
    by = or_(
        states.c.job_id == job_id, states.c.job_id.in_(select(jobs.c.id).where(jobs.c.retry_of == job_id))
    )
    return exists(select(1).select_from(states).where(own, states.c.state == "refused", by))


_OF_JOBS: Final = frozenset({JobKind.UNDO.value, JobKind.RETRY.value})
