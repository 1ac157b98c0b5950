"""Hold what the simulators say they applied against what the ledger says was written.

*lost*: the ledger says written, the applied-log lacks it. *duplicated*: the applied-log has it more
often than the ledger. Counted per record as requests applied, never by final values: a repeated
identical write fires automation again.
"""

from collections import Counter, abc
from dataclasses import dataclass

FOREIGN = "foreign"
"""The route under which a simulator logs an edit by somebody else (`sdk.simulator.applied`)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many writes are missing in the CRM and how many arrived more than once."""

    lost: int
    duplicated: int


def tally(expected: abc.Mapping[str, int], applied: abc.Iterable[abc.Mapping[str, object]]) -> Tally:
    """Count lost and doubled writes.

    Args:
        expected: How often the ledger says each record was written, by the CRM's id.
        applied: The applied-log, read after all processes ended.
    """
    seen = Counter(str(entry["id"]) for entry in applied if entry["route"] != FOREIGN)
    lost = sum(max(0, count - seen[record]) for record, count in expected.items())
    doubled = sum(max(0, count - expected.get(record, 0)) for record, count in seen.items())
    return Tally(lost, doubled)
