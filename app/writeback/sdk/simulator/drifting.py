"""Change a simulator's schema under a client's feet, as armed faults of the kind ``drift`` say.

A drift names its `object`, mostly its `field`, and what becomes of it (`change`):

``gone`` · ``renamed`` (`to`) · ``retyped`` (`type`: the vendor's own word) · ``shorter`` (`most`) ·
``decimals`` (`most`) · ``locked`` (read-only for the user) · ``calculated`` · ``required`` · ``labelled``
(`to`) · ``option_gone`` (`option`) · ``option_renamed`` (`option`, `to`) · ``option_added`` (`option`) ·
``restricted`` · ``retargeted`` (`to`) · ``not_unique`` · ``controlled`` (`to`: the field that decides) ·
``object_gone`` · ``object_locked``. A vendor that knows no such thing changes nothing.

With `skip` it happens once so many requests that fit `method` and `path` have passed: in the middle of a
job. Disarming takes everything back. What each does to metadata and writes is the simulator's own matter.
"""

from collections import abc
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from writeback.sdk.simulator.faults import DRIFT, Fault, Faults


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the schema."""

    what: str
    object: str
    field: str
    to: str = ""
    """The new name, label, type, target, or value of an option."""
    option: str = ""
    most: int = 0

    @classmethod
    def of(cls, fault: Fault, what: str = "") -> "Change":
        """Read the change that a fault asks for."""
        return cls(
            what or fault.text("change"),
            fault.text("object"),
            fault.text("field"),
            fault.text("to") or fault.text("type"),
            fault.text("option"),
            int(fault.number("most", 0)),
        )


class Schema(Protocol):
    """A simulator's schema, as far as it can drift."""

    def restore(self) -> None:
        """Put everything back as it was made."""

    def apply(self, change: Change, fault: Fault) -> None:
        """Make one change; what the schema does not have is passed over."""


class Drifts:
    """Lets a schema be what the armed faults say, and no longer."""

    def __init__(
        self,
        faults: Faults,
        schema: Schema,
        own_kinds: abc.Mapping[str, str],
        *,
        lock: AbstractContextManager[object],
    ) -> None:
        """Take whose faults change what.

        Args:
            faults: The simulator's.
            schema: What changes.
            own_kinds: Kinds of a simulator's own, and what each changes.
            lock: Guards the schema; taken only while there is something to look at.
        """
        self._faults = faults
        self._schema = schema
        self._lock = lock
        self._kinds = {DRIFT: "", **own_kinds}
        self._known: list[Fault] = []

    def follow(self, *, method: str = "", path: str = "") -> None:
        """Look at the armed faults before a request is answered, and change the schema where they say so."""
        armed = [fault for fault in self._faults.armed() if fault.kind in self._kinds]
        if not armed and not self._known:
            return
        with self._lock:
            ripe = [fault for fault in armed if self._faults.is_ripe(fault, method=method, path=path)]
            if list(map(id, ripe)) == list(map(id, self._known)):
                return
            self._schema.restore()
            for fault in ripe:
                self._schema.apply(Change.of(fault, self._kinds[fault.kind]), fault)
            self._known = ripe
