"""Answers about segments."""

from datetime import datetime

from writeback.model.permissions import Right
from writeback.model.segments import Segment
from writeback.runtime.answering.once import Answering
from writeback.runtime.renaming_segments import rename_segment
from writeback.runtime.segmenting import Segmenting


class SegmentAnswers(Answering):
    """Answers about segments."""

    def save_segment(
        self,
        name: str,
        text: str,
        *,
        entity: str = "account",
        author: str = "",
        is_shared: bool = True,
        base: datetime | None = None,
        act: str,
    ) -> Segment:
        """See `Facade.save_segment`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(
            act,
            "save_segment",
            lambda: self.segments.save(
                name, text, entity=entity, author=author, is_shared=is_shared, base=base
            ),
        )

    def rename_segment(self, name: str, new: str, *, author: str = "", act: str) -> Segment:
        """See `Facade.rename_segment`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "rename_segment", lambda: rename_segment(self.workspace, name, new))

    def remove_segment(self, name: str, *, act: str) -> None:
        """See `Facade.remove_segment`."""
        self._permitting.admit(Right.EDIT)
        self._once(act, "remove_segment", lambda: self.segments.remove(name))

    def restore_segment(self, name: str, *, act: str) -> Segment:
        """See `Facade.restore_segment`."""
        self._permitting.admit(Right.EDIT)
        return self._once(act, "restore_segment", lambda: self.segments.restore(name))

    @property
    def segments(self) -> Segmenting:
        """Give what reads segments."""
        return Segmenting(self.workspace)
