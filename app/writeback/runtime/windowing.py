"""Windows as screens use them: true row count, rows by block, canonical values, marks of pending edits.

Must not: know SQL (`store.windows` does), format for a person.
"""

import json
from collections import abc
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from writeback.model.attributes import Attribute
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.model.types import AttributeType, RecordId
from writeback.runtime import decoding, fanning
from writeback.runtime.views import AUTOMATED, AttributeView, GridRow, JobRow, Mark, PlanRow, TargetState
from writeback.store import moments
from writeback.store.glances import Glances
from writeback.store.records import Link
from writeback.store.segments import condition_of
from writeback.store.windows import (
    BLOCK,
    Window,
    left_at,
    outcome_keys,
    plan_keys,
    record_block,
    record_keys,
    single_record,
)
from writeback.store.windows import (
    Filter as Filter,  # noqa: PLC0414  front ends take these two from here
)
from writeback.store.windows import (
    Order as Order,  # noqa: PLC0414
)

if TYPE_CHECKING:  # its parser costs more than all the rest of a short read
    from writeback.runtime.segmenting import Meant

_ALL = Filter()
_AS_STORED = Order()


class RecordRows:
    """A window on an entity's records."""

    def __init__(
        self,
        glances: Glances,
        attributes: abc.Sequence[Attribute],
        *,
        entity: str,
        what: Filter = _ALL,
        order: Order = _AS_STORED,
        views: abc.Sequence[AttributeView] = (),
        meant: "Meant | None" = None,
    ) -> None:
        self._glances = glances
        self._views = tuple(views)
        self._names = [attribute.name for attribute in attributes]
        self._kinds = {attribute.name: attribute.kind for attribute in attributes}
        self._decoders = [decoding.decoder_of(attribute.kind) for attribute in attributes]
        self._table = glances.record_table(entity, attributes)
        self.attributes = tuple(attributes)
        self.what = what
        self.order = order
        self.rows = 0
        self._window: Window | None = None
        if self._table is not None:
            also = None if meant is None else condition_of(meant.ground, meant.expression, self._table)
            keys = record_keys(self._table, self.attributes, what, order, also=also)
            self._window = Window(glances.readers, keys)

    def build(self) -> int:
        """Materialise the order; give the true row count. Call it in a task."""
        self.rows = self._window.build() if self._window is not None else 0
        return self.rows

    def block(self, number: int) -> tuple[GridRow, ...]:
        """Give one block of at most 200 rows, with the marks as they are now."""
        if self._window is None or self._table is None:
            return ()
        rows, drafts, states = record_block(self._window, self._table, self._names, number * BLOCK)
        marks = self._marks(drafts, states)
        return tuple(self._row(row, marks.get(row[0], {})) for row in rows)

    def _row(self, raw: abc.Sequence[Any], marks: abc.Mapping[str, Mark]) -> GridRow:
        values = tuple([decode(cell) for decode, cell in zip(self._decoders, raw[2:], strict=True)])
        held = dict(zip(self._names, values, strict=True)) if marks else {}
        told = tuple((name, mark) for name, mark in marks.items() if fanning.is_true(mark, held.get(name)))
        return GridRow(rid=str(raw[0]), title=str(raw[1] or raw[0]), values=values, marks=told)

    def states_of(self, rid: str, links: abc.Sequence[Link]) -> dict[str, tuple[TargetState, ...]]:
        """Give for each attribute of one record how it stands in each CRM that takes it."""
        drafts, states = self._glances.standing(rid)
        by_value: dict[str, dict[str, Mark]] = {}
        for row in states:
            by_value.setdefault(row.attribute, {})[row.integration_id] = self._state_mark(row)
        waiting = {row.attribute: self._draft_mark(row) for row in drafts}
        reasons = self._glances.reasons(
            {mark.job_id for mine in by_value.values() for mark in mine.values() if mark.job_id}
        )
        return {
            view.attribute.name: fanning.target_states(
                view.targets,
                links,
                by_value.get(view.attribute.name, {}),
                draft=waiting.get(view.attribute.name),
                reasons=reasons,
            )
            for view in self._views
        }

    def row_of(self, rid: str) -> GridRow | None:
        """Give one record by its id."""
        if self._table is None:
            return None
        self._window = Window(self._glances.readers, single_record(self._table, rid))
        try:
            self.build()
            found = self.block(0)
        finally:
            self.close()
        return found[0] if found else None

    def place_of(self, rid: str) -> int | None:
        """Give the row number of a record in this order."""
        return self._window.ordinal_of(rid) if self._window is not None else None

    def close(self) -> None:
        """Give the connection back."""
        if self._window is not None:
            self._window.close()

    def _marks(self, drafts: abc.Sequence[Any], states: abc.Sequence[Any]) -> dict[str, dict[str, Mark]]:
        """Give the marks by record and attribute: the worst of a value's targets, which it tells of."""
        by_value: dict[tuple[str, str], dict[str, Mark]] = {}
        for row in states:
            by_value.setdefault((row.rid, row.attribute), {})[row.integration_id] = self._state_mark(row)
        waiting = {(row.rid, row.attribute): self._draft_mark(row) for row in drafts}
        told = self._told({rid for rid, _ in (*by_value, *waiting)}, by_value)
        marks: dict[str, dict[str, Mark]] = {}
        for value in waiting:
            by_value.setdefault(value, {})
        for (rid, name), mine in by_value.items():
            draft_of = waiting.get((rid, name))
            mark = fanning.worst(mine.values())
            if mark is not None and mark.state == AUTOMATED and draft_of is not None:
                mark = None  # a draft on its way counts more than what became of an earlier edit
            if mark is None or draft_of is None:
                shown = mark or draft_of
            else:  # editing forgets a state, so a state beside a draft came after it
                shown = replace(mark, old=draft_of.old, author=draft_of.author)
            if shown is not None:
                states_of = told(rid, name, mine, draft_of)
                marks.setdefault(rid, {})[name] = fanning.with_targets(shown, states_of)
        return marks

    def _told(
        self, rids: abc.Collection[str], by_value: abc.Mapping[tuple[str, str], abc.Mapping[str, Mark]]
    ) -> "abc.Callable[[str, str, abc.Mapping[str, Mark], Mark | None], tuple[TargetState, ...]]":
        """Look up what the targets of some records hold, where more than one CRM feeds them."""
        feeding = {
            target.integration.id: target.integration for view in self._views for target in view.targets
        }
        if len(feeding) < 2 or not rids:
            return lambda _rid, _name, _marks, _draft: ()
        links = self._glances.links(feeding.values(), rids)
        reasons = self._glances.reasons(
            {mark.job_id for mine in by_value.values() for mark in mine.values() if mark.job_id}
        )
        targets = {view.attribute.name: view.targets for view in self._views}

        def told(
            rid: str, name: str, marks: abc.Mapping[str, Mark], draft: Mark | None
        ) -> tuple[TargetState, ...]:
            return fanning.target_states(
                targets.get(name, ()),
                links.get(RecordId(rid), ()),
                marks,
                draft=draft,
                reasons=reasons,
            )

        return told

    def _kind(self, attribute: str) -> AttributeType:
        return self._kinds.get(attribute, AttributeType.TEXT)

    def _draft_mark(self, row: Any) -> Mark:  # noqa: ANN401  a row of SQLAlchemy
        kind = self._kind(row.attribute)
        return Mark(
            state="draft",
            old=decoding.plain_of(row.old, kind),
            new=decoding.plain_of(row.new, kind),
            author=row.author,
            at=moments.from_text(row.created_at),
        )

    def _state_mark(self, row: Any) -> Mark:  # noqa: ANN401
        kind = self._kind(row.attribute)
        new, theirs = decoding.plain_of(row.new, kind), decoding.plain_of(row.theirs, kind)
        is_automated = row.state == AUTOMATED
        return Mark(
            state=row.state,
            old=new if is_automated else None,
            new=theirs if is_automated else new,
            theirs=theirs,
            code=row.code,
            message=row.message,
            job_id=row.job_id,
            at=moments.from_text(row.at),
        )


