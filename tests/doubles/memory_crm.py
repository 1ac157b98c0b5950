"""A CRM in memory that plays the other side: versions, single, batch and bulk writes, an applied-log.

It meets the session protocols of `sdk` and knows nothing of the engine. Faults are taken one by one,
in the order they were armed, by the operation they name.
"""

import json
import threading
from collections import abc
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from writeback.errors import InvalidRequestError, OutcomeUnknownError
from writeback.model.canonical import from_plain, to_plain
from writeback.model.connections import Environment, Org
from writeback.model.jobs import Column, Outcome, RemoteState, Result
from writeback.model.types import AttributeType, Value
from writeback.sdk.capabilities import BulkPage, BulkRefusal, History, RemoteJob, ValueWritten
from writeback.sdk.connector import Prepared, ReadQuery, WriteAnswer, WriteRequest
from writeback.sdk.manifest import Manifest
from writeback.sdk.values import Candidate, FieldInfo, ObjectDescription, ObjectInfo, Page

FIELDS = {
    "Name": AttributeType.TEXT,
    "Industry": AttributeType.TEXT,
    "Employees": AttributeType.INTEGER,
}

CLIENT = "ada@example.com"
"""The user whom the connection is signed in as."""
BEGAN_AT = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
"""The CRM's own clock moves on by a minute with each write."""

MANIFEST = Manifest.model_validate(
    {
        "id": "memory",
        "title": "Memory",
        "api": 1,
        "publisher": "tests",
        "hosts": ["crm.example.com"],
        "auth": [{"method": "token_file", "title": "Token"}],
        "abilities": ["WritesConditionally", "WritesInBulk", "CreatesRecords"],
        "routes": {
            "single": {"most_rows": 1, "assurance": ["A", "B", "C"]},
            "batch": {"most_rows": 200, "assurance": ["A", "B", "C"]},
            "bulk": {"most_rows": 1_000_000, "assurance": ["B", "C"], "part_bytes": 1_000_000},
        },
        "limits": {"server_seconds": 1},
    }
)


@dataclass(slots=True)
class Fault:
    """What the next fitting operation runs into; `after`: only once it was done."""

    operation: str
    error: Exception | None = None
    after: bool = False
    call: abc.Callable[["MemoryCrm"], None] | None = None
    results: abc.Callable[[list[Result]], list[Result]] | None = None
    skip: int = 0


@dataclass(slots=True)
class Remote:
    """One bulk job at the CRM."""

    id: str
    object: str
    columns: tuple[Column, ...]
    state: RemoteState = RemoteState.OPEN
    data: bytes = b""
    applied: list[str] = field(default_factory=list)
    refused: list[BulkRefusal] = field(default_factory=list)
    polls: int = 0


