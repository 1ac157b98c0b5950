"""What a line or an issuer may do that our simulator never does."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from plugins.dynamics.tests.canned import Canned, access
from plugins.dynamics.tests.making import record_id

from writeback.errors import (
    ConfigurationError,
    InvalidRequestError,
    OutcomeUnknownError,
    RetryableError,
    WritebackError,
)
from writeback.sdk.connector import Prepared, WriteRequest
from writeback_dynamics.connector import DynamicsConnector
from writeback_dynamics.session import DynamicsSession
from writeback_dynamics.session.calls import Calls

ISSUER = "https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111"
FORM = {"origin": "https://org.crm4.dynamics.com", "client_id": "app", "tenant": "acme.example"}
NOW = datetime(2026, 11, 27, tzinfo=UTC)
DISCOVERY = {
    "issuer": f"{ISSUER}/v2.0",
    "authorization_endpoint": f"{ISSUER}/oauth2/v2.0/authorize",
    "token_endpoint": f"{ISSUER}/oauth2/v2.0/token",
    "device_authorization_endpoint": f"{ISSUER}/oauth2/v2.0/devicecode",
}


def issuer(status: int, told: object) -> Canned:
    return Canned(lambda _method, url: (200, DISCOVERY) if "openid" in url else (status, told))


def test_a_line_that_raises_its_own_errors_is_translated_without_their_text() -> None:
    line = Canned(lambda *_: requests.ConnectionError("https://secret"))
    with pytest.raises(RetryableError) as read:
        Calls(access(line)).read("WhoAmI")
    prepared = Prepared(WriteRequest("account", (), "single", False), "PATCH", "accounts(x)", b"{}")  # type: ignore[arg-type]  # not looked at
    with pytest.raises(OutcomeUnknownError) as write:
        Calls(access(line)).write(prepared)
    assert "secret" not in f"{read.value} {write.value}"


def test_an_answer_that_is_no_json_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_answer"):
        Calls(access(Canned(lambda *_: (200, b"<html>")))).read("WhoAmI")


def test_an_organisation_is_named_by_its_row_where_that_may_be_read() -> None:
    told = {
        "WhoAmI": {"OrganizationId": record_id(1), "UserId": record_id(2)},
        f"organizations({record_id(1)})": {"name": "Acme"},
        f"systemusers({record_id(2)})": {"fullname": "Ann", "domainname": None},
    }
    line = Canned(lambda _method, url: (200, told[urlsplit(url).path.rsplit("/", 1)[-1]]))
    org = DynamicsSession(access(line)).whoami()
    assert (org.name, org.user, org.environment) == ("Acme", "Ann", "UNKNOWN")


def test_the_browser_goes_to_the_issuer_and_says_nothing_but_what_it_must() -> None:
    line = issuer(500, {})
    flow = DynamicsConnector().begin_redirect(FORM, redirect_uri="http://localhost:5/", http=line)
    address = urlsplit(flow.url)
    assert f"{address.scheme}://{address.netloc}{address.path}" == DISCOVERY["authorization_endpoint"]
    asked = dict(parse_qsl(address.query))
    assert (asked["client_id"], asked["response_mode"]) == ("app", "query")
    issuer_of = "https://login.microsoftonline.com/acme.example/v2.0"
    assert line.asked == [("GET", f"{issuer_of}/.well-known/openid-configuration")]


@pytest.mark.parametrize(
    ("status", "told", "error", "code"),
    [
        (400, {"error": "temporarily_unavailable"}, RetryableError, "dynamics.issuer_busy"),
        (400, {"error": "server_error"}, RetryableError, "dynamics.issuer_busy"),
        (400, {"error": "invalid_scope"}, ConfigurationError, "dynamics.app_refused"),
        (503, {}, RetryableError, "dynamics.issuer_busy"),
        (429, {}, RetryableError, "dynamics.issuer_busy"),
        (200, b"<html>", RetryableError, "dynamics.issuer_unreadable"),
        (200, [1], RetryableError, "dynamics.issuer_unreadable"),
    ],
)
def test_what_an_issuer_says_instead_of_a_token_decides_what_to_do(
    status: int, told: object, error: type[WritebackError], code: str
) -> None:
    credentials = FORM | {"refresh_token": "r"}
    with pytest.raises(error) as caught:
        DynamicsConnector().grant(credentials, http=issuer(status, told), now=NOW)
    assert caught.value.code == code


@pytest.mark.parametrize("told", [{}, {"issuer": "x"}, dict.fromkeys(DISCOVERY, "x")])
def test_an_issuer_that_is_none_is_a_wrong_tenant(told: object) -> None:
    line = Canned(lambda *_: (200, told))
    with pytest.raises(ConfigurationError, match=r"dynamics\.unknown_tenant"):
        DynamicsConnector().grant(FORM | {"refresh_token": "r"}, http=line, now=NOW)


def test_a_token_without_an_end_is_taken_as_it_is() -> None:
    line = issuer(200, {"access_token": "a", "token_type": "Bearer"})
    grant = DynamicsConnector().grant(FORM | {"client_secret": "s"}, http=line, now=NOW)
    assert (grant.access_token, grant.kept) == ("a", {})


def part(status: int, *headers: str) -> bytes:
    return "\r\n".join(
        ["--b", "Content-Type: application/http", "", f"HTTP/1.1 {status} X", *headers, "", "{}", "--b--"]
    ).encode()


@pytest.mark.parametrize(
    ("stated", "tries", "waits"), [("7", 2, [7.0]), ("21", 1, []), ("3600", 1, []), ("no", 2, [0.5])]
)
def test_a_stated_wait_of_a_question_is_obeyed_unless_nobody_should_stand_so_long(
    stated: str, tries: int, waits: list[float]
) -> None:
    answers = [part(429, f"Retry-After: {stated}"), part(200)]
    line = Canned(lambda *_: (200, answers[len(line.asked) - 1]))
    line.told = {"Content-Type": "multipart/mixed; boundary=b"}
    slept: list[float] = []
    calls = Calls(access(line), sleep=slept.append)
    if tries == 1:
        with pytest.raises(RetryableError) as caught:
            calls.read_all(["WhoAmI"])
        assert (caught.value.code, caught.value.after) == ("dynamics.http_429", float(stated))
    else:
        assert calls.read_all(["WhoAmI"]) == ({},)
    assert (len(line.asked), slept) == (tries, waits)
