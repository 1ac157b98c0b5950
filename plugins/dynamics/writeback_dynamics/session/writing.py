"""The writing part of a session: rows in one request, whose bytes are known before it leaves."""

from typing import Final

from writeback.errors import ContractBrokenError, InvalidRequestError
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_dynamics.errors import SCHEMA_CODES
from writeback_dynamics.limits import BATCH_PARTS
from writeback_dynamics.session.calls import Calls
from writeback_dynamics.session.catalogue import Catalogue
from writeback_dynamics.session.reading import Reading
from writeback_dynamics.wire import batches, creates, multiples, queries, records, values, writes
from writeback_dynamics.wire.describes import Described
from writeback_dynamics.wire.queries import Selection
from writeback_dynamics.wire.writes import Pointing

_MULTIPLE: Final = "update_multiple"


class Writing(Reading):
    """Writes rows, once per decision; reads only to learn which table an id belongs to."""

    def __init__(self, calls: Calls, catalogue: Catalogue) -> None:
        """Make no call.

        Raises:
            ConfigurationError: An option of the connection is malformed.
        """
        super().__init__(calls, catalogue)
        self._options = calls.access.options
        writes.steering(self._options)  # a bad option is told when the session opens
        self._prefers_multiple = calls.access.options.get("batch_unchecked", _MULTIPLE) == _MULTIPLE
        self._targets: dict[str, str] = {}

    def conditional_most(self, route: str) -> int:
        """Most writes a conditional request of this route holds; 0: the route cannot."""
        return {Route.SINGLE.value: 1, Route.BATCH.value: BATCH_PARTS}.get(route, 0)

    def is_about_schema(self, code: str) -> bool:
        """Say whether a refusal of that code may mean that fields are no longer what they were."""
        return code in SCHEMA_CODES

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Say whether Dataverse would store `ours` as `theirs`."""
        return values.same_value(kind, ours, theirs)

    def prepare(self, request: WriteRequest) -> Prepared:
        """Turn writes into exact bytes: a PATCH, a $batch of them, or UpdateMultiple without a check.

        With `creates_by`: a POST, or a $batch of them; a condition says nothing of what is not there yet.

        Makes no call once the session has described the table, but for ids in lookups with several
        targets: which table such an id belongs to is asked for once.

        Raises:
            ContractBrokenError: The request is none that this route can carry.
            InvalidRequestError: A write cannot be done as it stands; nothing was sent.
        """
        if request.route is Route.BULK:
            raise ContractBrokenError("dynamics.no_such_route", route=request.route.value)
        described = self._catalogue.known(request.object)
        if not described.info.is_updateable:
            raise InvalidRequestError("dynamics.read_only_table", object=request.object)
        pointing = self._pointing(request, described)
        steer = writes.steering({**self._options, **dict(request.automation)})
        if request.creates_by:
            return creates.prepare_create(request, described, pointing, steer=steer)
        if request.route is Route.SINGLE:
            return records.prepare_update(request, described, pointing, steer=steer)
        if self._goes_as_multiple(request, described):
            return multiples.prepare_multiple(request, described, pointing, steer=steer)
        return batches.prepare_batch(request, described, pointing, steer=steer)

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Send once, exactly the prepared bytes, and say for each write what became of it."""
        request = prepared.request
        described = self._catalogue.known(request.object) if request.creates_by else None
        answer = self._calls.write(prepared)
        if described is not None:
            return creates.parse_create(answer, request, described)
        if request.route is Route.SINGLE:
            return records.parse_update(answer, request)
        if prepared.path == batches.PATH:
            return batches.parse_batch(answer, request)
        return multiples.parse_multiple(answer, request)

    def _goes_as_multiple(self, request: WriteRequest, described: Described) -> bool:
        """A row that stands alone goes as a part of its own: its answer says more."""
        if request.is_conditional or len(request.writes) == 1 or not self._prefers_multiple:
            return False
        return self._catalogue.takes_multiple(described.table)

    def _pointing(self, request: WriteRequest, described: Described) -> Pointing:
        for column, ids in writes.polymorphic_ids(request.writes, described).items():
            field = described.info.field(column)
            targets = field.reference.targets if field is not None and field.reference is not None else ()
            self._learn(ids, targets)
        return Pointing(self._catalogue.tables(), self._targets)

    def _learn(self, ids: set[str], targets: tuple[str, ...]) -> None:
        """Ask each table in turn, people first, until all ids are placed."""
        for target in sorted(targets, key=lambda name: name != "systemuser"):
            missing = sorted(ids - self._targets.keys())
            if not missing:
                return
            table = self._catalogue.table(target)
            for condition in queries.conditions_of_ids(table, missing):
                for answer in self._pages(queries.prepare_ids(table, condition=condition)):
                    found = queries.parse_rows(answer, Selection(table, (), ()))
                    self._targets |= {record_id: target for record_id, _etag, _values in found}
