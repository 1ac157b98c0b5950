"""Choose how a job-to-be travels: its route and its assurance, and what a person may choose instead.

Must not: judge a row; which rows an upload cannot carry is found before.
"""

from dataclasses import replace
from typing import Final

from writeback.engine.judging import Judged
from writeback.engine.reaching import Reach
from writeback.engine.terms import Terms
from writeback.errors import ConfigurationError
from writeback.model.jobs import Assurance, JobKind, Route
from writeback.planning import automating
from writeback.planning.routing import (
    RouteChoice,
    RouteTable,
    choose_create_route,
    choose_route,
    ways_of,
)
from writeback.store import plan_rows, plans
from writeback.store.plans import NewJob
from writeback.store.workspace import Workspace

BATCHES_MOST: Final = 10_000
"""A job of up to so many rows goes in batches when an upload cannot carry all of them."""


def ways_besides(
    terms: Terms, job: NewJob, judged: Judged, choice: RouteChoice, *, reach: Reach
) -> tuple[tuple[Route, Assurance], ...]:
    """Give what a person may choose instead, for rows that are judged already.

    An upload only where every row that is to be sent was found fit for one.
    """
    if terms.kind is JobKind.REAL_TIME or choice.assurance is Assurance.C or job.unreached or job.creates_by:
        return ()
    table = table_of(terms, job, reach)
    is_judged = terms.route in (None, Route.BULK)  # else nobody asked whether an upload can carry them
    fits = is_judged and (choice.route is Route.BULK or not judged.bulk_refused)
    return ways_of(table if fits else replace(table, bulk=None))


def table_of(terms: Terms, job: NewJob, reach: Reach) -> RouteTable:
    """Give the routes that carry the job's automation switches.

    Raises:
        ConfigurationError: An upload is asked for by hand, and cannot carry one of them.
    """
    table = reach.route_table()
    name = automating.not_in_bulk(reach.automation, job.automation)
    if name is None or table.bulk is None:
        return table
    if terms.route is Route.BULK:
        value = job.automation[name] or "''"
        raise ConfigurationError("automation.not_in_bulk", name=name, value=value)
    return replace(table, bulk=None)


def choose(
    terms: Terms, job: NewJob, judged: Judged, *, workspace: Workspace, reach: Reach
) -> tuple[plans.Totals, RouteChoice]:
    """Choose the route for what is left to be sent.

    Where an upload cannot carry some rows, a job that is not too big goes in batches instead, unless somebody
    asked for the upload; otherwise these rows are blocked first.
    """
    if job.creates_by:
        return _choose_for_new(terms, job, workspace=workspace, reach=reach)
    table = table_of(terms, job, reach)
    with workspace.reading() as db:
        totals = plans.count(db, job.id)
    choice = choose_route(
        totals.send, table, forced=terms.route, compares=terms.compares, asked=terms.assurance
    )
    refused = judged.bulk_refused if choice.route is Route.BULK else {}
    is_small = totals.send <= BATCHES_MOST and table.limits(Route.BATCH) is not None
    if refused and terms.route is None and is_small:
        choice = choose_route(
            totals.send, table, forced=Route.BATCH, compares=terms.compares, asked=terms.assurance
        )
    elif refused:
        reasons = {number: (reason, path) for number, (path, reason) in refused.items()}
        plan_rows.block(workspace, job.id, reasons)
        with workspace.reading() as db:
            totals = plans.count(db, job.id)
        # still BULK: a job that shrank below the threshold by these rows would need another judgement
        choice = choose_route(
            totals.send, table, forced=Route.BULK, compares=terms.compares, asked=terms.assurance
        )
    with workspace.writing() as db:
        plans.set_route(db, job.id, choice.route, choice.assurance, totals=totals)
    return totals, choice


def _choose_for_new(
    terms: Terms, job: NewJob, *, workspace: Workspace, reach: Reach
) -> tuple[plans.Totals, RouteChoice]:
    """Choose the route for records that are made: never an upload, else what a person chose."""
    with workspace.writing() as db:
        totals = plans.count(db, job.id)
        choice = choose_create_route(totals.send, reach.route_table(), forced=terms.route)
        plans.set_route(db, job.id, choice.route, choice.assurance)
    return totals, choice
