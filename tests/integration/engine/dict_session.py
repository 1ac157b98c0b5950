"""A connector's double for pulls: an org in a dictionary whose clock moves only when told."""

from collections import abc
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from writeback.model.connections import Org
from writeback.model.jobs import Result
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Prepared, ReadQuery, WriteAnswer, WriteRequest
from writeback.sdk.values import Candidate, FieldInfo, ObjectDescription, ObjectInfo, Page, ReferenceInfo

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
OWNER = ReferenceInfo("Owner", ("User",), is_polymorphic=False)
_TEXTS = ("Name", "Industry", "Web", "Phone", "Email")
FIELDS = dict.fromkeys(_TEXTS, AttributeType.TEXT) | {
    "Revenue": AttributeType.CURRENCY,
    "Arr": AttributeType.CURRENCY,
    "Since": AttributeType.DATE,
    "Version": AttributeType.INTEGER,
    "Staff": AttributeType.INTEGER,
    "Regions": AttributeType.MULTI_LIST,
}


@dataclass
class Crm:
    """Records by key: (version, values by path); deleted ones with the version of their deletion."""

    records: dict[str, tuple[str, dict[str, Value]]] = field(default_factory=dict)
    deleted: dict[str, str] = field(default_factory=dict)
    ticks: int = 0
    fields: dict[str, AttributeType] = field(default_factory=lambda: dict(FIELDS))
    """What describe tells of every object."""

    @property
    def version(self) -> str:
        return (BEGIN + timedelta(milliseconds=self.ticks)).isoformat(timespec="milliseconds")

    def seconds(self) -> float:
        return self.ticks / 1000

    def put(self, key: str, **values: Value) -> None:
        before = self.records.get(key, ("", {}))[1]
        self.records[key] = (self.version, {**before, **values})
        self.deleted.pop(key, None)

    def remove(self, key: str) -> None:
        if self.records.pop(key, None) is not None:
            self.deleted[key] = self.version


class ReadOnlyDictSession:
    """Reads live: which records is settled by the query, what they hold when their page is made."""

    def __init__(
        self,
        crm: Crm,
        *,
        page_size: int = 2,
        between: abc.Callable[[int], None] = lambda page: None,
        by_version: bool = False,
    ) -> None:
        self.crm = crm
        self.page_size = page_size
        self.between = between
        self.by_version = by_version
        self.queries: list[ReadQuery] = []

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        self.queries.append(query)
        found = [
            (version if self.by_version else "", key)
            for key, (version, _) in self.crm.records.items()
            if query.since is None or version >= query.since
        ]
        keys = [key for _, key in sorted(found)]
        for number, start in enumerate(range(0, len(keys), self.page_size)):
            rows = [
                (
                    key,
                    self.crm.records[key][0],
                    tuple(self.crm.records[key][1].get(path) for path in query.paths),
                )
                for key in keys[start : start + self.page_size]
                if key in self.crm.records
            ]
            yield Page(query.paths, rows)
            self.between(number)

    def whoami(self) -> Org:
        raise NotImplementedError

    def objects(self) -> tuple[ObjectInfo, ...]:
        raise NotImplementedError

    def describe(self, object_name: str) -> ObjectDescription:
        fields = tuple(
            FieldInfo(name, name, kind, kind.value, is_updateable=True)
            for name, kind in self.crm.fields.items()
        )
        owner = FieldInfo("OwnerId", "Owner", AttributeType.TEXT, "reference", reference=OWNER)
        key = FieldInfo("Id", "Id", AttributeType.TEXT, "id", is_lookup_key=True)
        return ObjectDescription(
            object_name,
            object_name,
            "Id",
            "Name",
            "Version",
            is_updateable=True,
            fields=(key, owner, *fields),
        )

    def count(self, object_name: str, condition: str = "") -> int:
        raise NotImplementedError

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        raise NotImplementedError

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        raise NotImplementedError

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        return ours == theirs

    def prepare(self, request: WriteRequest) -> Prepared:
        raise NotImplementedError

    def write(self, prepared: Prepared) -> WriteAnswer:
        raise NotImplementedError

    def results(self) -> tuple[Result, ...]:
        raise NotImplementedError


class DictSession(ReadOnlyDictSession):
    """The same with the ability ReadsDeletes."""

    def read_deletes(self, object_name: str, *, since: str) -> abc.Iterator[tuple[str, ...]]:
        yield tuple(key for key, version in self.crm.deleted.items() if version >= since)
