"""Short ways to write down columns, for the catalogue. Knows no table."""

from collections import abc

from writeback_dynamics.simulator.schema import Column, Option

Names = abc.Sequence[str]


def text(name: str, label: str, most: int = 100, **more: object) -> Column:
    """Make a text column of at most so many characters."""
    return _column(name, "String", label, {"max_length": most, "format": "Text", **more})


def memo(name: str, label: str, most: int = 2000, **more: object) -> Column:
    """Make a text column of many lines."""
    return _column(name, "Memo", label, {"max_length": most, "format": "TextArea", **more})


def choice(name: str, label: str, options: abc.Mapping[int, str], **more: object) -> Column:
    """Make a choice."""
    return _column(name, "Picklist", label, {"options": _options(options), **more})


def choices(name: str, label: str, options: abc.Mapping[int, str], **more: object) -> Column:
    """Make a multi-select choice."""
    return _column(name, "MultiSelectPicklist", label, {"options": _options(options), **more})


def yes_no(name: str, label: str, **more: object) -> Column:
    """Make a yes/no column."""
    return _column(name, "Boolean", label, {"options": _options({1: "Yes", 0: "No"}), **more})


def number(name: str, label: str, low: float = 0, high: float = 1_000_000_000, **more: object) -> Column:
    """Make a whole number."""
    return _column(name, "Integer", label, {"low": low, "high": high, "format": "None", **more})


def decimal(name: str, label: str, low: float, high: float, **more: object) -> Column:
    """Make a decimal number."""
    return _column(name, "Decimal", label, {"low": low, "high": high, **more})


def double(name: str, label: str, low: float, high: float, **more: object) -> Column:
    """Make a floating point number."""
    return _column(name, "Double", label, {"low": low, "high": high, **more})


def money(name: str, label: str, *, precision: int = 2, **more: object) -> tuple[Column, Column]:
    """Make an amount and its computed twin in the organisation's currency."""
    facts = {"low": 0, "high": 100_000_000_000_000, "precision": precision}
    twin: dict[str, object] = {**facts, "precision": 4, "creatable": False, "updatable": False}
    return (
        _column(name, "Money", label, {**facts, **more}),
        _column(
            f"{name}_base", "Money", f"{label} (Base)", twin | {"is_custom": more.get("is_custom", False)}
        ),
    )


def date(name: str, label: str, **more: object) -> Column:
    """Make a date without time."""
    facts: dict[str, object] = {"behavior": "DateOnly", "format": "DateOnly"}
    return _column(name, "DateTime", label, facts | more)


def moment(name: str, label: str, **more: object) -> Column:
    """Make a date with time, in the user's zone unless told otherwise."""
    return _column(name, "DateTime", label, {"format": "DateAndTime", **more})


def lookup(
    name: str, label: str, target: str, *, navigation: str = "", collection: str = "", **more: object
) -> Column:
    """Make a lookup to one table."""
    facts: dict[str, object] = {
        "targets": (target,),
        "navigations": (navigation or name,),
        "collections": (collection,),
    }
    return _column(name, "Lookup", label, facts | more)


def customer(name: str, label: str, collections: Names, **more: object) -> Column:
    """Make a lookup to an account or a contact."""
    facts: dict[str, object] = {
        "targets": ("account", "contact"),
        "navigations": (f"{name}_account", f"{name}_contact"),
        "collections": tuple(collections),
    }
    return _column(name, "Customer", label, facts | more)


def computed(column: Column) -> Column:
    """Make a column that only the server writes."""
    return column.changed(creatable=False, updatable=False)


def custom(*columns: Column) -> tuple[Column, ...]:
    """Mark columns as added by the organisation."""
    return tuple(column.changed(is_custom=True) for column in columns)


def standard(
    table: str, states: abc.Sequence[tuple[str, abc.Mapping[int, str]]], *, is_owned: bool = True
) -> tuple[Column, ...]:
    """Make the columns every table has."""
    state_options = tuple(
        Option(number, label, default_status=min(statuses), name=label)
        for number, (label, statuses) in enumerate(states)
    )
    status_options = tuple(
        Option(value, label, state=number)
        for number, (_label, statuses) in enumerate(states)
        for value, label in statuses.items()
    )
    made = (
        computed(moment("createdon", "Created On")),
        computed(moment("modifiedon", "Modified On")),
        computed(lookup("createdby", "Created By", "systemuser", collection=f"lk_{table}_createdby")),
        computed(lookup("modifiedby", "Modified By", "systemuser", collection=f"lk_{table}_modifiedby")),
        computed(lookup("createdonbehalfby", "Created By (Delegate)", "systemuser")),
        computed(lookup("modifiedonbehalfby", "Modified By (Delegate)", "systemuser")),
        computed(Column("versionnumber", "BigInt", "Version Number", low=-(2.0**63), high=2.0**63)),
        Column(
            "statecode", "State", "Status", required="SystemRequired", creatable=False, options=state_options
        ),
        Column("statuscode", "Status", "Status Reason", options=status_options),
    )
    return made + (_owned() if is_owned else ())


def moneyed() -> tuple[Column, ...]:
    """Make what a row with amounts has."""
    return (
        lookup("transactioncurrencyid", "Currency", "transactioncurrency"),
        computed(decimal("exchangerate", "Exchange Rate", 0.000001, 100_000_000_000, precision=12)),
    )


def primary(name: str, label: str) -> Column:
    """Make the primary key."""
    facts: dict[str, object] = {"updatable": False, "required": "SystemRequired", "is_primary_id": True}
    return _column(name, "Uniqueidentifier", label, facts)


def _owned() -> tuple[Column, ...]:
    owner = Column(
        "ownerid",
        "Owner",
        "Owner",
        required="SystemRequired",
        targets=("systemuser", "team"),
        navigations=("ownerid", "ownerid"),
        collections=("", ""),
    )
    return (
        owner,
        computed(lookup("owninguser", "Owning User", "systemuser")),
        computed(lookup("owningteam", "Owning Team", "team")),
        computed(lookup("owningbusinessunit", "Owning Business Unit", "businessunit")),
    )


def _column(name: str, kind: str, label: str, facts: abc.Mapping[str, object]) -> Column:
    return Column(name, kind, label).changed(**facts)


def _options(given: abc.Mapping[int, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in given.items())
