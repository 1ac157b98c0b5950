"""Make room for people, their users in each CRM, and remembered choices."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(_text(name) for name in names)


def _connection() -> sa.Column[str]:
    key = sa.ForeignKey("connections.id", ondelete="CASCADE")
    return sa.Column("connection_id", sa.Text(), key, nullable=False)


def upgrade() -> None:
    """Add the directory, the roles and the choices; all are empty until somebody asks for them."""
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), primary_key=True),
        *_texts("name", "email", "kind"),
        sa.Column("active", sa.Boolean(), nullable=False),
        _text("created_at"),
    )
    op.create_table(
        "people_objects",
        _connection(),
        *_texts("object", "kind", "key_field", "name_field", "email_field", "pulled_at"),
        sa.PrimaryKeyConstraint("connection_id", "object"),
    )
    op.create_table(
        "crm_users",
        _connection(),
        *_texts("object", "id", "title", "email", "kind"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("people.id"), nullable=True),
        _text("matched_by"),
        sa.Column("confidence", sa.Float(), nullable=False),
        _text("decided_by"),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("connection_id", "object", "id"),
    )
    op.create_table(
        "roles",
        *_texts("entity", "attribute", "created_at"),
        sa.PrimaryKeyConstraint("entity", "attribute"),
        sa.ForeignKeyConstraint(["entity", "attribute"], ["attributes.entity", "attributes.name"]),
    )
    op.create_table(
        "reference_choices",
        _connection(),
        *_texts("object", "value", "shown", "target_id", "title", "decided_by", "decided_at"),
        sa.PrimaryKeyConstraint("connection_id", "object", "value"),
    )
