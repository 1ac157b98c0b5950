"""How the rows of a job ended, streamed in the order of its source.

Outcomes are a batch's outcome plus exceptions (`RELIABILITY.md` §3.1); this puts them together row by
row without holding a job's rows, in short reads.

Must not: write, build sentences.
"""

import json
from bisect import bisect_right
from collections import abc
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from writeback.store import outbox, sources, sqlite
from writeback.store.workspace import Workspace

OPEN: Final = "open"
BLOCKED: Final = "blocked"
_PAGE: Final = 2_000
_AGAIN: Final = ("rejected", "cancelled", BLOCKED)
"""How rows ended that a retry may have sent again."""
_WELL: Final = ("applied", "unchanged")


class Ending(NamedTuple):
    """What became of one row."""

    seq: int
    outcome: str
    """An outcome, `blocked`, or `open` while nobody knows."""
    record_id: str
    """Of a row that makes a record: of the one it made; '' while there is none."""
    code: str
    message: str
    """The CRM's own words; '' for what we said ourselves."""
    facts: abc.Mapping[str, str]


def endings_of(workspace: Workspace, job_id: str) -> abc.Iterator[Ending]:
    """Give all rows of a job in their order, at most a page of them at a time in memory."""
    after = 0
    with workspace.reading() as db:
        makes = bool(outbox.get(db, job_id).creates_by)
    while True:
        with workspace.reading() as db:
            query = _NEW_ROWS if makes else _ROWS
            rows = sqlite.run(db, query, (job_id, after, _PAGE, job_id, after, _PAGE, _PAGE)).fetchall()
            batches = _Batches(db, job_id, after + 1, rows[-1][0]) if rows else None
        for seq, verdict, record_id, outcome, code, message, facts in rows:
            ended = outcome if verdict is None else verdict
            if ended is None:
                ended = batches.outcome_of(seq) if batches is not None else OPEN
            yield Ending(seq, ended, record_id, code or "", message or "", json.loads(facts))
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def source_endings(workspace: Workspace, job_id: str) -> abc.Iterator[Ending]:
    """Give how the rows of a job's source ended, in the source's order and by its numbers.

    Several of them may be asking for one write; where none can, these are the job's own rows.
    """
    with workspace.reading() as db:
        is_shared = sources.has_any(db, job_id)
    if not is_shared:
        yield from endings_of(workspace, job_id)
        return
    after = 0
    while True:
        with workspace.reading() as db:
            asking = sources.after(db, job_id, after, most=_PAGE)
            ended = _endings_at(db, job_id, {one.seq for one in asking})
        for one in asking:
            yield ended[one.seq]._replace(seq=one.number)
        if len(asking) < _PAGE:
            return
        after = asking[-1].number


def retried_endings(workspace: Workspace, job_id: str, retry_id: str) -> abc.Iterator[Ending]:
    """Give how rows of a job's source ended that a later job sent again, in the source's order.

    Their numbers are the source's. Rows of shared writes have numbers of their own in each job: who asks for
    one is found by its record, or by its key in the file. Where one asks twice and did not fare alike, it
    counts as what failed.
    """
    after = 0
    while True:
        with workspace.reading() as db:
            asking = sources.after(db, job_id, after, most=_PAGE)
            ended = _endings_at(db, job_id, {one.seq for one in asking})
            failed = [one for one in asking if ended[one.seq].outcome in _AGAIN]
            again = sources.named_alike(db, retry_id, failed)
            seqs = {one.seq for some in again.values() for one in some}
            anew = _endings_at(db, retry_id, seqs)
        for one in failed:
            told = [anew[other.seq] for other in again.get((one.rid, one.source_key), ())]
            if told:
                yield next((other for other in told if other.outcome not in _WELL), told[0])._replace(
                    seq=one.number
                )
        if len(asking) < _PAGE:
            return
        after = asking[-1].number


def _endings_at(db: Connection, job_id: str, seqs: abc.Set[int]) -> dict[int, Ending]:
    """Give how some rows of a job ended."""
    if not seqs:
        return {}
    batches = _Batches(db, job_id, min(seqs), max(seqs))
    found: dict[int, Ending] = {}
    for some in sqlite.chunks(str(seq) for seq in sorted(seqs)):
        marks = sqlite.marks(some)
        numbers = [int(one) for one in some]
        query = (
            "select seq, verdict, record_id, null, code, '', facts from findings "  # noqa: S608  marks only
            f"where job_id = ? and seq in ({marks}) union all "
            "select w.seq, null, w.record_id, o.outcome, o.code, o.message, '{}' from writes w "
            "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
            f"where w.job_id = ? and w.seq in ({marks})"
        )
        rows = sqlite.run(db, query, (job_id, *numbers, job_id, *numbers))
        for seq, verdict, record_id, outcome, code, message, facts in rows:
            ended = verdict or outcome or batches.outcome_of(seq)
            found[seq] = Ending(seq, ended, record_id, code or "", message or "", json.loads(facts))
    return found


class _Batches:
    """The outcomes of the batches that cover some row numbers."""

    def __init__(self, db: Connection, job_id: str, first: int, last: int) -> None:
        found = sqlite.run(
            db,
            "select first_seq, last_seq, outcome from batches "
            "where job_id = ? and last_seq >= ? and first_seq <= ? order by first_seq",
            (job_id, first, last),
        ).fetchall()
        self._firsts = [row[0] for row in found]
        self._rows = found

    def outcome_of(self, seq: int) -> str:
        """Give the outcome of the batch that a row belongs to."""
        place = bisect_right(self._firsts, seq) - 1
        if place < 0 or seq > self._rows[place][1]:
            return OPEN
        return str(self._rows[place][2] or OPEN)


_ROWS: Final = (
    "select * from ("
    "select * from (select seq, verdict, record_id, null, code, '', facts from findings "
    "where job_id = ? and seq > ? order by seq limit ?) "
    "union all "
    "select * from (select w.seq, null, w.record_id, o.outcome, o.code, o.message, '{}' from writes w "
    "left join outcomes o on o.job_id = w.job_id and o.seq = w.seq "
    "where w.job_id = ? and w.seq > ? order by w.seq limit ?)"
    ") order by 1 limit ?"
)
_NEW_ROWS: Final = _ROWS.replace("verdict, record_id,", "verdict, '',").replace(
    "w.record_id,",
    "coalesce((select m.record_id from made m where m.job_id = w.job_id and m.seq = w.seq), ''),",
)
"""Of a job that makes records: until its record is there a row has none."""
