"""Make room for records that are made."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the key of jobs that make records, and the ids of those made; earlier jobs updated only."""
    op.add_column("jobs", sa.Column("creates_by", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "made",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("made_by_record", "made", ["record_id", "job_id"])
