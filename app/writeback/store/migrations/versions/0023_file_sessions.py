"""Remember files on their way, so that they can be taken up again at any step."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; earlier files have left plans and jobs only."""
    op.create_table(
        "file_sessions",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text()),
    )
    op.create_index(
        "file_sessions_open",
        "file_sessions",
        ["path"],
        unique=True,
        sqlite_where=sa.text("closed_at is null"),
    )
