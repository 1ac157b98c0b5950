"""What the ways to write share: one row's body, its condition, and the headers that steer automation.

A PATCH without `If-Match` is an upsert: every update carries one, an etag or `*`.
[update-delete-entities-using-web-api], [associate-disassociate], [multitable-lookup], [optional-parameters]
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

import orjson

from writeback.errors import ConfigurationError, ContractBrokenError, InvalidRequestError
from writeback.model.types import CLEAR
from writeback.sdk.connector import FieldWish, Write
from writeback.sdk.values import FieldInfo
from writeback_dynamics.wire.columns import LOOKUPS
from writeback_dynamics.wire.describes import Described, must_have
from writeback_dynamics.wire.literals import guid_of, row_id
from writeback_dynamics.wire.tables import Table
from writeback_dynamics.wire.values import Plain, encode_json

Headers = tuple[tuple[str, str], ...]
JSON_BODY: Final = ("Content-Type", "application/json; charset=utf-8")

_BYPASS: Final = frozenset({"", "CustomSync", "CustomAsync", "CustomSync,CustomAsync"})
_BYPASS_PLUGINS: Final = frozenset({"", "true"})
_DUPLICATES: Final[abc.Mapping[str, str]] = {"detect": "false", "suppress": "true"}
"""The header says *suppress*, so that detecting is its `false`."""
_STATE: Final = "StateType"
_STATUS: Final = "StatusType"


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where lookups of a request lead: which table each id belongs to."""

    tables: abc.Mapping[str, Table]
    """All tables of the environment, by logical name."""
    targets: abc.Mapping[str, str]
    """Id → table, for ids in polymorphic lookups."""


def steering(options: abc.Mapping[str, str]) -> Headers:
    """Read the connection's options into headers of each write.

    Raises:
        ConfigurationError: An option is malformed.
    """
    bypass = _one_of(options, "bypass_logic", _BYPASS)
    plugins = _one_of(options, "bypass_plugins", _BYPASS_PLUGINS)
    detection = _one_of(options, "duplicate_detection", frozenset({"", *_DUPLICATES}))
    named = (
        ("MSCRM.BypassBusinessLogicExecution", bypass),
        ("MSCRM.BypassBusinessLogicExecutionStepIds", _steps(options.get("bypass_steps", "").strip())),
        ("MSCRM.BypassCustomPluginExecution", plugins),
        ("MSCRM.SuppressDuplicateDetection", _DUPLICATES.get(detection, "")),
    )
    headers = [(name, value) for name, value in named if value]
    if caller := options.get("caller_object_id", "").strip():
        if not (found := guid_of(caller)):
            raise ConfigurationError("dynamics.bad_option", option="caller_object_id")
        headers.append(("CallerObjectId", found))
    return tuple(headers)


def _one_of(options: abc.Mapping[str, str], name: str, known: frozenset[str]) -> str:
    value = options.get(name, "").replace(" ", "")
    if value not in known:
        raise ConfigurationError("dynamics.bad_option", option=name)
    return value


def _steps(text: str) -> str:
    """Give the ids of plug-in steps as they travel."""
    ids = [guid_of(step) for step in text.split(",")] if text else []
    if None in ids:
        raise ConfigurationError("dynamics.bad_option", option="bypass_steps")
    return ",".join(filter(None, ids))


def row_address(table: Table, write: Write) -> str:
    """Give the address of the row that a write changes."""
    return f"{table.entity_set}({row_id(write.record_id)})"


def condition(write: Write, *, table: Table, is_conditional: bool) -> tuple[str, str]:
    """Give the `If-Match` of one write: its version where that is to be checked, else *any, but there*.

    Raises:
        ContractBrokenError: The version is to be checked and there is none.
        InvalidRequestError: The table does not check versions.
    """
    if not is_conditional:
        return "If-Match", "*"
    if not table.has_versions:
        raise InvalidRequestError("dynamics.no_version_check", object=table.name)
    if write.base is None:
        raise ContractBrokenError("dynamics.no_base", key=write.key)
    if not write.base.isascii() or not write.base.isprintable():
        raise ContractBrokenError("dynamics.bad_version", given=write.base[:40])
    return "If-Match", write.base


def body_of(
    write: Write, described: Described, pointing: Pointing, *, is_create: bool = False
) -> dict[str, Plain]:
    """Give one row's changed columns for a JSON body, without its id.

    A state without a status takes the status that the state begins with; a lookup travels by the true
    navigation property of the table it leads to. Of a row that is made what stays empty is left out.

    Raises:
        ContractBrokenError: A column stands twice, or a value is none of its kind.
        InvalidRequestError: The server would ignore a column, or a lookup's record is nowhere it may lead.
    """
    body: dict[str, Plain] = {}
    for wish in write.fields:
        field = must_have(described.info, wish.field)
        if is_create and (wish.wish is CLEAR or wish.wish == ""):
            continue
        is_ours = field.is_createable if is_create else field.is_updateable
        if not is_ours:  # else it is ignored without an error, and the answer says success
            raise InvalidRequestError("dynamics.read_only_column", field=field.name)
        name, value = _member(wish, field, described, pointing)
        if name in body:
            raise ContractBrokenError("dynamics.column_twice", key=write.key)
        body[name] = value
    return body | _status_of(body, described)


def polymorphic_ids(writes: abc.Iterable[Write], described: Described) -> dict[str, set[str]]:
    """Give the ids that the writes put into lookups with several targets, by column."""
    found: dict[str, set[str]] = {}
    for write in writes:
        for wish in write.fields:
            field = described.info.field(wish.field)
            is_open = field is not None and field.reference is not None and len(field.reference.targets) > 1
            if is_open and field is not None and isinstance(wish.wish, str) and wish.wish:
                found.setdefault(field.name, set()).add(row_id(wish.wish))
    return found


def to_bytes(body: object) -> bytes:
    """Write a JSON body.

    Raises:
        ContractBrokenError: A text holds half a character, which no JSON can carry.
    """
    try:
        return orjson.dumps(body)
    except TypeError:
        raise ContractBrokenError("dynamics.not_text") from None


def _member(wish: FieldWish, field: FieldInfo, described: Described, pointing: Pointing) -> tuple[str, Plain]:
    if field.crm_type not in LOOKUPS or field.reference is None:
        return field.name, encode_json(wish.kind, wish.wish)
    targets = field.reference.targets
    if wish.wish is CLEAR or wish.wish == "":
        return f"{_binding(field, targets[0], described)}@odata.bind", None
    record_id = row_id(str(wish.wish))
    target = targets[0] if len(targets) == 1 else pointing.targets.get(record_id)
    table = pointing.tables.get(target or "")
    if target is None or table is None:
        raise InvalidRequestError("dynamics.no_such_record", field=field.name, id=record_id)
    return f"{_binding(field, target, described)}@odata.bind", f"/{table.entity_set}({record_id})"


def _binding(field: FieldInfo, target: str, described: Described) -> str:
    """Give the navigation property to write by; the two kinds of owner share one."""
    return field.name if field.crm_type == "OwnerType" else described.navigations[field.name, target]


def _status_of(body: abc.Mapping[str, Plain], described: Described) -> dict[str, Plain]:
    by_type = {
        field.crm_type: field.name
        for field in described.info.fields
        if field.crm_type in (_STATE, _STATUS) and field.is_updateable
    }
    state, status = by_type.get(_STATE), by_type.get(_STATUS)
    if state is None or status is None or state not in body or status in body:
        return {}
    begins = described.default_status.get(str(body[state]))
    return {} if begins is None else {status: int(begins)}
