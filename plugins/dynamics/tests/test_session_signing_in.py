"""Signing in: msal over the host's line, against the simulated issuer; nobody is asked."""

import json
from collections import abc
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from plugins.dynamics.tests.talking import Talk, talking

from writeback.errors import (
    ConfigurationError,
    ConnectorError,
    RetryableError,
    SignInRequiredError,
    WritebackError,
)
from writeback.runtime.sentences import sentence_of
from writeback.sdk.connector import ReadQuery
from writeback.sdk.sign_ins import Grant
from writeback_dynamics.connector import DynamicsConnector

NOW = datetime.now(UTC)
REDIRECT = f"http://localhost:51515{DynamicsConnector.redirect_path}"
CONNECTOR = DynamicsConnector()


def form(talk: Talk, **more: str) -> dict[str, str]:
    known = talk.running.credentials
    told = {"origin": talk.running.url, "client_id": known["client_id"], "tenant": known["tenant_id"]}
    return told | more


def browse(talk: Talk, url: str) -> dict[str, str]:
    """Do what a browser does, and give what the redirect brings to the receiver."""
    path = urlsplit(url)
    with requests.Session() as browser:
        page = browser.get(f"{talk.running.url}{path.path}?{path.query}", allow_redirects=False, timeout=20)
    assert page.status_code == 302
    location = page.headers["Location"]
    reached = urlsplit(location)
    assert f"{reached.scheme}://{reached.netloc}{reached.path or '/'}" == REDIRECT  # as a browser asks for it
    return dict(parse_qsl(reached.query))


def works(talk: Talk, grant: Grant) -> bool:
    """Say whether the environment takes the token."""
    talk.use(grant.access_token)
    return bool(list(talk.session.read(ReadQuery("account", (), limit=1))))


def test_a_token_alone_needs_no_call(talk: Talk) -> None:
    for name in ("token", "access_token"):
        grant = CONNECTOR.grant({name: "t", "origin": "https://x"}, http=talk.http, now=NOW)
        assert (grant.access_token, grant.origin, grant.kept) == ("t", "https://x", {})
    assert talk.exchanges == []


def test_an_application_signs_in_with_its_secret(talk: Talk) -> None:
    secret = talk.running.credentials["client_secret"]
    grant = CONNECTOR.grant(form(talk, client_secret=secret), http=talk.http, now=NOW)
    assert grant.origin == talk.running.url
    assert grant.expires_at is not None
    assert timedelta(minutes=30) < grant.expires_at - NOW <= timedelta(hours=2)
    assert grant.kept == {}
    (asked,) = talk.asked("POST", "/token")
    sent = dict(parse_qsl(asked.request_body))
    assert sent["scope"] == f"{talk.running.url}/.default"
    assert works(talk, grant)


def test_the_simulators_own_credentials_sign_in_as_they_are(talk: Talk) -> None:
    told = dict(talk.running.credentials) | {"origin": talk.running.url}
    assert works(talk, CONNECTOR.grant(told, http=talk.http, now=NOW))


def test_a_refresh_token_gives_a_token_and_is_replaced(talk: Talk) -> None:
    first = talk.running.credentials["refresh_token"]
    grant = CONNECTOR.grant(form(talk, refresh_token=first), http=talk.http, now=NOW)
    assert works(talk, grant)
    newer = grant.kept["refresh_token"]
    assert newer != first
    again = CONNECTOR.grant(form(talk, refresh_token=newer), http=talk.http, now=NOW)
    assert works(talk, again)


