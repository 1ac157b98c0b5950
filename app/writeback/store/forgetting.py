"""Let go of what values were: of all records after a while, of one record when somebody asks for it.

The audit trail keeps its entries and its chain: it holds digests and counts, never a value. A job keeps its
rows and outcomes, so that its totals add up; only what the rows wrote is gone, and with it their undo.

Must not: touch a draft, a confirmed value, or a job that is not over.
"""

from collections import abc
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from writeback.errors import ConfigurationError
from writeback.model.canonical import Json
from writeback.model.integrations import Integration
from writeback.model.types import RecordId
from writeback.store import audit, exchanges, moments, play_runs, record_notes, records, settings, sqlite

KEEP_DAYS: Final = "history.keep_days"
DEFAULT_DAYS: Final = 730
SLICE: Final = 5_000
_OVER: Final = ("done", "cancelled")


class Erased(NamedTuple):
    """What was let go of one record."""

    notes: int
    rows: int
    """Rows of jobs whose values are gone."""


def keep_days(db: Connection) -> int:
    """Give for how many days the history is kept; 0 keeps it for good."""
    return int(str(settings.get(db, KEEP_DAYS, DEFAULT_DAYS)))


def set_keep_days(db: Connection, days: int, *, author: str, at: datetime) -> None:
    """Set for how many days the history is kept.

    Raises:
        ConfigurationError: `history.bad_days`.
    """
    if not 0 <= days <= 36_500:
        raise ConfigurationError("history.bad_days", days=days)
    settings.put(db, KEEP_DAYS, days)
    audit.append(db, at=at, act="history.retention", body={"days": days, "author": author})


def first_kept(db: Connection, *, now: datetime) -> str:
    """Give the moment before which nothing of the history is told any more; '' where it is kept for good."""
    days = keep_days(db)
    return moments.to_text(now - timedelta(days=days)) if days else ""


def prune(db: Connection, *, now: datetime) -> int:
    """Drop a slice of the notes that are older than the history is kept; gives how many."""
    before = first_kept(db, now=now)
    return sqlite.run(
        db,
        "delete from value_changes where at < ? "
        "and seq in (select seq from value_changes order by seq limit ?)",
        (before, SLICE),
    ).rowcount


def erase(
    db: Connection, rid: str, *, integrations: abc.Iterable[Integration], author: str, at: datetime
) -> Erased:
    """Erase what the values of one record were: what was noted of them, and what jobs wrote to it.

    What people wrote down beside the record goes as well, and the requests and answers that name it.

    Args:
        db: The write transaction.
        rid: Our record.
        integrations: Those that feed its entity.
        author: Who asks for it.
        at: When.

    Raises:
        ConfigurationError: `history.under_way`: a job that is about the record is not over.
    """
    notes = sqlite.run(db, "delete from value_changes where rid = ?", (rid,)).rowcount
    play_runs.forget_record(db, rid)
    notes += record_notes.forget(db, rid)
    rows = 0
    for integration in integrations:
        key = records.keys_of(db, integration.id, (rid,)).get(RecordId(rid))
        if key is not None:
            rows += _erase_rows(db, integration, key)
            exchanges.drop_about(db, integration.connection_id, key)
    body: dict[str, Json] = {"record": audit.digest(db, rid), "notes": notes, "rows": rows, "author": author}
    audit.append(db, at=at, act="history.erased", body=body)
    return Erased(notes, rows)


_NO_KEY: Final = (
    "update writes set record_id = ? where job_id = ? and seq = ? "
    "and exists (select 1 from jobs j where j.id = writes.job_id and j.creates_by <> '')"
)
"""Of a row that made the record: its unique key's value, an address mostly, gives way to the CRM's id."""


def _erase_rows(db: Connection, integration: Integration, key: str) -> int:
    found = sqlite.run(
        db,
        "select j.id, j.state, json_array_length(j.columns), w.seq from jobs j "
        "join writes w indexed by writes_by_record on w.job_id = j.id and w.record_id = ? "
        "where j.number is not null and j.connection_id = ? and j.object = ? and j.creates_by = '' "
        "union all select j.id, j.state, json_array_length(j.columns), m.seq from made m "
        "join jobs j on j.id = m.job_id where m.record_id = ? and j.number is not null "
        "and j.connection_id = ? and j.object = ?",
        (key, integration.connection_id, integration.object) * 2,
    ).fetchall()
    if any(state not in _OVER for _, state, *_ in found):
        raise ConfigurationError("history.under_way", record=key)
    for job, _, width, seq in found:
        untouched = f"[{','.join(['{}'] * width)}]"
        place = (job, seq)
        sqlite.run(
            db,
            "update writes set old = ?, new = ?, shown = null where job_id = ? and seq = ?",
            (untouched, untouched, *place),
        )
        sqlite.run(db, _NO_KEY, (key, *place))
        sqlite.run(db, "update outcomes set theirs = null, message = '' where job_id = ? and seq = ?", place)
        sqlite.run(db, "update sources set new = ? where job_id = ? and seq = ?", (untouched, *place))
        sqlite.run(db, "delete from verified_fields where job_id = ? and seq = ?", place)
    kept = sqlite.run(
        db,
        "update findings set old = '[]', theirs = '[]', new = '[]', facts = '{}', shown = null "
        "where record_id = ? and job_id in (select id from jobs where connection_id = ? and object = ? "
        "and number is not null)",
        (key, integration.connection_id, integration.object),
    ).rowcount
    return len(found) + kept
