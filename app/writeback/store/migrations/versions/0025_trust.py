"""Keep by how much a CRM's clock is ahead of this computer's, where people have to know."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing was noted yet."""
    op.add_column("connections", sa.Column("clock_ahead_s", sa.Integer(), nullable=False, server_default="0"))
