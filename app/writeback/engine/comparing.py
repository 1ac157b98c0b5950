"""Hold rows against what the CRM holds this moment, just before they are written.

Conflicts end here without a write, by the rules that were planned; what a rule leaves to the CRM is told
with its code. What is left has a fresh base, and fields that are so already are not sent.

Must not: send, write down, decide what a conflict means (the mapping's rule does).
"""

from collections import abc
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from writeback.engine import own_writes
from writeback.engine.dating import Dater, Dispute
from writeback.engine.own_writes import Chains, Same
from writeback.engine.row_words import lefts
from writeback.engine.turns import Turn
from writeback.model.canonical import UNSET, Unset, row_from_text, row_to_text
from writeback.model.changes import VerdictKind
from writeback.model.integrations import ConflictRule, Integration
from writeback.model.jobs import Column, Outcome
from writeback.model.types import CLEAR, AttributeType, Value, Wish
from writeback.planning.dating import Newest
from writeback.planning.sorting import CRM_NEWER, CRM_WINS, RowSorter, RowVerdict
from writeback.sdk.connector import Session
from writeback.sdk.values import Page
from writeback.store import moments
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import Job, QueuedWrite
from writeback.store.plan_rows import kept_text

GONE = "record.gone"
CHANGED = "record.changed"
OVERTAKEN = "record.overtaken"
"""A job that was submitted later wrote the field already."""
_LOST: Final = {CRM_WINS.code: "record.crm_wins", CRM_NEWER.code: "record.crm_newer"}
"""By the plan's code: what is said of an approved row that a rule left to the CRM as it was to be sent."""
NOBODY: Final[abc.Mapping[int, Newest]] = {}

Held = abc.Mapping[str, tuple[str | None, tuple[Value, ...]]]
"""By record id: version token and values along the columns."""


Moments = abc.Mapping[str, datetime | None]
"""By record id: when it was last written, by the CRM's clock."""


@dataclass(frozen=True, slots=True)
class Ours:
    """What other jobs of ours do to the records of a batch."""

    chains: Chains
    """One's own earlier writes: what stands there by them is no other value than was seen."""
    planned_at: str | None
    """When the rows were wished, where they do not tell themselves: what went out later was not seen."""
    overtaken: abc.Mapping[str, abc.Set[int]]
    """By record id: the places that a job which was submitted later wrote already."""

    def bases(
        self, row: QueuedWrite, theirs: abc.Sequence[Value], kinds: abc.Sequence[AttributeType], same: Same
    ) -> abc.Iterator[tuple[int, Value]]:
        """Give by place what a row has to be held against, where one's own earlier jobs wrote.

        What they put there is nothing new; where an earlier value stands there again, somebody put it back.
        """
        chains = self.chains.get(row.record_id, {})
        wished = moments.row_from_text(row.edited or self.planned_at, len(theirs)) if chains else ()
        for place, chain in chains.items():
            now, kind = theirs[place], kinds[place]
            if not chain.is_before(wished[place] if wished else None):
                continue
            if chain.is_alone(now, kind, same):
                yield place, now
            elif chain.has(now, kind, same):
                yield place, chain.last


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows that may be sent, and those that ended here."""

    send: tuple[QueuedWrite, ...]
    changed: tuple[QueuedWrite, ...]
    """Those of `send` whose base, pre-image or wish differs from what stands in the outbox."""
    ended: tuple[RowOutcome, ...]
    dropped: tuple[tuple[QueuedWrite, RowOutcome], ...] = ()
    """Of those changed: the fields that are not sent any more, with how they stand: so already, or in
    conflict where a rule left them to the CRM."""
    kept: abc.Mapping[int, str] = field(default_factory=dict)
    """By row number: what a rule leaves to the CRM (`plan_rows.kept_text`)."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the CRM holds for some rows now."""

    held: Held
    modified: Moments


