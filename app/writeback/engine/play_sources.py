"""Whether what a play looks at is whole: what its CRMs told last came in to the end.

A segment that is empty because a pull failed is no segment that everybody left.

Must not: pull.
"""

from collections import abc

from writeback.locks import FileLock
from writeback.model.changes import Reason
from writeback.model.integrations import Integration
from writeback.store import connections, integrations
from writeback.store.staging import pull_lock
from writeback.store.workspace import Db, Workspace


def incomplete(
    workspace: Workspace, entities: abc.Collection[str], named: abc.Collection[tuple[str, str]]
) -> Reason | None:
    """Say why the records of some entities cannot be relied on now; None: they can.

    Args:
        workspace: Where they are.
        entities: Whose records are looked at.
        named: Entities and attributes that decide.
    """
    with workspace.reading() as db:
        feeding = [one for entity in sorted(entities) for one in integrations.every(db, entity=entity)]
        for one in feeding:
            why = _why(db, one, named)
            if why is not None:
                return why
    for one in feeding:
        if _is_pulled(workspace, one):
            return Reason("play.source_busy", (("object", one.object),))
    return None


def _why(db: Db, one: Integration, named: abc.Collection[tuple[str, str]]) -> Reason | None:
    connection = connections.get(db, one.connection_id).name
    told = (("object", one.object), ("connection", connection))
    last = integrations.last_pull(db, one.id)
    if one.last_pull_at is None:
        return Reason("play.source_unread", told)
    if last.get("problem"):
        return Reason("play.source_failed", (*told, ("code", str(last["problem"]))))
    skipped = last.get("skipped")
    passed = set(map(str, skipped)) if isinstance(skipped, list) else set()
    partly = [
        str(mapping.path)
        for mapping in one.mappings
        if str(mapping.path) in passed and (one.entity, mapping.attribute) in named
    ]
    if partly:
        return Reason("play.source_partial", (*told, ("fields", ", ".join(partly)[:200])))
    return None


def _is_pulled(workspace: Workspace, one: Integration) -> bool:
    """Say whether somebody brings its records up to date right now: half of them are yesterday's."""
    path = pull_lock(workspace.path, one.id)
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        return not lock.acquire(until=0.0)
    finally:
        lock.close()
