"""Bulk jobs step by step against the simulator: nothing uploaded twice, every row's end told."""

import itertools
import time
from collections import abc
from dataclasses import replace
from datetime import timedelta

import pytest
from plugins.salesforce.tests.talking import Talk, talking

from writeback.errors import (
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RetryableError,
)
from writeback.model.canonical import row_to_text
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column, RemoteState
from writeback.model.types import CLEAR, AttributeType, Value
from writeback.sdk.capabilities import BulkPage, BulkRefusal, RemoteJob
from writeback.sdk.connector import Http, ReadQuery
from writeback_salesforce.connector import SalesforceConnector

COLUMNS = tuple(Column(FieldPath.parse(name), name, AttributeType.TEXT) for name in ("Phone", "Description"))


def account_ids(talk: Talk) -> list[str]:
    return [row[0] for page in talk.session.read(ReadQuery("Account", ("Name",))) for row in page.rows]


def pieces(talk: Talk, rows: abc.Sequence[tuple[str, abc.Sequence[Value]]]) -> abc.Iterator[bytes]:
    encoder = talk.session.bulk_encoder(COLUMNS)
    yield encoder.header()
    for start in range(0, len(rows), 7):
        yield encoder.encode([(i, row_to_text(values)) for i, values in rows[start : start + 7]])


def ended(talk: Talk, remote_id: str) -> RemoteJob:
    for _look in range(500):
        job = talk.session.bulk_poll(remote_id)
        if job.state in (RemoteState.COMPLETE, RemoteState.FAILED, RemoteState.ABORTED):
            return job
        time.sleep(0.02)  # the simulator works in real time
    pytest.fail("the job never ended")


def run(talk: Talk, rows: abc.Sequence[tuple[str, abc.Sequence[Value]]]) -> RemoteJob:
    job = talk.session.bulk_create("Account", COLUMNS)
    assert job.state is RemoteState.OPEN
    talk.session.bulk_upload(job.id, pieces(talk, rows))
    assert talk.session.bulk_close(job.id).state is RemoteState.QUEUED
    return ended(talk, job.id)


def told(pages: abc.Iterable[BulkPage]) -> tuple[list[str], list[BulkRefusal]]:
    got = list(pages)
    applied = list(itertools.chain.from_iterable(page.applied for page in got))
    return applied, list(itertools.chain.from_iterable(page.refused for page in got))


def test_every_row_of_a_job_is_told_once_by_its_id(talk: Talk) -> None:
    ids = account_ids(talk)
    rows: list[tuple[str, list[Value]]] = [
        (i, [f"+43 {n}", 'multi\r\nline "x", Größe']) for n, i in enumerate(ids)
    ]
    rows[4] = (ids[4], ["9" * 200, "too long a phone"])
    job = run(talk, rows)
    assert (job.state, job.processed, job.failed) == (RemoteState.COMPLETE, len(ids), 1)
    applied, refused = told(talk.session.bulk_results(job.id))
    assert sorted(applied) == sorted(set(ids) - {ids[4]})
    (bad,) = refused
    assert (bad.record_id, bad.code, bad.fields) == (ids[4], "salesforce.string_too_long", ("Phone",))
    assert len(talk.applied()) == len(ids) - 1
    page = talk.session.fetch("Account", by="Id", keys=ids[:1], paths=("Phone", "Description"))
    assert page.rows[0][2] == ("+43 0", 'multi\nline "x", Größe')


def test_null_clears_and_an_untouched_field_stays(talk: Talk) -> None:
    first, second = account_ids(talk)[:2]
    run(talk, [(first, ["1", "old"]), (second, ["2", "old"])])
    job = talk.session.bulk_create("Account", COLUMNS)
    encoder = talk.session.bulk_encoder(COLUMNS)
    data = encoder.header() + encoder.encode([(first, row_to_text([CLEAR, "new"])), (second, '["3",{}]')])
    talk.session.bulk_upload(job.id, [data])
    talk.session.bulk_close(job.id)
    ended(talk, job.id)
    page = talk.session.fetch("Account", by="Id", keys=[first, second], paths=("Phone", "Description"))
    assert {row[0]: row[2] for row in page.rows} == {first: (None, "new"), second: ("3", "old")}


