"""The reading part of a session: who answers, what there is, rows by pull, by key and by reference."""

from collections import abc
from dataclasses import replace
from datetime import timedelta
from typing import Any

from writeback.errors import InvalidRequestError, PermissionDeniedError, RefusedError
from writeback.model.connections import Org
from writeback.model.filters import Filter
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import ObjectDescription, ObjectInfo, Page, Usage
from writeback_hubspot.limits import LIST_ADDRESS, LIST_ROWS, OVERLAP_S, SEARCH_ROWS
from writeback_hubspot.session.calls import Calls
from writeback_hubspot.session.following import Following
from writeback_hubspot.session.memberships import Memberships
from writeback_hubspot.session.people import People
from writeback_hubspot.session.seam import Apis
from writeback_hubspot.wire import accounts, creates, describes, filters, memberships, searches
from writeback_hubspot.wire.answers import Json, next_after, results_of
from writeback_hubspot.wire.describes import KEY, MERGED, Described, canonical_name
from writeback_hubspot.wire.memberships import MEMBERSHIPS, memberships_object
from writeback_hubspot.wire.owners import OWNERS, describe_owners
from writeback_hubspot.wire.paths import ACCOUNT, USAGE, known_id, type_name
from writeback_hubspot.wire.searches import Search
from writeback_hubspot.wire.selections import Selection, select
from writeback_hubspot.wire.values import moment_of, token_of


