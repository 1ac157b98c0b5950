"""The whole way against an issuer on loopback, through the host's own HTTP: good, refused, attacked."""

import base64
import dataclasses
import hashlib
import json
import socket
import threading
from collections import abc
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.integration.transport.doors import Door, open_door
from tests.integration.transport.peers import Peer, Talk, answering
from writeback.errors import (
    ConfigurationError,
    LinkLostError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback.sdk.connector import OAuthApp
from writeback.sdk.signing_in import Attempt, Patience, Tokens, begin, finish, refresh, sign_in

GIVEN: dict[str, Any] = {
    "access_token": "00D!access",
    "refresh_token": "5Aep-refresh",
    "instance_url": "https://acme.my.vendor.example",
    "id": "https://login.vendor.example/id/00D/005",
    "token_type": "Bearer",
}


def answer(status: int = 200, **body: object) -> abc.Callable[[Talk], None]:
    return answering((status, json.dumps(body).encode(), {"Content-Type": "application/json"}))


def hang_up(talk: Talk) -> None:
    talk.hear()


def app_at(peer: Peer, **changes: object) -> OAuthApp:
    app = OAuthApp(
        authorize_url=f"{peer.origin}/services/oauth2/authorize",
        token_url=f"{peer.origin}/services/oauth2/token",
        client_id="client",
        scope="api refresh_token id",
        redirect_ports=(0,),
        redirect_path="/OauthRedirect",
    )
    return dataclasses.replace(app, **changes)  # type: ignore[arg-type]  # fields of it


@dataclass
class Browser:
    """Opens an address: by default as a person who signs in and is sent back."""

    target: str = "{path}?code=the-code&state={state}"
    method: str = "GET"
    host: str | None = None
    asked: dict[str, str] = field(default_factory=dict)
    threads: list[threading.Thread] = field(default_factory=list)

    def __call__(self, url: str) -> None:
        self.asked = dict(parse_qsl(urlsplit(url).query))
        thread = threading.Thread(target=self._go, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _go(self) -> None:
        back = urlsplit(self.asked["redirect_uri"])
        target = self.target.format(path=back.path, state=self.asked["state"])
        with socket.create_connection(("127.0.0.1", back.port or 0), timeout=5) as link:
            link.sendall(
                f"{self.method} {target} HTTP/1.1\r\nHost: {self.host or back.netloc}\r\n\r\n".encode()
            )
            while link.recv(4096):
                pass


def form_of(peer: Peer, number: int = -1) -> dict[str, str]:
    return dict(parse_qsl(peer.heard[number].body.decode()))


def signed_in(peer: Peer, browser: Browser, door: Door | None = None) -> Tokens:
    door = door or open_door(peer)
    with door.http as http:
        return sign_in(app_at(peer), http=http, opener=browser)


def test_a_person_signs_in() -> None:
    browser = Browser()
    with Peer(answer(**GIVEN)) as peer:
        tokens = signed_in(peer, browser)
    form = form_of(peer)
    assert (tokens.access_token, tokens.refresh_token) == ("00D!access", "5Aep-refresh")
    assert tokens.answer["instance_url"] == "https://acme.my.vendor.example"
    assert form["grant_type"] == "authorization_code"
    assert form["code"] == "the-code"
    assert form["redirect_uri"] == browser.asked["redirect_uri"]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
    assert challenge.decode() == browser.asked["code_challenge"]


def test_a_public_client_sends_no_secret() -> None:
    with Peer(answer(**GIVEN)) as peer:
        signed_in(peer, Browser())
    assert form_of(peer)["client_id"] == "client"
    assert "client_secret" not in form_of(peer)
    assert "authorization" not in peer.heard[0].headers


def test_a_customers_own_secret_goes_into_the_form() -> None:
    with Peer(answer(**GIVEN)) as peer, open_door(peer).http as http:
        sign_in(app_at(peer), http=http, opener=Browser(), client_secret="own")
    assert form_of(peer)["client_secret"] == "own"
    assert "authorization" not in peer.heard[0].headers


def test_the_redirects_other_parameters_are_kept_and_code_and_state_are_not() -> None:
    with Peer(answer(**GIVEN)) as peer:
        tokens = signed_in(peer, Browser("{path}?code=c&state={state}&location=eu"))
    assert tokens.redirect == {"location": "eu"}


def test_neither_log_nor_record_nor_repr_holds_a_secret() -> None:
    browser = Browser()
    with Peer(answer(**GIVEN)) as peer:
        door = open_door(peer)
        tokens = signed_in(peer, browser, door)
    told = repr(door.records) + repr(tokens)
    for secret in ("00D!access", "5Aep-refresh", "the-code", form_of(peer)["code_verifier"]):
        assert secret not in told


ATTACKS: list[tuple[str, Browser, str]] = [
    ("no state", Browser("{path}?code=c"), "sign_in.state"),
    ("wrong state", Browser("{path}?code=c&state=guessed"), "sign_in.state"),
    ("two states", Browser("{path}?code=c&state=guessed&state={state}"), "sign_in.ambiguous"),
    ("two codes", Browser("{path}?code=c&code=d&state={state}"), "sign_in.ambiguous"),
    ("no code", Browser("{path}?state={state}"), "sign_in.no_code"),
    ("denied", Browser("{path}?error=access_denied&state={state}"), "sign_in.denied"),
    ("denied with a code", Browser("{path}?error=access_denied&code=c&state={state}"), "sign_in.denied"),
    ("foreign issuer", Browser("{path}?code=c&state={state}&iss=https://evil.example"), "sign_in.issuer"),
    ("foreign host", Browser(host="evil.example"), "sign_in.foreign_host"),
    ("rebound name", Browser(host="localhost.evil.example:80"), "sign_in.foreign_host"),
    ("post", Browser(method="POST"), "sign_in.wrong_method"),
    ("huge query", Browser("{path}?code=" + "x" * 9000 + "&state={state}"), "sign_in.too_big"),
]


@pytest.mark.parametrize(
    ("browser", "code"), [case[1:] for case in ATTACKS], ids=[case[0] for case in ATTACKS]
)
def test_an_attacked_redirect_exchanges_no_code(browser: Browser, code: str) -> None:
    with Peer(answer(**GIVEN)) as peer, pytest.raises(SignInRequiredError) as raised:
        signed_in(peer, browser)
    assert raised.value.code == code
    assert peer.heard == []


def attempt_at(peer: Peer) -> Attempt:
    return begin(app_at(peer), port=1717)


def test_a_pasted_address_passes_the_same_checks() -> None:
    with Peer(answer(**GIVEN)) as peer, open_door(peer).http as http:
        good = attempt_at(peer)
        tokens = finish(good, f"{good.redirect_uri}?code=c&state={good.state}", http=http)
        assert tokens.access_token == "00D!access"
        bad = attempt_at(peer)
        with pytest.raises(SignInRequiredError):
            finish(bad, f"{bad.redirect_uri}?code=c&state={good.state}", http=http)
    assert len(peer.heard) == 1


def test_an_attempt_serves_once() -> None:
    with Peer(answer(**GIVEN)) as peer, open_door(peer).http as http:
        attempt = attempt_at(peer)
        address = f"{attempt.redirect_uri}?code=c&state={attempt.state}"
        finish(attempt, address, http=http)
        with pytest.raises(SignInRequiredError) as raised:
            finish(attempt, address, http=http)
    assert raised.value.code == "sign_in.spent"
    assert len(peer.heard) == 1


def test_an_attempt_that_failed_is_spent_too() -> None:
    with Peer(answer(**GIVEN)) as peer, open_door(peer).http as http:
        attempt = attempt_at(peer)
        for address in ("guess", f"{attempt.redirect_uri}?code=c&state={attempt.state}"):
            with pytest.raises(SignInRequiredError):
                finish(attempt, address, http=http)
    assert peer.heard == []


def test_a_person_who_pastes_while_we_wait_is_served() -> None:
    pasted: list[str] = []

    def opener(url: str) -> None:
        asked = dict(parse_qsl(urlsplit(url).query))
        pasted.append(f"{asked['redirect_uri']}?code=c&state={asked['state']}")

    with Peer(answer(**GIVEN)) as peer, open_door(peer).http as http:
        patience = Patience(idle=lambda: pasted[0] if pasted else None)
        assert sign_in(app_at(peer), http=http, opener=opener, patience=patience).access_token


REFUSALS: list[tuple[abc.Callable[[Talk], None], type[WritebackError], str]] = [
    (
        answer(400, error="invalid_grant", error_description="expired authorization code"),
        SignInRequiredError,
        "sign_in.code_rejected",
    ),
    (answer(400, error="invalid_client_id"), ConfigurationError, "sign_in.setup"),
    (answer(400, error="redirect_uri_mismatch"), ConfigurationError, "sign_in.setup"),
    (answer(200, error="invalid_code"), SignInRequiredError, "sign_in.code_rejected"),
    (answer(200, nothing=1), SignInRequiredError, "sign_in.answer_unreadable"),
    (answer(200, access_token=""), SignInRequiredError, "sign_in.answer_unreadable"),
    (answer(200, access_token=7), SignInRequiredError, "sign_in.answer_unreadable"),
    (answering((200, b"<html>a proxy's page</html>")), SignInRequiredError, "sign_in.answer_unreadable"),
    (answering((200, b"[1]")), SignInRequiredError, "sign_in.answer_unreadable"),
    (answering((503, b"busy")), ServerBusyError, "sign_in.busy"),
    (answering((429, b"slow down")), ServerBusyError, "sign_in.busy"),
    (
        answering((302, b"", {"Location": "https://evil.example/"})),
        SignInRequiredError,
        "sign_in.answer_lost",
    ),
    (hang_up, SignInRequiredError, "sign_in.answer_lost"),
]


@pytest.mark.parametrize(
    ("issuer", "kind", "code"), REFUSALS, ids=[f"{n}-{case[2]}" for n, case in enumerate(REFUSALS)]
)
def test_what_the_issuer_answers_to_the_code_is_told_apart(
    issuer: abc.Callable[[Talk], None], kind: type[WritebackError], code: str
) -> None:
    with Peer(issuer) as peer, open_door(peer).http as http:
        attempt = attempt_at(peer)
        with pytest.raises(kind) as raised:
            finish(attempt, f"{attempt.redirect_uri}?code=c&state={attempt.state}", http=http)
    assert raised.value.code == code
    assert len(peer.heard) == 1


def test_a_refresh_gives_a_new_access_token_and_no_new_refresh_token() -> None:
    with Peer(answer(access_token="new")) as peer, open_door(peer).http as http:
        tokens = refresh(app_at(peer), "old-refresh", http=http)
    assert (tokens.access_token, tokens.refresh_token) == ("new", None)
    assert form_of(peer) == {
        "grant_type": "refresh_token",
        "refresh_token": "old-refresh",
        "client_id": "client",
    }


def test_a_rotated_refresh_token_is_handed_on() -> None:
    with Peer(answer(access_token="new", refresh_token="rotated")) as peer, open_door(peer).http as http:
        assert refresh(app_at(peer), "old-refresh", http=http).refresh_token == "rotated"


def test_a_revoked_refresh_token_asks_for_a_sign_in() -> None:
    issuer = answer(400, error="invalid_grant", error_description="expired access/refresh token")
    with Peer(issuer) as peer, open_door(peer).http as http, pytest.raises(SignInRequiredError) as raised:
        refresh(app_at(peer), "old-refresh", http=http)
    assert raised.value.code == "sign_in.revoked"
    assert raised.value.facts["description"] == "expired access/refresh token"


def test_a_lost_answer_to_a_refresh_is_no_unknown_write() -> None:
    with (
        Peer(hang_up) as peer,
        open_door(peer).http as http,
        pytest.raises(LinkLostError) as raised,
    ):
        refresh(app_at(peer), "old-refresh", http=http)
    assert raised.value.code == "sign_in.refresh_lost"
    assert len(peer.heard) == 1


def test_a_token_call_to_an_undeclared_host_is_stopped() -> None:
    with Peer(answer(**GIVEN)) as peer, open_door(peer).http as http:
        app = app_at(peer, token_url="https://evil.example/token")
        with pytest.raises(WritebackError) as raised:
            refresh(app, "old-refresh", http=http)
    assert raised.value.code == "link.address_refused"
    assert peer.heard == []
