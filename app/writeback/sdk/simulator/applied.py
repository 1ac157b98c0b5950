"""The append-only log of what a simulator accepted: the oracle every fault test compares with.

One JSON object a line, written to the file *before* the answer is sent, so it can be read after all
processes ended, however they ended. The application never reads it. Entries of route ``foreign`` are edits
by somebody else (control door, fault *concurrent_edit*), not writes of the program under test.
"""

import tempfile
from array import array
from collections import abc
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from writeback.sdk.simulator.background import new_lock


@dataclass(frozen=True, slots=True)
class Applied:
    """One accepted write of one record."""

    kind: str  # the object, as the vendor names it
    id: str
    fields: abc.Mapping[str, object]  # as stored, after automation
    operation: str  # update, create, delete


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What all writes of one request have in common."""

    at: datetime
    route: str  # single, composite, collections, bulk, foreign
    sha256: str  # of the request's body as received; for bulk of the uploaded part
    client: str | None = None  # a marker the wire carries, if any
    job: str | None = None  # the remote bulk job
    automation: abc.Mapping[str, str] | None = None  # the connector's automation switches, as obeyed


class AppliedLog:
    """Entries numbered from 1, in a file that outlives the process (or an unnamed one)."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = new_lock()
        # unbuffered: a line is with the operating system before the answer leaves
        self._file = path.open("a+b", buffering=0) if path else tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  closed by close()
        self._ends = array("Q")
        self._index_what_is_there()

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, writes: abc.Sequence[Applied], told: Circumstances) -> None:
        """Put the writes on record; when this returns they are."""
        if not writes:
            return
        common: dict[str, object] = {"at": told.at.isoformat(), "route": told.route, "sha256": told.sha256}
        common |= {"client": told.client, "job": told.job}
        if told.automation is not None:
            common["automation"] = dict(told.automation)
        with self._lock:
            end = self._ends[-1] if self._ends else 0
            lines = []
            for seq, write in enumerate(writes, len(self._ends) + 1):
                entry = {"seq": seq, "object": write.kind, "id": write.id, "operation": write.operation}
                line = orjson.dumps(
                    entry | {"fields": write.fields} | common, option=orjson.OPT_APPEND_NEWLINE
                )
                lines.append(line)
                end += len(line)
                self._ends.append(end)
            data = memoryview(b"".join(lines))
            while data:
                data = data[self._file.write(data) or 0 :]

    def entries(self, *, after: int = 0, limit: int | None = None) -> list[dict[str, object]]:
        """Give the entries numbered above `after`, oldest first."""
        with self._lock:
            last = len(self._ends) if limit is None else min(len(self._ends), after + limit)
            if after >= last:
                return []
            start = self._ends[after - 1] if after else 0
            self._file.seek(start)
            data = self._file.read(self._ends[last - 1] - start)
            self._file.seek(0, 2)
        return [orjson.loads(line) for line in data.splitlines()]

    def close(self) -> None:
        """Close the file; what was appended stays."""
        self._file.close()

    def _index_what_is_there(self) -> None:
        self._file.seek(0)
        end = 0
        for line in self._file:
            end += len(line)
            self._ends.append(end)


def read_applied(path: Path) -> abc.Iterator[dict[str, object]]:
    """Read a log whose process has ended."""
    with path.open("rb") as file:
        for line in file:
            yield orjson.loads(line)
