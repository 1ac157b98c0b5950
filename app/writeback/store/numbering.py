"""Short ids that people can type: c1 and c2 for connections, i1 and i2 for integrations.

Must not: give a number again that a row still has.
"""

from sqlalchemy import Column, Integer, cast, func, select
from sqlalchemy.engine import Connection


def next_id(db: Connection, column: Column[str], letter: str) -> str:
    """Give the next free id of a table, inside the write transaction that will use it."""
    numbers = cast(func.substr(column, len(letter) + 1), Integer)
    newest = db.execute(select(func.max(numbers)).where(column.startswith(letter))).scalar()
    return f"{letter}{int(newest or 0) + 1}"