class Reading:
    """Reads; changes nothing at HubSpot but the quota."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._people = People(calls)
        self._described: dict[str, Described] = {}
        self._memberships = Memberships(calls, self._listed)

    def whoami(self) -> Org:
        """Say who answers: the portal. A key belongs to no user, so none is told."""
        return accounts.parse_account(self._calls.get(ACCOUNT))

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the objects that may be read; custom ones where the key may see their schemas."""
        try:
            told = self._calls.read(lambda apis: apis.schemas.get_all(_preload_content=False))
        except PermissionDeniedError:
            return (*describes.standard_objects(), memberships_object())
        return (*describes.standard_objects(), memberships_object(), *describes.parse_schemas(told))

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all field facts of one object, asked anew."""
        name = canonical_name(object_name)
        if name == OWNERS:
            return describe_owners()
        if name == MEMBERSHIPS:
            return self._memberships.describe()
        type_name(name)
        schema = None
        if not describes.is_standard(name):
            schema = self._calls.read(lambda apis: apis.schemas.get_by_id(name, _preload_content=False))
        told = self._calls.read(
            lambda apis: apis.properties.get_all(name, archived="false", _preload_content=False)
        )
        described = describes.parse_describe(name, told, schema)
        if self._calls.access.options.get("lifecycle", "forward") == "any":
            described = describes.any_stage(described)
        self._described[name] = described
        return described.info

    def create_keys(self, object_name: str) -> tuple[str, ...]:
        """Give the unique texts that may be set as a record is made; asks for the description.

        `fetch` by one of them is a batch read with `idProperty`, which reads the store: never a search, whose
        index lags behind (contract, trap 7).
        """
        name = canonical_name(object_name)
        return () if name in (OWNERS, MEMBERSHIPS) else creates.create_keys(self._known(name))

    def compile_filter(self, description: ObjectDescription, condition: Filter) -> str:
        """Render a neutral condition as `filterGroups`."""
        return filters.compile_filter(description, condition)

    def count(self, object_name: str, condition: str = "") -> int:
        """Count the records that a filter selects; the search index may lag some seconds behind."""
        name = canonical_name(object_name)
        if name == OWNERS:
            return len(self._people.every())
        if name == MEMBERSHIPS:
            query = ReadQuery(name, (memberships.KEY,), condition)
            return sum(len(page.rows) for page in self._memberships.read(query))
        search = Search((), searches.parse_filter(condition))
        return searches.parse_total(self._calls.search(type_name(name), searches.prepare_count(search)))

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give all records page by page: by list where everything is wanted, by search otherwise.

        `since` is widened by an overlap: the search index learns of changes some seconds later.
        """
        name = canonical_name(query.object)
        if name == OWNERS:
            yield self._owners_page(query)
            return
        if name == MEMBERSHIPS:
            yield from self._memberships.read(query)
            return
        selection = select(name, query.paths, self._known)
        following = Following(self._calls, self._people)
        left = query.limit
        for records in self._records(selection, query, following):
            some = records if left is None else records[:left]
            if some:
                yield Page(selection.paths, following.rows(selection, some))
            left = None if left is None else left - len(some)
            if left == 0:
                return

    def read_deletes(self, object_name: str, *, since: str) -> abc.Iterator[tuple[str, ...]]:
        """Give ids of records archived since, and of those merged away into records changed since."""
        name = canonical_name(object_name)
        if name in (OWNERS, MEMBERSHIPS):  # both are read whole each time
            return
        edge = moment_of(since) - timedelta(seconds=OVERLAP_S)
        for records in self._listed(name, (), archived="true"):
            gone = tuple(
                str(record["id"])
                for record in records
                if (at := token_of(record.get("archivedAt"))) is None or moment_of(at) >= edge
            )
            if gone:
                yield gone
        described = self._known(name)
        if described.has(MERGED) and described.info.version_field:
            changed = searches.changed_since(described.info.version_field, since)
            search = Search((MERGED,)).and_all(changed, searches.holds(MERGED))
            for records in self._found(name, search):
                yield tuple(key for record in records for key in _merged_ids(record))

    def usage(self) -> tuple[Usage, ...]:
        """Ask for the daily calls; an app that may not ask tells nothing."""
        try:
            return accounts.parse_usage(self._calls.get(USAGE))
        except RefusedError:
            return ()

    def record_id(self, text: str) -> str | None:
        """Give an id in the form HubSpot answers with; None for what is none. No call."""
        return known_id(text) or ("-".join(pair) if (pair := memberships.pair_of(text)) else None)

    def _known(self, object_name: str) -> Described:
        name = canonical_name(object_name)
        if name not in self._described:
            self.describe(name)
        return self._described[name]

    def _records(
        self, selection: Selection, query: ReadQuery, following: Following
    ) -> abc.Iterator[list[Json]]:
        groups = searches.parse_filter(query.filter)
        version = self._known(selection.name).info.version_field
        if not groups and (query.since is None or not version):
            if sum(len(name) + 12 for name in selection.properties) <= LIST_ADDRESS:
                yield from self._listed(selection.name, selection.properties)
                return
            for page in self._listed(selection.name, (KEY,)):  # too long for an address
                keys = [str(record["id"]) for record in page]
                yield following.records(selection.name, keys, selection.properties)
            return
        search = Search(selection.properties, groups)
        if query.since is not None and version:
            search = search.and_all(searches.changed_since(version, query.since))
        yield from self._found_whole(selection.name, search, following)

    def _found_whole(
        self, object_name: str, search: Search, following: Following
    ) -> abc.Iterator[list[Json]]:
        """Search; where so many properties make the search too long, they are read by batch instead."""
        if searches.fits(search):
            yield from self._found(object_name, search)
            return
        for page in self._found(object_name, replace(search, properties=(KEY,))):
            keys = [str(record["id"]) for record in page]
            yield following.records(object_name, keys, search.properties)

    def _listed(
        self, object_name: str, properties: abc.Sequence[str], *, archived: str = "false"
    ) -> abc.Iterator[list[Json]]:
        after: dict[str, str] = {}
        while True:
            body = self._list_page(object_name, list(properties) or [KEY], archived=archived, **after)
            yield results_of(body)
            cursor = next_after(body)
            if cursor is None:
                return
            after = {"after": cursor}

    def _list_page(self, object_name: str, properties: list[str], **options: str) -> Json:
        def ask(apis: Apis) -> Any:  # noqa: ANN401  the package has no types
            asked = {"limit": LIST_ROWS, "properties": properties, **options}
            return apis.basic.get_page(object_name, _preload_content=False, **asked)

        return self._calls.read(ask)

    def _found(self, object_name: str, search: Search) -> abc.Iterator[list[Json]]:
        last: str | None = None
        while True:
            body = self._calls.search(object_name, searches.prepare_page(search, last=last))
            records = results_of(body)
            if not records:
                return
            last = searches.last_of(records, last=last)
            yield records
            if len(records) < SEARCH_ROWS and next_after(body) is None:
                return

    def _owners_page(self, query: ReadQuery) -> Page:
        if query.filter.strip():
            raise InvalidRequestError("hubspot.bad_filter", given=query.filter[:200])
        rows = [
            (owner.id, owner.version, tuple(owner.value(path) for path in query.paths))
            for owner in self._people.every()
        ]
        return Page(query.paths, rows if query.limit is None else rows[: query.limit])


def _merged_ids(record: Json) -> list[str]:
    told = record.get("properties")
    text = told.get(MERGED) if isinstance(told, abc.Mapping) else None
    parts = str(text).split(";") if text else []
    return [key for part in parts if (key := known_id(part.partition(":")[0])) is not None]
