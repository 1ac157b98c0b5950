"""Bulk writes step by step against the simulator: nothing written before close, every row's end told."""

import itertools
from collections import abc
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from plugins.zoho.tests.talking import START, Talk, talking

from writeback.errors import (
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    RateLimitedError,
    RetryableError,
)
from writeback.model.canonical import UNSET, Unset, row_to_text
from writeback.model.fieldpaths import FieldPath
from writeback.model.jobs import Column, Outcome, RemoteState
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import BulkPage, BulkRefusal, RemoteJob
from writeback.sdk.connector import ReadQuery

COLUMNS = (
    Column(FieldPath.parse("Phone"), "Phone", AttributeType.TEXT),
    Column(FieldPath.parse("Description"), "Description", AttributeType.LONG_TEXT),
)
Rows = abc.Sequence[tuple[str, abc.Sequence[Value | Unset]]]


def pieces(talk: Talk, rows: Rows, columns: abc.Sequence[Column] = COLUMNS) -> abc.Iterator[bytes]:
    encoder = talk.session.bulk_encoder(columns)
    yield encoder.header()
    for start in range(0, len(rows), 7):
        yield encoder.encode([(i, row_to_text(values)) for i, values in rows[start : start + 7]])


def uploaded(talk: Talk, rows: Rows, columns: abc.Sequence[Column] = COLUMNS) -> str:
    job = talk.session.bulk_create("Accounts", columns)
    assert job.state is RemoteState.OPEN
    return talk.session.bulk_upload(job.id, pieces(talk, rows, columns))


def run(talk: Talk, rows: Rows, columns: abc.Sequence[Column] = COLUMNS) -> RemoteJob:
    started = talk.session.bulk_close(uploaded(talk, rows, columns))
    return ended(talk, started.id)


def ended(talk: Talk, remote_id: str) -> RemoteJob:
    final = (RemoteState.COMPLETE, RemoteState.FAILED)
    talk.until(lambda: talk.session.bulk_poll(remote_id).state in final)
    return talk.session.bulk_poll(remote_id)


def told(pages: abc.Iterable[BulkPage]) -> tuple[list[str], list[BulkRefusal]]:
    got = list(pages)
    applied = list(itertools.chain.from_iterable(page.applied for page in got))
    return applied, list(itertools.chain.from_iterable(page.refused for page in got))


@pytest.mark.parametrize(
    "switches", [{}, {"download_url": "absolute", "in_progress": "IN PROGRESS", "bulk_created_code": "ADDED"}]
)
def test_every_row_of_a_job_is_told_once_by_its_id(switches: dict[str, str]) -> None:
    with talking(30, switches=switches) as talk:
        ids = talk.ids()
        rows: list[tuple[str, list[Value]]] = [
            (i, [f"+43 {n}", 'multi\nline "x"; ü, Größe']) for n, i in enumerate(ids)
        ]
        rows[4] = (ids[4], ["9" * 200, "too long a phone"])
        job = run(talk, rows)
        assert (job.state, job.processed, job.failed) == (RemoteState.COMPLETE, len(ids), 1)
        applied, refused = told(talk.session.bulk_results(job.id))
        assert sorted(applied) == sorted(set(ids) - {ids[4]})
        (bad,) = refused
        assert (bad.record_id, bad.code, bad.fields) == (ids[4], "zoho.invalid_data", ("Phone",))
        assert len(talk.applied()) == len(ids) - 1
        page = talk.session.fetch("Accounts", by="id", keys=ids[:1], paths=("Phone", "Description"))
        assert page.rows[0][2] == ("+43 0", 'multi\nline "x"; ü, Größe')


def test_an_untouched_field_stays_and_no_cell_clears(talk: Talk) -> None:
    first, second = talk.ids()[:2]
    run(talk, [(first, ["1", "old"]), (second, ["2", "old"])])
    run(talk, [(first, [UNSET, "new"]), (second, ["3", UNSET])])
    page = talk.session.fetch("Accounts", by="id", keys=[first, second], paths=("Phone", "Description"))
    assert {row[0]: row[2] for row in page.rows} == {first: ("1", "new"), second: ("3", "old")}


