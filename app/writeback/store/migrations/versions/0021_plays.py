"""Make room for SuccessPlays, whom they remember and what their runs did."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; there is no play yet."""
    op.create_table(
        "plays",
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), sa.ForeignKey("entities.name"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text()),
        sa.Column("is_on", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("switched_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("switched_at", sa.Text()),
        sa.Column("stopped", sa.Text()),
        sa.Column("waits", sa.Text()),
        sa.Column("seen", sa.Text(), nullable=False, server_default=""),
        sa.Column("seen_at", sa.Text()),
        sa.Column("handled", sa.Text()),
        sa.Column("turns", sa.Text(), nullable=False, server_default="{}"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("folded"),
    )
    op.create_table(
        "play_members",
        sa.Column("play", sa.Text(), nullable=False),
        sa.Column("rid", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("play", "rid"),
        sqlite_with_rowid=False,
    )
    _add_runs()


def _add_runs() -> None:
    op.create_table(
        "play_runs",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("play", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text()),
        sa.Column("of", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reason", sa.Text()),
        sa.Column("linked", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("plan_id", sa.Text()),
        sa.Column("targets", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("steps", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("next_try", sa.Text()),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_play_runs_state", "play_runs", ["state"])
    op.create_table(
        "play_rows",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("rid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("cause", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("done_at", sa.Text()),
        sa.PrimaryKeyConstraint("run", "rid"),
        sqlite_with_rowid=False,
    )
    op.create_index("play_rows_by_record", "play_rows", ["rid", "done_at"])
