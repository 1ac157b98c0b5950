"""The org's users: they come from a resource of their own and are described here, not by Zoho.

`users` is what owner fields and user lookups point at; inactive users belong to it too.
"""

from collections import abc
from typing import Final

from writeback.model.types import AttributeType
from writeback.sdk.capabilities import CrmUser
from writeback.sdk.values import Candidate, FieldInfo, ObjectDescription, ObjectInfo
from writeback_zoho.limits import PAGE_ROWS
from writeback_zoho.wire.answers import Json
from writeback_zoho.wire.ids import known_id

USERS: Final = "users"
RESOURCE: Final = "users"
INFO: Final = ObjectInfo(USERS, "Users", custom=False, updateable=False, queryable=True)
_NAMES: Final = frozenset({"users", "user"})
_ACTIVE: Final = "active"
_FIELDS: Final[tuple[tuple[str, str, AttributeType], ...]] = (
    ("id", "User id", AttributeType.TEXT),
    ("full_name", "Full name", AttributeType.TEXT),
    ("first_name", "First name", AttributeType.TEXT),
    ("last_name", "Last name", AttributeType.TEXT),
    ("email", "E-mail", AttributeType.EMAIL),
    ("status", "Status", AttributeType.TEXT),
    ("zuid", "Zoho user id", AttributeType.TEXT),
    ("role", "Role id", AttributeType.TEXT),
    ("profile", "Profile id", AttributeType.TEXT),
)
_KEYS: Final = frozenset({"id", "email", "zuid"})

DESCRIPTION: Final = ObjectDescription(
    name=USERS,
    label="Users",
    key_field="id",
    name_field="full_name",
    version_field="",
    is_updateable=False,
    fields=tuple(
        FieldInfo(name, label, kind, crm_type="text", is_lookup_key=name in _KEYS, is_unique=name in _KEYS)
        for name, label, kind in _FIELDS
    ),
)


def is_users(object_name: str) -> bool:
    """Say whether an object's name means the users."""
    return object_name.casefold() in _NAMES


def prepare_users(page: int, *, which: str = "AllUsers") -> tuple[str, dict[str, str]]:
    """Give path and parameters of one page of users."""
    return RESOURCE, {"type": which, "page": str(page), "per_page": str(PAGE_ROWS)}


def group_candidates(
    users: abc.Iterable[Json], values: abc.Sequence[str], *, by: str
) -> dict[str, tuple[Candidate, ...]]:
    """Give every value asked for the users that answer to it, whatever the case; inactive ones too."""
    found: dict[str, list[Candidate]] = {}
    for user in users:
        key, user_id = user.get(by), known_id(user.get("id"))
        if user_id is None or key is None:
            continue
        candidate = Candidate(user_id, _title(user), is_active=_is_active(user), object=USERS)
        found.setdefault(str(key).strip().casefold(), []).append(candidate)
    return {
        value: tuple(found.get(value.strip().casefold(), ())) if value.strip() else () for value in values
    }


def people_of(users: abc.Iterable[Json]) -> tuple[CrmUser, ...]:
    """Give users as those whom records can belong to."""
    known = ((known_id(user.get("id")), user) for user in users)
    return tuple(
        CrmUser(key, USERS, _title(user), str(user.get("email") or ""), is_active=_is_active(user))
        for key, user in known
        if key is not None
    )


def _title(user: Json) -> str:
    return str(user.get("full_name") or user.get("email") or "")


def _is_active(user: Json) -> bool:
    return str(user.get("status", _ACTIVE)).casefold() == _ACTIVE
