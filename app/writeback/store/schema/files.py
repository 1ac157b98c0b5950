"""Files on their way into a CRM, and saved mappings of files."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text, text

from writeback.store.schema.base import metadata

file_mappings = Table(
    "file_mappings",
    metadata,
    Column("name", Text, nullable=False, comment="as people call it; compared without case"),
    Column("object", Text, nullable=False, comment="the CRM object it was made for"),
    Column("key", Text, nullable=False, comment="the key it was used with"),
    Column("mapping", Text, nullable=False, comment="JSON; engine.reading_mappings"),
    Column("author", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    PrimaryKeyConstraint("name"),
)

file_sessions = Table(
    "file_sessions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("path", Text, nullable=False),
    Column(
        "sha256", Text, nullable=False, comment="of the file when its choices were made or it was planned"
    ),
    Column("choices", Text, nullable=False, comment="JSON of the plan's source; '' while nothing was chosen"),
    Column("author", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("closed_at", Text),
    comment="its plans and jobs name it in change_sets.source: nothing here says how far it came",
)
Index(
    "file_sessions_open",
    file_sessions.c.path,
    unique=True,
    sqlite_where=text("closed_at is null"),
)
