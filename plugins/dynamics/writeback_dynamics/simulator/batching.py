"""POST $batch: read the parts, do them one after the other, write the parts of the answer (section 12)."""

import re
from collections import abc
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import pairwise
from urllib.parse import parse_qsl

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.problems import Problem
from writeback_dynamics.simulator.state import VERSION, Call
from writeback_dynamics.simulator.writing import Transaction

MOST = 1000
_BOUNDARY = re.compile(r'boundary="?([^";,\s]+)"?', re.IGNORECASE)
_SERVICE = re.compile(rf"(?:https?://[^/]+)?(?:/api/data/{re.escape(VERSION)}/)?(.*)", re.DOTALL)
Dispatch = abc.Callable[[Call], Answer]


@dataclass(slots=True)
class _Part:
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    content_id: str = ""


@dataclass(slots=True)
class _ChangeSet:
    parts: list[_Part] = field(default_factory=list)


def answer_batch(call: Call, dispatch: Dispatch) -> Answer:
    """Do a batch.

    Raises:
        Problem: It cannot be read, or is too big.
    """
    kind = call.headers.get("content-type", "")
    boundary = _BOUNDARY.search(kind)
    if not kind.lower().startswith("multipart/mixed") or boundary is None:
        raise _unreadable("The content type is no multipart/mixed with a boundary.")
    if call.org.switches["batch_lines"] == "strict":
        _check_lines(call.body)
    items = _read(call.body, boundary[1])
    if sum(len(item.parts) if isinstance(item, _ChangeSet) else 1 for item in items) > MOST:
        raise Problem("0x80048d19", f"The batch request exceeds the limit of {MOST} operations.")
    name = f"batchresponse_{call.org.new_guid()}"
    status, pieces = 200, list[bytes]()
    for item in items:
        if isinstance(item, _ChangeSet):
            worst, piece = _change_set(call, item, dispatch)
        else:
            answer = _one(call, item, dispatch)
            worst, piece = answer.status, _written(call, answer)
        pieces.append(b"--" + name.encode() + b"\r\n" + piece)
        if worst >= 400 and not call.prefer.continues:
            status = worst
            break
    body = b"".join([*pieces, b"--" + name.encode() + b"--\r\n"])
    headers = {"Content-Type": f"multipart/mixed; boundary={name}", "OData-Version": "4.0"}
    return Answer(status, body, headers)


def _one(call: Call, part: _Part, dispatch: Dispatch, **more: object) -> Answer:
    match = _SERVICE.fullmatch(part.url)
    path, _, query = (match[1] if match else part.url).lstrip("/").partition("?")
    inner = Call(
        call.org,
        part.method,
        path,
        query=dict(parse_qsl(query, keep_blank_values=True)),
        headers={**_inherited(call), **part.headers},
        body=part.body,
        route="batch",
        sha256=call.sha256,
        user_id=call.user_id,
        behalf_id=call.behalf_id,
        **more,  # type: ignore[arg-type]  # names of its fields
    )
    if path == "$batch":
        return Problem("0x80048d19", "A batch may not contain a batch.").answer()
    try:
        return dispatch(inner)
    except Problem as problem:
        return problem.answer(is_annotated=inner.is_annotated)


def _inherited(call: Call) -> dict[str, str]:
    names = ("mscrm.bypassbusinesslogicexecution", "mscrm.bypasscustompluginexecution")
    kept = {name: call.headers[name] for name in names if name in call.headers}
    if call.prefer.annotations:
        kept["prefer"] = f'odata.include-annotations="{",".join(call.prefer.annotations)}"'
    if "x-ms-client-request-id" in call.headers:
        kept["x-ms-client-request-id"] = call.headers["x-ms-client-request-id"]
    return kept


def _change_set(call: Call, item: _ChangeSet, dispatch: Dispatch) -> tuple[int, bytes]:
    """Do all or nothing; a failed one is answered by a single part (OData 4.0, 11.7.4)."""
    references: dict[str, str] = {}
    name = f"changesetresponse_{call.org.new_guid()}"
    told: list[bytes] = []
    with call.org.lock:
        transaction = Transaction(
            Call(
                call.org,
                "POST",
                "$batch",
                headers=call.headers,
                route="batch",
                sha256=call.sha256,
                user_id=call.user_id,
                behalf_id=call.behalf_id,
            )
        )
        for part in item.parts:
            if part.method == "GET":
                answer = Problem("0x80048d19", "A change set may not contain a GET.").answer()
            else:
                part.url = _resolved(part.url, references)
                answer = _one(call, part, dispatch, transaction=transaction, references=references)
            if answer.status >= 400:
                transaction.rollback()
                piece = _written(call, answer)
                if call.org.switches["failed_change_set"] == "multipart":
                    piece = _wrapped(name, [_written(call, answer, part.content_id)])
                return answer.status, piece
            if part.content_id and "OData-EntityId" in answer.headers:
                references[f"${part.content_id}"] = answer.headers["OData-EntityId"]
            told.append(_written(call, answer, part.content_id))
        transaction.commit()
    return 200, _wrapped(name, told)


