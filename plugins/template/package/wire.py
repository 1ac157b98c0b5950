"""What goes over the wire: pure functions, tested without a socket.

Text and lists are JSON strings, numbers of any kind are strings (a float loses money), booleans are
booleans, moments are UTC with Z, several options are an array, nothing is null.
"""

import json
from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.attributes import Option
from writeback.model.jobs import Outcome, Result, Route
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Clear, Value, Wish
from writeback.sdk.connector import Prepared, Write, WriteAnswer, WriteRequest
from writeback.sdk.values import FieldInfo, ObjectDescription, Page, ReferenceInfo
from writeback_acme.errors import our_code, problem_of
from writeback_acme.limits import BATCH_ROWS

Json = abc.Mapping[str, Any]

APPLIED, MADE, TAKEN, CONFLICT, GONE, LOCKED = 200, 201, 409, 412, 404, 423
TYPES: abc.Mapping[str, AttributeType] = {
    "text": AttributeType.TEXT,
    "paragraph": AttributeType.LONG_TEXT,
    "checkbox": AttributeType.BOOLEAN,
    "whole": AttributeType.INTEGER,
    "decimal": AttributeType.NUMBER,
    "money": AttributeType.CURRENCY,
    "day": AttributeType.DATE,
    "moment": AttributeType.DATETIME,
    "choice": AttributeType.LIST,
    "choices": AttributeType.MULTI_LIST,
    "email": AttributeType.EMAIL,
    "url": AttributeType.URL,
    "reference": AttributeType.TEXT,
}
"""Acme's field types and ours; a type that is not here is described and never written."""


def encode(wish: Wish) -> object:
    """Give the JSON of one value that shall be written."""
    match wish:
        case Clear():
            return None
        case bool():
            return wish
        case int() | Decimal():
            return format(wish, "f") if isinstance(wish, Decimal) else str(wish)
        case datetime():
            return wish.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return wish.isoformat()
        case tuple():
            return list(wish)
        case _:
            return wish


def decode(raw: object, kind: AttributeType | None) -> Value:
    """Give the canonical value of one JSON value.

    Raises:
        InvalidRequestError: Acme answered something that its description does not allow.
    """
    if raw is None or kind is None:
        return None
    try:
        if kind is AttributeType.MULTI_LIST and isinstance(raw, list):
            return tuple(str(each) for each in raw)
        if kind is AttributeType.BOOLEAN:
            return bool(raw)
        if kind in INTEGER_TYPES:
            return int(str(raw))
        if kind in DECIMAL_TYPES:
            return Decimal(str(raw))
        if kind is AttributeType.DATE:
            return date.fromisoformat(str(raw))
        if kind is AttributeType.DATETIME:
            return datetime.fromisoformat(str(raw))
    except (ValueError, ArithmeticError):
        raise InvalidRequestError("acme.unreadable_value", kind=kind.value) from None
    return str(raw)


def parse_description(name: str, told: Json) -> ObjectDescription:
    """Read all field facts of one object."""
    return ObjectDescription(
        name=name,
        label=str(told["label"]),
        key_field="Id",
        name_field="Name",
        version_field="Version",
        is_updateable=bool(told["writable"]),
        fields=tuple(_field(each) for each in told["fields"]),
    )


def _field(told: Json) -> FieldInfo:
    target = told.get("target")
    return FieldInfo(
        name=str(told["name"]),
        label=str(told["label"]),
        kind=TYPES.get(told["type"]),
        crm_type=str(told["type"]),
        length=told.get("length"),
        scale=told.get("scale"),
        is_nillable=not told.get("required", False),
        is_updateable=bool(told["writable"]),
        is_unique=bool(told.get("unique", False)),
        is_lookup_key=bool(told.get("unique", False)),
        options=tuple(Option(each, each) for each in told.get("options", ())),
        is_restricted=told["type"] in {"choice", "choices"},
        reference=None if target is None else ReferenceInfo(str(told["relationship"]), (target,), False),
        is_createable=bool(told["writable"]),
        is_required=bool(told["writable"] and told.get("required", False)),
    )


def parse_records(
    records: abc.Iterable[Json], paths: abc.Sequence[str], kinds: abc.Sequence[AttributeType | None]
) -> Page:
    """Turn Acme's records into a page: each value at the place of its path."""
    rows = [
        (
            str(one["id"]),
            str(one["version"]),
            tuple(decode(one["fields"].get(path), kind) for path, kind in zip(paths, kinds, strict=True)),
        )
        for one in records
    ]
    return Page(tuple(paths), rows)


