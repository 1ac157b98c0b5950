"""Each bundled CRM in the same hands: its simulator, a workspace with its accounts, one way to write them.

What the CRM holds afterwards is asked of the simulator by plain HTTP, past the connector, and what it took is
read from its applied-log: two oracles that share no code with what is tested.
"""

import csv
import itertools
from collections import abc
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from writeback.model.attributes import Attribute, Option
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import BlankRule, ConflictRule, FieldMapping, Integration
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, JobId, RecordId, Value
from writeback.runtime.facade import ConnectionWish, Edit, EditAnswer, IntegrationWish, PlanSource, PlanView
from writeback.runtime.job_views import JobRow
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.sdk.simulator import Fault, Running
from writeback.settings import load

Fields = abc.Mapping[AttributeType, str]


@dataclass(frozen=True, slots=True)
class CrmFacts:
    """What tests know of one CRM: a writable, unrestricted-by-rule field of each type, and its routes."""

    connector: str
    object: str
    key: str
    routes: tuple[Route, ...]
    fields: Fields
    formula: tuple[str, AttributeType]
    """A calculated field, and its type."""
    drives: str
    """The field that the formula hangs on."""
    drives_values: tuple[str, str]
    rewritten: tuple[str, str, str]
    """A field that automation rewrites: its name, what is written, what it makes of it."""
    required: str
    """A field that the CRM never lets be empty; "" where there is none."""
    reference: str
    """A reference that may be empty."""
    url: str
    """Where one record is read: `{id}` and `{fields}` are filled in."""

    @property
    def has_bulk(self) -> bool:
        """Whether it takes uploads."""
        return Route.BULK in self.routes


_T = AttributeType
SINGLE_AND_BATCH = (Route.SINGLE, Route.BATCH)
ALL_ROUTES = (*SINGLE_AND_BATCH, Route.BULK)
FILLED: Fields = {
    _T.TEXT: "was here",
    _T.LONG_TEXT: "line one\nline two",
    _T.BOOLEAN: "true",
    _T.INTEGER: "42",
    _T.NUMBER: "12.5",
    _T.CURRENCY: "99.5",
    _T.DATE: "2026-02-28",
    _T.DATETIME: "2026-02-28T10:00:00Z",
    _T.EMAIL: "ana@acme.test",
    _T.URL: "https://acme.test/",
}
"""A text of each type whose options no CRM restricts."""
CRMS: abc.Mapping[str, CrmFacts] = {
    "salesforce": CrmFacts(
        "salesforce",
        "Account",
        "Id",
        ALL_ROUTES,
        {
            _T.TEXT: "Site",
            _T.LONG_TEXT: "Description",
            _T.BOOLEAN: "Active__c",
            _T.INTEGER: "NumberOfEmployees",
            _T.NUMBER: "Health__c",
            _T.CURRENCY: "Contract_Value__c",
            _T.DATE: "Renewal_Date__c",
            _T.DATETIME: "Last_Review__c",
            _T.LIST: "Tier__c",
            _T.MULTI_LIST: "Segments__c",
            _T.URL: "Website",
        },
        ("Score_Text__c", _T.TEXT),
        "Seats__c",
        ("11", "12"),
        ("Website", "ACME.example/Shop", "https://acme.example/shop"),
        "Name",
        "Success_Manager__c",
        "/services/data/v67.0/sobjects/Account/{id}?fields={fields}",
    ),
    "hubspot": CrmFacts(
        "hubspot",
        "companies",
        "hs_object_id",
        SINGLE_AND_BATCH,
        {
            _T.TEXT: "phone",
            _T.LONG_TEXT: "description",
            _T.BOOLEAN: "is_key_account",
            _T.NUMBER: "credit_score",
            _T.DATE: "contract_end",
            _T.DATETIME: "last_audit_at",
            _T.LIST: "tier",
            _T.MULTI_LIST: "segments",
        },
        ("revenue_per_employee", _T.NUMBER),
        "annualrevenue",
        ("1000", "4000"),
        ("domain", "https://WWW.Acme.example/shop", "acme.example"),
        "",
        "hubspot_owner_id",
        "/crm/objects/2026-03/companies/{id}?properties={fields}",
    ),
    "dynamics": CrmFacts(
        "dynamics",
        "account",
        "accountid",
        SINGLE_AND_BATCH,
        {
            _T.TEXT: "address1_line1",
            _T.LONG_TEXT: "description",
            _T.BOOLEAN: "creditonhold",
            _T.INTEGER: "numberofemployees",
            _T.NUMBER: "wb_health",
            _T.CURRENCY: "revenue",
            _T.DATE: "wb_renewaldate",
            _T.DATETIME: "wb_lastreview",
            _T.LIST: "wb_tier",
            _T.MULTI_LIST: "wb_segments",
            _T.EMAIL: "emailaddress1",
            _T.URL: "websiteurl",
        },
        ("wb_tiertext", _T.TEXT),
        "wb_tier",
        ("100000000", "100000001"),
        ("websiteurl", "ACME.example/Shop", "https://acme.example/Shop"),
        "name",
        "primarycontactid",
        "/api/data/v9.2/accounts({id})?$select={fields}",
    ),
    "zoho": CrmFacts(
        "zoho",
        "Accounts",
        "id",
        ALL_ROUTES,
        {
            _T.TEXT: "Account_Site",
            _T.LONG_TEXT: "Description",
            _T.BOOLEAN: "Active",
            _T.INTEGER: "Employees",
            _T.NUMBER: "Usage_Index",
            _T.CURRENCY: "Contract_Value",
            _T.DATE: "Renewal_Date",
            _T.DATETIME: "Last_Review",
            _T.LIST: "Tier",
            _T.MULTI_LIST: "Segments",
            _T.URL: "Website",
        },
        ("Value_per_Seat", _T.NUMBER),
        "Contract_Value",
        ("1000", "4000"),
        ("Website", "ACME.example/Shop", "https://acme.example/shop"),
        "Account_Name",
        "Success_Manager",
        "/crm/v8/Accounts/{id}?fields={fields}",
    ),
}
CELLS = tuple((name, route) for name, crm in CRMS.items() for route in crm.routes)
"""Every CRM with every route it declares."""


