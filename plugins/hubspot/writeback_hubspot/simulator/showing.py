"""How a record looks in an answer (wire contract, section 4). Decides nothing but the form."""

from collections import abc
from dataclasses import dataclass

from writeback_hubspot.simulator.problems import Json, invalid
from writeback_hubspot.simulator.state import Portal
from writeback_hubspot.simulator.tables import Table, Values, Version


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which properties an answer shows; empty is the object's default set."""

    names: tuple[str, ...] = ()
    with_history: tuple[str, ...] = ()
    associations: tuple[str, ...] = ()


def check_wanted(portal: Portal, table: Table, wanted: Wanted) -> None:
    """Refuse unknown names, where the switch says so.

    Raises:
        Problem: 400.
    """
    if portal.switches["unknown_read_property"] == "refused":
        for name in (*wanted.names, *wanted.with_history):
            if name not in table.kind.properties:
                raise invalid(f'Property "{name}" does not exist')


def show(portal: Portal, table: Table, row: int, wanted: Wanted) -> Json:
    """Show a record as it is now."""
    told = show_as(portal, table, row, wanted.names, changed=table.changed.get(row))
    if wanted.with_history:
        told["propertiesWithHistory"] = {
            name: _history(table, row, prop.key)
            for name in wanted.with_history
            if (prop := table.kind.properties.get(name)) is not None
        }
    linked = {name: _linked(portal, table, row, name) for name in wanted.associations}
    if any(linked.values()):
        told["associations"] = {name: {"results": found} for name, found in linked.items() if found}
    return told


def show_as(
    portal: Portal, table: Table, row: int, names: abc.Sequence[str], *, changed: Values | None
) -> Json:
    """Show a record as certain changes make it (search shows what its index holds)."""
    kind = table.kind
    shown = dict.fromkeys((*names, *kind.always) if names else kind.defaults)
    is_cleared = portal.switches["cleared_value"] == "empty"
    properties: Values = {}
    for name in shown:
        prop = kind.properties.get(name)
        if prop is None:
            continue
        value = table.value_in(row, prop.key, changed)
        if value is None and is_cleared and changed and prop.key in changed:
            value = ""
        properties[name] = value
    record_id = table.id(row)
    told: Json = {
        "id": record_id,
        "properties": properties,
        "createdAt": table.value_in(row, "createdate", changed),
        "updatedAt": table.value_in(row, kind.modified, changed),
        "archived": row in table.archived,
        "url": f"https://app.hubspot.com/contacts/{portal.portal_id}/record/{kind.type_id}/{record_id}",
    }
    if row in table.archived:
        told["archivedAt"] = table.archived[row]
    return told


def _history(table: Table, row: int, key: str) -> list[Json]:
    """Give the values a property had, the newest first."""
    versions = list(table.history.get(row, {}).get(key, ()))
    first = table.value_in(row, key, None)
    if first is not None:
        made_at = table.value_in(row, "createdate", None) or ""
        versions.insert(0, Version(first, made_at, "CRM_UI", "userId:4200001", 4_200_001))
    return [_version(each) for each in reversed(versions)]


def _version(version: Version) -> Json:
    told: Json = {"value": version.value, "timestamp": version.at, "sourceType": version.source}
    if version.source_id:
        told["sourceId"] = version.source_id
    if version.user_id is not None:
        told["updatedByUserId"] = version.user_id
    return told


def _linked(portal: Portal, table: Table, row: int, name: str) -> list[Json]:
    target = portal.table(name)
    found = portal.links.of(table.kind.name, row, target.kind.name)
    word = f"{table.kind.singular}_to_{target.kind.singular}"
    return [
        {"id": target.id(other), "type": word if place == 0 else f"{word}_unlabeled"}
        for other, labels in found.items()
        for place, _label in enumerate(labels)
    ]
