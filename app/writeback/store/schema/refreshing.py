"""Read-backs of written records that could not be made at once."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

refreshes = Table(
    "refreshes",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("batch_no", Integer, nullable=False),
    Column("first_seq", Integer, nullable=False, comment="from this row on it is still to be done"),
    Column("last_seq", Integer, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("not_before", Text, nullable=False, comment="also a lease: whoever takes it moves it on"),
    Column("code", Text, nullable=False, default="", comment="why it could not be made"),
    PrimaryKeyConstraint("job_id", "batch_no"),
)
