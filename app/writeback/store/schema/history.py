"""What values held before, who changed them, and what a read-back of a finished job found."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

value_changes = Table(
    "value_changes",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("rid", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="model.histories.HistoryKind, never `written`"),
    Column("at", Text, nullable=False),
    Column("old", Text, nullable=False, comment="JSON"),
    Column("new", Text, nullable=False, comment="JSON"),
    Column("origin", Text, nullable=False, server_default="", comment="the surface, for an act of ours"),
    Column("author", Text, nullable=False, server_default="", comment="ours, or the CRM's where it tells"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("integration_id", Text, nullable=False, server_default="", comment="whose CRM told it"),
    Column("job_id", Text, nullable=False, server_default="", comment="after whose write it was read"),
    sqlite_autoincrement=True,
    comment="what changed beside our writes; those are told from the outbox",
)
Index("value_changes_by_record", value_changes.c.rid)
Index(
    "value_changes_by_job",
    value_changes.c.job_id,
    value_changes.c.at,
    sqlite_where=value_changes.c.job_id != "",
)

verifications = Table(
    "verifications",
    metadata,
    Column("job_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
    Column("totals", Text, nullable=False, comment="JSON: rows and fields by what was found"),
    Column("calls", Integer, nullable=False),
    comment="the newest read-back of a finished job",
)

verified_fields = Table(
    "verified_fields",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False, comment="of the job's column"),
    Column("state", Text, nullable=False, comment="model.histories.Standing, never `as_written`"),
    Column("now", Text, nullable=False, comment="JSON: what the CRM held"),
    PrimaryKeyConstraint("job_id", "seq", "place"),
    comment="exceptions: a field without a row here holds what was written",
)
