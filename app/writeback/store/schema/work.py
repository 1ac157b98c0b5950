"""Insight forms, and tasks that ask for them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from writeback.store.schema.base import metadata

insight_forms = Table(
    "insight_forms",
    metadata,
    Column("name", Text, nullable=False, comment="as people call it; compared without case"),
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("title", Text, nullable=False),
    Column("sections", Text, nullable=False, comment="JSON; runtime.forming"),
    Column("is_published", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("users", Text, nullable=False, server_default="{}", comment="JSON: who may use it; {}: everybody"),
    PrimaryKeyConstraint("name"),
)
tasks = Table(
    "tasks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("record", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("assignee", Text, nullable=False),
    Column("due", Text),
    Column("form", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("ended_by", Text, nullable=False),
    Column("ended_at", Text),
    Column("snoozed_until", Text),
    Column("act", Text, nullable=False, server_default="", comment="that made it; again it is the same task"),
    Column("ended_act", Text, nullable=False, server_default="", comment="that completed it last"),
    Column("wrote", Text, nullable=False, server_default="[]", comment="JSON: what completing it saved"),
    Column("version", Integer, nullable=False, server_default="1", comment="goes up with every change"),
    Column("changed_by", Text, nullable=False, server_default=""),
    Column("changed_act", Text, nullable=False, server_default="", comment="that changed it last"),
    Index("tasks_by_act", "act", unique=True, sqlite_where=text("act != ''")),
)
