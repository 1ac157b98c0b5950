"""Say who else sees what is about to be changed behind a reference: lines and JSON of a plan's group."""

from collections import abc
from typing import TYPE_CHECKING

from writeback.cli.output import JsonValue

if TYPE_CHECKING:
    from writeback.runtime.facade import PlanGroup
    from writeback.runtime.runtime import Runtime


def lines(runtime: "Runtime", group: "PlanGroup") -> abc.Iterator[str]:
    """Give the consequence of a group in plain words; nothing where it writes the records themselves."""
    from writeback.runtime.consequences import consequences_of

    names = {one.id: one.name for one in runtime.told.connections()}
    yield from consequences_of(group, connection=names.get(group.connection_id, group.connection_id))


def plain(group: "PlanGroup") -> dict[str, JsonValue]:
    """Give the blast radius of a group as JSON."""
    return {
        "reached_from": group.root,
        "shown_by": group.shown_by,
        "counted": "" if not group.root else "local" if group.shown_locally else "crm",
        "edits": [{"title": title, "shown_by": shown} for title, shown in group.edits],
    }
