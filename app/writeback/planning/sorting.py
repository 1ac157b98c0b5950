"""Sort what a person wants against what the CRM holds, without sending anything.

Three values meet in each field: the *old* one the person saw, *theirs* now, and the *new* one.
Nothing here reads a clock, a socket or the store: a plan can be computed twice and compared.
"""

from collections import abc
from typing import Final, NamedTuple, cast

from writeback.model.canonical import UNSET, Unset
from writeback.model.changes import Change, Reason, Verdict, VerdictKind
from writeback.model.integrations import ConflictRule
from writeback.model.types import CLEAR, AttributeType, Clear, Value, Wish
from writeback.planning.dating import Newer, Newest

Same = abc.Callable[[AttributeType, Value, Value], bool]
"""Says whether the CRM would store ours as theirs: `Session.same_value`."""


CRM_WINS: Final = Reason("plan.crm_wins")
"""The CRM holds something else than the person saw, and the mapping's rule says: keep it."""
CRM_NEWER: Final = Reason("plan.crm_newer")
"""The same, and the rule *newest* says so: it was written there after our person's edit."""
LEFT_TO_CRM: Final = frozenset({CRM_WINS.code, CRM_NEWER.code})
"""Why a row is unchanged although the CRM holds something else than was wished."""


REPEATED: Final = "plan.repeated"
"""Another row of the source wishes the same of the same record."""
NOT_SENT: Final = LEFT_TO_CRM | {REPEATED}
"""Why a row stays unchanged whenever its plan is made again."""


class Kept(NamedTuple):
    """A field in which a rule keeps what the CRM holds, although somebody wished something else."""

    place: int
    reason: Reason


class RowVerdict(NamedTuple):
    """What becomes of one row, that is one CRM record."""

    kind: VerdictKind
    news: tuple[Value | Unset, ...]
    """SEND: what is left to be sent. Otherwise the wish as a whole. None clears."""
    place: int = -1
    """Position of the field that decided; -1: none."""
    reason: Reason | None = None
    places: tuple[int, ...] = ()
    """CONFLICT: positions of all fields in conflict. SEND of a sorter that splits: those left out."""
    kept: tuple[Kept, ...] = ()
    """SEND, UNCHANGED: what a rule gave to the CRM."""


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

    Any blocked field blocks the row, so that no record is written by half. Then any field in conflict that
    a person is to be asked about makes the row a conflict; by the other rules it is sent, or left to the
    CRM (`Kept`). Fields that are so already are dropped; where none is left the row is unchanged.
    """

    def __init__(
        self,
        kinds: abc.Sequence[AttributeType],
        rules: abc.Sequence[ConflictRule],
        *,
        same: Same = is_same,
        splits: bool = False,
    ) -> None:
        """Take the columns; `splits`: a field in conflict keeps none of the others back."""
        self._columns = tuple(zip(range(len(kinds)), kinds, rules, strict=True))
        self.same = same
        self._splits = splits
        self.asks_newest = ConflictRule.NEWEST in rules
        """Some column's rule needs to know who wrote later."""

    def sort(
        self,
        olds: abc.Sequence[Value | Unset],
        wishes: abc.Sequence[Wish | Unset],
        theirs: abc.Sequence[Value],
        *,
        blocked: Reason | None = None,
        place: int = -1,
        newest: Newest | None = None,
        is_dated: bool = False,
    ) -> RowVerdict:
        """Say what becomes of one row.

        Args:
            olds: What the person saw, along the columns.
            wishes: What they want; UNSET is not touched.
            theirs: What the CRM holds now.
            blocked: Why the row may not be sent, if something already says so.
            place: Position of the field that `blocked` is about.
            newest: Says who wrote later, for columns of the rule NEWEST; None: nobody can tell.
            is_dated: The source tells when it was written: where nobody saw a value (UNSET) the rule NEWEST
                decides too.
        """
        wanted = without_clear(wishes)
        if blocked is not None:
            return RowVerdict(VerdictKind.BLOCKED, wanted, place, blocked)
        left = list(wanted)
        is_any = is_less = False
        asked: list[int] = []
        kept: list[Kept] = []
        for index, kind, rule in self._columns:
            new, now = wanted[index], theirs[index]
            if isinstance(new, Unset):
                continue
            # nearly always two texts: equality of one type needs no question to the connector
            if (type(new) is type(now) and new == now) or self.same(kind, new, now):
                left[index] = UNSET
                is_less = True
                continue
            old = olds[index]
            if type(old) is type(now) and old == now:  # what the person saw stands there still
                is_any = True
                continue
            is_based = not isinstance(old, Unset) or (is_dated and rule is ConflictRule.NEWEST)
            if is_based and (isinstance(old, Unset) or not self.same(kind, old, now)):
                decided = _decided(rule, index, newest)
                if decided is ConflictRule.ASK:
                    asked.append(index)
                    continue
                if decided is ConflictRule.CRM:
                    kept.append(Kept(index, CRM_NEWER if rule is ConflictRule.NEWEST else CRM_WINS))
                    left[index] = UNSET
                    continue
            is_any = True
        if is_any and not (is_less or asked or kept):
            return RowVerdict(VerdictKind.SEND, wanted)
        return self._verdict(wanted, left, asked, kept, is_any=is_any)

    def _verdict(
        self,
        wanted: tuple[Value | Unset, ...],
        left: list[Value | Unset],
        asked: abc.Sequence[int],
        kept: abc.Sequence[Kept],
        *,
        is_any: bool,
    ) -> RowVerdict:
        """Say what becomes of a row of which some fields are `asked` about, some `kept`, some sent."""
        if asked and not (self._splits and is_any):
            return RowVerdict(VerdictKind.CONFLICT, wanted, asked[0], places=tuple(asked))
        if is_any:
            for index in asked:
                left[index] = UNSET
            return RowVerdict(VerdictKind.SEND, tuple(left), places=tuple(asked), kept=tuple(kept))
        last = kept[-1] if kept else Kept(-1, CRM_WINS)
        reason = last.reason if kept else None
        return RowVerdict(VerdictKind.UNCHANGED, wanted, last.place, reason, kept=tuple(kept))

    def disputed(
        self,
        olds: abc.Sequence[Value | Unset],
        wishes: abc.Sequence[Wish | Unset],
        theirs: abc.Sequence[Value],
        *,
        is_dated: bool = False,
    ) -> tuple[int, ...]:
        """Give the places of a row whose verdict hangs on who wrote later."""
        asked: list[int] = []

        def note(place: int) -> Newer:
            asked.append(place)
            return Newer.UNTOLD

        if self.asks_newest:
            self.sort(olds, wishes, theirs, newest=note, is_dated=is_dated)
        return tuple(asked)


def without_clear(wishes: abc.Sequence[Wish | Unset]) -> tuple[Value | Unset, ...]:
    """Give wishes as the values that will stand there: a clear leaves nothing."""
    if CLEAR not in wishes:
        return tuple(cast("abc.Sequence[Value | Unset]", wishes))
    return tuple([None if isinstance(wish, Clear) else wish for wish in wishes])


_DECIDES: Final = {
    Newer.OURS: ConflictRule.OURS,
    Newer.CRM: ConflictRule.CRM,
    Newer.UNTOLD: ConflictRule.ASK,
}


def _decided(rule: ConflictRule, place: int, newest: Newest | None) -> ConflictRule:
    """Give who wins in one field in conflict; NEWEST becomes one of the others."""
    if rule is not ConflictRule.NEWEST:
        return rule
    return ConflictRule.ASK if newest is None else _DECIDES[newest(place)]
