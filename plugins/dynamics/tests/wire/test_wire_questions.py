"""Several questions in one call: answers in their order, or the first refusal."""

import json
from decimal import Decimal

import pytest

from writeback.errors import InvalidRequestError, PermissionDeniedError, RateLimitedError, ServerBusyError
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.questions import parse_questions, prepare_questions, read_json

TYPE = {"content-type": "multipart/mixed; boundary=b"}


def answered(*parts: tuple[int, str], status: int = 200) -> Answer:
    pieces = [
        "--b\r\nContent-Type: application/http\r\n\r\n"
        f"HTTP/1.1 {number} X\r\nRetry-After: 3\r\n\r\n{told}\r\n"
        for number, told in parts
    ]
    return Answer(status, ("".join(pieces) + "--b--\r\n").encode(), TYPE)


def test_each_question_is_a_get_below_the_root() -> None:
    headers, body = prepare_questions(["a?$select=x", "b"])
    assert headers["Content-Type"].startswith("multipart/mixed; boundary=")
    assert b"GET /api/data/v9.2/a?$select=x HTTP/1.1\r\nAccept: application/json\r\n\r\n" in body
    assert body.count(b"GET ") == 2


def test_answers_come_in_the_order_of_the_questions() -> None:
    first, second = parse_questions(answered((200, '{"v":1.5}'), (200, '{"value":[]}')), asked=2)
    assert first == {"v": Decimal("1.5")}
    assert second == {"value": []}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (answered((200, "{}"), (403, json.dumps({"error": {"code": ""}}))), PermissionDeniedError),
        (answered((429, "")), RateLimitedError),
        (answered((200, "{}"), (400, "{}"), status=400), InvalidRequestError),
        (Answer(503, b"<html>"), ServerBusyError),
        (answered((200, "{}")), InvalidRequestError),
        (answered((200, "{}"), (200, "<html>")), InvalidRequestError),
        (Answer(200, b"", {}), InvalidRequestError),
        (
            Answer(200, b"--b\r\nx\r\n\r\nnonsense\r\n--b\r\nx\r\n\r\nnonsense\r\n--b--", TYPE),
            InvalidRequestError,
        ),
    ],
)
def test_a_refused_or_missing_answer_is_an_error(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_questions(answer, asked=2)


@pytest.mark.parametrize("content", [b"", b"[1]", b"<html>", b"\xff"])
def test_what_is_no_object_is_unreadable(content: bytes) -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_answer"):
        read_json(content)