def test_an_upload_is_streamed_in_chunks(talk: Talk) -> None:
    run(talk, [(i, ["1", "x"]) for i in account_ids(talk)])
    (upload,) = talk.asked("PUT", "/batches")
    sent = {name.lower(): text for name, text in upload.request_headers}
    assert sent["transfer-encoding"] == "chunked"
    assert "content-length" not in sent
    assert upload.status == 201


def test_data_is_never_sent_into_a_job_that_is_not_open(talk: Talk) -> None:
    job = run(talk, [(account_ids(talk)[0], ["1", "x"])])
    talk.exchanges.clear()
    with pytest.raises(InvalidRequestError) as refused:
        talk.session.bulk_upload(job.id, iter([b"never taken"]))
    assert refused.value.code == "salesforce.invalidjobstate"
    assert talk.asked("PUT", "/batches") == []


def test_an_expired_token_is_renewed_before_the_first_byte_of_data(talk: Talk) -> None:
    ids = account_ids(talk)
    job = talk.session.bulk_create("Account", COLUMNS)
    talk.newer.append(talk.running.token)
    talk.spoil_token()
    talk.session.bulk_upload(job.id, pieces(talk, [(ids[0], ["1", "x"])]))
    assert len(talk.asked("PUT", "/batches")) == 1
    assert len(talk.refreshed) == 1


def test_a_token_that_expires_at_the_upload_itself_leaves_the_job_open(talk: Talk) -> None:
    ids = account_ids(talk)
    job = talk.session.bulk_create("Account", COLUMNS)
    talk.newer.append(talk.running.token)
    talk.fault("session_invalid", method="PUT")
    with pytest.raises(RetryableError):
        talk.session.bulk_upload(job.id, pieces(talk, [(ids[0], ["1", "x"])]))
    assert talk.session.bulk_poll(job.id).state is RemoteState.OPEN


def test_a_cut_upload_is_unknown_and_the_job_can_be_stopped(talk: Talk) -> None:
    ids = account_ids(talk)
    job = talk.session.bulk_create("Account", COLUMNS)
    talk.fault("cut_upload", method="PUT", bytes=50)
    with pytest.raises(OutcomeUnknownError):
        talk.session.bulk_upload(job.id, pieces(talk, [(i, ["1", "x" * 9000]) for i in ids]))
    assert talk.session.bulk_abort(job.id).state is RemoteState.ABORTED
    assert talk.applied() == []


def test_a_cut_download_of_results_may_be_asked_for_again(talk: Talk) -> None:
    ids = account_ids(talk)
    job = run(talk, [(i, ["1", "x"]) for i in ids])
    talk.fault("cut_download", path="successfulResults", bytes=700)
    with pytest.raises(RetryableError):
        told(talk.session.bulk_results(job.id))
    applied, _refused = told(talk.session.bulk_results(job.id))
    assert sorted(applied) == sorted(ids)


def test_an_unknown_column_fails_the_whole_job_and_its_rows_are_unprocessed(talk: Talk) -> None:
    column = Column(FieldPath.parse("Nope__c"), "Nope__c", AttributeType.TEXT)
    first = account_ids(talk)[0]
    job = talk.session.bulk_create("Account", (column,))
    encoder = talk.session.bulk_encoder((column,))
    talk.session.bulk_upload(job.id, [encoder.header(), encoder.encode([(first, '["x"]')])])
    talk.session.bulk_close(job.id)
    job = ended(talk, job.id)
    assert job.state is RemoteState.FAILED
    assert "Nope__c" in job.message
    applied, refused = told(talk.session.bulk_results(job.id))
    assert applied == []
    assert [(r.record_id, r.again) for r in refused] in ([(first, True)], [])


def test_a_job_that_nobody_knows_is_gone(talk: Talk) -> None:
    assert talk.session.bulk_poll("750000000000999AAA").state is RemoteState.GONE


def test_our_own_jobs_can_be_listed_after_a_lost_create(talk: Talk) -> None:
    since = talk.access.now() - timedelta(minutes=5)
    talk.fault("lost_create")
    with pytest.raises(OutcomeUnknownError):
        talk.session.bulk_create("Account", COLUMNS)
    (job,) = talk.session.bulk_list("Account", since=since)
    assert (job.state, job.object) == (RemoteState.OPEN, "Account")
    assert talk.session.bulk_list("Contact", since=since) == ()
    assert talk.session.bulk_list("Account", since=talk.access.now() + timedelta(minutes=5)) == ()


