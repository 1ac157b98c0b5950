"""Tasks about records.

Must not: change a record.
"""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any as Cell

from sqlalchemy import ColumnElement, Row, func, or_, select, update
from sqlalchemy.engine import Connection

from writeback.errors import UnknownAttributeError
from writeback.model.tasks import Task, TaskState, Wrote
from writeback.model.types import JobId, RecordId
from writeback.store import model, moments, records, schema, sqlite


def next_number(db: Connection) -> int:
    """Give the number of the next task, inside the write transaction that will use it."""
    return int(db.execute(select(func.max(schema.tasks.c.number))).scalar() or 0) + 1


def entity_of(db: Connection, record: RecordId) -> str:
    """Say of which entity a record is.

    Raises:
        UnknownAttributeError: There is none.
    """
    for entity in model.entities(db):
        if records.get_many(db, entity.name, (record,)):
            return entity.name
    raise UnknownAttributeError("record.unknown", name=record[:200])


def make(db: Connection, task: Task) -> None:
    """Keep a new task."""
    sqlite.upsert(db, schema.tasks, _plain(task))


def change(db: Connection, task: Task, *, by: str, act: str) -> Task | None:
    """Keep a changed task; gives it as it stands now. None: somebody changed it since it was read."""
    table = schema.tasks
    made = replace(task, version=task.version + 1, changed_by=by, changed_act=act)
    mine = (table.c.number == task.number, table.c.version == task.version)
    return made if db.execute(update(table).where(*mine).values(**_plain(made))).rowcount else None


def _plain(task: Task) -> dict[str, Cell]:
    told = asdict(task)
    for name in ("created_at", "ended_at"):
        told[name] = None if told[name] is None else moments.to_text(told[name])
    for name in ("due", "snoozed_until"):
        told[name] = None if told[name] is None else told[name].isoformat()
    told["wrote"] = json.dumps([[one.attribute, one.state, list(one.jobs)] for one in task.wrote])
    return told


def find(db: Connection, number: int) -> Task | None:
    """Give a task by its number."""
    row = db.execute(select(schema.tasks).where(schema.tasks.c.number == number)).first()
    return None if row is None else _loaded(row)


def made_by(db: Connection, act: str) -> Task | None:
    """Give the task that an act made already."""
    row = db.execute(select(schema.tasks).where(schema.tasks.c.act == act)).first() if act else None
    return None if row is None else _loaded(row)


def plays(db: Connection) -> tuple[str, ...]:
    """Name the SuccessPlays that made tasks, in their order."""
    table = schema.tasks
    query = select(table.c.origin).where(table.c.origin != "").distinct().order_by(func.lower(table.c.origin))
    return tuple(str(row[0]) for row in db.execute(query))


def some(
    db: Connection,
    *,
    state: TaskState | None = TaskState.OPEN,
    assignee: str = "",
    record: str = "",
    due_by: date | None = None,
    play: str = "",
    limit: int = 1_000,
) -> tuple[Task, ...]:
    """Give tasks, those due first on top; done ones the latest first.

    Args:
        db: An open connection.
        state: Only those; None: all.
        assignee: Only theirs; '': everybody's.
        record: Only about this record; '': about all.
        due_by: Only those due up to that day and not put off beyond it.
        play: Only those that this SuccessPlay made.
        limit: How many at most.
    """
    table = schema.tasks
    wanted: list[ColumnElement[bool]] = []
    if state is not None:
        wanted.append(table.c.state == state.value)
    if assignee:
        wanted.append(func.lower(table.c.assignee) == func.lower(assignee))
    if record:
        wanted.append(table.c.record == record)
    if play:
        wanted.append(func.lower(table.c.origin) == func.lower(play))
    if due_by is not None:
        day = due_by.isoformat()
        wanted.append(table.c.due <= day)
        wanted.append(or_(table.c.snoozed_until.is_(None), table.c.snoozed_until <= day))
    order = (table.c.ended_at.desc(), table.c.due.is_(None), table.c.due, table.c.number)
    query = select(table).where(*wanted).order_by(*order).limit(limit)
    return tuple(map(_loaded, db.execute(query)))


def asking_for(db: Connection, form: str) -> int:
    """Count the open tasks that ask for a form."""
    table = schema.tasks
    mine = (table.c.state == TaskState.OPEN.value, func.lower(table.c.form) == func.lower(form))
    return int(db.execute(select(func.count()).select_from(table).where(*mine)).scalar_one())


def _loaded(row: Row[Cell]) -> Task:
    return Task(
        number=row.number,
        record=RecordId(row.record),
        entity=row.entity,
        title=row.title,
        assignee=row.assignee,
        due=_day(row.due),
        form=row.form,
        state=TaskState(row.state),
        author=row.author,
        created_at=moments.from_text(row.created_at),
        origin=row.origin,
        outcome=row.outcome,
        notes=row.notes,
        ended_by=row.ended_by,
        ended_at=moments.from_optional(row.ended_at),
        snoozed_until=_day(row.snoozed_until),
        act=row.act,
        ended_act=row.ended_act,
        wrote=tuple(
            Wrote(attribute, state, tuple(map(JobId, jobs)))
            for attribute, state, jobs in json.loads(row.wrote)
        ),
        version=row.version,
        changed_by=row.changed_by,
        changed_act=row.changed_act,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
