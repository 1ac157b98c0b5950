"""Saved segments."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

segments = Table(
    "segments",
    metadata,
    Column("name", Text, nullable=False, comment="as people call it; compared without case"),
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("text", Text, nullable=False, comment="planning.segmenting; read anew each time"),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("is_shared", Integer, nullable=False, server_default="1", comment="0: its author's alone"),
    Column("removed_at", Text, comment="kept 30 days, so that it can be had back"),
    PrimaryKeyConstraint("name"),
)
