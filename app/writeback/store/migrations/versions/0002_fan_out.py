"""One record in several CRMs: matches, links to accounts, a state for each target of a value."""

import sqlalchemy as sa
from alembic import op

from writeback.store import sqlite, wide

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OF_JOB = "(select j.integration_id from jobs j where j.id = job_id)"
_OF_RECORD = "substr(rid, 1, instr(rid, ':') - 1)"
"""Until now a record was called by the one integration it came from."""


def upgrade() -> None:
    """Add what fan-out needs; every value keeps its state, every snapshot its record."""
    for table, column, default in (
        ("integrations", "match_attribute", ""),
        ("integrations", "link_path", ""),
        ("drafts", "seen", "{}"),
        ("jobs", "unreached", ""),
    ):
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=default))
    _give_states_their_target()
    db = op.get_bind()
    for (integration,) in db.execute(sa.text("select id from integrations")).all():
        if sqlite.columns_of(db, wide.snapshot_table(integration)):
            wide.index_links(db, integration)


def _give_states_their_target() -> None:
    """The key of a value's state takes the target in; SQLite makes the table anew for that."""
    op.execute("create temp table old_states as select * from value_states")
    op.drop_table("value_states")
    op.create_table(
        "value_states",
        sa.Column("rid", sa.Text(), nullable=False),
        sa.Column("attribute", sa.Text(), nullable=False),
        sa.Column("integration_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rid", "attribute", "integration_id"),
    )
    rest = "state, job_id, new, theirs, code, message, at"
    op.execute(
        f"insert into value_states (rid, attribute, integration_id, {rest}) "  # noqa: S608  built of our own words
        f"select rid, attribute, coalesce({_OF_JOB}, {_OF_RECORD}), {rest} from old_states"
    )
    op.execute("drop table old_states")
