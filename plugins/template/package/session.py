"""A conversation with one Acme org. Each method: prepare, send, parse.

One refresh a call: on 401 a newer token is asked for once and the *same* call is made again. Nothing
else is repeated here: repeating reads is the host's trade, repeating writes nobody's.
"""

import json
from collections import abc
from typing import Any
from urllib.parse import quote

from writeback.errors import InvalidRequestError, OutcomeUnknownError, RetryableError
from writeback.model.connections import Environment, Org
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Access, HttpAnswer, Prepared, ReadQuery, WriteAnswer, WriteRequest
from writeback.sdk.values import Candidate, ObjectDescription, ObjectInfo, Page
from writeback_acme import wire
from writeback_acme.errors import error_for
from writeback_acme.limits import BATCH_ROWS, LOOKUP_VALUES


class AcmeSession:
    """Meets `Session`, `CreatesRecords` and `WritesConditionally`. Used by one thread at a time."""

    def __init__(self, access: Access) -> None:
        """Keep what was handed over; makes no call."""
        self._access = access
        self._described: dict[str, ObjectDescription] = {}

    def whoami(self) -> Org:
        """Say who answers."""
        told = self._get("/v1/me")
        kind = Environment.PRODUCTION if told["org"]["is_production"] else Environment.TEST
        return Org(str(told["org"]["id"]), str(told["org"]["name"]), str(told["user"]), kind)

    def objects(self) -> tuple[ObjectInfo, ...]:
        """List the objects."""
        return tuple(
            ObjectInfo(one["name"], one["label"], custom=False, updateable=one["writable"], queryable=True)
            for one in self._get("/v1/objects")["objects"]
        )

    def describe(self, object_name: str) -> ObjectDescription:
        """Give all field facts of one object, asked anew."""
        told = self._get(f"/v1/objects/{quote(object_name)}/fields")
        self._described[object_name] = wire.parse_description(object_name, told)
        return self._described[object_name]

    def count(self, object_name: str, condition: str = "") -> int:
        """Count the records that a filter selects."""
        asked = {"fields": "Id", "where": condition, "limit": "0"}
        return int(self._get(f"/v1/objects/{quote(object_name)}/records", asked)["total"])

    def read(self, query: ReadQuery) -> abc.Iterator[Page]:
        """Give all records page by page."""
        kinds = self._kinds(query.object, query.paths)
        asked = {"fields": ",".join(query.paths), "where": query.filter, "since": query.since or ""}
        size, left = int(self._access.options.get("page_size", "200")), query.limit
        after = ""
        while left is None or left > 0:
            most = size if left is None else min(size, left)
            page = {**asked, "after": after, "limit": str(most)}
            told = self._get(f"/v1/objects/{quote(query.object)}/records", page)
            if told["records"]:
                yield wire.parse_records(told["records"], query.paths, kinds)
            left = None if left is None else left - len(told["records"])
            after = told["next"] or ""
            if not after:
                return

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read single records afresh by key; a missing one is left out."""
        columns = tuple(paths) if by == "Id" else (by, *paths)
        kinds = self._kinds(object_name, columns)
        records = self._lookup(object_name, by, keys, columns)
        return wire.parse_records(records, columns, kinds)

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Look records up by a field; every value asked for is a key of the answer."""
        found: dict[str, list[Candidate]] = {value: [] for value in values}
        folded: dict[str, list[str]] = {}
        for value in values:
            folded.setdefault(value.casefold(), []).append(value)
        for one in self._lookup(object_name, by, values, (by, "Name")):
            candidate = Candidate(str(one["id"]), str(one["fields"]["Name"]), object=object_name)
            for value in folded.get(str(one["fields"][by]).casefold(), ()):
                found[value].append(candidate)
        return {value: tuple(candidates) for value, candidates in found.items()}

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Say whether Acme would store `ours` as `theirs`: empty text is nothing, options have no order."""
        if kind is AttributeType.MULTI_LIST:
            sets = [set(value) if isinstance(value, tuple) else set() for value in (ours, theirs)]
            return sets[0] == sets[1]
        return (ours or None if isinstance(ours, str) else ours) == theirs

    def create_keys(self, object_name: str) -> tuple[str, ...]:
        """Give the texts of which Acme refuses a second record of the same value.

        `fetch` by one of them is a look-up in the records themselves, not a search that lags behind.
        """
        known = self._described.get(object_name) or self.describe(object_name)
        texts = (AttributeType.TEXT, AttributeType.EMAIL)
        unique = [one for one in known.fields if one.is_unique and one.is_createable]
        return tuple(one.name for one in unique if one.kind in texts)

    def conditional_most(self, route: str) -> int:
        """Most writes a conditional request of this route holds; 0: the route cannot."""
        return {Route.SINGLE.value: 1, Route.BATCH.value: BATCH_ROWS}.get(route, 0)

    def prepare(self, request: WriteRequest) -> Prepared:
        """Turn writes into the exact bytes that would be sent; makes no call."""
        return wire.prepare_write(request)

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Send once, exactly the prepared bytes, and say for each write what became of it.

        Raises:
            RetryableError: Nothing was processed.
            OutcomeUnknownError: Sent, and no readable answer came.
        """
        headers = {**dict(prepared.headers), "Content-Type": "application/json"}
        answer = self._send(prepared.method, prepared.path, data=prepared.body, headers=headers)
        writes, by = prepared.request.writes, prepared.request.creates_by
        if prepared.request.route is Route.SINGLE:
            told = wire.parse_single(answer.status_code, answer.content, writes[0], by=by)
            if told is not None:
                return told
        elif answer.status_code in {200, 207}:
            return wire.parse_batch(answer.content, writes, by=by)
        raise error_for(answer.status_code, answer.content, is_write=True)

    def _kinds(self, object_name: str, paths: abc.Sequence[str]) -> list[AttributeType | None]:
        """Give the type of each path, following references.

        Raises:
            InvalidRequestError: A path leads nowhere.
        """
        return [self._kind(object_name, path) for path in paths]

    def _kind(self, object_name: str, path: str) -> AttributeType | None:
        hop, _, rest = path.partition(".")
        known = self._described.get(object_name) or self.describe(object_name)
        info = known.reference(hop) if rest else known.field(hop)
        if info is None:
            raise InvalidRequestError("acme.no_such_field", object=object_name, path=path[:200])
        return self._kind(info.reference.targets[0], rest) if rest and info.reference else info.kind

    def _lookup(
        self, object_name: str, by: str, values: abc.Sequence[str], columns: abc.Sequence[str]
    ) -> list[Any]:
        """Ask for records by a field, so many values a call; each record once."""
        found: dict[str, Any] = {}
        wanted = list(dict.fromkeys(values))
        for start in range(0, len(wanted), LOOKUP_VALUES):
            asked = {"by": by, "values": wanted[start : start + LOOKUP_VALUES], "fields": list(columns)}
            body = json.dumps(asked).encode()
            told = self._read("POST", f"/v1/objects/{quote(object_name)}/lookup", data=body)
            found.update({str(one["id"]): one for one in told["records"]})
        return list(found.values())

    def _get(self, path: str, asked: abc.Mapping[str, str] | None = None) -> Any:  # noqa: ANN401  JSON
        return self._read("GET", path, params={name: text for name, text in (asked or {}).items() if text})

    def _read(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401  JSON
        """Ask something that changes nothing.

        Raises:
            RetryableError: No readable answer: it may be asked again.
            RefusedError: Acme said no.
        """
        try:
            answer = self._send(method, path, **options)
        except OutcomeUnknownError as error:  # a look-up is a POST: what was lost is only an answer
            raise RetryableError("acme.read_unanswered", cause=error.code) from None
        if answer.status_code != 200:
            raise error_for(answer.status_code, answer.content, is_write=False)
        try:
            return json.loads(answer.content)
        except ValueError:
            raise RetryableError("acme.read_unreadable") from None

    def _send(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any
    ) -> HttpAnswer:
        token = self._access.token()
        answer = self._once(method, path, token, headers or {}, options)
        if answer.status_code == 401:
            answer = self._once(method, path, self._access.refresh(token), headers or {}, options)
        return answer

    def _once(
        self, method: str, path: str, token: str, headers: dict[str, str], options: abc.Mapping[str, object]
    ) -> HttpAnswer:
        signed = {**headers, "Authorization": f"Bearer {token}"}
        url = self._access.origin + path
        answer: HttpAnswer = self._access.http.request(method, url, headers=signed, **options)
        return answer