def look(turn: Turn, rows: abc.Sequence[QueuedWrite]) -> Looked:
    """Read what the CRM holds for some rows now; a missing record is left out.

    Raises:
        ConnectorError: It could not be read.
    """
    dater = _dater(turn)
    paths = dater.paths if ConflictRule.NEWEST in rules_of(turn.job, turn.integration) else turn.fields
    keys = [row.record_id for row in rows]
    page = turn.session.fetch(turn.job.object, by=turn.description.key_field, keys=keys, paths=paths)
    turn.calls += 1
    found = held_of(page, paths)
    split = {record_id: (version, *dater.split(values)) for record_id, (version, values) in found.items()}
    return Looked(
        {record_id: (version, values) for record_id, (version, values, _) in split.items()},
        {record_id: moment for record_id, (_, _, moment) in split.items()},
    )


def compare(turn: Turn, rows: abc.Sequence[QueuedWrite], looked: Looked) -> Compared:
    """Judge rows against what the CRM holds now, by the rules they were planned with.

    Raises:
        ConnectorError: Who wrote later could not be asked.
    """
    sorter = sorter_of(turn.job, turn.integration, turn.session)
    newest = _date(turn, sorter, rows, looked) if sorter.asks_newest else {}
    keys = [row.record_id for row in rows]
    return compare_rows(
        rows,
        looked.held,
        sorter=sorter,
        columns=turn.columns,
        newest=newest,
        ours=Ours(own_writes.seen(turn, keys), turn.job.planned_at, own_writes.overtaken(turn, keys)),
    )


def held_of(page: Page, fields: abc.Sequence[str]) -> dict[str, tuple[str | None, tuple[Value, ...]]]:
    """Bring a page into the order of `fields`."""
    folded = [column.casefold() for column in page.columns]
    places = [folded.index(name.casefold()) for name in fields]
    return {
        record_id: (version, tuple(values[place] for place in places))
        for record_id, version, values in page.rows
    }


def rules_of(job: Job, integration: Integration | None) -> tuple[ConflictRule, ...]:
    """Give who wins, column by column: as it was planned, else the mapping's rule, or the source's."""
    given = job.source.get("conflict_rule")
    default = ConflictRule(given) if isinstance(given, str) else ConflictRule.ASK
    by_path = (
        {} if integration is None else {str(one.path): one.conflict_rule for one in integration.mappings}
    )
    return tuple(column.rule or by_path.get(str(column.path), default) for column in job.columns)


def sorter_of(job: Job, integration: Integration | None, session: Session) -> RowSorter:
    """Make the judge of a job's rows."""
    kinds = [column.kind for column in job.columns]
    return RowSorter(kinds, rules_of(job, integration), same=session.same_value)


def compare_rows(
    rows: abc.Iterable[QueuedWrite],
    held: Held,
    *,
    sorter: RowSorter,
    columns: abc.Sequence[Column],
    newest: abc.Mapping[int, Newest] = NOBODY,
    ours: Ours,
) -> Compared:
    """Judge rows against what the CRM holds; `newest` says by row number who wrote later.

    What a job that was submitted later wrote already is not written over.
    """
    kinds = [column.kind for column in columns]
    send: list[QueuedWrite] = []
    changed: list[QueuedWrite] = []
    ended: list[RowOutcome] = []
    dropped: list[tuple[QueuedWrite, RowOutcome]] = []
    kept: dict[int, str] = {}
    for row in rows:
        if row.record_id not in held:
            ended.append(RowOutcome(row.seq, Outcome.REJECTED, GONE))
            continue
        version, theirs = held[row.record_id]
        olds, news = row_from_text(row.old, kinds), row_from_text(row.new, kinds)
        if any(not isinstance(news[place], Unset) for place in ours.overtaken.get(row.record_id, ())):
            ended.append(RowOutcome(row.seq, Outcome.CANCELLED, OVERTAKEN))
            continue
        based = list(olds)
        for place, base in ours.bases(row, theirs, kinds, sorter.same):
            based[place] = base
        verdict = sorter.sort(based, _wishes(news), theirs, newest=newest.get(row.seq))
        if verdict.kind is not VerdictKind.SEND:
            ended.append(_ended(row, verdict, theirs, columns))
            continue
        before = tuple(
            UNSET if isinstance(new, Unset) else now for new, now in zip(verdict.news, theirs, strict=True)
        )
        fresh = replace(row, base=version, old=row_to_text(before), new=row_to_text(verdict.news))
        if olds_equal(olds, before, news) and tuple(verdict.news) == news and row.base == version:
            send.append(row)
            continue
        send.append(fresh)
        changed.append(fresh)
        dropped += _dropped(row, verdict, news, theirs)
        if verdict.kept:
            kept[row.seq] = kept_text(lefts(verdict.kept, news, theirs))
    return Compared(tuple(send), tuple(changed), tuple(ended), tuple(dropped), kept)


