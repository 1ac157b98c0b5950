"""Conditions on a CRM object's records, independent of any CRM's language.

A connector compiles a `Filter` to its own language (`sdk.capabilities.CompilesFilters`); an
integration keeps the compiled text, which a person may also type by hand.
"""

import enum
from dataclasses import dataclass

from writeback.model.fieldpaths import FieldPath
from writeback.model.types import Value


class Operator(enum.StrEnum):
    """How a field is compared."""

    EQUALS = "equals"
    DIFFERS = "differs"
    LESS = "less"
    AT_MOST = "at_most"
    GREATER = "greater"
    AT_LEAST = "at_least"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    IS_BLANK = "is_blank"
    IS_FILLED = "is_filled"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field against one value, several (ONE_OF, NONE_OF) or none (IS_BLANK, IS_FILLED)."""

    path: FieldPath
    operator: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: "tuple[Filter, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: "tuple[Filter, ...]"


Filter = Comparison | Every | Some
