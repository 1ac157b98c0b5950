"""The façade's calls about schedules, for screens under test: kept for real, never run."""

from typing import Any

from writeback.model.schedules import PullSchedule, Schedule
from writeback.store import schedules


class ScriptedSchedules:
    """Answers about when integrations are pulled by themselves."""

    workspace: Any
    now: Any
    _note: Any
    _journal: Any

    def schedule_pulls(self, integration: str, schedule: Schedule, *, act: str) -> PullSchedule:
        self._note("schedule_pulls", (integration, schedule))
        with self.workspace.writing() as db:
            schedules.put(db, integration, schedule, author="ana", at=self.now())
            return self._told(db, integration)

    def unschedule_pulls(self, integration: str, *, act: str) -> bool:
        self._note("unschedule_pulls", integration)
        with self.workspace.writing() as db:
            self._journal(db, "schedule_changed", integration)
            return schedules.remove(db, integration)

    def pause_schedule(self, integration: str, *, act: str) -> PullSchedule:
        self._note("pause_schedule", integration)
        with self.workspace.writing() as db:
            schedules.pause(db, integration)
            return self._told(db, integration)

    def resume_schedule(self, integration: str, *, act: str) -> PullSchedule:
        self._note("resume_schedule", integration)
        with self.workspace.writing() as db:
            schedules.go_on(db, integration, at=self.now())
            return self._told(db, integration)

    def _told(self, db: Any, integration: str) -> PullSchedule:
        self._journal(db, "schedule_changed", integration)
        found = schedules.get(db, integration)
        assert found is not None
        return found
