"""The writing part of a session: a few rows in one request, whose bytes are known before it leaves."""

from writeback.errors import ContractBrokenError
from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Value
from writeback.sdk.connector import Prepared, WriteAnswer, WriteRequest
from writeback_zoho.errors import SCHEMA_CODES
from writeback_zoho.limits import WRITE_ROWS
from writeback_zoho.session.asking import Asking
from writeback_zoho.wire import creates, values, writes


class Writing:
    """Writes rows, once per decision."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._trigger = asking.calls.access.options.get("trigger", "")
        writes.trigger_of(self._trigger)  # a bad option is told when the session opens

    def conditional_most(self, route: str) -> int:
        """Most writes a conditional request of this route holds; 0: the route cannot.

        Zoho's condition is one header for the whole request: see `conditional_alike` for a batch.
        """
        return 1 if route == Route.SINGLE.value else 0

    def is_about_schema(self, code: str) -> bool:
        """Say whether a refusal of that code may mean that fields are no longer what they were."""
        return code in SCHEMA_CODES

    def conditional_alike(self, route: str) -> int:
        """Most writes of a checked request whose rows all have one version; 0: the route cannot."""
        return WRITE_ROWS if route == Route.BATCH.value else 0

    def same_value(self, kind: AttributeType, ours: Value, theirs: Value) -> bool:
        """Say whether Zoho would store `ours` as `theirs`."""
        return values.same_value(kind, ours, theirs)

    def prepare(self, request: WriteRequest) -> Prepared:
        """Turn writes into exact bytes.

        Whether a text is a reference and how an integer is written is told by the fields' metadata: where
        this session has not read them yet and a wish depends on it, they are read now (nothing is written).
        """
        if request.route not in (Route.SINGLE, Route.BATCH):
            raise ContractBrokenError("zoho.no_such_route", route=request.route.value)
        described = self._asking.remembered(request.object)
        if described is None and writes.needs_crm_types(request):
            described = self._asking.describe(request.object)
        crm_type = described.crm_type if described is not None else _untold
        trigger = writes.trigger_of(dict(request.automation).get("trigger", self._trigger))
        if request.creates_by:
            return creates.prepare_create(request, crm_type=crm_type, trigger=trigger)
        return writes.prepare_update(request, crm_type=crm_type, trigger=trigger)

    def write(self, prepared: Prepared) -> WriteAnswer:
        """Send once, exactly the prepared bytes, and say for each write what became of it."""
        answer = self._asking.calls.write(prepared)
        parse = creates.parse_create if prepared.request.creates_by else writes.parse_update
        return parse(answer, prepared.request)


def _untold(name: str) -> str:
    del name
    return ""
