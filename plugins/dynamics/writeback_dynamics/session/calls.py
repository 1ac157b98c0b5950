"""Every call to the Web API, over the handed `http`.

One refresh per call: on 401 a newer token is asked for once and the *same* call is made again with the same
headers (a lost `If-Match` would turn an update into an upsert). Repeating reads is the transport's trade, but
it knows them by GET: questions in a $batch go by POST and are repeated here. A write never is.
"""

import time
from collections import abc
from typing import Final, cast

import requests

from writeback.errors import OutcomeUnknownError, RetryableError
from writeback.sdk.connector import Access, HttpAnswer, Prepared
from writeback_dynamics.errors import error_for
from writeback_dynamics.limits import READ_PAUSE_MOST_S, READ_PAUSE_S, READ_TRIES, SERVICE_ROOT
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.questions import PATH, parse_questions, prepare_questions, read_json
from writeback_dynamics.wire.tables import Json

_HEADERS: Final[abc.Mapping[str, str]] = {
    "Accept": "application/json",
    "OData-MaxVersion": "4.0",
    "OData-Version": "4.0",
}
_READ: Final[abc.Mapping[str, str]] = {"If-None-Match": "null"}
"""Against caches on the way; the documentation asks for it."""
_HINT: Final = "x-ms-dop-hint"
Sleep = abc.Callable[[float], None]


class Calls:
    """Makes calls on behalf of one session; used by one thread at a time."""

    def __init__(self, access: Access, *, sleep: Sleep = time.sleep) -> None:
        self.access = access
        self._sleep = sleep
        self.parallel_hint: int | None = None
        """How many requests at a time the server recommends, as its last answer said."""

    def read(self, address: str, *, prefer: str = "") -> Json:
        """Read a resource below the service root.

        Raises:
            RetryableError: No answer, or a busy server; it may be asked again.
            RefusedError: Dataverse said no.
            SignInRequiredError: The newer token was refused as well.
        """
        headers = {**_READ, "Prefer": prefer} if prefer else dict(_READ)
        answer = self._asked("GET", address, headers, None)
        if answer.status >= 300:
            waits = answer.headers.get("retry-after")
            raise error_for(answer.status, answer.content, is_write=False, retry_after=waits)
        return read_json(answer.content)

    def read_all(self, addresses: abc.Sequence[str]) -> tuple[Json, ...]:
        """Read several resources in one call, asked up to four times. See `read` for what it raises.

        A stated wait is waited for, unless it is longer than anybody should stand still.
        """
        headers, body = prepare_questions(addresses)
        for tried in range(READ_TRIES):
            try:
                return parse_questions(self._asked("POST", PATH, headers, body), asked=len(addresses))
            except RetryableError as error:
                pause = READ_PAUSE_S * 2**tried if error.after is None else error.after
                if pause > READ_PAUSE_MOST_S or tried == READ_TRIES - 1:
                    raise
                self._sleep(pause)
        raise AssertionError

    def write(self, prepared: Prepared) -> Answer:
        """Send exactly the prepared bytes, once, and give the answer, refusals included.

        Raises:
            OutcomeUnknownError: Sent, and no readable answer came.
            SignInRequiredError: The newer token was refused as well.
        """
        try:
            answer = self._signed_in(prepared.method, prepared.path, dict(prepared.headers), prepared.body)
        except requests.RequestException as error:
            raise OutcomeUnknownError("dynamics.answer_unreadable", kind=type(error).__name__) from None
        return _answer(answer)

    def _asked(self, method: str, address: str, headers: abc.Mapping[str, str], body: bytes | None) -> Answer:
        """Make a call that changes nothing; what may be lost is only an answer."""
        try:
            return _answer(self._signed_in(method, address, headers, body))
        except OutcomeUnknownError as error:
            raise RetryableError("dynamics.read_unanswered", cause=error.code) from None
        except requests.RequestException as error:
            raise RetryableError("dynamics.answer_unreadable", kind=type(error).__name__) from None

    def _signed_in(
        self, method: str, address: str, headers: abc.Mapping[str, str], body: bytes | None
    ) -> HttpAnswer:
        token = self.access.token()
        answer = self._send(method, address, headers, body, token=token)
        if answer.status_code != 401:
            return answer
        answer.close()
        answer = self._send(method, address, headers, body, token=self.access.refresh(token))
        if answer.status_code == 401:
            raise error_for(401, answer.content, is_write=False)
        return answer

    def _send(
        self, method: str, address: str, headers: abc.Mapping[str, str], body: bytes | None, *, token: str
    ) -> HttpAnswer:
        url = self.access.origin + SERVICE_ROOT + address
        told = {**_HEADERS, **headers, "Authorization": f"Bearer {token}"}
        answer = cast("HttpAnswer", self.access.http.request(method, url, headers=told, data=body))
        hint = answer.headers.get(_HINT, "")
        if hint.isascii() and hint.isdigit() and 0 < int(hint) < 1000:
            self.parallel_hint = int(hint)
        return answer


def _answer(answer: HttpAnswer) -> Answer:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.status_code, answer.content, headers)
