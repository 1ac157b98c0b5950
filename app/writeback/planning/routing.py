"""Choose how a job's rows travel, and forecast what that costs.

One row goes alone, a handful in requests whose versions the CRM checks, some thousands in plain
batches, more as an asynchronous upload. A forced route is obeyed as long as the connector has it;
BULK means *one big job*, so where a CRM has no uploads it goes as many batches.

Must not: look at rows; only their number counts.
"""

from collections import abc
from dataclasses import dataclass, replace

from writeback.errors import ConfigurationError
from writeback.model.jobs import Assurance, Route
from writeback.planning.facts import RouteLimits

BATCH_MOST = 2_000
"""More rows than this go by BULK, where there is one and it names no number of its own."""
BULK_STEADY_CALLS = 8
"""Create, upload, close, a few looks at the state, results and refused rows of one upload."""
COMPARE_ROWS = 500
"""Rows one compare read covers, at a guess: the connector cuts reads by the length of the address."""


@dataclass(frozen=True, slots=True)
class RouteTable:
    """The routes of one connector, and how many writes a version-checked request of each holds."""

    single: RouteLimits
    batch: RouteLimits | None = None
    bulk: RouteLimits | None = None
    checked_most: abc.Mapping[Route, int] | None = None
    """By `WritesConditionally.conditional_most`; a route that is absent or 0 cannot check."""

    def limits(self, route: Route) -> RouteLimits | None:
        """Give the limits of one route; None when the connector lacks it."""
        return {Route.SINGLE: self.single, Route.BATCH: self.batch, Route.BULK: self.bulk}[route]

    def checked(self, route: Route) -> int:
        """Give how many writes a version-checked request of this route holds."""
        limits = self.limits(route)
        if limits is None or Assurance.A not in limits.assurance:
            return 0
        most = (self.checked_most or {}).get(route, 0)
        return min(most, limits.most_rows)


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """How a job's rows travel."""

    route: Route
    assurance: Assurance
    calls: int
    """Forecast of API calls to send them, compare and read-back reads included."""
    makes: bool = False
    """They become records: no version is checked, so requests are as large as they come."""

    @property
    def sized(self) -> Assurance:
        """The level by which requests have their size."""
        return Assurance.B if self.makes else self.assurance


def choose_route(
    rows: int,
    table: RouteTable,
    *,
    forced: Route | None = None,
    compares: bool = True,
    asked: Assurance | None = None,
) -> RouteChoice:
    """Choose route and assurance for so many rows to be sent.

    Args:
        rows: How many records will be written.
        table: What the connector offers.
        forced: The person's own choice; None: by volume.
        compares: False gives assurance C: nobody looks before writing.
        asked: The person's own choice who checks, A or B; None: the CRM, where that costs nothing.

    Raises:
        ConfigurationError: The connector lacks the forced route, or does not check on it (`route.unchecked`).
    """
    if forced is Route.BULK and table.bulk is None and table.batch is not None:
        forced = Route.BATCH
    if forced is not None and table.limits(forced) is None:
        raise ConfigurationError("route.missing", route=forced.value)
    route = forced or _by_volume(rows, table)
    if not compares:
        assurance = Assurance.C
    elif asked is not None:
        if asked not in _offered(table, route):
            raise ConfigurationError("route.unchecked", route=route.value, assurance=asked.value)
        assurance = asked
    elif table.checked(route) and (rows <= table.checked(route) or _checks_for_free(route, table)):
        assurance = Assurance.A
    else:
        assurance = Assurance.B
    return RouteChoice(route, assurance, calls_of(rows, table, route, assurance))


def ways_of(table: RouteTable) -> tuple[tuple[Route, Assurance], ...]:
    """Give every route with who checks on it, the CRM first: what a person may choose by hand."""
    routes = (route for route in Route if table.limits(route) is not None)
    return tuple((route, one) for route in routes for one in _offered(table, route))


