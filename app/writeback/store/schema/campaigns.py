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
    Column("lowest", Integer, comment="of a scale of its own; null: the survey's usual one"),
    Column("highest", Integer),
    PrimaryKeyConstraint("name"),
)
campaign_files = Table(
    "campaign_files",
    metadata,
    Column("campaign", Text, nullable=False),
    Column("act", Text, nullable=False, comment="that imported it; its responses carry it too"),
    Column("sha256", Text, nullable=False, comment="of the file's bytes"),
    Column("name", Text, nullable=False, comment="without its folder"),
    Column("rows", Integer, nullable=False),
    Column("responses", Integer, nullable=False, comment="that it brought"),
    Column("author", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    PrimaryKeyConstraint("campaign", "act"),
)
campaign_choices = Table(
    "campaign_choices",
    metadata,
    Column("campaign", Text, nullable=False),
    Column("key", Text, nullable=False, comment="what a file says, as it is compared"),
    Column("record", Text, nullable=False, comment="whom a person said it means"),
    PrimaryKeyConstraint("campaign", "key"),
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
    Column("act", Text, nullable=False, server_default="", comment="that imported it"),
    PrimaryKeyConstraint("campaign", "digest"),
)
