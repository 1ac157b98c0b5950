"""When integrations are pulled by themselves."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from writeback.store.schema.base import metadata

pull_schedules = Table(
    "pull_schedules",
    metadata,
    Column("integration_id", Text, ForeignKey("integrations.id", ondelete="CASCADE"), primary_key=True),
    Column("body", Text, nullable=False, comment="JSON of model.schedules.Schedule"),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("is_paused", Integer, nullable=False, server_default="0"),
    Column("handled_at", Text, nullable=False, comment="all due moments up to it are answered for"),
    Column("next_at", Text, comment="when it is looked at next; null: never"),
    Column("held_until", Text, comment="the end of the blackout that holds what is due"),
    Column("tries", Integer, nullable=False, server_default="0", comment="of the run that is due, in vain"),
    Column("owner", Text, comment="who runs it now"),
    Column("lease_until", Text),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("last_at", Text, comment="when it ran last, whatever came of it"),
    Column(
        "last_missed", Integer, nullable=False, server_default="0", comment="due moments it stood for too"
    ),
    Column(
        "last_code", Text, nullable=False, server_default="", comment="why it failed; '' where it did not"
    ),
    Column("failed_at", Text, comment="when it failed for good, or for long; null since it succeeded"),
)
Index("pull_schedules_by_moment", pull_schedules.c.next_at)
