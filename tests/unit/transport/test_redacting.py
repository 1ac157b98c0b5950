import base64
import io
import logging
import re
import time
from collections import abc
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from writeback.transport.redacting import RedactingFormatter, Redactor, redact_handlers

SECRET = "s3cr3t/with+odd=chars&more"
MARK = re.compile(r"‹redacted:[0-9a-f]{8}›")


@pytest.fixture
def redactor() -> Redactor:
    made = Redactor(key=b"k" * 32)
    made.learn(SECRET)
    return made


FORMS: dict[str, abc.Callable[[str], str]] = {
    "plain": lambda secret: secret,
    "quoted": lambda secret: quote(secret, safe=""),
    "form": quote_plus,
    "base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "base64 url": lambda secret: base64.urlsafe_b64encode(secret.encode()).decode(),
    "basic": lambda secret: base64.b64encode(f"me:{secret}".encode()).decode(),
    "basic longer": lambda secret: base64.b64encode(f"user:{secret}".encode()).decode(),
    "basic and more": lambda secret: base64.b64encode(f"ab:{secret};x".encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_known_secret_is_taken_out_however_it_is_written(redactor: Redactor, form: str) -> None:
    written = FORMS[form](SECRET)
    told = redactor.text(f"before {written} after")
    assert told.startswith("before ")
    assert told.endswith(" after")
    assert MARK.search(told)
    assert written not in told
    assert len(MARK.sub("", told)) <= len("before  after") + 12  # what stands around it in one base64 text


@given(st.text(min_size=8, max_size=60), st.text(max_size=20), st.sampled_from(sorted(FORMS)))
def test_no_known_secret_survives(secret: str, around: str, form: str) -> None:
    assume(all(not 0xD800 <= ord(char) < 0xE000 for char in secret))
    redactor = Redactor(key=b"k" * 32)
    redactor.learn(secret)
    told = redactor.text(around + FORMS[form](secret) + around)
    assert "‹redacted:" in told


def test_two_sightings_of_one_secret_have_one_mark(redactor: Redactor) -> None:
    told = redactor.text(f"{SECRET} and {quote(SECRET, safe='')} and Authorization: Bearer {SECRET}")
    assert len(set(MARK.findall(told))) == 1


def test_two_secrets_have_two_marks(redactor: Redactor) -> None:
    redactor.learn("another-secret")
    assert len(set(MARK.findall(redactor.text(f"{SECRET} another-secret")))) == 2


def test_two_processes_have_different_marks() -> None:
    marks = set()
    for _ in range(2):
        redactor = Redactor()
        redactor.learn(SECRET)
        marks.add(redactor.text(SECRET))
    assert len(marks) == 2


def test_a_forgotten_secret_is_looked_for_no_more(redactor: Redactor) -> None:
    redactor.forget(SECRET)
    assert redactor.text(f"x {SECRET}") == f"x {SECRET}"


def test_a_word_too_short_to_be_a_secret_is_not_learned(redactor: Redactor) -> None:
    redactor.learn("abc")
    assert redactor.text("abc") == "abc"


LEAKS = [
    "Authorization: Bearer LEAK",
    "authorization: Zoho-oauthtoken LEAK",
    "send: b'GET / HTTP/1.1\\r\\nAuthorization: Bearer LEAK\\r\\n'",
    "{'Authorization': 'Bearer LEAK', 'Accept': '*/*'}",
    '{"Authorization": "LEAK"}',
    "Cookie: sid=LEAK; a=b",
    "Set-Cookie: sid=LEAK",
    "X-SFDC-Session: LEAK",
    "X-Auth-Token: LEAK",
    "Proxy-Authorization: Basic LEAK",
    '{"access_token": "LEAK"}',
    '{"refresh_token":"LEAK","x":1}',
    "{'client_secret': 'LEAK'}",
    '{"password": "LEAK"}',
    '{"sessionId":"LEAK"}',
    '{"signature":"LEAK"}',
    '{"access_token": "LEA\\"LEAK"}',
    "grant_type=authorization_code&code=LEAK&code_verifier=LEAK",
    "client_secret=LEAK&x=1",
    "refresh_token=LEAK",
    "device_code=LEAK",
    "http://localhost:1717/OauthRedirect?code=LEAK&state=LEAK",
    "assertion=LEAK&x",
    "https://x.example/f?X-Amz-Signature=LEAK&a=b",
    "https://x.example/f?sig=LEAK",
    "code=LEAK&state=LEAK",
    "https://me:LEAK@proxy.example:3128/",
    "<sf:sessionId>LEAK</sf:sessionId>",
    "<password>LEAK</password>",
]


@pytest.mark.parametrize("text", LEAKS)
def test_a_secret_is_known_by_where_it_stands(text: str) -> None:
    told = Redactor().text(text)
    assert "LEAK" not in told
    assert MARK.search(told)


TOKENS = [
    "00Dxx0000001gER!AQEAQJ4q7r8s9t0u1v2w3x4y5z6A7B8C9D0",
    "5Aep861TSESvWeug_xvFHRBTTbf_YrTWgEyjBJrXQQXLRx",
    "pat-na1-12345678-1234-1234-1234-123456789012",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcDEF_123-x",
    "1000." + "a1" * 16 + "." + "b2" * 16,
    "0.A" + "xY9_-" * 14,
]


@pytest.mark.parametrize("token", TOKENS)
def test_a_vendors_token_is_known_by_its_shape(token: str) -> None:
    assert Redactor().text(f"something {token} else") != f"something {token} else"
    assert token not in Redactor().text(f"something {token} else")


@pytest.mark.parametrize(
    "text",
    [
        '[{"errorCode":"INVALID_FIELD","message":"No such column"}]',
        '{"state":"JobComplete","id":"750xx"}',
        "job state=running code=7",
        '{"Name":"Acme & Sons","Website":"https://acme.example/a?b=c"}',
        "plain words, nothing else",
        "0010b00002EXAMPLEA",
        "mailto:jane@acme.example",
        "1000.50 EUR",
        "a@b.example writes to http://x.example/",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert Redactor().text(text) == text


def test_redacting_twice_changes_nothing_more(redactor: Redactor) -> None:
    for text in (*LEAKS, *TOKENS, SECRET):
        once = redactor.text(text)
        assert redactor.text(once) == once


def test_secret_headers_keep_their_scheme_only(redactor: Redactor) -> None:
    told = dict(
        redactor.headers(
            {"Authorization": "Bearer abcdef", "Cookie": "a=b", "X-My-Token": b"zzzzzz", "Accept": "a/b"}
        )
    )
    assert told["Authorization"].startswith("Bearer ‹redacted:")
    assert MARK.fullmatch(told["Cookie"])
    assert MARK.fullmatch(told["X-My-Token"])
    assert told["Accept"] == "a/b"


def test_a_log_line_loses_its_secrets_in_message_arguments_and_traceback(redactor: Redactor) -> None:
    out = io.StringIO()
    logger = logging.getLogger("somebody.elses.library")
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger.addHandler(handler)
    redact_handlers(logger, redactor)
    redact_handlers(logger, redactor)
    try:
        int(SECRET)
    except ValueError:
        logger.exception("GET %s", f"/x?code=abcdef&q={quote(SECRET, safe='')}")
    finally:
        logger.removeHandler(handler)
    told = out.getvalue()
    assert told.startswith("ERROR GET /x?code=‹redacted:")
    assert "ValueError: invalid literal for int() with base 10: '‹redacted:" in told
    assert SECRET not in told
    assert "abcdef" not in told
    assert isinstance(handler.formatter, RedactingFormatter)


def test_its_repr_tells_nothing(redactor: Redactor) -> None:
    assert repr(redactor) == "Redactor()"


HOSTILE = [
    "a",
    "x://",
    "0.A",
    "eyJ",
    "eyJa.",
    "<a:",
    "authorization",
    "token=",
    "x-",
    "a-",
    "x-a",
    "00D",
    "1000.",
    "a@",
    "://a",
    "Authorization: ",
    "access_token",
    '"password":"',
    "\\",
    "&code",
    "x-amz-",
    "5Aep",
    "pat-na1-",
    'session_id="',
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_body_makes_it_slow(piece: str) -> None:
    redactor = Redactor()
    body = piece * (80_000 // len(piece)) + "token"
    begun = time.process_time()
    redactor.text(body)
    assert time.process_time() - begun < 1.0


def test_secrets_of_several_shapes_in_one_body_full_of_addresses_are_all_taken_out(
    redactor: Redactor,
) -> None:
    secrets = (
        "00D5g000001AbCd!AQEAQxyz.abcdefghij_klmnop",
        "pat-eu1-01234567-89ab-cdef-0123-456789abcdef",
        "1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef",
        "ann:pa55word",
    )
    addresses = " ".join(f"https://acme{n}.example/a a{n}@b.example" for n in range(200))
    text = f"{addresses} {secrets[0]} {secrets[1]} x {secrets[2]} https://{secrets[3]}@host/ {addresses}"
    told = redactor.text(text)
    assert not [secret for secret in secrets if secret in told]
    assert len(MARK.findall(told)) == len(secrets)
    assert told.startswith(addresses)
    assert told.endswith(addresses)
