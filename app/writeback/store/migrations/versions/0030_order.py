"""Let a batch wait for the earlier ones that write a record of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; jobs that wait already go on as they would have."""
    op.create_table(
        "waits_behind",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("batch_no", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("other_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "batch_no", "other_id", "other_no"),
    )
    op.create_index("waits_behind_other", "waits_behind", ["other_id"])