def test_what_an_upload_cannot_carry_is_known_before(talk: Talk) -> None:
    assert talk.session.bulk_refuses(AttributeType.TEXT, "#N/A") is not None
    assert talk.session.bulk_refuses(AttributeType.TEXT, "plain") is None
    assert talk.session.bulk_part_bytes() <= 100_000_000


def test_results_of_thousands_of_rows_with_line_breaks_are_complete() -> None:
    with talking(3000) as talk:
        ids = account_ids(talk)
        job = run(talk, [(i, ["1", "a\nb" if n % 100 == 0 else "plain"]) for n, i in enumerate(ids)])
        applied, refused = told(talk.session.bulk_results(job.id))
        assert (sorted(applied), refused) == (sorted(ids), [])


def test_an_upload_that_the_server_fails_at_is_unknown(talk: Talk) -> None:
    job = talk.session.bulk_create("Account", COLUMNS)
    talk.fault("status", method="PUT", status=503)
    with pytest.raises(OutcomeUnknownError):
        talk.session.bulk_upload(job.id, pieces(talk, [(account_ids(talk)[0], ["1", "x"])]))


def test_results_are_asked_for_again_with_a_newer_token(talk: Talk) -> None:
    ids = account_ids(talk)
    job = run(talk, [(i, ["1", "x"]) for i in ids])
    talk.newer.append(talk.running.token)
    talk.fault("session_invalid", path="successfulResults")
    applied, _refused = told(talk.session.bulk_results(job.id))
    assert sorted(applied) == sorted(ids)
    assert len(talk.refreshed) == 1


def test_a_job_of_which_we_may_not_hear_is_not_taken_for_gone(talk: Talk) -> None:
    job = talk.session.bulk_create("Account", COLUMNS)
    talk.fault("status", method="GET", path="jobs/ingest", status=403)
    with pytest.raises(PermissionDeniedError):
        talk.session.bulk_poll(job.id)


def test_results_of_a_job_that_is_gone_are_refused(talk: Talk) -> None:
    with pytest.raises(InvalidRequestError):
        told(talk.session.bulk_results("750000000000999AAA"))


def test_rows_that_a_failed_job_did_not_reach_may_be_sent_again(talk: Talk) -> None:
    ids = account_ids(talk)
    talk.fault("job_failed", rows=10)
    job = run(talk, [(i, ["1", "x"]) for i in ids])
    assert job.state is RemoteState.FAILED
    applied, refused = told(talk.session.bulk_results(job.id))
    assert len(applied) == 10
    assert {row.code for row in refused} == {"salesforce.unprocessed"}
    assert all(row.again for row in refused)
    assert sorted([*applied, *[row.record_id for row in refused]]) == sorted(ids)


class Shortening:
    """A way to the org that loses the second half of the first *successful* file."""

    def __init__(self, inner: Http) -> None:
        self.headers = inner.headers
        self.proxies: dict[str, str] = {}  # simple-salesforce looks at them
        self.seen = 0
        self._inner = inner

    def request(self, method: str, url: str, **options: object) -> object:
        answer = self._inner.request(method, url, **options)
        if not url.endswith("successfulResults"):
            return answer
        self.seen += 1
        if self.seen > 1:
            return answer
        lines = answer.content.splitlines(keepends=True)
        answer.iter_content = lambda _size: iter(lines[: len(lines) // 2])
        return answer


def test_a_file_shorter_than_the_jobs_count_is_fetched_again_once_and_no_row_told_twice(talk: Talk) -> None:
    ids = account_ids(talk)
    job = run(talk, [(i, ["1", "x"]) for i in ids])
    shortening = Shortening(talk.access.http)
    session = SalesforceConnector().open(replace(talk.access, http=shortening))
    applied, _refused = told(session.bulk_results(job.id))
    assert shortening.seen == 2
    assert sorted(applied) == sorted(ids)


def test_a_list_of_jobs_is_followed_over_its_pages(talk: Talk) -> None:
    since = talk.access.now() - timedelta(minutes=5)
    made = {talk.session.bulk_create("Account", COLUMNS).id for _ in range(3)}
    assert {job.id for job in talk.session.bulk_list("Account", since=since)} == made
