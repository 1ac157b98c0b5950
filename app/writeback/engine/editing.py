"""Keep what a person typed: as a draft, or on its way to the CRM at once.

Text that cannot be read is refused here, with the field's name, and never leaves the form. An edit that
is sent at once is a draft first: should the CRM be out of reach, nothing typed is lost.

Must not: judge against the CRM (`proposing` does), send.
"""

from collections import abc
from dataclasses import dataclass
from typing import Protocol

from writeback.engine.gathering_drafts import Named, gather_drafts
from writeback.engine.proposing import Terms, propose
from writeback.engine.reaching import ReachOf
from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.attributes import Attribute
from writeback.model.canonical import Unset, from_plain, wish
from writeback.model.changes import Change, Origin, Reason
from writeback.model.events import EventKind
from writeback.model.integrations import BlankRule, Integration
from writeback.model.jobs import JobKind
from writeback.model.types import Clear, IntegrationId, JobId, PlanId, RecordId, Value
from writeback.planning.coercing import coerce
from writeback.planning.sorting import is_same
from writeback.store import connections, drafts, integrations, journal, model, plans, records
from writeback.store.drafts import Draft
from writeback.store.plan_rows import PlanRow, rows_of
from writeback.store.plans import PlannedJob
from writeback.store.workspace import Workspace

DRAFT, SENDING, UNCHANGED, BLOCKED = "draft", "sending", "unchanged", "blocked"

Submit = abc.Callable[[PlanId], object]
"""Makes a plan real."""


class EditFacts(Protocol):
    """One attribute of one record as a person typed it; `runtime.facade.Edit` meets it."""

    @property
    def record(self) -> RecordId:
        """Our record."""

    @property
    def attribute(self) -> str:
        """The attribute's API name."""

    @property
    def text(self) -> str | None:
        """As typed; None clears."""


@dataclass(frozen=True, slots=True)
class EditSaved:
    """What became of one edit."""

    record: RecordId
    attribute: str
    state: str
    """`draft` | `sending` | `unchanged` | `blocked` | `conflict`."""
    job_id: JobId | None = None
    reason: Reason | None = None


def save_edits(
    edits: abc.Sequence[EditFacts],
    *,
    workspace: Workspace,
    origin: Origin,
    author: str,
    send: bool,
    reach_of: ReachOf,
    submit: Submit,
) -> tuple[EditSaved, ...]:
    """Keep edits as drafts, and send those at once that are to be sent at once.

    Args:
        edits: What was typed.
        workspace: Where drafts are kept.
        origin: The surface it was typed on.
        author: Who typed it.
        send: Send now; otherwise only where the connection writes on save.
        reach_of: Gives connections.
        submit: Makes a plan real.

    Returns:
        What became of each edit, in their order.

    Raises:
        UnknownAttributeError: A record or attribute does not exist; nothing was kept.
        ConnectorError: The CRM could not be asked; the edits are kept as drafts.
    """
    models = _read_models(workspace, edits)
    desk = _Desk(workspace, origin, author, models)
    before, saved = desk.keep(edits)
    going = {
        name
        for name, answer in saved.items()
        if answer.state == DRAFT and (send or records.integration_of(name[0]) in models.write_on_save)
    }
    if going:
        saved |= _send(going, before, desk, reach_of=reach_of, submit=submit)
    return tuple(saved[_name(edit)] for edit in edits)


