"""Sign-ins under way: each waits for a person in a thread of its own.

Three ways, one end: the host's own OAuth, a browser sign-in that a vendor's library drives, and a code
typed on another device. Must not: store what comes back (`runtime.connecting` does).
"""

import threading
from collections import abc
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from writeback.errors import Cancelled, ConfigurationError, SignInRequiredError, WritebackError
from writeback.model.connections import Connection
from writeback.runtime.tokens import CLIENT_SECRET, granted_by, page_of
from writeback.sdk import signing_in
from writeback.sdk.connector import ChoosesTokenServer, Clock, Connector, OAuthApp, SignsInByBrowser
from writeback.sdk.sign_ins import Credentials, Grant, SignsInByDeviceCode, SignsInByRedirect
from writeback.sdk.signing_in import Patience, Receiver

SIGN_IN_FOR: Final = timedelta(minutes=5)
_START_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Means:
    """What a sign-in needs beside the connector."""

    connection: Connection
    http: signing_in.HttpDoor
    now: Clock
    app: OAuthApp | None
    """For the host's own OAuth."""
    secrets: Credentials

    @property
    def form(self) -> dict[str, str]:
        """The answers to the form, and the address that was given."""
        return {"origin": self.connection.origin, **dict(self.connection.options)}


class Attempt:
    """A sign-in under way."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self.url = ""
        self.code = ""
        self.until = means.now() + SIGN_IN_FOR
        self._has_url = threading.Event()
        self._pause = threading.Event()
        self._paste: str | None = None
        self._is_cancelled = False
        self._grant: Grant | None = None
        self._error: WritebackError | None = None
        self._thread: threading.Thread | None = None

    def start(self, connector: Connector, method: str) -> None:
        """Begin; gives back once there is an address to open.

        Raises:
            ConfigurationError: The connector has no such way, or no port is free.
            WritebackError: The issuer could not be asked.
        """
        work = self._way(connector, method)

        def body() -> None:
            try:
                self._grant = work()
            except WritebackError as error:
                self._error = error
            except Cancelled:
                code = "sign_in.cancelled" if self._is_cancelled else "sign_in.timeout"
                self._error = SignInRequiredError(code)
            finally:
                self._has_url.set()

        self._thread = threading.Thread(target=body, name="sign-in", daemon=True)
        self._thread.start()
        self._has_url.wait(_START_S)
        if self._error is not None:
            raise self._error
        if not self.url:
            raise ConfigurationError("sign_in.no_address")

    def paste(self, address: str) -> None:
        """Take the address that a person copied from a browser elsewhere; who waits goes on with it."""
        self._paste = address

    def cancel(self) -> None:
        """Stop waiting, and give the port back."""
        self._is_cancelled = True
        self._pause.set()

    def finish(self, pasted: str) -> Grant:
        """Wait for the person, or take the address they pasted.

        Raises:
            SignInRequiredError: It came to nothing; the code says why.
        """
        if pasted:
            self.paste(pasted)
        if self._thread is not None:
            self._thread.join(SIGN_IN_FOR.total_seconds() + 60)
        if self._error is not None:
            raise self._error
        if self._grant is None:
            raise ConfigurationError("sign_in.no_answer")
        return self._grant

    def _way(self, connector: Connector, method: str) -> abc.Callable[[], Grant]:
        if method == "device_code" and isinstance(connector, SignsInByDeviceCode):
            return lambda: self._by_code(connector)
        if method == "oauth" and isinstance(connector, SignsInByRedirect):
            return lambda: self._by_library(connector)
        if method == "oauth" and isinstance(connector, SignsInByBrowser) and self.means.app is not None:
            app = self.means.app
            return lambda: self._by_oauth(connector, app)
        raise ConfigurationError("sign_in.no_such_way", connector=connector.id, method=method[:40])

    def _by_oauth(self, connector: SignsInByBrowser, app: OAuthApp) -> Grant:
        secret = self.means.secrets.get(CLIENT_SECRET)
        if app.needs_secret and not secret:
            raise ConfigurationError("sign_in.needs_secret")
        token_url_of = None
        if isinstance(connector, ChoosesTokenServer):
            choose = connector.token_url_of

            def token_url_of(redirect: abc.Mapping[str, str]) -> str:
                return choose(redirect, self.means.form)

        tokens = signing_in.sign_in(
            app,
            http=self.means.http,
            opener=self._opened,
            client_secret=secret,
            token_url_of=token_url_of,
            patience=self._patience(),
        )
        grant = granted_by(tokens)
        return replace(grant, origin=connector.origin_of(tokens.answer))

    def _by_library(self, connector: SignsInByRedirect) -> Grant:
        wait = self._patience()
        with Receiver.bind(connector.redirect_ports) as receiver:
            redirect_uri = f"http://localhost:{receiver.port}{connector.redirect_path}"
            form = {**self.means.form, **self.means.secrets}
            flow = connector.begin_redirect(form, redirect_uri=redirect_uri, http=self.means.http)
            until = wait.clock() + wait.deadline_s
            self._opened(page_of(self.means.connection, flow.url))
            address = receiver.wait(redirect_uri, until=until, clock=wait.clock, idle=self._look)
        answer = signing_in.parameters_of(redirect_uri, address)
        return connector.finish_redirect(flow, answer, http=self.means.http, now=self.means.now())

    def _by_code(self, connector: SignsInByDeviceCode) -> Grant:
        form = {**self.means.form, **self.means.secrets}
        code = connector.begin_device(form, http=self.means.http, now=self.means.now())
        self.code, self.until = code.code, code.until
        self._opened(code.url)
        while self.means.now() < code.until:
            grant = connector.poll_device(code, form, http=self.means.http, now=self.means.now())
            if grant is not None:
                return grant
            if self._pause.wait(code.interval_s):
                raise Cancelled
        raise SignInRequiredError("sign_in.timeout")

    def _patience(self) -> Patience:
        return Patience(deadline_s=SIGN_IN_FOR.total_seconds(), idle=self._look)

    def _look(self) -> str | None:
        if self._is_cancelled:
            raise Cancelled
        return self._paste

    def _opened(self, url: str) -> None:
        self.url = url
        self._has_url.set()
