"""Team members, the user each CRM knows them by, roles, and what people chose for references."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from writeback.store.schema.base import metadata

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True, comment="what a role's value holds; never changes"),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, default=""),
    Column("kind", Text, nullable=False, comment="model.people.PersonKind"),
    Column("active", Boolean, nullable=False, default=True),
    Column("created_at", Text, nullable=False),
)

people_objects = Table(
    "people_objects",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("object", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key_field", Text, nullable=False),
    Column("name_field", Text, nullable=False),
    Column("email_field", Text, nullable=False),
    Column("pulled_at", Text, nullable=False),
    PrimaryKeyConstraint("connection_id", "object"),
)

crm_users = Table(
    "crm_users",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("object", Text, nullable=False),
    Column("id", Text, nullable=False, comment="the CRM's"),
    Column("title", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("gone", Boolean, nullable=False, default=False, comment="no longer told by the CRM"),
    Column("person_id", Text, ForeignKey("people.id"), comment="null: nobody of ours, or not decided"),
    Column("matched_by", Text, nullable=False, default="", comment="model.people.MatchedBy"),
    Column("confidence", Float, nullable=False, default=0.0),
    Column("decided_by", Text, nullable=False, default="", comment="who chose; empty: Writeback"),
    Column("decided_at", Text),
    PrimaryKeyConstraint("connection_id", "object", "id"),
)

roles = Table(
    "roles",
    metadata,
    Column("entity", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    PrimaryKeyConstraint("entity", "attribute"),
    ForeignKeyConstraint(["entity", "attribute"], ["attributes.entity", "attributes.name"]),
)

reference_choices = Table(
    "reference_choices",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("object", Text, nullable=False, comment="what the reference points at"),
    Column("value", Text, nullable=False, comment="as looked up: trimmed, without case"),
    Column("shown", Text, nullable=False, comment="as it stood in the source"),
    Column("target_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    PrimaryKeyConstraint("connection_id", "object", "value"),
)
