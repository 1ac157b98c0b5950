"""Decide whether a row can become a record: what the CRM asks of a new one.

Must not: look whether it exists already (`engine` does).
"""

from collections import abc
from typing import Protocol

from writeback.model.canonical import Unset
from writeback.model.changes import Reason
from writeback.model.jobs import Column
from writeback.model.types import Clear, Wish


class NewFieldFacts(Protocol):
    """A field, as far as a record that is made asks for it."""

    @property
    def name(self) -> str:
        """The API name."""

    @property
    def is_required(self) -> bool:
        """The CRM makes no record without it."""


class Required:
    """The fields without which the CRM makes no record."""

    def __init__(self, fields: abc.Iterable[NewFieldFacts], columns: abc.Sequence[Column]) -> None:
        """Take what the CRM says of the object, and what the rows set."""
        places = {column.field.casefold(): place for place, column in enumerate(columns)}
        needed = [one.name for one in fields if one.is_required]
        self._nowhere = next((name for name in needed if name.casefold() not in places), "")
        self._places = tuple((places[name.casefold()], name) for name in needed if name.casefold() in places)

    def refusal(self, wishes: abc.Sequence[Wish | Unset]) -> tuple[str, Reason] | None:
        """Give the first such field that a row leaves empty, and why that keeps it back."""
        if self._nowhere:
            return "", _missing(self._nowhere)
        for place, name in self._places:
            if isinstance(wishes[place], Unset | Clear):
                return name, _missing(name)
        return None


def _missing(name: str) -> Reason:
    return Reason("create.required", (("field", name),))
