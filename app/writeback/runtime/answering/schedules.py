"""Answers about when integrations are pulled by themselves."""

from writeback.model.schedules import PullSchedule, Schedule
from writeback.runtime.answering.once import Answering


class ScheduleAnswers(Answering):
    """Answers about when integrations are pulled by themselves."""

    def schedule_pulls(
        self, integration: str, schedule: Schedule, *, is_paused: bool = False, act: str
    ) -> PullSchedule:
        """See `Facade.schedule_pulls`."""
        return self._once(
            act, "schedule_pulls", lambda: self._scheduling.put(integration, schedule, is_paused=is_paused)
        )

    def unschedule_pulls(self, integration: str, *, act: str) -> bool:
        """See `Facade.unschedule_pulls`."""
        return self._once(act, "unschedule_pulls", lambda: self._scheduling.remove(integration))

    def pause_schedule(self, integration: str, *, act: str) -> PullSchedule:
        """See `Facade.pause_schedule`."""
        return self._once(act, "pause_schedule", lambda: self._scheduling.pause(integration))

    def resume_schedule(self, integration: str, *, act: str) -> PullSchedule:
        """See `Facade.resume_schedule`."""
        return self._once(act, "resume_schedule", lambda: self._scheduling.resume(integration))
