"""Entities and attributes: the customer's own data model."""

from dataclasses import dataclass
from typing import Final

from writeback.model.types import AttributeType

MEMBERSHIP: Final = "membership"
"""The entity whose records say what a person is at one account."""


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed value of a list: what is stored and what people read."""

    value: str
    label: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Attribute:
    """One typed field of an entity. `name` is its API name and never changes."""

    entity: str
    name: str
    title: str
    kind: AttributeType
    options: tuple[Option, ...] = ()
    description: str = ""
    editable: bool = True
    default: str = ""
    """The text that coerces to what a mapping fills in for nothing, unless it names a default of its own."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What we keep records of: account, user, and what the admin adds."""

    name: str
    title: str
