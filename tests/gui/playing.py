"""The façade's calls about plays, for screens under test: decided and carried out for real, never sent."""

from datetime import datetime
from typing import Any

from writeback.model.plays import Play, PlayRun
from writeback.runtime.facade.plays import PlayReport, PlayUndone
from writeback.runtime.permitting import Permitting
from writeback.runtime.play_keeping import PlayKeeping
from writeback.runtime.play_running import PlayRunning
from writeback.runtime.play_sending import PlaySending
from writeback.runtime.playing import Playing


class ScriptedPlays:
    """Answers about plays."""

    workspace: Any
    _note: Any
    forecast: Any = None
    """What a comparison of a dry run with the CRMs gives."""

    @property
    def plays(self) -> Playing:
        return Playing(self.workspace)

    @property
    def running(self) -> PlayRunning:
        nobody: Any = None
        told = self.plays
        sending = PlaySending(self.workspace, told=told, sending=nobody, submitting=nobody)
        permitting = Permitting(self.workspace, author="ana")
        return PlayRunning(self.workspace, told=told, permitting=permitting, sending=sending)

    def save_play(self, play: Play, *, author: str = "", base: datetime | None = None, act: str) -> Play:
        self._note("save_play", play)
        return PlayKeeping(self.workspace).save(play, author=author, base=base)

    def rename_play(self, name: str, new: str, *, author: str = "", act: str) -> Play:
        self._note("rename_play", (name, new))
        return PlayKeeping(self.workspace).rename(name, new, author=author)

    def remove_play(self, name: str, *, author: str = "", act: str) -> None:
        self._note("remove_play", name)
        PlayKeeping(self.workspace).remove(name, author=author)

    def restore_play(self, name: str, *, author: str = "", act: str) -> Play:
        self._note("restore_play", name)
        return PlayKeeping(self.workspace).restore(name, author=author)

    def switch_play(
        self, name: str, *, is_on: bool, confirm_org: str = "", author: str = "", act: str
    ) -> None:
        self._note("switch_play", (name, is_on, confirm_org))
        if is_on:
            self.running.switch_on(name, confirm_org=confirm_org, author=author)
        else:
            self.running.switch_off(name, author=author)

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
        self._note("run_play", (name, is_dry))
        return self.running.start(name, by=author, is_dry=is_dry, confirm_org=confirm_org, rows=rows)

    def forecast_play(self, name: str, *, author: str = "") -> Any:
        self._note("forecast_play", name)
        return self.forecast

    def release_play_run(self, number: int, *, confirm_org: str = "", author: str = "", act: str) -> PlayRun:
        self._note("release_play_run", number)
        return self.running.release(number, by=author, confirm_org=confirm_org)

    def dismiss_play_run(self, number: int, *, author: str = "", act: str) -> PlayRun:
        self._note("dismiss_play_run", number)
        return self.running.dismiss(number, by=author)

    def undo_play_run(self, number: int, *, author: str = "", act: str) -> PlayUndone:
        self._note("undo_play_run", number)
        return self.running.undo(number, by=author)
