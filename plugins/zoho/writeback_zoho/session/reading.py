"""The reading part of a session: who answers, what there is, rows by pull, by key and by reference.

A pull without a condition reads the module's list, whose answers GETs carry and the transport repeats; one
with a condition, or with paths that a query can follow, walks a query by id. Where the list ends (100,000
rows) the query goes on after the last id.
"""

from collections import abc
from datetime import datetime, timedelta
from itertools import count, islice

from writeback.errors import InvalidRequestError, MappingError, PermissionDeniedError
from writeback.model.connections import Org
from writeback.model.filters import Filter
from writeback.model.types import Value
from writeback.sdk.connector import ReadQuery
from writeback.sdk.values import Candidate, ObjectDescription, ObjectInfo, Page, Row, Usage
from writeback_zoho.limits import FIELDS_MOST, OVERLAP_S, QUERY_ROWS
from writeback_zoho.session.asking import Asking, Behind
from writeback_zoho.wire import chasing, coql, creates, filters, finds, lists, orgs, users
from writeback_zoho.wire.answers import Json
from writeback_zoho.wire.describes import KEY
from writeback_zoho.wire.ids import known_id
from writeback_zoho.wire.lists import Place
from writeback_zoho.wire.selections import Selection, joined_value, select
from writeback_zoho.wire.values import decode
from writeback_zoho.wire.versions import moment_of, token_of

PageRow = tuple[str, str | None, Row]


