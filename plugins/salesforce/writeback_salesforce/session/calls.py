"""Every call to Salesforce: through simple-salesforce in its `session_id` mode, or raw for streams.

One refresh per call: on 401 a newer token is asked for once and the *same* call is made again with the same
headers (a lost ``If-Unmodified-Since`` would be a silent lost update). Repeating reads is the transport's
trade, but it knows them by GET: those that go by POST are repeated here. A write never is.
"""

import re
import time
from collections import abc
from decimal import Decimal
from typing import Final, TypeVar, cast

from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceError, SalesforceExpiredSession

from writeback.errors import (
    ConfigurationError,
    OutcomeUnknownError,
    QuotaSpentError,
    RetryableError,
    SignInRequiredError,
)
from writeback.sdk.connector import Access, HttpAnswer, Prepared
from writeback_salesforce.errors import VENDOR_ERRORS, error_for, translate
from writeback_salesforce.limits import (
    API_VERSION,
    NEWEST_API_VERSION,
    OLDEST_API_VERSION,
    READ_PAUSE_MOST_S,
    READ_PAUSE_S,
    READ_TRIES,
)
from writeback_salesforce.wire.answers import Answer
from writeback_salesforce.wire.describes import Json

T = TypeVar("T")
Sleep = abc.Callable[[float], None]

_VERSION: Final = re.compile(r"\d\d\.0")
_PIECE: Final = 1 << 20


