"""The permission levels of the workspace's people, and plans that wait for another person's word.

Must not: judge who may do what; `planning.permitting` does.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError
from writeback.model.permissions import Approval, ApprovalState, Level, Permission
from writeback.model.types import PlanId
from writeback.store import moments, schema, sqlite


def every(db: Connection) -> tuple[Permission, ...]:
    """Give all people that have a level, by name."""
    table = schema.permissions
    return tuple(
        Permission(row.author, Level(row.level), row.set_by, moments.from_text(row.set_at))
        for row in db.execute(select(table).order_by(table.c.author))
    )


def levels(db: Connection) -> dict[str, Level]:
    """Give the levels by person; empty: nobody has one, and everybody may do everything."""
    table = schema.permissions
    return {row.author: Level(row.level) for row in db.execute(select(table.c.author, table.c.level))}


def put(db: Connection, permission: Permission) -> None:
    """Give somebody a level; the one before is gone."""
    row = {
        "author": permission.author,
        "level": permission.level.value,
        "set_by": permission.set_by,
        "set_at": moments.to_text(permission.set_at),
    }
    sqlite.upsert(db, schema.permissions, row)


def remove(db: Connection, author: str) -> None:
    """Take somebody's level away."""
    db.execute(delete(schema.permissions).where(schema.permissions.c.author == author))


def ask_approval(db: Connection, approval: Approval) -> None:
    """Keep that a plan waits for another person's word; asked twice, it waits once."""
    row = {
        "plan_id": approval.plan_id,
        "state": approval.state.value,
        "asked_by": approval.asked_by,
        "asked_at": moments.to_text(approval.asked_at),
        "rows": approval.rows,
        "most": approval.most,
        "decided_by": approval.decided_by,
        "note": approval.note,
    }
    sqlite.upsert(db, schema.approvals, row)


def decide(
    db: Connection, plan_id: str, state: ApprovalState, *, author: str, note: str, at: datetime
) -> None:
    """Keep a person's word on a waiting plan.

    Raises:
        ConfigurationError: It does not wait (any more).
    """
    table = schema.approvals
    done = db.execute(
        update(table)
        .where(table.c.plan_id == plan_id, table.c.state == ApprovalState.PENDING.value)
        .values(state=state.value, decided_by=author, decided_at=moments.to_text(at), note=note)
    )
    if not done.rowcount:
        raise ConfigurationError("approval.not_pending", plan=plan_id[:200])


def approval_of(db: Connection, plan_id: str) -> Approval | None:
    """Give the approval of a plan, if it needed one."""
    table = schema.approvals
    row = db.execute(select(table).where(table.c.plan_id == plan_id)).first()
    return None if row is None else _approval(row)


def approvals(db: Connection, *, is_pending: bool = True) -> tuple[Approval, ...]:
    """Give the plans that wait, or all that ever waited; the oldest first."""
    table = schema.approvals
    query = select(table).order_by(table.c.asked_at, table.c.plan_id)
    if is_pending:
        query = query.where(table.c.state == ApprovalState.PENDING.value)
    return tuple(_approval(row) for row in db.execute(query))


def _approval(row: Any) -> Approval:  # noqa: ANN401  SQLAlchemy's own row
    return Approval(
        PlanId(row.plan_id),
        ApprovalState(row.state),
        row.asked_by,
        moments.from_text(row.asked_at),
        row.rows,
        row.most,
        row.decided_by,
        moments.from_text(row.decided_at) if row.decided_at else None,
        row.note,
    )
