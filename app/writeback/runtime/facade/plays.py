"""SuccessPlays: rules that change attributes, and their runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from writeback.model.plays import Play, PlayRow, PlayRun
from writeback.model.types import JobId, RecordId
from writeback.runtime.facade.sending import PlanView


@dataclass(frozen=True, slots=True)
class PlayReport:
    """What a run did, or would do."""

    run: PlayRun
    """Of the number 0: nothing was carried out."""
    rows: tuple[PlayRow, ...]
    """Its first records."""


@dataclass(frozen=True, slots=True)
class PlayUndone:
    """What became of the undo of a run."""

    run: PlayRun
    values: int
    """So many values that waited stand again as before."""
    left: int
    """So many were edited, sent or discarded since."""
    tasks: int
    """So many tasks were closed."""
    jobs: tuple[JobId, ...]
    """What it sent went into these: it is taken back by undoing its part of them."""
    records: tuple[RecordId, ...] = ()
    """Its part: the records that it changed."""
    fields: tuple[str, ...] = ()
    """Its part: the attributes that it changed."""


class PlayCalls(Protocol):
    """Keeping and running plays; reading them is `runtime.playing`."""

    def save_play(self, play: Play, *, author: str = "", base: datetime | None = None, act: str) -> Play:
        """Keep a play, switched off, in place of an earlier one of the same name.

        Args:
            play: The play.
            author: Who keeps it.
            base: What was changed, by the moment at which that was saved; `designs.NOT_THERE` a new one, None
                whatever is there.
            act: The act's id.

        Raises:
            ConfigurationError: `design.…`: somebody changed it meanwhile. `play.…`: it cannot be. Nothing
                was kept.
            MappingError: `segment.…`: one of its texts or values cannot be read.
            UnknownAttributeError: It names an attribute or entity that there is not.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def rename_play(self, name: str, new: str, *, author: str = "", act: str) -> Play:
        """Call a play otherwise; whether it is on, whom it saw, its runs and its tasks stay with it.

        Raises:
            ConfigurationError: There is none of that name, the new one is none, or another play has it.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def remove_play(self, name: str, *, author: str = "", act: str) -> None:
        """Delete a play; it can be had back for 30 days. What its runs did stays.

        Raises:
            ConfigurationError: There is none of that name.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def restore_play(self, name: str, *, author: str = "", act: str) -> Play:
        """Have a deleted play back, switched off.

        Raises:
            ConfigurationError: None of that name was deleted within 30 days.
            NotPermittedError: Needs the right *configure mappings*.
        """

    def switch_play(
        self, name: str, *, is_on: bool, confirm_org: str = "", author: str = "", act: str
    ) -> None:
        """Let a play run by itself, or let it rest; what it saw before it was switched on is no transition.

        Raises:
            ConfigurationError: There is none of that name, or it cannot run as it is.
            GuardError: It sends, and the org of a connection has to be named.
            NotPermittedError: Needs the right *configure mappings*, and to send *write*.
        """

    def run_play(
        self,
        name: str,
        *,
        is_dry: bool = False,
        confirm_org: str = "",
        rows: int = 1_000,
        author: str = "",
        act: str,
    ) -> PlayReport:
        """Run a play on the records that are meant now, or say what it would do to them.

        By the same act again it is the same run, however far the first time came.

        Raises:
            ConfigurationError: There is none of that name, or it cannot run as it is.
            GuardError: It sends, and the org of a connection has to be named.
            NotPermittedError: Needs the right *edit*, and to send *write*.
        """

    def forecast_play(self, name: str, *, author: str = "") -> PlanView:
        """Judge what a dry run would change against what the CRMs hold now; nothing of the plan is kept.

        Raises:
            ConfigurationError: There is none of that name, or it cannot run now.
            ConnectorError: No CRM could be read.
            NotPermittedError: Needs the right *edit*.
        """

    def release_play_run(self, number: int, *, confirm_org: str = "", author: str = "", act: str) -> PlayRun:
        """Carry out a run that a guard holds, or that waits for an org's name.

        Raises:
            ConfigurationError: There is no such run, or it is not held.
            GuardError: It sends, and the org of a connection has to be named.
            NotPermittedError: Needs the right *override guards*, and to send *write*.
        """

    def dismiss_play_run(self, number: int, *, author: str = "", act: str) -> PlayRun:
        """Let nothing come of a run that a guard holds.

        Raises:
            ConfigurationError: There is no such run, or it is not held.
            NotPermittedError: Needs the right *edit*.
        """

    def undo_play_run(self, number: int, *, author: str = "", act: str) -> PlayUndone:
        """Take back what a run did here: values that wait, tasks nobody worked on; tells the jobs to undo.

        Raises:
            ConfigurationError: There is no such run, or it did nothing.
            NotPermittedError: Needs the right *edit*.
        """
