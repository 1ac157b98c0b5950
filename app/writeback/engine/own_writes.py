"""What a person's own earlier jobs still write to the records of a later one: no conflict with oneself.

Jobs of one record go one after the other (`store.ordering`), so that a later one is judged as if the earlier
ones had arrived. Undo and retry take no part: they put back, or repeat, only where nothing was wished since.
Nor does a wish that is older than one of those jobs: it would go over a newer one.

Must not: judge, write.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from writeback.engine.turns import Turn
from writeback.model.canonical import Unset
from writeback.model.jobs import Column, JobKind
from writeback.model.types import AttributeType, Value
from writeback.store import moments, ordering, own_writes
from writeback.store.workspace import Db, Workspace

FOLLOWING: Final = frozenset({JobKind.REAL_TIME, JobKind.BULK_WRITE_BACK})
"""Jobs that are judged so."""
RECENT_S: Final = 60.0
"""What arrived so short a time ago may not have been there when the person looked."""
Same = abc.Callable[[AttributeType, Value, Value], bool]


@dataclass(slots=True)
class Chain:
    """What one's own jobs put into one field of one record, one after the other."""

    values: list[Value]
    """What stood there before the first of them, and what each of them writes."""
    standing: list[Value]
    """Those that the CRM may hold now, if nobody else wrote: from the last one on that has arrived."""
    last: Value
    is_to_come: bool
    """The last of them has not arrived yet."""
    latest: str
    """When the last of these jobs was submitted."""

    def is_before(self, wished: datetime | None) -> bool:
        """Say whether all of them were submitted before something was wished; None: it is wished now.

        What was wished before, and is sent after (a saved plan, an edit that lay here), does not follow them.
        """
        return wished is None or self.latest <= moments.to_text(wished)

    def has(self, value: Value | Unset, kind: AttributeType, same: Same) -> bool:
        """Say whether a value is one of them: who saw it saw nothing of somebody else."""
        return _is_among(value, self.values, kind, same)

    def is_alone(self, now: Value | Unset, kind: AttributeType, same: Same) -> bool:
        """Say whether what the CRM holds comes of these jobs alone: nobody put an earlier value back."""
        return _is_among(now, self.standing, kind, same)

    def follow(self, one: own_writes.OwnWrite) -> None:
        """Add a later job's write."""
        self.values.append(one.new)
        self.standing = [*self.standing, one.new] if one.is_to_come else [one.new]
        self.last, self.is_to_come, self.latest = one.new, one.is_to_come, one.at


Chains = abc.Mapping[str, abc.Mapping[int, Chain]]
"""By record id and place."""


@dataclass(frozen=True, slots=True)
class OwnWrites:
    """Reads the chains of a plan's records, for the person who makes it."""

    workspace: Workspace
    connection_id: str
    object: str
    author: str
    columns: tuple[Column, ...]

    def of(self, records: abc.Collection[str]) -> Chains:
        """Give the chains of some records."""
        with self.workspace.reading() as db:
            now = self.workspace.database_now(db)
            since = moments.to_text(moments.from_text(now) - timedelta(seconds=RECENT_S))
            jobs = ordering.at_work(
                db, self.connection_id, self.object, since=since, at=now, author=self.author
            )
            return chains_of(db, [job for job, _ in jobs], self.columns, records)


def seen(turn: Turn, records: abc.Collection[str]) -> Chains:
    """Give the chains of the records of a batch: of the jobs that it was submitted behind."""
    if turn.job.kind not in FOLLOWING:
        return {}
    with turn.workspace.reading() as db:
        jobs = ordering.others_of(db, turn.job.id, author=turn.job.author)
        return chains_of(db, jobs, turn.columns, records)


def overtaken(turn: Turn, records: abc.Collection[str]) -> abc.Mapping[str, abc.Set[int]]:
    """Give the places of some records of a batch where a job that was submitted later has written already."""
    places = {column.field.casefold(): place for place, column in enumerate(turn.columns)}
    found: dict[str, set[int]] = {}
    named = [one for one in records if one]  # what is still to be made has no id
    with turn.workspace.reading() as db:
        for job in ordering.passing(db, turn.job.id):
            for one in own_writes.of_records(db, job, named, fields=places):
                if not one.is_to_come:
                    found.setdefault(one.record_id, set()).add(places[one.field])
    return found


def chains_of(
    db: Db, jobs: abc.Iterable[str], columns: abc.Sequence[Column], records: abc.Collection[str]
) -> Chains:
    """Put together what some jobs, in their order, write to some records."""
    places = {column.field.casefold(): place for place, column in enumerate(columns)}
    found: dict[str, dict[int, Chain]] = {}
    for job in jobs:
        for one in own_writes.of_records(db, job, [record for record in records if record], fields=places):
            place, mine = places[one.field], found.setdefault(one.record_id, {})
            if place not in mine:
                before = [] if isinstance(one.old, Unset) else [one.old]
                mine[place] = Chain(before, list(before), one.new, one.is_to_come, one.at)
            mine[place].follow(one)
    return found


def _is_among(value: Value | Unset, some: abc.Iterable[Value], kind: AttributeType, same: Same) -> bool:
    return not isinstance(value, Unset) and any(one == value or same(kind, one, value) for one in some)
