"""Let records say whose they are: a membership is what a person is at an account."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the path to the person, empty for all there are, and the entity of memberships."""
    op.add_column("integrations", sa.Column("person_path", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().execute(sa.text("select 1 from entities limit 1")).first() is None:
        return  # no workspace yet: it gets its entities where it is made
    op.execute("insert or ignore into entities (name, title) values ('membership', 'Membership')")
    op.execute(
        'create table if not exists "rec_membership" (rid text not null primary key, title text, '
        "gone integer not null default 0) without rowid"
    )
