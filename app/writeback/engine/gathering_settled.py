"""Make plan rows of job rows that ended in conflict, as a person settled them: one stream for each job.

A field that keeps ours, or a third value, is wished anew over what the CRM was last seen to hold; one that
keeps the CRM's is left out. The fields that were never in conflict go with the first of them that is settled.
What changes once more before it is sent is a conflict again.

Must not: judge, write.
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.canonical import UNSET, Unset, from_plain, row_from_text, wish
from writeback.model.integrations import ConflictRule
from writeback.model.types import Value, Wish
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.store import outbox, settlements
from writeback.store.disputes import Dispute
from writeback.store.outbox import Job
from writeback.store.settlements import HeldRow
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Settled:
    """One field as it was settled: what is wished now, or None where the CRM's value is kept."""

    dispute: Dispute
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is left to be planned of settled rows."""

    streams: tuple[PlanStream, ...] = ()
    rows: frozenset[tuple[str, int]] = frozenset()
    """(job, row) of those that the streams hold."""


def gather_settled(workspace: Workspace, settled: abc.Iterable[Settled]) -> Gathered:
    """Give a stream for each job whose rows were settled, and have something left to be sent."""
    by_job: dict[str, dict[int, dict[int, Settled]]] = {}
    for one in settled:
        _, job_id, seq, place = one.dispute.place
        by_job.setdefault(job_id, {}).setdefault(int(seq), {})[int(place)] = one
    streams: list[PlanStream] = []
    planned: set[tuple[str, int]] = set()
    for job_id, rows in by_job.items():
        with workspace.reading() as db:
            job = outbox.get(db, job_id)
            held = settlements.rows(db, job_id, sorted(rows))
        inputs = {seq: _input(job, held[seq], places) for seq, places in rows.items() if seq in held}
        left = {seq: one for seq, one in inputs.items() if any(wished is not UNSET for wished in one.wishes)}
        planned |= {(job_id, seq) for seq in left}
        if left:
            streams.append(
                PlanStream(
                    connection_id=job.connection_id,
                    object=job.object,
                    columns=job.columns,
                    rows=tuple(left.values()),
                    rules=(ConflictRule.ASK,) * len(job.columns),
                    integration_id=job.integration_id,
                )
            )
    return Gathered(tuple(streams), frozenset(planned))


def _input(job: Job, row: HeldRow, settled: abc.Mapping[int, Settled]) -> PlanInput:
    kinds = [column.kind for column in job.columns]
    news = row_from_text(row.new, kinds)
    theirs = row_from_text(row.theirs, kinds) if row.theirs != "[]" else (UNSET,) * len(kinds)
    olds: list[Value | Unset] = [UNSET] * len(kinds)
    wishes: list[Wish | Unset] = [UNSET] * len(kinds)
    for place, (new, now) in enumerate(zip(news, theirs, strict=True)):
        one = settled.get(place)
        if one is not None:
            if one.wish is not None:
                olds[place] = from_plain(one.dispute.theirs, kinds[place])
                wishes[place] = one.wish
        elif not isinstance(new, Unset) and row.conflicting and place not in row.conflicting:
            olds[place], wishes[place] = now, wish(new)
    return PlanInput(row.record_id, olds, wishes, row.rid, row.record_id)
