"""Build the rows that put back what a finished job overwrote; the planner judges them like any others.

A row's *old* is what the job wrote, its wish is the stored pre-image: the fresh read of the plan then
sends only where the CRM still holds what we wrote, and lists the others. What the CRM would not take any
more (a field that became read-only, an option that is gone) is blocked with its reason, field by field; the
record's other fields are put back all the same.

Must not: send, judge.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

import orjson

from writeback.engine.reaching import Reach
from writeback.engine.replanning import finished, rows_of
from writeback.engine.rewriting import BY_AUTOMATION
from writeback.errors import ConfigurationError
from writeback.model.attributes import Option
from writeback.model.canonical import UNSET, Unset, from_plain, wish
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.model.types import DECIMAL_TYPES, AttributeType, Clear, Value, Wish
from writeback.planning.checking import about, check_field, check_wish
from writeback.planning.coercing import refusal
from writeback.planning.facts import FieldFacts
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.store import records, undoable
from writeback.store.outbox import Job, QueuedWrite
from writeback.store.workspace import Db, Workspace

NO_PRE_IMAGE: Final = Reason("undo.no_pre_image")
STAYS: Final = "undo.made_stays"
APPLIED: Final = ("applied",)

_AS_JSON: Final = (
    frozenset(AttributeType)
    - DECIMAL_TYPES
    - {AttributeType.DATE, AttributeType.DATETIME, AttributeType.MULTI_LIST}
)
"""Types whose values are their JSON."""

Check = abc.Callable[[Wish], Reason | None]
"""Says why the CRM would not take a value back; None when nothing is known against it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a job is to be undone; empty: all of it."""

    records: tuple[str, ...] = ()
    """Our record ids, or the CRM's."""
    fields: tuple[str, ...] = ()
    """Field paths, or attributes."""


WHOLE: Final = Part()


def gather_undo(
    workspace: Workspace, job_id: str, part: Part = WHOLE, *, reach: Reach | None = None
) -> PlanStream:
    """Give the reverse of a finished job, or of a part of it: a row for each row it applied.

    Args:
        workspace: Where the job is.
        job_id: The job.
        part: What of it.
        reach: Tells what the CRM allows now; None: it will say so itself.

    Raises:
        ConfigurationError: There is no such job, it is still at work, or it is about no such record or field.
    """
    job = finished(workspace, job_id)
    places = _places(job, part.fields)
    keys = _keys(workspace, job, part.records, reach) if part.records else None
    if job.creates_by:
        return _staying(workspace, job, keys)
    reverse = _Reverse(job.columns, places, _checks(job, reach), splits=not job.root)
    return PlanStream(
        connection_id=job.connection_id,
        object=job.object,
        columns=job.columns,
        rows=(made for row in rows_of(workspace, job_id, APPLIED, keys=keys) for made in reverse(row)),
        integration_id=job.integration_id,
        root=job.root,
        automation=job.automation,
        splits=not job.root,  # a shared write goes as a whole: who asked for it sees one record
        undo_of=job_id,
    )


def _staying(workspace: Workspace, job: Job, keys: abc.Sequence[str] | None) -> PlanStream:
    """Give a row for each record that a job made: it stays, because Writeback deletes none."""

    def rows() -> abc.Iterator[PlanInput]:
        for row in rows_of(workspace, job.id, APPLIED, keys=keys):
            reason = Reason(STAYS, (("record", row.record_id), ("object", job.object)))
            yield PlanInput(row.record_id, (), (), source_key=row.record_id, blocked=reason)

    return PlanStream(
        connection_id=job.connection_id,
        object=job.object,
        columns=(),
        rows=rows(),
        undo_of=job.id,
    )


def remarks_of(db: Db, job_ids: abc.Sequence[str], *, is_whole_act: bool) -> tuple[Reason, ...]:
    """Say what an undo of these jobs does not bring back, and which CRMs it leaves out.

    Args:
        db: Any transaction.
        job_ids: What is undone.
        is_whole_act: All jobs of the act are undone.
    """
    told: list[Reason] = []
    automated = undoable.count_with_code(db, job_ids, BY_AUTOMATION)
    if automated:
        told.append(Reason("undo.automation_stays", (("rows", str(automated)),)))
    others = () if is_whole_act else undoable.other_connections(db, job_ids[0])
    if others:
        told.append(Reason("undo.other_crms", (("connections", ", ".join(others)),)))
    return (*told, Reason("undo.limits"))


def jobs_of_act(db: Db, job_id: str) -> tuple[str, ...]:
    """Name the jobs of the act that a job belongs to: a value of several CRMs has one for each."""
    return undoable.jobs_of_act(db, job_id)


