"""Segments: which records are meant, as an expression over attributes, relations and value states."""

import enum
from collections import abc
from dataclasses import dataclass
from datetime import datetime

from writeback.model.types import Value


class Operator(enum.StrEnum):
    """How a value is compared."""

    IS = "="
    IS_NOT = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    ONE_OF = "in"
    NONE_OF = "not in"
    CONTAINS = "contains"
    STARTS = "starts with"
    ENDS = "ends with"
    IS_BLANK = "is blank"
    IS_SET = "is not blank"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One attribute against values; `relation` names the entity it is asked of, '' the record's own."""

    attribute: str
    operator: Operator
    values: tuple[Value, ...] = ()
    relation: str = ""


@dataclass(frozen=True, slots=True)
class StateIs:
    """Some value of the record stands so: it is pending, refused or in conflict."""

    states: frozenset[str]
    attribute: str = ""
    """'' is any."""


@dataclass(frozen=True, slots=True)
class HasText:
    """Some text of the record, or its title, holds these words, whatever their case."""

    words: str


@dataclass(frozen=True, slots=True)
class RecordIs:
    """The record is one of these, by our ids."""

    rids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Some part holds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; a blank value does not hold anything."""

    part: "Expression"


Expression = Comparison | StateIs | HasText | RecordIs | All | Any | Not


def named_in(expression: Expression, entity: str) -> frozenset[tuple[str, str]]:
    """Give the attributes that an expression names, each with the entity it is one of."""
    match expression:
        case All(parts) | Any(parts):
            return frozenset().union(*(named_in(one, entity) for one in parts))
        case Not(part):
            return named_in(part, entity)
        case Comparison():
            return frozenset({(expression.relation or entity, expression.attribute)})
        case StateIs() if expression.attribute:
            return frozenset({(entity, expression.attribute)})
        case _:
            return frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One of the parts of a text that must all hold."""

    text: str
    """As it is written."""
    place: int
    """Where it begins in the whole text, from 0."""
    expression: Expression


@dataclass(frozen=True, slots=True)
class Segment:
    """A saved expression."""

    name: str
    entity: str
    text: str
    """As it was written; read anew each time it is used."""
    author: str
    changed_at: datetime
    is_shared: bool = True
    """Whether everybody is shown it, or its author alone."""
    removed_at: datetime | None = None
    """When it was deleted; it can be had back for 30 days."""


STATES: abc.Mapping[str, frozenset[str]] = {
    "draft": frozenset({"draft"}),
    "pending": frozenset({"draft", "queued", "sent", "unknown"}),
    "queued": frozenset({"queued"}),
    "sent": frozenset({"sent"}),
    "refused": frozenset({"refused"}),
    "conflict": frozenset({"conflict"}),
    "unknown": frozenset({"unknown"}),
}
"""What may stand after `state is`, and which states of a value it means."""
