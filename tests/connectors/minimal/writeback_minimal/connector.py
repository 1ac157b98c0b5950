"""Opens sessions on a CRM in memory."""

from writeback.sdk.connector import Access, Session
from writeback_minimal.crm import Crm, seeded
from writeback_minimal.session import MinimalSession


class MinimalConnector:
    """The connector; tests hand it the CRM they want to look at afterwards."""

    id = "minimal"

    def __init__(self, crm: Crm | None = None) -> None:
        """Take a CRM, or make one with a few records."""
        self.crm = seeded() if crm is None else crm

    def open(self, access: Access) -> Session:
        """Open a conversation; makes no call."""
        return MinimalSession(access, self.crm)