class _Reverse:
    """Turns what a row wrote into what puts it back: called for each of a million rows."""

    def __init__(
        self,
        columns: abc.Sequence[Column],
        places: abc.Iterable[int],
        checks: abc.Mapping[int, Check],
        *,
        splits: bool,
    ) -> None:
        self._splits = splits
        self._paths = [str(column.path) for column in columns]
        self._untouched: list[Unset] = [UNSET] * len(columns)
        self._touching = [
            (place, columns[place].kind, columns[place].kind in _AS_JSON, checks.get(place))
            for place in sorted(places)
        ]

    def __call__(self, row: QueuedWrite) -> abc.Iterator[PlanInput]:
        """Give the row that puts back what can be, and a blocked one for each field that cannot."""
        before, written = orjson.loads(row.old), orjson.loads(row.new)
        olds: list[Value | Unset] = [*self._untouched]
        wishes: list[Wish | Unset] = [*self._untouched]
        blocked: list[tuple[int, Reason, Wish | Unset]] = []
        is_any = False
        for place, kind, is_json, check in self._touching:
            was, new = before[place], written[place]
            if type(new) is dict:
                continue
            if type(was) is dict:  # written unseen (assurance C): nobody knows what stood there
                blocked.append((place, NO_PRE_IMAGE, UNSET))
                continue
            wanted = wish(was if is_json else from_plain(was, kind))
            reason = None if check is None else check(wanted)
            if reason is not None:
                blocked.append((place, reason, wanted))
                continue
            olds[place] = new if is_json else from_plain(new, kind)
            wishes[place] = wanted
            is_any = True
        if blocked and not self._splits:
            place, reason, _ = blocked[0]
            path = self._paths[place]
            yield PlanInput(row.record_id, olds, wishes, rid=row.rid, blocked=reason, field=path)
            return
        if is_any:
            yield PlanInput(row.record_id, olds, wishes, rid=row.rid)
        for place, reason, kept in blocked:
            alone: list[Wish | Unset] = [*self._untouched]
            alone[place] = kept
            path = self._paths[place]
            yield PlanInput(row.record_id, self._untouched, alone, rid=row.rid, blocked=reason, field=path)


def _places(job: Job, names: abc.Sequence[str]) -> frozenset[int]:
    """Give the columns that are meant; all where none is named."""
    if not names:
        return frozenset(range(len(job.columns)))
    found: set[int] = set()
    for name in names:
        wanted = name.casefold()
        mine = [
            place
            for place, column in enumerate(job.columns)
            if wanted in (str(column.path).casefold(), column.attribute.casefold(), column.field.casefold())
        ]
        if not mine:
            known = ", ".join(str(column.path) for column in job.columns)[:200]
            raise ConfigurationError("undo.no_such_field", field=name[:200], fields=known, job=job.number)
        found.update(mine)
    return frozenset(found)


def _keys(workspace: Workspace, job: Job, names: abc.Sequence[str], reach: Reach | None) -> tuple[str, ...]:
    """Give the CRM ids of the records that are meant."""
    with workspace.reading() as db:
        own: abc.Mapping[str, str] = {}
        if job.root:  # what was written stands behind a reference of the record that is named
            own = undoable.written_for(db, job.id, names)
        elif job.creates_by:
            own = undoable.keys_of_made(db, job.id, names)
        elif job.integration_id is not None:
            own = {str(rid): key for rid, key in records.keys_of(db, job.integration_id, names).items()}
        keys = [own.get(name) or (reach and reach.record_id(name)) or name for name in names]
        known = undoable.records_in(db, job.id, keys)
    for name, key in zip(names, keys, strict=True):
        if key not in known:
            raise ConfigurationError("undo.no_such_record", record=name[:200], job=job.number)
    return tuple(dict.fromkeys(keys))


def _checks(job: Job, reach: Reach | None) -> dict[int, Check]:
    """Make for each column what tells whether the CRM would take an earlier value back."""
    if reach is None:
        return {}
    described = reach.describe(job.object)
    found: dict[int, Check] = {}
    for place, column in enumerate(job.columns):
        field = described.field(column.field)
        if field is not None:  # a field that is gone is found by what looks for drift
            found[place] = _check_of(field)
    return found


def _check_of(field: FieldFacts) -> Check:
    closed = check_field(field)
    if closed is not None:
        return lambda _wish: closed
    options: abc.Mapping[str, Option] = {}
    if field.is_restricted and field.options:
        options = {option.value: option for option in field.options}

    def check(wanted: Wish) -> Reason | None:
        if not options or isinstance(wanted, Clear):
            return check_wish(field, wanted)
        for one in wanted if isinstance(wanted, tuple) else (str(wanted),):
            option = options.get(one)
            if option is None:
                return about(field, refusal("value.not_an_option", one))
            if not option.active:
                return about(field, refusal("value.option_inactive", one))
        return check_wish(field, wanted)

    return check
