"""The newest read-back of a job as it was kept: totals, and the fields that differed.

Must not: ask a CRM.
"""

import json
from collections import abc
from dataclasses import dataclass
from typing import Any

from writeback.model.histories import Standing
from writeback.model.jobs import Column
from writeback.model.types import JobId, Value
from writeback.runtime import decoding
from writeback.runtime.facade.histories import Verification
from writeback.runtime.job_windows import RowTitles, shown_value
from writeback.store import moments, outbox, verifications
from writeback.store.glances import Glances


@dataclass(frozen=True, slots=True)
class VerifiedField:
    """One field of one row that does not hold what was written."""

    seq: int
    record: str
    """The record's name, else its CRM id."""
    record_id: str
    field: str
    """Its path."""
    attribute: str
    state: Standing
    old: Value
    """What it held before the job."""
    new: Value
    """What was written."""
    now: Value
    """What it holds now."""

    @property
    def shown(self) -> tuple[str, str, str]:
        """Old, new and now as short text."""
        old, new, now = (shown_value(value) for value in (self.old, self.new, self.now))
        return old, new, now


def verification_of(glances: Glances, job_id: str) -> Verification | None:
    """Give the newest read-back of a job, if there is one."""
    with glances.reading() as db:
        row = verifications.get(db, job_id)
    if row is None:
        return None
    told = json.loads(row.totals)
    return Verification(
        job_id=JobId(job_id),
        at=moments.from_text(row.at),
        author=row.author,
        rows=_counts(told["rows"]),
        fields=_counts(told["fields"]),
        calls=int(row.calls),
    )


def verified_fields(glances: Glances, job_id: str, *, most: int | None = None) -> abc.Iterator[VerifiedField]:
    """Give the fields of a job that do not hold what was written, in short reads; at most so many."""
    with glances.reading() as db:
        columns = outbox.get(db, job_id).columns
    titles = RowTitles(glances)
    after, given = (0, -1), 0
    while True:
        with glances.reading() as db:
            page = verifications.page(db, job_id, after=after)
        name_of = titles.of_job(job_id, page)
        for row in page:
            if most is not None and given >= most:
                return
            given += 1
            yield _field(row, columns, name_of(row))
        if not page:
            return
        after = int(page[-1].seq), int(page[-1].place)


def _field(
    row: Any,  # noqa: ANN401  a raw row
    columns: abc.Sequence[Column],
    name: str,
) -> VerifiedField:
    column = columns[row.place]
    old, new = decoding.row_of(row.old), decoding.row_of(row.new)
    return VerifiedField(
        seq=int(row.seq),
        record=name or row.record_id,
        record_id=row.record_id,
        field=str(column.path),
        attribute=column.attribute,
        state=Standing(row.state),
        old=_value(old, row.place, column),
        new=_value(new, row.place, column),
        now=decoding.plain_of(row.now, column.kind),
    )


def _value(values: abc.Sequence[object], place: int, column: Column) -> Value:
    if place >= len(values) or values[place] == {}:
        return None
    return decoding.value_of(values[place], column.kind)


def _counts(told: abc.Mapping[str, int]) -> tuple[tuple[Standing, int], ...]:
    return tuple((state, int(told.get(state.value, 0))) for state in Standing)
