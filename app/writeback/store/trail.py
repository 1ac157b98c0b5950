"""The audit trail as people look for things in it: by act, person, connection, job, record and time.

Filters scan a narrow directory beside the trail (`audit_facts`), which `store.audit` fills: an entry that
names a job only is found by the job's person and connection. The directory is no part of the chain;
what is shown of an entry is the chain's own text.

Must not: write; recompute the chain (`store.audit` does).
"""

from array import array
from collections import abc
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.engine import Connection

from writeback.store import audit, job_lists, made, sqlite, wide

RawRow = Any
"""A row by place: see `_COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; '' asks nothing."""

    act: str = ""
    """An act (`job.submitted`), or an area of acts (`job`)."""
    person: str = ""
    connection_id: str = ""
    job_id: str = ""
    record: str = ""
    """A CRM's id, or ours."""
    since: str = ""
    until: str = ""
    """Moments as the store writes them; `until` itself is left out."""

    @property
    def asks_nothing(self) -> bool:
        """Say whether every entry is meant."""
        return self == Sought()


_COLUMNS: Final = (
    "a.seq, a.at, a.act, a.body, a.hash, a.previous, t.person, t.job_id, j.number, j.object, j.assurance, "
    "coalesce(nullif(j.org_id, ''), json_extract(c.org, '$.id')) as org, "
    "c.name as connection, t.connection_id, cs.origin "
)
_PAGE: Final = (
    f"select {_COLUMNS} from audit a left join audit_facts t on t.seq = a.seq "  # noqa: S608  built of our own words
    "left join jobs j on j.id = t.job_id and j.number is not null "
    "left join connections c on c.id = t.connection_id "
    "left join change_sets cs on cs.id = j.change_set_id "
)
_MATCHES: Final = (
    ("act", "act = ?"),
    ("person", "person = ?"),
    ("connection_id", "connection_id = ?"),
    ("job_id", "job_id = ?"),
    ("since", "at >= ?"),
    ("until", "at < ?"),
)


def numbers(db: Connection, sought: Sought) -> "array[int]":
    """Give the numbers of all entries that are meant, the newest first.

    A scan of a narrow table: any filter over a million entries takes a few hundred milliseconds.
    """
    asked = [(text, str(getattr(sought, name))) for name, text in _MATCHES if getattr(sought, name)]
    if sought.act and "." not in sought.act:
        asked[0] = ("act glob ?", f"{sought.act}.*")
    where = " and ".join(text for text, _ in asked) or "true"
    query = f"select group_concat(seq) from (select seq from audit_facts where {where} order by seq desc)"  # noqa: S608  built of our own words
    text = sqlite.run(db, query, [value for _, value in asked]).fetchone()[0]
    found = array("q", map(int, text.split(","))) if text else array("q")
    if not sought.record:
        return found
    about = _about_record(db, sought.record)
    return array("q", (seq for seq in found if seq in about))


def count(db: Connection) -> int:
    """Give how many entries there are: they are numbered without a gap, which `verify` checks."""
    return int(sqlite.run(db, "select coalesce(max(seq), 0) from audit").fetchone()[0])


def page(db: Connection, seqs: abc.Sequence[int]) -> list[RawRow]:
    """Give entries with what is known of their job, in the order of `seqs`."""
    if not seqs:
        return []
    cursor = sqlite.run(db, f"{_PAGE} where a.seq in ({sqlite.marks(seqs)})", seqs)
    names = [column[0] for column in cursor.description]
    rows = {int(row[0]): dict(zip(names, row, strict=True)) for row in cursor}
    return [rows[seq] for seq in seqs if seq in rows]


def every(db: Connection) -> abc.Iterator[RawRow]:
    """Give all entries, the oldest first, without holding them."""
    cursor = sqlite.run(db, f"{_PAGE} order by a.seq")
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def persons(db: Connection) -> tuple[str, ...]:
    """Name who stands in the trail."""
    rows = sqlite.run(db, "select distinct person from audit_facts")
    return tuple(sorted(str(name) for (name,) in rows if name))


def acts(db: Connection) -> tuple[str, ...]:
    """Name the acts that stand in the trail."""
    return tuple(sorted(str(act) for (act,) in sqlite.run(db, "select distinct act from audit_facts")))


