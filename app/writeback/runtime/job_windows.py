"""Windows on plans and jobs: fields of a plan with their verdicts, rows of a job with what became of them.

Must not: know SQL (`store.windows` does), format for a person.
"""

import json
from collections import abc
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from writeback.model.canonical import to_plain
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.model.types import DECIMAL_TYPES, AttributeType, Value
from writeback.runtime import decoding
from writeback.runtime.job_views import HandNote, JobRow, PlanRow
from writeback.runtime.retelling import retold
from writeback.runtime.wording import say
from writeback.store import job_lists, job_reads, moments
from writeback.store.glances import Glances
from writeback.store.windows import BLOCK, Window, job_keys, left_at, out_at, plan_keys

NameOf = abc.Callable[[Any], str]
"""Gives the name of a row's record; '' where it has none."""


class PlanRows:
    """A window on the fields of a plan, the doubtful ones first."""

    def __init__(self, glances: Glances, jobs: abc.Sequence[str], *, verdicts: abc.Set[str]) -> None:
        self._glances = glances
        self._jobs = tuple(jobs)
        self._window = Window(glances.readers, plan_keys(self._jobs, verdicts), width=3)
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._connections: dict[str, str] = {}
        self._making: set[str] = set()
        self._titles = RowTitles(glances)
        self.rows = 0

    def build(self) -> int:
        """Materialise the order; give the true row count. Call it in a task."""
        for job in self._jobs:
            for row in self._glances.job(job):
                self._columns[job] = decoding.columns_of(row.columns)
                self._connections[job] = row.connection
                if row.creates_by:
                    self._making.add(job)
        self.rows = self._window.build()
        return self.rows

    def block(self, number: int) -> tuple[PlanRow, ...]:
        """Give one block of at most 200 fields."""
        keys = [(str(job), int(seq), int(place)) for job, seq, place in self._window.keys(number * BLOCK)]
        rows: dict[tuple[str, int], Any] = {}
        out: dict[tuple[str, int, int], str] = {}
        for job in {key[0] for key in keys}:
            seqs = [seq for name, seq, _ in keys if name == job]
            writes, findings, *_ = self._glances.rows_of_job(job, seqs)
            rows.update({(job, int(row.seq)): row for row in (*writes, *findings)})
            if any(out_at(place) is not None for name, _, place in keys if name == job):
                with self._glances.reading() as db:
                    found = job_reads.left_out(db, job, seqs)
                out.update({(job, int(one.seq), int(one.place)): one.body for one in found})
        for (job, seq, place), body in out.items():
            if place == -1:
                rows.setdefault((job, seq), SimpleNamespace(**json.loads(body)))
        names = {
            job: self._titles.of_job(job, [row for (name, _), row in rows.items() if name == job])
            for job in {name for name, _ in rows}
        }
        told = tuple(
            self._row(rows[job, seq], place, names[job])
            if (at := out_at(place)) is None
            else self._left_out(rows[job, seq], at, out.get((job, seq, at), "{}"), names[job])
            for job, seq, place in keys
            if (job, seq) in rows
        )
        return tuple(
            replace(one, record_id="", makes=True) if one.job_id in self._making else one for one in told
        )

    def _left_out(
        self,
        row: Any,  # noqa: ANN401
        at: int,
        body: str,
        name_of: NameOf,
    ) -> PlanRow:
        """Give what a person left out: a field of a row, or with -1 the row with all its fields."""
        columns = self._columns.get(row.job_id, ())
        old, new = decoding.row_of(row.old), decoding.row_of(row.new)
        if at >= 0:
            new = [json.loads(body) if place == at else {} for place in range(len(columns))]
        touched = [place for place, wish in enumerate(new) if wish != {}]
        return PlanRow(
            job_id=row.job_id,
            seq=int(row.seq),
            record=name_of(row) or row.record_id,
            record_id=row.record_id,
            field=", ".join(str(columns[place].path) for place in touched if place < len(columns)),
            theirs=" · ".join(_told(columns, old, place) for place in touched if place < len(old)),
            yours=" · ".join(_ours(row, columns, new, place) for place in touched),
            verdict="left_out",
            connection=self._connections.get(row.job_id, ""),
            is_whole_row=at < 0,
        )

    def close(self) -> None:
        """Give the connection back."""
        self._window.close()

    def _row(self, row: Any, place: int, name_of: NameOf) -> PlanRow:  # noqa: ANN401
        columns = self._columns.get(row.job_id, ())
        name = name_of(row) or row.record_id
        if place >= 0:
            old, new = decoding.row_of(row.old), decoding.row_of(row.new)
            wish = new[place] if place < len(new) else None
            theirs_shown, yours_shown = _shown(row, place) or (
                _told(columns, old, place),
                _told(columns, new, place),
            )
            added, removed = _list_change(old[place] if place < len(old) else None, wish)
            return PlanRow(
                job_id=row.job_id,
                seq=int(row.seq),
                record=name,
                record_id=row.record_id,
                field=str(columns[place].path) if place < len(columns) else "",
                theirs=theirs_shown,
                yours=yours_shown,
                verdict="send",
                clears=wish is None,
                connection=self._connections.get(row.job_id, ""),
                added=added,
                removed=removed,
                old=_told(columns, old, place),
                new=_told(columns, new, place),
            )
        if (left := left_at(place)) >= 0:
            code, theirs, wished = json.loads(row.kept)[str(left)]
            path, kind = (str(columns[left].path), columns[left].kind) if left < len(columns) else ("", None)
            return PlanRow(
                job_id=row.job_id,
                seq=int(row.seq),
                record=name,
                record_id=row.record_id,
                field=path,
                theirs=shown_plain(theirs, kind),
                yours=shown_plain(wished, kind),
                verdict="unchanged",
                reason=Reason(code, (("field", path),)),
                connection=self._connections.get(row.job_id, ""),
                old=shown_plain(theirs, kind),
                new=shown_plain(wished, kind),
            )
        at = next((n for n, column in enumerate(columns) if str(column.path) == row.field), None)
        theirs, new = decoding.row_of(row.theirs), decoding.row_of(row.new)
        if not theirs:
            theirs = decoding.row_of(row.old)
        shown = (None if at is None else _shown(row, at)) or (
            _picked(columns, theirs, at),
            _picked(columns, new, at),
        )
        reason = decoding.reason_of(row.code, row.facts)
        return PlanRow(
            job_id=row.job_id,
            seq=int(row.seq),
            record=name or row.source_key,
            record_id=row.record_id,
            field=row.field or ", ".join(str(column.path) for column in columns),
            theirs=shown[0],
            yours=shown[1] or ("" if at is None or row.verdict != "blocked" else _unread(reason)),
            verdict=row.verdict,
            reason=reason,
            connection=self._connections.get(row.job_id, ""),
            old=_picked(columns, decoding.row_of(row.old) or theirs, at),
            new=_picked(columns, new, at),
            others=() if at is None else _others(columns, new, at),
        )


