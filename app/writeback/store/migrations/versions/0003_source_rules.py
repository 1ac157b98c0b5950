"""What an empty value coming in means, how a text field writes, a connection's own word and colour."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what they say; until somebody changes it, everything is read as before."""
    for table, column, default in (
        ("field_mappings", "empty_rule", "clear"),
        ("field_mappings", "empty_default", ""),
        ("field_mappings", "source_format", ""),
        ("connections", "word", ""),
        ("connections", "colour", ""),
    ):
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=default))
