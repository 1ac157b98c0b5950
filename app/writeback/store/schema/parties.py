"""The workspace's settings, and who we talk to: connections, secrets, descriptions."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False, comment="JSON"),
)

connections = Table(
    "connections",
    metadata,
    Column("id", Text, primary_key=True, comment="c1, c2, …"),
    Column("name", Text, nullable=False, unique=True),
    Column("connector", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("auth", Text, nullable=False, comment="token_file | credentials_file | oauth"),
    Column("token_file", Text, comment="a path, never the content"),
    Column("is_simulator", Boolean, nullable=False, default=False),
    Column("org", Text, comment="JSON of model.connections.Org, pinned (I6)"),
    Column("safety", Text, nullable=False),
    Column("read_only", Boolean, nullable=False, default=False),
    Column("write_on_save", Boolean, nullable=False, default=False),
    Column("sign_in", Text, nullable=False),
    Column("options", Text, nullable=False, default="{}", comment="JSON, no secret"),
    Column("not_before", Text, comment="the CRM asked every process to wait until then"),
    Column("wait_reason", Text),
    Column("usage", Text, comment="JSON: last known quotas"),
    Column("created_at", Text, nullable=False),
    Column("word", Text, nullable=False, server_default="", comment="what people call it"),
    Column("colour", Text, nullable=False, server_default=""),
    Column("sign_in_since", Text, comment="when sign_in became what it is"),
    Column("scopes", Text, nullable=False, server_default="", comment="as the issuer told them, with blanks"),
    Column("clock_ahead_s", Integer, nullable=False, server_default="0", comment="too far apart, else 0"),
    Column(
        "collect_s",
        Integer,
        nullable=False,
        server_default="0",
        comment="so long a job gathers what else is changed before it starts; 0: not at all",
    ),
)

form_drafts = Table(
    "form_drafts",
    metadata,
    Column("name", Text, primary_key=True, comment="which form: connect"),
    Column("body", Text, nullable=False, comment="JSON: what was typed, never a secret"),
    Column("saved_at", Text, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("field", Text, nullable=False),
    Column("envelope", LargeBinary, nullable=False, comment="sealed by the vault"),
    PrimaryKeyConstraint("connection_id", "field"),
)

descriptions = Table(
    "descriptions",
    metadata,
    Column("connection_id", Text, ForeignKey("connections.id", ondelete="CASCADE"), nullable=False),
    Column("object", Text, nullable=False, comment="'' holds the list of objects"),
    Column("fetched_at", Text, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of sdk.values.ObjectDescription"),
    PrimaryKeyConstraint("connection_id", "object"),
)
