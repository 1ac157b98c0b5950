"""Guards with their limits and figures, permission levels, approvals, and a job's automation switches."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nobody has a level yet, so everybody may do what they could."""
    op.create_table(
        "guard_limits",
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.PrimaryKeyConstraint("connection_id", "name"),
    )
    op.create_table(
        "guard_figures",
        sa.Column("job_id", sa.Text(), sa.ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("guard", sa.Text(), nullable=False),
        sa.Column("figure", sa.Float(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("overridden_by", sa.Text(), nullable=False),
        sa.Column("overridden_at", sa.Text()),
        sa.PrimaryKeyConstraint("job_id", "guard"),
    )
    op.create_table(
        "permissions",
        sa.Column("author", sa.Text(), primary_key=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
    )
    op.create_table(
        "approvals",
        sa.Column(
            "plan_id", sa.Text(), sa.ForeignKey("change_sets.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text()),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.add_column("jobs", sa.Column("automation", sa.Text(), nullable=False, server_default="{}"))
