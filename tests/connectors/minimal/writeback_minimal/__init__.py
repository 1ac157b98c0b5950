"""The smallest honest connector: a CRM in memory. Importing this package costs nothing."""

from collections import abc

from writeback.sdk.connector import Connector
from writeback.sdk.hookspecs import hookimpl
from writeback.sdk.transforms import Transform


@hookimpl
def writeback_connectors() -> abc.Iterable[Connector]:
    """Offer the connector; called when a connection first needs it."""
    from writeback_minimal.connector import MinimalConnector

    return (MinimalConnector(),)


@hookimpl
def writeback_transforms() -> abc.Iterable[Transform]:
    """Offer two transforms: one that can be turned back, and one that always fails."""
    from writeback_minimal.transforms import BACKWARDS, BOOM

    return (BACKWARDS, BOOM)
