"""The answer to a write, as pure values: a status, headers and a body."""

from collections import abc
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `content` is the body's bytes, whatever they hold."""

    status: int
    content: bytes = b""
    headers: abc.Mapping[str, str] = field(default_factory=dict)
    """By name in lower case."""
