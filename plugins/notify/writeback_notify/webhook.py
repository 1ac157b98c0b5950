"""A JSON document posted to one address: by https, to the host that was allowed, never following a redirect.

What it carries: `id` (the same at every try), `title`, `text` (which chat programs show), and one object for
each change. With a signing key the header `X-Writeback-Signature: t=SECONDS,v1=HEX` holds the HMAC-SHA256 of
`SECONDS.BODY`; a receiver compares it, and drops what is older than a few minutes.
"""

import hashlib
import hmac
import json
from typing import Any, Final
from urllib.parse import urlsplit

from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    RefusedError,
    ServerBusyError,
)
from writeback.sdk.channels import Channel, NoticeEvent, NoticeLine
from writeback_notify.texts import body_of, shown

MOST_ANSWER: Final = 1024
"""Bytes of an answer that are read."""
OURS: Final = frozenset(
    {"host", "content-type", "content-length", "transfer-encoding", "connection", "cookie"}
)
"""Headers that no secret may take the place of."""
_LATER: Final = frozenset({408, 425, 429})


def post(event: NoticeEvent, channel: Channel) -> str:
    """Post a message; gives status and answer.

    Raises:
        InvalidRequestError: The secret header's name is none.
        RefusedError: The receiver does not take it, or sends us elsewhere.
        RetryableError: It could not be reached, or cannot just now.
        OutcomeUnknownError: No answer came.
    """
    body = json.dumps(document_of(event), ensure_ascii=False).encode()
    address = channel.form["url"] + channel.secret("address_end")
    host = urlsplit(channel.form["url"]).hostname or ""
    try:
        answer = channel.http.request(
            "POST", address, data=body, headers=headers_of(event, channel, body), stream=True
        )
    except OutcomeUnknownError as error:
        if error.code == "link.redirected":
            raise RefusedError("notify.redirected", host=host, to=str(error.facts.get("to", ""))) from None
        raise OutcomeUnknownError(
            "notify.no_answer", host=host, kind=str(error.facts.get("reason", ""))
        ) from None
    try:
        told = _words(answer)
    finally:
        answer.close()
    if 200 <= answer.status_code < 300:
        return told
    raise _refusal(answer, told, host)


def document_of(event: NoticeEvent) -> dict[str, Any]:
    """Give what is posted."""
    return {
        "id": event.id,
        "title": event.title,
        "text": body_of(event),
        "at": event.at.isoformat(),
        "is_digest": event.is_digest,
        "is_test": event.is_test,
        "attempt": event.attempt,
        "count": len(event.lines),
        "notices": [_plain(one) for one in shown(event)],
    }


def headers_of(event: NoticeEvent, channel: Channel, body: bytes) -> dict[str, str]:
    """Give the headers of a message, with what proves where it comes from."""
    headers = {"Content-Type": "application/json; charset=utf-8", "X-Writeback-Delivery": event.id}
    token, key = channel.secret("token"), channel.secret("signing_key")
    if token:
        name = channel.form.get("header") or "X-Writeback-Token"
        is_name = name.isascii() and name.replace("-", "").isalnum()
        if not is_name or name.lower() in OURS or not (token.isascii() and token.isprintable()):
            raise InvalidRequestError("notify.bad_header", name=name[:64])
        headers[name] = token
    if key:
        seconds = str(int(channel.now().timestamp()))
        digest = hmac.new(key.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
        headers["X-Writeback-Signature"] = f"t={seconds},v1={digest}"
    return headers


def _plain(line: NoticeLine) -> dict[str, Any]:
    told = {
        "kind": line.kind,
        "words": line.words,
        "at": line.at.isoformat(),
        "connection": line.connection,
        "job": line.job,
        "rows": line.rows,
        "not_written": line.not_written,
        "unknown": line.unknown,
        "percent": line.percent,
        "was": line.was,
    }
    return {name: value for name, value in told.items() if value not in ("", 0)}


def _words(answer: Any) -> str:  # noqa: ANN401  requests' answer
    """Give status and the beginning of the body, in one line."""
    start = next(iter(answer.iter_content(MOST_ANSWER)), b"")[:MOST_ANSWER]
    text = start.decode("utf-8", "replace") if isinstance(start, bytes) else str(start)
    return " ".join(f"HTTP {answer.status_code} {text}".split())[:300]


def _refusal(answer: Any, told: str, host: str) -> ConnectorError:  # noqa: ANN401  the same
    status = answer.status_code
    if status in _LATER or status >= 500:
        stated = str(answer.headers.get("Retry-After", ""))
        after = float(stated) if stated.isascii() and stated.isdigit() and len(stated) < 9 else None
        return ServerBusyError("notify.busy", after=after, host=host, answer=told)
    return RefusedError("notify.refused", host=host, answer=told)
