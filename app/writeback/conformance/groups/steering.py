"""Checks on automation switches: what a job was told to set off is what the CRM is told."""

from collections import abc
from dataclasses import replace

from writeback.conformance.benches import Bench, write_of
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import NotApplicableError, Tier, expect
from writeback.conformance.stages import Stage
from writeback.model.jobs import Route
from writeback.model.types import AttributeType


@check(Tier.SILVER)
def switches_reach_the_crm_singly(stage: Stage) -> None:
    """A job's automation switch reaches the CRM with a single write, and not the connection's own choice."""
    _obeys(stage, Route.SINGLE)


@check(Tier.SILVER)
def switches_reach_the_crm_in_batches(stage: Stage) -> None:
    """A job's automation switch reaches the CRM with every row of a batch."""
    if stage.subject.manifest.routes.batch is None:
        raise NotApplicableError("there is no route batch")
    _obeys(stage, Route.BATCH)


def _obeys(stage: Stage, route: Route) -> None:
    offered = [
        (name, value) for name, facts in stage.subject.manifest.automation.items() for value in facts.choices
    ]
    if not offered:
        raise NotApplicableError("no automation switch is claimed")
    with stage.bench() as bench:
        for number, (name, value) in enumerate(offered):
            seen = len(bench.applied())
            _write(bench, f"told {number}", route, ((name, value),))
            entries = bench.applied()[seen:]
            expect(entries, f"{name}={value}: nothing was written")
            for entry in entries:
                told = entry.get("automation")
                obeyed = told.get(name) if isinstance(told, abc.Mapping) else None
                expect(obeyed == value, f"{name}={value!r} was chosen, and the CRM was told {obeyed!r}")


def _write(bench: Bench, text: str, route: Route, automation: tuple[tuple[str, str], ...]) -> None:
    info, many = bench.field(AttributeType.TEXT), 1 if route is Route.SINGLE else 3
    writes = [write_of(f"k{key}", key, info, f"{text} {key}") for key in bench.ids(many)]
    request = replace(bench.request(writes, route=route), automation=automation)
    bench.session.write(bench.session.prepare(request))


CHECKS = checks_in(globals())
