"""Saved segments."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

segments = Table(
    "segments",
    metadata,
    Column("name", Text, nullable=False, comment="as people call it; compared without case"),
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("text", Text, nullable=False, comment="planning.segmenting; read anew each time"),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    PrimaryKeyConstraint("name"),
)
