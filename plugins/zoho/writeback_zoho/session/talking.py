"""The session as the engine knows it: reading, writing and uploading over the same calls."""

import time

from writeback.sdk.connector import Access
from writeback_zoho.session.asking import Asking
from writeback_zoho.session.calls import Sleep
from writeback_zoho.session.owning import Owning
from writeback_zoho.session.uploading import Uploading
from writeback_zoho.session.writing import Writing


class ZohoSession(Owning, Writing, Uploading):
    """An open conversation with one organisation. Used by one thread at a time."""

    def __init__(self, access: Access, *, sleep: Sleep = time.sleep) -> None:
        """Make no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        asking = Asking(access, sleep=sleep)
        Owning.__init__(self, asking)
        Writing.__init__(self, asking)
        Uploading.__init__(self, asking)
