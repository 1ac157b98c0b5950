"""What plays ask of records and tasks before they choose somebody, or make a task.

Must not: change anything.
"""

from collections import abc

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from writeback.model.tasks import TaskState
from writeback.store import schema, sqlite
from writeback.store.segments import Ground


def records_of(db: Connection, ground: Ground, attribute: str, people: abc.Collection[str]) -> dict[str, int]:
    """Count the records that each of these team members holds in a role."""
    table = ground.records
    held = table.c[attribute]
    query = select(held, func.count()).where(table.c.gone == 0, held.in_(people)).group_by(held)
    return {str(person): int(count) for person, count in db.execute(query)}


def tasks_of(db: Connection, names: abc.Collection[str]) -> dict[str, int]:
    """Count the open tasks of each of these assignees."""
    table = schema.tasks
    mine = (table.c.state == TaskState.OPEN.value, table.c.assignee.in_(names))
    query = select(table.c.assignee, func.count()).where(*mine).group_by(table.c.assignee)
    return {str(name): int(count) for name, count in db.execute(query)}


def open_tasks(db: Connection, records: abc.Collection[str], *, origin: str) -> frozenset[tuple[str, str]]:
    """Give records and titles of the open tasks that a play made about some records."""
    table = schema.tasks
    found: set[tuple[str, str]] = set()
    for some in sqlite.chunks(records):
        mine = (
            table.c.record.in_(some),
            table.c.state == TaskState.OPEN.value,
            table.c.origin == origin,
        )
        rows = db.execute(select(table.c.record, table.c.title).where(*mine))
        found.update((str(row.record), str(row.title)) for row in rows)
    return frozenset(found)
