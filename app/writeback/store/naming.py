"""Records by their names: a few at a time, for a person who types.

Looks through titles in the order of the table; a look that takes longer than it may gives what it found.
"""

import time
from collections import abc
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from writeback.store import schema
from writeback.store.glances import Glances

PATIENCE_S: Final = 0.25
STEPS: Final = 2000
"""So many steps of SQLite lie between two looks at the clock."""


def records_named(
    glances: Glances, words: str, *, entities: abc.Sequence[str], most: int
) -> tuple[tuple[str, str, str], ...]:
    """Give (entity, rid, title) of records whose title holds the words; those that begin with them first.

    Case of ASCII letters does not count. Where time is up before all titles were read, later records are
    missing: nobody waits for the ten thousandth account of a name.
    """
    pattern = "".join(f"\\{one}" if one in "%_\\" else one for one in words)
    found: list[tuple[str, str, str]] = []
    for entity in entities:
        table = glances.record_table(entity, ())
        if table is None or len(found) >= most:
            continue
        wanted = select(table.c.rid, table.c.title).where(table.c.gone == 0)
        for like in (f"{pattern}%", f"%{pattern}%"):
            query = wanted.where(table.c.title.like(like, escape="\\")).limit(most)
            known = {rid for _, rid, _ in found}
            found += [(entity, rid, title) for rid, title in _looked(glances, query) if rid not in known]
    return tuple(found[:most])


def title_of(glances: Glances, entity: str, rid: str) -> str | None:
    """Give the name of a record ('' it has none), or None when there is no such record."""
    if entity not in {row.name for row in glances.entities()}:
        return None
    table = glances.record_table(entity, ())
    if table is None:
        return None
    rows = glances.every(select(table.c.title).where(table.c.rid == rid))
    return str(rows[0].title or "") if rows else None


def job_of_number(glances: Glances, number: int) -> str | None:
    """Give the id of the job of a number."""
    jobs = schema.jobs
    rows = glances.every(select(jobs.c.id).where(jobs.c.number == number))
    return str(rows[0].id) if rows else None


def number_of_job(glances: Glances, job_id: str) -> int | None:
    """Give the number of a job that was submitted."""
    jobs = schema.jobs
    rows = glances.every(select(jobs.c.number).where(jobs.c.id == job_id))
    return int(rows[0].number) if rows and rows[0].number else None


def _looked(glances: Glances, query: Select[Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    with glances.workspace.reading() as db, _patiently(db):
        try:
            found.extend((str(row.rid), str(row.title)) for row in db.execute(query))
        except OperationalError as error:
            if "interrupted" not in str(error.orig):
                raise
    return found


@contextmanager
def _patiently(db: Connection) -> abc.Iterator[None]:
    """Interrupt what takes longer than `PATIENCE_S`."""
    driver = db.connection.driver_connection
    until = time.monotonic() + PATIENCE_S
    if driver is not None:
        driver.set_progress_handler(lambda: time.monotonic() > until, STEPS)
    try:
        yield
    finally:
        if driver is not None:
            driver.set_progress_handler(None, 0)
