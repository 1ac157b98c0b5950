"""What sending costs: units of the quota, days, time."""

import pytest

from writeback.model.jobs import Assurance, Route
from writeback.planning.forecasting import Forecast, Learned, Quota, Window, time_of
from writeback.planning.routing import RouteTable, choose_route, units_of
from writeback.sdk.manifest import RouteFacts

SINGLE = RouteFacts(most_rows=1, assurance=(Assurance.B, Assurance.C))
BATCH = RouteFacts(most_rows=100, assurance=(Assurance.B, Assurance.C), rows_a_unit=10)
UPLOAD = RouteFacts(most_rows=25_000, assurance=(Assurance.B, Assurance.C), part_bytes=1, units=500)
BY_CALLS = RouteTable(
    SINGLE, BATCH.model_copy(update={"rows_a_unit": None}), UPLOAD.model_copy(update={"units": 1})
)
BY_CREDITS = RouteTable(SINGLE, BATCH, UPLOAD)


@pytest.mark.parametrize("rows", [1, 7, 100, 101, 5_000, 60_000])
@pytest.mark.parametrize("route", Route)
def test_where_each_call_is_a_unit_the_calls_are_what_it_costs(rows: int, route: Route) -> None:
    choice = choose_route(rows, BY_CALLS, forced=route)
    assert units_of(rows, BY_CALLS, choice) == choice.calls


def test_credits_are_counted_by_ten_rows_and_by_the_upload() -> None:
    unseen = choose_route(105, BY_CREDITS, forced=Route.BATCH, compares=False)
    assert units_of(105, BY_CREDITS, unseen) == 11  # 100 rows cost ten, five rows one
    seen = choose_route(105, BY_CREDITS, forced=Route.BATCH)
    assert units_of(105, BY_CREDITS, seen) == 11 + 2 * 2  # two requests, each with two reads
    upload = choose_route(30_000, BY_CREDITS, forced=Route.BULK, compares=False)
    assert units_of(30_000, BY_CREDITS, upload) == 2 * 500
    assert units_of(0, BY_CREDITS, upload) == 0


def forecast(units: int, *, used: int, most: int = 1_000, reserve: float = 20) -> Forecast:
    return Forecast(1, units, None, Quota("daily", used, most), reserve)


def test_what_is_kept_for_people_is_not_there_for_jobs() -> None:
    assert forecast(1, used=300).left == 500
    assert forecast(1, used=900).left == 0
    assert forecast(1, used=900, reserve=0).left == 100
    assert (forecast(500, used=300).is_enough, forecast(501, used=300).is_enough) == (True, False)
    assert Forecast(1, 10**9, None).is_enough, "where no quota is told nobody can say it does not suffice"


def test_a_job_beyond_the_quota_is_sent_on_several_days() -> None:
    assert forecast(500, used=300).days == 1
    assert forecast(501, used=300).days == 2
    assert forecast(500 + 800, used=300).days == 2
    assert forecast(500 + 801, used=300).days == 3
    assert forecast(10, used=1_000, most=1_000, reserve=100).days == 11, (
        "a day that leaves nothing still ends"
    )
    assert forecast(50, used=0).share == 5


def test_the_time_is_learned_and_no_pace_is_undercut() -> None:
    narrow = Window(100, 10)
    assert time_of(40, 1_000, learned=Learned(), window=None) is None
    assert time_of(40, 1_000, learned=Learned(seconds_a_call=0.5), window=None) == 20
    assert time_of(40, 1_000, learned=Learned(0.5, rows_a_second=100), window=None) == 10
    assert time_of(1_000, 1_000, learned=Learned(seconds_a_call=0.001), window=narrow) == 100
    assert time_of(0, 0, learned=Learned(), window=narrow) == 0
