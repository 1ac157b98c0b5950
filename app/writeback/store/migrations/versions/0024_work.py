"""Let forms say who may use them, tasks the acts behind them, campaigns what they were read from."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty for all there are, and the tables of files and choices of campaigns."""
    op.add_column("insight_forms", sa.Column("users", sa.Text(), nullable=False, server_default="{}"))
    for name, default in (("act", ""), ("ended_act", ""), ("wrote", "[]")):
        op.add_column("tasks", sa.Column(name, sa.Text(), nullable=False, server_default=default))
    op.create_index("tasks_by_act", "tasks", ["act"], unique=True, sqlite_where=sa.text("act != ''"))
    for name in ("lowest", "highest"):
        op.add_column("campaigns", sa.Column(name, sa.Integer()))
    op.add_column("responses", sa.Column("act", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "campaign_files",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("campaign", "act", "sha256", "name")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("rows", "responses")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("author", "imported_at")),
        sa.PrimaryKeyConstraint("campaign", "act"),
    )
    op.create_table(
        "campaign_choices",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("campaign", "key", "record")),
        sa.PrimaryKeyConstraint("campaign", "key"),
    )
