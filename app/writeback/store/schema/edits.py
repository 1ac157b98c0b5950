"""Edits that are not sent yet, and how values of single edits stand."""

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

drafts = Table(
    "drafts",
    metadata,
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("old", Text, nullable=False, comment="JSON: what the person saw"),
    Column("new", Text, nullable=False, comment="JSON; null: clear"),
    Column("author", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("change_set_id", Text, comment="set while a plan that holds it is submitted"),
    Column(
        "seen",
        Text,
        nullable=False,
        server_default="{}",
        comment="JSON by integration: what that CRM held instead of `old`, where they differed",
    ),
    Column("delta", Text, comment="JSON: what is added to and taken from a list, whatever else stands in it"),
    PrimaryKeyConstraint("rid", "attribute"),
)

value_states = Table(
    "value_states",
    metadata,
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("integration_id", Text, nullable=False, comment="which target: one row for each"),
    Column("state", Text, nullable=False, comment="queued sent refused conflict unknown"),
    Column("job_id", Text, nullable=False),
    Column("new", Text, nullable=False, comment="JSON: what was to be written"),
    Column("theirs", Text, comment="JSON: what the CRM held, for a conflict"),
    Column("code", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("rid", "attribute", "integration_id"),
    comment="only edits of single records (real time, drafts); bulk states are derived from the outbox",
)
