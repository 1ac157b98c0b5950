"""Turns records into rows: reads what paths lead to, in batches, and puts the values together.

Nothing is asked twice within one pull: companies that many contacts share are read once.
"""

from collections import abc

from writeback_hubspot.limits import BATCH_ROWS, LINKED_KEPT
from writeback_hubspot.session.calls import Calls
from writeback_hubspot.session.people import People
from writeback_hubspot.wire import reads
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.describes import Association
from writeback_hubspot.wire.owners import OWNERS
from writeback_hubspot.wire.paths import known_id
from writeback_hubspot.wire.selections import Hop, Row, Selection
from writeback_hubspot.wire.values import token_of

PageRow = tuple[str, str | None, Row]


class Following:
    """Follows references for one pull or one fetch."""

    def __init__(self, calls: Calls, people: People) -> None:
        self._calls = calls
        self._people = people
        self._linked: dict[Hop, dict[str, Row | None]] = {}

    def rows(
        self, selection: Selection, records: abc.Sequence[Json], *, is_base: bool = False
    ) -> list[PageRow]:
        """Give one row for each record: id, version, values along the columns.

        Args:
            selection: The columns.
            records: As HubSpot gave them.
            is_base: The version is what a write may be judged against. Then a row with an association has
                none: nobody says that re-pointing one moves the record's version.
        """
        has_version = selection.is_versioned or not is_base
        companies = self._companies(selection, records)
        raws = [selection.own_values(record, companies.get(str(record["id"]))) for record in records]
        linked = [self._follow(hop, [raw.get(hop.field) for raw in raws]) for hop in selection.hops]
        return [
            (str(record["id"]), token_of(record.get("updatedAt")) if has_version else None, row)
            for record, row in zip(records, selection.rows(raws, linked), strict=True)
        ]

    def records(
        self,
        object_name: str,
        keys: abc.Sequence[str],
        properties: abc.Sequence[str],
        *,
        by: str | None = None,
    ) -> list[Json]:
        """Read records by id, or by a unique property, 100 a call; a missing one is left out."""
        found: list[Json] = []
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), BATCH_ROWS):
            some = wanted[start : start + BATCH_ROWS]
            body = reads.prepare_read(some, properties, id_property=by)
            told = self._read_batch(object_name, body)
            found += reads.parse_read(told, asked=set(some) if by is None else None)
        return found

    def _read_batch(self, object_name: str, body: Json) -> Json:
        return self._calls.read(
            lambda apis: apis.batch.read(object_name, body, _preload_content=False), is_posted=True
        )

    def _companies(self, selection: Selection, records: abc.Sequence[Json]) -> dict[str, str | None]:
        if selection.association is None:
            return {}
        found: dict[str, str | None] = {}
        keys = [str(record["id"]) for record in records]
        for start in range(0, len(keys), BATCH_ROWS):
            found |= self._associated(selection.name, keys[start : start + BATCH_ROWS], selection.association)
        return found

    def _associated(
        self, object_name: str, keys: abc.Sequence[str], association: Association
    ) -> dict[str, str | None]:
        links: dict[str, list[Json]] = {}
        wanted: dict[str, str | None] = dict.fromkeys(keys)
        while wanted:
            body = reads.prepare_associations(wanted)
            told = self._read_links(object_name, association.target, body)
            wanted = {}
            for key, (page, after) in reads.parse_associations(told).items():
                links.setdefault(key, []).extend(page)
                if after is not None:
                    wanted[key] = after
        return {key: reads.primary_of(found, association) for key, found in links.items()}

    def _read_links(self, object_name: str, target: str, body: Json) -> Json:
        return self._calls.read(
            lambda apis: apis.link_batch.get_page(object_name, target, body, _preload_content=False),
            is_posted=True,
        )

    def _follow(self, hop: Hop, raws: abc.Sequence[object]) -> list[Row | None]:
        keys = [str(raw) if raw not in (None, "") else "" for raw in raws]
        if hop.target == OWNERS:
            return self._follow_owners(hop, keys)
        known = self._linked.setdefault(hop, {})
        missing = [key for key in dict.fromkeys(keys) if key and key not in known]
        if len(known) + len(missing) > LINKED_KEPT:
            known.clear()
            missing = [key for key in dict.fromkeys(keys) if key]
        if missing and hop.selection is not None:
            known |= dict.fromkeys(missing)
            usable = [key for key in missing if known_id(key)]
            records = self.records(hop.target, usable, hop.selection.properties)
            known |= {key: row for key, _version, row in self.rows(hop.selection, records)}
        return [known.get(key) for key in keys]

    def _follow_owners(self, hop: Hop, keys: abc.Sequence[str]) -> list[Row | None]:
        owners = self._people.by("id", [key for key in keys if key])
        rows = {
            key: tuple(found[0].value(path) for path in hop.paths) for key, found in owners.items() if found
        }
        return [rows.get(key) for key in keys]