def counts(db: Connection) -> dict[str, int]:
    """Say how often each act stands in the trail."""
    rows = sqlite.run(db, "select act, count(*) from audit_facts group by act order by act")
    return {str(act): int(number) for act, number in rows}


def rows_of_batch(db: Connection, job_id: str, batch: int) -> "array[int]":
    """Give the numbers of a batch's rows."""
    rows = sqlite.run(
        db,
        "select w.seq from batches b join writes w on w.job_id = b.job_id "
        "and w.seq between b.first_seq and b.last_seq where b.job_id = ? and b.no = ? order by w.seq",
        (job_id, batch),
    )
    return array("q", (int(seq) for (seq,) in rows))


def erased_rows(db: Connection, job_id: str, seqs: abc.Iterable[int]) -> dict[int, str]:
    """Say when the values of these rows of a job were erased; those of others are not named."""
    moments = {
        str(digest): str(at)
        for digest, at in sqlite.run(
            db,
            f"select {_fact('record')}, max(at) from audit a where act = 'history.erased' group by 1",  # noqa: S608  built of our own words
        )
        if digest
    }
    wanted = tuple(seqs)
    rows = sqlite.run(
        db,
        f"select w.seq, {made.RECORD}, w.rid from writes w "  # noqa: S608  built of our own words
        f"where w.job_id = ? and w.seq in ({sqlite.marks(wanted)})",
        (job_id, *wanted),
    ).fetchall()
    ours = job_lists.records_written(db, job_id, [str(key) for _, key, rid in rows if not rid])
    digests = {int(seq): audit.known_digest(db, str(rid or ours.get(key, ""))) for seq, key, rid in rows}
    return {seq: moments[digest] for seq, digest in digests.items() if digest in moments}


def _about_record(db: Connection, record: str) -> set[int]:
    """Give the entries about one record: its jobs' own, its batches', and what was erased of it."""
    names = _names_of(db, record)
    marks = sqlite.marks(names)
    rows = sqlite.run(
        db,
        "select j.id, w.seq from jobs j join writes w on w.job_id = j.id "  # noqa: S608  built of our own words
        f"where j.number is not null and (w.record_id in ({marks}) or w.rid in ({marks})) "
        "union select j.id, f.seq from jobs j join findings f on f.job_id = j.id "
        f"where j.number is not null and (f.record_id in ({marks}) or f.rid in ({marks})) "
        "union select j.id, m.seq from jobs j join made m on m.job_id = j.id "
        f"where j.number is not null and m.record_id in ({marks})",
        names * 5,
    ).fetchall()
    found: set[int] = set()
    for job_id, seq in rows:
        batches = sqlite.run(
            db,
            "select no from batches where job_id = ? and ? between first_seq and last_seq",
            (job_id, seq),
        )
        numbers_of = {int(no) for (no,) in batches}
        entries = sqlite.run(
            db,
            f"select t.seq, {_fact('batch')} from audit_facts t join audit a on a.seq = t.seq "  # noqa: S608  built of our own words
            "where t.job_id = ?",
            (job_id,),
        ).fetchall()
        found |= {int(number) for number, batch in entries if batch is None or int(batch) in numbers_of}
    digests = [audit.known_digest(db, name) for name in names]
    erased = sqlite.run(
        db,
        f"select seq from audit a where act = 'history.erased' and {_fact('record')} in ({marks})",  # noqa: S608  built of our own words
        digests,
    )
    return found | {int(number) for (number,) in erased}


def _names_of(db: Connection, record: str) -> list[str]:
    """Give all ids of a record: ours, and the CRMs' in each integration."""
    integrations = [str(one) for (one,) in sqlite.run(db, "select id from integrations").fetchall()]
    tables = [sqlite.quoted(wide.snapshot_table(one)) for one in integrations]
    ours = {record}
    for table in tables:
        query = f"select rid from {table} where key = ? and rid is not null"  # noqa: S608  quoted
        ours |= {str(rid) for (rid,) in sqlite.run(db, query, (record,))}
    found = set(ours)
    for table in tables:
        query = f"select key from {table} where rid in ({sqlite.marks(list(ours))})"  # noqa: S608  quoted
        found |= {str(key) for (key,) in sqlite.run(db, query, list(ours))}
    return sorted(found)


def _fact(name: str) -> str:
    return f"case when json_valid(a.body) then json_extract(a.body, '$.{name}') end"
