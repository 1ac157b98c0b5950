"""Measure what a plan would do to each CRM, for the guards: counts of the database, and one of the CRM.

Must not: refuse anything; limits are held against the figures where the plan is shown, submitted, sent.
"""

import json
from collections import Counter, abc
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from writeback.engine.reaching import Reach
from writeback.errors import ConnectorError
from writeback.model.guards import Figure, Guard, Limits
from writeback.model.jobs import Column
from writeback.model.types import ConnectionId, JobId
from writeback.model.wording import mark
from writeback.store import figures, limits
from writeback.store.workspace import Db, Workspace

ECHOES_TOLD: Final = 20
NO_ROWS: Final = mark("The source has no rows")
ALL_BLANK: Final = mark("{column} is blank in all {rows} rows, and blank means clear")
AT_LAST_PULL: Final = mark("that the last pull knew")
IN_THE_CRM: Final = mark("in the CRM")
_WORDS_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class ToMeasure:
    """One job-to-be with what is needed to measure it."""

    job_id: JobId
    object: str
    columns: tuple[Column, ...]
    integration_id: str | None
    rows: int
    send: int
    reach: Reach


@dataclass(frozen=True, slots=True)
class Measured:
    """What the guards measured of one job-to-be, and how many API calls that cost."""

    figures: tuple[Figure, ...]
    calls: int


def measure(
    workspace: Workspace, jobs: abc.Sequence[ToMeasure], *, is_from_source: bool
) -> dict[JobId, Measured]:
    """Give the figures of all guards for the jobs of one plan.

    Args:
        workspace: Where the rows of the plan lie.
        jobs: The jobs-to-be.
        is_from_source: The rows come from a file: that there are none is worth a word.
    """
    by_connection: Counter[ConnectionId] = Counter()
    for job in jobs:
        by_connection[job.reach.connection.id] += job.send
    found = {}
    for job in jobs:
        total = by_connection[job.reach.connection.id]
        with workspace.reading() as db:
            in_force = limits.of_connection(db, job.reach.connection.id)
            told = [Figure(Guard.ROWS, total, total)]
            told += _blanks(db, job)
            told += _empty(db, job, is_from_source=is_from_source)
            told += _echo(db, job, in_force, workspace)
            known = figures.known_records(db, job.integration_id) if job.integration_id else 0
        before = job.reach.calls_so_far()
        told += _changed(job, in_force, known)
        found[job.job_id] = Measured(tuple(told), job.reach.calls_so_far() - before)
    return found


def _blanks(db: Db, job: ToMeasure) -> abc.Iterator[Figure]:
    if job.send:
        cleared = figures.clearing(db, job.job_id)
        yield Figure(Guard.BLANKS, 100 * cleared / job.send, job.send, (("rows", f"{cleared:,}"),))


def _empty(db: Db, job: ToMeasure, *, is_from_source: bool) -> abc.Iterator[Figure]:
    if not is_from_source:
        return
    if not job.rows:
        yield Figure(Guard.EMPTY, 1, 0, (("what", NO_ROWS),))
        return
    column = figures.cleared_column(db, job.job_id, job.columns) if job.send else None
    if column is not None:
        path, rows = column
        facts = (("what", ALL_BLANK), ("column", path), ("rows", f"{rows:,}"))
        yield Figure(Guard.EMPTY, 1, rows, facts)


def _echo(db: Db, job: ToMeasure, in_force: Limits, workspace: Workspace) -> abc.Iterator[Figure]:
    if in_force.echo is None or not job.send:
        return
    hours = in_force.echo_hours or 0
    found = figures.echoes(
        db,
        job.job_id,
        job.columns,
        since=workspace.now() - timedelta(hours=hours),
        least=int(in_force.echo),
        most=ECHOES_TOLD,
    )
    if not found:
        return
    first = found[0]
    facts = (
        ("field", first.field),
        ("ours", _plain(first.ours)),
        ("theirs", _plain(first.theirs)),
        ("hours", f"{hours:g}"),
        ("records", f"{len({one.seq for one in found}):,}" + ("+" if len(found) == ECHOES_TOLD else "")),
    )
    yield Figure(Guard.ECHO_LOOP, first.times, job.send, facts)


def _changed(job: ToMeasure, in_force: Limits, known: int) -> abc.Iterator[Figure]:
    """Measure the share of all records; the CRM is asked only where the guard could strike."""
    if in_force.changed is None or job.send < (in_force.changed_from or 0):
        return
    total, where = known, AT_LAST_PULL
    if not total and not job.reach.is_last_read:
        job.reach.spent.reads += 1
        try:
            total, where = job.reach.session.count(job.object), IN_THE_CRM
        except ConnectorError:
            return  # it tells no number; a plan does not fail for a share of it
    if total:
        facts = (("rows", f"{job.send:,}"), ("total", f"{total:,}"), ("where", where))
        yield Figure(Guard.CHANGED, min(100.0, 100 * job.send / total), job.send, facts)


def _plain(text: str) -> str:
    value = json.loads(text)
    words = "nothing" if value is None else value if isinstance(value, str) else text
    return words if len(words) <= _WORDS_MOST else f"{words[:_WORDS_MOST]}…"
