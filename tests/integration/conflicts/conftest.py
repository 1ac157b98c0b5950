"""Each bundled CRM with one mapped object: the tests of conflicts run against all four."""

import itertools
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade import ConnectionWish, Edit, IntegrationWish, JobView, PlanSource, PlanView
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Running
from writeback.settings import load

ROWS = 40


@dataclass(frozen=True)
class Form:
    """What a CRM calls an account and two of its plain fields."""

    object: str
    key: str
    name: str
    text: str
    other: str


FORMS = {
    "dynamics": Form("account", "accountid", "name", "description", "address1_city"),
    "hubspot": Form("companies", "hs_object_id", "name", "description", "city"),
    "salesforce": Form("Account", "Id", "Name", "Description", "BillingCity"),
    "zoho": Form("Accounts", "id", "Account_Name", "Description", "Billing_City"),
}


@dataclass
class Crm:
    """A workspace with one simulated CRM, pulled; `notes` and `city` are written back."""

    name: str
    running: Running
    runtime: Runtime
    folder: Path
    integration: str = ""
    used: abc.Iterator[int] = field(default_factory=itertools.count)

    @property
    def form(self) -> Form:
        return FORMS[self.name]

    def act(self) -> str:
        return self.runtime.new_id()

    def record(self) -> tuple[RecordId, str]:
        """Give a record that no test used yet: ours, and the CRM's key."""
        page = self.runtime.told.records("account", limit=ROWS, integration=self.integration)
        one = page.records[next(self.used)]
        return one.id, page.keys[one.id]

    def map(self, rule: ConflictRule) -> None:
        """Let `notes` follow a rule."""
        mapping = FieldMapping(FieldPath.parse(self.form.text), "notes", write_back=True, conflict_rule=rule)
        self.runtime.map_fields(self.integration, (mapping,), act=self.act())

    def pull(self) -> None:
        self.runtime.pull(self.integration, act=self.act())

    def change(self, key: str, text: str, *, field_name: str = "") -> None:
        """Let somebody else write in the CRM."""
        self.running.crm.edit(self.form.object, key, {field_name or self.form.text: text})

    def held(self, key: str, name: str = "") -> object:
        """Give what the CRM holds."""
        connection = self.runtime.told.connections()[0]
        session = self.runtime.sessions.open(connection.id)
        page = session.fetch(self.form.object, by=self.form.key, keys=[key], paths=[name or self.form.text])
        return page.rows[0][2][0]

    def draft(self, record: RecordId, text: str, attribute: str = "notes") -> None:
        wish = Edit(record, attribute, text)
        self.runtime.save_edits((wish,), origin=Origin.PROFILE, author="ana", act=self.act())

    def plan(self, *records: RecordId) -> PlanView:
        source = PlanSource(kind="drafts", records=records, author="ana")
        return self.runtime.propose(source, act=self.act())

    def plan_file(self, *lines: str, **more: object) -> PlanView:
        path = self.folder / "rows.csv"
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        source = PlanSource(
            kind="file",
            path=str(path),
            connection="C",
            object=self.form.object,
            key=self.form.key,
            **more,  # type: ignore[arg-type]  as the test says
        )
        return self.runtime.propose(source, act=self.act())

    def send(self, plan: PlanView) -> JobView:
        """Submit a plan of one job and run it to its end."""
        jobs = self.submit(plan)
        self.runtime.run_until_final(jobs)
        return self.runtime.told.job(jobs[0])

    def submit(self, plan: PlanView) -> tuple[JobId, ...]:
        return self.runtime.submit(plan.id, act=self.act())


@pytest.fixture(scope="module", params=sorted(FORMS))
def running(request: pytest.FixtureRequest) -> abc.Iterator[tuple[str, Running]]:
    with start_simulator(SimulatorWish(request.param, rows=ROWS)) as made:
        yield request.param, made


@pytest.fixture(scope="module")
def used(running: tuple[str, Running]) -> abc.Iterator[int]:
    del running  # one count for each simulator
    return itertools.count()


@pytest.fixture
def crm(running: tuple[str, Running], used: abc.Iterator[int], tmp_path: Path) -> abc.Iterator[Crm]:
    name, simulator = running
    token = tmp_path / "token"
    token.write_text(simulator.token)
    token.chmod(0o600)
    with Runtime.open(tmp_path / "w" / "w.writeback", settings=load({}), create=True) as runtime:
        runtime.connect(ConnectionWish("C", name, endpoint=simulator.url, token_file=str(token)), act="a1")
        made = Crm(name, simulator, runtime, tmp_path, used=used)
        form = made.form
        made.integration = runtime.add_integration(IntegrationWish("C", form.object), act="a2").id
        mappings = (
            FieldMapping(FieldPath.parse(form.name), "name"),
            FieldMapping(FieldPath.parse(form.text), "notes", write_back=True),
            FieldMapping(FieldPath.parse(form.other), "city", write_back=True),
        )
        runtime.map_fields(made.integration, mappings, act="a3")
        made.pull()
        yield made
