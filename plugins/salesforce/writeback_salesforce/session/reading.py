"""The reading part of a session: who answers, what there is, rows by pull, by key and by reference."""

import time
from collections import abc
from itertools import chain
from typing import cast

from writeback.errors import InvalidRequestError, PermissionDeniedError, RetryableError
from writeback.model.connections import Org
from writeback.model.filters import Filter
from writeback.model.jobs import RemoteState
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Candidate, ObjectDescription, ObjectInfo, Page, Usage
from writeback_salesforce.limits import (
    BULK_POLL_FIRST_S,
    BULK_POLL_MOST_S,
    BULK_READ_FROM,
    BULK_READ_WAIT_S,
)
from writeback_salesforce.session.calls import Calls
from writeback_salesforce.wire import bulk_queries, creates, describes, filters, finds, ids, orgs, queries
from writeback_salesforce.wire.describes import Described, Json
from writeback_salesforce.wire.queries import PageRow, Selection
from writeback_salesforce.wire.writes import to_bytes

Sleep = abc.Callable[[float], None]


class Reading:
    """Reads; changes nothing at Salesforce but the quota."""

    def __init__(self, calls: Calls, *, sleep: Sleep = time.sleep) -> None:
        self._calls = calls
        self._sleep = sleep
        self._described: dict[str, Described] = {}
        self._bulk_from = int(calls.access.options.get("bulk_read_from", "") or BULK_READ_FROM)

    def whoami(self) -> Org:
        """Say who answers; the user is left blank when the token may not ask who it is."""
        answer = self._calls.query(orgs.ORGANIZATION)
        return orgs.parse_org(answer, user=str(self._identity().get("preferred_username", "")))

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the objects that may be queried."""
        return describes.parse_objects(cast("Json", self._calls.read(lambda client: client.describe())))

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all field facts of one object, asked anew."""
        answer = self._calls.read_json(describes.prepare_describe(object_name))
        described = describes.parse_describe(cast("Json", answer))
        self._described[object_name.casefold()] = described
        return described.info

    def create_keys(self, object_name: str) -> tuple[str, ...]:
        """Give the unique fields of text that may be set as a record is made; asks for the description.

        `fetch` by one of them is a SOQL query on the rows themselves, no search index: it sees what was
        committed.
        """
        return creates.create_keys(self._known(object_name))

    def count(self, object_name: str, condition: str = "") -> int:
        """Count the records that a filter selects."""
        answer = self._calls.query(queries.prepare_count(object_name, condition))
        return int(cast("int", answer["totalSize"]))

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give all records page by page; a big answer is fetched as a bulk query instead."""
        selection = queries.select(query.object, query.paths, self._known)
        first = self._calls.query(queries.prepare_read(selection, query))
        pages = None
        if query.limit is None and int(cast("int", first["totalSize"])) >= self._bulk_from:
            soql = queries.prepare_read(selection, query, is_ordered=False)
            pages = self._read_in_bulk(selection, soql)
        for rows in pages if pages is not None else self._read_pages(first, selection):
            yield Page(selection.paths, rows)

    def read_deletes(self, object_name: str, *, since: str) -> abc.Iterator[tuple[str, ...]]:
        """Give ids of records in the recycle bin that changed since `since`; merged ones lie there too."""
        if not self._known(object_name).has("IsDeleted"):
            return
        soql = queries.prepare_deletes(object_name, since)
        answer = self._calls.query(soql, is_deleted_too=True)
        while True:
            records = cast("list[Json]", answer["records"])
            if records:
                yield tuple(str(record["Id"]) for record in records)
            address = queries.next_page(answer)
            if address is None:
                return
            answer = self._calls.query_more(address)

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read single records afresh; by id without paths to other records it costs a call per 2,000."""
        described = self._known(object_name)
        field = described.info.field(by)
        if field is None or field.kind is None:
            raise InvalidRequestError("salesforce.invalid_field", object=object_name, path=by[:200])
        if field.name == "Id":
            selection = queries.select(object_name, paths, self._known)
            return Page(
                selection.paths, self._fetch_by_id(selection, queries.known_ids(keys, described.key_prefix))
            )
        selection = queries.select(object_name, (field.name, *paths), self._known)
        asked = queries.prepare_keys(selection, field.name, field.kind, queries.usable_keys(keys, field.kind))
        return Page((by, *paths), self._rows_of(asked, selection))

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Look records up by a field; what no such field can hold is found nowhere, without a call."""
        described = self._known(object_name)
        selection = finds.select_candidates(object_name, by, self._known)
        name, kind = selection.select[selection.places[0]], finds.key_kind(selection)
        by_id = name == "Id"
        usable = (
            queries.known_ids(values, described.key_prefix) if by_id else queries.usable_keys(values, kind)
        )
        rows = self._rows_of(queries.prepare_keys(selection, name, kind, usable), selection)
        with_case = finds.is_compared_with_case(described, name)
        return finds.group_candidates(
            rows, values, object_name=described.info.name, with_case=with_case, by_id=by_id
        )

    def compile_filter(self, description: ObjectDescription, condition: Filter) -> str:
        """Render a neutral condition as SOQL; asks for descriptions of objects that a path leads to."""
        return filters.compile_filter(
            condition, lambda path: describes.resolve(description.name, path, self._known)
        )

    def usage(self) -> tuple[Usage, ...]:
        """Ask for the quotas now."""
        return orgs.parse_limits(cast("Json", self._calls.read(lambda client: client.limits())))

    def record_id(self, text: str) -> str | None:
        """Give an id in the form Salesforce answers with (18 characters); None for what is none. No call."""
        return ids.full_id(text)

    def _identity(self) -> Json:
        try:
            return cast("Json", self._calls.read(lambda client: client.oauth2("userinfo")) or {})
        except PermissionDeniedError:  # a token without the scope `id`
            return {}

    def _known(self, object_name: str) -> Described:
        if object_name.casefold() not in self._described:
            self.describe(object_name)
        return self._described[object_name.casefold()]

    def _fetch_by_id(self, selection: Selection, wanted: abc.Sequence[str]) -> list[PageRow]:
        if selection.has_hops:
            kind = selection.kinds[0]
            return self._rows_of(queries.prepare_keys(selection, "Id", kind, wanted), selection)
        bodies = [to_bytes(body) for body in queries.prepare_retrieve(selection, wanted)]
        path = f"composite/sobjects/{selection.object}"
        answers = (self._calls.read_posted(path, body) for body in bodies)
        return [row for records in answers for row in queries.parse_records(records, selection)]

    def _rows_of(self, asked: abc.Iterable[str], selection: Selection) -> list[PageRow]:
        pages = chain.from_iterable(self._read_pages(self._calls.query(soql), selection) for soql in asked)
        return list(chain.from_iterable(pages))

    def _read_pages(self, answer: Json, selection: Selection) -> abc.Iterator[list[PageRow]]:
        while True:
            rows = queries.parse_records(answer["records"], selection)
            if rows:
                yield rows
            address = queries.next_page(answer)
            if address is None:
                return
            answer = self._calls.query_more(address)

    def _read_in_bulk(self, selection: Selection, soql: str) -> abc.Iterator[list[PageRow]] | None:
        """Start a bulk query; None when Salesforce does not offer it for this object (the pages then do).

        A job whose answer was lost changes no record: it is left behind, and asked for anew.
        """
        try:
            answer = self._calls.read_posted(bulk_queries.JOBS, bulk_queries.prepare_query_job(soql))
        except InvalidRequestError:
            return None
        return self._bulk_pages(bulk_queries.parse_query_job(answer)[0], selection)

    def _bulk_pages(self, remote_id: str, selection: Selection) -> abc.Iterator[list[PageRow]]:
        self._wait_for(remote_id)
        locator: str | None = None
        while True:
            path, parameters = bulk_queries.prepare_results(remote_id, locator)
            headers, pieces = self._calls.download(path, parameters)
            yield from bulk_queries.parse_rows(pieces, selection)
            locator = bulk_queries.next_locator(headers)
            if locator is None:
                return

    def _wait_for(self, remote_id: str) -> None:
        waited, pause = 0.0, BULK_POLL_FIRST_S
        while True:
            answer = self._calls.read_json(f"{bulk_queries.JOBS}/{remote_id}")
            state = bulk_queries.parse_query_job(answer)[1]
            if state is RemoteState.COMPLETE:
                return
            if state is RemoteState.FAILED:
                raise InvalidRequestError("salesforce.bulk_query_failed", job=remote_id)
            if state is RemoteState.ABORTED or waited >= BULK_READ_WAIT_S:
                raise RetryableError("salesforce.bulk_query_late", job=remote_id, waited_s=waited)
            self._sleep(pause)
            waited += pause
            pause = min(pause * 1.5, BULK_POLL_MOST_S)
