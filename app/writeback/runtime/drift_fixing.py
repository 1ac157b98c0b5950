"""Do what is offered about a drift, and take the CRM's new description as the base.

Nothing is fixed by itself: a person, or a command, names each change. A fix that cannot be carried out
leaves the drift where it was.
"""

from collections import abc
from dataclasses import replace
from typing import Final

from writeback.engine import drifting
from writeback.errors import MappingError
from writeback.model.attributes import Attribute, Option
from writeback.model.drifts import Drift, DriftKind, FixKind
from writeback.model.events import EventKind
from writeback.model.integrations import FieldMapping, Integration
from writeback.planning.drifting import family
from writeback.runtime.drift_accepting import accepted
from writeback.runtime.drift_lines import may_accept, report_of
from writeback.runtime.facade.drifts import DriftReport
from writeback.runtime.mapping import Mapping
from writeback.runtime.sessions import Sessions
from writeback.sdk.values import FieldInfo
from writeback.store import acts, descriptions, drift_bases, integrations, moving
from writeback.store import model as store_model
from writeback.store.workspace import Db, Workspace

_OF_OBJECT: Final = frozenset({DriftKind.OBJECT_READ_ONLY})


class DriftFixing:
    """The part of the façade that lists drifts and settles them."""

    def __init__(self, workspace: Workspace, *, sessions: Sessions, mapping: Mapping) -> None:
        self._workspace = workspace
        self._sessions = sessions
        self._mapping = mapping

    def report(self, integration_text: str) -> DriftReport:
        """Compare with fresh descriptions. See `Facade.drifts`."""
        integration = self._mapping.find_integration(integration_text)
        return report_of(integration.id, integration.object, self._found(integration, afresh=True))

    def fix(self, integration_text: str, keys: abc.Sequence[str]) -> DriftReport:
        """Do what is offered. See `Facade.fix_drifts`."""
        integration = self._mapping.find_integration(integration_text)
        for drift in _chosen(self._found(integration), keys):
            if drift.fix.kind is FixKind.NONE:
                raise MappingError("drift.no_fix", **drift.facts)
            self._fix(self._mapping.find_integration(integration_text), drift)
        return self._left(integration)

    def accept(self, integration_text: str, keys: abc.Sequence[str]) -> DriftReport:
        """Take the new description as the base. See `Facade.accept_drifts`."""
        integration = self._mapping.find_integration(integration_text)
        found = self._found(integration)
        chosen = _chosen(found, keys) if keys else tuple(one for one in found if may_accept(one))
        for drift in chosen:
            if not may_accept(drift):
                raise MappingError("drift.not_acceptable", **drift.facts)
        for drift in chosen:
            self._take_base(integration, drift, act="drift.accepted")
        return self._left(integration)

    def _found(self, integration: Integration, *, afresh: bool = False) -> tuple[Drift, ...]:
        session = self._sessions.open(integration.connection_id)
        return drifting.find(self._workspace, session, integration, afresh=afresh)

    def _left(self, integration: Integration) -> DriftReport:
        left = self._found(self._mapping.find_integration(integration.id))
        return report_of(integration.id, integration.object, left)

    def _fix(self, integration: Integration, drift: Drift) -> None:
        touched = [one for one in integration.mappings if str(one.path) in drift.paths]
        match drift.fix.kind:
            case FixKind.MAP_TO:
                self._move(integration, drift)
            case FixKind.DROP_MAPPING:
                self._mapping.unmap_fields(integration.id, tuple(str(one.path) for one in touched))
            case FixKind.SWITCH_OFF:
                off = tuple(replace(one, write_back=False) for one in touched if one.write_back)
                with self._workspace.writing() as db:
                    integrations.map_fields(db, integration.id, off)
            case FixKind.TAKE_OPTIONS:
                self._take_options(integration, drift, touched)
            case FixKind.TAKE_TYPE:
                self._take_type(integration, touched)
            case _:
                pass
        self._take_base(integration, drift, act="drift.fixed")

    def _move(self, integration: Integration, drift: Drift) -> None:
        with self._workspace.writing() as db:
            for old, new in drift.fix.moves:
                if old in integration.ties:
                    moving.move_tie(db, integration.id, old, new)
                if any(str(one.path) == old for one in integration.mappings):
                    moving.move_path(db, integration.id, old, new)

    def _take_options(
        self, integration: Integration, drift: Drift, touched: abc.Iterable[FieldMapping]
    ) -> None:
        now = self._field(integration, drift, drift.field)
        if now is None:
            raise MappingError("drift.no_fix", **drift.facts)
        with self._workspace.writing() as db:
            known = {one.name: one for one in store_model.attributes(db, integration.entity)}
            for mapping in touched:
                attribute = known[mapping.attribute]
                store_model.change_attribute(
                    db, replace(attribute, options=_options(attribute.options, now.options))
                )

    def _take_type(self, integration: Integration, touched: abc.Iterable[FieldMapping]) -> None:
        """Go on with the new type; an attribute that cannot hold it is followed by a new one."""
        with self._workspace.reading() as db:
            known = {one.name: one for one in store_model.attributes(db, integration.entity)}
        for mapping in touched:
            now = self._mapping.facts_of(
                self._sessions.connection(integration.connection_id), integration.object, mapping.path
            ).end
            if now.kind is None or _holds(known[mapping.attribute], now):
                continue
            name = _free(f"{mapping.attribute}_{now.kind.value}", known)
            moved = replace(mapping, attribute=name, write_back=False, empty_default="")
            self._mapping.as_if(integration, (moved,))
            self._mapping.unmap_fields(integration.id, (str(mapping.path),))
            with self._workspace.writing() as db:
                moving.forget_column(db, integration.id, str(mapping.path))
            self._mapping.map_fields(integration.id, (moved,))

    def _take_base(self, integration: Integration, drift: Drift, *, act: str) -> None:
        with self._workspace.writing() as db:
            bases = drift_bases.of_integration(db, integration.id)
            known = descriptions.get(db, integration.connection_id, drift.object)
            if known is not None and drift.object in bases:
                base = bases[drift.object]
                made = drift_bases.merged(
                    base,
                    accepted(known[0], base, drift, is_fixed=act == "drift.fixed"),
                    [drift.field, *_new_names(drift)],
                    whole=drift.kind in _OF_OBJECT,
                )
                drift_bases.put(db, integration.id, made, at=self._workspace.now())
            self._record(db, integration, drift, act)

    def _record(self, db: Db, integration: Integration, drift: Drift, act: str) -> None:
        body = {
            "integration": integration.id,
            "drift": drift.key,
            "fix": drift.fix.kind.value if act == "drift.fixed" else "",
            "paths": ", ".join(drift.paths),
        }
        acts.record(
            db,
            at=self._workspace.now(),
            kind=EventKind.INTEGRATION_CHANGED,
            subject=integration.id,
            act=act,
            body=body,
        )

    def _field(self, integration: Integration, drift: Drift, name: str) -> FieldInfo | None:
        connection = self._sessions.connection(integration.connection_id)
        return self._mapping.described(connection, drift.object).field(name)


