"""The customer's data model: entities, attributes, integrations, field mappings."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from writeback.store.schema.base import metadata

entities = Table(
    "entities",
    metadata,
    Column("name", Text, primary_key=True),
    Column("title", Text, nullable=False),
)

attributes = Table(
    "attributes",
    metadata,
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("options", Text, nullable=False, default="[]", comment="JSON of model.attributes.Option"),
    Column("description", Text, nullable=False, default=""),
    Column("editable", Boolean, nullable=False, default=True),
    Column(
        "default_text",
        Text,
        nullable=False,
        server_default="",
        comment="text that coerces to it: what a mapping fills in for nothing, unless it names another",
    ),
    PrimaryKeyConstraint("entity", "name"),
)

integrations = Table(
    "integrations",
    metadata,
    Column("id", Text, primary_key=True, comment="i1, i2, …"),
    Column("connection_id", Text, ForeignKey("connections.id"), nullable=False),
    Column("object", Text, nullable=False),
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("key", Text, nullable=False),
    Column("filter", Text, nullable=False, default=""),
    Column("watermark", Text),
    Column("last_pull_at", Text),
    Column("last_pull", Text, comment="JSON: read, changed, added, gone, seconds, problem"),
    Column("created_at", Text, nullable=False),
    Column(
        "match_attribute",
        Text,
        nullable=False,
        server_default="",
        comment="a CRM record of an equal value is linked",
    ),
    Column(
        "link_path", Text, nullable=False, server_default="", comment="its value is the account's CRM key"
    ),
    Column(
        "person_path", Text, nullable=False, server_default="", comment="its value is the person's CRM key"
    ),
)

field_mappings = Table(
    "field_mappings",
    metadata,
    Column("integration_id", Text, ForeignKey("integrations.id", ondelete="CASCADE"), nullable=False),
    Column("path", Text, nullable=False),
    Column("attribute", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("write_back", Boolean, nullable=False, default=False),
    Column("reference_mode", Text, nullable=False),
    Column("conflict_rule", Text, nullable=False),
    Column("blank_rule", Text, nullable=False),
    Column(
        "empty_rule",
        Text,
        nullable=False,
        server_default="clear",
        comment="what an empty value coming in means: keep | clear | default",
    ),
    Column("empty_default", Text, nullable=False, server_default="", comment="text that coerces to it"),
    Column("source_format", Text, nullable=False, server_default="", comment="model.source_formats, as text"),
    Column(
        "value_map",
        Text,
        nullable=False,
        server_default="[]",
        comment="JSON: pairs of the CRM's value and ours",
    ),
    Column("unknown_rule", Text, nullable=False, server_default="hold", comment="hold | pass | default"),
    Column(
        "unknown_default", Text, nullable=False, server_default="", comment="one of ours that the map names"
    ),
    Column("transforms", Text, nullable=False, server_default="[]", comment="JSON: name or name=argument"),
    PrimaryKeyConstraint("integration_id", "path"),
    UniqueConstraint("integration_id", "attribute"),
)
