"""Workspaces for tests: a clock that only moves when told, ids that count, a mapped integration."""

import itertools
from collections import abc
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from writeback.model.attributes import Attribute
from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.types import AttributeType, ConnectionId, IntegrationId
from writeback.store import connections, integrations, model
from writeback.store.workspace import Workspace

START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Ids:
    numbers: abc.Iterator[int] = field(default_factory=itertools.count)

    def __call__(self) -> str:
        return f"id{next(self.numbers)}"


def create(folder: Path, clock: FakeClock | None = None) -> Workspace:
    return Workspace.create(folder / "ws" / "w.writeback", now=clock or FakeClock(), new_id=Ids())


def reopen(workspace: Workspace, *, read_only: bool = False) -> Workspace:
    return Workspace.open(workspace.path, now=workspace.now, new_id=workspace.new_id, read_only=read_only)


def connect(workspace: Workspace, name: str = "Acme") -> Connection:
    wished = Connection(ConnectionId(""), name, "salesforce", "http://127.0.0.1:1", "token_file")
    with workspace.writing() as db:
        return connections.add(db, wished, at=workspace.now())


def integrate(workspace: Workspace, fields: abc.Mapping[str, tuple[str, AttributeType]]) -> Integration:
    """Make an integration of Account with `fields`: path → (attribute, kind)."""
    connection = connect(workspace)
    with workspace.writing() as db:
        for attribute, kind in fields.values():
            model.add_attribute(db, Attribute("account", attribute, attribute.title(), kind))
        made = integrations.add(
            db, Integration(IntegrationId(""), connection.id, "Account", "account", "Id"), at=workspace.now()
        )
        mappings = [
            FieldMapping(FieldPath.parse(path), attribute, write_back=not path.count("."))
            for path, (attribute, _) in fields.items()
        ]
        return integrations.map_fields(db, made.id, mappings)
