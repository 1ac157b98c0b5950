"""Make a workspace large: copies of the records that are there, for benchmarks of the window alone.

Must not: be called on anybody's workspace; a copy stands in no CRM.
"""

from writeback.store import model as store_model
from writeback.store import sqlite, wide
from writeback.store.workspace import Db


def multiply(db: Db, entity: str, *, rows: int) -> int:
    """Copy an entity's records until there are so many; gives how many were made."""
    table = wide.records(entity, store_model.attributes(db, entity)).name
    names = [name for name in sqlite.columns_of(db, table) if name not in ("rid", "title")]
    rest = ", ".join(sqlite.quoted(name) for name in names)
    own = sqlite.quoted(table)
    have = int(sqlite.run(db, f"select count(*) from {own}").fetchone()[0])  # noqa: S608  quoted
    if not have or rows <= have:
        return 0
    sqlite.run(
        db,
        "with recursive numbers(n) as (select ? union all select n + 1 from numbers where n + 1 < ?), "  # noqa: S608  quoted
        f"one as (select row_number() over (order by rid) - 1 as place, * from {own}) "
        f"insert into {own} (rid, title, {rest}) "
        f"select printf('copy%08d', n), title || ' ' || n, {rest} from numbers join one on place = n % ?",
        (have, rows, have),
    )
    return rows - have
