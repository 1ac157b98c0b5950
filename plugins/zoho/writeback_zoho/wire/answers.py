"""Answers as pure values, and the door through which every parsed body passes."""

from collections import abc
from dataclasses import dataclass, field

from writeback.errors import InvalidRequestError

Json = abc.Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `content` is parsed JSON, or None where there is no body (204, 304, HTML)."""

    status: int
    content: object = None
    headers: abc.Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Say whether this is Zoho's way to say *no rows* (204) or *nothing changed* (304)."""
        return self.status in (204, 304)


def members(content: object, name: str) -> list[Json]:
    """Give the objects of an array in an answer.

    Raises:
        InvalidRequestError: There is no such array.
    """
    found = content.get(name) if isinstance(content, abc.Mapping) else None
    if not isinstance(found, list):
        raise InvalidRequestError("zoho.unreadable_answer", expected=name)
    return [one for one in found if isinstance(one, abc.Mapping)]


def member(told: object, name: str) -> Json:
    """Give an object inside an object; an empty one where there is none."""
    found = told.get(name) if isinstance(told, abc.Mapping) else None
    return found if isinstance(found, abc.Mapping) else {}


def number_of(told: Json, name: str) -> int:
    """Give a number that may come as text; 0 where there is none."""
    value = told.get(name)
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
