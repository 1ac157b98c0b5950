"""When integrations are pulled by themselves."""

from typing import Protocol

from writeback.model.schedules import PullSchedule, Schedule


class ScheduleCalls(Protocol):
    """When integrations are pulled by themselves."""

    def schedule_pulls(
        self, integration: str, schedule: Schedule, *, is_paused: bool = False, act: str
    ) -> PullSchedule:
        """Pull an integration by itself from now on, in place of the schedule there was.

        Args:
            integration: Which.
            schedule: When.
            is_paused: Begin nothing before `resume_schedule`.
            act: The act's id.

        Raises:
            NotPermittedError: Needs the right *configure mappings*.
            ConfigurationError: `schedule.*`: it cannot be like this; the fact `field` names the field of
                `Schedule`. Nothing was changed.
            UnknownAttributeError: There is no such integration.
        """

    def unschedule_pulls(self, integration: str, *, act: str) -> bool:
        """Pull an integration only when somebody asks; False where it was so already."""

    def pause_schedule(self, integration: str, *, act: str) -> PullSchedule:
        """Begin nothing by itself until `resume_schedule`.

        Raises:
            ConfigurationError: `schedule.none`: it has no schedule.
        """

    def resume_schedule(self, integration: str, *, act: str) -> PullSchedule:
        """Go on with a schedule; what was due meanwhile is not made up for. Raises as `pause_schedule`."""
