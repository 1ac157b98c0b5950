"""Make a directory of the audit trail: who, which connection, which job, for a million entries at once."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_FILL = """
insert into audit_facts
select a.seq, a.at, a.act,
  coalesce(a.by, a.author,
    case when a.act not in ('job.paused', 'job.resumed', 'job.cancelled', 'job.checked', 'job.stopped')
    then coalesce(cs.author, ps.author) end, ''),
  coalesce(a.connection, j.connection_id, ''),
  coalesce(a.job, '')
from (
  select seq, at, act,
    json_extract(body, '$.author') as author, json_extract(body, '$.by') as by,
    json_extract(body, '$.connection') as connection, json_extract(body, '$.job') as job,
    json_extract(body, '$.plan') as plan
  from (select seq, at, act, case when json_valid(body) then body else '{}' end as body from audit)
) a
left join jobs j on j.id = a.job
left join change_sets cs on cs.id = j.change_set_id
left join change_sets ps on ps.id = a.plan
"""


def upgrade() -> None:
    """Add the directory and fill it from the trail, which stays as it is."""
    op.create_table(
        "audit_facts",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("connection_id", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.execute(_FILL)
