"""SuccessPlays, whom they remember of their segments, and what their runs did."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from writeback.store.schema.base import metadata

plays = Table(
    "plays",
    metadata,
    Column("folded", Text, nullable=False, comment="the name without case"),
    Column("name", Text, nullable=False, comment="as people call it"),
    Column("entity", Text, ForeignKey("entities.name"), nullable=False),
    Column("body", Text, nullable=False, comment="JSON; store.play_texts"),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("removed_at", Text),
    Column("is_on", Integer, nullable=False, server_default="0"),
    Column("switched_by", Text, nullable=False, server_default=""),
    Column("switched_at", Text),
    Column("stopped", Text, comment="JSON: why it was switched off by itself"),
    Column("waits", Text, comment="JSON: why it did not run when it was looked at last"),
    Column("seen", Text, nullable=False, server_default="", comment="under which condition members are kept"),
    Column("seen_at", Text),
    Column("handled", Text, comment="up to when its schedule is answered for"),
    Column("turns", Text, nullable=False, server_default="{}", comment="JSON: by step, whose turn it is"),
    Column("version", Integer, nullable=False, server_default="0", comment="goes up with every change"),
    PrimaryKeyConstraint("folded"),
)
play_members = Table(
    "play_members",
    metadata,
    Column("play", Text, nullable=False),
    Column("rid", Text, nullable=False),
    PrimaryKeyConstraint("play", "rid"),
    comment="the records that a play saw in its segment when it looked last",
    sqlite_with_rowid=False,
)
play_runs = Table(
    "play_runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("play", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("mode", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("started_by", Text, nullable=False),
    Column("ended_at", Text),
    Column("of", Integer, nullable=False, server_default="0"),
    Column("reason", Text, comment="JSON"),
    Column("linked", Integer, nullable=False, server_default="0"),
    Column("plan_id", Text),
    Column("targets", Text, nullable=False, server_default="[]", comment="JSON: connections"),
    Column("named", Text, nullable=False, server_default="[]", comment="JSON: targets whose org was named"),
    Column("steps", Text, nullable=False, server_default="[]", comment="JSON: what the play did then"),
    Column(
        "next_try",
        Text,
        comment="nobody takes it up before: somebody is at work on it, or a CRM did not answer",
    ),
    Column("act", Text, nullable=False, server_default="", comment="that asked for it; again it is this run"),
    Column("decided_act", Text, nullable=False, server_default="", comment="that released, … it last"),
    Index("play_runs_by_act", "act", sqlite_where=text("act != ''")),
)
play_rows = Table(
    "play_rows",
    metadata,
    Column("run", Integer, nullable=False),
    Column("rid", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("body", Text, nullable=False, comment="JSON: values, tasks, reasons"),
    Column("round", Integer, nullable=False, server_default="0"),
    Column("cause", Integer, nullable=False, server_default="0"),
    Column("done_at", Text),
    PrimaryKeyConstraint("run", "rid"),
    sqlite_with_rowid=False,
)
Index("play_rows_by_record", play_rows.c.rid, play_rows.c.done_at)
