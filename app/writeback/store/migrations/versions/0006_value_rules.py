"""Value maps and transforms of a mapping, what a draft adds to and takes from a list."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what they say; until somebody changes it, values travel as before."""
    for column, default in (
        ("value_map", "[]"),
        ("unknown_rule", "hold"),
        ("unknown_default", ""),
        ("transforms", "[]"),
    ):
        op.add_column("field_mappings", sa.Column(column, sa.Text(), nullable=False, server_default=default))
    op.add_column("drafts", sa.Column("delta", sa.Text(), nullable=True))
    op.add_column("attributes", sa.Column("default_text", sa.Text(), nullable=False, server_default=""))
