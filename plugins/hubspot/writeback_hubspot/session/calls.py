"""Every call to HubSpot: through hubspot-api-client, or raw for what it does not know.

On a 401 a newer token is asked for once and the same call goes out again; a second 401 asks for a sign-in.
HubSpot takes many reads by POST, which the transport repeats as little as a write: reads are repeated here.
A write never is.
"""

import time
from collections import abc
from typing import Any

from writeback.errors import (
    ConfigurationError,
    OutcomeUnknownError,
    QuotaSpentError,
    RetryableError,
    SignInRequiredError,
)
from writeback.sdk.connector import Access
from writeback_hubspot.errors import error_for
from writeback_hubspot.limits import (
    API_VERSION,
    API_VERSIONS,
    READ_PAUSE_MOST_S,
    READ_PAUSE_S,
    READ_TRIES,
    SEARCH_PAUSE_S,
)
from writeback_hubspot.session.seam import Apis, RefusedAnswer, answer_of
from writeback_hubspot.wire.answers import Answer, Json, read_json
from writeback_hubspot.wire.paths import versioned

Sleep = abc.Callable[[float], None]
Seconds = abc.Callable[[], float]
Ask = abc.Callable[[Apis], Any]
"""Makes one call of the package, with `_preload_content=False`."""


class Calls:
    """Makes calls on behalf of one session; used by one thread at a time."""

    def __init__(
        self, access: Access, *, sleep: Sleep = time.sleep, monotonic: Seconds = time.monotonic
    ) -> None:
        """Make no call.

        Raises:
            ConfigurationError: The API version is one we do not speak.
        """
        self.access = access
        self.version = access.options.get("api_version", "") or API_VERSION
        if self.version not in API_VERSIONS:
            raise ConfigurationError("hubspot.bad_option", option="api_version")
        self.monotonic = monotonic
        self._sleep = sleep
        self._apis: Apis | None = None
        self._searched_at: float | None = None

    def read(self, ask: Ask, *, is_posted: bool = False) -> Json:
        """Make a call that changes nothing, up to four times, and give its JSON.

        A busy server is asked again by the transport, if the read goes by GET; a limit is waited for here.

        Args:
            ask: Makes the call.
            is_posted: It goes by POST, which the transport does not repeat.

        Raises:
            RetryableError: No answer, or a busy server; it may be asked again.
            RefusedError: HubSpot said no.
            SignInRequiredError: The newer token was refused as well.
        """
        for tried in range(READ_TRIES):
            try:
                return read_json(self._read_once(ask))
            except QuotaSpentError:
                raise
            except RetryableError as error:
                pause = error.after if error.after is not None or not is_posted else READ_PAUSE_S * 2**tried
                if pause is None or pause > READ_PAUSE_MOST_S or tried == READ_TRIES - 1:
                    raise
                self._sleep(pause)
        raise AssertionError

    def search(self, object_name: str, body: abc.Mapping[str, object]) -> Json:
        """Search, not faster than HubSpot allows one session."""
        if self._searched_at is not None:
            wait = self._searched_at + SEARCH_PAUSE_S - self.monotonic()
            if wait > 0:
                self._sleep(wait)
        try:
            return self.read(
                lambda apis: apis.search.do_search(object_name, dict(body), _preload_content=False),
                is_posted=True,
            )
        finally:
            self._searched_at = self.monotonic()

    def get(self, path: str) -> Json:
        """Read a resource that the package does not know."""

        def ask(apis: Apis) -> Any:  # noqa: ANN401  the shape of the package's own answers
            return _Raw(self._raw("GET", versioned(path, self.version), apis.token))

        return self.read(ask)

    def write(self, ask: Ask) -> Answer:
        """Make a call that changes something, once, and give its answer, refusals included.

        Raises:
            OutcomeUnknownError: Sent, and no answer came.
            SignInRequiredError: The newer token was refused as well.
        """
        return self._signed_in(ask)

    def _read_once(self, ask: Ask) -> Answer:
        try:
            answer = self._signed_in(ask)
        except OutcomeUnknownError as error:  # what was lost is only an answer
            raise RetryableError("hubspot.read_unanswered", cause=error.code) from None
        if answer.status >= 300:
            raise error_for(answer.status, answer.content, is_write=False, headers=answer.headers)
        return answer

    def _signed_in(self, ask: Ask) -> Answer:
        token = self.access.token()
        answer = self._ask(ask, token)
        if answer.status != 401:
            return answer
        answer = self._ask(ask, self.access.refresh(token))
        if answer.status == 401:
            error = error_for(401, answer.content, is_write=False)
            raise SignInRequiredError(error.code, message=error.facts.get("message"))
        return answer

    def _ask(self, ask: Ask, token: str) -> Answer:
        try:
            return answer_of(ask(self._apis_for(token)))
        except RefusedAnswer as refused:
            return refused.answer

    def _raw(self, method: str, path: str, token: str) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        told = self.access.http.request(method, self.access.origin + path, headers=headers)
        return Answer(told.status_code, told.content, told.headers)

    def _apis_for(self, token: str) -> Apis:
        if self._apis is None or self._apis.token != token:
            self._apis = Apis(self.access.http, origin=self.access.origin, token=token, version=self.version)
        return self._apis


class _Raw:
    """An answer in the shape in which the package's calls give theirs."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
