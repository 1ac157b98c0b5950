"""Mutants of bulk jobs."""

from collections import abc
from dataclasses import replace
from threading import Event
from typing import Any

from writeback.conformance.mutants.making import Methods, Mutant, session_mutant
from writeback.errors import ConnectorError, InvalidRequestError, OutcomeUnknownError
from writeback.model.jobs import RemoteState
from writeback.sdk.capabilities import BulkEncoder, BulkPage, RemoteJob

Kind = Any
"""A session's class: its methods are those of `Session` and `WritesInBulk`."""


def _results(change: abc.Callable[[BulkPage], BulkPage]) -> abc.Callable[[Kind], Methods]:
    """Tell something else of each page of results."""

    def spoil(kind: Kind) -> Methods:
        def bulk_results(self: object, remote_id: str) -> abc.Iterator[BulkPage]:
            return map(change, kind.bulk_results(self, remote_id))

        return {"bulk_results": bulk_results}

    return spoil


class _Bent:
    """An encoder that renders other rows than it was given. It offers no faster way."""

    def __init__(self, inner: BulkEncoder, change: abc.Callable[[str], str]) -> None:
        self._inner, self._change = inner, change

    def header(self) -> bytes:
        """Give what stands before the first row."""
        return self._inner.header()

    def encode(self, rows: abc.Sequence[tuple[str, str]]) -> bytes:
        """Render bent rows."""
        return self._inner.encode([(one, self._change(text)) for one, text in rows])


def _encoding(change: abc.Callable[[str], str]) -> abc.Callable[[Kind], Methods]:
    return lambda kind: {
        "bulk_encoder": lambda self, columns: _Bent(kind.bulk_encoder(self, columns), change)
    }


def _drops_a_result(page: BulkPage) -> BulkPage:
    return replace(page, applied=list(page.applied)[1:])


def _refused_as_applied(page: BulkPage) -> BulkPage:
    return BulkPage([*page.applied, *(one.record_id for one in page.refused)], ())


def _aborts_in_words_only(kind: Kind) -> Methods:
    del kind
    return {"bulk_abort": lambda _self, remote_id: RemoteJob(remote_id, RemoteState.ABORTED)}


def _unknown_raises(kind: Kind) -> Methods:
    def bulk_poll(self: object, remote_id: str) -> RemoteJob:
        job: RemoteJob = kind.bulk_poll(self, remote_id)
        if job.state is RemoteState.GONE:
            raise InvalidRequestError("mutant.no_such_job")
        return job

    return {"bulk_poll": bulk_poll}


def _cut_is_the_end(kind: Kind) -> Methods:
    def bulk_results(self: object, remote_id: str) -> abc.Iterator[BulkPage]:
        try:
            yield from kind.bulk_results(self, remote_id)
        except ConnectorError:
            return

    return {"bulk_results": bulk_results}


def _cut_upload_is_fine(kind: Kind) -> Methods:
    def bulk_upload(self: object, remote_id: str, chunks: abc.Iterable[bytes]) -> str | None:
        try:
            given: str | None = kind.bulk_upload(self, remote_id, chunks)
        except ConnectorError:
            return None
        return given

    return {"bulk_upload": bulk_upload}


def _uploads_twice(kind: Kind) -> Methods:
    """Sends the same rows in a second job, which nobody knows of."""

    def bulk_create(self: object, object_name: str, columns: object, **more: object) -> RemoteJob:
        job: RemoteJob = kind.bulk_create(self, object_name, columns, **more)
        opened.append((object_name, columns))
        return job

    def bulk_upload(self: object, remote_id: str, chunks: abc.Iterable[bytes]) -> str | None:
        data = list(chunks)
        given: str | None = kind.bulk_upload(self, remote_id, iter(data))
        other = kind.bulk_create(self, *opened[-1]).id
        other = kind.bulk_upload(self, other, iter(data)) or other
        other = kind.bulk_close(self, other).id
        while kind.bulk_poll(self, other).state in (RemoteState.QUEUED, RemoteState.RUNNING):
            Event().wait(0.01)
        return given

    opened: list[tuple[str, object]] = []
    return {"bulk_create": bulk_create, "bulk_upload": bulk_upload}


def _makes_up_a_job(kind: Kind) -> Methods:
    def bulk_create(self: object, object_name: str, columns: object, **more: object) -> RemoteJob:
        try:
            job: RemoteJob = kind.bulk_create(self, object_name, columns, **more)
        except (InvalidRequestError, OutcomeUnknownError):
            return RemoteJob("made-up", RemoteState.OPEN, object=object_name)
        return job

    return {"bulk_create": bulk_create}


MUTANTS: tuple[Mutant, ...] = (
    session_mutant(
        "lists_no_jobs",
        "uploading.opening_a_job_writes_nothing",
        spoil=lambda _kind: {"bulk_list": lambda _self, _object, **_since: ()},
    ),
    session_mutant(
        "drops_a_result",
        "uploading.upload_is_written_row_by_row",
        spoil=_results(_drops_a_result),
    ),
    session_mutant(
        "uploads_twice",
        "surviving.bulk_job_is_done",
        "surviving.lost_answers_of_an_upload_are_resolved",
        "dying.09_bulk_token",
        "dying.10_bulk_created",
        "dying.11_bulk_remote_id",
        "dying.12_bulk_mid_upload",
        "dying.13_bulk_uploaded",
        "dying.14_bulk_closed",
        "dying.15_bulk_result_page",
        spoil=_uploads_twice,
    ),
    session_mutant(
        "refused_as_applied",
        "uploading.refused_rows_of_an_upload_are_named",
        spoil=_results(_refused_as_applied),
    ),
    session_mutant(
        "clears_nothing_in_bulk",
        "uploading.upload_clears_and_leaves_alone",
        spoil=_encoding(lambda text: text.replace("null", "{}")),
    ),
    session_mutant(
        "one_line_in_bulk",
        "uploading.upload_keeps_hostile_text",
        spoil=_encoding(lambda text: text.replace("💥", "?").replace("\\n", " ")),
    ),
    session_mutant(
        "aborts_in_words_only", "uploading.unclosed_job_can_be_stopped", spoil=_aborts_in_words_only
    ),
    session_mutant("unknown_raises", "uploading.unknown_job_is_gone", spoil=_unknown_raises),
    session_mutant("cut_is_the_end", "uploading.cut_results_are_never_whole", spoil=_cut_is_the_end),
    session_mutant("cut_upload_is_fine", "uploading.cut_upload_ends_typed", spoil=_cut_upload_is_fine),
    session_mutant(
        "boundless_parts",
        "uploading.parts_stay_below_their_limit",
        spoil=lambda _kind: {"bulk_part_bytes": lambda _self: 10**12},
    ),
    session_mutant(
        "makes_up_a_job",
        "uploading.refused_create_is_typed",
        "surviving.lost_create_of_an_upload_is_resolved",
        spoil=_makes_up_a_job,
    ),
)
