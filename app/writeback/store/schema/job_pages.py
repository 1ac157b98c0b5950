"""What the pages of jobs tell beside the outbox: pulls, rows left out of a plan, notes by hand."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

pulls = Table(
    "pulls",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("connection_id", Text, nullable=False),
    Column("integration_id", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text, nullable=False),
    Column("read", Integer, nullable=False, server_default="0"),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("gone", Integer, nullable=False, server_default="0"),
    Column("conflicts", Integer, nullable=False, server_default="0"),
    Column("code", Text, nullable=False, server_default="", comment="why it failed; '' where it did not"),
    Column("facts", Text, nullable=False, server_default="{}"),
    Column("is_scheduled", Integer, nullable=False, server_default="0", comment="nobody asked for it then"),
    comment="pulls that came to an end, the newest of each integration",
)
Index("pulls_by_integration", pulls.c.integration_id)

left_out = Table(
    "left_out",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False, comment="of the job's column; -1: the row itself"),
    Column("body", Text, nullable=False, comment="JSON: the wish, or the row of writes"),
    PrimaryKeyConstraint("job_id", "seq", "place"),
    comment="what a person unticked in a plan; it is not sent, and may be taken back until then",
)

hand_notes = Table(
    "hand_notes",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("job_id", "seq"),
    comment="rows that a person marked as resolved by hand; their outcome stays what it was",
)
