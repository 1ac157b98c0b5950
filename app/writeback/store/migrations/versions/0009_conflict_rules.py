"""When a row was edited, what a rule left to the CRM, all places in conflict."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the rule *newest* and the inbox of conflicts need; what is planned stays as it was judged."""
    op.add_column("writes", sa.Column("edited", sa.Text()))
    op.add_column("writes", sa.Column("kept", sa.Text()))
    op.add_column("findings", sa.Column("places", sa.Text(), nullable=False, server_default="[]"))
