"""Drafts against newly confirmed values: where the CRM no longer holds what the person saw.

The draft always stays. A clash is one row in `value_states` (state *conflict*, no job) that shows both
values; it goes when the CRM holds the old value again, or already the wished one.

Must not: touch a draft, or the state of an edit that a job is working on.
"""

import json
from collections import abc
from datetime import datetime

from sqlalchemy.engine import Connection

from writeback.model import canonical
from writeback.model.integrations import Integration
from writeback.model.types import AttributeType, RecordId
from writeback.store import model, moments, records, schema, sqlite

_STATE = "conflict"
_WORKING = ("queued", "sent", "unknown")


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
    mapped = {mapping.attribute for mapping in integration.mappings}
    drafts = [
        draft
        for some in sqlite.chunks(records.record_id(integration.id, key) for key in keys)
        for draft in _drafts(db, some)
        if draft[1] in mapped
    ]
    if not drafts:
        return ()
    kinds = model.kinds(db, integration.entity)
    held = records.get_many(db, integration.entity, {draft[0] for draft in drafts})
    clashing: list[RecordId] = []
    for rid, attribute, old, new in drafts:
        theirs = held[RecordId(rid)].values[attribute]
        if theirs in (_value(old, kinds[attribute]), _value(new, kinds[attribute])):
            _lift(db, rid, attribute)
        elif _mark(db, (rid, attribute), new=new, theirs=json.dumps(canonical.to_plain(theirs)), at=at):
            clashing.append(RecordId(rid))
    return tuple(dict.fromkeys(clashing))


def _drafts(db: Connection, rids: abc.Sequence[str]) -> abc.Iterable[tuple[str, str, str, str]]:
    # A draft in a submitted plan is a job's business: it compares before it sends.
    unsent = f"change_set_id is null and rid in ({sqlite.marks(rids)})"
    query = f"select rid, attribute, old, new from drafts where {unsent}"  # noqa: S608  marks
    return sqlite.run(db, query, rids).fetchall()


def _value(text: str, kind: AttributeType) -> object:
    return canonical.from_plain(json.loads(text), kind)


def _lift(db: Connection, rid: str, attribute: str) -> None:
    query = "delete from value_states where rid = ? and attribute = ? and state = ? and job_id = ''"
    sqlite.run(db, query, (rid, attribute, _STATE))


def _mark(db: Connection, place: tuple[str, str], *, new: str, theirs: str, at: datetime) -> bool:
    """Note the clash; False when it stood there already or a job is at work on the value."""
    query = "select state, theirs, job_id from value_states where rid = ? and attribute = ?"
    known = sqlite.run(db, query, place).fetchone()
    if known is not None and (known[0] in _WORKING or known == (_STATE, theirs, "")):
        return False
    values = {
        "rid": place[0],
        "attribute": place[1],
        "state": _STATE,
        "job_id": "",
        "new": new,
        "theirs": theirs,
    }
    sqlite.upsert(
        db, schema.value_states, {**values, "code": "pull.conflict", "message": "", "at": moments.to_text(at)}
    )
    return True
