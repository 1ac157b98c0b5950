"""An HTTP line whose answers a test writes down: for what the simulator cannot be asked to say."""

import json
from collections import abc
from datetime import UTC, datetime
from typing import Any, cast

import requests

from writeback.sdk.connector import Access, Http

Say = abc.Callable[[str, str], "tuple[int, object] | Exception"]


class Canned:
    """Answers each request as `say(method, url)` tells: a status and a JSON body, or an exception."""

    def __init__(self, say: Say) -> None:
        self.headers: dict[str, str] = {}
        self.told: dict[str, str] = {}
        """The headers of every answer."""
        self.asked: list[tuple[str, str]] = []
        self._say = say

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        """Answer."""
        self.asked.append((method, url))
        told = self._say(method, url)
        if isinstance(told, Exception):
            raise told
        answer = requests.Response()
        answer.status_code, body = told
        answer._content = body if isinstance(body, bytes) else json.dumps(body).encode()  # noqa: SLF001  requests' own tests do so
        answer.headers.update(self.told)
        return answer


def access(line: Canned) -> Access:
    """A session's needs over such a line."""
    return Access(
        origin="https://org.crm4.dynamics.com",
        http=cast("Http", line),
        token=lambda: "t",
        refresh=lambda stale: f"newer than {stale}",
        options={},
        now=lambda: datetime(2026, 11, 27, tzinfo=UTC),
    )
