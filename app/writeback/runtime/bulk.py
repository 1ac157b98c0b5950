"""Bulk edits as front ends preview them: the same function for the window and the command line.

Must not: keep or send anything.
"""

from writeback.engine.backfilling import count_backfill
from writeback.engine.bulk_preview import preview_bulk
from writeback.engine.bulk_wishes import BulkWish, is_needless
from writeback.engine.gathering_segments import read_wishes
from writeback.errors import MappingError, UnknownAttributeError
from writeback.model.backfills import Backfill
from writeback.model.bulk import MOST_EDITS, BulkPreview
from writeback.model.changes import Reason
from writeback.model.deltas import MultiMode
from writeback.model.types import Clear
from writeback.planning.coercing import text_of
from writeback.runtime.distributing import Distributed, Distribution, distribute
from writeback.runtime.facade import Edit, PlanSource
from writeback.runtime.scoping import narrowed
from writeback.runtime.segmenting import Segmenting
from writeback.store import drafts, records
from writeback.store.grid_figures import Figures, figures_of
from writeback.store.records import Record
from writeback.store.workspace import Workspace


class Bulk:
    """Previews of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def preview(self, source: PlanSource) -> BulkPreview:
        """Say what a bulk edit would do.

        Args:
            source: Of the kind `segment`, as it would be planned.

        Raises:
            UnknownAttributeError: An attribute does not exist.
            MappingError: `segment.…`: the condition or a value cannot be read.
        """
        meant = Segmenting(self._workspace).read(source.segment, entity=source.entity)
        meant = narrowed(meant, only=source.records, excepted=source.excepted)
        return preview_bulk(self._workspace, meant.ground, meant.expression, source.sets)

    def backfill(self, integration: str) -> Backfill:
        """Say what applying an integration's written-back mappings to its records would do.

        Raises:
            UnknownAttributeError: There is no such integration.
        """
        return count_backfill(self._workspace, integration)

    def distribute(self, wish: Distribution) -> Distributed:
        """Say whose each record would be. Raises as `distribute`."""
        return distribute(self._workspace, wish)

    def figures(self, source: PlanSource, attribute: str) -> Figures:
        """Give what an attribute holds in the records of a source of the kind `segment`.

        Raises:
            UnknownAttributeError: There is no such attribute.
            MappingError: `segment.…`: the condition cannot be read.
        """
        meant = Segmenting(self._workspace).read(source.segment, entity=source.entity)
        meant = narrowed(meant, only=source.records, excepted=source.excepted)
        named = (one for one in meant.ground.attributes if one.name == attribute)
        found = next(named, None)
        if found is None:
            raise UnknownAttributeError("attribute.unknown", entity=meant.entity, name=attribute[:200])
        with self._workspace.reading() as db:
            return figures_of(db, meant.ground, meant.expression, found)

    def edits(self, source: PlanSource) -> tuple[Edit, ...]:
        """Give a bulk edit of some thousand records as edits of single values.

        What is so already is left out, and so is what an edit waits of.

        Raises:
            MappingError: As `preview`; `segment.too_many_records`: it is more than `MOST_EDITS`.
        """
        told = Segmenting(self._workspace)
        meant = told.read(source.segment, entity=source.entity)
        meant = narrowed(meant, only=source.records, excepted=source.excepted)
        if told.count(meant) > MOST_EDITS:
            raise MappingError("segment.too_many_records", most=MOST_EDITS)
        wishes = read_wishes(self._workspace, meant.ground, source.sets)
        found: list[Edit] = []
        names = [one.attribute.name for one in wishes]
        for rids in told.pages(meant):
            with self._workspace.reading() as db:
                held = records.get_many(db, meant.entity, rids)
                edited = drafts.edited(db, rids, attributes=names)
            found += [
                edit
                for rid in rids
                for one in wishes
                if (rid, one.attribute.name) not in edited and (edit := _edit_of(held[rid], one)) is not None
            ]
        return tuple(found)


def _edit_of(record: Record, one: BulkWish) -> Edit | None:
    old = record.values.get(one.attribute.name)
    wish = one.for_value(old, record.values.get(one.source.name) if one.source is not None else None)
    if wish is None or isinstance(wish, Reason) or is_needless(wish, old):
        return None
    if one.delta is not None:
        mode = MultiMode.ADD if one.delta.add else MultiMode.REMOVE
        return Edit(record.id, one.attribute.name, text_of(one.delta.add or one.delta.remove), mode)
    return Edit(record.id, one.attribute.name, None if isinstance(wish, Clear) else text_of(wish))
