"""Workspaces over which every screen can be seen in every state: the demo, lived in, in trouble, and new.

Everything in them came about as it does at work: simulated CRMs were connected, mapped, pulled, edited and
written to; then one lost its sign-in, one changed its schema, one answered nobody, one was switched off.
Knows no CRM. The window stands over these files as over any others (`gui.studio`).
"""

import contextlib
import os
import shutil
import subprocess
from collections import abc
from dataclasses import replace
from pathlib import Path
from typing import Final

from writeback.errors import ApprovalNeededError
from writeback.model.attributes import Attribute
from writeback.model.changes import Origin
from writeback.model.permissions import Level
from writeback.model.types import AttributeType
from writeback.runtime.demonstrating import AUTHOR, live_in, running_simulators
from writeback.runtime.demonstrating_references import leave_drafts
from writeback.runtime.facade import Edit, PlanSource
from writeback.runtime.facade.people import RoleWish
from writeback.runtime.posed import CALM, TROUBLED, Posed
from writeback.runtime.posing_campaigns import import_into_gone, leave_campaign
from writeback.runtime.posing_files import leave_files
from writeback.runtime.posing_plays import leave_plays, set_gone
from writeback.runtime.posing_work import ask_for_gone, leave_schedules, leave_tasks
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES, Crew, Stage, Tell, edited_field
from writeback.runtime.trusted_files import trust_folder
from writeback.settings import Settings, own_program

ROWS: Final = 120
COLLEAGUE: Final = "ben"
SEGMENTS: Final = (("To be called", f"{NOTES} is not blank"), ("Without notes", f"{NOTES} is blank"))
GONE: Final = Attribute("account", "old_score", "Old score", AttributeType.INTEGER)
"""An attribute that a segment speaks of, and somebody deletes."""


@contextlib.contextmanager
def posed(folder: Path, *, settings: Settings, tell: Tell, rows: int = ROWS) -> abc.Iterator[Posed]:
    """Build the workspaces with running simulators, which stop at the end.

    Raises:
        ConfigurationError: A simulator did not start.
    """
    made = Posed(folder)
    own = replace(settings, data_dir=folder / "data", config_dir=folder / "config")
    with running_simulators(folder, rows=rows) as simulators:
        with Runtime.open(made.path(CALM), settings=own, create=True, author=AUTHOR) as runtime:
            crew = Crew(runtime, folder, tell)
            stages = [crew.set_up(simulator, simulator.connector, shares=True) for simulator in simulators]
            for stage in stages:
                crew.add_people(stage)
            live_in(crew, stages, rows=rows)
            leave_files(runtime, stages[0], folder)  # before a schedule holds sends back at night
            _leave_work(runtime, stages)
            for stage in stages:
                runtime.pull_people(stage.connection.name, act=runtime.new_id())
        trust_folder(own, folder)  # what is copied here is the demo's own
        tell("something goes wrong with each CRM")
        shutil.copyfile(made.path(CALM), made.path(TROUBLED))
        with Runtime.open(made.path(TROUBLED), settings=own, author=AUTHOR) as runtime:
            _Troubles(runtime, Crew(runtime, folder, tell), stages).come()
        with Runtime.open(made.path(CALM), settings=own, author=AUTHOR) as runtime:
            _settle_people(runtime)
            _make_role(runtime)
        yield made


def _leave_work(runtime: Runtime, stages: abc.Sequence[Stage]) -> None:
    """Leave drafts of every kind of edit, and people with their levels."""
    for stage in stages:
        leave_drafts(runtime, stage.integration)
    page = runtime.told.records("account", limit=40)
    edits = tuple(Edit(one.id, NOTES, "Asked for a reference visit") for one in page.records[20:26])
    runtime.save_edits(edits, origin=Origin.SEGMENT, author=AUTHOR, act=runtime.new_id())
    for name, text in SEGMENTS:
        runtime.save_segment(name, text, author=AUTHOR, act=runtime.new_id())
    leave_tasks(runtime, page.records, now=runtime.workspace.now())
    leave_plays(runtime, page.records[26:], segment=SEGMENTS[1][0])
    leave_schedules(runtime, [stage.integration.id for stage in stages])
    leave_campaign(runtime, stages[0].integration, page.records[26:36])
    team = ((AUTHOR, Level.GLOBAL_ADMIN), (COLLEAGUE, Level.OPERATOR), ("chloe", Level.EDITOR))
    for name, level in team:
        runtime.set_permission(name, level, act=runtime.new_id())


def _settle_people(runtime: Runtime) -> None:
    """Say who is meant wherever a CRM has several of a name."""
    for person in runtime.people().people:
        for match in person.matches:
            if match.candidates:
                user = match.candidates[0].id
                runtime.match_person(
                    person.id, match.connection, user=user, author=AUTHOR, act=runtime.new_id()
                )


