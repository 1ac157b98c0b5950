"""Change modules and fields as an administrator would, as armed faults say (wire contract, section 7).

A retyped field is empty until somebody writes it; a renamed one keeps its values.
"""

from collections import abc
from dataclasses import replace

from writeback.sdk.simulator import Change, Fault
from writeback_zoho.simulator.describing import Field, Module
from writeback_zoho.simulator.state import Org
from writeback_zoho.simulator.tables import Table, rename_field

OWN_KINDS = {"extra_objects": "extra_objects"}


class Schema:
    """The org's modules, as far as they can drift."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._kept: dict[str, tuple[Module, dict[str, Field]]] = {}
        self._gone: dict[str, tuple[Module, Table]] = {}
        self._moved: list[tuple[str, str, str]] = []
        self._added: set[int] = set()

    def restore(self) -> None:
        """Put all metadata back as they were made."""
        org = self._org
        for name, (module, table) in self._gone.items():
            org.modules[name], org.tables[name] = module, table
        self._gone.clear()
        for name, old, new in reversed(self._moved):
            rename_field(org.tables[name], new, old)
        self._moved.clear()
        for name, (module, fields) in self._kept.items():
            module.fields = fields
            module.is_locked = False
            org.tables[name].masked.clear()
            org.tables[name].forget()
        self._kept.clear()

    def apply(self, change: Change, fault: Fault) -> None:
        """Make one change."""
        org = self._org
        if change.what == "extra_objects":
            if id(fault) not in self._added:
                self._added.add(id(fault))
                org.add_modules(int(fault.number("count", 1)))
            return
        module = org.modules.get(change.object)
        if module is None:
            return
        if module.name not in self._kept:
            self._kept[module.name] = (module, module.fields)
            module.fields = dict(module.fields)
        if change.what == "object_gone":
            self._gone[module.name] = (org.modules.pop(module.name), org.tables.pop(module.name))
        elif change.what == "object_locked":
            module.is_locked = True
        elif (of := module.fields.get(change.field)) is not None:
            self._of_field(module, of, change)

    def _of_field(self, module: Module, of: Field, change: Change) -> None:
        table = self._org.tables[module.name]
        if change.what == "gone":
            del module.fields[of.name]
        elif change.what == "renamed":
            rename_field(table, of.name, change.to)
            self._moved.append((module.name, of.name, change.to))
            del module.fields[of.name]
            module.fields[change.to] = replace(of, name=change.to)
        elif change.what == "controlled" and change.to in module.fields:
            decides = module.fields[change.to]
            module.fields[change.to] = replace(decides, maps=((of.name, of.picks),))
        elif (made := _MADE.get(change.what)) is not None:
            module.fields[of.name] = made(of, change)
            if change.what == "retyped":
                table.masked[of.name] = {}
                table.forget()


def _retyped(of: Field, change: Change) -> Field:
    is_list = "picklist" in change.to
    return replace(of, data_type=change.to, length=0, picks=of.picks if is_list else (), decimals=2)


def _picks(of: Field, change: Change) -> Field:
    if change.what == "option_added":
        return replace(of, picks=(*of.picks, change.option))
    if change.what == "option_gone":
        return replace(of, picks=tuple(pick for pick in of.picks if pick != change.option))
    return replace(of, picks=tuple(change.to if pick == change.option else pick for pick in of.picks))


_MADE: abc.Mapping[str, abc.Callable[[Field, Change], Field]] = {
    "retyped": _retyped,
    "shorter": lambda of, change: replace(of, length=change.most),
    "decimals": lambda of, change: replace(of, decimals=change.most),
    "locked": lambda of, _change: replace(of, is_revoked=True),
    "calculated": lambda of, _change: replace(of, data_type="formula", return_type=of.data_type),
    "required": lambda of, _change: replace(of, mandatory=True),
    "labelled": lambda of, change: replace(of, label=change.to),
    "retargeted": lambda of, change: replace(of, target=change.to),
    "not_unique": lambda of, _change: replace(of, unique=False),
    "option_gone": _picks,
    "option_renamed": _picks,
    "option_added": _picks,
}