@dataclass
class CrmRoom:
    """One CRM, connected, mapped and pulled."""

    facts: CrmFacts
    folder: Path
    runtime: Runtime
    running: Running
    integration: Integration
    _unused: abc.Iterator[RecordId]
    _files: abc.Iterator[int] = field(default_factory=itertools.count)

    def record(self) -> RecordId:
        """Give a record that no other test touched."""
        return next(self._unused)

    def filled(self, kind: AttributeType) -> str:
        """Give a text that the field of a type takes."""
        if kind in FILLED:
            return FILLED[kind]
        info = self.runtime.describe("C", self.facts.object).field(self.facts.fields[kind])
        assert info is not None
        values = [option.value for option in info.options]
        return ";".join(values[:2]) if kind is AttributeType.MULTI_LIST else values[0]

    def key(self, rid: RecordId) -> str:
        return rid.partition(":")[2]

    def attribute(self, path: str) -> str:
        return path.casefold()

    def plan_file(
        self,
        columns: abc.Sequence[str],
        rows: abc.Mapping[RecordId, abc.Sequence[str]],
        route: Route,
        *,
        blank: BlankRule = BlankRule.KEEP,
        rule: ConflictRule = ConflictRule.ASK,
    ) -> PlanView:
        """Plan a file of some columns, a row a record."""
        path = self.folder / f"rows{next(self._files)}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([self.facts.key, *columns])
            writer.writerows([self.key(rid), *cells] for rid, cells in rows.items())
        source = PlanSource(
            "file",
            origin=Origin.FILE,
            author="ana",
            path=str(path),
            connection="C",
            object=self.facts.object,
            key=self.facts.key,
            route=route,
            blank_rule=blank,
            conflict_rule=rule,
        )
        return self.runtime.propose(source, act=self.runtime.new_id())

    def save(self, edits: abc.Mapping[tuple[RecordId, str], str | None]) -> tuple[EditAnswer, ...]:
        """Type edits, by record and CRM field; None clears. They stay drafts."""
        wished = tuple(Edit(rid, self.attribute(path), text) for (rid, path), text in edits.items())
        return self.runtime.save_edits(
            wished, origin=Origin.PROFILE, author="ana", act=self.runtime.new_id(), send=False
        )

    def plan_drafts(self, records: abc.Iterable[RecordId], route: Route | None) -> PlanView:
        source = PlanSource(
            "drafts", origin=Origin.PROFILE, author="ana", records=tuple(records), route=route
        )
        return self.runtime.propose(source, act=self.runtime.new_id())

    def send(self, plan: PlanView) -> tuple[JobId, ...]:
        """Submit a plan and run its jobs to their end."""
        jobs = self.runtime.submit(plan.id, act=self.runtime.new_id())
        self.runtime.run_until_final(jobs)
        return jobs

    def rows(self, jobs: abc.Iterable[JobId]) -> list[JobRow]:
        return [row for job in jobs for row in self.runtime.told.job_rows(job)]

    def held(self, rid: RecordId, *names: str) -> dict[str, Any]:
        """Ask the CRM what it holds, past the connector."""
        facts = self.facts
        asked = ",".join(names)
        where = facts.url.format(id=self.key(rid), fields=asked)
        word = "Zoho-oauthtoken" if facts.connector == "zoho" else "Bearer"
        headers = {"Authorization": f"{word} {self.running.token}"}
        answer = requests.get(self.running.url + where, headers=headers, timeout=30)
        assert answer.status_code == 200, (answer.status_code, answer.text[:300])
        body = answer.json()
        if facts.connector == "hubspot":
            body = body["properties"]
        if facts.connector == "zoho":
            body = body["data"][0]
        return {name: body.get(name) for name in names}

    def ours(self, rid: RecordId | None = None, *, after: int = 0) -> list[dict[str, Any]]:
        """Give what the CRM took from us, of one record or all."""
        return [
            one
            for one in self.running.crm.applied.entries(after=after)
            if one["route"] != "foreign" and (rid is None or one["id"] == self.key(rid))
        ]

    def shown(self, rid: RecordId) -> dict[str, Value]:
        """Give a record's values as the workspace shows them, by CRM field."""
        view = self.runtime.told.record(rid)
        by_name = {
            one.attribute.name: value for one, value in zip(view.attributes, view.row.values, strict=True)
        }
        return {
            str(mapping.path): by_name[mapping.attribute]
            for mapping in self.integration.mappings
            if mapping.attribute in by_name
        }

    def mark(self, rid: RecordId, path: str) -> Any:
        return dict(self.runtime.told.record(rid).row.marks).get(self.attribute(path))

    def edit(self, rid: RecordId, **fields: object) -> None:
        """Change a record as somebody else does."""
        self.running.crm.edit(self.facts.object, self.key(rid), fields)

    def arm(self, kind: str, **facts: object) -> None:
        self.running.crm.faults.arm(Fault.read({"kind": kind, **facts}))


