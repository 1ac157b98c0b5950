"""Answers about SuccessPlays."""

from datetime import datetime

from writeback.model.permissions import Right
from writeback.model.plays import Play, PlayRun
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade import PlanView
from writeback.runtime.facade.plays import PlayReport, PlayUndone
from writeback.runtime.play_keeping import PlayKeeping
from writeback.runtime.play_running import PlayRunning
from writeback.runtime.play_sending import PlaySending
from writeback.runtime.playing import Playing


class PlayAnswers(Answering):
    """Answers about plays."""

    @property
    def plays(self) -> Playing:
        """Give what reads plays."""
        return Playing(self.workspace)

    @property
    def play_running(self) -> PlayRunning:
        """Give what runs plays."""
        sending = PlaySending(
            self.workspace, told=self.plays, sending=self._sending, submitting=self._submitting
        )
        return PlayRunning(self.workspace, told=self.plays, permitting=self._permitting, sending=sending)

    def save_play(self, play: Play, *, author: str = "", base: datetime | None = None, act: str) -> Play:
        """See `Facade.save_play`."""
        who = self._admit(Right.CONFIGURE_MAPPINGS, author)
        keeping = PlayKeeping(self.workspace)
        return self._once(act, "save_play", lambda: keeping.save(play, author=who, base=base))

    def rename_play(self, name: str, new: str, *, author: str = "", act: str) -> Play:
        """See `Facade.rename_play`."""
        who = self._admit(Right.CONFIGURE_MAPPINGS, author)
        keeping = PlayKeeping(self.workspace)
        return self._once(act, "rename_play", lambda: keeping.rename(name, new, author=who))

    def remove_play(self, name: str, *, author: str = "", act: str) -> None:
        """See `Facade.remove_play`."""
        who = self._admit(Right.CONFIGURE_MAPPINGS, author)
        self._once(act, "remove_play", lambda: PlayKeeping(self.workspace).remove(name, author=who))

    def restore_play(self, name: str, *, author: str = "", act: str) -> Play:
        """See `Facade.restore_play`."""
        who = self._admit(Right.CONFIGURE_MAPPINGS, author)
        return self._once(act, "restore_play", lambda: PlayKeeping(self.workspace).restore(name, author=who))

    def switch_play(
        self, name: str, *, is_on: bool, confirm_org: str = "", author: str = "", act: str
    ) -> None:
        """See `Facade.switch_play`."""
        who = self._admit(Right.CONFIGURE_MAPPINGS, author)
        running = self.play_running

        def work() -> None:
            if is_on:
                running.switch_on(name, confirm_org=confirm_org, author=who)
            else:
                running.switch_off(name, author=who)

        self._once(act, "switch_play", work)

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
        """See `Facade.run_play`."""
        who = self._admit(Right.EDIT, author)
        running = self.play_running
        if is_dry:  # nothing of it has to be remembered
            return running.start(name, by=who, is_dry=True, rows=rows)
        return self._once(
            act,
            "run_play",
            lambda: running.start(name, by=who, is_dry=False, confirm_org=confirm_org, rows=rows, act=act),
        )

    def forecast_play(self, name: str, *, author: str = "") -> PlanView:
        """See `Facade.forecast_play`."""
        who = self._admit(Right.EDIT, author)
        return self.play_running.forecast(name, by=who)

    def release_play_run(self, number: int, *, confirm_org: str = "", author: str = "", act: str) -> PlayRun:
        """See `Facade.release_play_run`."""
        who = self._admit(Right.OVERRIDE_GUARDS, author)
        running = self.play_running
        return self._once(
            act,
            "release_play_run",
            lambda: running.release(number, by=who, confirm_org=confirm_org, act=act),
        )

    def dismiss_play_run(self, number: int, *, author: str = "", act: str) -> PlayRun:
        """See `Facade.dismiss_play_run`."""
        who = self._admit(Right.EDIT, author)
        return self._once(act, "dismiss_play_run", lambda: self.play_running.dismiss(number, by=who, act=act))

    def undo_play_run(self, number: int, *, author: str = "", act: str) -> PlayUndone:
        """See `Facade.undo_play_run`."""
        who = self._admit(Right.EDIT, author)
        return self._once(act, "undo_play_run", lambda: self.play_running.undo(number, by=who, act=act))

    def _admit(self, right: Right, author: str) -> str:
        """Let an act through; gives who does it."""
        self._permitting.admit(right, author)
        return author or self._permitting.author
