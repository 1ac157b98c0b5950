"""The uploading part of a session: bulk write, step by step. The engine keeps order and stores the ids.

At Zoho the file comes first and the creation of a job starts it; jobs cannot be listed. So *create* makes no
call, *upload* gives the id of the file, and only *close* makes something that Zoho can be asked about.
"""

from collections import abc
from datetime import datetime

from writeback.errors import ContractBrokenError, InvalidRequestError, PermissionDeniedError, RefusedError
from writeback.model.changes import Reason
from writeback.model.jobs import Column, RemoteState
from writeback.model.types import AttributeType, Wish
from writeback.sdk.capabilities import BulkEncoder, BulkPage, RemoteJob
from writeback_zoho.limits import UPLOAD_PART_BYTES
from writeback_zoho.session.asking import Asking
from writeback_zoho.wire import bulk, bulk_files, bulk_results, refusals
from writeback_zoho.wire.bulk import Upload
from writeback_zoho.wire.bulk_rows import UploadEncoder
from writeback_zoho.wire.values import REFERENCES


class Uploading:
    """Uploads rows; each step is one call, made once."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._calls = asking.calls

    def bulk_part_bytes(self) -> int:
        """Most bytes of one upload; the engine cuts parts below it."""
        return UPLOAD_PART_BYTES

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
        """Make no call: at Zoho the file comes first. The id holds what the upload has to know.

        Raises:
            ContractBrokenError: An upload cannot be told which automation to set off.
        """
        if dict(automation).get("trigger", "all") != "all":
            raise ContractBrokenError("zoho.upload_not_steered")
        upload = bulk.upload_of(object_name, columns)
        return RemoteJob(upload.text(), RemoteState.OPEN, object=upload.object)

    def bulk_upload(self, remote_id: str, chunks: abc.Iterable[bytes]) -> str:
        """Send the data as one zip, and give the id under which the job is known from here on.

        Raises:
            InvalidRequestError: There is nothing left to upload for, or the file is larger than Zoho takes.
            RetryableError: The answer was lost; a file that nobody starts changes nothing.
        """
        upload = bulk.read_upload(remote_id)
        if upload is None or upload.file_id:
            raise InvalidRequestError("zoho.nothing_to_upload_for")
        names = upload.fields
        described = self._asking.known(upload.object)
        references = tuple(name for name in names if described.crm_type(name) in REFERENCES)
        data = bulk_files.pack(chunks, upload)
        org = str(self._asking.org()["zgid"])
        answer = self._calls.upload(data, name=f"{upload.object}.zip", org=org)
        return Upload(upload.object, names, references, bulk.parse_upload(answer)).text()

    def bulk_close(self, remote_id: str) -> RemoteJob:
        """Start the job: from here on Zoho writes. The id of what comes back counts from now on.

        Raises:
            OutcomeUnknownError: The answer was lost: nobody can tell whether it was started.
        """
        upload = bulk.read_upload(remote_id)
        if upload is None or not upload.file_id:
            raise InvalidRequestError("zoho.nothing_to_start")
        job = bulk.parse_created(self._calls.start(bulk.prepare_create(upload)))
        return RemoteJob(job.id, job.state, object=upload.object)

    def bulk_poll(self, remote_id: str) -> RemoteJob:
        """Ask where the job stands.

        GONE: Zoho has never heard of it, or not any more. UNTOLD: the file is there, and Zoho cannot be asked
        whether a job was made of it.
        """
        if not bulk.is_started(remote_id):
            upload = bulk.read_upload(remote_id)
            has_file = upload is not None and bool(upload.file_id)
            return RemoteJob(remote_id, RemoteState.UNTOLD if has_file else RemoteState.GONE)
        content = self._content(remote_id)
        return RemoteJob(remote_id, RemoteState.GONE) if content is None else bulk.parse_job(content)

    def bulk_results(self, remote_id: str) -> abc.Iterator[BulkPage]:
        """Stream the results, in any order. Rows that no result names the caller knows to be unknown."""
        content = self._content(remote_id)
        address = bulk.download_address(content, origin=self._calls.access.origin)
        if address is None:
            return
        with self._calls.download(address) as file:
            yield from bulk_results.read_zip(file)

    def bulk_abort(self, remote_id: str) -> RemoteJob:
        """Give up a job that was not started; one that was cannot be stopped at Zoho.

        Raises:
            InvalidRequestError: It was started.
        """
        if bulk.is_started(remote_id):
            raise InvalidRequestError("zoho.bulk_cannot_stop", job=remote_id)
        return self.bulk_poll(remote_id)

    def bulk_list(self, object_name: str, *, since: datetime) -> tuple[RemoteJob, ...]:
        """List nothing: Zoho does not list jobs, and *create* leaves none behind."""
        del object_name, since
        return ()

    def _content(self, remote_id: str) -> object:
        """Give a started job as Zoho tells of it; None when it does not know it."""
        try:
            return self._calls.get_bulk(bulk.job_path(remote_id)).content
        except PermissionDeniedError:
            raise
        except RefusedError as error:
            if error.code != "zoho.resource_not_found" and error.facts.get("status") != 404:
                raise
            return None