class PlanRows:
    """A window on the fields of a plan, the doubtful ones first."""

    def __init__(self, glances: Glances, jobs: abc.Sequence[str], *, verdicts: abc.Set[str]) -> None:
        self._glances = glances
        self._jobs = tuple(jobs)
        self._window = Window(glances.readers, plan_keys(self._jobs, verdicts), width=3)
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._connections: dict[str, str] = {}
        self._titles = RowTitles(glances)
        self.rows = 0

    def build(self) -> int:
        """Materialise the order; give the true row count. Call it in a task."""
        for job in self._jobs:
            for row in self._glances.jobs(job_id=job):
                self._columns[job] = decoding.columns_of(row.columns)
                self._connections[job] = row.connection
        self.rows = self._window.build()
        return self.rows

    def block(self, number: int) -> tuple[PlanRow, ...]:
        """Give one block of at most 200 fields."""
        keys = [(str(job), int(seq), int(place)) for job, seq, place in self._window.keys(number * BLOCK)]
        rows: dict[tuple[str, int], Any] = {}
        for job in {key[0] for key in keys}:
            seqs = [seq for name, seq, _ in keys if name == job]
            writes, findings, _, _ = self._glances.rows_of_job(job, seqs)
            rows.update({(job, int(row.seq)): row for row in (*writes, *findings)})
        titles = self._titles.of([row.rid for row in rows.values() if row.rid])
        return tuple(
            self._row(rows[job, seq], place, titles) for job, seq, place in keys if (job, seq) in rows
        )

    def close(self) -> None:
        """Give the connection back."""
        self._window.close()

    def _row(self, row: Any, place: int, titles: abc.Mapping[str, str]) -> PlanRow:  # noqa: ANN401
        columns = self._columns.get(row.job_id, ())
        name = titles.get(row.rid or "") or row.record_id
        if place >= 0:
            old, new = decoding.row_of(row.old), decoding.row_of(row.new)
            wish = new[place] if place < len(new) else None
            theirs_shown, yours_shown = _shown(row, place) or (
                shown_plain(old[place] if place < len(old) else None),
                shown_plain(wish),
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
                old=shown_plain(old[place] if place < len(old) else None),
                new=shown_plain(wish),
            )
        if (left := left_at(place)) >= 0:
            code, theirs, wished = json.loads(row.kept)[str(left)]
            path = str(columns[left].path) if left < len(columns) else ""
            return PlanRow(
                job_id=row.job_id,
                seq=int(row.seq),
                record=name,
                record_id=row.record_id,
                field=path,
                theirs=shown_plain(theirs),
                yours=shown_plain(wished),
                verdict="unchanged",
                reason=Reason(code, (("field", path),)),
                connection=self._connections.get(row.job_id, ""),
                old=shown_plain(theirs),
                new=shown_plain(wished),
            )
        at = next((n for n, column in enumerate(columns) if str(column.path) == row.field), None)
        theirs, new = decoding.row_of(row.theirs), decoding.row_of(row.new)
        if not theirs:
            theirs = decoding.row_of(row.old)
        shown = (None if at is None else _shown(row, at)) or (_picked(theirs, at), _picked(new, at))
        return PlanRow(
            job_id=row.job_id,
            seq=int(row.seq),
            record=name or row.source_key,
            record_id=row.record_id,
            field=row.field or ", ".join(str(column.path) for column in columns),
            theirs=shown[0],
            yours=shown[1],
            verdict=row.verdict,
            reason=decoding.reason_of(row.code, row.facts),
            connection=self._connections.get(row.job_id, ""),
            old=_picked(decoding.row_of(row.old) or theirs, at),
            new=_picked(new, at),
        )


