"""Make a workspace large: copies of the records that are there, for benchmarks alone.

Must not: be called on anybody's workspace; a copy stands in no CRM.
"""

from writeback.model.integrations import Integration
from writeback.store import model as store_model
from writeback.store import sqlite, wide
from writeback.store.workspace import Db


def multiply(db: Db, entity: str, *, rows: int) -> int:
    """Copy an entity's records until there are so many; gives how many were made."""
    table = wide.records(entity, store_model.attributes(db, entity)).name
    made = "printf('copy%08d', n)"
    return _copy(db, table, {"rid": made, "title": "title || ' ' || n"}, order="rid", rows=rows)


def multiply_linked(db: Db, integration: Integration, *, rows: int) -> int:
    """Copy an integration's records until there are so many, each as if its CRM held it too.

    Returns:
        How many were made.
    """
    made = "printf('copy%08d', n)"
    snapshot = wide.snapshot_table(integration.id)
    _copy(db, snapshot, {"rid": made, "key": made}, order="rid", rows=rows)
    return multiply(db, integration.entity, rows=rows)


def tell_apart(db: Db, integration: Integration, attribute: str) -> None:
    """Give an attribute another text in every record, here and as the CRM's own."""
    path = str({one.attribute: one for one in integration.mappings}[attribute].path)
    for table, column in (
        (wide.record_table(integration.entity), attribute),
        (wide.snapshot_table(integration.id), wide.path_column(path)),
    ):
        sqlite.run(db, f"update {sqlite.quoted(table)} set {sqlite.quoted(column)} = 'was ' || rid")  # noqa: S608  quoted


def _copy(db: Db, table: str, made: dict[str, str], *, order: str, rows: int) -> int:
    """Copy a table's rows until there are so many; `made` gives some columns of a copy, by its number `n`."""
    rest = ", ".join(sqlite.quoted(name) for name in sqlite.columns_of(db, table) if name not in made)
    own = sqlite.quoted(table)
    have = int(sqlite.run(db, f"select count(*) from {own}").fetchone()[0])  # noqa: S608  quoted
    if not have or rows <= have:
        return 0
    sqlite.run(
        db,
        "with recursive numbers(n) as (select ? union all select n + 1 from numbers where n + 1 < ?), "  # noqa: S608  quoted
        f"one as (select row_number() over (order by {order}) - 1 as place, * from {own}) "
        f"insert into {own} ({', '.join(made)}, {rest}) "
        f"select {', '.join(made.values())}, {rest} from numbers join one on place = n % ?",
        (have, rows, have),
    )
    return rows - have