def keep_ours(workspace: Workspace, record: RecordId, attribute: str, *, author: str) -> None:
    """Settle a conflict for what the person wants: they have seen what the CRM holds now.

    The wish waits as a draft again, judged anew against the newest value; nothing is sent by this.

    Raises:
        ConfigurationError: There is no conflict on this value.
    """
    with workspace.writing() as db:
        clash = drafts.conflict_of(db, record, attribute)
        draft = drafts.get(db, record, attribute)
        integration = integrations.get(db, records.integration_of(record))
        mapping = integration.mapping_of(attribute)
        if clash is None or (draft is None and (mapping is None or mapping.path.hops)):
            raise ConfigurationError("conflict.unknown", record=record, attribute=attribute[:200])
        kind = model.get_attribute(db, integration.entity, attribute).kind
        at = workspace.now()
        new = wish(from_plain(clash.new, kind)) if draft is None else draft.change.new
        change = Change(record, attribute, from_plain(clash.theirs, kind), new)
        drafts.put_back(db, Draft(change, integration.entity, kind, author, Origin.PROFILE, at))
        journal.note(db, at=at, kind=EventKind.EDIT_SAVED, subject=record)


def keep_theirs(workspace: Workspace, record: RecordId, attribute: str) -> None:
    """Settle a conflict for what the CRM holds: the draft ends."""
    with workspace.writing() as db:
        drafts.remove(db, record, attribute)
        journal.note(db, at=workspace.now(), kind=EventKind.EDIT_SAVED, subject=record)


@dataclass(frozen=True, slots=True)
class _Models:
    """What is known of the edited records' integrations and attributes."""

    integrations: abc.Mapping[IntegrationId, Integration]
    attributes: abc.Mapping[tuple[str, str], Attribute]
    write_on_save: frozenset[str]
    """Integrations whose connection writes on save."""
    held: abc.Mapping[RecordId, abc.Mapping[str, Value]]
    """The records' confirmed values."""

    def attribute(self, edit: EditFacts) -> Attribute:
        """Give the attribute that an edit is about."""
        entity = self.integrations[records.integration_of(edit.record)].entity
        found = self.attributes.get((entity, edit.attribute))
        if found is None:
            raise UnknownAttributeError("attribute.unknown", entity=entity, name=edit.attribute[:200])
        if edit.record not in self.held:
            raise UnknownAttributeError("record.unknown", entity=entity, name=edit.record[:200])
        return found


