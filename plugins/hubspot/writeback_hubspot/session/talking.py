"""The session as the engine knows it: reading, finding and writing over the same calls."""

import time

from writeback.sdk.connector import Access
from writeback_hubspot.session.calls import Calls, Seconds, Sleep
from writeback_hubspot.session.owning import Owning
from writeback_hubspot.session.writing import Writing


class HubSpotSession(Writing, Owning):
    """An open conversation with one account. Used by one thread at a time."""

    def __init__(
        self, access: Access, *, sleep: Sleep = time.sleep, monotonic: Seconds = time.monotonic
    ) -> None:
        """Make no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        super().__init__(Calls(access, sleep=sleep, monotonic=monotonic))
