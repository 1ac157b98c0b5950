"""Keep pulls that were made, rows left out of a plan, and rows that were marked by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the job pages."""
    op.create_table(
        "pulls",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
        ),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("connection_id", "integration_id", "object")
        ),
        sa.Column("author", sa.Text(), nullable=False, server_default=""),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False, server_default="0")
            for name in ("read", "added", "changed", "gone", "conflicts")
        ),
        sa.Column("code", sa.Text(), nullable=False, server_default=""),
        sa.Column("facts", sa.Text(), nullable=False, server_default="{}"),
    )
    op.create_index("pulls_by_integration", "pulls", ["integration_id"])
    op.add_column("change_sets", sa.Column("view", sa.Text()))
    op.create_table(
        "left_out",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "seq", "place"),
    )
    op.create_table(
        "hand_notes",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "seq"),
    )
    op.create_index(
        "value_changes_by_job", "value_changes", ["job_id", "at"], sqlite_where=sa.text("job_id != ''")
    )
