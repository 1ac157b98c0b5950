"""Segments: saved conditions on records."""

from datetime import datetime
from typing import Protocol

from writeback.model.segments import Segment


class SegmentCalls(Protocol):
    """Saving and forgetting segments; reading them is `runtime.segmenting`."""

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
        """Keep a segment in place of an earlier one of the same name.

        Args:
            name: Its name.
            text: Its condition.
            entity: Whose records it means.
            author: Who keeps it.
            is_shared: Whether everybody is shown it.
            base: What was changed, by the moment at which that was saved; `designs.NOT_THERE` a new one, None
                whatever is there.
            act: The act's id.

        Raises:
            ConfigurationError: `design.…`: somebody changed it meanwhile.
            MappingError: `segment.…`: its text cannot be read; nothing was kept.
            UnknownAttributeError: There is no such entity.
            NotPermittedError: Needs the right *edit*.
        """

    def rename_segment(self, name: str, new: str, *, author: str = "", act: str) -> Segment:
        """Call a segment otherwise; plays that name it name it by its new name.

        Raises:
            ConfigurationError: There is none of that name, the new one is none, or another segment has it.
            NotPermittedError: Needs the right *edit*.
        """

    def remove_segment(self, name: str, *, act: str) -> None:
        """Delete a segment; it can be had back for 30 days.

        Raises:
            ConfigurationError: There is none of that name.
            NotPermittedError: Needs the right *edit*.
        """

    def restore_segment(self, name: str, *, act: str) -> Segment:
        """Have a deleted segment back.

        Raises:
            ConfigurationError: None of that name was deleted within 30 days.
            NotPermittedError: Needs the right *edit*.
        """
