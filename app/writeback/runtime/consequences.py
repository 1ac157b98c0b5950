"""The consequence of writing records behind references, in plain words and with a number.

Must not: count (`engine.audiences` does), speak of modes.
"""

from collections import abc
from typing import Final, Protocol

SHOWN: Final = 3


class Group(Protocol):
    """What is asked of a part of a plan; `runtime.facade.PlanGroup` meets it."""

    @property
    def object(self) -> str:
        """The object that is written."""

    @property
    def root(self) -> str:
        """The object of the records that show it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Paths that are written."""

    @property
    def send(self) -> int:
        """How many records are written."""

    @property
    def shown_by(self) -> int | None:
        """How many records show it."""

    @property
    def shown_locally(self) -> bool:
        """Counted in what was pulled."""

    @property
    def edits(self) -> tuple[tuple[str, int | None], ...]:
        """Some records that are written, and how many show each."""


def consequences_of(group: Group, *, connection: str) -> abc.Iterator[str]:
    """Give a sentence for each of the first records that are written, then one for all together."""
    if not group.root or not group.send:
        return
    fields = [path.rpartition(".")[2] for path in group.columns]
    is_name = all("name" in field.casefold() for field in fields)
    act = "Rename" if is_name else f"Change {', '.join(fields)} of"
    where = " in what was pulled" if group.shown_locally else ""
    for title, shown in group.edits[:SHOWN]:
        told = _shown(shown, group.root, where, "it")
        yield f"{act} the {group.object} {title} in {connection}: {told}."
    if group.send > min(len(group.edits), SHOWN):
        told = _shown(group.shown_by, group.root, where, "them")
        yield f"{group.send:,} {group.object} records change: {told}."


def _shown(count: int | None, object_name: str, where: str, what: str) -> str:
    if count is None:
        return f"how many records show {what} is not known"
    if count == 1:
        return f"1 {object_name} record{where} shows {what}"
    return f"{count:,} {object_name} records{where} show {what}"
