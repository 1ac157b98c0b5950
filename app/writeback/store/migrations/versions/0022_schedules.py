"""Make room for the schedules of pulls, and for jobs that collect."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables and columns; nothing is pulled by itself and no job collects yet."""
    op.create_table(
        "pull_schedules",
        sa.Column(
            "integration_id",
            sa.Text(),
            sa.ForeignKey("integrations.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("is_paused", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("handled_at", sa.Text(), nullable=False),
        sa.Column("next_at", sa.Text()),
        sa.Column("held_until", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("owner", sa.Text()),
        sa.Column("lease_until", sa.Text()),
        sa.Column("fence", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("last_at", sa.Text()),
        sa.Column("last_missed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("last_code", sa.Text(), nullable=False, server_default=""),
    )
    op.create_index("pull_schedules_by_moment", "pull_schedules", ["next_at"])
    op.add_column("pulls", sa.Column("is_scheduled", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("connections", sa.Column("collect_s", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("jobs", sa.Column("collects", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "collected",
        sa.Column("job_id", sa.Text(), sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.Text(), nullable=False),
        sa.Column("was_job_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "first_seq"),
    )
    op.create_index("collected_by_set", "collected", ["change_set_id"])
