"""Look at everything a job of a connection would need, in the order in which it can fail.

name · proxy · reachable · tls · sign_in · org · scopes · objects · permissions · quota · clock. What comes
after the first that fails on the way is not told: nobody looked.

Must not: change anything.
"""

from collections import abc
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from writeback.errors import ConnectorError, RetryableError, WritebackError
from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.runtime.facade import CheckLine, ConnectionTest
from writeback.runtime.plan_words import quota_title
from writeback.runtime.sessions import Sessions
from writeback.runtime.wording import number, say
from writeback.sdk.capabilities import ReportsUsage
from writeback.sdk.connector import Session
from writeback.sdk.manifest import AuthMethod, Manifest
from writeback.sdk.values import ObjectInfo, Usage

_RUNGS: Final[abc.Mapping[str, str]] = {
    "name": "name",
    "proxy": "proxy",
    "certificate": "tls",
    "tls": "tls",
}
"""Where on the way a reason of `link.lost` belongs; all others: it could not be reached."""
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
    way = _way(connection, has_proxy=sessions.has_proxy(connection))
    try:
        session = sessions.open_as(connection)
        org = session.whoami()
    except RetryableError as error:
        return ConnectionTest(None, _stopped(way, error))
    except WritebackError as error:
        line = CheckLine("sign_in", is_good=False, found=str(error), code=error.code)
        return ConnectionTest(None, (*way, line))
    is_same = connection.org is None or connection.org.id == org.id
    usage: tuple[Usage, ...] = session.usage() if isinstance(session, ReportsUsage) else ()
    lines = [
        *way,
        CheckLine("sign_in", is_good=True, found=org.user or say("the CRM does not say who")),
        CheckLine("org", is_good=is_same, found=f"{org.name} ({org.id})"),
        *_scopes(connection, sessions.manifest(connection.connector)),
        *_rights(session, tuple(integrations)),
        *(CheckLine("quota", is_good=one.used < one.most, found=_used(one)) for one in usage),
        *_clocks(sessions.clock_gap(connection.id)),
    ]
    return ConnectionTest(org, tuple(lines), usage)


def _used(usage: Usage) -> str:
    used, most = number(usage.used), number(usage.most)
    return say("{kind}: {used} of {most}", kind=quota_title(usage.kind), used=used, most=most)


def _way(connection: Connection, *, has_proxy: bool) -> tuple[CheckLine, ...]:
    """Give the lines of the way to the CRM, as they are when it was gone."""
    parts = urlsplit(connection.origin)
    is_plain = parts.scheme == "http"
    return (
        CheckLine("name", is_good=True, found=parts.hostname or ""),
        CheckLine("proxy", is_good=True, found=say("in use") if has_proxy else say("none")),
        CheckLine("reachable", is_good=True, found=connection.origin),
        CheckLine(
            "tls",
            is_good=True,
            found=say("not used on this computer") if is_plain else say("certificate verified"),
        ),
    )


def _stopped(way: abc.Sequence[CheckLine], error: RetryableError) -> tuple[CheckLine, ...]:
    """Give the lines up to the one that the way ended at."""
    reason = str(error.facts.get("reason", ""))
    what = _RUNGS.get(reason, "reachable")
    place = [line.what for line in way].index(what)
    return (*way[:place], CheckLine(what, is_good=False, found=way[place].found, code=error.code))


def _scopes(connection: Connection, manifest: Manifest) -> abc.Iterator[CheckLine]:
    """Compare what the issuer granted with what the connector asks for, where both are told."""
    if not connection.scopes:
        return
    auth = manifest.auth_of(AuthMethod.OAUTH) if connection.auth == "oauth" else None
    wanted = auth.guide.scopes if auth is not None else ()
    missing = [one for one in wanted if one not in connection.scopes]
    found = say("missing: {scopes}", scopes=", ".join(missing)) if missing else ", ".join(connection.scopes)
    yield CheckLine("scopes", is_good=not missing, found=found)


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
