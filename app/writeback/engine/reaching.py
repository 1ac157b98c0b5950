"""What a verb needs of one connection, handed over by whoever wires the program.

Must not: open anything; sessions and descriptions come in ready.
"""

from collections import abc
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, runtime_checkable

from writeback.engine.recognising import StaffOf
from writeback.engine.shaping import FindTransform, find_none
from writeback.model.changes import Reason
from writeback.model.connections import Connection
from writeback.model.integrations import Integration
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Wish
from writeback.planning.routing import RouteTable
from writeback.sdk.capabilities import WritesConditionally
from writeback.sdk.connector import Session
from writeback.sdk.manifest import AutomationFacts, RequestWindow, Routes
from writeback.sdk.values import ObjectDescription


@runtime_checkable
class KnowsIds(Protocol):
    """A session that can tell ids from other text and gives them in the form the CRM answers with."""

    def record_id(self, text: str) -> str | None:
        """Give the full id; None for what is none. Makes no call."""


@runtime_checkable
class ChecksAlike(Protocol):
    """A session whose CRM checks one version for a whole request: rows of one version go checked together."""

    def conditional_alike(self, route: str) -> int:
        """Most writes of a version-checked request whose rows all have one version; 0: the route cannot."""


@runtime_checkable
class RefusesInBulk(Protocol):
    """A session whose uploads cannot carry every value."""

    def bulk_refuses(self, kind: AttributeType, wish: Wish) -> Reason | None:
        """Say why an upload cannot carry a wish; None: it can."""


@dataclass(slots=True)
class Spent:
    """Reads asked of a session, counted by whoever asks."""

    reads: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """One connection, ready to be asked."""

    connection: Connection
    session: Session
    routes: Routes
    describe: abc.Callable[[str], ObjectDescription]
    """Gives an object's description, at most some minutes old."""
    calls: abc.Callable[[], int] | None = None
    """Counts API calls made so far on this session, where somebody counts them; else `spent` does."""
    spent: Spent = field(default_factory=Spent)
    sends: Session | None = None
    """The session that will send, where `session` only stands in for it while nobody answers."""
    ahead: abc.Callable[[], timedelta | None] | None = None
    """Tells how far the CRM's clock is ahead of ours, where anybody measured it."""
    stopped: abc.Callable[[Integration], abc.Mapping[str, Reason]] = lambda _integration: {}
    """Gives by field path of an integration's mappings why nothing may be written there: what drifted."""
    windows: tuple[RequestWindow, ...] = ()
    """The pace that the connector keeps."""
    automation: abc.Mapping[str, AutomationFacts] = field(default_factory=dict)
    """The connector's automation switches."""
    is_last_read: bool = False
    """`session` answers from what was last read: the CRM cannot be asked now."""
    staff: StaffOf | None = None
    """Gives what the directory knows of its users."""

    transforms: FindTransform = find_none
    """Finds the named transforms of mappings."""

    def route_table(self) -> RouteTable:
        """Give the routes for `planning.routing`."""
        checked = {}
        session = self.sends or self.session
        if isinstance(session, WritesConditionally):
            most = session.conditional_most
            checked = {route: most(route.value) for route in (Route.SINGLE, Route.BATCH)}
        # What an upload can carry only the CRM's session knows, and nobody may be asked now.
        bulk = None if self.is_last_read else self.routes.bulk
        return RouteTable(self.routes.single, self.routes.batch, bulk, checked)

    def calls_so_far(self) -> int:
        """Give how many calls were made, as far as anybody counts them."""
        return self.spent.reads if self.calls is None else self.calls()

    @property
    def record_id(self) -> abc.Callable[[str], str | None]:
        """Gives a record id in the CRM's own form; None for what is none. Takes text without blanks."""
        return self.session.record_id if isinstance(self.session, KnowsIds) else _as_is


ReachOf = abc.Callable[[str], Reach]
"""Gives the reach of a connection, by name or id. Raises ConfigurationError, SignInRequiredError."""
LastReachOf = abc.Callable[[Integration], Reach]
"""Gives for an integration what was last read of its CRM. Raises ConfigurationError: nothing was."""


def _as_is(text: str) -> str | None:
    return text or None
