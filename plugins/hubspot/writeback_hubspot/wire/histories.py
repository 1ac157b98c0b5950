"""The values that properties were given: what to ask a batch read for, how to read the answer.

`propertiesWithHistory` gives every value with its moment, its source and, where a person wrote, a user id.
With it a batch read takes 50 records, not 100. (Contract, sections 4, 6 and 10.)
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import History, ValueWritten
from writeback_hubspot.limits import HISTORY_KEPT, HISTORY_ROWS
from writeback_hubspot.wire.answers import Json, dicts, results_of
from writeback_hubspot.wire.paths import row_id
from writeback_hubspot.wire.values import decode, moment_of, wire_moment

_FOREIGN: Final = frozenset({"CRM_UI", "IMPORT"})
"""Sources that no API call has: a person in HubSpot, an import. Of any other the writer may be us."""
_AUTOMATION: Final = frozenset({"AUTOMATION_PLATFORM", "WORKFLOWS", "CALCULATED"})
"""Sources of a workflow and of a calculated property (not in the contract; any other counts as untold)."""
_WORDS: Final = 120
"""Most characters of a source's label that are passed on."""

Kinds = abc.Mapping[str, AttributeType]
"""By property: how its values are read."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What one property of one record was given."""

    written: tuple[ValueWritten, ...]
    is_whole: bool


def prepare_history(keys: abc.Sequence[str], properties: abc.Iterable[str]) -> dict[str, object]:
    """Ask for some properties of at most 50 records with all their values.

    Raises:
        ContractBrokenError: There are more records; cutting is the caller's trade.
    """
    if len(keys) > HISTORY_ROWS:
        raise ContractBrokenError("hubspot.too_many_reads", given=len(keys), most=HISTORY_ROWS)
    return {
        "properties": [],
        "propertiesWithHistory": list(properties),
        "inputs": [{"id": row_id(key)} for key in keys],
    }


def parse_users(body: Json) -> frozenset[str]:
    """Give the ids of the users whom an answer's values name."""
    return frozenset(
        str(version["updatedByUserId"])
        for record in results_of(body)
        for versions in _histories(record).values()
        for version in dicts(versions)
        if version.get("updatedByUserId")
    )


def parse_history(
    body: Json,
    since: abc.Mapping[str, str | None],
    *,
    kinds: Kinds,
    emails: abc.Mapping[str, str],
) -> dict[str, History]:
    """Give for each record asked for what its properties were given after its version.

    Args:
        body: The answer; in no given order, and it may hold a merged record under another id.
        since: Record id → version token; None: all of it.
        kinds: The properties asked for.
        emails: User id → e-mail address, as far as known.
    """
    found: dict[str, History] = {}
    for record in results_of(body):
        key = str(record.get("id") or "")
        if key not in since:
            continue
        histories = _histories(record)
        told = [
            _since(since[key], dicts(histories.get(name)), (name, kind), emails)
            for name, kind in kinds.items()
        ]
        written = sorted((one for each in told for one in each.written), key=lambda one: one.at)
        found[key] = History(tuple(written), is_whole=all(each.is_whole for each in told))
    return found


def _histories(record: Json) -> Json:
    told = record.get("propertiesWithHistory")
    return told if isinstance(told, abc.Mapping) else {}


def _since(
    base: str | None,
    versions: abc.Sequence[Json],
    column: tuple[str, AttributeType],
    emails: abc.Mapping[str, str],
) -> _Told:
    """Read one property's values; whole, when one is as old as the base or none can have been forgotten."""
    edge = None if base is None else moment_of(base)
    is_whole, reaches = True, len(versions) < HISTORY_KEPT
    written: list[ValueWritten] = []
    for version in reversed(versions):  # told the newest first: within one millisecond their order counts
        try:
            at = _moment(version)
            if edge is not None and at <= edge:
                reaches = True
                continue
            value = decode(version.get("value"), column[1])
        except InvalidRequestError:  # the property had another type then
            is_whole = False
            continue
        source = version.get("sourceType")
        written.append(
            ValueWritten(
                column[0],
                value,
                at,
                author_of(version, emails),
                is_foreign=source in _FOREIGN,
                is_automation=source in _AUTOMATION,
            )
        )
    return _Told(tuple(written), is_whole and reaches)


def _moment(version: Json) -> datetime:
    """Read when a value was given, to the millisecond: versions of records are no finer."""
    moment = decode(version.get("timestamp"), AttributeType.DATETIME)
    if not isinstance(moment, datetime):
        raise InvalidRequestError("hubspot.unreadable_answer", expected="timestamp")
    return moment_of(wire_moment(moment))


def author_of(version: Json, emails: abc.Mapping[str, str]) -> str:
    """Say who wrote a value, in HubSpot's own words: `ana@acme.test (CRM_UI)`, `INTEGRATION 7700123`."""
    source = str(version.get("sourceLabel") or version.get("sourceType") or "")[:_WORDS]
    user = version.get("updatedByUserId")
    if user:
        who = emails.get(str(user)) or f"user {user}"
        return f"{who} ({source})" if source else who
    made_by = str(version.get("sourceId") or "")[:_WORDS]
    return " ".join(part for part in (source, made_by) if part)
