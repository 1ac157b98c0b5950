"""Count how many records show what a plan is about to change behind a reference: its blast radius.

The CRM is asked where it can be; otherwise what was pulled of it is counted, and the number is called local.

Must not: write, hold anything back (guards do).
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.engine.reaching import Reach
from writeback.engine.reading_records import read_records
from writeback.errors import ConnectorError, MappingError
from writeback.model.canonical import to_plain
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Operator
from writeback.model.integrations import Integration
from writeback.planning.following import reference_path
from writeback.sdk.capabilities import CompilesFilters
from writeback.sdk.connector import Session
from writeback.sdk.values import ObjectDescription
from writeback.store import audiences, integrations
from writeback.store.audiences import Audience, Edited
from writeback.store.plans import NewJob
from writeback.store.workspace import Workspace

COUNTED_ONE_BY_ONE: Final = 20
"""So many records of a plan are counted each by itself: a call each."""
COUNTED_AT_ALL: Final = 2_000
IDS_A_CALL: Final = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records show what a job changes."""

    total: int | None
    """None: nobody can say."""
    is_local: bool
    each: tuple[Audience, ...]


def pointing_at(
    session: Session, description: ObjectDescription, reference: FieldPath, ids: abc.Sequence[str]
) -> str:
    """Give the condition that holds for records whose reference points at one of some records.

    Raises:
        MappingError: `filter.…`: the CRM cannot be asked so.
    """
    if not isinstance(session, CompilesFilters):
        raise MappingError("filter.not_expressible", path=str(reference), operator=Operator.EQUALS.value)
    operator = Operator.EQUALS if len(ids) == 1 else Operator.ONE_OF
    return session.compile_filter(description, Comparison(reference, operator, tuple(ids)))


def count_audience(workspace: Workspace, job: NewJob, reach: Reach) -> Counted:
    """Count for the rows of a job-to-be that are to be sent, and keep the numbers with it.

    Raises:
        ConnectorError: The records that are written cannot be read.
    """
    with workspace.reading() as db:
        edited = audiences.edited(db, job.id, most=COUNTED_AT_ALL + 1)
    if not edited or not job.columns:
        return Counted(0, is_local=False, each=())
    counted = _asked(job, reach, edited)
    if counted is None:
        counted = _local(workspace, job, edited)
    counted = _named(counted, job, reach, edited)
    with workspace.writing(durable=False) as db:
        audiences.put(db, job.id, counted.each, total=counted.total, is_local=counted.is_local)
    return counted


def _asked(job: NewJob, reach: Reach, edited: abc.Sequence[Edited]) -> Counted | None:
    """Ask the CRM; None where it cannot be asked, or not for so many."""
    root = reach.describe(job.root)
    reference, _ = reference_path(job.columns[0].via, root, reach.describe)
    if reference is None or len(edited) > COUNTED_AT_ALL:
        return None
    step = 1 if len(edited) <= COUNTED_ONE_BY_ONE else IDS_A_CALL
    counts: list[int] = []
    try:
        for start in range(0, len(edited), step):
            ids = [one.record_id for one in edited[start : start + step]]
            condition = pointing_at(reach.session, root, reference, ids)
            reach.spent.reads += 1
            counts.append(reach.session.count(root.name, condition))
    except (MappingError, ConnectorError):
        return None
    each = tuple(
        Audience(one.seq, "", count) for one, count in zip(edited, counts, strict=False) if step == 1
    )
    return Counted(sum(counts), is_local=False, each=each)


def _local(workspace: Workspace, job: NewJob, edited: abc.Sequence[Edited]) -> Counted:
    """Count among the records that were pulled those that show the same as the ones that ask."""
    with workspace.reading() as db:
        known = [
            one
            for one in integrations.every(db, connection_id=job.connection_id)
            if one.id == job.integration_id
        ]
        path = _shown_path(known[0], job) if known else None
        if path is None:
            return Counted(None, is_local=True, each=())
        asking = edited[:COUNTED_AT_ALL]
        rids = [one.rid for one in asking if one.rid is not None]
        found = audiences.showing_the_same(db, known[0], path, rids)
    each = tuple(Audience(one.seq, "", found[one.rid], is_local=True) for one in asking if one.rid in found)
    is_whole = len(each) == len(edited)
    return Counted(sum(one.records or 0 for one in each) if is_whole else None, is_local=True, each=each)


def _shown_path(integration: Integration, job: NewJob) -> str | None:
    """Give the mapped path that tells records behind the hops apart best: an address before a name."""
    via = job.columns[0].via
    mapped = [one.path for one in integration.mappings if one.path.hops == via]
    written = {str(column.path) for column in job.columns}
    others = [path for path in mapped if str(path) not in written]
    return next((str(path) for path in (*others, *mapped)), None)


def _named(counted: Counted, job: NewJob, reach: Reach, edited: abc.Sequence[Edited]) -> Counted:
    """Add what people call the records: the first of them, and all that were counted."""
    asked = tuple(one.record_id for one in edited[:COUNTED_ONE_BY_ONE])
    title = reach.describe(job.object).name_field
    found = read_records(reach, job.object, by="", keys=asked, fields=(title,))
    titles = {
        record_id: str(to_plain(held[0].values[0]) or "")
        for record_id, held in found.items()
        if len(held) == 1
    }
    known = {one.seq: one for one in counted.each}
    each = [
        known.get(one.seq, Audience(one.seq, "", None))._replace(title=titles.get(one.record_id, ""))
        for one in edited[:COUNTED_AT_ALL]
        if one.seq in known or one.record_id in titles
    ]
    return Counted(counted.total, counted.is_local, tuple(each))
