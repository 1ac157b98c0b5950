"""Show stored values: as JSON, and formatted for people (`FormattedValue`). Must not change anything."""

from collections import abc
from decimal import Decimal

import orjson

from writeback_dynamics.simulator.schema import Column, Ref
from writeback_dynamics.simulator.state import Call, Json, Org
from writeback_dynamics.simulator.tables import Table
from writeback_dynamics.simulator.times import parsed

FORMATTED = "OData.Community.Display.V1.FormattedValue"
LOGICAL_NAME = "Microsoft.Dynamics.CRM.lookuplogicalname"
NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty"


def plain(value: object) -> object:
    """Give a stored value as JSON."""
    if isinstance(value, Ref):
        return value.id
    if isinstance(value, Decimal):
        return orjson.Fragment(f"{value:f}")  # 5000000.0000 keeps its zeros (section 8)
    return value


def recorded(value: object) -> object:
    """Give a stored value for the applied-log."""
    if isinstance(value, Ref):
        return value.id
    return float(value) if isinstance(value, Decimal) else value


class Shower:
    """Shows chosen columns of the rows of one table, the same way for each."""

    def __init__(self, call: Call, table: Table, columns: abc.Sequence[Column]) -> None:
        self._org = call.org
        self._table = table
        self._columns = [(column, column.shown_name, column.name) for column in columns]
        self._formats = call.prefer.wants(FORMATTED)
        self._names_targets = call.prefer.wants(LOGICAL_NAME)
        self._names_navigations = call.prefer.wants(NAVIGATION)
        self._is_bare = not (self._formats or self._names_targets or self._names_navigations)

    def row(self, row: int) -> Json:
        """Show one row."""
        table = self._table
        told: Json = {"@odata.etag": table.etag(row)}
        for column, shown, name in self._columns:
            value = table.value(row, name) if column.readable else None
            told[shown] = plain(value)
            if not self._is_bare and value is not None:
                self._annotate(told, column, row, value)
        return told

    def _annotate(self, told: Json, column: Column, row: int, value: object) -> None:
        shown = column.shown_name
        if self._formats:
            text = formatted(self._org, self._table, row, column=column, value=value)
            if text is not None:
                told[f"{shown}@{FORMATTED}"] = text
        if isinstance(value, Ref):
            if self._names_navigations:
                place = column.targets.index(value.entity)
                told[f"{shown}@{NAVIGATION}"] = column.navigations[place]
            if self._names_targets:
                told[f"{shown}@{LOGICAL_NAME}"] = value.entity


def formatted(org: Org, table: Table, row: int, *, column: Column, value: object) -> str | None:
    """Give the text people see, or None where the vendor gives none."""
    if isinstance(value, Ref):
        target = org.tables[value.entity]
        found = target.row(value.id)
        return None if found is None else str(target.value(found, target.entity.primary_name) or "")
    if column.options:
        return _labels(column, value)
    if column.type == "Money":
        return f"{_sign(org, table, row)}{value:,.2f}"
    if column.type in ("Integer", "BigInt"):
        return f"{value:,}"
    if column.type in ("Decimal", "Double"):
        return f"{value:,.{column.precision}f}"
    return _moment(column, str(value)) if column.type == "DateTime" else None


def _labels(column: Column, value: object) -> str | None:
    labels = {str(option.value): option.label for option in column.options}
    if column.type == "Boolean":
        return labels[str(int(bool(value)))]
    if column.type == "MultiSelectPicklist":
        return "; ".join(labels.get(number, number) for number in str(value).split(","))
    return labels.get(str(value))


def _moment(column: Column, text: str) -> str:
    at = parsed(text)
    day = f"{at.month}/{at.day}/{at.year}"
    return day if column.edm == "Edm.Date" else f"{day} {at:%I:%M %p}"


def _sign(org: Org, table: Table, row: int) -> str:
    currency = table.value(row, "transactioncurrencyid")
    if not isinstance(currency, Ref):
        return ""
    currencies = org.tables["transactioncurrency"]
    found = currencies.row(currency.id)
    return "" if found is None else str(currencies.value(found, "currencysymbol"))


def shown_columns(table: Table) -> list[Column]:
    """Give the columns a row shows when nothing was selected."""
    return [column for column in table.entity.columns.values() if column.is_shown and column.type != "Image"]
