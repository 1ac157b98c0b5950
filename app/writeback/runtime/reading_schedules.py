"""What screens and the command line read of schedules."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writeback.model.schedules import PullSchedule
from writeback.planning import scheduling
from writeback.store import connections, integrations, schedules
from writeback.store.glances import Glances

UPCOMING: Final = 5


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule with what it belongs to."""

    pulls: PullSchedule
    connection_id: str
    connection: str
    """The connection's name."""
    object: str
    entity: str


class ReadingSchedules:
    """The part of `Reading` about when integrations are pulled by themselves."""

    _glances: Glances

    def schedules(self) -> tuple[ScheduleView, ...]:
        """Give all schedules, in the order of their integrations."""
        with self._glances.reading() as db:
            names = {one.id: one.name for one in connections.every(db)}
            pulled = {one.id: one for one in integrations.every(db)}
            found = schedules.every(db)
        views = []
        for one in found:
            of = pulled[one.integration_id]
            views.append(ScheduleView(one, of.connection_id, names[of.connection_id], of.object, of.entity))
        return tuple(views)


def upcoming(pulls: PullSchedule, *, now: datetime) -> tuple[datetime, ...]:
    """Give the next moments at which a schedule begins something, further tries among them."""
    if pulls.is_paused:
        return ()
    following = scheduling.upcoming(pulls.schedule, now, count=UPCOMING)
    waits = pulls.next_at if pulls.tries or pulls.held_until is not None else None
    if waits is None or waits <= now or waits in following:
        return following
    return tuple(sorted((waits, *following)))[:UPCOMING]