def _list_change(old: object, new: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what is added to a list and what is taken from it; nothing for what is no list."""
    before, after = (list(map(str, one)) if isinstance(one, list) else [] for one in (old, new))
    return tuple(one for one in after if one not in before), tuple(one for one in before if one not in after)


class JobRows:
    """A window on the rows of a job. Without a filter a row's number is its place: nothing to build."""

    def __init__(self, glances: Glances, job: str, *, outcome: str = "") -> None:
        self._glances = glances
        self._job = job
        self._window = Window(glances.readers, outcome_keys(job, outcome)) if outcome else None
        self._columns: tuple[Column, ...] = ()
        self._titles = RowTitles(glances)
        self.rows = 0

    def build(self) -> int:
        """Find the row count, and the order where a filter is set."""
        for row in self._glances.jobs(job_id=self._job):
            self._columns = decoding.columns_of(row.columns)
            self.rows = int(row.rows)
        if self._window is not None:
            self.rows = self._window.build()
        return self.rows

    def block(self, number: int) -> tuple[JobRow, ...]:
        """Give one block of at most 200 rows."""
        first = number * BLOCK
        if self._window is None:
            seqs = list(range(first + 1, min(first + BLOCK, self.rows) + 1))
        else:
            seqs = [int(key[0]) for key in self._window.keys(first)]
        if not seqs:
            return ()
        writes, findings, outcomes, batches = self._glances.rows_of_job(self._job, seqs)
        rows = {int(row.seq): row for row in (*writes, *findings)}
        ends = {int(row.seq): row for row in outcomes}
        titles = self._titles.of([row.rid for row in rows.values() if row.rid])
        return tuple(
            self._row(seq, rows[seq], (ends.get(seq), batches), titles) if seq in rows else _hole(seq)
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
        titles: abc.Mapping[str, str],
    ) -> JobRow:
        old, new = decoding.row_of(row.old), decoding.row_of(row.new)
        touched = [at for at, wish in enumerate(new) if wish != {}]
        base = JobRow(
            seq=seq,
            record=titles.get(row.rid or "") or row.record_id,
            record_id=row.record_id,
            fields=", ".join(str(self._columns[at].path) for at in touched if at < len(self._columns)),
            old=" · ".join(shown_plain(old[at]) for at in touched if at < len(old)),
            new=" · ".join(shown_plain(new[at]) for at in touched),
            yours=" · ".join((_shown(row, at) or ("", shown_plain(new[at])))[1] for at in touched),
            outcome="open",
        )
        if getattr(row, "kept", None):
            left = ", ".join(str(self._columns[int(at)].path) for at in json.loads(row.kept))
            base = replace(base, code="record.field_left", facts=(("field", left),))
        if hasattr(row, "verdict"):
            record, facts = base.record or row.source_key, decoding.facts_of(row.facts)
            theirs = " · ".join(shown_plain(one) for one in decoding.row_of(row.theirs) if one != {})
            return replace(
                base,
                record=record,
                outcome=row.verdict,
                verdict=row.verdict,
                code=row.code,
                facts=facts,
                theirs=theirs if row.verdict == "conflict" else "",
            )
        end, batches = ends
        if end is not None:
            held = decoding.row_of(end.theirs) if end.theirs else []
            theirs = " · ".join(shown_plain(held[at]) for at in touched if at < len(held))
            code = end.code or base.code
            return replace(base, outcome=end.outcome, code=code, message=end.message, theirs=theirs)
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


def shown_plain(plain: object) -> str:
    """Give the JSON form of a value as short text; `runtime` knows no locale."""
    match plain:
        case None:
            return ""
        case bool():
            return "Yes" if plain else "No"
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


def _picked(values: abc.Sequence[object], at: int | None) -> str:
    if at is not None and at < len(values):
        return shown_plain(values[at])
    return " · ".join(shown_plain(one) for one in values if one != {})


def _hole(seq: int) -> JobRow:
    return JobRow(seq=seq, record="", record_id="", fields="", old="", new="", outcome="open")
