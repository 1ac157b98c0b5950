"""Every call to Zoho: signed, its credits counted, its answer parsed or turned into an error of ours.

One refresh per call: on 401 a newer token is asked for once and the *same* call is made again with the same
headers (a lost ``If-Unmodified-Since`` would be a silent lost update). A query is a POST that changes
nothing, so its lost answer is asked for again here; GETs are the transport's trade, writes nobody's.
"""

import tempfile
import time
from collections import abc
from typing import IO, Final, cast

from writeback.errors import InvalidRequestError, OutcomeUnknownError, QuotaSpentError, RetryableError
from writeback.sdk.connector import Access, HttpAnswer, Prepared
from writeback_zoho.errors import (
    EXPIRED_READS,
    VENDOR_ERRORS,
    WRONG_SCOPE,
    error_for,
    parsed,
    problem_of,
    translate,
)
from writeback_zoho.limits import (
    JOB_CREDITS,
    QUERY_CREDITS,
    QUERY_ROWS,
    READ_PAUSE_MOST_S,
    READ_PAUSE_S,
    READ_TRIES,
    RESULT_BYTES,
    ROWS_A_CREDIT,
)
from writeback_zoho.wire import bulk, coql
from writeback_zoho.wire.answers import Answer
from writeback_zoho.wire.places import upload_origin

_API: Final = "/crm/v8/"
_BULK: Final = "/crm/bulk/v8/"
_JSON: Final = {"Content-Type": "application/json"}
_PIECE: Final = 1 << 20
_LEFT: Final = "X-API-CREDITS-REMAINING"
Sleep = abc.Callable[[float], None]


