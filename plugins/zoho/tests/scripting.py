"""A session over prepared answers: for what no simulator holds or does."""

import json
from collections import abc
from dataclasses import dataclass, field
from datetime import UTC, datetime

from plugins.zoho.tests.making import FIELDS

from writeback.sdk.connector import Access
from writeback_zoho.connector import ZohoConnector
from writeback_zoho.session import ZohoSession

Given = tuple[int, object] | Exception


@dataclass
class Answered:
    """An answer that was prepared."""

    status_code: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def iter_content(self, chunk_size: int | None = 1) -> abc.Iterator[bytes]:
        yield self.content

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Scripted:
    """An Http that gives prepared answers, or fails as prepared, and notes what was asked."""

    answers: list[Given]
    asked: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    left: str = ""
    """Credits left, as every answer says."""

    def request(self, method: str, url: str, **options: object) -> Answered:
        self.asked.append((method, url, options))
        given = self.answers.pop(0)
        if isinstance(given, Exception):
            raise given
        status, content = given
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        told = {"X-API-CREDITS-REMAINING": self.left} if self.left else {}
        return Answered(status, b"" if content is None else data, told)


MODULES = {
    "modules": [{"api_name": "Accounts", "plural_label": "Accounts", "api_supported": True, "editable": True}]
}


def access_of(http: Scripted) -> Access:
    """What a session over prepared answers is handed."""
    return Access(
        origin="https://www.zohoapis.eu",
        http=http,
        token=lambda: "1000.t",
        refresh=lambda _token: "1000.newer",
        options={},
        now=lambda: datetime(2026, 11, 24, tzinfo=UTC),
    )


def session_of(*answers: Given) -> tuple[ZohoSession, Scripted]:
    """A session that gets exactly these answers."""
    http = Scripted(list(answers))
    return ZohoConnector().open(access_of(http)), http


def scripted(*answers: Given, fields: abc.Sequence[object] | None = None) -> tuple[ZohoSession, Scripted]:
    """A session that is told of Accounts first, then gets the answers."""
    told = {"fields": list(fields if fields is not None else FIELDS["Accounts"])}
    return session_of((200, MODULES), (200, told), *answers)
