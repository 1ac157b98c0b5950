"""The façade's calls about files, for screens under test: files are read for real, no CRM is asked."""

from pathlib import Path
from typing import Any

from writeback.engine.reading_mappings import read_mapping
from writeback.model.changes import Reason
from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.model.file_matches import FileMatch, Found, MatchLine
from writeback.model.file_sessions import FileSession
from writeback.model.file_values import FileValue
from writeback.planning.matching_columns import ColumnMatch, match_columns
from writeback.runtime.facade import PlanSource
from writeback.runtime.facade.files import CreateKeys, FileLook, ResultCounts, SessionView
from writeback.runtime.file_mappings import FileMappings, look_at_file
from writeback.runtime.file_sessions import FileSessions, state_of


class ScriptedFiles:
    """Answers about files."""

    workspace: Any
    seen: list[tuple[str, object]]

    def look_at_file(
        self, path: str, *, encoding: str = "utf-8-sig", sheet: str = "", has_header: bool = True
    ) -> FileLook:
        return look_at_file(Path(path), encoding=encoding, sheet=sheet, has_header=has_header)

    def read_file_mapping(self, path: str) -> FileMapping:
        return read_mapping(Path(path))

    def create_keys(self, connection: str, object_name: str) -> CreateKeys:
        return CreateKeys(("Phone",))

    def preview_values(self, source: PlanSource) -> tuple[FileValue, ...]:
        self.seen.append(("preview_values", source.mapping))
        unknown = Reason("reference.not_found", (("value", "nobody@x.test"), ("field", "Owner.Email")))
        return (
            FileValue("Phone", "Phone", "+49 30", becomes="4930"),
            FileValue("Owner", "Owner.Email", "nobody@x.test", reason=unknown),
            FileValue("Site", "Site", " ", is_cleared=True),
        )

    def match_file(self, source: PlanSource) -> FileMatch:
        self.seen.append(("match_file", source.key))
        lines = (
            MatchLine(2, "001A", Found.FOUND, "Acme (001A)"),
            MatchLine(3, "001B", Found.NOT_FOUND, ""),
        )
        counts = {one.found: 1 for one in lines}
        return FileMatch(tuple((one, counts.get(one, 0)) for one in Found), lines, 2, is_whole=True, calls=1)

    def propose_columns(self, source: PlanSource) -> tuple[ColumnMatch, ...]:
        columns = look_at_file(Path(source.path), encoding=source.encoding, sheet=source.sheet).columns
        taken = [one for pair in source.mapping.paths for one in pair if one]
        described = self.describe(source.connection, source.object)  # type: ignore[attr-defined]  its other half
        return match_columns(columns, described, taken=taken)

    def save_file_mapping(
        self, name: str, mapping: FileMapping, *, object_name: str, key: str, author: str = "", act: str
    ) -> SavedMapping:
        self.seen.append(("save_file_mapping", act))
        kept = FileMappings(self.workspace)
        return kept.save(name, mapping, object_name=object_name, key=key, author=author)

    def open_file_session(self, path: str, *, author: str = "", anew: bool = False, act: str) -> SessionView:
        self.seen.append(("open_file_session", act))
        sessions = FileSessions(self.workspace)
        known = sessions.at(Path(path))
        if known is not None and not anew and not Path(path).exists():
            return self._view(known)
        return self._view(sessions.open(Path(path), author=author, anew=anew))

    def resume_file_session(self, number: int) -> SessionView:
        return self._view(FileSessions(self.workspace).numbered(number))

    def _view(self, session: FileSession) -> SessionView:
        sessions = FileSessions(self.workspace)
        state = state_of(Path(session.path), session.sha256)
        return SessionView(session, sessions.choices_of(session), state)

    def keep_file_session(self, number: int, source: PlanSource, *, act: str) -> FileSession:
        self.seen.append(("keep_file_session", act))
        return FileSessions(self.workspace).keep(number, source)

    def close_file_session(self, number: int, *, act: str) -> None:
        self.seen.append(("close_file_session", act))
        FileSessions(self.workspace).close(number)

    def write_file_results(
        self, number: int, *, written: str = "", not_written: str = "", raw: bool = False
    ) -> ResultCounts:
        self.seen.append(("write_file_results", (written, not_written)))
        return ResultCounts(written, not_written, 2, 1)
