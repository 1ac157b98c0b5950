"""Look at everything a job of a connection would need: address, sign-in, org, rights, quota, clocks.

Scopes are not among the lines: no connector tells them apart from rights.

Must not: change anything.
"""

from collections import abc
from datetime import timedelta
from typing import Final

from writeback.errors import ConnectorError, RetryableError, WritebackError
from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.runtime.facade import CheckLine, ConnectionTest
from writeback.runtime.sessions import Sessions
from writeback.runtime.wording import number, say
from writeback.sdk.capabilities import ReportsUsage
from writeback.sdk.connector import Session
from writeback.sdk.values import ObjectInfo, Usage

CLOCKS_MOST: Final = timedelta(minutes=2)
"""Tokens, leases and pauses work with clocks that are no further apart."""


def look_at(
    connection: Connection, sessions: Sessions, integrations: abc.Iterable[Integration]
) -> ConnectionTest:
    """Open a session and look.

    Args:
        connection: Whom to ask.
        sessions: Opens conversations.
        integrations: What is pulled through this connection: their objects' rights are told by name.
    """
    try:
        session = sessions.open_as(connection)
        org = session.whoami()
    except RetryableError as error:
        line = CheckLine("reachable", is_good=False, found=connection.origin, code=error.code)
        return ConnectionTest(None, (line,))
    except WritebackError as error:
        return ConnectionTest(None, (CheckLine("sign_in", is_good=False, found=str(error), code=error.code),))
    is_same = connection.org is None or connection.org.id == org.id
    usage: tuple[Usage, ...] = session.usage() if isinstance(session, ReportsUsage) else ()
    lines = [
        CheckLine("reachable", is_good=True, found=connection.origin),
        CheckLine("sign_in", is_good=True, found=org.user),
        CheckLine("org", is_good=is_same, found=f"{org.name} ({org.id})"),
        *_rights(session, tuple(integrations)),
        *(CheckLine("quota", is_good=one.used < one.most, found=_used(one)) for one in usage),
        *_clocks(sessions.clock_gap(connection.id)),
    ]
    return ConnectionTest(org, tuple(lines), usage)


def _used(usage: Usage) -> str:
    used, most = number(usage.used), number(usage.most)
    return say("{kind}: {used} of {most}", kind=usage.kind, used=used, most=most)


def _rights(session: Session, integrations: abc.Sequence[Integration]) -> abc.Iterator[CheckLine]:
    try:
        found = session.objects()
    except ConnectorError as error:
        yield CheckLine("objects", is_good=False, found=str(error), code=error.code)
        return
    writable = sum(one.updateable for one in found)
    told = say("{writable} of %n may be updated", len(found), writable=number(writable))
    yield CheckLine("objects", is_good=writable > 0, found=told)
    known = {one.name: one for one in found}
    for name in dict.fromkeys(one.object for one in integrations):
        mine = [one for one in integrations if one.object == name]
        yield _right(name, known.get(name), mine)


def _right(name: str, told: ObjectInfo | None, integrations: abc.Sequence[Integration]) -> CheckLine:
    """Say what the user may do with a mapped object; write-back of it needs the right to edit."""
    if told is None:
        return CheckLine(
            "permissions", is_good=False, found=say("{name}: not there for this user", name=name)
        )
    writes = any(mapping.write_back for one in integrations for mapping in one.mappings)
    rights = [word for word, has in ((say("read"), told.queryable), (say("edit"), told.updateable)) if has]
    is_good = told.queryable and (told.updateable or not writes)
    return CheckLine("permissions", is_good=is_good, found=f"{name}: {', '.join(rights) or say('nothing')}")


def _clocks(gap: timedelta | None) -> abc.Iterator[CheckLine]:
    """Compare clocks, where an answer bore the CRM's; it tells whole seconds only."""
    if gap is None:
        return
    seconds = round(gap.total_seconds())
    if abs(seconds) <= 2:
        words = say("same time")
    elif seconds < 0:
        words = say("the CRM's clock is {seconds} s behind", seconds=-seconds)
    else:
        words = say("the CRM's clock is {seconds} s ahead", seconds=seconds)
    yield CheckLine("clock", is_good=abs(gap) <= CLOCKS_MOST, found=words)
