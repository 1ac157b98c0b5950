"""Notes of records: every version of each, for they stay here and have no other history."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

record_notes = Table(
    "record_notes",
    metadata,
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("is_removed", Integer, nullable=False),
    PrimaryKeyConstraint("note", "version"),
)
