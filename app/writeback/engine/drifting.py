"""Find what drifted under an integration or a job: bases from the workspace, descriptions from the CRM.

An integration's base is the description its mappings were made, or last accepted, under. What has none,
because it was mapped by an older version, takes the CRM's next description as its base.

Must not: decide what a change means (`planning.drifting` does); apply a fix.
"""

from collections import abc
from dataclasses import replace
from datetime import datetime, timedelta

from writeback.engine.describing import LIVES_S, UnknownObjectError, describe
from writeback.model.changes import Reason
from writeback.model.drifts import Drift, DriftKind, Severity
from writeback.model.integrations import Integration
from writeback.model.jobs import Column
from writeback.planning.drift_uses import uses_of, uses_of_job
from writeback.planning.drifting import family, find_drifts
from writeback.sdk.connector import Session
from writeback.sdk.values import ObjectDescription
from writeback.store import descriptions, drift_bases
from writeback.store.workspace import Db, Workspace

__all__ = [
    "Now",
    "adopt",
    "family",
    "fatal",
    "find",
    "find_in_job",
    "find_kept",
    "stopped",
    "unreadable",
    "without",
]

Now = abc.Callable[[str], ObjectDescription | None]
"""Gives an object as the CRM describes it now; None: the CRM does not show it."""


def find(
    workspace: Workspace, session: Session, integration: Integration, *, afresh: bool = False
) -> tuple[Drift, ...]:
    """Compare an integration with what the CRM says; what is kept may be ten minutes old.

    Args:
        workspace: Where bases and descriptions are.
        session: Whom to ask.
        integration: What to compare.
        afresh: Ask for the pulled object's description, however young the kept one is.

    Raises:
        ConnectorError: The CRM could not be asked.
    """
    if not afresh:
        since = workspace.now() - timedelta(seconds=LIVES_S)
        with workspace.reading() as db:
            if drift_bases.is_undisturbed(db, integration.id, integration.connection_id, since=since):
                return ()
    asked: dict[str, ObjectDescription] = {}

    def now(name: str) -> ObjectDescription | None:
        if name in asked:
            return asked[name]
        most_s = 0.0 if afresh and name == integration.object else LIVES_S
        try:
            asked[name] = describe(workspace, session, integration.connection_id, name, most_s=most_s)
            return asked[name]
        except UnknownObjectError:
            return None

    return _compared(workspace, integration, now)


def find_kept(db: Db, integration: Integration) -> tuple[Drift, ...]:
    """Compare an integration with what the CRM last said; asks nobody."""
    if drift_bases.is_undisturbed(db, integration.id, integration.connection_id):
        return ()

    def now(name: str) -> ObjectDescription | None:
        if descriptions.is_missing(db, integration.connection_id, name):
            return None
        known = descriptions.get(db, integration.connection_id, name)
        return bases.get(name) if known is None else known[0]

    bases = drift_bases.of_integration(db, integration.id)
    return _find(integration, bases, now)


def find_in_job(
    base: ObjectDescription, now: ObjectDescription | None, columns: abc.Iterable[Column]
) -> tuple[Drift, ...]:
    """Compare what a job was planned under with what the CRM says now, as far as it writes it."""
    return find_drifts(base, now, uses_of_job(base.name, columns))


def stopped(drifts: abc.Iterable[Drift]) -> dict[str, Reason]:
    """Give by field path why nothing may be written there."""
    found: dict[str, Reason] = {}
    for drift in drifts:
        if drift.severity.stops_sending:
            for path in drift.paths:
                found.setdefault(path, Reason(drift.code, tuple(drift.facts.items())))
    return found


def unreadable(drifts: abc.Iterable[Drift]) -> frozenset[str]:
    """Give the field paths that a pull passes over."""
    return frozenset(path for one in drifts if one.severity is Severity.STOPS_PULL for path in one.paths)


def without(integration: Integration, paths: abc.Collection[str]) -> Integration:
    """Give an integration as if some paths were not mapped."""
    if not paths:
        return integration
    mappings = tuple(one for one in integration.mappings if str(one.path) not in paths)
    return replace(
        integration,
        mappings=mappings,
        link="" if integration.link in paths else integration.link,
        person="" if integration.person in paths else integration.person,
    )


def fatal(drifts: abc.Iterable[Drift], object_name: str) -> Drift | None:
    """Give the drift of the pulled object that leaves nothing to be pulled at all."""
    whole = (DriftKind.OBJECT_GONE, DriftKind.KEY_GONE)
    return next((one for one in drifts if one.kind in whole and one.object == object_name), None)


def adopt(db: Db, integration: Integration, paths: abc.Collection[str], *, at: datetime) -> None:
    """Take what the CRM last said of the fields along new paths as what they were mapped under."""
    bases = drift_bases.of_integration(db, integration.id)

    def kept(name: str) -> ObjectDescription | None:
        known = descriptions.get(db, integration.connection_id, name)
        return None if known is None else known[0]

    by_object: dict[str, list[str]] = {}
    for use in uses_of(integration, kept):
        if use.path in paths:
            by_object.setdefault(use.object, []).append(use.field)
    for name, fields in by_object.items():
        fresh = kept(name)
        if fresh is not None:
            base = bases.get(fresh.name)
            made = fresh if base is None else drift_bases.merged(base, fresh, fields)
            drift_bases.put(db, integration.id, made, at=at)


def _compared(workspace: Workspace, integration: Integration, now: Now) -> tuple[Drift, ...]:
    with workspace.reading() as db:
        bases = drift_bases.of_integration(db, integration.id)
    now(integration.object)
    new = {use.object for use in uses_of(integration, lambda name: bases.get(name) or now(name))}
    if lacking := [fresh for name in new if name not in bases and (fresh := now(name)) is not None]:
        with workspace.writing() as db:
            for fresh in lacking:
                drift_bases.put(db, integration.id, fresh, at=workspace.now())
        bases |= {fresh.name: fresh for fresh in lacking}
    return _find(integration, bases, now)


def _find(
    integration: Integration, bases: abc.Mapping[str, ObjectDescription], now: Now
) -> tuple[Drift, ...]:
    uses = uses_of(integration, lambda name: bases.get(name) or now(name))
    found: list[Drift] = []
    for name in dict.fromkeys(use.object for use in uses):
        base = bases.get(name)
        if base is not None:
            found += find_drifts(base, now(name), uses)
    order = tuple(Severity)
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))
