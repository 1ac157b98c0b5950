"""What planning needs to know about a CRM field or route, as protocols.

`sdk.values.FieldInfo`, `sdk.values.ObjectDescription` and `sdk.manifest.RouteFacts` meet them;
planning knows none of these, so that it can be used and tested without a connector.
"""

from collections import abc
from typing import Protocol

from writeback.model.attributes import Option
from writeback.model.jobs import Assurance
from writeback.model.types import AttributeType


class ReferenceFacts(Protocol):
    """Where a reference field leads."""

    @property
    def relationship(self) -> str:
        """The first hop of a path (`Owner`)."""

    @property
    def targets(self) -> tuple[str, ...]:
        """Objects it may point at."""


class ListFacts(Protocol):
    """What a field that holds options takes of them."""

    @property
    def options(self) -> tuple[Option, ...]:
        """Allowed values of a list."""

    @property
    def is_restricted(self) -> bool:
        """Values outside `options` are refused."""

    @property
    def is_forward_only(self) -> bool:
        """Its options are stages in their order, and the CRM takes no earlier one than it holds."""

    @property
    def separator(self) -> str:
        """What the CRM puts between the options of a multi-list, so that none can hold it; '' for nothing."""


class MoneyFacts(Protocol):
    """What a field that holds money says of it."""

    @property
    def currency(self) -> str:
        """The path under which a record says its currency's code; '' where the CRM has none."""


class FieldFacts(ListFacts, MoneyFacts, Protocol):
    """One CRM field, for the signed-in user."""

    @property
    def name(self) -> str:
        """The API name."""

    @property
    def label(self) -> str:
        """What people read."""

    @property
    def kind(self) -> AttributeType | None:
        """None: a type Writeback does not carry."""

    @property
    def length(self) -> int | None:
        """Most characters, or most digits before the point."""

    @property
    def scale(self) -> int | None:
        """Most digits after the point."""

    @property
    def is_double(self) -> bool:
        """The CRM keeps a number as a binary double, which does not hold every number of 16 digits."""

    @property
    def is_nillable(self) -> bool:
        """May be emptied."""

    @property
    def is_updateable(self) -> bool:
        """The signed-in user may write it."""

    @property
    def is_calculated(self) -> bool:
        """The CRM computes it."""

    @property
    def reference(self) -> ReferenceFacts | None:
        """Where it leads, if it is a reference."""


class ObjectFacts(Protocol):
    """One CRM object with its fields."""

    @property
    def name(self) -> str:
        """The API name."""

    @property
    def label(self) -> str:
        """What people read."""

    @property
    def key_field(self) -> str:
        """The field that holds the record id."""

    @property
    def is_updateable(self) -> bool:
        """The CRM takes changes of its records at all."""

    @property
    def fields(self) -> abc.Sequence[FieldFacts]:
        """All fields."""

    def field(self, name: str) -> FieldFacts | None:
        """Give the field of that name, compared without case."""

    def reference(self, relationship: str) -> FieldFacts | None:
        """Give the reference field that the hop of a path stands for."""


class RouteLimits(Protocol):
    """What one request or upload of a route carries, and who can check the version."""

    @property
    def most_rows(self) -> int:
        """Most rows of one request or upload."""

    @property
    def assurance(self) -> tuple[Assurance, ...]:
        """What the route can give."""

    @property
    def from_rows(self) -> int | None:
        """From how many rows on the route pays; None: no word on it."""

    @property
    def units(self) -> int:
        """What one request, or one upload, costs of the daily quota."""

    @property
    def rows_a_unit(self) -> int | None:
        """A request costs one unit for each so many rows it began; None: however many."""
