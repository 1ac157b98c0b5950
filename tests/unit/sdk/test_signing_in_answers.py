"""S4: the answer address, received or pasted, is held against the one attempt it claims to answer."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import ConfigurationError, SignInRequiredError
from writeback.sdk.connector import OAuthApp
from writeback.sdk.signing_in import Attempt, begin, read_answer

APP = OAuthApp(
    authorize_url="https://login.vendor.example/authorize",
    token_url="https://login.vendor.example/token",
    client_id="client",
    scope="api refresh_token id",
    redirect_ports=(1717, 1718),
    redirect_path="/OauthRedirect",
)
GOOD = "http://localhost:1717/OauthRedirect"


def attempt(issuer: str | None = None) -> Attempt:
    secrets = iter(["state-1", "verifier-1-" + "x" * 40])
    return begin(APP, port=1717, issuer=issuer, secret=lambda: next(secrets))


def test_the_question_carries_pkce_and_state() -> None:
    asked = begin(dataclasses.replace(APP, extra=(("prompt", "login"),)), port=1718, secret=lambda: "s" * 43)
    assert asked.redirect_uri == "http://localhost:1718/OauthRedirect"
    for part in (
        "https://login.vendor.example/authorize?",
        "response_type=code",
        "client_id=client",
        "redirect_uri=http%3A%2F%2Flocalhost%3A1718%2FOauthRedirect",
        "scope=api+refresh_token+id",
        "state=" + "s" * 43,
        "code_challenge_method=S256",
        "prompt=login",
    ):
        assert part in asked.url
    assert "code_verifier" not in asked.url


def test_the_challenge_is_that_of_rfc_7636() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    asked = begin(APP, port=1717, secret=lambda: verifier)
    assert "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" in asked.url


def test_no_two_attempts_share_a_secret() -> None:
    made = [begin(APP, port=1717) for _ in range(20)]
    assert len({one.state for one in made} | {one.verifier for one in made}) == 40
    assert all(len(one.state) >= 43 for one in made)


def test_its_repr_shows_no_secret() -> None:
    told = repr(attempt())
    assert "state-1" not in told
    assert "verifier" not in told


def test_an_issuers_page_without_tls_is_refused_unless_it_is_a_simulator() -> None:
    with pytest.raises(ConfigurationError):
        begin(dataclasses.replace(APP, authorize_url="http://login.vendor.example/authorize"), port=1717)
    simulator = dataclasses.replace(APP, authorize_url="http://127.0.0.1:18801/authorize")
    assert begin(simulator, port=1717).url.startswith("http://127.0.0.1:18801/authorize?")


def test_a_good_answer_keeps_all_its_parameters() -> None:
    answer = read_answer(
        attempt(), f"{GOOD}?code=abc&state=state-1&location=eu&accounts-server=https%3A%2F%2Fx"
    )
    assert answer == {"code": "abc", "state": "state-1", "location": "eu", "accounts-server": "https://x"}


def test_space_around_a_pasted_address_does_not_matter() -> None:
    assert read_answer(attempt(), f"  {GOOD}?code=abc&state=state-1\n")["code"] == "abc"


BAD = [
    ("", "sign_in.wrong_address"),
    ("abc", "sign_in.wrong_address"),
    ("?code=abc&state=state-1", "sign_in.wrong_address"),
    (f"{GOOD}", "sign_in.state"),
    (f"{GOOD}?", "sign_in.state"),
    (f"{GOOD}?code=abc", "sign_in.state"),
    (f"{GOOD}?code=abc&state=", "sign_in.state"),
    (f"{GOOD}?code=abc&state=state-2", "sign_in.state"),
    (f"{GOOD}?code=abc&state=STATE-1", "sign_in.state"),
    (f"{GOOD}?code=abc&state=state-1x", "sign_in.state"),
    (f"{GOOD}?code=abc&state=%00state-1", "sign_in.state"),
    (f"{GOOD}?code=abc&state=stäte-1", "sign_in.state"),
    (f"{GOOD}?code=abc&State=state-1", "sign_in.state"),
    (f"{GOOD}#code=abc&state=state-1", "sign_in.state"),
    (f"{GOOD}?code=abc&state=state-1&state=state-1", "sign_in.ambiguous"),
    (f"{GOOD}?state=state-2&code=abc&state=state-1", "sign_in.ambiguous"),
    (f"{GOOD}?code=abc&code=def&state=state-1", "sign_in.ambiguous"),
    (f"{GOOD}?state=state-1", "sign_in.no_code"),
    (f"{GOOD}?code=&state=state-1", "sign_in.no_code"),
    (f"{GOOD}?CODE=abc&state=state-1", "sign_in.no_code"),
    (f"{GOOD}/?code=abc&state=state-1", "sign_in.wrong_address"),
    (f"{GOOD}/../OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://localhost:1717/oauthredirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://localhost:1717/?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://localhost:1718/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://localhost/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://127.0.0.1:1717/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://evil.example:1717/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://localhost:1717@evil.example/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://me@localhost:1717/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("https://localhost:1717/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("//localhost:1717/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    ("http://[::1/OauthRedirect?code=abc&state=state-1", "sign_in.wrong_address"),
    (f"{GOOD}?code=abc&state=state-1&x", "sign_in.wrong_address"),
    (f"{GOOD}?{'&'.join(f'a{n}=1' for n in range(60))}", "sign_in.wrong_address"),
    (f"{GOOD}?code=abc&state=state-1&x={'y' * 8192}", "sign_in.too_big"),
    (f"{GOOD}?code={'y' * 10_000_000}&state=state-1", "sign_in.too_big"),
    (f"{GOOD}?code=abc&state=state-1&iss=https%3A%2F%2Fevil.example", "sign_in.issuer"),
    (f"{GOOD}?code=abc&state=state-1&iss=", "sign_in.issuer"),
    (f"{GOOD}?code=abc&state=state-1&iss=https%3A%2F%2Flogin.vendor.example.evil.example", "sign_in.issuer"),
    (f"{GOOD}?error=access_denied&state=state-1", "sign_in.denied"),
    (f"{GOOD}?error=access_denied", "sign_in.denied"),
    (f"{GOOD}?error=access_denied&code=abc&state=state-1", "sign_in.denied"),
    (
        f"{GOOD}?error=invalid_client&error_description=app+must+be+installed+into+org&state=state-1",
        "sign_in.refused",
    ),
    (f"{GOOD}?error=access_denied&state=state-2", "sign_in.state"),
]


@pytest.mark.parametrize(("address", "code"), BAD, ids=[f"{n}-{code}" for n, (_, code) in enumerate(BAD)])
def test_a_wrong_answer_is_refused_with_its_reason(address: str, code: str) -> None:
    with pytest.raises(SignInRequiredError) as raised:
        read_answer(attempt(), address)
    assert raised.value.code == code
    assert "state-1" not in str(raised.value)


def test_the_table_holds_forty_cases() -> None:
    assert len(BAD) >= 40


def test_the_issuers_own_words_are_told() -> None:
    with pytest.raises(SignInRequiredError) as raised:
        read_answer(
            attempt(), f"{GOOD}?error=invalid_client&error_description=app+must+be+installed&state=state-1"
        )
    assert raised.value.facts == {"error": "invalid_client", "description": "app must be installed"}


@pytest.mark.parametrize("issuer", ["https://login.vendor.example", "https://login.vendor.example/"])
def test_the_right_issuer_passes(issuer: str) -> None:
    assert read_answer(attempt(), f"{GOOD}?code=abc&state=state-1&iss={issuer}")


def test_an_issuer_may_call_itself_otherwise() -> None:
    named = attempt("https://issuer.example/tenant")
    assert read_answer(named, f"{GOOD}?code=abc&state=state-1&iss=https://issuer.example/tenant")


def test_the_answer_to_another_pending_attempt_is_refused() -> None:
    first, second = begin(APP, port=1717), begin(APP, port=1717)
    with pytest.raises(SignInRequiredError):
        read_answer(first, f"{GOOD}?code=abc&state={second.state}")


@given(st.text())
def test_whatever_is_pasted_gives_no_code_without_the_state(text: str) -> None:
    for address in (text, GOOD + text, f"{GOOD}?{text}", f"{GOOD}?code=abc&state={text}"):
        with pytest.raises(SignInRequiredError):
            read_answer(attempt(), address)