def test_references_lists_and_numbers_are_carried(talk: Talk) -> None:
    (account,) = talk.ids()[:1]
    people = [row[0] for page in talk.session.read(ReadQuery("users", ("id",))) for row in page.rows]
    info = talk.session.describe("Accounts").field("Segments")
    assert info is not None
    options = tuple(option.value for option in info.options[:2])
    columns = (
        Column(FieldPath.parse("Owner.email"), "Owner", AttributeType.TEXT),
        Column(FieldPath.parse("Segments"), "Segments", AttributeType.MULTI_LIST),
        Column(FieldPath.parse("Active"), "Active", AttributeType.BOOLEAN),
        Column(FieldPath.parse("Seats"), "Seats", AttributeType.INTEGER),
        Column(FieldPath.parse("Last_Review"), "Last_Review", AttributeType.DATETIME),
    )
    moment = datetime(2026, 1, 15, 9, 56, 49, tzinfo=UTC)
    job = run(talk, [(account, [people[3], options, True, 7, moment])], columns)
    assert told(talk.session.bulk_results(job.id)) == ([account], [])
    page = talk.session.fetch("Accounts", by="id", keys=[account], paths=[column.field for column in columns])
    owner, segments, *rest = page.rows[0][2]
    assert isinstance(segments, tuple)
    assert (owner, set(segments), rest) == (people[3], set(options), [True, 7, moment])


def test_nothing_is_written_before_the_job_is_started(talk: Talk) -> None:
    talk.session.describe("Accounts")
    talk.exchanges.clear()
    job = talk.session.bulk_create("Accounts", COLUMNS)
    assert talk.exchanges == []
    assert talk.session.bulk_poll(job.id).state is RemoteState.GONE
    assert talk.session.bulk_poll("new").state is RemoteState.GONE
    assert talk.session.bulk_abort(job.id).state is RemoteState.GONE
    file = uploaded(talk, [(talk.ids()[0], ["1", "x"])])
    assert talk.session.bulk_poll(file).state is RemoteState.UNTOLD
    assert talk.session.bulk_abort(file).state is RemoteState.UNTOLD
    assert talk.applied() == []
    assert talk.session.bulk_list("Accounts", since=START) == ()


def test_another_process_goes_on_where_the_id_says(talk: Talk) -> None:
    (account,) = talk.ids()[:1]
    new = talk.session.bulk_create("Accounts", COLUMNS).id
    file = talk.again().bulk_upload(new, pieces(talk, [(account, ["1", "x"])]))
    started = talk.again().bulk_close(file)
    ended(talk, started.id)
    assert told(talk.again().bulk_results(started.id)) == ([account], [])


def test_steps_out_of_order_are_refused(talk: Talk) -> None:
    (account,) = talk.ids()[:1]
    new = talk.session.bulk_create("Accounts", COLUMNS).id
    rows: Rows = [(account, ["1", "x"])]
    with pytest.raises(InvalidRequestError, match=r"zoho\.nothing_to_start"):
        talk.session.bulk_close(new)
    file = talk.session.bulk_upload(new, pieces(talk, rows))
    for spent in (file, "554023000000000001", "new"):
        with pytest.raises(InvalidRequestError, match=r"zoho\.nothing_to_upload_for"):
            talk.session.bulk_upload(spent, pieces(talk, rows))
    started = talk.session.bulk_close(file)
    with pytest.raises(InvalidRequestError, match=r"zoho\.bulk_cannot_stop"):
        talk.session.bulk_abort(started.id)
    ended(talk, started.id)


def test_columns_other_than_promised_are_not_sent(talk: Talk) -> None:
    new = talk.session.bulk_create("Accounts", COLUMNS).id
    for chunks in ([b"id,Fax,Description\n"], [b"id,", b"Phone"], []):
        with pytest.raises(ContractBrokenError, match=r"zoho\.other_columns"):
            talk.session.bulk_upload(new, chunks)
    assert talk.asked("POST", "upload") == []
    header = b"id,Phone,Description\n"
    assert talk.session.bulk_upload(new, [header[:5], header[5:]]).startswith("file:")


