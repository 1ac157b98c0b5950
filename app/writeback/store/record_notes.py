"""Notes of records, version by version; and what survey responses say of a record.

Must not: touch a value of a record.
"""

from datetime import date
from typing import Any as Cell
from typing import NamedTuple

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.engine import Connection

from writeback.model.campaigns import SCALES, Scale, Survey
from writeback.model.notes import Note
from writeback.model.types import RecordId
from writeback.store import moments, schema


class Score(NamedTuple):
    """One response to a survey that was matched to a record."""

    campaign: str
    survey: Survey
    score: int
    day: date | None
    reason: str
    scale: Scale
    """The campaign's own, or the survey's usual one."""


def put(db: Connection, note: Note) -> None:
    """Keep a version of a note beside the earlier ones."""
    db.execute(
        insert(schema.record_notes).values(
            note=note.id,
            version=note.version,
            record=note.record,
            text=note.text,
            author=note.author,
            at=moments.to_text(note.at),
            is_removed=int(note.is_removed),
        )
    )


def of_record(db: Connection, record: str) -> tuple[Note, ...]:
    """Give a record's notes as they read now, the latest change first."""
    table = schema.record_notes
    last = (
        select(table.c.note, func.max(table.c.version).label("version"))
        .where(table.c.record == record)
        .group_by(table.c.note)
        .subquery()
    )
    query = (
        select(table)
        .join(last, (table.c.note == last.c.note) & (table.c.version == last.c.version))
        .where(table.c.is_removed == 0)
        .order_by(table.c.at.desc(), table.c.note)
    )
    return tuple(map(_loaded, db.execute(query)))


def versions(db: Connection, note: str) -> tuple[Note, ...]:
    """Give how a note read, the first version first; nothing where there is none."""
    table = schema.record_notes
    query = select(table).where(table.c.note == note).order_by(table.c.version)
    return tuple(map(_loaded, db.execute(query)))


def forget(db: Connection, record: str) -> int:
    """Forget a record's notes with all their versions; gives how many versions."""
    table = schema.record_notes
    return db.execute(delete(table).where(table.c.record == record)).rowcount


def scores(db: Connection, record: str, *, most: int) -> tuple[Score, ...]:
    """Give the responses of a record, the latest first."""
    answers, surveys = schema.responses, schema.campaigns
    query = (
        select(answers, surveys.c.survey, surveys.c.lowest, surveys.c.highest)
        .join(surveys, func.lower(surveys.c.name) == func.lower(answers.c.campaign))
        .where(answers.c.record == record)
        .order_by(answers.c.day.is_(None), answers.c.day.desc(), answers.c.imported_at.desc())
        .limit(most)
    )
    return tuple(
        Score(
            str(row.campaign),
            Survey(row.survey),
            int(row.score),
            None if row.day is None else date.fromisoformat(row.day),
            str(row.reason),
            SCALES[Survey(row.survey)] if row.lowest is None else Scale(int(row.lowest), int(row.highest)),
        )
        for row in db.execute(query)
    )


def _loaded(row: Row[Cell]) -> Note:
    return Note(
        row.note,
        RecordId(row.record),
        int(row.version),
        row.text,
        row.author,
        moments.from_text(row.at),
        is_removed=bool(row.is_removed),
    )
