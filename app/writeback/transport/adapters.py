"""The one way out: each request of a connector passes this adapter, whoever's session it rides on.

In this order: address guard, throttle, time limits, sending (a write once, a read up to four times),
evidence, error translation, recorder. Redirects are never followed. What the CRM's answer means is
the connector's trade, but for the one thing that concerns every request: a refusal that asks to wait.
"""

import ssl
import time
from collections import abc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import stamina
import stamina.instrumentation
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.util.ssl_ import create_urllib3_context

from writeback.errors import (
    ConfigurationError,
    GuardError,
    InternalError,
    LinkLostError,
    OutcomeUnknownError,
    WritebackError,
)
from writeback.transport.addresses import check_address, host_of
from writeback.transport.bodies import StreamedBody
from writeback.transport.connections import PlainPool, TlsPool, tracking
from writeback.transport.policies import HttpPolicy
from writeback.transport.recording import Recorder
from writeback.transport.throttling import Throttle, parse_retry_after
from writeback.transport.translating import FOREIGN, translate

READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
TRIES: Final = 4
_BUSY = frozenset({500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WISHES = ("stream", "timeout", "verify", "cert", "proxies")
_POOLS = {"http": PlainPool, "https": TlsPool}
_FINAL_REASONS = frozenset({"certificate", "tls", "garbled"})
"""Trying again cannot help."""

stamina.instrumentation.set_on_retry_hooks([])  # the default hook logs arguments


class _BusyAnswerError(Exception):
    """A read was answered *busy*: control flow of the retries, never leaves this module."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def _raise_when_busy(answer: Response) -> None:
    if answer.status_code in _BUSY:
        _ = answer.content  # gives a streamed answer's connection back
        raise _BusyAnswerError(answer)


class GuardedAdapter(HTTPAdapter):
    """Sends under one connection's policy. Used by one thread at a time."""

    def __init__(
        self,
        policy: HttpPolicy,
        *,
        recorder: Recorder,
        throttle: Throttle,
        now: abc.Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: abc.Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy = policy
        self._recorder = recorder
        self._throttle = throttle
        self._now = now
        self._monotonic = monotonic
        self._tls = tls_context(policy.ca_file)
        self._proxies = {} if policy.is_simulator or not policy.proxy else {"https": policy.proxy}
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  requests' own signature
        """Make pools whose connections note how far a request got."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:  # noqa: ANN401  requests' own signature
        """Make such pools behind a proxy too."""
        manager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: object, cert: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Verify by our own context, whatever the caller asked for."""
        del verify, cert
        place, _ = super().build_connection_pool_key_attributes(request, verify=True)
        return place, {"ssl_context": self._tls, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: str, verify: object, cert: object) -> None:  # noqa: ANN401  requests' own signature
        """Do nothing: the context holds the certificates, and nobody may swap them."""

    def close(self) -> None:
        """Close every connection now; urllib3 would leave them to the garbage collector."""
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for place in tuple(manager.pools.keys()):  # it refuses to be iterated
                manager.pools[place].close()
        super().close()

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:  # noqa: ANN401  requests' own signature
        """Send one request under the policy.

        Raises:
            GuardError: The address is not this connection's; nothing was sent.
            LinkLostError: Nothing was changed: not sent, or a read.
            OutcomeUnknownError: A write was sent and its answer did not arrive whole.
            RateLimitedError: The wait in force is too long to stand still; nothing was sent.
        """
        wishes = {**dict(zip(_WISHES, args, strict=False)), **options}  # verify, cert, proxies: not granted
        stream = bool(wishes.get("stream"))
        request.url = check_address(request.url or "", self._policy)
        request.headers.pop("Host", None)  # another name than the checked one
        limits = wishes.get("timeout") or (self._policy.connect_timeout_s, self._policy.read_timeout_s)
        if request.method not in READS:
            return self._once(request, stream=stream, timeout=limits)
        return self._read(request, stream=stream, timeout=limits)

    def _read(self, request: PreparedRequest, *, stream: bool, timeout: Any) -> Response:  # noqa: ANN401  as above
        attempts = stamina.retry_context(
            on=lambda error: _is_worth_another_try(error, is_simulator=self._policy.is_simulator),
            attempts=TRIES,
            timeout=self._policy.read_timeout_s * 2,
            wait_initial=0.2,
        )
        try:
            for attempt in attempts:
                with attempt:
                    answer = self._once(request, stream=stream, timeout=timeout)
                    _raise_when_busy(answer)
                    return answer
        except _BusyAnswerError as busy:
            return busy.answer  # the connector reads the last answer's error like any other
        raise InternalError("link.no_try")

    def _once(self, request: PreparedRequest, *, stream: bool, timeout: Any) -> Response:  # noqa: ANN401  as above
        with self._throttle.slot():
            begun, started_at = self._monotonic(), self._now()
            try:
                response = self._exchange(request, stream=stream, timeout=timeout)
            except WritebackError as lost:
                seconds = self._monotonic() - begun
                self._recorder.record(request, None, started_at=started_at, seconds=seconds, error=lost.code)
                raise
            self._heed(
                response, stream=stream
            )  # inside the slot: nobody may slip out before the wait is known
        seconds = self._monotonic() - begun
        self._recorder.record(request, response, started_at=started_at, seconds=seconds, is_streamed=stream)
        _refuse_redirect(request, response)
        return response

    def _exchange(self, request: PreparedRequest, *, stream: bool, timeout: Any) -> Response:  # noqa: ANN401  as above
        is_write = request.method not in READS
        host = host_of(request.url or "")
        with tracking(is_write=is_write, body_length=_body_length(request)) as progress:
            try:
                response = super().send(
                    request, stream=stream, timeout=timeout, verify=True, proxies=self._proxies
                )
                if not stream:
                    _ = response.content  # a cut body is found here, where it can be judged
            except FOREIGN as error:
                lost = translate(error, is_sent=progress.is_sent, is_write=is_write, host=host)
                raise lost from None  # their text repeats the address and its query
        if stream:
            response.raw = StreamedBody(response.raw, is_write=is_write, host=host)
        return response

    def _heed(self, response: Response, *, stream: bool) -> None:
        """Tell the throttle what the answer says about the pace."""
        status = response.status_code
        stated = parse_retry_after(response.headers.get("Retry-After"), now=self._now())
        is_limit = status == 429 or any(
            sign.status == status and not stream and sign.word in response.content
            for sign in self._policy.limit_signs
        )
        if is_limit or (status == 503 and stated is not None):
            self._throttle.penalise(stated)
        elif status not in _BUSY:
            self._throttle.succeed()


def _is_worth_another_try(error: Exception, *, is_simulator: bool) -> bool:
    if isinstance(error, LinkLostError):
        reason = error.facts.get("reason")
        # a simulator on loopback that refuses is not there: no network in between could have dropped it
        return reason not in _FINAL_REASONS and not (is_simulator and reason == "refused")
    return isinstance(error, _BusyAnswerError)


def _refuse_redirect(request: PreparedRequest, response: Response) -> None:
    """Never follow: a redirect may carry a token away, and may hide that a write was done."""
    if response.status_code not in _REDIRECTS or "Location" not in response.headers:
        return
    facts = {"host": host_of(request.url or ""), "to": host_of(response.headers["Location"])[:255]}
    response.close()
    if request.method in READS:
        raise GuardError("link.redirect_refused", **facts)
    raise OutcomeUnknownError("link.redirected", **facts)


def _body_length(request: PreparedRequest) -> int | None:
    length = request.headers.get("Content-Length")
    if length is not None and str(length).isdigit():
        return int(length)
    return 0 if request.body is None else None


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Make what checks every certificate: TLS 1.2 at least, the CA file's authorities or those we ship.

    Raises:
        ConfigurationError: The CA file cannot be used.
    """
    context = create_urllib3_context(ssl_minimum_version=ssl.TLSVersion.TLSv1_2, cert_reqs=ssl.CERT_REQUIRED)
    try:
        context.load_verify_locations(str(ca_file) if ca_file else DEFAULT_CA_BUNDLE_PATH)
    except OSError:  # ssl.SSLError is one: not there, unreadable, or no certificates in it
        raise ConfigurationError("link.ca_file", path=str(ca_file or DEFAULT_CA_BUNDLE_PATH)) from None
    return context