class Calls:
    """Makes calls on behalf of one session; used by one thread at a time."""

    def __init__(self, access: Access, *, sleep: Sleep = time.sleep) -> None:
        """Make no call."""
        self.access = access
        self._sleep = sleep
        self.spent = 0
        """Credits that this session's calls cost, by Zoho's price list."""
        self.remaining: int | None = None
        """Credits the organisation has left, where Zoho told (from 50 % use on)."""

    def get(
        self, path: str, parameters: abc.Mapping[str, str], headers: abc.Mapping[str, str] | None = None
    ) -> Answer:
        """Read a resource; 204 and 304 are answers.

        Raises:
            RetryableError: No answer, or a busy server; it may be asked again.
            RefusedError: Zoho said no.
            SignInRequiredError: The newer token was refused as well.
        """
        return self._read("GET", _API + path, cost=1, params=dict(parameters), headers=dict(headers or {}))

    def get_bulk(self, path: str) -> Answer:
        """Read a resource of the bulk API."""
        return self._read("GET", _BULK + path, cost=1, headers={})

    def query(self, query: str, *, rows: int = QUERY_ROWS) -> Answer:
        """Run a query, up to four times; a stated wait is waited for, unless nobody should stand so long.

        Raises:
            RetryableError: No answer, or a busy server, though it was asked again.
            RefusedError: Zoho said no.
        """
        cost = next(credits_ for most, credits_ in QUERY_CREDITS if rows <= most)
        body = coql.prepare(query)
        for tried in range(READ_TRIES):
            try:
                return self._read("POST", _API + coql.PATH, cost=cost, data=body, headers=dict(_JSON))
            except QuotaSpentError:
                raise
            except RetryableError as error:
                pause = READ_PAUSE_S * 2**tried if error.after is None else error.after
                is_last = tried == READ_TRIES - 1 or error.code in EXPIRED_READS
                if is_last or pause > READ_PAUSE_MOST_S:
                    raise
                self._sleep(pause)
        raise AssertionError

    def write(self, prepared: Prepared) -> Answer:
        """Send exactly the prepared bytes, once, and give the answer, refusals included.

        Raises:
            OutcomeUnknownError: Sent, and no readable answer came.
            SignInRequiredError: The newer token was refused as well.
            PermissionDeniedError: The token may not write at all.
        """
        cost = -(-len(prepared.request.writes) // ROWS_A_CREDIT)
        headers = _JSON | dict(prepared.headers)
        url = self.access.origin + _API + prepared.path
        try:
            response = self._signed(prepared.method, url, cost=cost, data=prepared.body, headers=headers)
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=True) from None
        answer = _answer(response)
        if answer.status == 401:
            raise error_for(401, answer.content, answer.headers, is_write=True)
        return answer

    def start(self, body: bytes) -> object:
        """Start a bulk write job.

        Raises:
            OutcomeUnknownError: Sent, and no readable answer came: nobody can tell whether it was started.
            RefusedError: Zoho said no.
        """
        url = self.access.origin + _BULK + bulk.JOBS
        return self._acted("POST", url, cost=JOB_CREDITS, data=body, headers=dict(_JSON)).content

    def upload(self, data: bytes, *, name: str, org: str) -> object:
        """Send a file; that changes no record.

        Raises:
            RetryableError: No readable answer came; it may be sent again.
            RefusedError: Zoho said no.
        """
        origin = upload_origin(
            self.access.origin, host=self.access.options.get("upload_host", "") or "content"
        )
        headers = {"feature": bulk.FEATURE, "X-CRM-ORG": org}
        files = {"file": (name, data, "application/zip")}
        try:
            return self._acted(
                "POST", origin + _API + bulk.UPLOAD, cost=1, files=files, headers=headers
            ).content
        except OutcomeUnknownError as error:
            raise RetryableError("zoho.upload_unanswered", cause=error.code) from None

    def download(self, address: str, *, most: int = RESULT_BYTES) -> IO[bytes]:
        """Fetch a file into a temporary one, which is gone when it is closed.

        Raises:
            RetryableError: No answer, or the line broke.
            RefusedError: Zoho said no, or the file is larger than any of ours.
        """
        try:
            response = self._signed("GET", address, cost=1, headers={}, stream=True)
            if response.status_code >= 300:
                raise error_for(response.status_code, parsed(response.content), is_write=False)
            return _spooled(response, most)
        except OutcomeUnknownError as error:
            raise RetryableError("zoho.read_unanswered", cause=error.code) from None
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=False) from None

    def _read(self, method: str, path: str, *, cost: int, **options: object) -> Answer:
        try:
            response = self._signed(method, self.access.origin + path, cost=cost, **options)
        except OutcomeUnknownError as error:  # what was lost is only an answer
            raise RetryableError("zoho.read_unanswered", cause=error.code) from None
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=False) from None
        answer = _answer(response)
        if answer.status >= 400:
            raise error_for(answer.status, answer.content, answer.headers, is_write=False)
        return answer

    def _acted(self, method: str, url: str, *, cost: int, **options: object) -> Answer:
        try:
            answer = _answer(self._signed(method, url, cost=cost, **options))
        except VENDOR_ERRORS as error:
            raise translate(error, is_write=True) from None
        if answer.status >= 300:
            raise error_for(answer.status, answer.content, answer.headers, is_write=True)
        return answer

    def _signed(self, method: str, url: str, *, cost: int, **options: object) -> HttpAnswer:
        token = self.access.token()
        response = self._send(method, url, token, cost=cost, options=options)
        if response.status_code != 401 or problem_of(parsed(response.content)).code == WRONG_SCOPE:
            return response
        response.close()
        return self._send(method, url, self.access.refresh(token), cost=cost, options=options)

    def _send(
        self, method: str, url: str, token: str, *, cost: int, options: abc.Mapping[str, object]
    ) -> HttpAnswer:
        headers = {"Authorization": f"Zoho-oauthtoken {token}"}
        more = cast("dict[str, str]", options.get("headers") or {})
        answer = self.access.http.request(method, url, **{**options, "headers": headers | more})
        self._count(answer, cost)
        return cast("HttpAnswer", answer)

    def _count(self, answer: HttpAnswer, cost: int) -> None:
        left = answer.headers.get(_LEFT, "").strip()
        if left.isascii() and left.isdecimal():
            self.remaining = int(left)
        if answer.status_code not in (401, 429):
            self.spent += cost


def _answer(response: HttpAnswer) -> Answer:
    return Answer(response.status_code, parsed(response.content), response.headers)


def _spooled(response: HttpAnswer, most: int) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  the caller closes it
    size = 0
    try:
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            _check_size(size, most)
            file.write(piece)
    except BaseException:
        file.close()
        raise
    finally:
        response.close()
    file.seek(0)
    return file


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise InvalidRequestError("zoho.unreadable_answer", expected="result zip")
