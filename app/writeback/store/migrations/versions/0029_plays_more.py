"""Let schedules say since when they fail."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what failed before is told when it fails again."""
    op.add_column("pull_schedules", sa.Column("failed_at", sa.Text()))
