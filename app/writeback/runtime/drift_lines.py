"""Put drifts into words: what happened, and what the offered fix does.

Must not: apply one (`runtime.drift_fixing`).
"""

from collections import abc
from typing import Final

from writeback.model.drifts import Drift, DriftKind, FixKind
from writeback.model.types import IntegrationId
from writeback.runtime.facade.drifts import DriftLine, DriftReport
from writeback.runtime.sentences import sentence_of
from writeback.runtime.wording import mark, say

_TEXTS: Final = {
    FixKind.MAP_TO: mark("Map {attributes} to {target}"),
    FixKind.DROP_MAPPING: mark("Remove the mapping of {attributes}"),
    FixKind.SWITCH_OFF: mark("Switch write-back of {attributes} off"),
    FixKind.TAKE_TYPE: mark("Go on with the type {now}"),
    FixKind.TAKE_OPTIONS: mark("Take over the CRM's options"),
    FixKind.ACCEPT: mark("Accept the change"),
    FixKind.NONE: "",
}
_NEEDS_FIX: Final = frozenset(
    {
        DriftKind.OBJECT_GONE,
        DriftKind.KEY_GONE,
        DriftKind.FIELD_GONE,
        DriftKind.FIELD_RENAMED,
        DriftKind.FIELD_RETYPED,
    }
)
"""Going on as if nothing had happened is no answer to these."""


def may_accept(drift: Drift) -> bool:
    """Say whether the new description may be taken as it is."""
    return drift.kind not in _NEEDS_FIX


def report_of(integration_id: IntegrationId, object_name: str, drifts: abc.Iterable[Drift]) -> DriftReport:
    """Give the drifts of an integration in words."""
    lines = tuple(_line(number, drift) for number, drift in enumerate(drifts, 1))
    return DriftReport(integration_id, object_name, lines)


def _line(number: int, drift: Drift) -> DriftLine:
    target = drift.fix.moves[0][1] if drift.fix.moves else ""
    named = {"attributes": ", ".join(filter(None, drift.attributes)), "target": target, "now": drift.now}
    return DriftLine(
        number=number,
        key=drift.key,
        kind=drift.kind,
        severity=drift.severity,
        object=drift.object,
        field=drift.field,
        label=drift.label,
        before=drift.before,
        now=drift.now,
        paths=drift.paths,
        attributes=drift.attributes,
        sentence=sentence_of(drift.code, drift.facts).happened,
        fix=drift.fix.kind,
        fix_text=say(_TEXTS[drift.fix.kind], **named),
        may_accept=may_accept(drift),
    )
