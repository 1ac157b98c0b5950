"""A SOQL statement as a value, with the places in its text that errors point at."""

from dataclasses import dataclass, field

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A field or a path of relationships to one, and where it stands."""

    path: Path
    at: int = 0


@dataclass(frozen=True, slots=True)
class Literal:
    """A value in a condition: kind is text, number, boolean, null, date, datetime or word (TODAY)."""

    kind: str
    value: str | float | int | bool | None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One condition; `operator` in upper case."""

    named: Named
    operator: str
    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: "Condition"


Condition = Comparison | All | Either | Negation


@dataclass(frozen=True, slots=True)
class Count:
    """COUNT() without, COUNT(Id) with a name, perhaps under an alias."""

    named: Named | None = None
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Ordering:
    """One ORDER BY item; `nulls_first` None is the vendor's default."""

    named: Named
    descending: bool = False
    nulls_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A whole statement."""

    items: tuple["Named | Count | Query", ...]
    source: Named  # the object, or in a sub-select the child relationship
    alias: str | None = None
    where: Condition | None = None
    order: tuple[Ordering, ...] = field(default=())
    limit: int | None = None
    offset: int = 0
