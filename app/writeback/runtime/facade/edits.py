"""Records that come in, and what people type."""

from dataclasses import dataclass
from typing import Protocol

from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.reports import EditAnswer, PullReport
from writeback.model.types import RecordId


@dataclass(frozen=True, slots=True)
class Edit:
    """One attribute of one record as a person typed it; `text` None clears."""

    record: RecordId
    attribute: str
    text: str | None
    mode: MultiMode = MultiMode.REPLACE
    """Whether several values take the place of a list, are added to it or taken from it."""


@dataclass(frozen=True, slots=True)
class EditsUndone:
    """What became of an undo of edits."""

    values: int
    """So many values stand again as they stood before the act."""
    left: int
    """So many were edited, sent or discarded since, and were left alone."""


class EditCalls(Protocol):
    """Records that come in, and what people type."""

    def pull(self, integration: str, *, full: bool = False, act: str) -> PullReport:
        """Read the CRM's records into the workspace."""

    def save_edits(
        self,
        edits: tuple[Edit, ...],
        *,
        origin: Origin,
        author: str,
        act: str,
        send: bool = False,
        confirm_org: str = "",
        overrides: tuple[str, ...] = (),
    ) -> tuple[EditAnswer, ...]:
        """Keep edits as drafts, or submit them at once (`send`, or write on save switched on).

        Where a guard is struck, or the author may edit but not write, the edits are kept as drafts and the
        answer tells the reason. What becomes drafts `undo_edits` can undo by this act. A text that cannot be
        read stays beside its value where it was typed in a grid, and is nowhere kept otherwise.

        Args:
            edits: What was typed.
            origin: The surface it was typed on.
            author: Who typed it.
            act: The act's id.
            send: Send now, whatever the connections do on save.
            confirm_org: With `send`: the org's name, where a safety level asks for it.
            overrides: Names of guards in spite of which the edits shall go.

        Raises:
            NotPermittedError: Needs the right *edit*.
            GuardError: The org's name is not confirmed; nothing was kept.
        """

    def discard_drafts(
        self, records: tuple[RecordId, ...], *, attribute: str = "", author: str = "", act: str
    ) -> int:
        """Drop edits of these records (all when empty); gives how many values. `undo_edits` has them back."""

    def undo_edits(self, what: str, *, author: str = "", act: str) -> EditsUndone:
        """Put back how edits stood before an act; what changed since is left alone.

        Args:
            what: The act: of `save_edits`, of `discard_drafts`, or of an undo (which is a redo).
            author: Who undoes.
            act: The act's id.

        Raises:
            NotPermittedError: Needs the right *edit*.
        """
