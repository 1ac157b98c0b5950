"""Write property values to records: validate, store, remember the history, put on record.

One door for single writes, batches, imports and edits by somebody else. A write is *planned* without
touching anything and *made* afterwards, so that a batch can refuse all for the sake of one.
"""

import re
from collections import abc
from dataclasses import dataclass, field

import orjson

from writeback.sdk.simulator import Applied
from writeback.sdk.simulator.applied import Circumstances
from writeback_hubspot.simulator import pipelines
from writeback_hubspot.simulator.problems import BadValue, Json, Problem, invalid
from writeback_hubspot.simulator.properties import Property
from writeback_hubspot.simulator.state import Portal
from writeback_hubspot.simulator.tables import Table, Values, Version
from writeback_hubspot.simulator.values import Rules, as_text, check_value, other_words

APP_ID = "7700123"
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
_WON = frozenset({"closedwon", "98765012"})


@dataclass(slots=True)
class Planned:
    """A write that passed every check."""

    row: int | None  # None makes a record
    values: Values  # by the key they are kept under
    told: Values  # by the name they were written under
    shown: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """Who writes, as the history of a property tells it."""

    type: str = "INTEGRATION"
    id: str = APP_ID
    user_id: int | None = None


SOMEBODY = Source("CRM_UI", "userId:4200002", 4_200_002)


WORKFLOW = Source("AUTOMATION_PLATFORM", "enrollmentId:4400001")


