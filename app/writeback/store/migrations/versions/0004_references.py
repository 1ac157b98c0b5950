"""Make room for references by a path: writes to the records that references lead to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who asks for a write to a shared record, and who shows it; jobs so far wrote their own records."""
    op.add_column("jobs", sa.Column("root", sa.Text(), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("shown_by", sa.Integer()))
    op.add_column("jobs", sa.Column("shown_locally", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "sources",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("rid", sa.Text()),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "no"),
        sqlite_with_rowid=False,
    )
    op.create_index("sources_by_row", "sources", ["job_id", "seq"])
    op.create_table(
        "audiences",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer()),
        sa.Column("is_local", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "seq"),
        sqlite_with_rowid=False,
    )
