"""What the grid keeps: acts of editing for undo, texts that were refused, and views."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

edit_acts = Table(
    "edit_acts",
    metadata,
    Column("id", Text, nullable=False, comment="of the façade's call"),
    Column("kind", Text, nullable=False, comment="edit discard undo"),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("cells", Integer, nullable=False),
    Column("undone_by", Text, nullable=False, server_default="", comment="the act that undid it"),
    PrimaryKeyConstraint("id"),
    comment="kept 30 days",
)

edit_images = Table(
    "edit_images",
    metadata,
    Column("act_id", Text, nullable=False),
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("before", Text, nullable=False, comment="JSON: the rows of drafts and held_edits, or null"),
    Column("after", Text, nullable=False, comment="JSON, likewise"),
    PrimaryKeyConstraint("act_id", "rid", "attribute"),
)

held_edits = Table(
    "held_edits",
    metadata,
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("text", Text, nullable=False, comment="as typed; it cannot be read as a value"),
    Column("code", Text, nullable=False),
    Column("facts", Text, nullable=False, comment="JSON"),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("rid", "attribute"),
    comment="never sent: a draft takes its place once it can be read",
)

grid_views = Table(
    "grid_views",
    metadata,
    Column("owner", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("name", Text, nullable=False, comment="'': how the owner left the grid"),
    Column("is_shared", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="JSON: columns, widths, order, filter"),
    Column("changed_at", Text, nullable=False),
    PrimaryKeyConstraint("owner", "entity", "name"),
)
