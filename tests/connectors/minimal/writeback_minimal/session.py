"""A conversation with the CRM in memory: the whole core protocol, nothing beyond."""

import json
from collections import abc

from writeback.errors import InvalidRequestError, SignInRequiredError
from writeback.model.attributes import Option
from writeback.model.canonical import from_plain, to_plain
from writeback.model.connections import Environment, Org
from writeback.model.jobs import Outcome, Result
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Access, Prepared, ReadQuery, WriteAnswer, WriteRequest
from writeback.sdk.values import Candidate, FieldInfo, ObjectDescription, ObjectInfo, Page, ReferenceInfo
from writeback_minimal.crm import SCHEMA, Column, Crm


class MinimalSession:
    """Meets `sdk.connector.Session`."""

    def __init__(self, access: Access, crm: Crm) -> None:
        """Keep what was handed over; makes no call."""
        self._access = access
        self._crm = crm

    def whoami(self) -> Org:
        """Say who answers."""
        self._sign_in()
        return Org(self._crm.org_id, "Minimal org", "ada@example.com", Environment.TEST)

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the objects."""
        self._sign_in()
        return tuple(
            ObjectInfo(name, f"{name}s", custom=False, updateable=True, queryable=True) for name in SCHEMA
        )

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all field facts."""
        self._sign_in()
        columns = tuple(_info(column) for column in self._schema(object_name))
        return ObjectDescription(
            name=object_name,
            label=f"{object_name}s",
            key_field="Id",
            name_field="Name",
            version_field="Version",
            is_updateable=True,
            fields=columns,
        )

    def count(self, object_name: str, condition: str = "") -> int:
        """Count the records that a filter selects."""
        return len(self._select(object_name, condition))

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give the records page by page, oldest change first."""
        crm = self._crm
        chosen = self._select(query.object, query.filter)
        newer = [each for each in chosen if query.since is None or crm.version(each) > query.since]
        ordered = sorted(newer, key=crm.version)[: query.limit]
        size = int(self._access.options.get("page_size", "100"))
        for start in range(0, len(ordered), size):
            yield self._page(query.object, ordered[start : start + size], query.paths)

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read single records afresh by key."""
        self._sign_in()
        wanted = set(keys)
        found = [
            each for each in self._records(object_name) if self._crm.value(object_name, each, by) in wanted
        ]
        columns = tuple(paths) if by == "Id" else (by, *paths)
        return self._page(object_name, found, columns)

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Look records up by a field, without regard to case."""
        self._sign_in()
        crm = self._crm
        return {
            value: tuple(
                Candidate(each, str(crm.value(object_name, each, "Name")), object=object_name)
                for each in self._records(object_name)
                if str(crm.value(object_name, each, by)).casefold() == value.casefold()
            )
            for value in values
        }

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Compare as this CRM stores: blanks at the ends of text do not survive, empty text is nothing."""
        del kind
        return _stored(ours) == _stored(theirs)

    def prepare(self, request: WriteRequest) -> Prepared:
        """Render the writes; makes no call.

        Raises:
            InvalidRequestError: A conditional write was asked for, which this CRM cannot do.
        """
        if request.is_conditional:
            raise InvalidRequestError("minimal.not_conditional")
        rows = [
            {"id": write.record_id, "set": {each.field: to_plain(each.wish) for each in write.fields}}
            for write in request.writes
        ]
        body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        return Prepared(request, "PATCH", f"/{request.object}", body)

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Send exactly the prepared bytes, and answer in the order of the request."""
        self._sign_in()
        fault = self._crm.faults.pop(0) if self._crm.faults else None
        if fault is not None and not fault.is_applied:
            raise fault.error
        rows = json.loads(prepared.body)
        object_name = prepared.path.removeprefix("/")
        results = tuple(
            self._write_row(object_name, row["id"], row["set"], key=write.key)
            for write, row in zip(prepared.request.writes, rows, strict=True)
        )
        if fault is not None:
            raise fault.error
        return WriteAnswer(results)

    def _write_row(self, object_name: str, record_id: str, row: dict[str, object], *, key: str) -> Result:
        columns = {column.name: column for column in self._schema(object_name)}
        if record_id not in self._records(object_name):
            return Result(key, Outcome.REJECTED, "NOT_FOUND", f"no {object_name} {record_id}")
        values: dict[str, Value] = {}
        for name, plain in row.items():
            column = columns.get(name)
            if column is None:
                return Result(key, Outcome.REJECTED, "NO_SUCH_FIELD", f"no field {name}", (name,))
            value = _stored(from_plain(plain, column.kind))
            if refusal := _refusal(column, value):
                return Result(key, Outcome.REJECTED, refusal, f"{name}: {refusal.lower()}", (name,))
            values[name] = value
        self._crm.apply(object_name, record_id, values)
        return Result(key, Outcome.APPLIED, version=self._crm.version(record_id))

    def _sign_in(self) -> None:
        """Refuse a wrong token the way a server does: ask for a newer one, once."""
        token = self._access.token()
        if token != self._crm.token and self._access.refresh(token) != self._crm.token:
            raise SignInRequiredError("minimal.token_refused")

    def _schema(self, object_name: str) -> tuple[Column, ...]:
        if object_name not in SCHEMA:
            raise InvalidRequestError("minimal.no_object", object=object_name)
        return SCHEMA[object_name]

    def _records(self, object_name: str) -> dict[str, dict[str, Value]]:
        self._schema(object_name)
        return self._crm.records[object_name]

    def _select(self, object_name: str, condition: str) -> list[str]:
        """Understand `Field = text`; anything else is refused, never guessed."""
        self._sign_in()
        records = self._records(object_name)
        if not condition:
            return list(records)
        name, equals, text = (part.strip() for part in condition.partition("="))
        if not equals or name not in {column.name for column in self._schema(object_name)}:
            raise InvalidRequestError("minimal.bad_filter", filter=condition[:200])
        return [each for each, record in records.items() if str(record.get(name)) == text.strip("'")]

    def _page(self, object_name: str, ids: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        crm = self._crm
        rows = [
            (each, crm.version(each), tuple(crm.value(object_name, each, path) for path in paths))
            for each in ids
        ]
        return Page(tuple(paths), rows)


def _info(column: Column) -> FieldInfo:
    reference = None
    if column.target:
        reference = ReferenceInfo(column.relationship, (column.target,), is_polymorphic=False)
    return FieldInfo(
        name=column.name,
        label=column.name,
        kind=column.kind,
        crm_type=column.kind.value,
        length=column.length,
        is_updateable=not column.is_read_only,
        is_lookup_key=column.is_lookup_key,
        options=tuple(Option(each, each) for each in column.options),
        is_restricted=bool(column.options),
        reference=reference,
    )


def _stored(value: Value) -> Value:
    return (value.strip() or None) if isinstance(value, str) else value


def _refusal(column: Column, value: Value) -> str:
    if column.is_read_only:
        return "READ_ONLY"
    if value is None:
        return ""
    if column.options and value not in column.options:
        return "NOT_AN_OPTION"
    if column.length is not None and len(str(value)) > column.length:
        return "TOO_LONG"
    return ""
