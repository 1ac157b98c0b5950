"""Opens sessions on Acme."""

from writeback.sdk.connector import Access, Session
from writeback_acme.session import AcmeSession


class AcmeConnector:
    """Meets `sdk.connector.Connector`."""

    id = "acme"

    def open(self, access: Access) -> Session:
        """Open a conversation; makes no call."""
        return AcmeSession(access)
