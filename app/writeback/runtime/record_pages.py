"""The page of a record in its CRM: which address a person's browser would open.

The form of the address is a fact of the connector; the host is the connection's own, or one that the
connector declares. Anything else is refused, whatever the workspace says.
"""

from collections import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from writeback.errors import ConfigurationError
from writeback.model.connections import Connection

if TYPE_CHECKING:
    from writeback.sdk.manifest import CrmObject


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Where a record is looked at."""

    host: str
    url: str


def page_of(
    connection: Connection,
    objects: "abc.Iterable[CrmObject]",
    hosts: abc.Collection[str],
    *,
    what: tuple[str, str],
) -> RecordPage:
    """Give the page of one record.

    Args:
        connection: Whose record it is.
        objects: What the connector says of its objects.
        hosts: The hosts that the connector declares.
        what: The object and the record's key.

    Raises:
        ConfigurationError: A simulator has no pages, the connector knows none, or it lies elsewhere.
    """
    name, key = what
    if connection.is_simulator:
        raise ConfigurationError("record_page.simulator", connection=connection.name)
    form = next((one.page for one in objects if one.name == name and one.page), "")
    if not form:
        raise ConfigurationError("record_page.unknown", object=name, connection=connection.name)
    org = connection.org.id if connection.org is not None else ""
    url = form.format(origin=connection.origin.rstrip("/"), org=quote(org, safe=""), key=quote(key, safe=""))
    parts = urlsplit(url)
    own = urlsplit(connection.origin).hostname
    if parts.scheme != "https" or parts.username or parts.hostname not in {own, *hosts}:
        raise ConfigurationError(
            "record_page.elsewhere", host=parts.hostname or "", connection=connection.name
        )
    return RecordPage(parts.hostname or "", url)