def _chosen(found: abc.Sequence[Drift], keys: abc.Iterable[str]) -> tuple[Drift, ...]:
    by_key = {one.key: one for one in found}
    chosen = []
    for key in keys:
        if key not in by_key:
            raise MappingError("drift.unknown", drift=key[:200])
        chosen.append(by_key[key])
    return tuple(chosen)


def _new_names(drift: Drift) -> tuple[str, ...]:
    return (drift.now,) if drift.kind is DriftKind.FIELD_RENAMED else ()


def _options(ours: abc.Iterable[Option], now: abc.Iterable[Option]) -> tuple[Option, ...]:
    """Give the CRM's options, then those of ours that it no longer has, which nobody may choose any more."""
    fresh = {option.value: option for option in now}
    gone = tuple(replace(option, active=False) for option in ours if option.value not in fresh)
    return (*fresh.values(), *gone)


def _holds(attribute: Attribute, now: FieldInfo) -> bool:
    """Say whether an attribute can hold values of a field's type: its own family, or any type as text."""
    return family(attribute.kind) in (family(now.kind), -1)


def _free(name: str, known: abc.Container[str]) -> str:
    """Give a name no attribute has yet."""
    wanted, number = name, 2
    while wanted in known:
        wanted, number = f"{name}_{number}", number + 1
    return wanted
