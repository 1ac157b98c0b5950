"""Sort what a person wants against what the CRM holds, without sending anything.

Three values meet in each field: the *old* one the person saw, *theirs* now, and the *new* one.
Nothing here reads a clock, a socket or the store: a plan can be computed twice and compared.
"""

from collections import abc
from typing import Final, NamedTuple

from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Change, Reason, Verdict, VerdictKind
from writeback.model.integrations import ConflictRule
from writeback.model.types import AttributeType, Clear, Value, Wish

Same = abc.Callable[[AttributeType, Value, Value], bool]
"""Says whether the CRM would store ours as theirs: `Session.same_value`."""


CRM_WINS: Final = Reason("plan.crm_wins")
"""The CRM holds something else than the person saw, and the mapping's rule says: keep it."""


class RowVerdict(NamedTuple):
    """What becomes of one row, that is one CRM record."""

    kind: VerdictKind
    news: tuple[Value | Unset, ...]
    """SEND: what is left to be sent. Otherwise the wish as a whole. None clears."""
    place: int = -1
    """Position of the field that decided; -1: none."""
    reason: Reason | None = None


def is_same(kind: AttributeType, ours: Value, theirs: Value) -> bool:
    """Say whether two values of one field are the same; the order of a multi-list is no difference."""
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return frozenset(ours) == frozenset(theirs)
    return ours == theirs and (kind is not AttributeType.BOOLEAN or type(ours) is type(theirs))


def sort_change(
    change: Change,
    *,
    theirs: Value,
    blocked: Reason | None = None,
    kind: AttributeType = AttributeType.TEXT,
    same: Same = is_same,
) -> Verdict:
    """Say what becomes of one change: send, unchanged, blocked or conflict.

    The order of the questions is the rule. Blocked comes first, because a blocked change may not
    cost a call. Unchanged comes before conflict: when the CRM already holds the new value, nobody
    has lost anything, whoever put it there.

    Args:
        change: The wish; its `old` is what the person saw.
        theirs: What the CRM holds now.
        blocked: Why the guard refuses the change, if it does.
        kind: The field's type.
        same: Says when two values are one to the CRM.
    """
    if blocked is not None:
        return Verdict(VerdictKind.BLOCKED, theirs, blocked)
    return Verdict(sort_field(change.old, change.new, theirs, kind=kind, same=same), theirs)


def sort_field(
    old: Value | Unset, new: Wish, theirs: Value, *, kind: AttributeType, same: Same = is_same
) -> VerdictKind:
    """Say what becomes of one field that nothing blocks. An UNSET `old` is what the CRM holds."""
    wanted = None if isinstance(new, Clear) else new
    if theirs == wanted or same(kind, wanted, theirs):
        return VerdictKind.UNCHANGED
    if isinstance(old, Unset) or theirs == old or same(kind, old, theirs):
        return VerdictKind.SEND
    return VerdictKind.CONFLICT


class RowSorter:
    """Sorts rows of fixed columns: several fields, one verdict.

    Any blocked field blocks the row, so that no record is written by half. Then any field in
    conflict makes the row a conflict (rule ASK), or is dropped (rule CRM), or is sent (rule OURS).
    Fields that are so already are dropped; where none is left the row is unchanged.
    """

    def __init__(
        self, kinds: abc.Sequence[AttributeType], rules: abc.Sequence[ConflictRule], *, same: Same = is_same
    ) -> None:
        self._columns = tuple(zip(range(len(kinds)), kinds, rules, strict=True))
        self._same = same

    def sort(
        self,
        olds: abc.Sequence[Value | Unset],
        wishes: abc.Sequence[Wish | Unset],
        theirs: abc.Sequence[Value],
        *,
        blocked: Reason | None = None,
        place: int = -1,
    ) -> RowVerdict:
        """Say what becomes of one row.

        Args:
            olds: What the person saw, along the columns.
            wishes: What they want; UNSET is not touched.
            theirs: What the CRM holds now.
            blocked: Why the row may not be sent, if something already says so.
            place: Position of the field that `blocked` is about.
        """
        wanted = without_clear(wishes)
        if blocked is not None:
            return RowVerdict(VerdictKind.BLOCKED, wanted, place, blocked)
        left = list(wanted)
        is_any = False
        yielded = -1
        for index, kind, rule in self._columns:
            new, now = left[index], theirs[index]
            if isinstance(new, Unset):
                continue
            if self._is_same(kind, new, now):
                left[index] = UNSET
                continue
            old = olds[index]
            if not (isinstance(old, Unset) or self._is_same(kind, old, now)):
                if rule is ConflictRule.ASK:
                    return RowVerdict(VerdictKind.CONFLICT, wanted, index)
                if rule is ConflictRule.CRM:
                    yielded = index
                    left[index] = UNSET
                    continue
            is_any = True
        if is_any:
            return RowVerdict(VerdictKind.SEND, tuple(left))
        return RowVerdict(VerdictKind.UNCHANGED, wanted, yielded, CRM_WINS if yielded >= 0 else None)

    def _is_same(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        # nearly always two texts: equality of one type needs no question to the connector
        if type(ours) is type(theirs) and ours == theirs:
            return True
        return self._same(kind, ours, theirs)


def without_clear(wishes: abc.Sequence[Wish | Unset]) -> tuple[Value | Unset, ...]:
    """Give wishes as the values that will stand there: a clear leaves nothing."""
    return tuple([None if isinstance(wish, Clear) else wish for wish in wishes])
