"""What screens and the command line read of plans and jobs, straight from the workspace."""

import json
from collections import abc

from writeback.runtime import decoding
from writeback.runtime.assurances import gap_of
from writeback.runtime.facade.histories import Verification
from writeback.runtime.failed_rows import failed_row
from writeback.runtime.job_steps import steps_of
from writeback.runtime.job_views import (
    ActLine,
    AttemptView,
    BatchView,
    Cause,
    ExchangeView,
    FailedRow,
    JobDetail,
)
from writeback.runtime.job_windows import JobRows, PlanRows, RowTitles
from writeback.runtime.reading_job_lists import ReadingJobLists
from writeback.runtime.verified import VerifiedField, verification_of, verified_fields
from writeback.runtime.views import PluginView
from writeback.store import job_lists, job_reads, moments

FAILED_MOST = 2_000
"""So many rows are put right in one go; more are a matter for a file."""


class ReadingJobs(ReadingJobLists):
    """The part of `Reading` about plans and jobs."""

    def connectors(self) -> tuple[PluginView, ...]:
        """See `Reading`."""
        raise NotImplementedError

    def plan_rows(self, jobs: abc.Sequence[str], *, verdicts: abc.Set[str] = frozenset()) -> PlanRows:
        """Prepare a window on a plan's fields; `build` it in a task."""
        return PlanRows(self._glances, jobs, verdicts=verdicts)

    def job(self, job_id: str) -> JobDetail | None:
        """Give one job with everything its page shows, but its rows."""
        with self._glances.reading() as db:
            row = job_lists.one(db, job_id)
            if row is None:
                return None
            tries: dict[int, list[AttemptView]] = {}
            for one in job_reads.attempts(db, job_id):
                tries.setdefault(int(one.batch_no), []).append(_attempt(one))
            batches = [_batch(one, row.route, tries) for one in job_reads.batches(db, job_id)]
            causes = tuple(_cause(one) for one in job_reads.causes(db, job_id))
            exchanges = tuple(exchange_of(one) for one in job_reads.exchanges(db, job_id))
            acts = tuple(_act(one) for one in job_reads.acts(db, job_id, row.change_set_id))
            steps = steps_of(db, row, acts, batches)
        (connection,) = [one for one in self._glances.connections() if one.id == row.connection_id]
        unanswered = [
            one.began for batch in batches for one in batch.attempts if one.outcome in ("", "unknown")
        ]
        looks = [one.not_before for one in batches if one.state == "checking" and one.not_before is not None]
        return JobDetail(
            job=decoding.job_of(row),
            columns=decoding.columns_of(row.columns),
            batches=tuple(batches),
            causes=causes,
            exchanges=exchanges,
            others=self._glances.other_connections(job_id),
            gap=gap_of(self._glances.gaps(job_id)),
            steps=steps,
            acts=acts,
            connection=decoding.connection_of(connection),
            usage=decoding.usage_of(connection.usage),
            unknown_since=max(unanswered, default=None),
            checks_at=min(looks, default=None),
        )

    def job_rows(self, job_id: str, *, outcome: str = "", words: str = "") -> JobRows:
        """Prepare a window on a job's rows; `build` it in a task."""
        return JobRows(self._glances, job_id, outcome=outcome, words=words)

    def failed_rows(self, job_id: str, *, outcome: str = "", code: str = "") -> tuple[FailedRow, ...]:
        """Give rows that were refused, blocked or not sent, at most `FAILED_MOST`; of one cause, if asked."""
        with self._glances.reading() as db:
            row = job_lists.one(db, job_id)
            if row is None:
                return ()
            columns = decoding.columns_of(row.columns)
            found = job_reads.failed_rows(db, job_id, code=code, outcome=outcome, most=FAILED_MOST)
        name_of = RowTitles(self._glances).of_job(job_id, found)
        return tuple(failed_row(one, columns, name_of(one)) for one in found)

    def plugin_of(self, connector: str) -> PluginView | None:
        """Give a connector that is installed and usable; None where it is not."""
        found = [one for one in self.connectors() if one.id == connector and one.manifest is not None]
        return found[0] if found else None

    def job_exchanges(self, job_id: str, words: str) -> tuple[ExchangeView, ...]:
        """Give a job's exchanges that hold some words: a record's id, mostly."""
        with self._glances.reading() as db:
            return tuple(exchange_of(one) for one in job_reads.exchanges(db, job_id, words=words))

    def verification(self, job_id: str) -> Verification | None:
        """Give the newest read-back of a job, if there is one."""
        return verification_of(self._glances, job_id)

    def verified(self, job_id: str, *, most: int | None = None) -> abc.Iterator[VerifiedField]:
        """Give the fields that did not hold what was written when a job was read back."""
        return verified_fields(self._glances, job_id, most=most)


def _cause(row: decoding.RawRow) -> Cause:
    outcome, code, told, rows, fields = row
    is_finding = str(told).startswith("{")
    return Cause(
        outcome=str(outcome),
        code=str(code),
        message="" if is_finding else str(told),
        rows=int(rows),
        field=", ".join(json.loads(fields)) if str(fields).startswith("[") else str(fields or ""),
        facts=decoding.facts_of(str(told)) if is_finding else (),
    )


def _batch(row: decoding.RawRow, route: str, tries: abc.Mapping[int, abc.Sequence[AttemptView]]) -> BatchView:
    return BatchView(
        no=row.no,
        rows=row.rows,
        state=row.state,
        outcome=row.outcome or "",
        tries=row.tries,
        remote_id=row.remote_id or "",
        remote_state=row.remote_state or "",
        route=route,
        not_before=moments.from_optional(row.not_before),
        attempts=tuple(tries.get(int(row.no), ())),
    )


def _attempt(row: decoding.RawRow) -> AttemptView:
    return AttemptView(
        began=moments.from_text(row.intent_at),
        ended=moments.from_optional(row.ended_at),
        rows=int(row.rows),
        outcome=row.outcome or "",
        verdict=row.verdict or "",
        code=row.code,
        message=row.message,
    )


def exchange_of(row: decoding.RawRow) -> ExchangeView:
    """Give one recorded exchange."""
    return ExchangeView(
        at=moments.from_text(row.at),
        method=row.method,
        url=row.url,
        status=row.status,
        seconds=row.seconds,
        request=row.request,
        answer=row.answer,
    )


def _act(row: decoding.RawRow) -> ActLine:
    body = tuple((name, _text(value)) for name, value in json.loads(row.body).items())
    return ActLine(int(row.seq), moments.from_text(row.at), row.act, body, row.hash)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
