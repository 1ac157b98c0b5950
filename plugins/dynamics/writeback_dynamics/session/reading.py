"""The reading part of a session: who answers, what there is, rows by pull, by key and by reference."""

from collections import abc
from itertools import chain
from typing import Final

from writeback.errors import ConfigurationError, InvalidRequestError, PermissionDeniedError
from writeback.model.connections import Org
from writeback.model.filters import Filter
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Candidate, FieldInfo, ObjectDescription, ObjectInfo, Page
from writeback_dynamics.limits import PAGE_ROWS
from writeback_dynamics.session.calls import Calls
from writeback_dynamics.session.catalogue import Catalogue
from writeback_dynamics.wire import creates, filters, finds, orgs, queries, tables
from writeback_dynamics.wire.describes import must_have
from writeback_dynamics.wire.literals import guid_of
from writeback_dynamics.wire.paths import Found, resolve, resolve_own
from writeback_dynamics.wire.queries import PageRow, Selection
from writeback_dynamics.wire.tables import Json, dicts

_COUNT: Final = "@odata.count"


class Reading:
    """Reads; changes nothing at Dataverse but the request limits."""

    def __init__(self, calls: Calls, catalogue: Catalogue) -> None:
        """Make no call.

        Raises:
            ConfigurationError: The option `page_size` is no number from 1 to 5000.
        """
        self._calls = calls
        self._catalogue = catalogue
        size = calls.access.options.get("page_size", "") or str(PAGE_ROWS)
        if not (size.isascii() and size.isdigit() and 1 <= int(size) <= PAGE_ROWS):
            raise ConfigurationError("dynamics.bad_option", option="page_size")
        self._page_rows = int(size)

    def whoami(self) -> Org:
        """Say who answers; a user that may not be read is left blank."""
        org_id, user_id = orgs.parse_whoami(self._calls.read(orgs.WHO_AM_I))
        organisation = self._if_allowed(orgs.prepare_org(org_id))
        user = self._if_allowed(orgs.prepare_user(user_id))
        host = self._calls.access.origin.partition("://")[2]
        return orgs.parse_org(org_id, organisation, user, host=host)

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the tables that may be queried, asked anew."""
        return tables.object_infos(self._catalogue.tables(afresh=True).values())

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all column facts of one table, asked anew."""
        return self._catalogue.describe(object_name).info

    def create_keys(self, object_name: str) -> tuple[str, ...]:
        """Give the texts that are an alternate key by themselves; asks for the description.

        `fetch` by one of them is a `$filter` on the rows themselves, no search: it sees what was committed.
        """
        return creates.create_keys(self._catalogue.known(object_name))

    def count(self, object_name: str, condition: str = "") -> int:
        """Count the rows that a filter selects; the server counts to 5000, beyond that we do."""
        table = self._catalogue.table(object_name)
        answer = self._calls.read(
            queries.prepare_ids(table, condition=condition, is_counted=True), prefer=self._paging(1)
        )
        told = answer.get(_COUNT)
        if isinstance(told, int) and 0 <= told < PAGE_ROWS:
            return told
        asked = queries.prepare_ids(table, condition=condition)
        return sum(len(dicts(page, "value")) for page in self._pages(asked))

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give all rows page by page; `since` is a moment here: an etag does not tell what came later."""
        conditions = [query.filter]
        if query.since is not None:
            conditions.append(queries.modified_since(queries.moment_of(query.since)))
        selection = queries.select(query.object, query.paths, self._catalogue.known)
        yield from self._read(selection, conditions, limit=query.limit)

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read single rows afresh, a hundred keys a call."""
        described = self._catalogue.known(object_name)
        field = must_have(described.info, by)
        is_by_id = field.name == described.table.key
        selection = queries.select(
            object_name, paths if is_by_id else (field.name, *paths), self._catalogue.known
        )
        rows = self._rows_by(field, keys, selection)
        return Page(tuple(paths) if is_by_id else (by, *paths), rows)

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Look rows up by a column; what no such column can hold is found nowhere, without a call."""
        described = self._catalogue.known(object_name)
        field = must_have(described.info, by)
        selection = finds.select_candidates(object_name, field, self._catalogue.known)
        rows = self._rows_by(field, values, selection)
        return finds.group_candidates(rows, values, object_name=described.table.name, by=field)

    def compile_filter(self, description: ObjectDescription, condition: Filter) -> str:
        """Render a condition as `$filter`; makes no call but for tables that its paths lead to.

        Raises:
            MappingError: `filter.…`: an unknown path, a value of another type, or nothing OData can say.
        """

        def found(path: str) -> Found:
            if "." in path:
                return resolve(description.name, path, self._catalogue.known)
            return resolve_own(description, path)

        return filters.compile_filter(condition, found)

    def record_id(self, text: str) -> str | None:
        """Give an id in the form Dataverse answers with; None for what is none. No call."""
        return guid_of(text)

    def _if_allowed(self, address: str) -> Json:
        try:
            return self._calls.read(address)
        except (PermissionDeniedError, InvalidRequestError):
            return {}

    def _rows_by(self, field: FieldInfo, keys: abc.Iterable[str], selection: Selection) -> list[PageRow]:
        asked = (
            queries.prepare_read(selection, conditions=(condition,))
            for condition in queries.conditions_for(field, keys)
        )
        pages = chain.from_iterable(self._pages(one) for one in asked)
        return [row for page in pages for row in queries.parse_rows(page, selection)]

    def _read(
        self, selection: Selection, conditions: abc.Iterable[str], *, limit: int | None = None
    ) -> abc.Iterator[Page]:
        """Give pages; a limit is cut here, because `$top` and a page size exclude each other."""
        left = limit
        if left is not None and left <= 0:
            return
        size = self._page_rows if left is None else min(left, self._page_rows)
        for answer in self._pages(queries.prepare_read(selection, conditions=conditions), size=size):
            rows = queries.parse_rows(answer, selection)[:left]
            if rows:
                yield Page(selection.paths, rows)
            left = None if left is None else left - len(rows)
            if left == 0:
                return

    def _pages(self, address: str, *, size: int | None = None) -> abc.Iterator[Json]:
        asked: str | None = address
        prefer = self._paging(size or self._page_rows)
        while asked is not None:
            answer = self._calls.read(asked, prefer=prefer)
            yield answer
            asked = queries.next_address(answer)

    def _paging(self, size: int) -> str:
        return f"odata.maxpagesize={size}"
