"""Insight forms: which attributes a person is asked for on a record, in which order."""

from collections import abc
from dataclasses import dataclass
from datetime import datetime

from writeback.model.changes import Reason
from writeback.model.permissions import Level


@dataclass(frozen=True, slots=True)
class FormField:
    """One attribute that a form asks for."""

    attribute: str
    help: str = ""
    is_required: bool = False
    default: str | None = None
    """As a person would type it; given where neither they nor the record say anything."""
    when: tuple[str, str] | None = None
    """An attribute and the text of the value at which the field is asked for; None: always."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields under one heading."""

    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class InsightForm:
    """A short form on the records of an entity."""

    name: str
    entity: str
    title: str
    sections: tuple[FormSection, ...]
    is_published: bool
    author: str
    changed_at: datetime
    people: tuple[str, ...] = ()
    """Who may use it, by the name they work under."""
    levels: tuple[Level, ...] = ()
    """Whose permission level lets them use it; neither people nor levels: everybody may."""

    def fields(self) -> abc.Iterator[FormField]:
        """Give all fields, in their order."""
        for section in self.sections:
            yield from section.fields


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled form would change, or why it cannot be taken."""

    values: tuple[tuple[str, str | None], ...] = ()
    """Attributes with what was typed; None clears."""
    refused: tuple[tuple[str, Reason], ...] = ()
    """Attributes with the reason why their value is none."""
