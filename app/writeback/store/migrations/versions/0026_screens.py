"""Make room for notes of records."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nobody has written a note yet."""
    op.create_table(
        "record_notes",
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("is_removed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("note", "version"),
    )
    op.create_index("ix_record_notes_record", "record_notes", ["record"])
