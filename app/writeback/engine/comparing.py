"""Hold rows against what the CRM holds this moment, just before they are written.

Conflicts end here without a write. What is left has a fresh base, and fields that are so already are
not sent.

Must not: send, write down, decide what a conflict means (the mapping's rule does).
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.canonical import UNSET, Unset, row_from_text, row_to_text
from writeback.model.changes import VerdictKind
from writeback.model.integrations import ConflictRule, Integration
from writeback.model.jobs import Column, Outcome
from writeback.model.types import CLEAR, Value, Wish
from writeback.planning.sorting import RowSorter, RowVerdict
from writeback.sdk.connector import Session
from writeback.sdk.values import Page
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import Job, QueuedWrite

GONE = "record.gone"
CHANGED = "record.changed"

Held = abc.Mapping[str, tuple[str | None, tuple[Value, ...]]]
"""By record id: version token and values along the columns."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows that may be sent, and those that ended here."""

    send: tuple[QueuedWrite, ...]
    changed: tuple[QueuedWrite, ...]
    """Those of `send` whose base, pre-image or wish differs from what stands in the outbox."""
    ended: tuple[RowOutcome, ...]


def read_held(
    session: Session,
    object_name: str,
    *,
    key: str,
    rows: abc.Iterable[QueuedWrite],
    fields: abc.Sequence[str],
) -> Held:
    """Read what the CRM holds for some rows now; a missing record is left out."""
    page = session.fetch(object_name, by=key, keys=[row.record_id for row in rows], paths=fields)
    return held_of(page, fields)


def held_of(page: Page, fields: abc.Sequence[str]) -> dict[str, tuple[str | None, tuple[Value, ...]]]:
    """Bring a page into the order of `fields`."""
    folded = [column.casefold() for column in page.columns]
    places = [folded.index(name.casefold()) for name in fields]
    return {
        record_id: (version, tuple(values[place] for place in places))
        for record_id, version, values in page.rows
    }


def rules_of(job: Job, integration: Integration | None) -> tuple[ConflictRule, ...]:
    """Give who wins, column by column: the mapping's rule, or the one given with the job's source.

    At this point *crm* means conflict like *ask*: the row was approved, so its end must be seen.
    """
    given = job.source.get("conflict_rule")
    default = ConflictRule(given) if isinstance(given, str) else ConflictRule.ASK
    by_path = (
        {} if integration is None else {str(one.path): one.conflict_rule for one in integration.mappings}
    )
    chosen = [by_path.get(str(column.path), default) for column in job.columns]
    return tuple(rule if rule is ConflictRule.OURS else ConflictRule.ASK for rule in chosen)


def sorter_of(job: Job, integration: Integration | None, session: Session) -> RowSorter:
    """Make the judge of a job's rows."""
    kinds = [column.kind for column in job.columns]
    return RowSorter(kinds, rules_of(job, integration), same=session.same_value)


def compare_rows(
    rows: abc.Iterable[QueuedWrite], held: Held, *, sorter: RowSorter, columns: abc.Sequence[Column]
) -> Compared:
    """Judge rows against what the CRM holds."""
    kinds = [column.kind for column in columns]
    send: list[QueuedWrite] = []
    changed: list[QueuedWrite] = []
    ended: list[RowOutcome] = []
    for row in rows:
        if row.record_id not in held:
            ended.append(RowOutcome(row.seq, Outcome.REJECTED, GONE))
            continue
        version, theirs = held[row.record_id]
        olds, news = row_from_text(row.old, kinds), row_from_text(row.new, kinds)
        verdict = sorter.sort(olds, _wishes(news), theirs)
        if verdict.kind is not VerdictKind.SEND:
            ended.append(_ended(row, verdict, theirs, columns))
            continue
        before = tuple(
            UNSET if isinstance(new, Unset) else now for new, now in zip(verdict.news, theirs, strict=True)
        )
        fresh = QueuedWrite(
            row.seq, row.record_id, row.rid, version, row_to_text(before), row_to_text(verdict.news)
        )
        is_same = olds_equal(olds, before, news) and tuple(verdict.news) == news and row.base == version
        send.append(row if is_same else fresh)
        if not is_same:
            changed.append(fresh)
    return Compared(tuple(send), tuple(changed), tuple(ended))


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
        return RowOutcome(row.seq, Outcome.UNCHANGED)
    fields = (columns[verdict.place].field,) if verdict.place >= 0 else ()
    return RowOutcome(row.seq, Outcome.CONFLICT, CHANGED, fields=fields, theirs=row_to_text(theirs))
