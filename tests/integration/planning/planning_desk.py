"""A workspace, a connection to the CRM in memory, and what plans need of both."""

import csv
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path

from writeback.engine.gathering_drafts import gather_drafts
from writeback.engine.gathering_files import FileWish, gather_file
from writeback.engine.proposing import Proposed, propose
from writeback.engine.pulling import pull
from writeback.engine.reaching import Reach
from writeback.engine.reading_files import CsvFile
from writeback.engine.terms import Terms
from writeback.model.attributes import Attribute, Option
from writeback.model.changes import Origin
from writeback.model.connections import Connection, Environment, Org
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType, ConnectionId, IntegrationId
from writeback.sdk.connector import Access
from writeback.sdk.manifest import Routes
from writeback.store import connections, integrations, model, plans, submitting
from writeback.store.plan_rows import PlanRow, rows_of
from writeback.store.workspace import Workspace
from writeback_minimal.crm import Crm, seeded
from writeback_minimal.session import MinimalSession

ROUTES = Routes.model_validate(
    {
        "single": {"most_rows": 1, "assurance": ["B", "C"]},
        "batch": {"most_rows": 50, "assurance": ["B", "C"]},
    }
)
ATTRIBUTES = (
    Attribute("account", "name", "Name", AttributeType.TEXT),
    Attribute(
        "account",
        "industry",
        "Industry",
        AttributeType.LIST,
        tuple(Option(each, each) for each in ("Energy", "Mining", "Retail")),
    ),
    Attribute("account", "active", "Active", AttributeType.BOOLEAN),
    Attribute("account", "employees", "Employees", AttributeType.INTEGER),
    Attribute("account", "revenue", "Revenue", AttributeType.CURRENCY),
    Attribute("account", "csm", "CSM", AttributeType.EMAIL),
    Attribute("account", "note", "Note", AttributeType.TEXT),
)
MAPPED = {
    "Name": "name",
    "Industry": "industry",
    "Active": "active",
    "Employees": "employees",
    "Revenue": "revenue",
    "Owner.Email": "csm",
}


@dataclass
class Desk:
    """Everything a planning test works with."""

    workspace: Workspace
    folder: Path
    crm: Crm = field(default_factory=seeded)
    connection: Connection = field(init=False)
    integration: Integration = field(init=False)
    session: MinimalSession = field(init=False)

    def __post_init__(self) -> None:
        access = Access(
            origin="http://127.0.0.1:1",
            http=None,  # type: ignore[arg-type]  the CRM in memory sends nothing
            token=lambda: self.crm.token,
            refresh=lambda _stale: self.crm.token,
            options={},
            now=self.workspace.now,
        )
        self.session = MinimalSession(access, self.crm)
        wanted = Connection(
            ConnectionId(""),
            "acme",
            "minimal",
            "http://127.0.0.1:1",
            "token_file",
            is_simulator=True,
            org=Org("minimal-org", "Minimal org", "ada@example.com", Environment.TEST),
        )
        with self.workspace.writing() as db:
            self.connection = connections.add(db, wanted, at=self.workspace.now())
            for attribute in ATTRIBUTES:
                model.add_attribute(db, attribute)
            made = integrations.add(
                db,
                Integration(IntegrationId(""), self.connection.id, "Account", "account", "Id"),
                at=self.workspace.now(),
            )
        self.integration = made
        self.map_fields(write_back=True)
        pull(self.integration.id, self.session, self.workspace)

    def map_fields(self, *, write_back: bool) -> None:
        mappings = [
            FieldMapping(FieldPath.parse(path), attribute, write_back=write_back)
            for path, attribute in MAPPED.items()
        ]
        with self.workspace.writing() as db:
            self.integration = integrations.map_fields(db, self.integration.id, mappings)

    def reach(self, connection_id: str) -> Reach:
        with self.workspace.reading() as db:
            connection = connections.get(db, connection_id)
        return Reach(connection, self.session, ROUTES, self.session.describe)

    def file(self, header: str, *rows: str, name: str = "in.csv") -> Path:
        path = self.folder / name
        path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return path

    def table(self, header: abc.Sequence[str], rows: abc.Iterable[abc.Sequence[str]]) -> Path:
        path = self.folder / "table.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
        return path

    def propose_file(
        self, path: Path, *, key: str = "Id", terms: Terms | None = None, **wish: object
    ) -> Proposed:
        streams = gather_file(
            CsvFile(path),
            FileWish("Account", key, **wish),  # type: ignore[arg-type]  keywords of the dataclass
            self.reach(self.connection.id),
            integrations=(self.integration,),
        )
        return propose(streams, terms or Terms(Origin.FILE), workspace=self.workspace, reach_of=self.reach)

    def propose_drafts(self, **options: object) -> Proposed:
        streams = gather_drafts(self.workspace, self.reach, **options)  # type: ignore[arg-type]  its own keywords
        return propose(streams, Terms(Origin.PROFILE), workspace=self.workspace, reach_of=self.reach)

    def rows(self, plan: Proposed) -> list[PlanRow]:
        with self.workspace.reading() as db:
            jobs = plans.jobs_of(db, plan.id)
        return [row for job in jobs for row in rows_of(self.workspace, job.id, job.columns)]

    def submit(self, plan_id: str) -> abc.Sequence[str]:
        with self.workspace.writing() as db:
            return submitting.submit(db, plan_id, at=self.workspace.now(), batch_most={})