def olds_equal(
    olds: abc.Sequence[Value | Unset], before: abc.Sequence[Value | Unset], news: abc.Sequence[Value | Unset]
) -> bool:
    """Say whether the pre-images of all touched columns are the same."""
    return all(isinstance(new, Unset) or old == now for old, now, new in zip(olds, before, news, strict=True))


def _wishes(news: abc.Iterable[Value | Unset]) -> tuple[Wish | Unset, ...]:
    return tuple(CLEAR if new is None else new for new in news)


def _ended(
    row: QueuedWrite, verdict: RowVerdict, theirs: tuple[Value, ...], columns: abc.Sequence[Column]
) -> RowOutcome:
    if verdict.kind is VerdictKind.UNCHANGED:
        if verdict.reason is None:
            return RowOutcome(row.seq, Outcome.UNCHANGED)
        left = tuple(columns[one.place].field for one in verdict.kept)
        code = _LOST[verdict.reason.code]  # the row was approved, so its end must be seen
        return RowOutcome(row.seq, Outcome.CONFLICT, code, fields=left, theirs=row_to_text(theirs))
    fields = tuple(columns[place].field for place in verdict.places)
    return RowOutcome(row.seq, Outcome.CONFLICT, CHANGED, fields=fields, theirs=row_to_text(theirs))


def _dropped(
    row: QueuedWrite, verdict: RowVerdict, news: abc.Sequence[Value | Unset], theirs: abc.Sequence[Value]
) -> abc.Iterator[tuple[QueuedWrite, RowOutcome]]:
    """Give the fields of a row that are not sent any more, and how each of them stands."""
    lost = {one.place: _LOST[one.reason.code] for one in verdict.kept}
    for place, (new, left) in enumerate(zip(news, verdict.news, strict=True)):
        if new is left:
            continue
        alone = [new if at == place else UNSET for at in range(len(news))]
        ended = RowOutcome(row.seq, Outcome.UNCHANGED)
        if place in lost:
            ended = RowOutcome(row.seq, Outcome.CONFLICT, lost[place], theirs=row_to_text(theirs))
        yield replace(row, new=row_to_text(alone)), ended


def _dater(turn: Turn) -> Dater:
    ahead = turn.desk.sessions.clock_gap(turn.connection.id)
    return Dater(turn.session, turn.description, turn.columns, ahead)


def _date(
    turn: Turn, sorter: RowSorter, rows: abc.Iterable[QueuedWrite], looked: Looked
) -> abc.Mapping[int, Newest]:
    """Find out who wrote later, for the rows that hang on it; an edit without a moment is the plan's."""
    disputes: list[Dispute] = []
    for row in rows:
        if row.record_id not in looked.held:
            continue
        _, theirs = looked.held[row.record_id]
        news = row_from_text(row.new, turn.kinds)
        places = sorter.disputed(row_from_text(row.old, turn.kinds), _wishes(news), theirs)
        if places:
            told = row.edited or turn.job.planned_at or None
            edited = moments.row_from_text(told, len(turn.columns))
            modified = looked.modified.get(row.record_id)
            disputes.append(Dispute(row.seq, row.record_id, places, edited, theirs, modified))
    dater = _dater(turn)
    dated = dater.date(disputes)
    turn.calls += dater.take_reads()
    return dated
