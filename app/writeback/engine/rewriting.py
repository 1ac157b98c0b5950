"""Say what became of values that were written and stand otherwise when they are read back.

The connector's `same_value` tells what the CRM only brought into its form. Of what is left, the CRM's
automation did it where the version is still the one our write got, or the last author is still we, or the
CRM's history says so. Else somebody did, or nobody can tell; it is never called automation on a guess.

Must not: write, change an outcome.
"""

from collections import abc
from dataclasses import dataclass, field
from typing import Final

from writeback.engine import tracing
from writeback.engine.comparing import Held
from writeback.engine.turns import log
from writeback.errors import ConnectorError
from writeback.model.canonical import UNSET, Unset, row_from_text, row_to_text
from writeback.model.jobs import Column, Outcome
from writeback.model.types import Value
from writeback.sdk.capabilities import History, ReadsHistory, ValueWritten
from writeback.sdk.connector import Session
from writeback.store import applied, connections
from writeback.store.ledger import RowOutcome
from writeback.store.outbox import Job, QueuedWrite
from writeback.store.workspace import Workspace

BY_AUTOMATION: Final = "outcome.changed_by_automation"
BY_SOMEBODY: Final = "record.changed_since"
UNTOLD: Final = "outcome.changed_after_write"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One row whose written values stand otherwise by now."""

    row: QueuedWrite
    news: str
    """JSON array along the job's columns: of what was written, the values that were changed."""
    outcome: RowOutcome

    @property
    def is_automation(self) -> bool:
        """Whether the CRM's automation did it, for certain."""
        return self.outcome.code == BY_AUTOMATION


@dataclass(slots=True)
class Rewriting:
    """Finds such rows of one job among those just read back."""

    workspace: Workspace
    session: Session
    job: Job
    answered: abc.Mapping[int, str] | None = None
    """By row: the version that its write got, as answered. None: not read in the pass that wrote, so that
    neither a version nor being the last author proves anything."""
    calls: int = field(default=0, init=False)

    def find(
        self, rows: abc.Iterable[QueuedWrite], held: Held, authors: abc.Mapping[str, Value]
    ) -> list[Rewritten]:
        """Hold what was written against what stands there now.

        Args:
            rows: Applied rows.
            held: What the CRM holds along the job's columns; a record that is gone is missing.
            authors: By record, who wrote it last, where that was read.
        """
        kinds = [column.kind for column in self.job.columns]
        differing: list[tuple[QueuedWrite, tuple[Value | Unset, ...]]] = []
        for row in rows:
            if row.record_id not in held:
                continue
            _, theirs = held[row.record_id]
            changed = self._changed(row_from_text(row.new, kinds), theirs)
            if any(not isinstance(one, Unset) for one in changed):
                differing.append((row, changed))
        if not differing:
            return []
        evidence = self._gather([row for row, _ in differing], held, authors)
        return [self._told(row, changed, held, evidence) for row, changed in differing]

    def _changed(
        self, news: abc.Sequence[Value | Unset], theirs: abc.Sequence[Value]
    ) -> tuple[Value | Unset, ...]:
        same = self.session.same_value
        return tuple(
            UNSET if isinstance(new, Unset) or new == now or same(column.kind, new, now) else new
            for column, new, now in zip(self.job.columns, news, theirs, strict=True)
        )

    def _gather(
        self, rows: abc.Sequence[QueuedWrite], held: Held, authors: abc.Mapping[str, Value]
    ) -> "_Evidence":
        with self.workspace.reading() as db:
            others = applied.written_by_others(db, self.job, {row.record_id for row in rows})
            org = connections.get(db, self.job.connection_id).org
        user = "" if org is None else org.user
        automation: set[str] = set()
        somebody: set[str] = set()
        for row in rows if self.answered is not None else ():
            author, version = authors.get(row.record_id), (self.answered or {}).get(row.seq)
            is_told = bool(user and isinstance(author, str) and author)
            if is_told and author != user:
                somebody.add(row.record_id)
            elif row.record_id not in others and (is_told or (version and version == held[row.record_id][0])):
                automation.add(row.record_id)
        doubtful = [row for row in rows if row.record_id not in automation | somebody]
        return _Evidence(automation, somebody, self._histories(doubtful))

    def _histories(self, rows: abc.Sequence[QueuedWrite]) -> abc.Mapping[str, History]:
        """Ask the CRM's history about rows that nothing else tells of; one call more, and only then."""
        if not rows or not isinstance(self.session, ReadsHistory):
            return {}
        kinds = [column.kind for column in self.job.columns]
        fields = {
            column.field
            for row in rows
            for column, new in zip(self.job.columns, row_from_text(row.new, kinds), strict=True)
            if not isinstance(new, Unset)
        }
        since = {row.record_id: row.base for row in rows}
        self.calls += 1
        try:
            return self.session.read_history(self.job.object, since=since, fields=sorted(fields))
        except ConnectorError as error:
            log.warning("who changed what job %s wrote is not told now: %s", self.job.id, error)
            return {}

    def _told(
        self,
        row: QueuedWrite,
        changed: tuple[Value | Unset, ...],
        held: Held,
        evidence: "_Evidence",
    ) -> Rewritten:
        version, theirs = held[row.record_id]
        fields = tuple(
            column.field
            for column, new in zip(self.job.columns, changed, strict=True)
            if not isinstance(new, Unset)
        )
        code, message = BY_AUTOMATION, ""
        if row.record_id not in evidence.automation:
            history = evidence.histories.get(row.record_id)
            writers = self._writers(changed, theirs, history)
            code, message = _judged(writers, is_foreign=row.record_id in evidence.somebody)
        outcome = RowOutcome(
            row.seq, Outcome.APPLIED, code, message, fields, theirs=row_to_text(theirs), version=version
        )
        return Rewritten(row, row_to_text(changed), outcome)

    def _writers(
        self, changed: tuple[Value | Unset, ...], theirs: abc.Sequence[Value], history: History | None
    ) -> list[ValueWritten | None]:
        """Give who wrote last what stands in each changed column; None: the history does not tell."""
        found: list[ValueWritten | None] = []
        for column, new, now in zip(self.job.columns, changed, theirs, strict=True):
            if isinstance(new, Unset):
                continue
            last = _last(history, column)
            is_it = last is not None and (
                last.value == now or self.session.same_value(column.kind, last.value, now)
            )
            found.append(last if is_it else None)
        return found


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Which records the automation changed for certain, which somebody else did, and what histories say."""

    automation: abc.Set[str]
    somebody: abc.Set[str]
    histories: abc.Mapping[str, History]


def _judged(writers: abc.Sequence[ValueWritten | None], *, is_foreign: bool) -> tuple[str, str]:
    foreign = [one for one in writers if one is not None and one.is_foreign and not one.is_automation]
    if foreign or is_foreign:
        return BY_SOMEBODY, tracing.words_of(foreign[-1] if foreign else None, was_ours=True)
    if writers and all(one is not None and one.is_automation for one in writers):
        return BY_AUTOMATION, ""
    return UNTOLD, ""


def _last(history: History | None, column: Column) -> ValueWritten | None:
    if history is None:
        return None
    name = column.field.casefold()
    return next((one for one in reversed(history.written) if one.field.casefold() == name), None)
