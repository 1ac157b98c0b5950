"""Segments: saved conditions on records."""

from typing import Protocol

from writeback.model.segments import Segment


class SegmentCalls(Protocol):
    """Saving and forgetting segments; reading them is `runtime.segmenting`."""

    def save_segment(
        self, name: str, text: str, *, entity: str = "account", author: str = "", act: str
    ) -> Segment:
        """Keep a segment in place of an earlier one of the same name.

        Raises:
            MappingError: `segment.…`: its text cannot be read; nothing was kept.
            UnknownAttributeError: There is no such entity.
            NotPermittedError: Needs the right *edit*.
        """

    def remove_segment(self, name: str, *, act: str) -> None:
        """Forget a segment.

        Raises:
            ConfigurationError: There is none of that name.
            NotPermittedError: Needs the right *edit*.
        """