def plan_write(
    portal: Portal, table: Table, row: int | None, given: object, *, newest: bool = False
) -> Planned:
    """Check what is to be written to a record (None: to a new one).

    Raises:
        Problem: The vendor's refusal, with all bad values at once.
    """
    if not isinstance(given, dict):
        raise invalid("Invalid input JSON on line 1, column 1: properties has to be an object")
    planned = Planned(row, {}, {}, list(map(str, given)))
    bad: list[BadValue] = []
    for name, value in given.items():
        prop = table.kind.properties.get(name)
        if prop is None:
            bad.append(BadValue(name, "PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist'))
            continue
        old = table.value(row, prop.key) if row is not None and prop.takes_several else None
        found = _checked(portal, prop, value, old=old)
        if isinstance(found, BadValue):
            bad.append(found)
        elif not isinstance(found, _Nothing):
            planned.values[prop.key] = planned.told[name] = found
    if bad:
        raise invalid_values(portal, bad)
    _check_record(portal, table, planned)
    if newest and portal.switches["write_validation"] == "on":
        _check_admin_rules(table, planned)
    return planned


def make_write(portal: Portal, table: Table, planned: Planned, source: Source) -> Applied:
    """Store a planned write and say what was stored."""
    at, seen_at = portal.stamp(), portal.seen_at()
    stamps: Values = {table.kind.modified: at}
    if planned.row is None:
        stamps["createdate"] = at
        defaults = pipelines.defaults(table.kind, planned.values)
        planned.row = table.add({**defaults, **planned.values, **stamps}, seen_at=seen_at)
        operation = "create"
    else:
        table.write(planned.row, {**planned.values, **stamps}, seen_at=seen_at)
        operation = "update"
    history = table.history.setdefault(planned.row, {})
    for key, value in planned.values.items():
        version = Version(value or "", at, source.type, source.id, source.user_id)
        history.setdefault(key, []).append(version)
    if source != WORKFLOW and portal.switches["workflow"] == "on":
        enrol(portal, table, planned)
    return Applied(table.kind.name, table.id(planned.row), planned.told, operation)


def record(portal: Portal, writes: abc.Sequence[Applied], *, route: str, sha256: str = "") -> None:
    """Put writes on record, before they are answered."""
    portal.applied.append(writes, Circumstances(portal.now(), route, sha256))


def edit_as_somebody_else(portal: Portal, table: Table, row: int, fields: object) -> None:
    """Change a record from the outside.

    Raises:
        Problem: The values are refused.
    """
    applied = make_write(portal, table, plan_write(portal, table, row, fields), SOMEBODY)
    record(portal, [applied], route="foreign")


def enrol(portal: Portal, table: Table, planned: Planned) -> None:
    """Let the account's workflow take a record up; it runs after the answer."""
    city = planned.values.get("city")
    if table.kind.name == "companies" and isinstance(city, str) and planned.row is not None:
        portal.enrolled.append((table, planned.row, {"city": city.upper(), "country": "Workflow Land"}))


def run_workflows(portal: Portal) -> None:
    """Run what was taken up: writes of their own, that the history tells as automation's."""
    while portal.enrolled:
        table, row, values = portal.enrolled.pop(0)
        applied = make_write(portal, table, plan_write(portal, table, row, values), WORKFLOW)
        record(portal, [applied], route="foreign")


def disturb(portal: Portal, table: Table, row: int | None) -> None:
    """Let the faults happen that come just before a write to a record (None: before it is made).

    Raises:
        Problem: The fault `refuse_row`.
    """
    if not portal.faults.armed():
        return
    names = {"object": table.kind.name, "id": "" if row is None else table.id(row)}
    edit = portal.faults.take("concurrent_edit", **names) if row is not None else None
    if edit is not None and row is not None:
        edit_as_somebody_else(portal, table, row, edit.facts.get("fields"))
    refused = portal.faults.take("refuse_row", **names)
    if refused is not None:
        raise invalid(refused.text("message", "The record could not be saved."))


def invalid_values(portal: Portal, bad: abc.Sequence[BadValue]) -> Problem:
    """Give the refusal of values: an array inside the text, newer details beside it."""
    if portal.switches["error_words"] == "other":
        bad = other_words(bad)
    form = portal.switches["validation_errors"]
    embedded = [
        {
            "isValid": False,
            "message": each.message,
            "error": each.code,
            "name": each.name,
            "localizedErrorMessage": each.message,
            "portalId": portal.portal_id,
        }
        for each in bad
    ]
    message = f"Property values were not valid: {orjson.dumps(embedded).decode()}"
    if form == "details":
        message = "Property values were not valid"
    details: list[Json] = [
        {"message": each.message, "code": each.code, "context": {"propertyName": [each.name]}} for each in bad
    ]
    return Problem("VALIDATION_ERROR", message, details=[] if form == "embedded" else details, bad=list(bad))


class _Nothing:
    """Nothing is written."""


def _checked(
    portal: Portal, prop: Property, value: object, *, old: str | None
) -> str | BadValue | _Nothing | None:
    """Give what is stored of one value; None clears."""
    if prop.is_read_only:
        message = f'"{prop.name}" is a read only property; its value cannot be set.'
        return BadValue(prop.name, "READ_ONLY_VALUE", message)
    if value is None:
        return _null(portal, prop)
    text = as_text(value)
    if text is None or (not isinstance(value, str) and portal.switches["json_types"] == "refused"):
        raise invalid(f"Invalid input JSON on line 1, column 1: the value of {prop.name} has to be a string")
    if text == "":
        return None
    stored = check_value(prop, text, old, Rules(int(portal.switches.number("text_length")), portal.owner_ids))
    if isinstance(stored, str) and prop.key == "domain" and portal.switches["automation"] == "on":
        return normalised_domain(stored)
    return stored


def _null(portal: Portal, prop: Property) -> _Nothing | None:
    match portal.switches["null_in_write"]:
        case "ignored":
            return _Nothing()
        case "refused":
            raise invalid(f"Invalid input JSON on line 1, column 1: the value of {prop.name} may not be null")
        case _:
            return None


def normalised_domain(text: str) -> str:
    """Give what the account's automation makes of a domain: a bare host in lower case."""
    bare = _SCHEME.sub("", text.strip().lower())
    return re.split(r"[/?#]", bare, maxsplit=1)[0].removeprefix("www.") or bare


def _check_record(portal: Portal, table: Table, planned: Planned) -> None:
    kind = table.kind
    if planned.row is None and kind.needs and not any(planned.values.get(name) for name in kind.needs):
        raise invalid(f"Error creating {kind.singular.upper()}. One of {', '.join(kind.needs)} has to be set")
    pipelines.check_stage(table, planned.row, planned.values)
    for key, value in planned.values.items():
        if value and key in table.seeds.probes:
            holder = table.find(key, value)
            if holder is not None and holder != planned.row:
                raise taken(portal, table, key, value, holder=holder)


def taken(portal: Portal, table: Table, name: str, value: str, *, holder: int) -> Problem:
    """Give the refusal of a value that somebody else has."""
    other = table.id(holder)
    if name == table.kind.id_property:
        return Problem("CONFLICT", f"{table.kind.labels[0]} already exists. Existing ID: {other}", 409)
    message = f"The value {value} of the unique property {name} is held by the record {other} already."
    return invalid_values(portal, [BadValue(name, "CONFLICTING_UNIQUE_VALUE", message)])


def _check_admin_rules(table: Table, planned: Planned) -> None:
    if table.kind.name != "deals" or planned.values.get("dealstage") not in _WON:
        return
    row = planned.row
    reason = planned.values.get("closed_won_reason")
    if not reason and "closed_won_reason" not in planned.values and row is not None:
        reason = table.value(row, "closed_won_reason")
    if not reason:
        message = "closed_won_reason is required when dealstage is closedwon"
        context = {"propertyName": ["closed_won_reason"]}
        details: list[Json] = [{"message": message, "code": "REQUIRED_FIELD", "context": context}]
        raise Problem("VALIDATION_ERROR", message, details=details)
