"""Edits of which a submitted plan leaves something to be done: rows left out, and the rest of a trial.

A CRM that such a plan does not write keeps a state `draft`, so that the edit outlasts those that took it and
waits again when none of them is at work any more. A plan and its trials are one family: each may hold the
edits that the others send too.

Must not: send, judge, or let go of a draft that some job still deals with.
"""

import json
from collections import abc
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from writeback.store import schema, sqlite

_TOUCHES: Final = "coalesce(json_type({new}, '$[{place}]'), 'null') <> 'object'"
_OUT: Final = (  # a field that was left out lies beside its row, wherever that row is
    "select json_extract(l.body, '$.rid') from left_out l where l.job_id = ?1 and l.place = -1 and "
    "(exists (select 1 from left_out f where f.job_id = ?1 and f.seq = l.seq and f.place = {place}) "
    "or {row}) "
    "union select w.rid from left_out l join writes w on w.job_id = l.job_id and w.seq = l.seq "
    "where l.job_id = ?1 and l.place = {place} "
    "union select s.rid from sources s join left_out l on l.job_id = s.job_id and l.seq = s.seq "
    "where s.job_id = ?1 and l.place in (-1, {place}) and {asked}"
)
_STAYS: Final = (
    "union select w.rid from writes w where w.job_id = ?1 and {written} "
    "union select f.rid from findings f where f.job_id = ?1 and f.verdict <> 'unchanged' and {found} "
    "union select s.rid from sources s where s.job_id = ?1 and {asked}"
)
_UNDER_WAY: Final = (
    "exists (select 1 from value_states v where v.rid = drafts.rid and v.attribute = drafts.attribute "
    "and v.state in ('queued', 'sent', 'unknown'))"
)
_LEFT: Final = (
    "exists (select 1 from value_states v where v.rid = drafts.rid and v.attribute = drafts.attribute "
    "and v.state in ('draft', 'refused', 'conflict'))"
)


class _Aim(NamedTuple):
    """One column of a job-to-be that an attribute goes to."""

    plan_id: str
    job_id: str
    integration_id: str
    target: tuple[str, str, str]
    place: int
    attribute: str


def family(db: Connection, plan_id: str) -> tuple[str, ...]:
    """Give a plan with its trials, or a trial with its plan and that one's other trials.

    What joined one of their jobs while it collected belongs to them as well, with its trials.
    """
    each = _with_trials(db, plan_id)
    joined = sqlite.run(
        db,
        "select k.change_set_id from collected k join jobs j on j.id = k.job_id "  # noqa: S608  marks
        f"where j.change_set_id in ({sqlite.marks(each)})",
        each,
    )
    others = [one for (plan,) in joined.fetchall() for one in _with_trials(db, str(plan))]
    return tuple(dict.fromkeys((*each, *others)))


def _with_trials(db: Connection, plan_id: str) -> tuple[str, ...]:
    own = _source(db, plan_id)
    whole = str(own.get("trial_of") or plan_id)
    told = own if whole == plan_id else _source(db, whole)
    trials = told.get("trials")
    others = [str(one) for one in trials] if isinstance(trials, list) else []
    return tuple(dict.fromkeys((plan_id, whole, *others)))


def note(db: Connection, plan_id: str, *, at: str) -> None:
    """Note for which CRMs edits that a plan holds are still to be sent; asked as it is submitted."""
    aims = _aims(db, plan_id)
    targets: dict[str, set[tuple[str, str, str]]] = {}
    for aim in aims:
        targets.setdefault(aim.attribute, set()).add(aim.target)
    for aim in aims:
        if len(targets[aim.attribute]) < 2:  # nobody else could end the edit
            continue
        facts = {"place": aim.place}
        row = _TOUCHES.format(new="json_extract(l.body, '$.new')", **facts)
        asked, written, found = (_TOUCHES.format(new=f"{one}.new", **facts) for one in "swf")
        query = _OUT.format(row=row, asked=asked, **facts)
        if aim.plan_id != plan_id:
            query = f"{query} {_STAYS.format(asked=asked, written=written, found=found)}"
        sqlite.run(
            db,
            "insert or ignore into value_states "  # noqa: S608  our own words and numbers
            "(rid, attribute, integration_id, state, job_id, new, code, message, at) "
            "select d.rid, d.attribute, ?2, 'draft', '', d.new, '', '', ?3 from drafts d "
            f"where d.change_set_id = ?4 and d.attribute = ?5 and d.rid in ({query})",
            (aim.job_id, aim.integration_id, at, plan_id, aim.attribute),
        )


def free(db: Connection, plan_id: str, *, value: tuple[str, str] | None = None) -> None:
    """Let edits wait again that a plan or its family holds, and that no job of theirs deals with any more."""
    plans = family(db, plan_id)
    marks = sqlite.marks(plans)
    own, values = (" and rid = ? and attribute = ?", value) if value is not None else ("", ())
    sqlite.run(
        db,
        f"update drafts set change_set_id = null where change_set_id in ({marks}){own} "  # noqa: S608  ours
        f"and {_LEFT} and not {_UNDER_WAY}",
        (*plans, *values),
    )


def _aims(db: Connection, plan_id: str) -> list[_Aim]:
    """Give the columns of a plan, and of the plan that it is a trial of while that was not submitted."""
    jobs, sets = schema.jobs, schema.change_sets
    whole = str(_source(db, plan_id).get("trial_of") or "")
    rows = db.execute(
        select(jobs)
        .join(sets, sets.c.id == jobs.c.change_set_id)
        .where(
            jobs.c.integration_id.is_not(None),
            (sets.c.id == plan_id) | ((sets.c.id == whole) & (sets.c.state == "planned")),
        )
    ).all()
    return [
        _Aim(
            str(row.change_set_id),
            str(row.id),
            str(row.integration_id),
            (str(row.integration_id), str(row.object), str(row.columns)),
            place,
            str(column["attribute"]),
        )
        for row in rows
        for place, column in enumerate(json.loads(row.columns))
        if column.get("attribute")
    ]


def _source(db: Connection, plan_id: str) -> abc.Mapping[str, object]:
    sets = schema.change_sets
    told: dict[str, object] = json.loads(
        db.execute(select(sets.c.source).where(sets.c.id == plan_id)).scalar() or "{}"
    )
    return told
