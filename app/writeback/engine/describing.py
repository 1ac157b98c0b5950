"""Ask what a CRM says of an object, or remember it while it is young enough.

Must not: compare (`engine.drifting`); decide how old is too old, callers say.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from writeback.errors import RefusedError, UnknownAttributeError
from writeback.model.types import ConnectionId
from writeback.sdk.connector import Session
from writeback.sdk.values import ObjectDescription
from writeback.store import descriptions
from writeback.store.workspace import Workspace

LIVES_S: Final = 600.0
"""A description this old is asked for again before anything is read or sent (`RELIABILITY.md` §3.3)."""
OBJECT_UNKNOWN: Final = "object.unknown"


class UnknownObjectError(UnknownAttributeError):
    """The CRM shows no object of that name to the signed-in user."""


def describe(
    workspace: Workspace,
    session: Session,
    connection_id: ConnectionId,
    object_name: str,
    *,
    most_s: float = LIVES_S,
) -> ObjectDescription:
    """Give an object's description, at most so many seconds old.

    Raises:
        UnknownObjectError: The CRM does not show the object; that is kept as well.
        ConnectorError: The CRM could not be asked.
    """
    with workspace.reading() as db:
        known = descriptions.get(db, connection_id, object_name)
        is_missing = descriptions.is_missing(db, connection_id, object_name)
    at = workspace.now()
    if known is not None and not is_missing and at - known[1] < timedelta(seconds=most_s):
        return known[0]
    try:
        description = session.describe(object_name)
    except RefusedError:
        if any(one.name.casefold() == object_name.casefold() for one in session.objects()):
            raise
        with workspace.writing() as db:
            descriptions.put_missing(db, connection_id, object_name, at=at)
        raise UnknownObjectError(OBJECT_UNKNOWN, object=object_name[:200]) from None
    with workspace.writing() as db:
        descriptions.put(db, connection_id, description, at=at)
    return description


def to_be_made(description: ObjectDescription) -> ObjectDescription:
    """Give an object as it stands to records that are yet to be made: what may be set then can be written."""
    fields = tuple(replace(one, is_updateable=one.is_createable) for one in description.fields)
    return replace(description, fields=fields)
