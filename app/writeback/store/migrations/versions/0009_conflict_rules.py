"""When a row was edited, what a rule left to the CRM, how conflicts are settled, whose value counts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what rules and the inbox of conflicts need; what is planned stays as it was judged."""
    op.add_column("writes", sa.Column("edited", sa.Text()))
    op.add_column("writes", sa.Column("kept", sa.Text()))
    op.add_column("findings", sa.Column("places", sa.Text(), nullable=False, server_default="[]"))
    for table, end in (("findings", "verdict"), ("outcomes", "outcome")):
        where = sa.text(f"{end} = 'conflict'")
        op.create_index(f"{table}_in_conflict", table, ["job_id", "seq"], sqlite_where=where)
    op.create_table(
        "settlements",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text()),
        sa.Column("is_gone", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("message", sa.Text(), nullable=False, server_default=""),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "seq", "place"),
    )
    op.create_table(
        "masters",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("attribute", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("entity", "attribute"),
    )
    op.create_table(
        "disagreements",
        sa.Column("rid", sa.Text(), nullable=False),
        sa.Column("attribute", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False, server_default=""),
        sa.Column("author", sa.Text(), nullable=False, server_default=""),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rid", "attribute"),
    )
