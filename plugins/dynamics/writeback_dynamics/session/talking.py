"""The session as the engine knows it: reading, changes and writing over the same calls."""

import time

from writeback.sdk.connector import Access
from writeback_dynamics.session.calls import Calls, Sleep
from writeback_dynamics.session.catalogue import Catalogue
from writeback_dynamics.session.owning import Owning
from writeback_dynamics.session.writing import Writing


class DynamicsSession(Owning, Writing):
    """An open conversation with one environment. Used by one thread at a time."""

    def __init__(self, access: Access, *, sleep: Sleep = time.sleep) -> None:
        """Make no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        calls = Calls(access, sleep=sleep)
        super().__init__(calls, Catalogue(calls))
        self._talks = calls

    @property
    def parallel_hint(self) -> int | None:
        """How many requests at a time the server recommends; None before it said so."""
        return self._talks.parallel_hint
