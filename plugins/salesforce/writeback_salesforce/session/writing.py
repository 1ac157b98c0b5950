"""The writing part of a session: a few rows in one request, whose bytes are known before it leaves."""

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_salesforce.errors import SCHEMA_CODES
from writeback_salesforce.limits import COMPOSITE_ROWS
from writeback_salesforce.session.calls import Calls
from writeback_salesforce.wire import collections, composite, creates, records, values
from writeback_salesforce.wire.writes import steering


class Writing:
    """Writes rows, once per decision."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._options = calls.access.options
        steering(self._options)  # a bad option is told when the session opens
        self._has_composite = calls.access.options.get("composite_conditional", "true").lower() == "true"

    def conditional_most(self, route: str) -> int:
        """Most writes a conditional request of this route holds; 0: the route cannot."""
        most = {Route.SINGLE.value: 1, Route.BATCH.value: COMPOSITE_ROWS if self._has_composite else 0}
        return most.get(route, 0)

    def is_about_schema(self, code: str) -> bool:
        """Say whether a refusal of that code may mean that fields are no longer what they were."""
        return code in SCHEMA_CODES

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Say whether Salesforce would store `ours` as `theirs`."""
        return values.same_value(kind, ours, theirs)

    def prepare(self, request: WriteRequest) -> Prepared:
        """Turn writes into exact bytes: PATCH of a row, composite when conditional, else collections.

        With `creates_by`: POST of a row or of collections. A condition says nothing of what is not there yet.
        """
        steer = steering({**self._options, **dict(request.automation)})
        if request.creates_by and request.route in (Route.SINGLE, Route.BATCH):
            return creates.prepare_create(request, steer=steer)
        if request.route is Route.SINGLE:
            return records.prepare_update(request, steer=steer)
        if request.route is not Route.BATCH or (request.is_conditional and not self._has_composite):
            raise ContractBrokenError("salesforce.no_such_route", route=request.route.value)
        if request.is_conditional:
            return composite.prepare_composite(request, version=self._calls.version, steer=steer)
        return collections.prepare_collection(request, steer=steer)

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Send once, exactly the prepared bytes, and say for each write what became of it."""
        answer = self._calls.write(prepared)
        request = prepared.request
        if request.creates_by:
            return creates.parse_create(answer, request)
        if request.route is Route.SINGLE:
            return records.parse_update(answer, request)
        if request.is_conditional:
            return composite.parse_composite(answer, request)
        return collections.parse_collection(answer, request)