@contextmanager
def crm_room(
    folder: Path,
    connector: str,
    *,
    rows: int = 60,
    options: abc.Mapping[str, str] | None = None,
    more: abc.Iterable[str] = (),
) -> abc.Iterator[CrmRoom]:
    """Start a CRM's simulator and give it connected, with a field of each type mapped and pulled.

    Args:
        folder: Where the workspace and files lie.
        connector: Which CRM.
        rows: How many accounts it has.
        options: Switches of the simulator.
        more: Further field paths to map.
    """
    facts = CRMS[connector]
    folder.mkdir(parents=True, exist_ok=True)
    token = folder / "token"
    with start_simulator(SimulatorWish(connector, rows=rows, options=dict(options or {}))) as running:
        token.write_text(running.token)
        token.chmod(0o600)
        with Runtime.open(folder / "w" / "w.writeback", settings=load({}), create=True) as runtime:
            wish = ConnectionWish("C", connector, endpoint=running.url, token_file=str(token))
            runtime.connect(wish, act=runtime.new_id())
            integration = _mapped(runtime, facts, more)
            runtime.pull(integration.id, act=runtime.new_id())
            records = runtime.told.records("account", limit=rows).records
            yield CrmRoom(facts, folder, runtime, running, integration, iter([one.id for one in records]))


def _mapped(runtime: Runtime, facts: CrmFacts, more: abc.Iterable[str]) -> Integration:
    made = runtime.add_integration(IntegrationWish("C", facts.object, "account"), act=runtime.new_id())
    description = runtime.describe("C", facts.object)
    extra = (facts.formula[0], facts.drives, facts.rewritten[0], facts.required, *more)
    names = dict.fromkeys(name for name in (*facts.fields.values(), *extra) if name)
    known = {one.name for one in runtime.told.attributes("account")}
    mappings = []
    for name in names:
        info = description.field(name)
        assert info is not None, name
        assert info.kind is not None, name
        attribute = name.casefold()
        if attribute not in known:
            options = tuple(Option(one.value, one.label) for one in info.options)
            runtime.add_attribute(
                Attribute("account", attribute, info.label, info.kind, options=options), act=runtime.new_id()
            )
        mappings.append(FieldMapping(FieldPath.parse(name), attribute, write_back=info.is_updateable))
    return runtime.map_fields(made.id, tuple(mappings), act=runtime.new_id())


@contextmanager
def crm_rooms(folder: Path, **options: abc.Mapping[str, str]) -> abc.Iterator[abc.Callable[[str], CrmRoom]]:
    """Give rooms by connector, each made when it is first asked for; `options`: switches by connector."""
    made: dict[str, CrmRoom] = {}
    with ExitStack() as stack:

        def room(name: str) -> CrmRoom:
            if name not in made:
                at = folder / name
                made[name] = stack.enter_context(crm_room(at, name, rows=200, options=options.get(name)))
            return made[name]

        yield room
