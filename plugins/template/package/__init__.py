"""Acme for Writeback. Importing this package costs nothing."""

from collections import abc

from writeback.sdk.connector import Connector
from writeback.sdk.hookspecs import hookimpl


@hookimpl
def writeback_connectors() -> abc.Iterable[Connector]:
    """Offer the connector; called when a connection first needs it."""
    from writeback_acme.connector import AcmeConnector

    return (AcmeConnector(),)
