"""Saved mappings of files."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

file_mappings = Table(
    "file_mappings",
    metadata,
    Column("name", Text, nullable=False, comment="as people call it; compared without case"),
    Column("object", Text, nullable=False, comment="the CRM object it was made for"),
    Column("key", Text, nullable=False, comment="the key it was used with"),
    Column("mapping", Text, nullable=False, comment="JSON; engine.reading_mappings"),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    PrimaryKeyConstraint("name"),
)
