"""The same accounts in the simulators of all four CRMs, and a workspace that knows them: for roles."""

import contextlib
from collections import abc
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, ReferenceMode
from writeback.model.jobs import Route
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade import ConnectionWish, Edit, EditAnswer, IntegrationWish, JobView, PlanSource
from writeback.runtime.facade.people import RoleView, RoleWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import Running
from writeback.settings import load
from writeback.store import integrations, records
from writeback.store.records import Link

ROLE = "Success Manager"
ATTRIBUTE = "success_manager"


@dataclass(frozen=True)
class Crm:
    """What a test has to know of one CRM's accounts and owners."""

    name: str
    object: str
    title: str
    owner: str
    """The reference's own column."""
    email: str
    """The path that reads the owner's e-mail."""
    user: str
    """The object of people."""


CRMS = (
    Crm("salesforce", "Account", "Name", "OwnerId", "Owner.Email", "User"),
    Crm("hubspot", "companies", "name", "hubspot_owner_id", "owner.email", "owners"),
    Crm("dynamics", "account", "name", "ownerid", "ownerid.internalemailaddress", "systemuser"),
    Crm("zoho", "Accounts", "Account_Name", "Owner", "Owner.email", "users"),
)
SHARED = tuple(f"Shared {number}" for number in range(1, 9))


@dataclass
class Staffed:
    """Four connections with the same accounts; connection, integration and connector go by one name."""

    runtime: Runtime
    running: dict[str, Running]
    integrations: dict[str, str] = field(default_factory=dict)

    def act(self) -> str:
        return self.runtime.new_id()

    def accounts(self) -> dict[str, RecordId]:
        """Our records by name: the shared ones."""
        page = self.runtime.told.records("account", limit=500).records
        return {one.title: one.id for one in page if one.title in SHARED}

    def add_role(self, *, write_back: bool = True, crms: abc.Iterable[Crm] = CRMS) -> RoleView:
        """The role, mapped to the owner in these CRMs, and pulled."""
        role = self.runtime.add_role(RoleWish(ROLE), act=self.act())
        for crm in crms:
            role = self.runtime.map_role(
                ROLE,
                self.integrations[crm.name],
                crm.email,
                write_back=write_back,
                reference_mode=ReferenceMode.REPOINT,
                act=self.act(),
            )
        return role

    def pull(self) -> None:
        for integration in self.integrations.values():
            self.runtime.pull(integration, act=self.act())

    def pull_people(self) -> None:
        for crm in CRMS:
            self.runtime.pull_people(crm.name, act=self.act())

    def users(self, crm: str, *, at: int = 3) -> tuple[str, str]:
        """Id and e-mail of some ordinary active user of a CRM: alone with e-mail and name there."""
        view = self.runtime.people()
        found = [
            match.user
            for person in view.people
            for match in person.matches
            if match.connection == crm and match.state == "matched" and match.user and match.user.email
        ]
        user = sorted(found, key=lambda one: one.id)[at]
        return user.id, user.email

    def make_person(self, *, at: int = 3, crms: abc.Iterable[Crm] = CRMS) -> tuple[str, dict[str, str]]:
        """One team member who is a user of each CRM, as a person would match them by hand."""
        chosen = {crm.name: self.users(crm.name, at=at)[0] for crm in CRMS}
        person = self.users("salesforce", at=at)[1].lower()
        for crm in crms:
            if crm.name != "salesforce":
                self.runtime.match_person(
                    person, crm.name, user=chosen[crm.name], author="ana", act=self.act()
                )
        return person, chosen

    def edit(self, text: str | None, *, record: RecordId, send: bool = True) -> EditAnswer:
        (answer,) = self.runtime.save_edits(
            (Edit(record, ATTRIBUTE, text),), origin=Origin.PROFILE, author="ana", act=self.act(), send=send
        )
        return answer

    def run(self, answer: EditAnswer) -> dict[str, JobView]:
        self.runtime.run_until_final(answer.job_ids)
        views = [self.runtime.told.job(job) for job in answer.job_ids]
        return {view.connection: view for view in views}

    def send_drafts(self, *, route: Route | None = None) -> dict[str, JobView]:
        source = PlanSource("drafts", Origin.SEGMENT, author="ana", route=route)
        plan = self.runtime.propose(source, act=self.act())
        jobs = self.runtime.submit(plan.id, confirm_org="", act=self.act())
        self.runtime.run_until_final(jobs)
        return {view.connection: view for view in map(self.runtime.told.job, jobs)}

    def undo(self, jobs: abc.Iterable[JobId]) -> None:
        """Undo jobs, one after the other."""
        for job in jobs:
            source = PlanSource("undo", Origin.UNDO, author="ana", job_id=job)
            plan = self.runtime.propose(source, act=self.act())
            self.runtime.run_until_final(self.runtime.submit(plan.id, confirm_org="", act=self.act()))

    def links(self, record: RecordId) -> tuple[Link, ...]:
        """The CRM records behind one of ours, with what was last read of them."""
        with self.runtime.workspace.reading() as db:
            feeding = integrations.every(db, entity="account")
            return records.links_of(db, feeding, (record,))[record]

    def applied(self, crm: str) -> list[dict[str, object]]:
        """What one CRM's simulator wrote for us."""
        entries = self.running[crm].crm.applied.entries()
        return [entry for entry in entries if entry["route"] != "foreign"]


@contextlib.contextmanager
def staffed(folder: Path, *, rows: int = 12) -> abc.Iterator[Staffed]:
    """Four CRMs, connected, with their accounts matched by name and pulled; users were not read yet."""
    with contextlib.ExitStack() as stack:
        running = {
            crm.name: stack.enter_context(
                start_simulator(SimulatorWish(crm.name, rows=rows, options={"automation": "off"}))
            )
            for crm in CRMS
        }
        runtime = stack.enter_context(Runtime.open(folder / "four.writeback", settings=load({}), create=True))
        made = Staffed(runtime, running)
        for crm in CRMS:
            token = folder / f"{crm.name}.token"
            token.write_text(running[crm.name].token)
            token.chmod(0o600)
            connection = runtime.connect(
                ConnectionWish(crm.name, crm.name, endpoint=running[crm.name].url, token_file=str(token)),
                act=made.act(),
            )
            query = ReadQuery(object=crm.object, paths=(crm.title,))
            pages = runtime.sessions.open(connection.id).read(query)
            keys = islice((row[0] for page in pages for row in page.rows), len(SHARED))
            for key, name in zip(tuple(keys), SHARED, strict=True):
                running[crm.name].crm.edit(crm.object, key, {crm.title: name})
            integration = runtime.add_integration(
                IntegrationWish(crm.name, crm.object, "account", match="name"), act=made.act()
            )
            made.integrations[crm.name] = integration.id
            mapping = FieldMapping(FieldPath.parse(crm.title), "name")
            runtime.map_fields(integration.id, (mapping,), act=made.act())
        made.pull()
        yield made
