"""The part of the façade about schedules of pulls, and what runs them."""

import threading
from collections import abc

from writeback.engine.scheduling import Scheduler
from writeback.errors import ConfigurationError
from writeback.model.canonical import Json
from writeback.model.events import EventKind
from writeback.model.integrations import Integration
from writeback.model.permissions import Right
from writeback.model.schedules import PullSchedule, Schedule
from writeback.planning import scheduling
from writeback.runtime.mapping import Mapping
from writeback.runtime.permitting import Permitting
from writeback.runtime.pulling import Pulling
from writeback.runtime.sending import Sending
from writeback.store import acts, schedules, steering
from writeback.store.workspace import Db, Workspace


class Scheduling:
    """Says when integrations are pulled by themselves."""

    def __init__(self, workspace: Workspace, *, mapping: Mapping, permitting: Permitting) -> None:
        self._workspace = workspace
        self._mapping = mapping
        self._permitting = permitting

    def put(self, integration_text: str, schedule: Schedule, *, is_paused: bool = False) -> PullSchedule:
        """Keep a schedule. See `Facade.schedule_pulls`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        integration = self._mapping.find_integration(integration_text)
        at = self._workspace.now()
        for field, reason in scheduling.problems(schedule, now=at):
            raise ConfigurationError(reason.code, field=field, **dict(reason.facts))
        with self._workspace.writing() as db:
            schedules.put(db, integration.id, schedule, author=self._permitting.author, at=at)
            if is_paused:
                schedules.pause(db, integration.id)
            told: dict[str, Json] = {"schedule": schedule.to_text(), "paused": is_paused}
            self._note(db, integration, "schedule.set", told)
            return _found(db, integration)

    def remove(self, integration_text: str) -> bool:
        """Forget a schedule. See `Facade.unschedule_pulls`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        integration = self._mapping.find_integration(integration_text)
        with self._workspace.writing() as db:
            was_there = schedules.remove(db, integration.id)
            if was_there:
                self._note(db, integration, "schedule.removed", {})
        return was_there

    def pause(self, integration_text: str) -> PullSchedule:
        """Begin nothing by itself. See `Facade.pause_schedule`."""
        return self._switch(integration_text, "schedule.paused", schedules.pause)

    def resume(self, integration_text: str) -> PullSchedule:
        """Go on. See `Facade.resume_schedule`."""
        at = self._workspace.now()
        return self._switch(
            integration_text, "schedule.resumed", lambda db, name: schedules.go_on(db, name, at=at)
        )

    def _switch(self, integration_text: str, act: str, switch: abc.Callable[[Db, str], bool]) -> PullSchedule:
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        integration = self._mapping.find_integration(integration_text)
        with self._workspace.writing() as db:
            if not switch(db, integration.id):
                raise ConfigurationError(
                    "schedule.none", integration=integration.id, object=integration.object
                )
            self._note(db, integration, act, {})
            return _found(db, integration)

    def _note(self, db: Db, integration: Integration, act: str, body: abc.Mapping[str, Json]) -> None:
        told = {"integration": integration.id, "by": self._permitting.author, **body}
        kind, at = EventKind.SCHEDULE_CHANGED, self._workspace.now()
        acts.record(db, at=at, kind=kind, subject=integration.id, act=act, body=told)
        steering.wake_held(db, integration.connection_id)


def scheduler_of(sending: Sending, pulling: Pulling, stopping: threading.Event) -> Scheduler:
    """Give what pulls by schedule in one thread until it is told to stop."""
    return Scheduler(
        sending.desk(stopping),
        lambda run: pulling.pull(run.integration_id, full=False, author=run.author, is_scheduled=True),
    )


def _found(db: Db, integration: Integration) -> PullSchedule:
    found = schedules.get(db, integration.id)
    if found is None:
        raise ConfigurationError("schedule.none", integration=integration.id, object=integration.object)
    return found