def _make_role(runtime: Runtime) -> None:
    """Let the accounts' owners be a role: who looks after each."""
    owner = next(one for one in runtime.told.attributes("account") if one.kind is AttributeType.USER_REF)
    runtime.add_role(RoleWish(owner.title, attribute=owner.name), act=runtime.new_id())


class _Troubles:
    """What goes wrong, each by the means by which it goes wrong at work."""

    def __init__(self, runtime: Runtime, crew: Crew, stages: abc.Sequence[Stage]) -> None:
        self._runtime = runtime
        self._crew = crew
        self._stages = stages

    def come(self) -> None:
        """Let all of it happen."""
        self._change_schema(self._stages[0])
        self._drop_field(self._stages[1])
        self._end_sign_in(self._stages[-2])
        self._switch_off(self._stages[-1])
        self._ask_for_a_word()
        self._forget_attribute()

    def _forget_attribute(self) -> None:
        """Somebody deletes an attribute that a segment and a form speak of."""
        runtime = self._runtime
        runtime.add_attribute(GONE, act=runtime.new_id())
        runtime.save_segment("Good once", f"{GONE.name} >= 80", author=AUTHOR, act=runtime.new_id())
        ask_for_gone(runtime, GONE)
        import_into_gone(runtime, GONE)
        set_gone(runtime, GONE)
        runtime.delete_attribute(GONE.entity, GONE.name, act=runtime.new_id())

    def _change_schema(self, stage: Stage) -> None:
        """The CRM's administrator locks a field that is mapped and written."""
        info = edited_field(self._runtime, stage.integration)
        stage.simulator.arm(
            {"kind": "drift", "change": "locked", "object": stage.integration.object, "field": info.name}
        )
        self._runtime.describe(stage.connection.name, stage.integration.object, refresh=True)

    def _drop_field(self, stage: Stage) -> None:
        """The CRM's administrator removes a field that is mapped."""
        own = stage.integration
        gone = next(str(one.path) for one in reversed(own.mappings) if one.write_back and not one.path.hops)
        stage.simulator.arm({"kind": "drift", "change": "gone", "object": own.object, "field": gone})
        self._runtime.describe(stage.connection.name, own.object, refresh=True)

    def _end_sign_in(self, stage: Stage) -> None:
        """A token is not accepted any more; the job that met it stops."""
        token = self._crew.folder / f"{stage.name.replace(' ', '-')}.token"
        held = token.read_bytes()
        token.write_text("not-accepted-any-more", "utf-8")
        try:
            self._edit_and_send(stage, "Written before the token ended")
        finally:
            token.write_bytes(held)

    def _switch_off(self, stage: Stage) -> None:
        """The CRM answers nobody; what is for it waits."""
        stage.simulator.stop()
        try:
            self._edit_and_send(stage, "Waits for its CRM")
        finally:
            stage.simulator.start_again()
            self._crew.write_token(stage.name, stage.simulator)

    def _edit_and_send(self, stage: Stage, text: str) -> None:
        record = self._runtime.told.find_record(stage.shared[0]).id
        (answer,) = self._runtime.save_edits(
            (Edit(record, NOTES, text),),
            origin=Origin.PROFILE,
            author=AUTHOR,
            act=self._runtime.new_id(),
            send=True,
        )
        self._runtime.run_until_final(answer.job_ids)

    def _ask_for_a_word(self) -> None:
        """Somebody who may not send alone asks for a plan to go."""
        runtime = self._runtime
        runtime.set_guard_limits("", (("approval", 2),), act=runtime.new_id())
        page = runtime.told.records("account", limit=60)
        records = tuple(one.id for one in page.records[40:44])
        edits = tuple(Edit(one, NOTES, "Wants a call") for one in records)
        runtime.save_edits(edits, origin=Origin.SEGMENT, author=COLLEAGUE, act=runtime.new_id())
        source = PlanSource(kind="drafts", author=COLLEAGUE, records=records)
        plan = runtime.propose(source, act=runtime.new_id())
        orgs = (stage.connection.org for stage in self._stages)
        names = "; ".join(org.name for org in orgs if org is not None)
        with contextlib.suppress(ApprovalNeededError):
            runtime.submit(plan.id, confirm_org=names, act=runtime.new_id())


def run_studio(made: Posed, arguments: abc.Sequence[str]) -> int:
    """Start the posed window over the workspaces and wait for it; gives its exit code."""
    command = [*own_program(), "studio", str(made.folder), *arguments]
    return subprocess.call(command, env=studio_environment(made))  # noqa: S603  our own program


def studio_environment(made: Posed) -> dict[str, str]:
    """Let the posed window work as the demo's person, with settings and folders of its own."""
    return {
        **os.environ,
        "LOGNAME": AUTHOR,
        "QT_QPA_PLATFORM": "offscreen",
        "WRITEBACK_DATA_DIR": str(made.folder / "data"),
        "WRITEBACK_CONFIG_DIR": str(made.folder / "config"),
    }