def _resolved(url: str, references: abc.Mapping[str, str]) -> str:
    if not url.startswith("$") or url.startswith("$batch"):
        return url
    name, slash, rest = url.partition("/")
    return references[name] + slash + rest if name in references else url


def _wrapped(name: str, told: abc.Iterable[bytes]) -> bytes:
    line = b"--" + name.encode()
    head = f"Content-Type: multipart/mixed; boundary={name}\r\n\r\n".encode()
    return b"".join([head, *(line + b"\r\n" + piece for piece in told), line + b"--\r\n"])


def _written(call: Call, answer: Answer, content_id: str = "") -> bytes:
    lines = ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
    if content_id:
        lines.append(f"Content-ID: {content_id}")
    phrase = HTTPStatus(answer.status).phrase
    headers = dict(answer.headers)
    if headers.get("Content-Type", "").startswith("application/json"):
        headers["Content-Type"] = "application/json; odata.metadata=minimal; odata.streaming=true"
    if answer.status >= 400:
        headers["REQ_ID"] = call.org.new_guid()
    lines += [
        "",
        f"HTTP/1.1 {answer.status} {phrase}",
        *(f"{name}: {text}" for name, text in headers.items()),
    ]
    body = answer.body if isinstance(answer.body, bytes) else b""
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + body + b"\r\n"


def _read(body: bytes, boundary: str) -> list[_Part | _ChangeSet]:
    items: list[_Part | _ChangeSet] = []
    for head, content in _pieces(body, boundary):
        inner = _BOUNDARY.search(head.get("content-type", ""))
        if inner is not None:
            parts = [_request(one, text) for one, text in _pieces(content, inner[1])]
            items.append(_ChangeSet(parts))
        else:
            items.append(_request(head, content))
    if not items:
        raise _unreadable("Stream was not readable.")
    return items


def _pieces(body: bytes, boundary: str) -> list[tuple[dict[str, str], bytes]]:
    """Cut a multipart body; the line break before a boundary belongs to the boundary."""
    line = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary.encode()) + rb"(--)?[ \t]*(?=\r?\n|$)")
    marks = list(line.finditer(body))
    if not marks or marks[-1][1] is None:
        raise _unreadable("Stream was not readable.")
    found = []
    for mark, after in pairwise(marks):
        content = re.sub(rb"\A\r?\n", b"", body[mark.end() : after.start()], count=1)
        head, rest = _headed(content)
        found.append((head, rest))
    return found


def _headed(content: bytes) -> tuple[dict[str, str], bytes]:
    match = re.search(rb"\r?\n\r?\n", content)
    head, rest = (content, b"") if match is None else (content[: match.start()], content[match.end() :])
    headers = {}
    for line in head.decode("utf-8", "replace").splitlines():
        name, colon, text = line.partition(":")
        if colon:
            headers[name.strip().lower()] = text.strip()
    return headers, rest


def _request(head: abc.Mapping[str, str], content: bytes) -> _Part:
    first, _, rest = content.lstrip(b"\r\n").partition(b"\n")
    words = first.decode("utf-8", "replace").strip().split(" ")
    if len(words) < 3 or not words[-1].startswith("HTTP/"):
        raise _unreadable("The request line of a part is not readable.")
    url = " ".join(words[1:-1])
    headers, body = ({}, rest[1:]) if rest.startswith(b"\n") else _headed(rest)
    if rest.startswith(b"\r\n"):
        headers, body = {}, rest[2:]
    return _Part(words[0].upper(), url, headers, body.strip(b"\r\n"), head.get("content-id", ""))


def _check_lines(body: bytes) -> None:
    """Insist on CRLF on every line, the last one included (section 0, trap 22)."""
    lines = body.split(b"\n")
    if lines[-1] != b"" or not all(line.endswith(b"\r") for line in lines[:-1]):
        raise _unreadable("Stream was not readable.")


def _unreadable(what: str) -> Problem:
    message = (
        "Error identified in Payload provided by the user for Entity :'', For more information on this error"
        " please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->"
        f"  InnerException : System.ArgumentException: {what}"
    )
    return Problem("0x80048d19", message)
