"""What CRMs told about their objects, kept so that screens and plans need not ask again.

Must not: decide how old is too old; callers compare `fetched_at`.
"""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from writeback.model.attributes import Option
from writeback.model.dependencies import Dependency
from writeback.model.types import AttributeType
from writeback.sdk.values import FieldInfo, ObjectDescription, ReferenceInfo
from writeback.store import moments, schema, sqlite

_LONG_AGO: Final = "1970-01-01T00:00:00.000000Z"


def put(db: Connection, connection_id: str, description: ObjectDescription, *, at: datetime) -> None:
    """Keep one object's description in place of the older one."""
    values = {
        "connection_id": connection_id,
        "object": description.name,
        "fetched_at": moments.to_text(at),
        "body": to_text(description),
    }
    sqlite.upsert(db, schema.descriptions, values)
    missing = schema.missing_objects
    db.execute(
        delete(missing).where(missing.c.connection_id == connection_id, missing.c.object == description.name)
    )


def get(db: Connection, connection_id: str, object_name: str) -> tuple[ObjectDescription, datetime] | None:
    """Give a kept description and when it was fetched."""
    table = schema.descriptions
    wanted = select(table).where(table.c.connection_id == connection_id, table.c.object == object_name)
    row = db.execute(wanted).first()
    return None if row is None else (from_text(row.body), moments.from_text(row.fetched_at))


def expire(db: Connection, connection_id: str, object_name: str) -> None:
    """Call a kept description too old for anybody who asks how old it is; it stays for comparison."""
    table = schema.descriptions
    db.execute(
        update(table)
        .where(table.c.connection_id == connection_id, table.c.object == object_name)
        .values(fetched_at=_LONG_AGO)
    )


def put_missing(db: Connection, connection_id: str, object_name: str, *, at: datetime) -> None:
    """Keep that the CRM no longer shows an object; its last description stays for comparison."""
    values = {"connection_id": connection_id, "object": object_name, "seen_at": moments.to_text(at)}
    sqlite.upsert(db, schema.missing_objects, values)


def is_missing(db: Connection, connection_id: str, object_name: str) -> bool:
    """Say whether the CRM did not show an object when it was last asked."""
    missing = schema.missing_objects
    wanted = select(missing.c.object).where(
        missing.c.connection_id == connection_id, missing.c.object == object_name
    )
    return db.execute(wanted).first() is not None


def to_text(description: ObjectDescription) -> str:
    """Give a description as the text it is kept as."""
    return json.dumps(asdict(description), ensure_ascii=False)


def from_text(text: str) -> ObjectDescription:
    """Read what `to_text` gave, also by an older version of this program."""
    return _description(json.loads(text))


def forget(db: Connection, connection_id: str) -> None:
    """Drop all that is kept of a connection: another org, another user, other rights."""
    db.execute(delete(schema.descriptions).where(schema.descriptions.c.connection_id == connection_id))


def _description(body: dict[str, Any]) -> ObjectDescription:
    return ObjectDescription(**{**body, "fields": tuple(_field(info) for info in body["fields"])})


def _field(body: dict[str, Any]) -> FieldInfo:
    reference, dependency = body.get("reference"), body.get("dependency")
    known = {
        "kind": None if body["kind"] is None else AttributeType(body["kind"]),
        "options": tuple(Option(**option) for option in body.get("options", ())),
        "reference": reference and ReferenceInfo(**{**reference, "targets": tuple(reference["targets"])}),
        "dependency": dependency and _dependency(dependency),
    }
    return FieldInfo(**{**body, **known})


def _dependency(body: dict[str, Any]) -> Dependency:
    allowed = tuple((value, tuple(options)) for value, options in body["allowed"])
    return Dependency(body["controller"], allowed)
