"""Keep since when a sign-in is as it is, what it may do, and what was typed into a wizard."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("connections", sa.Column("sign_in_since", sa.Text()))
    op.add_column("connections", sa.Column("scopes", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "form_drafts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