class Calls:
    """Makes calls on behalf of one session; used by one thread at a time."""

    def __init__(self, access: Access, *, sleep: Sleep = time.sleep) -> None:
        """Make no call.

        Raises:
            ConfigurationError: The API version is malformed or one we do not speak.
        """
        self.access = access
        self._sleep = sleep
        self.version = access.options.get("api_version", "") or API_VERSION
        is_known = bool(_VERSION.fullmatch(self.version))
        if not is_known or not OLDEST_API_VERSION <= float(self.version) <= NEWEST_API_VERSION:
            raise ConfigurationError("salesforce.bad_option", option="api_version")
        self._client: Salesforce | None = None

    def read(self, ask: abc.Callable[[Salesforce], T]) -> T:
        """Make a call that changes nothing.

        Raises:
            RetryableError: No answer, or a busy server; it may be asked again.
            RefusedError: Salesforce said no.
            SignInRequiredError: The newer token was refused as well.
        """
        try:
            return self._signed_in(ask)
        except OutcomeUnknownError as error:  # what was lost is only an answer
            raise RetryableError("salesforce.read_unanswered", cause=error.code) from None
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=False) from None

    def read_json(self, path: str) -> object:
        """Read a resource below the version's root."""
        return self.read(lambda client: client.restful(path))

    def read_posted(self, path: str, body: bytes) -> object:
        """Ask a question that goes by POST, up to four times. See `read` for what it raises."""
        for tried in range(READ_TRIES):
            try:
                return self.read(lambda client: client.restful(path, method="POST", data=body))
            except QuotaSpentError:
                raise
            except RetryableError as error:
                pause = READ_PAUSE_S * 2**tried if error.after is None else error.after
                if pause > READ_PAUSE_MOST_S or tried == READ_TRIES - 1:
                    raise
                self._sleep(pause)
        raise AssertionError

    def query(self, soql: str, *, is_deleted_too: bool = False) -> Json:
        """Run a query and give its first page."""
        return cast("Json", self.read(lambda client: client.query(soql, include_deleted=is_deleted_too)))

    def query_more(self, address: str) -> Json:
        """Give a further page, at the address the last one named."""
        return cast("Json", self.read(lambda client: client.query_more(address, identifier_is_url=True)))

    def write(self, prepared: Prepared) -> Answer:
        """Send exactly the prepared bytes, once, and give the answer, refusals included.

        Raises:
            OutcomeUnknownError: Sent, and no readable answer came.
            SignInRequiredError: The newer token was refused as well.
        """

        def send(client: Salesforce) -> object:
            headers = dict(prepared.headers)
            return client.restful(prepared.path, method=prepared.method, data=prepared.body, headers=headers)

        try:
            content = self._signed_in(send)
        except SalesforceError as error:
            return Answer(error.status, error.content)
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=True) from None
        return Answer(204 if content is None else 200, content)

    def act(self, path: str, *, method: str, body: bytes | None = None) -> object:
        """Do something that is no write of rows: open, close or stop a job.

        Raises:
            OutcomeUnknownError: Sent, and no readable answer came.
            RefusedError: Salesforce said no.
        """
        try:
            return self._signed_in(lambda client: client.restful(path, method=method, data=body))
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=True) from None

    def upload(self, path: str, chunks: abc.Iterable[bytes]) -> None:
        """Send CSV as it is produced, chunked, once: the pieces cannot be produced again.

        Raises:
            OutcomeUnknownError: The line broke or the server failed: ask the job for its state.
            RetryableError: The token was refused before anything was taken; a newer one is in force now.
        """
        token = self.access.token()
        try:
            answer = self._send(
                "PUT",
                path,
                token=token,
                data=(piece for piece in chunks),
                headers={"Content-Type": "text/csv"},
            )
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=True) from None
        if answer.status_code == 401:
            self.access.refresh(token)
            raise RetryableError("salesforce.upload_refused")
        if answer.status_code >= 300:
            raise error_for(answer.status_code, answer.content, is_write=True)

    def download(
        self, path: str, parameters: abc.Mapping[str, str] | None = None
    ) -> tuple[abc.Mapping[str, str], abc.Iterator[bytes]]:
        """Give a file's headers and its pieces as they come.

        Raises:
            RetryableError: No answer, or (while reading the pieces) the line broke.
            RefusedError: Salesforce said no.
        """
        try:
            token = self.access.token()
            answer = self._open(path, token, parameters or {})
            if answer.status_code == 401:
                answer.close()
                answer = self._open(path, self.access.refresh(token), parameters or {})
            if answer.status_code >= 300:
                raise error_for(answer.status_code, answer.content, is_write=False)
        except OutcomeUnknownError as error:
            raise RetryableError("salesforce.read_unanswered", cause=error.code) from None
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=False) from None
        return answer.headers, _pieces(answer)

    def _open(self, path: str, token: str, parameters: abc.Mapping[str, str]) -> HttpAnswer:
        headers = {"Accept": "text/csv"}
        return self._send("GET", path, token=token, headers=headers, params=dict(parameters), stream=True)

    def _send(
        self, method: str, path: str, *, token: str, headers: dict[str, str], **options: object
    ) -> HttpAnswer:
        client = self._client_for(token)
        signed = {"Authorization": f"Bearer {token}", **headers}
        answer = self.access.http.request(method, client.base_url + path, headers=signed, **options)
        return cast("HttpAnswer", answer)

    def _signed_in(self, ask: abc.Callable[[Salesforce], T]) -> T:
        token = self.access.token()
        try:
            return ask(self._client_for(token))
        except SalesforceExpiredSession:
            newer = self.access.refresh(token)
        try:
            return ask(self._client_for(newer))
        except SalesforceExpiredSession:
            raise SignInRequiredError("salesforce.invalid_session_id") from None

    def _client_for(self, token: str) -> Salesforce:
        if self._client is None or self._client.session_id != token:
            self._client = Salesforce(
                instance_url=self.access.origin,
                session_id=token,
                session=self.access.http,  # type: ignore[arg-type]  # the library names requests.Session
                version=self.version,
                parse_float=Decimal,
                object_pairs_hook=dict,
            )
        return self._client


def _pieces(answer: HttpAnswer) -> abc.Iterator[bytes]:
    try:
        yield from answer.iter_content(_PIECE)
    except (OutcomeUnknownError, *VENDOR_ERRORS) as error:
        raise RetryableError("salesforce.download_cut", kind=type(error).__name__) from None
    finally:
        answer.close()