def _read_models(workspace: Workspace, edits: abc.Sequence[EditFacts]) -> _Models:
    ids = {records.integration_of(edit.record) for edit in edits}
    with workspace.reading() as db:
        known = {name: integrations.get(db, name) for name in ids}
        entities = {integration.entity for integration in known.values()}
        held: dict[RecordId, abc.Mapping[str, Value]] = {}
        for entity in entities:
            mine = [
                edit.record for edit in edits if known[records.integration_of(edit.record)].entity == entity
            ]
            held |= {rid: record.values for rid, record in records.get_many(db, entity, mine).items()}
        return _Models(
            integrations=known,
            attributes={
                (entity, one.name): one for entity in entities for one in model.attributes(db, entity)
            },
            write_on_save=frozenset(
                name for name, one in known.items() if connections.get(db, one.connection_id).write_on_save
            ),
            held=held,
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who edits, where, and what is known of it."""

    workspace: Workspace
    origin: Origin
    author: str
    models: _Models

    def keep(
        self, edits: abc.Sequence[EditFacts]
    ) -> tuple[dict[Named, Draft | None], dict[Named, EditSaved]]:
        """Keep what can be read, all in one commit; gives the drafts there were before, and the answers."""
        before: dict[Named, Draft | None] = {}
        saved: dict[Named, EditSaved] = {}
        judged = [(edit, self._judge(edit)) for edit in edits]
        with self.workspace.writing() as db:
            for edit, (answer, draft) in judged:
                before.setdefault(_name(edit), drafts.get(db, edit.record, edit.attribute))
                saved[_name(edit)] = answer
                if draft is not None:
                    drafts.put(db, draft)
                elif answer.state == UNCHANGED:
                    drafts.remove(db, edit.record, edit.attribute)
                journal.note(db, at=self.workspace.now(), kind=EventKind.EDIT_SAVED, subject=edit.record)
        return before, saved

    def _judge(self, edit: EditFacts) -> tuple[EditSaved, Draft | None]:
        attribute = self.models.attribute(edit)
        if not attribute.editable:
            reason = Reason("attribute.not_editable", (("attribute", attribute.name),))
            return EditSaved(edit.record, edit.attribute, BLOCKED, reason=reason), None
        new = coerce(
            edit.text,
            attribute.kind,
            options=attribute.options,
            is_restricted=bool(attribute.options),
            blank=BlankRule.CLEAR,
        )
        if isinstance(new, Reason | Unset):
            facts = new.facts if isinstance(new, Reason) else ()
            code = new.code if isinstance(new, Reason) else "value.not_text"
            reason = Reason(code, (("field", attribute.name), *facts))
            return EditSaved(edit.record, edit.attribute, BLOCKED, reason=reason), None
        old = self.models.held[edit.record].get(attribute.name)
        if is_same(attribute.kind, None if isinstance(new, Clear) else new, old):
            return EditSaved(edit.record, edit.attribute, UNCHANGED), None
        change = Change(edit.record, attribute.name, old, new)
        at = self.workspace.now()
        draft = Draft(change, attribute.entity, attribute.kind, self.author, self.origin, at)
        return EditSaved(edit.record, edit.attribute, DRAFT), draft


def _send(
    going: abc.Collection[Named],
    before: abc.Mapping[Named, Draft | None],
    desk: _Desk,
    *,
    reach_of: ReachOf,
    submit: Submit,
) -> dict[Named, EditSaved]:
    """Plan the edits and submit them at once; where all are blocked there is no job and nothing is kept."""
    workspace = desk.workspace
    terms = Terms(desk.origin, author=desk.author, kind=JobKind.REAL_TIME)
    plan = propose(
        gather_drafts(workspace, reach_of, only=going), terms, workspace=workspace, reach_of=reach_of
    )
    with workspace.reading() as db:
        planned = plans.jobs_of(db, plan.id)
    rows = {
        RecordId(row.rid): (job, row)
        for job in planned
        for row in rows_of(workspace, job.id, job.columns)
        if row.rid is not None
    }
    if all(row.verdict == BLOCKED for _, row in rows.values()):
        plans.discard(workspace, plan.id)
        _restore(workspace, going, before)
        return {name: _answer(name, *rows[name[0]], has_job=False) for name in going}
    submit(plan.id)
    _take_over(workspace, going, rows)
    return {name: _answer(name, *rows[name[0]], has_job=True) for name in going}


def _answer(name: Named, job: PlannedJob, row: PlanRow, *, has_job: bool) -> EditSaved:
    state = {"send": SENDING}.get(row.verdict, row.verdict)
    reason = Reason(row.code, tuple(row.facts.items())) if row.code else None
    return EditSaved(*name, state, job.id if has_job else None, reason)


def _restore(
    workspace: Workspace, going: abc.Collection[Named], before: abc.Mapping[Named, Draft | None]
) -> None:
    with workspace.writing() as db:
        for name in going:
            drafts.remove(db, *name)
            earlier = before[name]
            if earlier is not None:
                drafts.put(db, earlier)


def _take_over(
    workspace: Workspace,
    going: abc.Collection[Named],
    rows: abc.Mapping[RecordId, tuple[PlannedJob, PlanRow]],
) -> None:
    """Where the CRM held the wished value already: it is confirmed, and the draft has done its work."""
    with workspace.writing() as db:
        for record, attribute in going:
            job, row = rows[record]
            if row.verdict != UNCHANGED or row.code or job.integration_id is None:
                continue
            drafts.remove(db, record, attribute)
            integration = integrations.get(db, job.integration_id)
            told = {
                column.field: value
                for column, value in zip(job.columns, row.theirs, strict=True)
                if not column.path.hops and not isinstance(value, Unset)
            }
            records.confirm_values(db, integration=integration, values=[(row.record_id, None, told)])


def _name(edit: EditFacts) -> Named:
    return edit.record, edit.attribute
