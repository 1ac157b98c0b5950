"""Search the texts of very many records with two hands: each reads half of the table, SQLite beside SQLite.

Only the search is shared out; order, ordinals and every other condition stay with `store.windows`, which is
handed the ids that were found. Few are found as a rule; where there are many, it searches by itself.

Must not: hold a transaction, or judge a record twice.
"""

from collections import abc
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from sqlalchemy import ColumnElement, Engine, Table, func, select

from writeback.model.attributes import Attribute
from writeback.store.windows import any_text

WORTH: Final = 100_000
"""From so many records on a second hand is worth its start."""
FOUND_MOST: Final = 50_000
"""In one half; beyond, the ids would cost more than they save."""
SHORTEST: Final = 3
"""Shorter words are in nearly everything."""


def holding(
    engine: Engine, table: Table, attributes: abc.Sequence[Attribute], words: str, *, middle: str
) -> ColumnElement[bool] | None:
    """Search for words and give the condition that a record is among those found.

    Returns:
        None where the words are too short, or too many records match: then nothing is gained.
    """
    if len(words) < SHORTEST:
        return None
    found = find(engine, table, any_text(table, attributes, words), middle=middle)
    if found is None:
        return None
    named = func.json_each(found).table_valued("value", name="found")
    return table.c.rid.in_(select(named.c.value))


def find(engine: Engine, table: Table, condition: ColumnElement[bool], *, middle: str) -> str | None:
    """Give the ids of the records that are there and match, as a JSON list; None where there are too many.

    Args:
        engine: Reads; each half takes a connection of its own for the time of its scan.
        table: The entity's records.
        condition: What they match.
        middle: An id with about as many before as behind it.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="half") as other:
        upper = other.submit(_half, engine, table, condition, table.c.rid >= middle)
        lower = _half(engine, table, condition, table.c.rid < middle)
        found = [one for one in (lower, upper.result()) if one != "[]"]
    if None in found:
        return None
    return f"[{','.join(one[1:-1] for one in found if one is not None)}]"


def _half(
    engine: Engine, table: Table, condition: ColumnElement[bool], half: ColumnElement[bool]
) -> str | None:
    matching = select(table.c.rid).where(table.c.gone == 0, half, condition).limit(FOUND_MOST + 1).subquery()
    every = select(func.json_group_array(matching.c.rid), func.count()).select_from(matching)
    with engine.connect() as db, db.begin() as transaction:
        row = db.execute(every).one()
        transaction.rollback()
    return str(row[0]) if int(row[1]) <= FOUND_MOST else None