@pytest.mark.parametrize("fault", ["cut_after", "cut_before"])
def test_a_lost_answer_to_an_upload_may_be_sent_again(talk: Talk, fault: str) -> None:
    (account,) = talk.ids()[:1]
    talk.fault(fault, method="POST", path="upload")
    with pytest.raises(RetryableError, match=r"zoho\.upload_unanswered"):
        uploaded(talk, [(account, ["1", "x"])])
    assert talk.applied() == []


def test_a_lost_answer_to_the_start_leaves_the_outcome_open(talk: Talk) -> None:
    (account,) = talk.ids()[:1]
    file = uploaded(talk, [(account, ["1", "x"])])
    talk.fault("lost_create")
    with pytest.raises(OutcomeUnknownError):
        talk.session.bulk_close(file)
    assert talk.session.bulk_poll(file).state is RemoteState.UNTOLD
    talk.until(lambda: len(talk.applied()) == 1)  # it was started all the same


def test_a_limit_at_the_start_starts_nothing(talk: Talk) -> None:
    file = uploaded(talk, [(talk.ids()[0], ["1", "x"])])
    talk.fault("limit_concurrent", method="POST", path="write")
    with pytest.raises(RateLimitedError):
        talk.session.bulk_close(file)
    assert talk.applied() == []


def test_a_token_that_ran_out_is_renewed_in_the_middle(talk: Talk) -> None:
    (account,) = talk.ids()[:1]
    new = talk.session.bulk_create("Accounts", COLUMNS).id
    talk.newer = [talk.running.token] * 3
    talk.spoil_token()
    file = talk.session.bulk_upload(new, pieces(talk, [(account, ["1", "x"])]))
    talk.spoil_token()
    job = ended(talk, talk.session.bulk_close(file).id)
    talk.spoil_token()
    assert told(talk.session.bulk_results(job.id)) == ([account], [])
    assert len(talk.refreshed) == 3


def test_a_job_nobody_knows_is_gone_and_has_no_results(talk: Talk) -> None:
    assert talk.session.bulk_poll("554023000000999999").state is RemoteState.GONE
    assert list(talk.session.bulk_results("554023000000999999")) == []


def test_a_dead_record_is_refused_by_its_id(talk: Talk) -> None:
    account = talk.ids()[0]
    ghost = str(int(account) + 9_999)
    job = run(talk, [(account, ["1", "x"]), (ghost, ["1", "x"])])
    applied, (refused,) = told(talk.session.bulk_results(job.id))
    assert applied == [account]
    assert (refused.record_id, refused.outcome) == (ghost, Outcome.REJECTED)


def test_a_job_that_is_not_done_has_no_results_yet() -> None:
    with talking(5, switches={"job_seconds": "30"}) as talk:
        started = talk.session.bulk_close(uploaded(talk, [(talk.ids()[0], ["1", "x"])]))
        assert talk.session.bulk_poll(started.id).state is RemoteState.QUEUED
        assert list(talk.session.bulk_results(started.id)) == []


def test_a_cut_download_is_fetched_again(talk: Talk) -> None:
    (account,) = talk.ids()[:1]
    job = run(talk, [(account, ["1", "x"])])
    talk.fault("cut_download", bytes=10, path="bulk-write")
    with pytest.raises(RetryableError):
        list(talk.session.bulk_results(job.id))
    assert told(talk.session.bulk_results(job.id)) == ([account], [])


def test_uploads_go_to_the_host_that_was_chosen(talk: Talk) -> None:
    session = talk.again(upload_host="upload")
    new = replace(session.bulk_create("Accounts", COLUMNS)).id
    assert session.bulk_upload(new, pieces(talk, [(talk.ids()[0], ["1", "x"])])).startswith("file:")
    assert talk.session.bulk_part_bytes() == 24_000_000
    assert talk.session.bulk_refuses(AttributeType.TEXT, "x") is None
