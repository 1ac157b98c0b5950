import pytest

from writeback.errors import ConfigurationError
from writeback.model.jobs import Assurance, Route
from writeback.planning.routing import RouteTable, choose_route
from writeback.sdk.manifest import RouteFacts

ALL = tuple(Assurance)
FULL = RouteTable(
    RouteFacts(most_rows=1, assurance=ALL),
    RouteFacts(most_rows=200, assurance=ALL),
    RouteFacts(most_rows=1_000_000, assurance=(Assurance.B, Assurance.C), part_bytes=1),
    {Route.SINGLE: 1, Route.BATCH: 25},
)
PLAIN = RouteTable(RouteFacts(most_rows=1, assurance=(Assurance.B,)))


@pytest.mark.parametrize(
    ("rows", "route", "assurance"),
    [
        (0, Route.SINGLE, Assurance.A),
        (1, Route.SINGLE, Assurance.A),
        (2, Route.BATCH, Assurance.A),
        (25, Route.BATCH, Assurance.A),
        (26, Route.BATCH, Assurance.B),
        (2_000, Route.BATCH, Assurance.B),
        (2_001, Route.BULK, Assurance.B),
        (1_000_000, Route.BULK, Assurance.B),
    ],
)
def test_the_route_follows_the_number_of_rows(rows: int, route: Route, assurance: Assurance) -> None:
    choice = choose_route(rows, FULL)
    assert (choice.route, choice.assurance) == (route, assurance)


def test_a_forced_route_is_obeyed_with_the_best_assurance_it_gives() -> None:
    assert choose_route(5_000, FULL, forced=Route.SINGLE).assurance is Assurance.A
    assert choose_route(5_000, FULL, forced=Route.BATCH).assurance is Assurance.B
    assert choose_route(1, FULL, forced=Route.BULK).assurance is Assurance.B


def test_without_a_look_the_assurance_is_c() -> None:
    assert {choose_route(rows, FULL, compares=False).assurance for rows in (1, 20, 3_000)} == {Assurance.C}


def test_a_connector_without_the_big_routes_gets_there_with_the_small_ones() -> None:
    only_batch = RouteTable(FULL.single, FULL.batch)
    assert choose_route(5_000, only_batch).route is Route.BATCH
    assert choose_route(5_000, PLAIN).route is Route.SINGLE
    assert choose_route(1, PLAIN).assurance is Assurance.B
    assert choose_route(5_000, only_batch, forced=Route.BULK).route is Route.BATCH
    with pytest.raises(ConfigurationError) as caught:
        choose_route(1, PLAIN, forced=Route.BULK)
    assert caught.value.facts == {"route": "bulk"}


def test_versions_are_checked_for_any_number_of_rows_where_a_checked_request_holds_as_many() -> None:
    table = RouteTable(FULL.single, FULL.batch, checked_most={Route.SINGLE: 1, Route.BATCH: 200})
    assert choose_route(5_000, table).assurance is Assurance.A
    assert choose_route(5_000, table).calls == 25 * 3


def test_an_upload_is_chosen_from_the_number_of_rows_on_at_which_it_pays() -> None:
    dear = RouteTable(FULL.single, FULL.batch, FULL.bulk.model_copy(update={"from_rows": 5_000}))
    assert choose_route(4_999, dear).route is Route.BATCH
    assert choose_route(5_000, dear).route is Route.BULK


@pytest.mark.parametrize(
    ("rows", "options", "calls"),
    [
        (0, {}, 0),
        (1, {}, 3),
        (25, {}, 3),
        (400, {}, 6),
        (1, {"compares": False}, 1),
        (10_000, {}, 8 + 20),
        (10_000, {"compares": False}, 8),
    ],
)
def test_the_forecast_counts_compare_write_and_read_back(
    rows: int, options: dict[str, bool], calls: int
) -> None:
    assert choose_route(rows, FULL, **options).calls == calls


def test_a_route_without_limits_checks_nothing() -> None:
    assert PLAIN.checked(Route.BULK) == 0
    assert RouteTable(FULL.single).checked(Route.SINGLE) == 0
