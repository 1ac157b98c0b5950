"""Our own no, before anything is judged: what the connection or the mapping forbids.

The worker asks the same questions again before every batch; this is the early answer, so that a
blocked edit costs no call and says why.
"""

from writeback.errors import ReadOnlyConnectionError
from writeback.model.changes import Reason
from writeback.model.connections import Connection, Safety
from writeback.model.integrations import FieldMapping


def admit_connection(connection: Connection) -> None:
    """Let a connection through that may be written to.

    Raises:
        ReadOnlyConnectionError: It is switched to read-only.
    """
    if connection.read_only:
        raise ReadOnlyConnectionError("connection.read_only", connection=connection.name)


def refuse_mapping(mapping: FieldMapping | None, attribute: str) -> Reason | None:
    """Say why an attribute may not be written through its mapping; None when it may."""
    if mapping is None:
        return Reason("write_back.not_mapped", (("attribute", attribute),))
    if not mapping.write_back:
        return Reason("write_back.off", (("attribute", attribute), ("field", str(mapping.path))))
    return None


def needs_org_name(connection: Connection) -> bool:
    """Say whether a person has to type the org's name before a plan is submitted."""
    return connection.safety is Safety.TYPE_NAME


def is_org_named(org_name: str, typed: str) -> bool:
    """Say whether a person typed an org's name; names of several orgs stand between semicolons."""
    names = {typed.strip().casefold(), *(part.strip().casefold() for part in typed.split(";"))}
    return org_name.strip().casefold() in names
