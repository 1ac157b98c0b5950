"""Applying mappings to records that were there before them: a plan like any other, of what records hold."""

from collections import abc

from writeback.model.backfills import Backfill
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.changes import Origin
from writeback.runtime.facade import PlanSource


def source_of(told: Backfill, attributes: abc.Collection[str], *, author: str, reason: str) -> PlanSource:
    """Give the plan that writes what records hold of some attributes to the CRM of one integration."""
    names = [line.attribute for line in told.lines if line.attribute in attributes]
    return PlanSource(
        kind="segment",
        origin=Origin.SEGMENT,
        author=author,
        reason=reason,
        entity=told.entity,
        sets=tuple(BulkEdit(name, BulkAction.HELD) for name in names),
        only_changes=True,
        integration=told.integration,
    )
