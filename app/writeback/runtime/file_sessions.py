"""Files on their way, taken up again at any step: what was chosen, the plan, the trial, the jobs.

Must not: read a row of a file, plan, send.
"""

from collections import abc
from pathlib import Path

import orjson

from writeback.engine.source_files import digest_of
from writeback.errors import ConfigurationError, GuardError, InternalError
from writeback.model.file_sessions import FileSession, FileState, FileStep
from writeback.model.types import JobId, PlanId
from writeback.runtime import calls
from writeback.runtime.facade.sending import PlanSource
from writeback.store import file_sessions, plans
from writeback.store.workspace import Workspace

_ENDED = frozenset({FileStep.SENDING, FileStep.RESULT})


class FileSessions:
    """The files on their way in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open_ones(self) -> tuple[FileSession, ...]:
        """Give the open sessions, the last changed first."""
        with self._workspace.reading() as db:
            return file_sessions.open_ones(db)

    def numbered(self, number: int) -> FileSession:
        """Give a session.

        Raises:
            ConfigurationError: There is none of that number.
        """
        with self._workspace.reading() as db:
            found = file_sessions.find(db, number)
        if found is None:
            raise ConfigurationError("file.unknown_session", session=number)
        return found

    def at(self, path: Path) -> FileSession | None:
        """Give the open session of a file."""
        with self._workspace.reading() as db:
            return file_sessions.at_path(db, str(path.absolute()))

    def open(self, path: Path, *, author: str, anew: bool = False) -> FileSession:
        """Take a file up where it was left, or begin with it. See `Facade.open_file_session`."""
        digest = digest_of(path)
        known = self.at(path)
        if known is not None and not anew and not (known.step in _ENDED and known.sha256 != digest):
            return known
        with self._workspace.writing() as db:
            number = file_sessions.begin(
                db, path=str(path.absolute()), sha256=digest, author=author, at=self._workspace.now()
            )
        return self.numbered(number)

    def keep(self, number: int, source: PlanSource) -> FileSession:
        """Keep what was chosen for a file. See `Facade.keep_file_session`."""
        told = orjson.dumps(calls.arguments_to_plain("propose", {"source": source})["source"]).decode()
        try:
            digest = digest_of(Path(source.path))
        except ConfigurationError:  # it is gone for now: what was chosen stays all the same
            digest = self.numbered(number).sha256
        with self._workspace.writing() as db:
            if not file_sessions.keep(db, number, choices=told, sha256=digest, at=self._workspace.now()):
                raise ConfigurationError("file.unknown_session", session=number)
        return self.numbered(number)

    def close(self, number: int) -> None:
        """End a session and drop its plan that was not sent. See `Facade.close_file_session`."""
        self.drop_plans(number)
        with self._workspace.writing() as db:
            if not file_sessions.close(db, number, at=self._workspace.now()):
                raise ConfigurationError("file.unknown_session", session=number)

    def drop_plans(self, number: int, *, but: PlanId | None = None) -> None:
        """Drop the plans of a session that nobody sent, all but one."""
        with self._workspace.reading() as db:
            waiting = file_sessions.plans_waiting(db, number)
        for plan in waiting:
            if plan != but:
                plans.discard(self._workspace, plan)

    def choices_of(self, session: FileSession) -> PlanSource | None:
        """Give what was chosen for a file; None: nothing yet, or it was kept by another release."""
        if not session.choices:
            return None
        try:
            found = calls.arguments_from_plain("propose", {"source": orjson.loads(session.choices)})
        except (orjson.JSONDecodeError, InternalError):
            return None
        source = found["source"]
        return source if isinstance(source, PlanSource) else None

    def guard_same(self, plan: PlanId) -> None:
        """Refuse to send a plan whose file says something else by now.

        A file that is gone keeps no plan back: what was approved lies in the workspace.

        Raises:
            GuardError: The file is another one than was planned; the plan stays.
        """
        with self._workspace.reading() as db:
            told = plans.source_of(db, plan)
            number = told.get(file_sessions.SOURCE)
            session = file_sessions.find(db, number) if isinstance(number, int) else None
        if session is None or state_of(Path(session.path), str(told.get("sha256"))) is not FileState.CHANGED:
            return
        raise GuardError("file.changed_since_plan", path=session.path)


def state_of(path: Path, sha256: str) -> FileState:
    """Say what became of a file on the disk."""
    try:
        return FileState.SAME if digest_of(path) == sha256 else FileState.CHANGED
    except ConfigurationError:
        return FileState.GONE


def result_jobs(workspace: Workspace, session: FileSession) -> abc.Sequence[JobId]:
    """Give the jobs that tell of a file's rows: those that were sent, and what a trial left of the plan."""
    rest: tuple[JobId, ...] = ()
    if session.plan is not None:
        with workspace.reading() as db:
            rest = tuple(job.id for job in plans.jobs_of(db, session.plan))
    return (*session.jobs, *rest)
