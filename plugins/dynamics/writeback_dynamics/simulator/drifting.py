"""Change tables and columns as a maker would, as armed faults say (wire contract, section 7).

A retyped column is empty until somebody writes it; a renamed one (that is: another with the same label in
its place) has its values. What the metadata do not tell, such as a privilege that was taken away, is no
drift here: `revoke_privilege` and `revoke_field` refuse the write.
"""

from collections import abc
from dataclasses import replace

from writeback.sdk.simulator import Change, Fault
from writeback_dynamics.simulator.catalogue import extra_table
from writeback_dynamics.simulator.schema import TYPES, Column, Entity, Key, Navigation, Option
from writeback_dynamics.simulator.state import Org
from writeback_dynamics.simulator.tables import Seeds

OWN_KINDS = {"extra_tables": "extra_tables"}
_Kept = tuple[dict[str, Column], dict[str, Navigation], tuple[Key, ...]]
_NEW_OPTION = 990_000_000


class Schema:
    """The environment's tables, as far as they can drift."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._kept: dict[str, _Kept] = {}
        self._gone: dict[str, Entity] = {}
        self._moved: list[tuple[str, str, str]] = []
        self._added: set[int] = set()

    def restore(self) -> None:
        """Put all metadata back as they were made."""
        org = self._org
        for name, entity in self._gone.items():
            org.entities[name] = entity
            org.sets[entity.set_name] = entity
        self._gone.clear()
        for name, old, new in reversed(self._moved):
            org.tables[name].move(new, old)
        self._moved.clear()
        for name, (columns, navigations, keys) in self._kept.items():
            entity = org.entities[name]
            entity.columns, entity.navigations, entity.keys = columns, navigations, keys
            entity.index()
            org.tables[name].masked.clear()
        self._kept.clear()
        org.schema_version += 1

    def apply(self, change: Change, fault: Fault) -> None:
        """Make one change."""
        if change.what == "extra_tables":
            self._extend(fault)
            return
        entity = self._org.entities.get(change.object)
        if entity is None:
            return
        if change.what == "object_gone":
            self._withdraw(entity)
        elif (column := entity.columns.get(change.field)) is not None:
            self._keep(entity)
            self._of_column(entity, column, change)
            entity.index()
        self._org.schema_version += 1

    def _keep(self, entity: Entity) -> None:
        if entity.name not in self._kept:
            self._kept[entity.name] = (entity.columns, entity.navigations, entity.keys)
            entity.columns, entity.navigations = dict(entity.columns), dict(entity.navigations)

    def _of_column(self, entity: Entity, column: Column, change: Change) -> None:
        table, columns = self._org.tables[entity.name], entity.columns
        if change.what == "gone":
            _drop(entity, column)
        elif change.what == "renamed":
            table.move(column.name, change.to)
            self._moved.append((entity.name, column.name, change.to))
            _drop(entity, column)
            columns[change.to] = column.changed(name=change.to, schema_name=change.to)
        elif change.what == "retyped":
            if change.to in TYPES:
                columns[column.name] = column.changed(type=change.to)
                table.masked.setdefault(column.name, {})
        elif change.what == "not_unique":
            entity.keys = tuple(key for key in entity.keys if column.name not in key.columns)
        elif change.what.startswith("option_"):
            columns[column.name] = column.changed(options=_options(column.options, change))
        elif (facts := _facts(column, change)) is not None:
            columns[column.name] = column.changed(**facts)
            if change.what == "retargeted":
                _lead(entity, column, change.to)

    def _withdraw(self, entity: Entity) -> None:
        for other in self._org.entities.values():
            self._keep(other)
            other.navigations = {
                name: one
                for name, one in other.navigations.items()
                if entity.name not in (one.entity, one.referencing)
            }
        self._gone[entity.name] = entity
        del self._org.entities[entity.name]
        del self._org.sets[entity.set_name]

    def _extend(self, fault: Fault) -> None:
        if id(fault) in self._added:
            return
        self._added.add(id(fault))
        start = sum(name.startswith("wb_extra") for name in self._org.entities)
        for number in range(start + 1, start + int(fault.number("count", 1)) + 1):
            entity = extra_table(number)
            self._org.entities[entity.name] = entity
            self._org.sets[entity.set_name] = entity
            self._org.add_table(entity, Seeds(0))
        self._org.schema_version += 1


def _facts(column: Column, change: Change) -> dict[str, object] | None:
    made = _MADE.get(change.what)
    return None if made is None else made(column, change)


def _shorter(column: Column, change: Change) -> dict[str, object]:
    if column.type in ("String", "Memo"):
        return {"max_length": change.most}
    high = 10.0**change.most - 1
    return {"high": high, "low": max(column.low, -high)}


_MADE: abc.Mapping[str, abc.Callable[[Column, Change], dict[str, object]]] = {
    "shorter": _shorter,
    "decimals": lambda _column, change: {"precision": change.most},
    "locked": lambda _column, _change: {"updatable": False, "creatable": False},
    "calculated": lambda _column, _change: {"is_calculated": True, "updatable": False, "creatable": False},
    "required": lambda _column, _change: {"required": "SystemRequired"},
    "labelled": lambda _column, change: {"label": change.to},
    "retargeted": lambda column, change: {
        "targets": (change.to,),
        "navigations": column.navigations[:1],
        "collections": column.collections[:1],
    },
}


def _lead(entity: Entity, column: Column, to: str) -> None:
    """Let the navigation property of a lookup lead to another table."""
    for name, one in entity.navigations.items():
        if one.column == column.name and not one.is_many:
            entity.navigations[name] = replace(one, entity=to)


def _options(options: tuple[Option, ...], change: Change) -> tuple[Option, ...]:
    if change.what == "option_added":
        return (*options, Option(_NEW_OPTION + len(options), change.option))
    if change.what == "option_gone":
        return tuple(one for one in options if str(one.value) != change.option)
    return tuple(
        replace(one, value=int(change.to)) if str(one.value) == change.option else one for one in options
    )


def _drop(entity: Entity, column: Column) -> None:
    del entity.columns[column.name]
    entity.keys = tuple(key for key in entity.keys if column.name not in key.columns)
    entity.navigations = {
        name: navigation
        for name, navigation in entity.navigations.items()
        if navigation.is_many or navigation.column != column.name
    }
