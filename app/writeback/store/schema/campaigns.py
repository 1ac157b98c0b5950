"""Campaigns, the files that were read for them, and their responses."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("name", Text, nullable=False, comment="as people call it; compared without case"),
    Column("survey", Text, nullable=False),
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("attributes", Text, nullable=False, comment="JSON: what is kept where"),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    PrimaryKeyConstraint("name"),
)
responses = Table(
    "responses",
    metadata,
    Column("campaign", Text, nullable=False),
    Column("digest", Text, nullable=False, comment="of what the row says: the same again is no new response"),
    Column("record", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("day", Text),
    Column("reason", Text, nullable=False),
    Column("file", Text, nullable=False, comment="its name and line"),
    Column("imported_at", Text, nullable=False),
    PrimaryKeyConstraint("campaign", "digest"),
)
