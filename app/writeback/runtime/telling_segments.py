"""What the command line is told about segments.

Must not: talk to a CRM.
"""

from collections import abc
from typing import TYPE_CHECKING

from writeback.model.types import RecordId
from writeback.store import records
from writeback.store.workspace import Workspace

if TYPE_CHECKING:  # a parser, and what plans: most of what is told needs neither
    from writeback.runtime.bulk import Bulk
    from writeback.runtime.segmenting import Segmenting


class TellingSegments:
    """Reads of segments; a part of `Telling`."""

    _workspace: Workspace

    @property
    def segments(self) -> "Segmenting":
        """Give what reads segments."""
        from writeback.runtime.segmenting import Segmenting  # noqa: PLC0415

        return Segmenting(self._workspace)

    @property
    def bulk(self) -> "Bulk":
        """Give what previews bulk edits."""
        from writeback.runtime.bulk import Bulk  # noqa: PLC0415

        return Bulk(self._workspace)

    def titles(self, entity: str, rids: abc.Iterable[RecordId]) -> list[tuple[RecordId, str]]:
        """Give what people call some records, in their order."""
        wanted = tuple(rids)
        with self._workspace.reading() as db:
            known = records.get_many(db, entity, wanted)
        return [(rid, known[rid].title) for rid in wanted if rid in known]
