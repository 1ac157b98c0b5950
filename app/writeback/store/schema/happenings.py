"""What happened: journal, audit, acts, workers."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from writeback.store.schema.base import metadata

journal = Table(
    "journal",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", Text, nullable=False, comment="canonical JSON; values as salted digests"),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

audit_facts = Table(
    "audit_facts",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("person", Text, nullable=False, comment="who did it; of a job: who submitted it"),
    Column("connection_id", Text, nullable=False),
    Column("job_id", Text, nullable=False),
    comment="a directory of the audit trail, to look things up by; no part of the chain",
)

acts = Table(
    "acts",
    metadata,
    Column("id", Text, primary_key=True, comment="given by the front end: the same id twice is one act"),
    Column("call", Text, nullable=False),
    Column("answer", Text, nullable=False, comment="JSON"),
    Column("at", Text, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("pid", Integer, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("beat_at", Text, nullable=False),
    Column("doing", Text, nullable=False, default=""),
)
