"""Checks on neutral filters: what a person asks for in words is what the CRM is asked for."""

from writeback.conformance.benches import Bench
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.stages import Stage
from writeback.errors import MappingError
from writeback.model.fieldpaths import FieldPath
from writeback.model.filters import Comparison, Every, Filter, Operator
from writeback.model.types import AttributeType
from writeback.sdk.capabilities import CompilesFilters
from writeback.sdk.connector import ReadQuery

HOSTILE = 'O\'Neil "&" 1=1'


@check(Tier.SILVER)
def filters_select_what_they_say(stage: Stage) -> None:
    """A neutral filter selects the records it describes and no others, quotes and all."""
    with stage.bench() as bench:
        info = bench.field(AttributeType.TEXT)
        wanted = bench.ids(5)[1:3]
        for one in wanted:
            bench.must_set(one, info, HOSTILE)
        path = FieldPath.parse(info.name)
        same = Comparison(path, Operator.EQUALS, (HOSTILE,))
        for condition in (same, Every((same, Comparison(path, Operator.IS_FILLED)))):
            text = _compiled(bench, condition)
            query = ReadQuery(bench.name, (info.name,), filter=text)
            found = sorted(row[0] for page in bench.session.read(query) for row in page.rows)
            expect(found == sorted(wanted), f"{len(wanted)} records are described, {len(found)} came")
            expect(bench.session.count(bench.name, text) == len(wanted), "count counts others")


@check(Tier.SILVER)
def filters_on_nothing_are_refused(stage: Stage) -> None:
    """A neutral filter on a path that is not there is refused as it is compiled."""
    path = FieldPath.parse("Nothing_Of_That_Name")
    try:
        _compiled(stage.shared, Comparison(path, Operator.EQUALS, ("x",)))
    except MappingError:
        return
    expect(holds=False, found="it was compiled")


def _compiled(bench: Bench, condition: Filter) -> str:
    if not isinstance(bench.session, CompilesFilters):
        raise NotApplicableError("CompilesFilters is not claimed")
    return bench.session.compile_filter(bench.describe(), condition)


CHECKS = checks_in(globals())
