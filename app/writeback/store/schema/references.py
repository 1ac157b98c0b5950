"""Writes to records that references lead to: who asked for them, and who shows what they change."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

sources = Table(
    "sources",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("no", Integer, nullable=False, comment="number of the row in its source: a file, drafts"),
    Column("seq", Integer, nullable=False, comment="the write or finding that stands for it"),
    Column("rid", Text, comment="our record whose edit it is, where there is one"),
    Column("source_key", Text, nullable=False, default="", comment="the key as it stood in the source"),
    Column("new", Text, nullable=False, comment="JSON array along jobs.columns: what this row wishes"),
    PrimaryKeyConstraint("job_id", "no"),
    sqlite_with_rowid=False,
    comment="of jobs whose records were reached over references: several rows may ask for one write",
)
Index("sources_by_row", sources.c.job_id, sources.c.seq)
Index("sources_by_record", sources.c.rid, sqlite_where=sources.c.rid.is_not(None))

audiences = Table(
    "audiences",
    metadata,
    Column("job_id", Text, nullable=False),
    Column("seq", Integer, nullable=False, comment="a write of the job"),
    Column("title", Text, nullable=False, default="", comment="what people call the record"),
    Column("records", Integer, comment="how many records show it; null: not counted one by one"),
    Column("is_local", Integer, nullable=False, default=0, comment="counted among what was pulled"),
    PrimaryKeyConstraint("job_id", "seq"),
    sqlite_with_rowid=False,
    comment="the blast radius of a write to a record that others point at, when it was planned",
)