def prepare_write(request: WriteRequest) -> Prepared:
    """Put writes into one request; its bytes are final.

    Raises:
        ContractBrokenError: There are more writes than the route holds; cutting is the caller's trade.
    """
    most = 1 if request.route is Route.SINGLE else BATCH_ROWS
    if request.route is Route.BULK or not 0 < len(request.writes) <= most:
        raise ContractBrokenError("acme.too_many_writes", given=len(request.writes), most=most)
    if request.creates_by:
        return _prepare_create(request)
    if request.route is Route.BATCH:
        rows = [_row(write, is_conditional=request.is_conditional) for write in request.writes]
        return Prepared(
            request, "POST", f"/v1/objects/{quote(request.object)}/batch", _bytes({"records": rows})
        )
    (write,) = request.writes
    path = f"/v1/objects/{quote(request.object)}/records/{quote(write.record_id, safe='')}"
    condition = (("If-Match", write.base),) if request.is_conditional and write.base else ()
    return Prepared(request, "PATCH", path, _bytes({"fields": _fields(write)}), condition)


def _prepare_create(request: WriteRequest) -> Prepared:
    """Make records: never an upsert, so that one that is there is refused and stays as it is."""
    made = [_new(request.creates_by, write) for write in request.writes]
    path = f"/v1/objects/{quote(request.object)}"
    if request.route is Route.SINGLE:
        return Prepared(request, "POST", f"{path}/records", _bytes({"fields": made[0]}))
    rows = [{"ref": write.key, "fields": new} for write, new in zip(request.writes, made, strict=True)]
    return Prepared(request, "POST", f"{path}/batch", _bytes({"records": rows}))


def parse_single(status: int, body: bytes, write: Write, *, by: str = "") -> WriteAnswer | None:
    """Read the answer to a single write; None: the request was refused as a whole."""
    if status not in {APPLIED, MADE, TAKEN, CONFLICT, GONE, LOCKED, 422}:
        return None
    is_done = status in {APPLIED, MADE}
    return WriteAnswer((_result(write, status, json.loads(body) if is_done else body, by=by),))


def parse_batch(body: bytes, writes: abc.Sequence[Write], *, by: str = "") -> WriteAnswer:
    """Read the answer to a batch. Acme answers in any order: `ref` says which row is meant.

    A row that is not answered, or twice, is unknown: nothing is made up.
    """
    told: dict[str, list[Json]] = {}
    try:
        for one in json.loads(body)["results"]:
            told.setdefault(str(one["ref"]), []).append(one)
    except (ValueError, KeyError, TypeError):
        told = {}
    return WriteAnswer(
        tuple(
            _result(write, int(answers[0]["status"]), answers[0], by=by)
            if len(answers := told.get(write.key, [])) == 1
            else Result(write.key, Outcome.UNKNOWN, "acme.answer_incomplete")
            for write in writes
        )
    )


def _result(write: Write, status: int, told: object, *, by: str = "") -> Result:
    """Say what became of a row; `by` is the key that it was to be made by."""
    if status in {APPLIED, MADE}:
        facts = told if isinstance(told, abc.Mapping) else {}
        version = None if facts.get("version") is None else str(facts["version"])
        made = str(facts.get("id", "")) if by else ""
        return Result(write.key, Outcome.APPLIED, version=version, record_id=made)
    problem = problem_of(told)
    if status == TAKEN and by in problem.fields:  # another unique field's value is a refusal like any other
        return Result(write.key, Outcome.CONFLICT, "create.exists", problem.message, (by,))
    outcome = Outcome.CONFLICT if status == CONFLICT else Outcome.REJECTED
    code = our_code(problem.code, status=status)
    return Result(write.key, outcome, code, problem.message, problem.fields, again=status == LOCKED)


def _row(write: Write, *, is_conditional: bool) -> Json:
    base = {"version": write.base} if is_conditional else {}
    return {"ref": write.key, "id": write.record_id, **base, "fields": _fields(write)}


def _new(by: str, write: Write) -> Json:
    """Give the fields of a record that is to be made.

    Raises:
        ContractBrokenError: It has no key, or two: made again, it would be another record.
    """
    fields = _fields(write)
    if not write.record_id.strip() or by in fields:
        raise ContractBrokenError("acme.no_create_key", key=write.key)
    return {by: write.record_id, **fields}


def _fields(write: Write) -> Json:
    return {each.field: encode(each.wish) for each in write.fields}


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