@pytest.mark.parametrize(
    ("given", "error", "code"),
    [
        ({}, ConfigurationError, "dynamics.credential_missing"),
        ({"refresh_token": "x"}, SignInRequiredError, "dynamics.sign_in_refused"),
        ({"client_secret": "x"}, ConfigurationError, "dynamics.app_refused"),
        ({"client_secret": "x", "tenant": ""}, ConfigurationError, "dynamics.credential_missing"),
        ({"client_secret": "x", "tenant": "common"}, ConfigurationError, "dynamics.bad_option"),
        ({"refresh_token": "x", "client_id": ""}, ConfigurationError, "dynamics.credential_missing"),
        ({"refresh_token": "x", "client_id": "a b"}, ConfigurationError, "dynamics.bad_option"),
        ({"refresh_token": "x", "tenant": "a/../b"}, ConfigurationError, "dynamics.bad_option"),
        ({"refresh_token": "x", "authority": "evil.example"}, ConfigurationError, "dynamics.bad_option"),
        ({"refresh_token": "x", "origin": ""}, ConfigurationError, "dynamics.bad_option"),
        ({"refresh_token": "x", "origin": "https://a/b"}, ConfigurationError, "dynamics.bad_option"),
        ({"refresh_token": "x", "origin": "https://u@a"}, ConfigurationError, "dynamics.bad_option"),
        ({"refresh_token": "x", "origin": "http://[bad"}, ConfigurationError, "dynamics.bad_option"),
    ],
)
def test_credentials_that_are_not_good_say_what_to_change(
    talk: Talk, given: dict[str, str], error: type[WritebackError], code: str
) -> None:
    with pytest.raises(error) as caught:
        CONNECTOR.grant(form(talk, **given), http=talk.http, now=NOW)
    assert caught.value.code == code


def test_a_refresh_token_needs_no_tenant_with_a_secret_or_without(talk: Talk) -> None:
    known = talk.running.credentials
    told = {"origin": talk.running.url, "client_id": known["client_id"]}
    newest = known["refresh_token"]
    for more in ({}, {"client_secret": known["client_secret"]}):
        grant = CONNECTOR.grant({**told, **more, "refresh_token": newest}, http=talk.http, now=NOW)
        newest = grant.kept["refresh_token"]
        assert works(talk, grant)
    sent = [dict(parse_qsl(one.request_body)) for one in talk.asked("POST", "/organizations/")]
    assert [one["grant_type"] for one in sent] == ["refresh_token", "refresh_token"]
    assert ["client_secret" in one for one in sent] == [False, True]


@pytest.mark.parametrize("name", ["tenant", "tenant_id"])
def test_the_tenant_has_two_names(talk: Talk, name: str) -> None:
    known = talk.running.credentials
    told = {
        "origin": talk.running.url,
        "client_id": known["client_id"],
        "client_secret": known["client_secret"],
        name: f" {known['tenant_id']} ",
    }
    assert works(talk, CONNECTOR.grant(told, http=talk.http, now=NOW))


@pytest.mark.parametrize("name", ["client_id", "client_secret", "tenant"])
def test_a_missing_credential_is_named(talk: Talk, name: str) -> None:
    told = form(talk, client_secret="x")
    del told[name]
    with pytest.raises(ConfigurationError, match=r"dynamics\.credential_missing") as caught:
        CONNECTOR.grant(told, http=talk.http, now=NOW)
    assert caught.value.facts["name"] == name
    sentence = sentence_of(caught.value.code, caught.value.facts)
    assert name in sentence.happened
    assert name in sentence.advice


def test_a_tenant_that_nobody_knows_is_named(talk: Talk) -> None:
    other = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(ConfigurationError) as caught:
        CONNECTOR.grant(form(talk, refresh_token="x", tenant=other), http=talk.http, now=NOW)
    assert (caught.value.code, caught.value.facts["tenant"]) == ("dynamics.unknown_tenant", other)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut_after"},
        {"kind": "status", "status": 503, "form": "html"},
        {"kind": "status", "status": 404, "form": "html"},
    ],
)
def test_a_lost_busy_or_garbled_issuer_may_be_asked_again(talk: Talk, fault: dict[str, object]) -> None:
    talk.fault(
        str(fault["kind"]), method="POST", path="token", **{k: v for k, v in fault.items() if k != "kind"}
    )
    given = form(talk, client_secret=talk.running.credentials["client_secret"])
    with pytest.raises(RetryableError):
        CONNECTOR.grant(given, http=talk.http, now=NOW)
    assert works(talk, CONNECTOR.grant(given, http=talk.http, now=NOW))


