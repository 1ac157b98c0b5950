"""Let schedules say since when they fail, runs of plays their acts, tasks versions, messages who has them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what failed before is told when it fails again."""
    op.add_column("pull_schedules", sa.Column("failed_at", sa.Text()))
    for name in ("act", "decided_act"):
        op.add_column("play_runs", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("reached", "refused"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="[]")
        op.add_column("notice_messages", column)
    op.add_column("tasks", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    for name in ("changed_by", "changed_act"):
        op.add_column("tasks", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    named = sa.Column("named", sa.Text(), nullable=False, server_default="[]")
    op.add_column("play_runs", named)
    op.create_index("play_runs_by_act", "play_runs", ["act"], sqlite_where=sa.text("act != ''"))
