"""Saved mappings of files: which field each column writes, kept under a name for the next file.

Must not: know what the columns or fields are.
"""

from sqlalchemy import ColumnElement, Row, delete, func, select
from sqlalchemy.engine import Connection

from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.store import moments, schema, sqlite


def save(db: Connection, saved: SavedMapping, text: str) -> None:
    """Keep a mapping in place of an earlier one of the same name.

    Args:
        db: An open connection.
        saved: What is kept beside it.
        text: The mapping as JSON.
    """
    db.execute(delete(schema.file_mappings).where(_named(saved.name)))
    sqlite.upsert(
        db,
        schema.file_mappings,
        {
            "name": saved.name,
            "object": saved.object,
            "key": saved.key,
            "mapping": text,
            "author": saved.author,
            "changed_at": moments.to_text(saved.changed_at),
        },
    )


def every(db: Connection) -> tuple[tuple[SavedMapping, str], ...]:
    """Give all saved mappings with their JSON, by name."""
    query = select(schema.file_mappings).order_by(func.lower(schema.file_mappings.c.name))
    return tuple(map(_loaded, db.execute(query)))


def find(db: Connection, name: str) -> tuple[SavedMapping, str] | None:
    """Give the mapping of that name with its JSON, if there is one."""
    row = db.execute(select(schema.file_mappings).where(_named(name))).first()
    return None if row is None else _loaded(row)


def remove(db: Connection, name: str) -> bool:
    """Forget a mapping; says whether there was one."""
    return db.execute(delete(schema.file_mappings).where(_named(name))).rowcount > 0


def _named(name: str) -> ColumnElement[bool]:
    return func.lower(schema.file_mappings.c.name) == func.lower(name)


def _loaded(row: Row[tuple[object, ...]]) -> tuple[SavedMapping, str]:
    saved = SavedMapping(
        row.name, row.object, row.key, FileMapping(), row.author, moments.from_text(row.changed_at)
    )
    return saved, row.mapping