def test_no_secret_is_in_an_error(talk: Talk) -> None:
    with pytest.raises((ConnectorError, ConfigurationError)) as caught:
        CONNECTOR.grant(form(talk, client_secret="hush-hush"), http=talk.http, now=NOW)
    assert "hush" not in f"{caught.value!r} {caught.value} {caught.value.__cause__}"


def test_a_person_signs_in_in_the_browser(talk: Talk) -> None:
    flow = CONNECTOR.begin_redirect(form(talk), redirect_uri=REDIRECT, http=talk.http)
    asked = dict(parse_qsl(urlsplit(flow.url).query))
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://localhost:51515"
    assert set(asked["scope"].split()) >= {f"{talk.running.url}/user_impersonation", "offline_access"}
    grant = CONNECTOR.finish_redirect(flow, browse(talk, flow.url), http=talk.http, now=NOW)
    assert works(talk, grant)
    assert set(grant.kept) == {"refresh_token"}
    again = CONNECTOR.grant(form(talk, **grant.kept), http=talk.http, now=NOW)
    assert works(talk, again)


def test_what_a_flow_keeps_can_be_written_down_and_shows_no_secret(talk: Talk) -> None:
    flow = CONNECTOR.begin_redirect(form(talk), redirect_uri=REDIRECT, http=talk.http)
    assert json.loads(json.dumps(flow.state)) == flow.state
    assert "code_verifier" not in repr(flow)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda answer: answer | {"state": "other"}, "dynamics.answer_refused"),
        (lambda answer: {"code": answer["code"]}, "dynamics.answer_refused"),
        (lambda answer: answer | {"code": "other"}, "dynamics.sign_in_refused"),
        (lambda answer: {"error": "access_denied", "state": answer["state"]}, "dynamics.sign_in_refused"),
    ],
)
def test_an_answer_that_is_not_ours_or_no_consent_is_refused(
    talk: Talk, spoil: abc.Callable[[dict[str, str]], dict[str, str]], code: str
) -> None:
    flow = CONNECTOR.begin_redirect(form(talk), redirect_uri=REDIRECT, http=talk.http)
    answer = spoil(browse(talk, flow.url))
    with pytest.raises(SignInRequiredError) as caught:
        CONNECTOR.finish_redirect(flow, answer, http=talk.http, now=NOW)
    assert caught.value.code == code


def test_a_person_signs_in_by_a_code() -> None:
    with talking(3, switches={"device_polls": "1"}) as talk:
        code = CONNECTOR.begin_device(form(talk), http=talk.http, now=NOW)
        assert code.url.startswith("http")
        assert code.code
        assert code.until - NOW == timedelta(seconds=900)
        assert code.interval_s == 1.0
        talk.exchanges.clear()
        assert CONNECTOR.poll_device(code, form(talk), http=talk.http, now=NOW) is None
        assert len(talk.asked("POST")) == 1
        grant = CONNECTOR.poll_device(code, form(talk), http=talk.http, now=NOW)
        assert grant is not None
        assert works(talk, grant)
        assert set(grant.kept) == {"refresh_token"}


def test_a_code_may_be_declined_asked_for_too_often_or_run_out(talk: Talk) -> None:
    code = CONNECTOR.begin_device(form(talk), http=talk.http, now=NOW)
    talk.fault("device_slow")
    assert CONNECTOR.poll_device(code, form(talk), http=talk.http, now=NOW) is None
    talk.fault("device_declined")
    with pytest.raises(SignInRequiredError, match=r"dynamics\.sign_in_refused"):
        CONNECTOR.poll_device(code, form(talk), http=talk.http, now=NOW)
    talk.exchanges.clear()
    with pytest.raises(SignInRequiredError, match=r"dynamics\.code_expired"):
        CONNECTOR.poll_device(code, form(talk), http=talk.http, now=code.until)
    assert talk.exchanges == []


def test_an_app_that_nobody_registered_is_named(talk: Talk) -> None:
    unknown = form(talk, client_id="00000000-0000-4000-8000-000000000000")
    with pytest.raises((ConfigurationError, SignInRequiredError)):
        CONNECTOR.begin_device(unknown, http=talk.http, now=NOW)
