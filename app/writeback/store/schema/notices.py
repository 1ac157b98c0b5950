"""What people are told off this machine: states, changes, messages, channels; and what was deleted lately."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from writeback.store.schema.base import metadata

notice_states = Table(
    "notice_states",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False, comment="JSON: the notice as it was seen last"),
    Column("since", Text, nullable=False),
    comment="what was so at the last look",
)

notices = Table(
    "notices",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False, comment="JSON: kind, numbers, names; no value of a record"),
    sqlite_autoincrement=True,
    comment="changes of states, told once each",
)

notice_parts = Table(
    "notice_parts",
    metadata,
    Column("channel", Text, nullable=False),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("message_id", Text, nullable=False, comment="'': waits to be put into a message"),
    Column("is_held", Boolean, nullable=False, comment="quiet hours, or muted, kept it back"),
    PrimaryKeyConstraint("channel", "seq"),
    comment="which change goes by which channel, in which message",
)

notice_messages = Table(
    "notice_messages",
    metadata,
    Column("id", Text, primary_key=True, comment="the same at every try"),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False, comment="waiting · sending · sent · given_up · dropped"),
    Column("is_digest", Boolean, nullable=False),
    Column("is_test", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("due_at", Text, nullable=False, comment="of one being sent: when another process may take it"),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Text),
    Column("sent_at", Text),
    Column("code", Text, nullable=False, comment="of the last failure"),
    Column("answer", Text, nullable=False, comment="what the receiver said, or the failure in words"),
    Column("reached", Text, nullable=False, server_default="[]", comment="JSON: recipients that have it"),
    Column("refused", Text, nullable=False, server_default="[]", comment="JSON: recipients that refused it"),
)

notice_watch = Table(
    "notice_watch",
    metadata,
    Column("name", Text, primary_key=True, comment="one row: who looks"),
    Column("owner", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("is_on", Boolean, nullable=False, comment="a first look was taken: from now on changes are told"),
)

recently_deleted = Table(
    "recently_deleted",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False, comment="form view"),
    Column("name", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("body", Text, nullable=False, comment="JSON: the row that it was"),
    Column("removed_at", Text, nullable=False),
    sqlite_autoincrement=True,
    comment="kept 30 days",
)

channel_secrets = Table(
    "channel_secrets",
    metadata,
    Column("channel", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("envelope", LargeBinary, nullable=False, comment="sealed by the vault"),
    PrimaryKeyConstraint("channel", "field"),
)
