"""What the grid is opened with to show a saved segment.

Must not: know the grid.
"""

from dataclasses import dataclass

from writeback.model.segments import Segment


@dataclass(frozen=True, slots=True, eq=False)
class SegmentUse:
    """A segment that the grid shall show; `writes`: with the panel for bulk edits open.

    Two are the same when they are about the same name: one segment has one tab.
    """

    segment: Segment
    writes: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SegmentUse) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> str:
        return self.segment.name.casefold()
