"""Drafts against newly confirmed values: where the CRM no longer holds what the person saw.

The draft always stays. A clash is one row in `value_states` (state *conflict*, no job, one a target) that
shows both values; it goes when that CRM holds what was seen of it again, or already the wished value.

What is added to a list, or taken from it, is laid over whatever stands there: it cannot clash.

Must not: touch a draft, or the state of an edit that a job is working on.
"""

import json
from collections import abc
from datetime import datetime

from sqlalchemy.engine import Connection

from writeback.model import canonical
from writeback.model.integrations import Integration
from writeback.model.types import RecordId
from writeback.planning.translating import Translation
from writeback.store import model, moments, records, sqlite, value_states, wide

_STATE = "conflict"
_WORKING = ("queued", "sent", "unknown")
_PLACE = "rid = ? and attribute = ? and integration_id = ?"


def note(
    db: Connection, integration: Integration, keys: abc.Iterable[str], *, at: datetime
) -> tuple[RecordId, ...]:
    """Compare the drafts of some records with what is confirmed now.

    Args:
        db: The write transaction that brought the new values in.
        integration: Where they came from.
        keys: CRM keys of the records that changed.
        at: When the conflict was found.

    Returns:
        The records with a clash that was not there before.
    """
    mappings = {mapping.attribute: mapping for mapping in integration.mappings}
    held = records.snapshot_of(db, integration, _drafted(db, integration, keys))
    if not held:
        return ()
    kinds = model.kinds(db, integration.entity)
    theirs_of = {snapshot.rid: snapshot.values for snapshot in held.values()}
    clashing: list[RecordId] = []
    for rid, attribute, old, new, seen in _drafts(db, tuple(theirs_of)):
        mapping = mappings.get(attribute)
        if mapping is None:
            continue
        means = Translation(mapping.values, kinds[attribute]).meaning
        theirs = means(theirs_of[RecordId(rid)][str(mapping.path)])
        base = json.loads(seen).get(integration.id, json.loads(old))
        place = (rid, attribute, integration.id)
        kind = kinds[attribute]
        if theirs in (canonical.as_told(base, kind), canonical.from_plain(json.loads(new), kind)):
            _lift(db, place)
        elif _mark(db, place, new=new, theirs=json.dumps(canonical.to_plain(theirs)), at=at):
            clashing.append(RecordId(rid))
    return tuple(dict.fromkeys(clashing))


_UNSENT = "change_set_id is null"
"""A draft in a submitted plan is a job's business: it compares before it sends."""


def _drafted(db: Connection, integration: Integration, keys: abc.Iterable[str]) -> list[str]:
    """Keep the keys whose records have unsent drafts: mostly none."""
    if sqlite.run(db, f"select 1 from drafts where {_UNSENT} limit 1").fetchone() is None:  # noqa: S608  a constant
        return []
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    return [
        str(row[0])
        for some in sqlite.chunks(keys)
        for row in sqlite.run(
            db,
            f"select key from {snapshot} s where key in ({sqlite.marks(some)}) "  # noqa: S608  quoted
            f"and exists (select 1 from drafts d where d.rid = s.rid and d.{_UNSENT})",
            some,
        )
    ]


def _drafts(db: Connection, rids: abc.Sequence[str]) -> abc.Iterator[tuple[str, str, str, str, str]]:
    for some in sqlite.chunks(rids):
        query = (
            f"select rid, attribute, old, new, seen from drafts where {_UNSENT} "  # noqa: S608  marks
            f"and delta is null and rid in ({sqlite.marks(some)})"
        )
        yield from sqlite.run(db, query, some).fetchall()


def _lift(db: Connection, place: tuple[str, str, str]) -> None:
    query = f"delete from value_states where {_PLACE} and state = ? and job_id = ''"  # noqa: S608  a constant
    sqlite.run(db, query, (*place, _STATE))


def _mark(db: Connection, place: tuple[str, str, str], *, new: str, theirs: str, at: datetime) -> bool:
    """Note the clash; False when it stood there already or a job is at work on the value."""
    query = f"select state, theirs, job_id from value_states where {_PLACE}"  # noqa: S608  a constant
    known = sqlite.run(db, query, place).fetchone()
    if known is not None and (known[0] in _WORKING or known == (_STATE, theirs, "")):
        return False
    value_states.dispute(db, place, new=new, theirs=theirs, at=moments.to_text(at))
    return True
