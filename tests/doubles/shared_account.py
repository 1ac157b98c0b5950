"""All four simulated CRMs with one account in common, and a workspace that links it."""

import json
from collections import abc
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from writeback.model.attributes import Attribute, Option
from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType, RecordId
from writeback.runtime.facade import ConnectionWish, Edit, EditAnswer, IntegrationWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.runtime.views import TargetState
from writeback.sdk.connector import ReadQuery
from writeback.sdk.simulator import Running
from writeback.settings import load

SHARED: Final = "Shared Account Ltd"
OBJECTS: Final = {"salesforce": "Account", "hubspot": "companies", "dynamics": "account", "zoho": "Accounts"}
NAMES: Final = {"salesforce": "Name", "hubspot": "name", "dynamics": "name", "zoho": "Account_Name"}


def options(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, value) for value in values)


@dataclass
class FourCrms:
    """The four, connected by their connectors' names."""

    runtime: Runtime
    running: dict[str, Running]
    keys: dict[str, str] = field(default_factory=dict)
    integrations: dict[str, Integration] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    @classmethod
    def start(cls, folder: Path, stack: ExitStack, *, rows: int = 6) -> "FourCrms":
        runtime = stack.enter_context(
            Runtime.open(folder / "w" / "four.writeback", settings=load({}), create=True)
        )
        made = cls(runtime, {})
        for name, object_name in OBJECTS.items():
            running = stack.enter_context(start_simulator(SimulatorWish(name, rows=rows)))
            made.running[name] = running
            token = folder / f"{name}.token"
            token.write_text(running.token)
            token.chmod(0o600)
            runtime.connect(
                ConnectionWish(name, name, endpoint=running.url, token_file=str(token)), act=f"c {name}"
            )
            integration = runtime.add_integration(
                IntegrationWish(name, object_name, match="name"), act=f"i {name}"
            )
            made.integrations[name] = integration
            session = runtime.sessions.open(integration.connection_id)
            page = next(iter(session.read(ReadQuery(object_name, (NAMES[name],), limit=1))))
            made.keys[name] = page.rows[0][0]
            running.crm.edit(object_name, made.keys[name], {NAMES[name]: SHARED})
        return made

    def add(self, name: str, kind: AttributeType, *values: str) -> None:
        self.runtime.add_attribute(
            Attribute("account", name, name.title(), kind, options(*values)), act=self.runtime.new_id()
        )

    def map(self, connector: str, mapping: FieldMapping) -> Integration:
        known = FieldMapping(FieldPath.parse(NAMES[connector]), "name")
        integration = self.integrations[connector].id
        return self.runtime.map_fields(integration, (known, mapping), act=self.runtime.new_id())

    def pull(self, *connectors: str) -> None:
        for name in connectors or OBJECTS:
            self.runtime.pull(self.integrations[name].id, act=self.runtime.new_id())

    def held(self, connector: str, path: str) -> object:
        """Give what a CRM holds now, by its own connector."""
        integration = self.integrations[connector]
        session = self.runtime.sessions.open(integration.connection_id)
        page = session.fetch(
            integration.object,
            by=session.describe(integration.object).key_field,
            keys=(self.keys[connector],),
            paths=(path,),
        )
        return page.rows[0][2][0]

    def change(self, connector: str, fields: abc.Mapping[str, object]) -> None:
        """Change the account in a CRM as somebody else would."""
        self.running[connector].crm.edit(OBJECTS[connector], self.keys[connector], fields)

    @property
    def account(self) -> RecordId:
        page = self.runtime.told.records("account", limit=1_000)
        return next(one.id for one in page.records if one.values.get("name") == SHARED)

    def value(self, attribute: str) -> object:
        page = self.runtime.told.records("account", limit=1_000)
        return next(one.values.get(attribute) for one in page.records if one.id == self.account)

    def edit(self, attribute: str, text: str | None, *, send: bool = True) -> EditAnswer:
        (answer,) = self.runtime.save_edits(
            (Edit(self.account, attribute, text),),
            origin=Origin.PROFILE,
            author="ana",
            act=self.runtime.new_id(),
            send=send,
        )
        if answer.job_ids:
            self.runtime.run_until_final(answer.job_ids)
        return answer

    def targets(self, attribute: str) -> dict[str, TargetState]:
        view = self.runtime.told.record(self.account)
        return {target.connection: target for target in view.targets_of(attribute)}

    def written(self, connector: str) -> list[dict[str, Any]]:
        """Give what the CRM accepted from us of the account since this was last asked."""
        log = self.running[connector].crm.applied
        entries = log.entries(after=self.seen.get(connector, 0))
        found = [one for one in entries if one["route"] != "foreign" and one["id"] == self.keys[connector]]
        self.seen[connector] = len(log)
        return [json.loads(json.dumps(one["fields"])) for one in found]
