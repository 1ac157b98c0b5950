"""Answers about files on their way."""

from pathlib import Path

from writeback.errors import ConfigurationError
from writeback.model.file_sessions import FileSession
from writeback.model.permissions import Right
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.files import ResultCounts, SessionView
from writeback.runtime.facade.sending import PlanSource
from writeback.runtime.file_sessions import FileSessions, result_jobs, state_of


class FileSessionAnswers(Answering):
    """Answers about files on their way."""

    @property
    def file_sessions(self) -> FileSessions:
        """Give what knows files on their way."""
        return FileSessions(self.workspace)

    def open_file_session(self, path: str, *, author: str = "", anew: bool = False, act: str) -> SessionView:
        """See `Facade.open_file_session`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "open_file_session", lambda: self._open_session(Path(path), author, anew=anew))

    def _open_session(self, path: Path, author: str, *, anew: bool) -> SessionView:
        known = self.file_sessions.at(path)
        if known is not None and not anew and not path.exists():
            return self._session_view(known)  # its share is away: nothing of it is lost
        opened = self.file_sessions.open(path, author=author, anew=anew)
        if known is not None and anew:  # once there is a new one: of a file that is gone nothing is dropped
            self.file_sessions.drop_plans(known.number)
        return self._session_view(opened)

    def resume_file_session(self, number: int) -> SessionView:
        """See `Facade.resume_file_session`."""
        self.restriction.refuse()  # the workspace says where the file lies: on a stranger's server, maybe
        return self._session_view(self.file_sessions.numbered(number))

    def _session_view(self, session: FileSession) -> SessionView:
        choices = self.file_sessions.choices_of(session)
        return SessionView(session, choices, state_of(Path(session.path), session.sha256))

    def keep_file_session(self, number: int, source: PlanSource, *, act: str) -> FileSession:
        """See `Facade.keep_file_session`."""
        self._permitting.admit(Right.EDIT, source.author)
        return self._once(act, "keep_file_session", lambda: self.file_sessions.keep(number, source))

    def close_file_session(self, number: int, *, act: str) -> None:
        """See `Facade.close_file_session`."""
        self._permitting.admit(Right.EDIT)
        self._once(act, "close_file_session", lambda: self.file_sessions.close(number))

    def write_file_results(
        self, number: int, *, written: str = "", not_written: str = "", raw: bool = False
    ) -> ResultCounts:
        """See `Facade.write_file_results`."""
        self.restriction.refuse()
        session = self.file_sessions.numbered(number)
        if not session.jobs:
            raise ConfigurationError("file.nothing_sent", file=session.name)
        good, bad = (Path(one) if one else None for one in (written, not_written))
        made = self._sending.write_result_files(
            result_jobs(self.workspace, session), Path(session.path), written=good, not_written=bad, raw=raw
        )
        return ResultCounts(
            str(made.written or ""), str(made.not_written or ""), made.rows_written, made.rows_not_written
        )
