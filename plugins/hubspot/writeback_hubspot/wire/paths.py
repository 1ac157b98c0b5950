"""Where each resource lies, in every version we speak: the one place that builds paths.

hubspot-api-client knows the v3 and v4 paths only; `versioned` moves them to the dated ones. Names and ids
are checked before they stand in an address.
"""

import re
from typing import Final

from writeback.errors import ContractBrokenError

_MOVES: Final = (
    ("/crm/v3/objects/", "/crm/objects/{}/"),
    ("/crm/v4/objects/", "/crm/objects/{}/"),
    ("/crm/v4/associations/", "/crm/associations/{}/"),
    ("/crm/v3/properties/", "/crm/properties/{}/"),
    ("/crm/v3/owners/", "/crm/owners/{}/"),
    ("/crm-object-schemas/v3/", "/crm-object-schemas/{}/"),
    ("/account-info/v3/", "/account-info/{}/"),
)
_NAME: Final = re.compile(r"[A-Za-z0-9][\w-]*", re.ASCII)
_ID: Final = re.compile(r"[0-9]{1,20}", re.ASCII)

ACCOUNT: Final = "/account-info/v3/details"
USAGE: Final = "/account-info/v3/api-usage/daily/private-apps"


def versioned(path: str, version: str) -> str:
    """Move a v3 or v4 path to a dated version; `v3` leaves it where it is.

    Raises:
        ContractBrokenError: No such resource is known in dated form.
    """
    if version == "v3":
        return path.removesuffix("/") if path.startswith("/crm/v3/owners") else path
    for old, new in _MOVES:
        if path.startswith(old):
            return (new.format(version) + path.removeprefix(old)).removesuffix("/")
    raise ContractBrokenError("hubspot.no_dated_path", path=path[:80])


def record_path(object_name: str, record_id: str) -> str:
    """Give the path of one record, in its v3 form."""
    return f"/crm/v3/objects/{type_name(object_name)}/{row_id(record_id)}"


def records_path(object_name: str) -> str:
    """Give the path at which records are made, in its v3 form."""
    return f"/crm/v3/objects/{type_name(object_name)}"


def batch_path(object_name: str, act: str) -> str:
    """Give the path of a batch call on records, in its v3 form."""
    return f"/crm/v3/objects/{type_name(object_name)}/batch/{act}"


def association_path(object_name: str, record_id: str, target: str, target_id: str) -> str:
    """Give the path of one association, in its v4 form."""
    source = f"{type_name(object_name)}/{row_id(record_id)}"
    return f"/crm/v4/objects/{source}/associations/{type_name(target)}/{row_id(target_id)}"


def association_batch_path(object_name: str, target: str, act: str) -> str:
    """Give the path of a batch call on associations, in its v4 form."""
    return f"/crm/v4/associations/{type_name(object_name)}/{type_name(target)}/batch/{act}"


def association_labels_path(object_name: str, target: str) -> str:
    """Give the path of the labels between two objects, in its v4 form."""
    return f"/crm/v4/associations/{type_name(object_name)}/{type_name(target)}/labels"


def type_name(text: str) -> str:
    """Give an object type's name (`contacts`, `p123_car`, `2-123`) that may stand in an address.

    Raises:
        ContractBrokenError: It holds a character that none has.
    """
    if not _NAME.fullmatch(text):
        raise ContractBrokenError("hubspot.bad_name", given=text[:80])
    return text


def known_id(text: str) -> str | None:
    """Give a record id as HubSpot writes it; None for what is none."""
    text = text.strip()
    return text if _ID.fullmatch(text) else None


def row_id(text: str) -> str:
    """Give an id that may stand in an address.

    Raises:
        ContractBrokenError: It is none; planning resolves ids before anything is sent.
    """
    if not _ID.fullmatch(text):
        raise ContractBrokenError("hubspot.bad_id", given=text[:40])
    return text
