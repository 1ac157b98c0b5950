"""Owners: people and queues that records belong to. Addresses are not unique: archived owners keep theirs."""

from collections import abc
from dataclasses import dataclass
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType, Value
from writeback.sdk.values import Candidate, FieldInfo, ObjectDescription
from writeback_hubspot.wire.answers import Json, results_of
from writeback_hubspot.wire.values import decode, token_of

OWNERS: Final = "owners"
OWNERS_LABEL: Final = "Owners"
_FIELDS: Final[tuple[tuple[str, str, AttributeType], ...]] = (
    ("id", "Owner ID", AttributeType.TEXT),
    ("email", "Email", AttributeType.EMAIL),
    ("firstName", "First name", AttributeType.TEXT),
    ("lastName", "Last name", AttributeType.TEXT),
    ("userId", "User ID", AttributeType.TEXT),
    ("type", "Type", AttributeType.TEXT),
    ("archived", "Archived", AttributeType.BOOLEAN),
    ("createdAt", "Created at", AttributeType.DATETIME),
    ("updatedAt", "Updated at", AttributeType.DATETIME),
)
_KINDS: Final = {name.casefold(): (name, kind) for name, _label, kind in _FIELDS}
_LOOKUPS: Final = ("id", "email", "userId")


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner as HubSpot tells it."""

    id: str
    told: Json
    is_active: bool

    @property
    def version(self) -> str | None:
        """The version token."""
        return token_of(self.told.get("updatedAt"))

    def value(self, field: str) -> Value:
        """Give one field's canonical value.

        Raises:
            InvalidRequestError: Owners have no such field.
        """
        name, kind = known_field(field)
        raw = self.told.get(name)
        return decode(str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw, kind)

    def as_candidate(self) -> Candidate:
        """Give what a choice between namesakes shows."""
        names = (self.told.get("firstName"), self.told.get("lastName"))
        title = " ".join(str(part) for part in names if part) or str(self.told.get("email") or self.id)
        return Candidate(self.id, title, is_active=self.is_active, object=OWNERS)


def describe_owners() -> ObjectDescription:
    """Give the fields of an owner; HubSpot has no definition of them to ask for."""
    fields = tuple(
        FieldInfo(
            name,
            label,
            kind,
            crm_type="owner",
            is_nillable=name != "id",
            is_unique=name == "id",
            is_lookup_key=name in _LOOKUPS,
        )
        for name, label, kind in _FIELDS
    )
    return ObjectDescription(
        OWNERS, OWNERS_LABEL, "id", "email", "updatedAt", is_updateable=False, fields=fields
    )


def known_field(field: str) -> tuple[str, AttributeType]:
    """Give a field's own spelling and kind.

    Raises:
        InvalidRequestError: Owners have no such field.
    """
    found = _KINDS.get(field.casefold())
    if found is None:
        raise InvalidRequestError("hubspot.unknown_property", object=OWNERS, path=field[:200])
    return found


def parse_owners(body: Json) -> list[Owner]:
    """Read one page of owners."""
    return [
        Owner(str(told["id"]), told, is_active=told.get("archived") is not True)
        for told in results_of(body)
        if told.get("id")
    ]


def owners_by(owners: abc.Iterable[Owner], field: str) -> dict[str, list[Owner]]:
    """Group owners by a field, compared without case."""
    name = known_field(field)[0]
    found: dict[str, list[Owner]] = {}
    for owner in owners:
        raw = owner.told.get(name)
        if raw is not None:
            found.setdefault(str(raw).casefold(), []).append(owner)
    return found
