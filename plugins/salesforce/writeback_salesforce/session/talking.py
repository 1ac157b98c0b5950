"""The session as the engine knows it: reading, writing and uploading over the same calls."""

import time

from writeback.sdk.connector import Access
from writeback_salesforce.session.calls import Calls
from writeback_salesforce.session.owning import Owning
from writeback_salesforce.session.reading import Sleep
from writeback_salesforce.session.uploading import Uploading
from writeback_salesforce.session.writing import Writing


class SalesforceSession(Owning, Writing, Uploading):
    """An open conversation with one org. Used by one thread at a time."""

    def __init__(self, access: Access, *, sleep: Sleep = time.sleep) -> None:
        """Make no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        calls = Calls(access, sleep=sleep)
        Owning.__init__(self, calls, sleep=sleep)
        Writing.__init__(self, calls)
        Uploading.__init__(self, calls)
