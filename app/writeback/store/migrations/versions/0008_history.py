"""Make room for the history of values and for read-backs of finished jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; what was written so far is told from the outbox, so nothing is copied."""
    op.create_table(
        "value_changes",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("rid", "attribute", "kind", "at", "old", "new")
        ),
        *(
            sa.Column(name, sa.Text(), nullable=False, server_default="")
            for name in ("origin", "author", "reason", "integration_id", "job_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("value_changes_by_record", "value_changes", ["rid"])
    op.create_index(
        "findings_by_record",
        "findings",
        ["job_id", "record_id"],
        sqlite_where=sa.text("verdict != 'unchanged'"),
    )
    op.create_index("sources_by_record", "sources", ["rid"], sqlite_where=sa.text("rid IS NOT NULL"))
    op.create_table(
        "verifications",
        sa.Column("job_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False, server_default=""),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
    )
    op.create_table(
        "verified_fields",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "seq", "place"),
    )
