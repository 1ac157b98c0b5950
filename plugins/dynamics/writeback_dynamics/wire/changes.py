"""What changed since a token: delta links where a table tracks changes, else the moment of `modifiedon`.

A delta request takes no filter and no expand, so it is asked for ids alone; the changed rows are read
afterwards like any others. A token is one of two forms, which nobody else reads:
``delta <address below the service root>`` and ``modified <moment>``. [use-change-tracking]
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType
from writeback_dynamics.wire.literals import address, guid_of
from writeback_dynamics.wire.queries import MODIFIED, below_root, moment_of
from writeback_dynamics.wire.tables import Json, Table, dicts
from writeback_dynamics.wire.values import decode_json

TRACK: Final = "odata.track-changes"
DELTA: Final = "@odata.deltaLink"
_DELTA: Final = "delta "
_MODIFIED: Final = "modified "
_DELETED: Final = "deleted"


@dataclass(frozen=True, slots=True)
class Changed:
    """The ids that one page of changes names."""

    ids: tuple[str, ...]
    gone: tuple[str, ...]


def parse_changes(answer: Json, table: Table) -> Changed:
    """Read a page of changes; a row that was deleted carries its id beside the reason.

    Raises:
        InvalidRequestError: It is none.
    """
    ids: dict[str, None] = {}
    gone: dict[str, None] = {}
    for told in dicts(answer, "value"):
        is_gone = told.get("reason") == _DELETED
        found = guid_of(str(told.get("id" if is_gone else table.key) or ""))
        if found is None:
            raise InvalidRequestError("dynamics.unreadable_answer", expected=table.key)
        (gone if is_gone else ids)[found] = None
    return Changed(tuple(one for one in ids if one not in gone), tuple(gone))


def delta_token(answer: Json) -> str | None:
    """Give the token that the last page carries; None where there is none.

    Raises:
        InvalidRequestError: Its address leads out of the Web API.
    """
    link = answer.get(DELTA)
    return None if link is None else _DELTA + below_root(str(link), DELTA)


def prepare_newest(table: Table) -> str:
    """Ask for the row modified last: its moment is the server's clock."""
    return address(table.entity_set, {"select": MODIFIED, "orderby": f"{MODIFIED} desc", "top": "1"})


def moment_token(answer: Json) -> str | None:
    """Give a token for the newest modification; None where there is no row.

    Raises:
        InvalidRequestError: The answer holds no moment.
    """
    rows = dicts(answer, "value")
    moment = decode_json(rows[0].get(MODIFIED), AttributeType.DATETIME) if rows else None
    return _MODIFIED + moment.isoformat() if isinstance(moment, datetime) else None


def delta_address(token: str, table: Table) -> str | None:
    """Give the address of a delta token; None for a token of the other form, or of another table."""
    found = token.removeprefix(_DELTA)
    is_ours = token.startswith(_DELTA) and found.partition("?")[0] == table.entity_set
    return found if is_ours else None


def moment_since(token: str) -> datetime | None:
    """Give the moment of a token of that form; None for the other.

    Raises:
        ContractBrokenError: We never made such a token.
    """
    return moment_of(token.removeprefix(_MODIFIED)) if token.startswith(_MODIFIED) else None
