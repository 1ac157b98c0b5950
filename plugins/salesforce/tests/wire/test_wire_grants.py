"""Tokens without a person: what is sent, and what each answer means."""

import json
from collections import abc
from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from writeback.errors import (
    ConfigurationError,
    RateLimitedError,
    ServerBusyError,
    SignInRequiredError,
    WritebackError,
)
from writeback_salesforce.wire.grants import JWT_BEARER, parse_grant, prepare_grant

NOW = datetime(2026, 11, 27, 13, tzinfo=UTC)
HOST = "login.salesforce.com"


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def origin_of(answer: abc.Mapping[str, object]) -> str:
    return str(answer["instance_url"])


def test_the_assertion_is_signed_by_the_users_key_and_ends_within_three_minutes(
    key: rsa.RSAPrivateKey,
) -> None:
    credentials = {"client_id": "3MVG9", "username": "ana@acme.test", "private_key": pem(key)}
    form = prepare_grant(credentials, host=HOST, now=NOW)
    assert form["grant_type"] == JWT_BEARER
    claims = jwt.decode(
        form["assertion"],
        key.public_key(),
        algorithms=["RS256"],
        audience=f"https://{HOST}",
        options={"verify_exp": False},
    )
    assert (claims["iss"], claims["sub"]) == ("3MVG9", "ana@acme.test")
    assert 0 < claims["exp"] - NOW.timestamp() <= 180


def test_a_refresh_token_is_sent_as_it_is_and_without_a_secret() -> None:
    form = prepare_grant({"client_id": "3MVG9", "refresh_token": "5Aep"}, host=HOST, now=NOW)
    assert form == {"grant_type": "refresh_token", "client_id": "3MVG9", "refresh_token": "5Aep"}


@pytest.mark.parametrize("private_key", ["no key", pem(ec.generate_private_key(ec.SECP256R1()))])
def test_a_key_that_cannot_sign_is_refused_and_not_shown(private_key: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        prepare_grant({"client_id": "a", "username": "b", "private_key": private_key}, host=HOST, now=NOW)
    assert told.value.facts == {"option": "private_key"}


def test_a_rotated_refresh_token_replaces_the_kept_one() -> None:
    answer = {"access_token": "T", "refresh_token": "R2", "instance_url": "https://acme.my.salesforce.com"}
    grant = parse_grant(200, json.dumps(answer).encode(), origin_of=origin_of)
    assert (grant.access_token, grant.origin) == ("T", "https://acme.my.salesforce.com")
    assert grant.kept == {"refresh_token": "R2"}
    assert "R2" not in repr(grant)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"error": "invalid_grant", "error_description": "expired"}, SignInRequiredError),
        (400, {"error": "invalid_client_id"}, ConfigurationError),
        (429, {}, RateLimitedError),
        (503, {}, ServerBusyError),
        (200, {"token": "T"}, ServerBusyError),
        (200, [], ServerBusyError),
    ],
)
def test_every_refusal_says_what_to_do_next(status: int, body: object, kind: type[WritebackError]) -> None:
    with pytest.raises(kind):
        parse_grant(status, json.dumps(body).encode(), origin_of=origin_of)
