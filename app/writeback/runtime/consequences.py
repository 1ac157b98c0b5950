"""The consequence of writing records behind references, in plain words and with a number.

Must not: count (`engine.audiences` does), speak of modes.
"""

from collections import abc
from typing import Final, Protocol

from writeback.runtime.wording import say

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
    for title, shown in group.edits[:SHOWN]:
        told = _shown(shown, group, is_one=True)
        where = {"object": group.object, "title": title, "connection": connection, "told": told}
        if is_name:
            yield say("Rename the {object} {title} in {connection}: {told}.", **where)
        else:
            changed = ", ".join(fields)
            yield say(
                "Change {fields} of the {object} {title} in {connection}: {told}.", fields=changed, **where
            )
    if group.send > min(len(group.edits), SHOWN):
        told = _shown(group.shown_by, group, is_one=False)
        yield say("%n {object} records change: {told}.", group.send, object=group.object, told=told)


def _shown(count: int | None, group: Group, *, is_one: bool) -> str:
    if count is None and is_one:
        return say("how many records show it is not known")
    if count is None:
        return say("how many records show them is not known")
    if is_one and group.shown_locally:
        return say("%n {object} records in what was pulled show it", count, object=group.root)
    if is_one:
        return say("%n {object} records show it", count, object=group.root)
    if group.shown_locally:
        return say("%n {object} records in what was pulled show them", count, object=group.root)
    return say("%n {object} records show them", count, object=group.root)
