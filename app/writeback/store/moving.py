"""Let a mapping follow its field: to another path, or to values of another type.

Must not: ask whether the CRM has the field; check write-back.
"""

from sqlalchemy import update
from sqlalchemy.engine import Connection

from writeback.errors import MappingError
from writeback.model.types import AttributeType
from writeback.store import integrations, model, schema, sqlite, wide


def move_path(db: Connection, integration_id: str, old: str, new: str) -> None:
    """Read a mapped attribute under another path from now on; what was read of it moves along.

    Raises:
        MappingError: The old path is not mapped, or the new one is.
    """
    table = schema.field_mappings
    integration = integrations.get(db, integration_id)
    mapped = {str(one.path): one for one in integration.mappings}
    if old not in mapped:
        raise MappingError("mapping.unknown", path=old[:200], integration=integration.id)
    if new.casefold() in {path.casefold() for path in mapped if path != old}:
        other = next(one for path, one in mapped.items() if path.casefold() == new.casefold())
        raise MappingError(
            "mapping.same_column",
            first=str(other.path),
            second=old,
            first_attribute=other.attribute,
            second_attribute=mapped[old].attribute,
        )
    kind = model.kinds(db, integration.entity)[mapped[old].attribute]
    wide.add_path(db, integration.id, new, kind)
    names = [sqlite.quoted(wide.path_column(path)) for path in (new, old)]
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    sqlite.run(db, f"update {snapshot} set {names[0]} = {names[1]}")  # noqa: S608  quoted
    db.execute(
        update(table).where(table.c.integration_id == integration.id, table.c.path == old).values(path=new)
    )
    integrations.forget_watermark(db, integration.id)


def move_tie(db: Connection, integration_id: str, old: str, new: str) -> None:
    """Find the account or the person that a record belongs to under another path from now on."""
    table = schema.integrations
    integration = integrations.get(db, integration_id)
    wide.add_path(db, integration.id, new, AttributeType.TEXT)
    wide.index_path(db, integration.id, new)
    names = [sqlite.quoted(wide.path_column(path)) for path in (new, old)]
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    sqlite.run(db, f"update {snapshot} set {names[0]} = {names[1]}")  # noqa: S608  quoted
    moved = {
        name: new
        for name, path in (("link_path", integration.link), ("person_path", integration.person))
        if path == old
    }
    db.execute(update(table).where(table.c.id == integration.id).values(**moved))
    integrations.forget_watermark(db, integration.id)


def forget_column(db: Connection, integration_id: str, path: str) -> None:
    """Drop what was read under a path that is no longer mapped: its next values are of another type."""
    table = wide.snapshot_table(integration_id)
    column = wide.path_column(path)
    if column in sqlite.columns_of(db, table):
        sqlite.run(db, f"alter table {sqlite.quoted(table)} drop column {sqlite.quoted(column)}")
