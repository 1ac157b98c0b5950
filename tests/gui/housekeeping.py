"""Guards and retention for the window: the real ones, over the test's workspace."""

from collections import abc
from datetime import datetime

from writeback.runtime.facade import LimitView
from writeback.runtime.guarding import Guarding
from writeback.runtime.permitting import Permitting
from writeback.store import forgetting
from writeback.store.workspace import Workspace


class ScriptedHousekeeping:
    """What the page of settings asks for; a part of `ScriptedFacade`."""

    workspace: Workspace
    now: abc.Callable[[], datetime]

    def _note(self, call: str, what: object = None) -> None:
        raise NotImplementedError

    def guard_limits(self, connection: str) -> tuple[LimitView, ...]:
        self._note("guard_limits", connection)
        return self._guarding.limits(connection)

    def set_guard_limits(
        self,
        connection: str,
        limits: tuple[tuple[str, float | None], ...],
        *,
        forget: tuple[str, ...] = (),
        act: str,
    ) -> tuple[LimitView, ...]:
        self._note("set_guard_limits", (connection, limits, forget))
        return self._guarding.set_limits(connection, dict(limits), forget=forget)

    def history_days(self) -> int:
        self._note("history_days")
        with self.workspace.reading() as db:
            return forgetting.keep_days(db)

    def keep_history(self, days: int, *, author: str, act: str) -> int:
        self._note("keep_history", days)
        with self.workspace.writing() as db:
            forgetting.set_keep_days(db, days, author=author, at=self.now())
        return days

    @property
    def _guarding(self) -> Guarding:
        return Guarding(self.workspace, permitting=Permitting(self.workspace, author="ana"))