def _others(columns: abc.Sequence[Column], new: abc.Sequence[object], at: int) -> tuple[str, ...]:
    """Give the other fields that were to be written with the one at a place."""
    pairs = enumerate(zip(columns, new, strict=False))
    return tuple(str(column.path) for place, (column, wish) in pairs if place != at and wish != {})


def _list_change(old: object, new: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what is added to a list and what is taken from it; nothing for what is no list."""
    before, after = (list(map(str, one)) if isinstance(one, list) else [] for one in (old, new))
    return tuple(one for one in after if one not in before), tuple(one for one in before if one not in after)


class JobRows:
    """A window on the rows of a job. Without a filter a row's number is its place: nothing to build."""

    def __init__(
        self,
        glances: Glances,
        job: str,
        *,
        outcome: str = "",
        words: str = "",
        seqs: abc.Sequence[int] | None = None,
    ) -> None:
        """Prepare a window.

        Args:
            glances: Where to look.
            job: Whose rows.
            outcome: Only rows that ended so.
            words: Only rows that tell of this.
            seqs: Exactly these rows, in this order; the other two then ask nothing.
        """
        self._glances = glances
        self._job = job
        self._seqs = seqs
        self._wanted = outcome, words.strip()
        self._window: Window | None = None
        self._columns: tuple[Column, ...] = ()
        self._makes = False
        self._titles = RowTitles(glances)
        self.rows = 0

    def build(self) -> int:
        """Find the row count, and the order where a filter is set."""
        for row in self._glances.job(self._job):
            self._columns = decoding.columns_of(row.columns)
            self._makes = bool(row.creates_by)
            self.rows = int(row.rows)
        outcome, words = self._wanted
        if self._seqs is not None:
            self.rows = len(self._seqs)
        elif outcome or words or self._has_holes():
            rids = self._titles.named(words) if words else ()
            with self._glances.reading() as db:
                keys = job_lists.written_as(db, self._job, rids)
            wanted = job_keys(self._job, outcome, words=words, rids=rids, keys=keys)
            self._window = Window(self._glances.readers, wanted)
            self.rows = self._window.build()
        return self.rows

    def _has_holes(self) -> bool:
        """Say whether rows were left out of the plan, so that numbers are no places."""
        with self._glances.reading() as db:
            return job_reads.last_seq(db, self._job) != self.rows

    def block(self, number: int) -> tuple[JobRow, ...]:
        """Give one block of at most 200 rows."""
        first = number * BLOCK
        if self._seqs is not None:
            seqs = list(self._seqs[first : first + BLOCK])
        elif self._window is None:
            seqs = list(range(first + 1, min(first + BLOCK, self.rows) + 1))
        else:
            seqs = [int(key[0]) for key in self._window.keys(first)]
        if not seqs:
            return ()
        writes, findings, outcomes, batches, noted = self._glances.rows_of_job(self._job, seqs)
        notes = {int(row.seq): HandNote(moments.from_text(row.at), row.author, row.note) for row in noted}
        rows = {int(row.seq): row for row in (*writes, *findings)}
        ends = {int(row.seq): row for row in outcomes}
        name_of = self._titles.of_job(self._job, rows.values())
        return tuple(
            replace(self._row(seq, rows[seq], (ends.get(seq), batches), name_of), note=notes.get(seq))
            if seq in rows
            else _hole(seq)
            for seq in seqs
        )

    def close(self) -> None:
        """Give the connection back."""
        if self._window is not None:
            self._window.close()

    def _row(
        self,
        seq: int,
        row: Any,  # noqa: ANN401
        ends: tuple[Any, abc.Sequence[Any]],
        name_of: NameOf,
    ) -> JobRow:
        old, new = decoding.row_of(row.old), decoding.row_of(row.new)
        touched = [at for at, wish in enumerate(new) if wish != {}]
        base = JobRow(
            seq=seq,
            record=name_of(row) or row.record_id,
            record_id=row.record_id,
            fields=", ".join(str(self._columns[at].path) for at in touched if at < len(self._columns)),
            old=" · ".join(_told(self._columns, old, at) for at in touched if at < len(old)),
            new=" · ".join(_told(self._columns, new, at) for at in touched),
            yours=" · ".join(_ours(row, self._columns, new, at) for at in touched),
            outcome="open",
        )
        if self._makes:
            base = replace(base, record_id=getattr(row, "made", None) or "", makes=True)
        if getattr(row, "kept", None):
            left = ", ".join(str(self._columns[int(at)].path) for at in json.loads(row.kept))
            base = replace(base, code="record.field_left", facts=(("field", left),))
        if hasattr(row, "verdict"):
            record, facts = base.record or row.source_key, decoding.facts_of(row.facts)
            theirs = _picked(self._columns, decoding.row_of(row.theirs), None)
            return replace(
                base,
                record=record,
                fields=base.fields or row.field,  # of a column that the job does not write at all
                outcome=row.verdict,
                verdict=row.verdict,
                code=row.code,
                facts=facts,
                theirs=theirs if row.verdict == "conflict" else "",
            )
        end, batches = ends
        if end is not None:
            held = decoding.row_of(end.theirs) if end.theirs else []
            theirs = " · ".join(_told(self._columns, held, at) for at in touched if at < len(held))
            code = end.code or base.code
            return replace(base, outcome=end.outcome, code=code, message=retold(end.message), theirs=theirs)
        batch = next((one for one in batches if one.first_seq <= seq <= one.last_seq), None)
        return replace(base, outcome=(batch.outcome if batch is not None else None) or "open")


class RowTitles:
    """Gives records their names, whatever entity they belong to."""

    def __init__(self, glances: Glances) -> None:
        self._glances = glances
        self._entities: tuple[str, ...] | None = None

    def of(self, rids: abc.Collection[str]) -> abc.Mapping[str, str]:
        """Give the titles of some records; a record that is gone has none."""
        if self._entities is None:
            self._entities = tuple(row.name for row in self._glances.entities())
        found: dict[str, str] = {}
        for entity in self._entities:
            found.update(self._glances.titles(entity, set(rids) - set(found)))
        return found

    def of_job(self, job_id: str, rows: abc.Collection[Any]) -> NameOf:
        """Name the records of some rows of a job: ours, else the one that its CRM record was pulled into."""
        bare = {row.record_id for row in rows if not row.rid and row.record_id}
        known: dict[str, str] = {}
        if bare:
            with self._glances.reading() as db:
                known = job_lists.records_written(db, job_id, bare)
        titles = self.of({*(row.rid for row in rows if row.rid), *known.values()})
        return lambda row: titles.get(row.rid or known.get(row.record_id, ""), "")

    def named(self, words: str) -> abc.Collection[str]:
        """Give some of the records whose names hold the words."""
        with self._glances.reading() as db:
            entities = [row.name for row in self._glances.entities()]
            return [rid for entity in entities for rid in job_lists.named(db, entity, words)]


def shown_value(value: Value) -> str:
    """Give a canonical value as short text."""
    return shown_plain(to_plain(value), AttributeType.NUMBER if isinstance(value, Decimal) else None)


def shown_plain(plain: object, kind: AttributeType | None = None) -> str:
    """Give the JSON form of a value as short text; `runtime` knows no locale.

    A number stands without a fraction of zeros: one CRM says 7919000.0 where a file says 7919000.
    """
    match plain:
        case str() if kind in DECIMAL_TYPES and "." in plain:
            return plain.rstrip("0").removesuffix(".") if not plain.partition(".")[2].strip("0") else plain
        case None:
            return ""
        case bool():
            return say("Yes") if plain else say("No")
        case list():
            return ", ".join(str(one) for one in plain)
        case dict():
            return "" if not plain else json.dumps(plain, ensure_ascii=False)
        case _:
            return str(plain)


def _shown(row: Any, place: int) -> tuple[str, str] | None:  # noqa: ANN401  a row of SQLAlchemy
    """Give what people read of a reference: the CRM's and ours; None where the value itself is read."""
    told = json.loads(row.shown or "{}").get(str(place))
    return None if told is None else (str(told[0] or ""), str(told[1] or ""))


def _told(columns: abc.Sequence[Column], values: abc.Sequence[object], at: int) -> str:
    """Give one column's value of a row as short text; nothing where the row ends before it."""
    kind = columns[at].kind if at < len(columns) else None
    return shown_plain(values[at], kind) if at < len(values) else ""


def _unread(reason: Reason | None) -> str:
    """Give the text that a row is blocked for: what cannot be read stands in its reason only."""
    return "" if reason is None else str(dict(reason.facts).get("value", ""))


def _ours(
    row: Any,  # noqa: ANN401  a row of SQLAlchemy
    columns: abc.Sequence[Column],
    new: abc.Sequence[object],
    at: int,
) -> str:
    shown = _shown(row, at)
    return shown[1] if shown is not None else _told(columns, new, at)


def _picked(columns: abc.Sequence[Column], values: abc.Sequence[object], at: int | None) -> str:
    if at is not None and at < len(values):
        return _told(columns, values, at)
    words = [_told(columns, values, place) for place, one in enumerate(values) if one != {}]
    return " · ".join(words) if any(words) else ""


def _hole(seq: int) -> JobRow:
    return JobRow(seq=seq, record="", record_id="", fields="", old="", new="", outcome="open")
