"""An answer as pure values, and how its JSON is read."""

from collections import abc
from dataclasses import dataclass, field

import orjson

from writeback.errors import InvalidRequestError

Json = abc.Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the body as it came, and the headers."""

    status: int
    content: bytes = b""
    headers: abc.Mapping[str, str] = field(default_factory=dict)


def read_json(answer: Answer) -> Json:
    """Read a body that must be a JSON object.

    Raises:
        InvalidRequestError: It is none.
    """
    body = read_object(answer)
    if body is None:
        raise InvalidRequestError("hubspot.unreadable_answer", expected="JSON")
    return body


def read_object(answer: Answer) -> Json | None:
    """Give a body that is a JSON object; None for what is none (to a write that says nothing)."""
    try:
        body = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return None
    return body if isinstance(body, abc.Mapping) else None


def results_of(body: Json) -> list[Json]:
    """Give the rows of a list, a search or a batch.

    Raises:
        InvalidRequestError: There is no such list.
    """
    rows = body.get("results")
    if not isinstance(rows, list):
        raise InvalidRequestError("hubspot.unreadable_answer", expected="results")
    return dicts(rows)


def next_after(body: Json) -> str | None:
    """Give the cursor of the next page; `paging` is absent on the last one."""
    paging = body.get("paging")
    following = paging.get("next") if isinstance(paging, abc.Mapping) else None
    after = following.get("after") if isinstance(following, abc.Mapping) else None
    return str(after) if after else None


def dicts(value: object) -> list[Json]:
    """Give the objects of a JSON array; anything else holds none."""
    return [item for item in value if isinstance(item, abc.Mapping)] if isinstance(value, list) else []
