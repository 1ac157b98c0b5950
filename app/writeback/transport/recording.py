"""What went over the wire, for the job monitor: redacted, bounded, handed to a sink.

It keeps nothing itself. An exchange belongs to the attempt that is current in its thread.
"""

import contextlib
import contextvars
import logging
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from requests import PreparedRequest, Response

from writeback.errors import WritebackError
from writeback.transport.redacting import Redactor

MOST_BODY: Final = 64 * 1024
"""Characters kept of one body."""
_MARGIN: Final = 16 * 1024
"""Read beyond `MOST_BODY` and dropped again: a secret cut in half at the end is not recognised."""
_log = logging.getLogger(__name__)
_attempt: contextvars.ContextVar[str | None] = contextvars.ContextVar("attempt", default=None)


@dataclass(frozen=True, slots=True)
class ExchangeRecord:
    """One request and what came of it. Holds customer data, but no secret."""

    attempt: str | None
    method: str
    url: str
    started_at: datetime
    seconds: float
    status: int | None
    """None: no answer."""
    error: str
    """The code of our error, where the link failed; else empty."""
    request_headers: tuple[tuple[str, str], ...]
    request_body: str
    response_headers: tuple[tuple[str, str], ...]
    response_body: str


Sink = abc.Callable[[ExchangeRecord], None]


@contextlib.contextmanager
def attempting(attempt: str | None) -> abc.Iterator[None]:
    """Count all exchanges of this thread to `attempt` (`job`, or `job/attempt`) while the block runs."""
    before = _attempt.set(attempt)
    try:
        yield
    finally:
        _attempt.reset(before)


def no_record(record: ExchangeRecord) -> None:
    """Keep nothing: the sink for those who want no exchanges."""
    del record


class Recorder:
    """Turns requests and answers into records without secrets."""

    def __init__(self, sink: Sink, redactor: Redactor) -> None:
        self._sink = sink
        self._redactor = redactor

    def record(
        self,
        request: PreparedRequest,
        response: Response | None,
        *,
        started_at: datetime,
        seconds: float,
        error: str = "",
        is_streamed: bool = False,
    ) -> None:
        """Hand one exchange to the sink. A sink that cannot keep it costs the record, never the outcome."""
        if self._sink is no_record:
            return
        clean = self._redactor
        record = ExchangeRecord(
            attempt=_attempt.get(),
            method=request.method or "",
            url=clean.text(request.url or ""),
            started_at=started_at,
            seconds=seconds,
            status=None if response is None else response.status_code,
            error=error,
            request_headers=clean.headers(request.headers),
            request_body=self._body(request.body),
            response_headers=() if response is None else clean.headers(response.headers),
            response_body="‹streamed›"
            if is_streamed
            else self._body(None if response is None else response.content),
        )
        try:
            self._sink(record)
        except (WritebackError, OSError):
            _log.warning("an exchange could not be recorded", exc_info=True)

    def _body(self, body: object) -> str:
        """Give the beginning of a body as text; what is streamed is named, not read."""
        if body is None:
            return ""
        if isinstance(body, str):
            raw = body[: MOST_BODY + _MARGIN].encode("utf-8", "replace")
        elif isinstance(body, bytes | bytearray):
            raw = bytes(body[: MOST_BODY + _MARGIN])
        else:
            return "‹streamed›"
        text = raw.decode("utf-8", "replace")
        is_cut = len(body) > MOST_BODY + _MARGIN
        text = self._redactor.text(text)
        if is_cut:
            text = text[:-_MARGIN]
        return text if len(text) <= MOST_BODY else text[:MOST_BODY]
