"""What every connector's tests have in common: a session on its simulator, and what was asked on the way."""

from typing import Any, ClassVar

from writeback.errors import SignInRequiredError
from writeback.sdk.simulator import Fault, Running
from writeback.transport.recording import ExchangeRecord


class Conversation:
    """A simulator, a token for it, and the exchanges so far; a connector's own adds its session."""

    spoilt: ClassVar[str]
    """A token of the vendor's form that nobody was given."""
    running: Running
    exchanges: list[ExchangeRecord]
    refreshed: list[str]
    """Tokens that were found dead."""
    newer: list[str]
    """Tokens that a refresh gives, one after the other."""
    _token: str

    def fault(self, kind: str, **facts: Any) -> None:
        """Arm a fault."""
        self.running.crm.faults.arm(Fault.read({"kind": kind, **facts}))

    def applied(self) -> list[dict[str, Any]]:
        """What the simulator wrote for us."""
        return [entry for entry in self.running.crm.applied.entries() if entry["route"] != "foreign"]

    def spoil_token(self) -> None:
        """Make the token in force one that the CRM refuses."""
        self._token = self.spoilt

    def asked(self, method: str, path: str = "") -> list[ExchangeRecord]:
        """The exchanges of one method whose address holds `path`."""
        return [one for one in self.exchanges if one.method == method and path in one.url]

    def _refresh(self, stale: str) -> str:
        self.refreshed.append(stale)
        if not self.newer:
            raise SignInRequiredError("test.no_newer_token")
        self._token = self.newer.pop(0)
        return self._token
