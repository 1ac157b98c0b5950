"""Where an edit of a value goes: one target for each CRM that holds its record and takes the attribute.

A target is an integration with write-back on for the attribute in which the record is linked. Where there
is none, the edit still belongs to one integration, so that it is blocked there with its reason.

Must not: send, plan; say what a target holds (`records.links_of` does).
"""

from collections import abc
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from writeback.model.integrations import Integration
from writeback.model.types import IntegrationId, RecordId
from writeback.store import drafts, integrations, sqlite, wide

_UNDER_WAY: Final = "('queued', 'sent', 'unknown')"


@dataclass(frozen=True, slots=True)
class Aimed:
    """The waiting drafts that go to one integration."""

    integration: Integration
    attributes: tuple[str, ...]
    condition: str
    """SQL over `drafts`: the draft is one of them."""


def aims(db: Connection, records: abc.Collection[RecordId] = ()) -> tuple[Aimed, ...]:
    """Give for each integration the waiting drafts that go to it, in the order integrations were made.

    A value that another job is still writing to a target does not go there once more.

    Args:
        db: Any transaction.
        records: Only drafts of these; empty: of all.
    """
    found: dict[IntegrationId, Aimed] = {}
    closed = {str(row[0]) for row in sqlite.run(db, "select id from connections where read_only")}
    for entity, attributes in drafts.touched(db, records).items():
        feeding = integrations.every(db, entity=entity)
        for attribute in attributes:
            for integration, condition in _conditions(feeding, attribute, closed):
                if not _has_any(db, attribute, condition, records):
                    continue
                known = found.get(integration.id, Aimed(integration, (), ""))
                one = f"(drafts.attribute = '{attribute}' and {condition})"  # an API name: letters, digits, _
                found[integration.id] = Aimed(
                    integration,
                    (*known.attributes, attribute),
                    f"{known.condition} or {one}" if known.condition else one,
                )
    every = sorted(found.values(), key=lambda aimed: (len(aimed.integration.id), aimed.integration.id))
    return tuple(Aimed(one.integration, one.attributes, f"({one.condition})") for one in every)


def writers(feeding: abc.Iterable[Integration], attribute: str) -> tuple[Integration, ...]:
    """Give the integrations of an entity that write an attribute back."""
    return tuple(
        one for one in feeding if (mapping := one.mapping_of(attribute)) is not None and mapping.write_back
    )


def _conditions(
    feeding: abc.Sequence[Integration], attribute: str, closed: abc.Set[str]
) -> abc.Iterator[tuple[Integration, str]]:
    """Say by integration which drafts of an attribute go to it; none goes nowhere while it has a link.

    A connection in `closed` (read-only) takes part where no other takes the value.
    """
    every = writers(feeding, attribute)
    writing = tuple(one for one in every if one.connection_id not in closed) or every
    rest = [one for one in feeding if one not in writing]
    ordered = [*writing, *sorted(rest, key=lambda one: one.mapping_of(attribute) is None)]
    nowhere = [f"not {_linked(one, is_live=True)}" for one in writing]
    for place, one in enumerate(ordered):
        earlier = [f"not {_linked(other)}" for other in ordered[:place]]
        home = " and ".join((*nowhere, *earlier, _linked(one)))
        if one in writing:
            yield one, f"({_linked(one, is_live=True)} and {_idle(one)} or {home})"
        else:
            yield one, f"({home})"


def _linked(integration: Integration, *, is_live: bool = False) -> str:
    snapshot = sqlite.quoted(wide.snapshot_table(integration.id))
    live = " and not s.gone" if is_live else ""
    return f"exists (select 1 from {snapshot} s where s.rid = drafts.rid{live})"  # noqa: S608  quoted


def _idle(integration: Integration) -> str:
    return (
        "not exists (select 1 from value_states v where v.rid = drafts.rid "  # noqa: S608  our own ids
        f"and v.attribute = drafts.attribute and v.integration_id = '{integration.id}' "
        f"and v.state in {_UNDER_WAY})"
    )


def _has_any(db: Connection, attribute: str, condition: str, records: abc.Collection[RecordId]) -> bool:
    query = f"select 1 from drafts where change_set_id is null and attribute = ? and {condition}"  # noqa: S608  built of our own words
    for some in sqlite.chunks(records) if records else ((),):
        mine = f" and rid in ({sqlite.marks(some)})" if some else ""
        if sqlite.run(db, f"{query}{mine} limit 1", (attribute, *some)).fetchone() is not None:
            return True
    return False
