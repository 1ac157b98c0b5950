"""A façade for screens under test: it writes what the real one would into the workspace, without a CRM.

Not a double of our store: the workspace is the real one, and the real façade runs in the end-to-end
test. This one lets a screen be driven into states that a simulator reaches only with effort.
"""

import json
import threading
from collections import abc
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Never

from sqlalchemy import delete, insert, update

from tests.gui.disputing import ScriptedConflicts
from tests.gui.filing import ScriptedFiles
from tests.gui.housekeeping import ScriptedHousekeeping
from tests.gui.playing import ScriptedPlays
from tests.gui.pluggable import ScriptedPlugins
from tests.gui.remembering import ScriptedHistories
from tests.gui.staffing import ScriptedPeople
from tests.gui.steering import ScriptedJobs
from tests.gui.timing import ScriptedSchedules
from tests.gui.trusted import ScriptedTrust
from tests.gui.working import ScriptedWork
from writeback.engine import editing, taking_back
from writeback.engine.previewing import Preview
from writeback.errors import GuardError, SignInRequiredError, WritebackError
from writeback.model.attributes import Attribute
from writeback.model.changes import Origin
from writeback.model.connections import Connection, Environment, Org, Safety
from writeback.model.fieldpaths import FieldPath
from writeback.model.grid_views import GridView
from writeback.model.guards import Strike
from writeback.model.integrations import ConflictRule, FieldMapping, Integration
from writeback.model.jobs import Assurance, JobState, Route
from writeback.model.permissions import ApprovalState, Level, Permission
from writeback.model.segments import Segment
from writeback.model.types import AttributeType, ConnectionId, IntegrationId, JobId, PlanId, RecordId
from writeback.planning.filtering import FilterGroups
from writeback.planning.forecasting import Forecast, Quota
from writeback.runtime import merging_options, remodelling
from writeback.runtime.facade import (
    AttributeUsers,
    CheckLine,
    ConflictChoice,
    ConnectionChange,
    ConnectionTest,
    ConnectionWish,
    Edit,
    EditAnswer,
    EditsUndone,
    IntegrationWish,
    JobView,
    PlanGroup,
    PlanSource,
    PlanView,
    PullReport,
    Retyping,
    SignInStarted,
    Suggestion,
    SwitchView,
    TransformView,
)
from writeback.runtime.facade.jobs import PlanChanges, PlanRefreshed
from writeback.runtime.facade.references import ReferenceMeaning
from writeback.runtime.reading import Reading
from writeback.runtime.renaming_segments import rename_segment
from writeback.runtime.segmenting import Segmenting
from writeback.sdk.values import ObjectDescription, ObjectInfo, Usage
from writeback.store import form_drafts, grid_views, moments, permissions, schema
from writeback.store import model as store_model
from writeback.store.mapping_rows import cells_of
from writeback.store.workspace import Workspace

FORECAST = Forecast(1, 3, 1.2, Quota("DailyApiRequests", 31_240, 100_000), 20)
WAYS = ((Route.SINGLE, Assurance.A), (Route.SINGLE, Assurance.B), (Route.BATCH, Assurance.B))
SWITCHES = (
    SwitchView("auto_assign", "Assignment rules", "false", is_default=True),
    SwitchView("duplicate_rule", "Duplicate rules", "", is_default=True),
)
ORG = Org(
    "00D5f00000c1XyZEA0", "Acme Corporation", "ana@acme.test", Environment.PRODUCTION, "Enterprise Edition"
)


