"""What CRMs said when mappings and plans were made: the base that drift is found against."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

described_versions = Table(
    "described_versions",
    metadata,
    Column("digest", Text, primary_key=True, comment="SHA-256 of the body: equal descriptions are one row"),
    Column("body", Text, nullable=False, comment="JSON of sdk.values.ObjectDescription"),
)

mapping_bases = Table(
    "mapping_bases",
    metadata,
    Column("integration_id", Text, ForeignKey("integrations.id", ondelete="CASCADE"), nullable=False),
    Column("object", Text, nullable=False),
    Column("digest", Text, ForeignKey("described_versions.digest"), nullable=False),
    Column("accepted_at", Text, nullable=False),
    PrimaryKeyConstraint("integration_id", "object"),
    comment="the description that an integration's mappings were made, or last accepted, under",
)

job_bases = Table(
    "job_bases",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", Text, ForeignKey("described_versions.digest"), nullable=False),
    comment="the description that a job's rows were judged under",
)

missing_objects = Table(
    "missing_objects",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("object", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    PrimaryKeyConstraint("connection_id", "object"),
    comment="objects that the CRM did not show when it was last asked for them",
)
