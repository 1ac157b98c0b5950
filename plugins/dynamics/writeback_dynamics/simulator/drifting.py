"""Change the schema under a client's feet, as armed faults say, and back when they are disarmed."""

from writeback.sdk.simulator import Fault
from writeback_dynamics.simulator.catalogue import extra_table
from writeback_dynamics.simulator.schema import TYPES, Column, Entity, Key, Navigation
from writeback_dynamics.simulator.state import Org
from writeback_dynamics.simulator.tables import Seeds

_Kept = tuple[dict[str, Column], dict[str, Navigation], tuple[Key, ...]]
_KINDS = ("drop_column", "retype_column", "lock_column", "extra_tables")


class Drift:
    """The schema faults that are in force."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._known: list[Fault] = []
        self._original: dict[str, _Kept] = {}

    def follow(self) -> None:
        """Let the metadata say what the armed faults say, and no longer."""
        armed = [fault for fault in self._org.faults.armed() if fault.kind in _KINDS]
        if armed == self._known:
            return
        with self._org.lock:
            self._undo()
            for fault in armed:
                if fault.kind == "extra_tables":
                    if fault not in self._known:
                        self._add_tables(int(fault.number("count", 1)))
                else:
                    self._drifted(fault)
            self._known = armed
            self._org.schema_version += 1

    def _undo(self) -> None:
        for name, (columns, navigations, keys) in self._original.items():
            entity = self._org.entities[name]
            entity.columns, entity.navigations, entity.keys = columns, navigations, keys
            entity.index()
            self._org.tables[name].masked.clear()
        self._original.clear()

    def _drifted(self, fault: Fault) -> None:
        entity = self._org.entities.get(fault.text("object"))
        column = entity.columns.get(fault.text("field")) if entity else None
        if entity is None or column is None:
            return
        if entity.name not in self._original:
            self._original[entity.name] = (entity.columns, entity.navigations, entity.keys)
            entity.columns, entity.navigations = dict(entity.columns), dict(entity.navigations)
        if fault.kind == "drop_column":
            _drop(entity, column)
        elif fault.kind == "lock_column":
            entity.columns[column.name] = column.changed(updatable=False, creatable=False)
        elif fault.text("type", "String") in TYPES:
            entity.columns[column.name] = column.changed(type=fault.text("type", "String"))
            self._org.tables[entity.name].masked.setdefault(column.name, {})
        entity.index()

    def _add_tables(self, count: int) -> None:
        start = sum(name.startswith("wb_extra") for name in self._org.entities)
        for number in range(start + 1, start + count + 1):
            entity = extra_table(number)
            self._org.entities[entity.name] = entity
            self._org.sets[entity.set_name] = entity
            self._org.add_table(entity, Seeds(0))


def _drop(entity: Entity, column: Column) -> None:
    del entity.columns[column.name]
    entity.keys = tuple(key for key in entity.keys if column.name not in key.columns)
    entity.navigations = {
        name: navigation
        for name, navigation in entity.navigations.items()
        if navigation.is_many or navigation.column != column.name
    }
