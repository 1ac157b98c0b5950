"""What a plan writes down of a row beside its verdict: what was held, what was seen, what a rule left.

Must not: decide anything about a row.
"""

from collections import abc

from writeback.engine.looking_up import LEFT
from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Reason, VerdictKind
from writeback.model.types import Value, Wish
from writeback.planning.inputs import PlanInput
from writeback.planning.sorting import NOT_SENT, Kept, without_clear
from writeback.store.plan_rows import Finding, Left


def not_pointed(left: abc.Mapping[int, str], theirs: abc.Sequence[Value]) -> dict[int, Left]:
    """Give the references that stay as they are, with the texts that name no record."""
    return {place: Left(LEFT, theirs[place], text) for place, text in left.items()}


def lefts(
    kept: abc.Iterable[Kept], wishes: abc.Sequence[Value | Unset], theirs: abc.Sequence[Value]
) -> dict[int, Left]:
    """Give the fields that a rule leaves to the CRM, with both values."""
    return {
        one.place: Left(one.reason.code, theirs[one.place], None if isinstance(wish, Unset) else wish)
        for one in kept
        for wish in (wishes[one.place],)
    }


def blocked_row(number: int, row: PlanInput, reason: Reason, path: str = "") -> Finding:
    """Give what is written down of a row that is not sent, by its number."""
    return Finding(
        number,
        VerdictKind.UNCHANGED if reason.code in NOT_SENT else VerdictKind.BLOCKED,
        record_id=row.record_id,
        source_key=row.source_key,
        rid=row.rid,
        reason=reason,
        field=path,
        new=without_clear(row.wishes),
    )


def held_at(
    touched: abc.Sequence[Wish | Unset],
    wishes: abc.Sequence[Wish | Unset],
    real: abc.Sequence[Value],
    later: abc.Sequence[Value],
) -> abc.Sequence[Value | Unset]:
    """Give what the CRM holds where a row touches it; what will be there first where just that is wished."""
    if real is later and UNSET not in touched:
        return real
    if real is later:
        return [UNSET if wish is UNSET else now for wish, now in zip(touched, real, strict=True)]
    wanted = without_clear(wishes)
    return [
        UNSET if touch is UNSET else then if now == new else now
        for touch, new, now, then in zip(touched, wanted, real, later, strict=True)
    ]


def based_on(
    olds: abc.Sequence[Value | Unset],
    held: abc.Sequence[Value | Unset],
    wishes: abc.Sequence[Wish | Unset],
) -> tuple[Value | Unset, ...]:
    """Give what the person saw, and what the CRM holds where they had seen nothing."""
    return tuple(
        UNSET if wish is UNSET else now if old is UNSET else old
        for old, now, wish in zip(olds, held, wishes, strict=True)
    )
