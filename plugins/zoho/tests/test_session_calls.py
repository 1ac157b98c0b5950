"""What a call makes of answers and failures that a simulator does not give."""

import pytest
import requests
from plugins.zoho.tests.scripting import Scripted, access_of, session_of

from writeback.errors import (
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RetryableError,
    ServerBusyError,
)
from writeback.model.jobs import RemoteState, Route
from writeback.model.types import AttributeType
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_zoho.session.calls import Calls
from writeback_zoho.wire.bulk import Upload

WISH = FieldWish("Phone", AttributeType.TEXT, "1")
ONE = WriteRequest("Accounts", (Write("k", "5", None, (WISH,)),), Route.SINGLE, is_conditional=False)
FILE = Upload("Accounts", ("Phone",), (), "77").text()
DONE = {"status": "COMPLETED", "id": "5", "result": {"download_url": "/x.zip"}}


def test_a_failure_of_the_http_library_is_ours_and_shows_no_address() -> None:
    session, _http = session_of(requests.ConnectionError("https://secret"))
    with pytest.raises(RetryableError, match=r"zoho\.answer_unreadable") as read:
        session.objects()
    session, _http = session_of(requests.ConnectionError("https://secret"))
    with pytest.raises(OutcomeUnknownError, match=r"zoho\.answer_unreadable") as written:
        session.write(session.prepare(ONE))
    session, _http = session_of(requests.ConnectionError("https://secret"))
    with pytest.raises(OutcomeUnknownError) as started:
        session.bulk_close(FILE)
    session, _http = session_of((200, DONE), requests.ConnectionError("https://secret"))
    with pytest.raises(RetryableError) as fetched:
        list(session.bulk_results("5"))
    for told in (read, written, started, fetched):
        assert "secret" not in str(told.value)
        assert told.value.__cause__ is None


def test_a_lost_answer_to_a_read_may_be_asked_for_again() -> None:
    session, _http = session_of(OutcomeUnknownError("link.outcome_unknown"))
    with pytest.raises(RetryableError, match=r"zoho\.read_unanswered"):
        session.objects()
    session, _http = session_of((200, DONE), OutcomeUnknownError("link.outcome_unknown"))
    with pytest.raises(RetryableError, match=r"zoho\.read_unanswered"):
        list(session.bulk_results("5"))


def test_a_start_that_is_answered_without_a_word_is_unknown() -> None:
    session, _http = session_of((201, None))
    with pytest.raises(OutcomeUnknownError, match=r"zoho\.answer_unreadable"):
        session.bulk_close(FILE)


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (404, {"code": "RESOURCE_NOT_FOUND"}, InvalidRequestError),
        (503, None, ServerBusyError),
        (200, b"no zip", InvalidRequestError),
    ],
)
def test_a_result_that_cannot_be_read_is_told(status: int, content: object, kind: type[Exception]) -> None:
    session, _http = session_of((200, DONE), (status, content))
    with pytest.raises(kind):
        list(session.bulk_results("5"))


def test_a_job_is_gone_only_where_zoho_says_that_it_does_not_know_it() -> None:
    for refusal in ((404, None), (400, {"code": "RESOURCE_NOT_FOUND"})):
        session, _http = session_of(refusal)
        assert session.bulk_poll("5").state is RemoteState.GONE
    session, _http = session_of((403, {"code": "NO_PERMISSION"}))
    with pytest.raises(PermissionDeniedError):
        session.bulk_poll("5")
    session, _http = session_of((400, {"code": "INVALID_REQUEST"}))
    with pytest.raises(InvalidRequestError, match=r"zoho\.invalid_request"):
        session.bulk_poll("5")


def test_a_result_larger_than_any_of_ours_is_not_kept() -> None:
    calls = Calls(access_of(Scripted([(200, b"more than three"), (200, b"three")])))
    with pytest.raises(InvalidRequestError, match=r"zoho\.unreadable_answer"):
        calls.download("https://www.zohoapis.eu/x.zip", most=5)
    with calls.download("https://www.zohoapis.eu/x.zip", most=5) as file:
        assert file.read() == b"three"


def test_every_call_is_signed_in_zohos_own_way() -> None:
    session, http = session_of((200, {"org": [{"zgid": "1"}]}), (200, {"users": []}))
    session.whoami()
    for _method, _url, options in http.asked:
        assert options["headers"]["Authorization"] == "Zoho-oauthtoken 1000.t"  # type: ignore[index]  # a mapping


def test_no_users_and_no_fields_are_answers() -> None:
    session, _http = session_of((204, None))
    assert session.count("users") == 0
    session, _http = session_of((200, {"users": [{"id": "1"}], "info": {"more_records": True}}), (204, None))
    assert session.count("users") == 1
