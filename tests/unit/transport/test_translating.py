"""The door walks through every exception class that requests and urllib3 have."""

import http.client
import inspect
import socket
import ssl
from collections import abc
from types import ModuleType

import pytest
import requests.exceptions as rx
import urllib3.exceptions as ux

from writeback.errors import (
    ConfigurationError,
    InvalidRequestError,
    LinkLostError,
    OutcomeUnknownError,
    WritebackError,
)
from writeback.transport.translating import FOREIGN, reason_of, translate


def classes(module: ModuleType) -> list[type[Exception]]:
    return [
        found
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Exception)
        and not issubclass(found, Warning)
        and found.__module__ == module.__name__
    ]


ALL = [
    *classes(rx),
    *classes(ux),
    *classes(http.client),
    socket.gaierror,
    ConnectionResetError,
    TimeoutError,
    BrokenPipeError,
    ssl.SSLEOFError,
    ssl.SSLCertVerificationError,
    OSError,
]


def make(kind: type[Exception]) -> Exception:
    """Make one without its constructor: only its class counts here."""
    return kind.__new__(kind)


def translated(error: BaseException, *, is_sent: bool, is_write: bool) -> WritebackError:
    return translate(error, is_sent=is_sent, is_write=is_write, host="acme.example")


def test_the_walk_sees_both_libraries() -> None:
    assert len(classes(rx)) >= 20
    assert len(classes(ux)) >= 30


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_class_is_caught_at_the_door(kind: type[Exception]) -> None:
    assert issubclass(kind, FOREIGN)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_a_write_of_which_a_byte_left_is_unknown_whatever_was_raised(kind: type[Exception]) -> None:
    assert type(translated(make(kind), is_sent=True, is_write=True)) is OutcomeUnknownError


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@pytest.mark.parametrize("is_write", [True, False])
def test_nothing_sent_is_never_unknown(kind: type[Exception], *, is_write: bool) -> None:
    error = translated(make(kind), is_sent=False, is_write=is_write)
    assert isinstance(error, LinkLostError | InvalidRequestError | ConfigurationError)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_a_broken_read_is_lost(kind: type[Exception]) -> None:
    assert type(translated(make(kind), is_sent=True, is_write=False)) is LinkLostError


@pytest.mark.parametrize(
    "kind",
    [
        rx.InvalidURL,
        rx.MissingSchema,
        rx.InvalidSchema,
        rx.InvalidHeader,
        ux.LocationParseError,
        rx.InvalidJSONError,
    ],
)
def test_a_request_that_cannot_be_made_is_our_own_mistake(kind: type[Exception]) -> None:
    assert type(translated(make(kind), is_sent=False, is_write=True)) is InvalidRequestError


def test_a_malformed_proxy_is_a_setting() -> None:
    assert type(translated(make(rx.InvalidProxyURL), is_sent=False, is_write=True)) is ConfigurationError


def wrapped(cause: Exception) -> rx.ConnectionError:
    """As requests wraps it: the cause is an argument, not a cause."""
    return rx.ConnectionError(ux.MaxRetryError(None, "/", cause))  # type: ignore[arg-type]  # a pool is not needed


CASES: abc.Sequence[tuple[Exception, str]] = [
    (wrapped(ux.NameResolutionError("acme.example", None, socket.gaierror("x"))), "name"),  # type: ignore[arg-type]
    (wrapped(ux.NewConnectionError(None, "refused")), "refused"),  # type: ignore[arg-type]
    (rx.ConnectTimeout(), "connect_timeout"),
    (rx.ProxyError(ux.MaxRetryError(None, "/", ux.ProxyError("x", ConnectionRefusedError()))), "proxy"),  # type: ignore[arg-type]
    (rx.SSLError(ux.MaxRetryError(None, "/", ux.SSLError(ssl.SSLCertVerificationError("x")))), "certificate"),  # type: ignore[arg-type]
    (rx.SSLError(ux.SSLError("handshake")), "tls"),
    (rx.ReadTimeout(), "read_timeout"),
    (rx.ConnectionError(ux.ProtocolError("aborted", ConnectionResetError())), "dropped"),
    (rx.ConnectionError(ux.ProtocolError("aborted", http.client.RemoteDisconnected("closed"))), "dropped"),
    (rx.ChunkedEncodingError(ux.ProtocolError("x", ux.IncompleteRead(1, 2))), "cut"),
    (rx.ContentDecodingError(ux.DecodeError("x")), "garbled"),
    (OSError("disk"), "other"),
]


@pytest.mark.parametrize(("error", "reason"), CASES, ids=[reason for _, reason in CASES])
def test_the_reason_is_found_in_the_chain_of_causes(error: Exception, reason: str) -> None:
    assert reason_of(error) == reason


def test_an_error_that_is_its_own_cause_ends() -> None:
    error = OSError("x")
    error.__context__ = ValueError("y")
    error.__context__.__context__ = error
    assert reason_of(error) == "other"


def test_no_text_of_theirs_is_carried_over() -> None:
    error = rx.ConnectionError("https://acme.example/?code=secret")
    assert "secret" not in str(translated(error, is_sent=True, is_write=True))