class Reading:
    """Reads; changes nothing at Zoho but the quota."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._calls = asking.calls

    def whoami(self) -> Org:
        """Say who answers; the user is left blank when the token may not ask who it is."""
        told = self._asking.org()
        try:
            answer = self._calls.get(*users.prepare_users(1, which="CurrentUser"))
        except PermissionDeniedError:  # a token without the scope for users
            return orgs.org_of(told, user="")
        return orgs.org_of(told, user=orgs.user_of(answer.content))

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the modules, and the users."""
        return self._asking.modules()

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all field facts of one module, asked anew."""
        return self._asking.describe(object_name).info

    def create_keys(self, object_name: str) -> tuple[str, ...]:
        """Give the unique texts that may be set as a record is made; asks for the description.

        `fetch` by one of them is a COQL query, not the search that lags behind (contract, trap 11). Should a
        query miss a row all the same, making it again is refused by the field: none is made twice.
        """
        return creates.create_keys(self._asking.known(object_name))

    def compile_filter(self, description: ObjectDescription, condition: Filter) -> str:
        """Render a condition as COQL; the modules that a path leads to are described, once a session."""
        if users.is_users(description.name):
            raise MappingError("filter.not_expressible", path=users.USERS, operator="")
        return filters.compile_filter(
            description, condition, describe=lambda name: self._asking.known(name).info
        )

    def count(self, object_name: str, condition: str = "") -> int:
        """Count the records that a filter selects; with a condition their ids are walked."""
        if users.is_users(object_name):
            _no_condition(condition)
            return sum(len(page) for page in self._asking.all_users())
        name = self._asking.known(object_name).info.name
        if not condition.strip():
            return lists.parse_count(self._calls.get(*lists.prepare_count(name)))
        return sum(len(rows) for rows in self._queried(name, (KEY,), coql.typed(condition)))

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give all records page by page, by id."""
        selection = select(query.object, query.paths, self._asking.known)
        behind, left = Behind(self._asking), query.limit
        for records, joined in self._pages(selection, query):
            kept = records if left is None else list(islice(records, left))
            if kept:
                yield Page(selection.paths, self._rows(kept, selection, behind, joined))
            if left is not None:
                left -= len(kept)
                if left <= 0:
                    return

    def read_deletes(self, object_name: str, *, since: str) -> abc.Iterator[tuple[str, ...]]:
        """Give ids of records deleted since `since`, in the recycle bin or gone for good; merged ones too."""
        described = self._asking.known(object_name)
        if not described.info.version_field:
            return
        start = moment_of(since) - timedelta(seconds=OVERLAP_S)
        for page in count(1):
            answer = self._calls.get(*lists.prepare_deleted(described.info.name, page))
            ids, has_more = lists.parse_deleted(answer, since=start)
            if ids:
                yield ids
            if not has_more:
                return

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read single records afresh: by id a hundred a call, by another field through queries."""
        selection = select(object_name, paths, self._asking.known)
        behind = Behind(self._asking)
        field = finds.key_field(self._asking.known(object_name), by)
        if field.name == KEY:
            records = self._by_id(selection.object, lists.known_ids(keys), selection.direct)
            return Page(selection.paths, self._rows(records, selection, behind))
        names = tuple(dict.fromkeys((field.name, *selection.direct)))
        records = self._by_field(selection.object, field.name, finds.usable_keys(keys, field), names)
        firsts = [decode(record.get(field.name), field.kind) for record in records if field.kind is not None]
        rows = self._rows(records, selection, behind)
        joined = [
            (key, version, (first, *row)) for first, (key, version, row) in zip(firsts, rows, strict=True)
        ]
        return Page((by, *selection.paths), joined)

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Look records up by a field; users by anything they have, inactive ones included."""
        described = self._asking.known(object_name)
        field = finds.key_field(described, by)
        if users.is_users(object_name):
            found = [user for page in self._asking.all_users() for user in page]
            return users.group_candidates(found, values, by=field.name)
        info = described.info
        if field.name == KEY:
            records = self._by_id(info.name, lists.known_ids(values), (info.name_field,))
        else:
            names = tuple(dict.fromkeys((field.name, info.name_field)))
            records = self._by_field(info.name, field.name, finds.usable_keys(values, field), names)
        return finds.group_candidates(
            records, values, by=field.name, title=info.name_field, object_name=info.name
        )

    def usage(self) -> tuple[Usage, ...]:
        """Ask for the quota now; Zoho tells what is left from 50 % use on."""
        told = orgs.parse_org(self._calls.get("org", {}).content)
        most = orgs.daily_credits(told, override=self._calls.access.options.get("daily_credits", ""))
        return orgs.usage_of(most=most, remaining=self._calls.remaining, spent=self._calls.spent)

    def record_id(self, text: str) -> str | None:
        """Give an id in the form Zoho answers with; None for what is none. No call."""
        return known_id(text)

    def _pages(
        self, selection: Selection, query: ReadQuery
    ) -> abc.Iterator[tuple[list[Json], tuple[str, ...]]]:
        """Give pages of records with all their direct fields, and the names a query has carried along."""
        if users.is_users(selection.object):
            _no_condition(query.filter)
            yield from ((page, ()) for page in self._asking.all_users())
            return
        since = _start(query.since) if query.since is not None and selection.version else None
        conditions = coql.typed(query.filter)
        joined = selection.joins()
        if not conditions and not joined:
            yield from ((page, ()) for page in self._listed(selection, since, query.limit))
            return
        if since is not None:
            conditions.append(coql.changed_since(selection.version, since))
        for page in self._whole(selection, conditions, joined=joined, limit=query.limit):
            yield page, joined

    def _listed(
        self, selection: Selection, since: datetime | None, limit: int | None
    ) -> abc.Iterator[list[Json]]:
        place: Place | None = Place()
        last: str | None = None
        first, *more = lists.field_chunks(selection.direct)
        headers = lists.since_header(since)
        while place is not None and not lists.is_past_pages(place):
            asked = lists.prepare_page(selection.object, first, place)
            try:
                answer = self._calls.get(*asked, headers)
            except InvalidRequestError as error:
                if error.code not in lists.ENDED:
                    raise
                break
            rows, place = lists.parse_page(answer, place)
            last = known_id(rows[-1].get(KEY)) if rows else last
            yield self._completed(selection.object, rows, more)
        if place is not None and last is not None:
            conditions = [] if since is None else [coql.changed_since(selection.version, since)]
            yield from self._whole(selection, conditions, after=last, limit=limit)

    def _whole(
        self,
        selection: Selection,
        conditions: abc.Sequence[str],
        *,
        joined: tuple[str, ...] = (),
        after: str | None = None,
        limit: int | None = None,
    ) -> abc.Iterator[list[Json]]:
        """Walk a query; fields beyond what it can carry are fetched by id."""
        first, *more = lists.field_chunks(selection.direct, room=FIELDS_MOST - 1 - len(joined))
        names = tuple(dict.fromkeys((KEY, *first, *joined)))
        for rows in self._queried(selection.object, names, conditions, after=after, limit=limit):
            yield self._completed(selection.object, rows, more)

    def _queried(
        self,
        module: str,
        names: abc.Iterable[str],
        conditions: abc.Sequence[str],
        *,
        after: str | None = None,
        limit: int | None = None,
    ) -> abc.Iterator[list[Json]]:
        columns = tuple(names)
        rows = QUERY_ROWS if limit is None else max(1, min(limit, QUERY_ROWS))
        last = after
        while True:
            query = coql.select(module, columns, conditions, after=last, rows=rows)
            found, following = coql.parse(self._calls.query(query, rows=rows))
            if found:
                yield found
            if following is None:
                return
            if last is not None and int(following) <= int(last):
                raise InvalidRequestError("zoho.unreadable_answer", expected="rows ordered by id")
            last = following

    def _completed(self, module: str, rows: list[Json], more: abc.Sequence[tuple[str, ...]]) -> list[Json]:
        """Add the fields that did not fit; a record deleted meanwhile is left out."""
        if not more or not rows:
            return rows
        ids = lists.known_ids(str(row.get(KEY)) for row in rows)
        rest = self._asking.by_ids(module, ids, [name for names in more for name in names])
        pairs = ((row, rest.get(known_id(row.get(KEY)) or "")) for row in rows)
        return [{**row, **part} for row, part in pairs if part is not None]

    def _by_id(self, module: str, ids: abc.Sequence[str], fields: tuple[str, ...]) -> list[Json]:
        if users.is_users(module):
            wanted = set(ids)
            return [u for page in self._asking.all_users() for u in page if known_id(u.get(KEY)) in wanted]
        return list(self._asking.by_ids(module, ids, fields).values())

    def _by_field(
        self, module: str, field: str, values: abc.Sequence[Value], names: tuple[str, ...]
    ) -> list[Json]:
        if users.is_users(module):
            wanted = {finds.folded(str(value)) for value in values}
            found = (u for page in self._asking.all_users() for u in page)
            return [user for user in found if finds.folded(str(user.get(field) or "")) in wanted]
        first, *more = lists.field_chunks(names, room=FIELDS_MOST - 1)
        columns = tuple(dict.fromkeys((KEY, *first)))
        pages = (
            page
            for condition in coql.keys_in(field, values)
            for page in self._queried(module, columns, [condition])
        )
        return [row for page in pages for row in self._completed(module, page, more)]

    def _rows(
        self,
        records: abc.Sequence[Json],
        selection: Selection,
        behind: Behind,
        joined: abc.Collection[str] = (),
    ) -> list[PageRow]:
        chased = [column for column in selection.columns if column.name not in joined]
        values = iter(chasing.values_of(records, chased, behind.fetch))
        columns = [
            [joined_value(record, column.name, column.kind) for record in records]
            if column.name in joined
            else next(values)
            for column in selection.columns
        ]
        rows: abc.Iterable[Row] = zip(*columns, strict=True) if columns else ((),) * len(records)
        version = selection.version
        return [
            (str(record[KEY]), token_of(record.get(version)) if version else None, row)
            for record, row in zip(records, rows, strict=True)
        ]


def _start(since: str) -> datetime:
    return moment_of(since) - timedelta(seconds=OVERLAP_S)


def _no_condition(condition: str) -> None:
    if condition.strip():
        raise InvalidRequestError("zoho.no_filter_on_users")
