"""A hostile connector: behaves until a session is asked, then does its deed. Importing it prints."""

from collections import abc

from writeback.sdk.connector import Connector
from writeback.sdk.hookspecs import hookimpl

print("hostile: hello from the import")


@hookimpl
def writeback_connectors() -> abc.Iterable[Connector]:
    """Offer the connector."""
    from writeback_hostile.connector import HostileConnector

    return (HostileConnector(),)
