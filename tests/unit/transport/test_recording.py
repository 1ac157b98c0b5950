import logging
from datetime import UTC, datetime

import pytest
from requests import PreparedRequest, Request, Response

from writeback.errors import WorkspaceBusyError
from writeback.transport.recording import MOST_BODY, ExchangeRecord, Recorder, attempting, no_record
from writeback.transport.redacting import Redactor

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = "the-secret-of-this-session-1234567890"


def request(body: object = None) -> PreparedRequest:
    return Request("POST", "https://acme.example/x", data=body).prepare()  # type: ignore[arg-type]  # any body


def recorded(body: object = None) -> ExchangeRecord:
    records: list[ExchangeRecord] = []
    redactor = Redactor()
    redactor.learn(SECRET)
    Recorder(records.append, redactor).record(
        request(body), None, started_at=NOON, seconds=0.1, error="link.lost"
    )
    return records[0]


def test_a_body_is_cut_at_its_limit() -> None:
    assert len(recorded("x" * 500_000).request_body) == MOST_BODY


@pytest.mark.parametrize("offset", range(-40, 3, 7))
@pytest.mark.parametrize("edge", [MOST_BODY, MOST_BODY + 16 * 1024])
def test_a_secret_across_the_cut_leaves_no_part_of_itself(edge: int, offset: int) -> None:
    body = "x" * (edge + offset) + SECRET + "y" * 100_000
    assert "the-s" not in recorded(body).request_body


def test_a_secret_across_the_cut_stays_out_even_when_much_before_it_was_taken_out() -> None:
    edge = MOST_BODY + 16 * 1024
    before = "access_token=" + "A" * 40_000 + "&"
    body = before + "x" * (edge - len(before) - 20) + SECRET + "y" * 100_000
    assert "the-s" not in recorded(body).request_body


def test_a_streamed_body_is_named_and_not_read() -> None:
    pieces = iter([b"abc"])
    assert recorded(pieces).request_body == "‹streamed›"
    assert next(pieces) == b"abc"


def test_a_body_that_is_no_text_is_shown_as_far_as_it_goes() -> None:
    assert recorded(b"\xff\xfeabc").request_body == "\ufffd\ufffdabc"


def test_an_exchange_belongs_to_the_attempt_around_it() -> None:
    assert recorded().attempt is None
    with attempting("outer"):
        with attempting("inner"):
            assert recorded().attempt == "inner"
        assert recorded().attempt == "outer"


@pytest.mark.parametrize("error", [WorkspaceBusyError("store.busy"), OSError("no space")])
def test_a_sink_that_fails_costs_the_record_and_not_the_outcome(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def sink(record: ExchangeRecord) -> None:
        raise error

    with caplog.at_level(logging.WARNING):
        Recorder(sink, Redactor()).record(request(), Response(), started_at=NOON, seconds=0.1)
    assert "could not be recorded" in caplog.text


def test_who_wants_no_records_pays_for_none() -> None:
    Recorder(no_record, Redactor()).record(request(), None, started_at=NOON, seconds=0.1)
    no_record(recorded())
