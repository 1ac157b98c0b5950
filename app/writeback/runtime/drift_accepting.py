"""Say what a base holds of a field once one drift of it was accepted: that drift's facts, and no others.

Must not: keep anything (`store.drift_bases`).
"""

from collections import abc
from dataclasses import replace
from typing import Final

from writeback.model.attributes import Option
from writeback.model.drifts import Drift, DriftKind
from writeback.sdk.values import FieldInfo, ObjectDescription

_FACTS: Final[abc.Mapping[DriftKind, tuple[str, ...]]] = {
    DriftKind.FIELD_READ_ONLY: ("is_updateable",),
    DriftKind.FIELD_CALCULATED: ("is_calculated", "is_updateable"),
    DriftKind.FIELD_SHORTER: ("length",),
    DriftKind.FEWER_DECIMALS: ("scale",),
    DriftKind.FIELD_REQUIRED: ("is_nillable",),
    DriftKind.NOW_RESTRICTED: ("is_restricted",),
    DriftKind.TARGETS_CHANGED: ("reference",),
    DriftKind.NOT_UNIQUE: ("is_unique", "is_lookup_key"),
    DriftKind.DEPENDENCY_CHANGED: ("dependency",),
    DriftKind.KIND_WIDENED: ("kind", "crm_type"),
    DriftKind.RELABELLED: ("label",),
    DriftKind.RECASED: ("name",),
}


def accepted(
    now: ObjectDescription, base: ObjectDescription, drift: Drift, *, is_fixed: bool
) -> ObjectDescription:
    """Give the CRM's description with the drifted field as the base may hold it from now on.

    Args:
        now: As the CRM describes the object.
        base: As it was accepted before.
        drift: What is settled.
        is_fixed: Its fix was carried out: options were taken over as a whole.
    """
    was, info = base.field(drift.field), now.field(drift.field)
    if was is None or info is None:
        return now
    made = _taken(was, info, drift.kind, is_fixed=is_fixed)
    return replace(now, fields=tuple(made if one is info else one for one in now.fields))


def _taken(was: FieldInfo, now: FieldInfo, kind: DriftKind, *, is_fixed: bool) -> FieldInfo:
    if kind in _FACTS:
        facts = {name: getattr(now, name) for name in _FACTS[kind]}
        return replace(was, **facts)
    if kind.value.startswith("option") or kind is DriftKind.NEW_OPTION:
        return replace(was, options=now.options if is_fixed else _options(was.options, now.options, kind))
    return now


def _options(was: tuple[Option, ...], now: tuple[Option, ...], kind: DriftKind) -> tuple[Option, ...]:
    fresh, known = {one.value: one for one in now}, {one.value for one in was}
    if kind is DriftKind.OPTION_RELABELLED:
        return tuple(replace(one, label=fresh[one.value].label) if one.value in fresh else one for one in was)
    if kind is DriftKind.NEW_OPTION:
        return (*was, *(one for one in now if one.value not in known))
    return now
