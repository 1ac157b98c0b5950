"""The answer to a write, as pure values: a status and a parsed body."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `content` is parsed JSON, text (HTML), or None where there is no body."""

    status: int
    content: object = None