def choose_create_route(rows: int, table: RouteTable, *, forced: Route | None = None) -> RouteChoice:
    """Choose how so many rows travel that become records: never as an upload.

    The CRM itself refuses a second record of one key, on every route: that is assurance A, and requests are
    as large as they come.
    """
    plain = replace(table, bulk=None)
    is_there = forced is not None and plain.limits(forced) is not None
    return created(rows, plain, forced if forced is not None and is_there else _by_volume(rows, plain))


def created(rows: int, table: RouteTable, route: Route) -> RouteChoice:
    """Give the choice of a route for rows that become records."""
    return RouteChoice(route, Assurance.A, calls_of(rows, table, route, Assurance.B), makes=True)


def chosen_by_hand(rows: int, table: RouteTable, route: Route, assurance: Assurance) -> RouteChoice:
    """Give the choice of a route and who checks, as it was made."""
    return RouteChoice(route, assurance, calls_of(rows, table, route, assurance))


def _offered(table: RouteTable, route: Route) -> tuple[Assurance, ...]:
    """Give who may check on a route, but for nobody."""
    limits = table.limits(route)
    checks = (Assurance.A,) if table.checked(route) else ()
    return (*checks, Assurance.B) if limits is not None and Assurance.B in limits.assurance else checks


def requests_of(rows: int, table: RouteTable, route: Route, assurance: Assurance) -> int:
    """Give how many requests, or uploads, so many rows are sent in."""
    return _ceil(rows, _size(table, route, assurance)) if rows else 0


def units_of(rows: int, table: RouteTable, choice: RouteChoice) -> int:
    """Give what it costs of the daily quota: reads count one each, requests what the connector says."""
    limits = table.limits(choice.route)
    if limits is None or not rows:
        return 0
    size = _size(table, choice.route, choice.sized)
    full, rest = divmod(rows, size)
    cost = full * _units(limits, size) + (_units(limits, rest) if rest else 0)
    requests = requests_of(rows, table, choice.route, choice.sized)
    if choice.route is Route.BULK and limits.units > 1:  # the price of an upload covers all its calls
        requests *= BULK_STEADY_CALLS
    return cost + choice.calls - requests


def _units(limits: RouteLimits, rows: int) -> int:
    return max(limits.units, _ceil(rows, limits.rows_a_unit) if limits.rows_a_unit else 0)


def _size(table: RouteTable, route: Route, assurance: Assurance) -> int:
    limits = table.limits(route)
    if assurance is Assurance.A:
        return max(1, table.checked(route))
    return limits.most_rows if limits is not None else 1


def _checks_for_free(route: Route, table: RouteTable) -> bool:
    """Say whether a version-checked request of this route holds as many writes as any other."""
    limits = table.limits(route)
    return limits is not None and table.checked(route) == limits.most_rows


def _by_volume(rows: int, table: RouteTable) -> Route:
    if rows <= 1:
        return Route.SINGLE
    if table.bulk is not None and rows >= (table.bulk.from_rows or BATCH_MOST + 1):
        return Route.BULK
    return Route.BATCH if table.batch is not None else Route.SINGLE


def calls_of(rows: int, table: RouteTable, route: Route, assurance: Assurance) -> int:
    """Forecast the API calls of sending so many rows, compare and read-back reads included."""
    limits = table.limits(route)
    if rows == 0 or limits is None:
        return 0
    if route is Route.BULK:
        compares = 0 if assurance is Assurance.C else _ceil(rows, COMPARE_ROWS)
        return _ceil(rows, limits.most_rows) * BULK_STEADY_CALLS + compares
    size = limits.most_rows
    if assurance is Assurance.A:
        size = table.checked(route)
    requests = _ceil(rows, size)
    return requests if assurance is Assurance.C else requests * 3  # compare, write, read the version back


def _ceil(rows: int, size: int) -> int:
    return -(-rows // max(1, size))
