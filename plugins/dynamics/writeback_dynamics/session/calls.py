"""Every call to the Web API, over the handed `http`.

One refresh per call: on 401 a newer token is asked for once and the *same* call is made again with the same
headers (a lost `If-Match` would turn an update into an upsert). Nothing else is ever repeated here: repeating
reads is the transport's trade, repeating writes nobody's.
"""

import json
from collections import abc
from decimal import Decimal
from typing import Final, cast

import requests

from writeback.errors import InvalidRequestError, OutcomeUnknownError, RetryableError
from writeback.sdk.connector import Access, HttpAnswer, Prepared
from writeback_dynamics.errors import error_for
from writeback_dynamics.limits import SERVICE_ROOT
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.tables import Json

_HEADERS: Final[abc.Mapping[str, str]] = {
    "Accept": "application/json",
    "OData-MaxVersion": "4.0",
    "OData-Version": "4.0",
}
_READ: Final[abc.Mapping[str, str]] = {"If-None-Match": "null"}
"""Against caches on the way; the documentation asks for it."""
_HINT: Final = "x-ms-dop-hint"


class Calls:
    """Makes calls on behalf of one session; used by one thread at a time."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.parallel_hint: int | None = None
        """How many requests at a time the server recommends, as its last answer said."""

    def read(self, address: str, *, prefer: str = "") -> Json:
        """Read a resource below the service root.

        Raises:
            RetryableError: No answer, or a busy server; it may be asked again.
            RefusedError: Dataverse said no.
            SignInRequiredError: The newer token was refused as well.
        """
        return self.ask(address, prefer=prefer)[0]

    def ask(self, address: str, *, prefer: str = "") -> tuple[Json, abc.Mapping[str, str]]:
        """Read a resource; gives the answer's headers as well. See `read` for what it raises."""
        headers = {**_READ, "Prefer": prefer} if prefer else dict(_READ)
        try:
            answer = self._signed_in("GET", address, headers, None)
        except OutcomeUnknownError as error:  # what was lost is only an answer
            raise RetryableError("dynamics.read_unanswered", cause=error.code) from None
        except requests.RequestException as error:
            raise RetryableError("dynamics.answer_unreadable", kind=type(error).__name__) from None
        if answer.status_code >= 300:
            raise error_for(
                answer.status_code,
                answer.content,
                is_write=False,
                retry_after=answer.headers.get("Retry-After"),
            )
        return _parsed(answer.content), answer.headers

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
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status_code, answer.content, headers)

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


def _parsed(content: bytes) -> Json:
    try:
        told = json.loads(content, parse_float=Decimal)
    except ValueError:
        told = None
    if not isinstance(told, abc.Mapping):
        raise InvalidRequestError("dynamics.unreadable_answer", expected="JSON")
    return cast("Json", told)
