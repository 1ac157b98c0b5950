"""Each bundled CRM with one object and a field of every sort: undo is shown against all four."""

import csv
import itertools
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from writeback.model.changes import Origin
from writeback.model.integrations import BlankRule
from writeback.model.jobs import Route
from writeback.model.types import Value
from writeback.runtime.facade import ConnectionWish, JobView, PlanSource, PlanView
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import Running
from writeback.settings import load

ROWS = 60


@dataclass(frozen=True)
class Form:
    """What a CRM calls an account and its fields; two values for each, as a file writes them."""

    object: str
    key: str
    values: abc.Mapping[str, tuple[str, str]]
    reference: str
    """The path by which a person names a user, over a reference that may be empty."""
    pointing: str
    """The field that holds the id of that user."""
    users: tuple[str, str, str]
    """The users' object, their key, and the field they are named by."""


_DATES = ("2027-01-31", "2027-03-01")
_MOMENTS = ("2027-01-31T08:00:00Z", "2027-03-01T23:30:00Z")
FORMS = {
    "dynamics": Form(
        "account",
        "accountid",
        {
            "description": ("first", "second"),
            "wb_tier": ("100000000", "100000001"),
            "wb_segments": ("1;2", "2;3;4"),
            "creditonhold": ("true", "false"),
            "wb_renewaldate": _DATES,
            "wb_lastreview": _MOMENTS,
            "wb_health": ("1.5", "2.25"),
        },
        "wb_SuccessManager.internalemailaddress",
        "wb_successmanager",
        ("systemuser", "systemuserid", "internalemailaddress"),
    ),
    "hubspot": Form(
        "companies",
        "hs_object_id",
        {
            "description": ("first", "second"),
            "tier": ("gold", "silver"),
            "segments": ("retail;wholesale", "public;r_and_d"),
            "is_key_account": ("true", "false"),
            "contract_end": _DATES,
            "last_audit_at": _MOMENTS,
            "credit_score": ("1.5", "2.25"),
        },
        "owner.email",
        "hubspot_owner_id",
        ("owners", "id", "email"),
    ),
    "salesforce": Form(
        "Account",
        "Id",
        {
            "Description": ("first", "second"),
            "Tier__c": ("Gold", "Silver"),
            "Segments__c": ("Retail;Wholesale", "Public sector;Food & Drink"),
            "Active__c": ("true", "false"),
            "Renewal_Date__c": _DATES,
            "Last_Review__c": _MOMENTS,
            "Health__c": ("1.5", "2.25"),
        },
        "Success_Manager__r.Email",
        "Success_Manager__c",
        ("User", "Id", "Email"),
    ),
    "zoho": Form(
        "Accounts",
        "id",
        {
            "Description": ("first", "second"),
            "Tier": ("Gold", "Silver"),
            "Segments": ("Retail;Wholesale", "Public sector;Food & Drink"),
            "Active": ("true", "false"),
            "Renewal_Date": _DATES,
            "Last_Review": _MOMENTS,
            "Health": ("1.5", "2.25"),
        },
        "Success_Manager.email",
        "Success_Manager",
        ("users", "id", "email"),
    ),
}


@dataclass
class Crm:
    """A workspace with one simulated CRM; nothing is mapped: jobs come from files."""

    name: str
    running: Running
    runtime: Runtime
    folder: Path
    used: abc.Iterator[str] = field(default_factory=lambda: iter(()))

    @property
    def form(self) -> Form:
        return FORMS[self.name]

    @property
    def uploads(self) -> bool:
        return self.runtime.manifest(self.name).routes.bulk is not None

    def act(self) -> str:
        return self.runtime.new_id()

    def push(
        self, rows: abc.Sequence[abc.Mapping[str, str]], *, route: Route | None, clears: bool = False
    ) -> JobView:
        """Write rows of a file, all with the same columns."""
        path = self.folder / "rows.csv"
        with path.open("w", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        plan = self.runtime.propose(
            PlanSource(
                kind="file",
                origin=Origin.FILE,
                path=str(path),
                connection="C",
                object=self.form.object,
                key=self.form.key,
                route=route,
                blank_rule=BlankRule.CLEAR if clears else BlankRule.KEEP,
            ),
            act=self.act(),
        )
        return self.send(plan)

    def undo(self, job: JobView, **part: object) -> tuple[PlanView, tuple[JobView, ...]]:
        """Take a job back, or a part of it."""
        source = PlanSource(kind="undo", origin=Origin.UNDO, author="ana", job_id=job.id, **part)  # type: ignore[arg-type]
        plan = self.runtime.propose(source, act=self.act())
        jobs = self.runtime.submit(plan.id, act=self.act())
        self.runtime.run_until_final(jobs)
        return plan, tuple(self.runtime.told.job(one) for one in jobs)

    def send(self, plan: PlanView) -> JobView:
        (job,) = self.runtime.submit(plan.id, act=self.act())
        self.runtime.run_until_final([job])
        return self.runtime.told.job(job)

    def held(self, key: str, fields: abc.Iterable[str]) -> dict[str, Value]:
        """Give what the CRM holds."""
        names = tuple(fields)
        session = self.runtime.sessions.open(self.runtime.told.connections()[0].id)
        page = session.fetch(self.form.object, by=self.form.key, keys=[key], paths=names)
        return dict(zip(page.columns, page.rows[0][2], strict=True))

    def applied(self) -> list[dict[str, object]]:
        """Give what the simulator applied of ours so far: the oracle."""
        return [one for one in self.running.crm.applied.entries() if one["route"] != "foreign"]

    def users(self) -> tuple[tuple[str, str], ...]:
        """Give (id, name in a file) of some users who may be pointed at."""
        target, _, named = self.form.users
        session = self.runtime.sessions.open(self.runtime.told.connections()[0].id)
        found = [row for page in session.read(ReadQuery(target, (named,), limit=20)) for row in page.rows]
        return tuple((str(row[0]), str(row[2][0])) for row in found if row[2][0])


@pytest.fixture(scope="module", params=sorted(FORMS))
def running(request: pytest.FixtureRequest) -> abc.Iterator[tuple[str, Running]]:
    with start_simulator(SimulatorWish(request.param, rows=ROWS)) as made:
        yield request.param, made


@pytest.fixture(scope="module")
def counter(running: tuple[str, Running]) -> abc.Iterator[int]:
    assert running
    return itertools.count()


@pytest.fixture
def crm(running: tuple[str, Running], counter: abc.Iterator[int], tmp_path: Path) -> abc.Iterator[Crm]:
    name, simulator = running
    token = tmp_path / "token"
    token.write_text(simulator.token)
    token.chmod(0o600)
    with Runtime.open(tmp_path / "w" / "w.writeback", settings=load({}), create=True) as runtime:
        made = runtime.connect(
            ConnectionWish("C", name, endpoint=simulator.url, token_file=str(token)), act="a1"
        )
        session, form = runtime.sessions.open(made.id), FORMS[name]
        read = session.read(ReadQuery(form.object, (form.key,), limit=ROWS))
        keys = sorted({str(row[0]) for page in read for row in page.rows})
        yield Crm(name, simulator, runtime, tmp_path, (keys[place] for place in counter))
