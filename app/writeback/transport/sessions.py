"""Build the `requests.Session` that a connector is handed. One per thread; nobody else builds one."""

import http.cookiejar
from typing import Any

import requests
from requests import PreparedRequest, Response

from writeback.transport.adapters import READS, GuardedAdapter
from writeback.transport.addresses import host_of
from writeback.transport.policies import HttpPolicy
from writeback.transport.recording import Recorder, Sink
from writeback.transport.redacting import Redactor
from writeback.transport.throttling import Throttle
from writeback.transport.translating import FOREIGN, translate

USER_AGENT = "Writeback/0.1"


def open_http(
    policy: HttpPolicy, *, recorder: Sink, throttle: Throttle, redactor: Redactor
) -> requests.Session:
    """Open the HTTP session of one connection for one thread.

    It keeps no cookies, reads no environment and no `.netrc`, follows no redirect, and raises only
    errors of ours.

    Raises:
        ConfigurationError: The CA file cannot be used.
    """
    adapter = GuardedAdapter(policy, recorder=Recorder(recorder, redactor), throttle=throttle)
    return _GuardedSession(adapter, policy)


class _GuardedSession(requests.Session):
    def __init__(self, adapter: GuardedAdapter, policy: HttpPolicy) -> None:
        super().__init__()
        self.trust_env = False  # else a .netrc entry replaces our Authorization header
        self.max_redirects = 0
        self.verify = str(policy.ca_file) if policy.ca_file else True
        self.headers["User-Agent"] = USER_AGENT
        self.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=()))
        self._adapter = adapter
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def get_adapter(self, url: str) -> GuardedAdapter:
        """Give the one adapter for every address, so that no scheme goes past it."""
        del url
        return self._adapter

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:  # type: ignore[override]  # noqa: ANN401  its twenty parameters pass through
        """Send one request; see `GuardedAdapter.send` for what it raises."""
        try:
            return super().request(method, url, *args, **options)
        except FOREIGN as error:  # raised while the request was prepared: nothing was sent
            is_write = method.upper() not in READS
            raise translate(error, is_sent=False, is_write=is_write, host=host_of(url)) from None

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # noqa: ANN401  requests' own signature
        """Send, never following a redirect."""
        return super().send(request, **{**options, "allow_redirects": False})
