"""What Home and Connections read: a connection's exchanges and jobs, what was typed, what needs somebody."""

from dataclasses import dataclass
from datetime import date, datetime

from writeback.model.jobs import JobState
from writeback.model.notices import Notice
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import ExchangeView
from writeback.runtime.play_notices import play_notices
from writeback.runtime.reading_jobs import ReadingJobs, exchange_of
from writeback.runtime.views import ConnectionView
from writeback.store import form_drafts, moments, tasks
from writeback.store.job_lists import JobsWanted

JOBS_MOST = 200
NEEDS_SOMEBODY = frozenset({JobState.NEEDS_YOU, JobState.STOPPED, JobState.PAUSED})


@dataclass(frozen=True, slots=True)
class AuthorDrafts:
    """How much of one person waits to be sent."""

    author: str
    drafts: int
    records: int
    since: datetime


@dataclass(frozen=True, slots=True)
class HomeView:
    """The day's overview."""

    connections: tuple[ConnectionView, ...]
    jobs: tuple[JobView, ...]
    """Jobs that go on only when somebody does something, newest first."""
    drafts: tuple[AuthorDrafts, ...]
    was_edited: bool
    """Somebody changed a value here at some time, sent or discarded since or not."""
    was_sent: bool
    """A job wrote, or found written, what it was to write."""
    plays: tuple[Notice, ...]
    """Plays that wait for a person, or cannot run."""
    tasks_due: int
    """Tasks of the person who looks that are due."""


class ReadingConnections(ReadingJobs):
    """Reads about connections, and the day's overview."""

    def connections(self) -> tuple[ConnectionView, ...]:
        """Give all connections."""
        raise NotImplementedError

    def connection_jobs(self, connection_id: str) -> tuple[JobView, ...]:
        """Give the jobs of one connection, newest first."""
        return self.jobs(JobsWanted(connection_id=connection_id), most=JOBS_MOST)

    def connection_exchanges(self, connection_id: str) -> tuple[ExchangeView, ...]:
        """Give what went over the wire for one connection, newest first, redacted."""
        return tuple(exchange_of(row) for row in self._glances.exchanges_of_connection(connection_id))

    def form_draft(self, name: str) -> dict[str, str]:
        """Give what was typed into a wizard that was not finished."""
        with self._glances.reading() as db:
            return form_drafts.get(db, name)

    def home(self, author: str, today: date) -> HomeView:
        """Give a person's overview of the day."""
        jobs = self.jobs()
        counts = self._glances.drafts_by_author()
        with self._glances.workspace.reading() as db:
            stuck = tuple(play_notices(db))
            due = len(tasks.some(db, assignee=author, due_by=today))
        return HomeView(
            connections=self.connections(),
            jobs=tuple(job for job in jobs if job.state in NEEDS_SOMEBODY),
            drafts=tuple(
                AuthorDrafts(row.author, int(row.drafts), int(row.records), moments.from_text(row.since))
                for row in counts
            ),
            was_edited=bool(counts) or self._glances.was_edited(),
            was_sent=any(job.counts.applied or job.counts.unchanged for job in jobs),
            plays=stuck,
            tasks_due=due,
        )
