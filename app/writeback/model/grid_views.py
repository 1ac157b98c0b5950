"""How somebody looks at a grid: its columns, their widths, its order and its filter."""

from collections import abc
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

CLEAR: Final = "clear"
UNSET: Final = "unset"


@dataclass(frozen=True, slots=True)
class GridView:
    """One way to look at an entity's records; the name '' is how its owner left the grid."""

    owner: str
    entity: str
    name: str = ""
    is_shared: bool = False
    columns: tuple[str, ...] = ()
    """The attributes that are shown, in their order; empty: all that are mapped."""
    widths: abc.Mapping[str, int] = field(default_factory=dict)
    sort: str = ""
    """The attribute that it is sorted by; '' is the records' own order."""
    is_descending: bool = False
    text: str = ""
    """The filter, as a segment's text."""
    blanks: abc.Mapping[str, str] = field(default_factory=dict)
    """By attribute: whether Delete means `clear` in the CRM or leave `unset`; it is asked once."""
    changed_at: datetime | None = None
