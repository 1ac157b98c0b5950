"""Keep the place of what this number is for (trust)."""

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing yet."""
