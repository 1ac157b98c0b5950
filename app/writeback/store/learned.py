"""What earlier requests and jobs of a connection took, for the forecast of the next one.

Must not: forecast; `planning.forecasting` does.
"""

from typing import Final

from sqlalchemy.engine import Connection

from writeback.model.jobs import Route
from writeback.planning.forecasting import Learned
from writeback.store import sqlite

_EXCHANGES: Final = 200
_JOBS: Final = 5
_ROWS_LEAST: Final = 20
"""A job of fewer rows says nothing about the pace of many."""


def of_connection(db: Connection, connection_id: str, route: Route) -> Learned:
    """Give how long a call took on average, and how many rows a second the last jobs of a route did."""
    call = sqlite.run(
        db,
        "select avg(seconds) from (select seconds from exchanges where connection_id = ? "
        "order by id desc limit ?)",
        (connection_id, _EXCHANGES),
    ).fetchone()[0]
    rows, seconds = sqlite.run(
        db,
        "select sum(writes), sum((julianday(finished_at) - julianday(started_at)) * 86400.0) from "
        "(select writes, started_at, finished_at from jobs where connection_id = ? and route = ? "
        "and state = 'done' and writes >= ? and started_at is not null and finished_at > started_at "
        "order by number desc limit ?)",
        (connection_id, route.value, _ROWS_LEAST, _JOBS),
    ).fetchone()
    pace = rows / seconds if rows and seconds else None
    return Learned(seconds_a_call=call, rows_a_second=pace)
