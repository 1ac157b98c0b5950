"""The uploading part of a session: Bulk API 2.0, step by step. The engine keeps order and stores the id."""

from collections import abc
from datetime import datetime
from typing import TypeVar, cast

from writeback.errors import InvalidRequestError, RefusedError
from writeback.model.changes import Reason
from writeback.model.jobs import Column, RemoteState
from writeback.model.types import AttributeType, Wish
from writeback.sdk.capabilities import BulkEncoder, BulkPage, RemoteJob
from writeback_salesforce.limits import BULK_PART_BYTES
from writeback_salesforce.session.calls import Calls
from writeback_salesforce.wire import bulk, bulk_results, refusals
from writeback_salesforce.wire.bulk_rows import UploadEncoder
from writeback_salesforce.wire.describes import Json
from writeback_salesforce.wire.writes import steering

T = TypeVar("T")


class Uploading:
    """Uploads rows; each step is one call, made once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def bulk_part_bytes(self) -> int:
        """Most bytes of one upload; the engine cuts parts below it."""
        return BULK_PART_BYTES

    def bulk_refuses(self, kind: AttributeType, wish: Wish) -> Reason | None:
        """Say why an upload cannot carry this wish; None: it can."""
        return refusals.bulk_refuses(kind, wish)

    def bulk_encoder(self, columns: abc.Sequence[Column]) -> BulkEncoder:
        """Make the encoder for one job's columns."""
        return UploadEncoder(columns)

    def bulk_create(
        self,
        object_name: str,
        columns: abc.Sequence[Column],
        *,
        automation: tuple[tuple[str, str], ...] = (),
    ) -> RemoteJob:
        """Open a remote job; the columns come with the data."""
        del columns
        headers = dict(steering({**self._calls.access.options, **dict(automation)}).headers)
        body = bulk.prepare_create(object_name, auto_assign=headers["Sforce-Auto-Assign"])
        return bulk.parse_job(self._calls.act(bulk.JOBS, method="POST", body=body))

    def bulk_upload(self, remote_id: str, chunks: abc.Iterable[bytes]) -> None:
        """Send the data once; the job is asked first, since data may go into an open one only.

        Raises:
            InvalidRequestError: The job is not open any more.
            OutcomeUnknownError: The line broke: ask the job, abort it if it is still open.
        """
        state = self.bulk_poll(remote_id).state
        if state is not RemoteState.OPEN:
            raise InvalidRequestError("salesforce.invalidjobstate", state=state.value)
        self._calls.upload(bulk.job_path(remote_id, "batches"), chunks)

    def bulk_close(self, remote_id: str) -> RemoteJob:
        """Say that the upload is complete: from here on Salesforce writes."""
        return self._set_state(remote_id, "UploadComplete")

    def bulk_poll(self, remote_id: str) -> RemoteJob:
        """Ask where the job stands; GONE when Salesforce does not know it (any more)."""
        try:
            return bulk.parse_job(self._calls.read_json(bulk.job_path(remote_id)))
        except RefusedError as error:
            if error.facts.get("status") != 404:
                raise
            return RemoteJob(remote_id, RemoteState.GONE)

    def bulk_results(self, remote_id: str) -> abc.Iterator[BulkPage]:
        """Stream the results, in any order.

        A file with fewer rows than the job counts is fetched again once, and what it has beyond the first
        reading is given; what is still missing the caller knows to be unknown.
        """
        job = self.bulk_poll(remote_id)
        path = bulk.job_path(remote_id, "successfulResults")
        for ids in self._twice(path, bulk_results.applied_ids, expected=job.processed - job.failed):
            yield BulkPage(ids, ())
        path = bulk.job_path(remote_id, "failedResults")
        for refused in self._twice(path, bulk_results.refused_rows, expected=job.failed):
            yield BulkPage((), refused)
        path = bulk.job_path(remote_id, "unprocessedrecords")
        for refused in self._twice(path, bulk_results.unprocessed_rows, expected=0):
            yield BulkPage((), refused)

    def bulk_abort(self, remote_id: str) -> RemoteJob:
        """Stop the job; rows already written stay written."""
        return self._set_state(remote_id, "Aborted")

    def bulk_list(self, object_name: str, *, since: datetime) -> tuple[RemoteJob, ...]:
        """List our own update jobs on an object that were created since."""
        creator = self._user_id()
        found: list[RemoteJob] = []
        answer = cast("Json", self._calls.read_json(f"{bulk.JOBS}?jobType=V2Ingest"))
        while True:
            found += bulk.parse_jobs(answer, object_name=object_name, creator=creator, since=since)
            address = bulk.next_jobs(answer)
            if address is None:
                return tuple(found)
            answer = self._calls.query_more(address)

    def _set_state(self, remote_id: str, state: str) -> RemoteJob:
        path = bulk.job_path(remote_id)
        return bulk.parse_job(self._calls.act(path, method="PATCH", body=bulk.prepare_state(state)))

    def _user_id(self) -> str | None:
        answer = cast("Json | None", self._calls.read(lambda client: client.oauth2("userinfo")))
        return str(answer["user_id"]) if answer and answer.get("user_id") else None

    def _twice(
        self,
        path: str,
        parse: abc.Callable[[abc.Iterable[bytes]], abc.Iterator[list[T]]],
        *,
        expected: int,
    ) -> abc.Iterator[list[T]]:
        seen = 0
        for _attempt in range(2):
            skip = seen
            _headers, pieces = self._calls.download(path)
            for rows in parse(pieces):
                fresh = rows[skip:] if skip else rows
                skip -= len(rows) - len(fresh)
                if fresh:
                    seen += len(fresh)
                    yield fresh
            if seen >= expected:
                return