class ScriptedFacade(
    ScriptedJobs,
    ScriptedConflicts,
    ScriptedPeople,
    ScriptedHistories,
    ScriptedHousekeeping,
    ScriptedPlugins,
    ScriptedFiles,
    ScriptedWork,
    ScriptedSchedules,
    ScriptedTrust,
    ScriptedPlays,
):
    """Answers like the real one; `fails` names calls that raise, `seen` tells which were made."""

    def __init__(self, workspace: Workspace, reads: Reading, *, now: abc.Callable[[], datetime]) -> None:
        self.workspace, self.reads, self.now = workspace, reads, now
        self.seen: list[tuple[str, object]] = []
        self.fails: dict[str, WritebackError] = {}
        self.suggestions: tuple[Suggestion, ...] = ()
        self.meanings: tuple[ReferenceMeaning, ...] = ()
        self.behind: PlanGroup | None = None
        """A second part of each plan: what is written behind references."""
        self.code = ""
        self.overridden: tuple[str, ...] = ()
        self.waits: float = 0
        self.struck: tuple[Strike, ...] = ()
        self.previewed = Preview((), ())
        self.changes = PlanChanges()
        self.is_held = threading.Event()
        self.is_held.set()
        self.is_answered = threading.Event()
        """Cleared: a sign-in waits until it is pasted or cancelled."""
        self.is_answered.set()

    def _note(self, call: str, what: object = None) -> None:
        self.is_held.wait(10)
        self.seen.append((call, what))
        if call in self.fails:
            raise self.fails[call]

    def _journal(self, db: object, kind: str, subject: str) -> None:
        db.execute(  # type: ignore[attr-defined]  a connection of SQLAlchemy
            insert(schema.journal).values(at=moments.to_text(self.now()), kind=kind, subject=subject)
        )

    # connections

    def pause_connection(self, connection: str, *, act: str) -> int:
        self._note("pause_connection", connection)
        return 2

    def resume_connection(self, connection: str, *, act: str) -> int:
        self._note("resume_connection", connection)
        return 2

    def disconnect(self, connection: str, *, confirm_org: str, act: str) -> None:
        self._note("disconnect", (connection, confirm_org))

    def keep_form(self, name: str, answers: tuple[tuple[str, str], ...]) -> None:
        self._note("keep_form", (name, answers))
        with self.workspace.writing() as db:
            form_drafts.put(db, name, dict(answers), at=self.now())

    def connect(self, wish: ConnectionWish, *, act: str) -> Connection:
        self._note("connect", wish)
        with self.workspace.writing() as db:
            db.execute(
                insert(schema.connections).values(
                    id="c9",
                    name=wish.name,
                    connector=wish.connector,
                    origin=wish.endpoint or "https://acme.my.salesforce.com",
                    auth="token_file",
                    token_file=wish.token_file,
                    is_simulator=bool(wish.endpoint),
                    org=json.dumps(
                        {
                            "id": ORG.id,
                            "name": ORG.name,
                            "user": ORG.user,
                            "environment": "TEST",
                            "edition": "",
                        }
                    ),
                    safety="silent",
                    sign_in="ready",
                    created_at=moments.to_text(self.now()),
                )
            )
            self._journal(db, "connection_changed", "c9")
        return Connection(
            ConnectionId("c9"), wish.name, wish.connector, wish.endpoint, "token_file", wish.token_file,
            is_simulator=True, org=replace(ORG, environment=Environment.TEST), safety=Safety.SILENT,
        )  # fmt: skip

    def begin_sign_in(self, wish: ConnectionWish, *, act: str) -> SignInStarted:
        self._note("begin_sign_in", wish)
        return SignInStarted("a1", "about:blank", self.now() + timedelta(minutes=5), self.code)

    def paste_sign_in(self, attempt: str, address: str) -> None:
        self._note("paste_sign_in", (attempt, address))
        self.is_answered.set()

    def cancel_sign_in(self, attempt: str) -> None:
        self._note("cancel_sign_in", attempt)
        self.fails["finish_sign_in"] = SignInRequiredError("sign_in.cancelled")
        self.is_answered.set()

    def finish_sign_in(self, attempt: str, *, pasted: str = "", act: str) -> Connection:
        self.is_answered.wait(10)
        self._note("finish_sign_in", pasted)
        return Connection(
            ConnectionId("c1"), "Acme", "salesforce", "https://acme.my.salesforce.com", "oauth", org=ORG
        )

    def change_connection(self, connection: str, change: ConnectionChange, *, act: str) -> Connection:
        self._note("change_connection", change)
        values: dict[str, object] = {}
        if change.safety is not None:
            values["safety"] = change.safety.value
        if change.read_only is not None:
            values["read_only"] = change.read_only
        for name in ("word", "colour", "collect_s"):
            if getattr(change, name) is not None:
                values[name] = getattr(change, name)
        if change.write_on_save is not None:
            values["write_on_save"] = change.write_on_save
        with self.workspace.writing() as db:
            db.execute(
                update(schema.connections).where(schema.connections.c.id == connection).values(**values)
            )
            self._journal(db, "connection_changed", connection)
        return next(one.connection for one in self.reads.connections() if one.connection.id == connection)

    def test_connection(self, connection: str) -> ConnectionTest:
        self._note("test_connection", connection)
        return ConnectionTest(
            ORG,
            (
                CheckLine("reachable", True, "acme.my.salesforce.com, 42 ms"),
                CheckLine("sign_in", True, "ana@acme.test"),
                CheckLine("org", True, ORG.id),
                CheckLine("permissions", True, "Account: read, edit"),
                CheckLine("quota", True, "31 % of 100,000 API calls used"),
            ),
            (Usage("DailyApiRequests", 31_240, 100_000),),
        )

    # mapping

    def objects(self, connection: str) -> tuple[ObjectInfo, ...]:
        self._note("objects", connection)
        return (
            ObjectInfo("Account", "Account", False, True, True),
            ObjectInfo("Contact", "Contact", False, True, True),
        )

    def describe(self, connection: str, object_name: str, *, refresh: bool = False) -> ObjectDescription:
        self._note("describe", object_name)
        found = self.reads.description(connection, object_name)
        assert found is not None
        return found

    def compile_filter(self, connection: str, object_name: str, groups: FilterGroups) -> str:
        self._note("compile_filter", groups)
        return " AND ".join(f"{line.path} {line.operator.value} {line.text}" for line in groups[0])

    def preview(self, integration: str, *, limit: int = 10, wished: tuple[FieldMapping, ...] = ()) -> Preview:
        self._note("preview", (integration, limit, wished))
        return self.previewed

    def count(self, connection: str, object_name: str, condition: str) -> int:
        self._note("count", condition)
        return 1_204_331

    def add_integration(self, wish: IntegrationWish, *, act: str) -> Integration:
        self._note("add_integration", wish)
        return Integration(
            IntegrationId("i9"), ConnectionId(wish.connection), wish.object, wish.entity, wish.key
        )

    def change_filter(self, integration: str, condition: str, *, act: str) -> Integration:
        self._note("change_filter", (integration, condition))
        table = schema.integrations
        with self.workspace.writing() as db:
            db.execute(
                update(table).where(table.c.id == integration).values(filter=condition, watermark=None)
            )
            self._journal(db, "integration_changed", integration)
        return next(one for one in self.reads.integrations() if one.id == integration)

    def reference_meanings(self, integration: str, path: str) -> tuple[ReferenceMeaning, ...]:
        self._note("reference_meanings", path)
        return self.meanings

    def suggest_mappings(self, integration: str) -> tuple[Suggestion, ...]:
        self._note("suggest_mappings", integration)
        return self.suggestions

    def change_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        self._note("change_attribute", attribute)
        return remodelling.change(self.workspace, attribute)

    def add_attribute(self, attribute: Attribute, *, act: str) -> Attribute:
        self._note("add_attribute", attribute)
        with self.workspace.writing() as db:
            return store_model.add_attribute(db, attribute)

    def attribute_users(self, entity: str, name: str) -> AttributeUsers:
        self._note("attribute_users", name)
        return remodelling.users(self.workspace, entity, name)

    def delete_attribute(self, entity: str, name: str, *, act: str) -> AttributeUsers:
        self._note("delete_attribute", name)
        return remodelling.delete(self.workspace, entity, name)

    def merge_options(self, entity: str, name: str, *, gone: str, into: str, act: str) -> Attribute:
        self._note("merge_options", (name, gone, into))
        return merging_options.merge(self.workspace, entity, name, gone=gone, into=into)

    def preview_retype(self, entity: str, name: str, kind: AttributeType) -> Retyping:
        self._note("preview_retype", (name, kind))
        return remodelling.preview(self.workspace, entity, name, kind)

    def retype_attribute(self, entity: str, name: str, kind: AttributeType, *, act: str) -> Retyping:
        self._note("retype_attribute", (name, kind))
        return remodelling.retype(self.workspace, entity, name, kind)

    def transforms(self) -> tuple[TransformView, ...]:
        return (TransformView("trim", "Without spaces around it"), TransformView("upper", "In capitals"))

    def map_fields(self, integration: str, mappings: tuple[FieldMapping, ...], *, act: str) -> Integration:
        self._note("map_fields", mappings)
        table = schema.field_mappings
        with self.workspace.writing() as db:
            for place, one in enumerate(mappings):
                db.execute(
                    delete(table).where(table.c.integration_id == integration, table.c.path == str(one.path))
                )
                db.execute(
                    insert(table).values(integration_id=integration, position=100 + place, **cells_of(one))
                )
            self._journal(db, "integration_changed", integration)
        return next(one for one in self.reads.integrations() if one.id == integration)

    def unmap_fields(self, integration: str, paths: tuple[str, ...], *, act: str) -> Integration:
        self._note("unmap_fields", paths)
        table = schema.field_mappings
        with self.workspace.writing() as db:
            db.execute(delete(table).where(table.c.integration_id == integration, table.c.path.in_(paths)))
        return next(one for one in self.reads.integrations() if one.id == integration)

    def pull(self, integration: str, *, full: bool = False, act: str) -> PullReport:
        self._note("pull", integration)
        return PullReport(IntegrationId(integration), 2000, 0, 12, 0, 1, 1.4, True)

    # editing

    def save_edits(
        self, edits: tuple[Edit, ...], *, origin: Origin, author: str, act: str, send: bool = False
    ) -> tuple[EditAnswer, ...]:
        self._note("save_edits", edits)
        saved = editing.save_edits(
            edits,
            workspace=self.workspace,
            origin=origin,
            author=author,
            send=False,  # there is no CRM behind this façade
            reaching=editing.Reaching(_nobody, _nobody),
            act=act,
        )
        return tuple(EditAnswer(one.record, one.attribute, one.state, reason=one.reason) for one in saved)

    def discard_drafts(
        self, records: tuple[RecordId, ...], *, attribute: str = "", author: str = "", act: str
    ) -> int:
        self._note("discard_drafts", records)
        return taking_back.discard_edits(self.workspace, records, attribute=attribute, author=author, act=act)

    def undo_edits(self, what: str, *, author: str = "", act: str) -> EditsUndone:
        self._note("undo_edits", what)
        done = taking_back.undo_act(self.workspace, what, author=author, act=act)
        return EditsUndone(done.values, done.left)

    def keep_view(self, view: GridView, *, act: str) -> GridView:
        self._note("keep_view", view)
        with self.workspace.writing() as db:
            grid_views.put(db, view, at=self.now())
        return view

    def remove_view(self, owner: str, entity: str, name: str, *, act: str) -> None:
        self._note("remove_view", name)
        with self.workspace.writing() as db:
            assert grid_views.remove(db, GridView(owner, entity, name), at=self.now())

    # segments

    def save_segment(
        self,
        name: str,
        text: str,
        *,
        entity: str = "account",
        author: str = "",
        is_shared: bool = True,
        base: datetime | None = None,
        act: str,
    ) -> Segment:
        self._note("save_segment", name)
        return Segmenting(self.workspace).save(
            name, text, entity=entity, author=author, is_shared=is_shared, base=base
        )

    def rename_segment(self, name: str, new: str, *, author: str = "", act: str) -> Segment:
        self._note("rename_segment", (name, new))
        return rename_segment(self.workspace, name, new)

    def remove_segment(self, name: str, *, act: str) -> None:
        self._note("remove_segment", name)
        Segmenting(self.workspace).remove(name)

    def restore_segment(self, name: str, *, act: str) -> Segment:
        self._note("restore_segment", name)
        return Segmenting(self.workspace).restore(name)

    # plans and jobs

    def propose(self, source: PlanSource, *, act: str) -> PlanView:
        self._note("propose", source)
        return self._plan()

    def _plan(self) -> PlanView:
        group = PlanGroup(
            JobId("j7"), ConnectionId("c1"), "Account", ("Industry", "Owner.Email"), Route.BATCH, Assurance.B,
            rows=12, send=6, unchanged=3, blocked=2, conflict=1, calls=1, read_calls=1,
            guards=self.struck, forecast=FORECAST, automation=SWITCHES, ways=WAYS,
        )  # fmt: skip
        groups = (group,) if self.behind is None else (group, self.behind)
        return PlanView(PlanId("p7"), groups, self.now(), needs_org_name=True)

    def set_permission(self, author: str, level: Level, *, act: str) -> Permission:
        self._note("set_permission", (author, level))
        made = Permission(author, level, "ana", self.now())
        with self.workspace.writing() as db:
            permissions.put(db, made)
            self._journal(db, "permissions_changed", "permissions")
        return made

    def remove_permission(self, author: str, *, act: str) -> None:
        self._note("remove_permission", author)
        with self.workspace.writing() as db:
            permissions.remove(db, author)
            self._journal(db, "permissions_changed", "permissions")

    def approve_plan(self, plan: PlanId, *, note: str = "", act: str) -> tuple[JobId, ...]:
        self._note("approve_plan", (plan, note))
        return self._decided(plan, ApprovalState.APPROVED, note)

    def decline_plan(self, plan: PlanId, *, note: str = "", act: str) -> None:
        self._note("decline_plan", (plan, note))
        self._decided(plan, ApprovalState.DECLINED, note)

    def _decided(self, plan: PlanId, state: ApprovalState, note: str) -> tuple[JobId, ...]:
        with self.workspace.writing() as db:
            permissions.decide(db, plan, state, author="ana", note=note, at=self.now())
            self._journal(db, "permissions_changed", plan)
        return (JobId("j7"),)

    def discard_plan(self, plan: PlanId, *, act: str) -> None:
        self._note("discard_plan", plan)

    def refresh_plan(self, plan: PlanId, source: PlanSource, *, act: str) -> PlanRefreshed:
        self._note("refresh_plan", (plan, source))
        return PlanRefreshed(replace(self._plan(), id=PlanId("p8")), self.changes)

    def submit(
        self,
        plan: PlanId,
        *,
        confirm_org: str = "",
        overrides: tuple[str, ...] = (),
        wait_s: float = 0,
        act: str,
    ) -> tuple[JobId, ...]:
        self._note("submit", confirm_org)
        self.waits = wait_s
        self.overridden = overrides
        if confirm_org.casefold() != ORG.name.casefold():
            raise GuardError("guard.org_name", org=ORG.name)
        jobs = schema.jobs
        with self.workspace.writing() as db:
            db.execute(
                update(jobs)
                .where(jobs.c.id == "j7")
                .values(number=7, state="queued", submitted_at=moments.to_text(self.now()))
            )
            db.execute(delete(schema.drafts))
            self._journal(db, "job_changed", "j7")
        return (JobId("j7"),)

    def settle_conflicts(
        self, choices: tuple[ConflictChoice, ...], *, author: str, act: str
    ) -> PlanView | None:
        self._note("settle_conflicts", choices)
        states, drafts = schema.value_states, schema.drafts
        with self.workspace.writing() as db:
            for one in choices:
                for table in (states, drafts):
                    db.execute(
                        delete(table).where(table.c.rid == one.record, table.c.attribute == one.attribute)
                    )
                self._journal(db, "edit_saved", one.record)
        if all(one.keep is ConflictRule.CRM for one in choices):
            return None
        return self._plan()

    def _become(self, call: str, job: str, state: JobState) -> JobView:
        self._note(call, job)
        with self.workspace.writing() as db:
            db.execute(update(schema.jobs).where(schema.jobs.c.id == job).values(state=state.value))
            self._journal(db, "job_changed", job)
        return next(one for one in self.reads.jobs() if one.id == job)

    def pause(self, job: str, *, act: str) -> JobView:
        return self._become("pause", job, JobState.PAUSED)

    def resume(self, job: str, *, act: str) -> JobView:
        return self._become("resume", job, JobState.RUNNING)

    def cancel(self, job: str, *, act: str) -> JobView:
        return self._become("cancel", job, JobState.CANCELLING)


def path(text: str) -> FieldPath:
    return FieldPath.parse(text)


def _nobody(*_asked: object) -> Never:
    raise AssertionError("no CRM is asked here")