class MemoryCrm:
    """All records of one org, and everything ever applied to it, in order."""

    def __init__(self, rows: int = 5) -> None:
        self.org_id = "org-1"
        self.lock = threading.RLock()
        self.records: dict[str, dict[str, Value]] = {}
        self.versions: dict[str, int] = {}
        self.clock = 0
        self.applied: list[tuple[str, dict[str, Value]]] = []
        self.requests: list[str] = []
        self.bodies: list[bytes] = []
        self.faults: list[Fault] = []
        self.remotes: dict[str, Remote] = {}
        self.locked: dict[str, int] = {}
        """Record id → how many more writes are answered *locked*."""
        self.polls_until_done = 0
        self.unprocessed: set[str] = set()
        self.part_bytes = 1_000_000
        self.starts_on_close = False
        """The file is uploaded first, closing creates the job, and nobody can list it."""
        self.read_only: set[str] = set()
        self.keeps_history = False
        """Its sessions tell who wrote a value and when."""
        self.forgets = False
        """Its history may lack values."""
        self.automation: abc.Callable[[dict[str, Value]], dict[str, Value]] | None = None
        """What the CRM itself makes of a record right after a client wrote these values."""
        self.is_automation_late = False
        """It runs after the answer: the version moves once more."""
        self.tells_version = False
        """The answer to a write names the version it got."""
        self.tells_author = False
        """Records name who wrote them last."""
        self.last_author: dict[str, str] = {}
        self.forgets_ids = False
        """The answer to a create does not tell the id."""
        self.history: list[tuple[int, str, ValueWritten]] = []
        """In order: version number, record id, what was written."""
        for number in range(1, rows + 1):
            self.edit(f"R{number:05d}", Name=f"Name {number}", Industry="Old", Employees=number)

    def edit(self, record_id: str, **values: Value) -> None:
        """Change a record from the CRM's own side, as somebody else would."""
        self._put(record_id, values, by="bea@acme.test (SCREEN)", is_foreign=True)

    def _put(
        self,
        record_id: str,
        values: dict[str, Value],
        *,
        by: str,
        is_foreign: bool,
        is_automation: bool = False,
    ) -> None:
        with self.lock:
            self.records.setdefault(record_id, dict.fromkeys(FIELDS)).update(values)
            self.last_author[record_id] = "bea@acme.test" if is_foreign and not is_automation else CLIENT
            self.clock += 1
            self.versions[record_id] = self.clock
            at = BEGAN_AT + timedelta(minutes=self.clock)
            self.history += [
                (
                    self.clock,
                    record_id,
                    ValueWritten(name, value, at, by, is_foreign=is_foreign, is_automation=is_automation),
                )
                for name, value in values.items()
            ]

    def version(self, record_id: str) -> str:
        return f"v{self.versions[record_id]:09d}"

    def apply(self, record_id: str, values: dict[str, Value], key: str, base: str | None) -> Result:
        """Write one record as a client asked, and put it on the log."""
        with self.lock:
            if record_id not in self.records:
                return Result(key, Outcome.REJECTED, "NOT_FOUND", f"no record {record_id}")
            if self.locked.get(record_id, 0) > 0:
                self.locked[record_id] -= 1
                return Result(key, Outcome.REJECTED, "LOCKED", "row is locked", again=True)
            if base is not None and base != self.version(record_id):
                return Result(key, Outcome.CONFLICT, "PRECONDITION", "changed meanwhile")
            if values.get("Industry") == "Forbidden":
                return Result(key, Outcome.REJECTED, "NOT_ALLOWED", "not an industry", ("Industry",))
            self._put(record_id, values, by="CLIENT 7", is_foreign=False)
            self.applied.append((record_id, values))
            version = self.version(record_id) if self.tells_version else None
            if self.automation is not None and (made := self.automation(dict(values))):
                self._put(record_id, made, by="a flow", is_foreign=True, is_automation=True)
                if not self.is_automation_late:  # part of the same act: one version
                    self.clock -= 1
                    self.versions[record_id] = self.clock
            return Result(key, Outcome.APPLIED, version=version)

    def named(self, name: str) -> list[str]:
        """Give the ids of the records of that name, which this CRM keeps unique, in whatever letters."""
        with self.lock:
            records = self.records.items()
            return [key for key, held in records if str(held["Name"]).casefold() == name.casefold()]

    def make(self, name: str, values: dict[str, Value], key: str) -> Result:
        """Make one record as a client asked, unless its name is there."""
        with self.lock:
            if self.locked.get(name, 0) > 0:
                self.locked[name] -= 1
                return Result(key, Outcome.REJECTED, "LOCKED", "row is locked", again=True)
            if self.named(name):
                return Result(key, Outcome.CONFLICT, "create.exists", "that name is taken", ("Name",))
            if values.get("Industry") == "Forbidden":
                return Result(key, Outcome.REJECTED, "NOT_ALLOWED", "not an industry", ("Industry",))
            record_id = f"N{len(self.records) + 1:05d}"
            self._put(record_id, {"Name": name, **values}, by="CLIENT 7", is_foreign=False)
            self.applied.append((record_id, {"Name": name, **values}))
            if self.automation is not None and (made := self.automation(dict(values))):
                self._put(record_id, made, by="a flow", is_foreign=True, is_automation=True)
            return Result(key, Outcome.APPLIED, record_id="" if self.forgets_ids else record_id)

    def take(self, operation: str, *, after: bool) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.operation == operation and fault.after is after:
                    if fault.skip:
                        fault.skip -= 1
                        return None
                    self.faults.remove(fault)
                    return fault
        return None

    def times_applied(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for record_id, _ in self.applied:
            counts[record_id] = counts.get(record_id, 0) + 1
        return counts


class MemorySession:
    """Meets `Session`, `WritesConditionally` and `WritesInBulk`."""

    def __init__(self, crm: MemoryCrm) -> None:
        self.crm = crm
        self.columns: tuple[Column, ...] = ()

    def whoami(self) -> Org:
        self._ask("whoami")
        return Org(self.crm.org_id, "Memory org", "ada@example.com", Environment.TEST)

    def objects(self) -> tuple[ObjectInfo, ...]:
        return (ObjectInfo("Account", "Accounts", custom=False, updateable=True, queryable=True),)

    def describe(self, object_name: str) -> ObjectDescription:
        self._ask("describe")
        fields = tuple(
            FieldInfo(
                name,
                name,
                kind,
                kind.value,
                is_updateable=name not in self.crm.read_only,
                is_unique=name == "Name",
                is_createable=True,
            )
            for name, kind in FIELDS.items()
        )
        key = FieldInfo("Id", "Id", AttributeType.TEXT, "id", is_lookup_key=True)
        label = FieldInfo("Label", "Label", AttributeType.TEXT, "formula", is_calculated=True)
        return ObjectDescription(
            object_name,
            object_name,
            "Id",
            "Name",
            "Version",
            True,
            (key, *fields, label),
            author_path="Author",
        )

    def count(self, object_name: str, condition: str = "") -> int:
        return len(self.crm.records)

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        yield self._page(list(self.crm.records), query.paths)

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        self._ask("fetch")
        with self.crm.lock:
            if by == "Id":
                page = self._page([key for key in keys if key in self.crm.records], paths)
            else:
                found = [one for key in keys for one in self.crm.named(key)]
                page = self._page(found, (by, *paths))
        self._ask("fetch", after=True)
        return page

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        return dict.fromkeys(values, ())

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        if isinstance(ours, str) and isinstance(theirs, str):
            return ours.strip() == theirs.strip()
        return ours == theirs

    def conditional_most(self, route: str) -> int:
        return {"single": 1, "batch": 25}.get(route, 0)

    def create_keys(self, object_name: str) -> tuple[str, ...]:
        return ("Name",)

    def prepare(self, request: WriteRequest) -> Prepared:
        rows = [
            {
                "key": write.key,
                "id": write.record_id,
                "base": write.base if request.is_conditional else None,
                "set": {each.field: to_plain(each.wish) for each in write.fields},
                **({"by": request.creates_by} if request.creates_by else {}),
            }
            for write in request.writes
        ]
        return Prepared(request, "PATCH", f"/{request.object}", json.dumps(rows).encode())

    def write(self, prepared: Prepared) -> WriteAnswer:
        self.crm.bodies.append(prepared.body)
        self._ask("write")
        rows = json.loads(prepared.body)
        if len(rows) > 1 and any(row["set"].get("Industry") == "Poison" for row in rows):
            raise InvalidRequestError("memory.poisoned", message="one row spoils it")
        if len(rows) == 1 and rows[0]["set"].get("Industry") == "Poison":
            raise InvalidRequestError("memory.poisoned", message="this row")
        results = self.replay(prepared.body)
        fault = self.crm.take("write", after=True)
        if fault is not None and fault.call is not None:
            fault.call(self.crm)
        if fault is not None and fault.error is not None:
            raise fault.error
        if fault is not None and fault.results is not None:
            results = fault.results(results)
        return WriteAnswer(tuple(results))

    def replay(self, body: bytes) -> list[Result]:
        """Apply a request as it arrived, however late."""
        results = []
        for row in json.loads(body):
            values = {name: from_plain(value, FIELDS[name]) for name, value in row["set"].items()}
            if "by" in row:
                assert row["by"] not in values, "the key stands for the id, and nowhere else"
                results.append(self.crm.make(row["id"], values, row["key"]))
            else:
                results.append(self.crm.apply(row["id"], values, row["key"], row["base"]))
        return results

    # bulk

    def bulk_part_bytes(self) -> int:
        return self.crm.part_bytes

    def bulk_refuses(self, kind: AttributeType, wish: object) -> None:
        return None

    def bulk_encoder(self, columns: abc.Sequence[Column]) -> "MemoryEncoder":
        return MemoryEncoder()

    def bulk_create(
        self, object_name: str, columns: abc.Sequence[Column], *, automation: object = ()
    ) -> RemoteJob:
        self._ask("bulk_create")
        if self.crm.starts_on_close:
            self.columns = tuple(columns)
            return RemoteJob("new", RemoteState.OPEN, object=object_name)
        with self.crm.lock:
            remote = Remote(f"B{len(self.crm.remotes) + 1}", object_name, tuple(columns))
            self.crm.remotes[remote.id] = remote
        self._ask("bulk_create", after=True)
        return self._told(remote)

    def bulk_upload(self, remote_id: str, chunks: abc.Iterable[bytes]) -> str | None:
        self._ask("bulk_upload")
        if remote_id == "new":
            return self._keep_file(b"".join(chunks))
        remote = self.crm.remotes[remote_id]
        if remote.state is not RemoteState.OPEN or remote.data:
            raise InvalidRequestError("memory.not_open", state=remote.state.value)
        remote.data = b"".join(chunks)
        self._ask("bulk_upload", after=True)
        return None

    def _keep_file(self, data: bytes) -> str:
        remote = Remote(f"F{len(self.crm.remotes) + 1}", "Account", self.columns, data=data)
        self.crm.remotes[remote.id] = remote
        self._ask("bulk_upload", after=True)
        return remote.id

    def bulk_close(self, remote_id: str) -> RemoteJob:
        self._ask("bulk_close")
        remote = self.crm.remotes[remote_id]
        if remote.state is not RemoteState.OPEN:
            raise InvalidRequestError("memory.not_open", state=remote.state.value)
        if self.crm.starts_on_close:
            remote = Remote(f"J{len(self.crm.remotes) + 1}", remote.object, remote.columns, data=remote.data)
            self.crm.remotes[remote.id] = remote
        remote.state = RemoteState.RUNNING
        self._process(remote)
        self._ask("bulk_close", after=True)
        return self._told(remote)

    def bulk_poll(self, remote_id: str) -> RemoteJob:
        self._ask("bulk_poll")
        remote = self.crm.remotes.get(remote_id)
        if remote is None:
            return RemoteJob(remote_id, RemoteState.GONE)
        if remote.id.startswith("F"):
            return RemoteJob(remote_id, RemoteState.UNTOLD)
        if remote.state is RemoteState.RUNNING:
            remote.polls += 1
            if remote.polls > self.crm.polls_until_done:
                remote.state = RemoteState.COMPLETE
        return self._told(remote)

    def bulk_results(self, remote_id: str) -> abc.Iterator[BulkPage]:
        self._ask("bulk_results")
        remote = self.crm.remotes[remote_id]
        backwards = remote.applied[::-1]
        for start in range(0, len(backwards), 3):
            yield BulkPage(backwards[start : start + 3], ())
        self._ask("bulk_results", after=True)
        yield BulkPage((), tuple(remote.refused))

    def bulk_abort(self, remote_id: str) -> RemoteJob:
        self._ask("bulk_abort")
        remote = self.crm.remotes[remote_id]
        if remote.state not in (RemoteState.OPEN, RemoteState.RUNNING):
            raise InvalidRequestError("memory.not_open", state=remote.state.value)
        remote.state = RemoteState.ABORTED
        return self._told(remote)

    def bulk_list(self, object_name: str, *, since: datetime) -> tuple[RemoteJob, ...]:
        self._ask("bulk_list")
        return tuple(self._told(remote) for remote in self.crm.remotes.values())

    def _process(self, remote: Remote) -> None:
        names = [column.field for column in remote.columns]
        for line in remote.data.decode().splitlines()[1:]:
            record_id, row = json.loads(line)
            if record_id in self.crm.unprocessed:
                self.crm.unprocessed.discard(record_id)
                refusal = BulkRefusal(record_id, Outcome.REJECTED, "UNPROCESSED", "not reached", again=True)
                remote.refused.append(refusal)
                continue
            values = {
                name: from_plain(plain, FIELDS[name])
                for name, plain in zip(names, row, strict=True)
                if plain != {}
            }
            result = self.crm.apply(record_id, values, "", None)
            if result.outcome is Outcome.APPLIED:
                remote.applied.append(record_id)
            else:
                remote.refused.append(
                    BulkRefusal(record_id, result.outcome, result.code, result.message, again=result.again)
                )

    def _told(self, remote: Remote) -> RemoteJob:
        return RemoteJob(
            remote.id,
            remote.state,
            processed=len(remote.applied) + len(remote.refused),
            failed=len(remote.refused),
            object=remote.object,
            created_at=datetime.now(UTC),
        )

    def _page(self, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        crm = self.crm
        rows = [(key, crm.version(key), tuple(self._value(key, path) for path in paths)) for key in keys]
        return Page(tuple(paths), rows)

    def _value(self, key: str, path: str) -> Value:
        """A formula hangs on `Industry`, and a record names who wrote it last."""
        held = self.crm.records[key]
        if path == "Label":
            return f"{held['Industry']}!"
        if path == "Author":
            return self.crm.last_author[key] if self.crm.tells_author else ""
        return held.get(path)

    def _ask(self, operation: str, *, after: bool = False) -> None:
        if not after:
            self.crm.requests.append(operation)
        fault = self.crm.take(operation, after=after) if not (operation == "write" and after) else None
        if fault is not None and fault.call is not None:
            fault.call(self.crm)
        if fault is not None and fault.error is not None:
            raise fault.error


class RememberingSession(MemorySession):
    """Meets `ReadsHistory` as well."""

    def read_history(
        self, object_name: str, *, since: abc.Mapping[str, str | None], fields: abc.Sequence[str]
    ) -> abc.Mapping[str, History]:
        self._ask("read_history")
        with self.crm.lock:
            return {
                key: History(
                    tuple(
                        written
                        for version, record_id, written in self.crm.history
                        if record_id == key
                        and written.field in fields
                        and (base is None or f"v{version:09d}" > base)
                    ),
                    is_whole=not self.crm.forgets,
                )
                for key, base in since.items()
                if key in self.crm.records
            }


class MemoryEncoder:
    """One JSON line a row."""

    def header(self) -> bytes:
        return b"id,row\n"

    def encode(self, rows: abc.Sequence[tuple[str, str]]) -> bytes:
        return "".join(f'["{record_id}",{row}]\n' for record_id, row in rows).encode()


def no_answer() -> OutcomeUnknownError:
    return OutcomeUnknownError("memory.no_answer")
