"""Turn every failure of the HTTP libraries into one of ours, by what is known to have happened.

The question is never which class was raised, but whether a byte of the request had left: the
connection itself notes that (`connections`). No foreign exception leaves this room.
"""

import http.client
import ssl
from collections import abc
from typing import Final

import requests.exceptions as rx
import urllib3.exceptions as ux

from writeback.errors import (
    ConfigurationError,
    ConnectorError,
    InvalidRequestError,
    LinkLostError,
    OutcomeUnknownError,
    WritebackError,
)

FOREIGN: Final = (
    rx.RequestException,
    ux.HTTPError,
    ux.ProxySchemeUnsupported,  # the one of urllib3 that is a mere ValueError
    http.client.HTTPException,
    OSError,
    UnicodeError,
)
"""Everything that requests, urllib3 and the socket under them may raise."""

_OUR_FAULT = (
    rx.InvalidURL,
    rx.MissingSchema,
    rx.InvalidSchema,
    rx.URLRequired,
    rx.InvalidHeader,
    rx.InvalidJSONError,
    rx.UnrewindableBodyError,
    ux.LocationValueError,
    ux.URLSchemeUnknown,
    ux.UnrewindableBodyError,
    UnicodeError,
)
_PROXY_SETTING = (rx.InvalidProxyURL, ux.ProxySchemeUnknown, ux.ProxySchemeUnsupported)

_REASONS: Final[tuple[tuple[str, tuple[type[BaseException], ...]], ...]] = (
    ("certificate", (ssl.SSLCertVerificationError, ssl.CertificateError)),
    ("name", (ux.NameResolutionError,)),
    ("proxy", (rx.ProxyError, ux.ProxyError)),
    ("connect_timeout", (rx.ConnectTimeout,)),
    ("refused", (ux.NewConnectionError, ConnectionRefusedError)),
    ("connect_timeout", (ux.ConnectTimeoutError,)),
    ("tls", (rx.SSLError, ux.SSLError, ssl.SSLError)),
    ("read_timeout", (rx.ReadTimeout, ux.ReadTimeoutError, TimeoutError)),
    ("cut", (ux.IncompleteRead, http.client.IncompleteRead, rx.ChunkedEncodingError)),
    ("garbled", (rx.ContentDecodingError, ux.DecodeError)),
    ("dropped", (ConnectionError, ux.ProtocolError, http.client.HTTPException)),
)
"""Searched in this order through the whole chain of causes: the first says most."""


def translate(error: BaseException, *, is_sent: bool, is_write: bool, host: str) -> WritebackError:
    """Give our error for theirs.

    Args:
        error: What the libraries raised.
        is_sent: Whether a byte of the request was handed to the network.
        is_write: Whether the request may have changed something (all but GET, HEAD and OPTIONS).
        host: For the message.
    """
    reason = reason_of(error)
    if is_sent and is_write:
        return OutcomeUnknownError("link.outcome_unknown", host=host, reason=reason)
    chain = tuple(_chain(error))
    if not is_sent:
        if any(isinstance(link, _PROXY_SETTING) for link in chain):
            return ConfigurationError("link.proxy_invalid")
        if isinstance(error, _OUR_FAULT):
            return _our_fault(error, host)
    return LinkLostError("link.lost", host=host, reason=reason)


def reason_of(error: BaseException) -> str:
    """Name what went wrong in one stable word."""
    chain = tuple(_chain(error))
    for reason, classes in _REASONS:
        if any(isinstance(link, classes) for link in chain):
            return reason
    return "other"


def _our_fault(error: BaseException, host: str) -> ConnectorError:
    return InvalidRequestError("link.request_invalid", host=host, kind=type(error).__name__)


def _chain(error: BaseException) -> abc.Iterator[BaseException]:
    """Walk an error and all it was made of: causes, contexts, reasons, arguments."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        link = todo.pop(0)
        if not isinstance(link, BaseException) or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        todo += [link.__cause__, link.__context__, getattr(link, "reason", None), *link.args]
