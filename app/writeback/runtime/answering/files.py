"""Answers about files."""

from pathlib import Path

from writeback.engine.making import makeable
from writeback.engine.reading_mappings import read_mapping
from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.model.file_matches import FileMatch
from writeback.model.file_values import FileValue
from writeback.model.permissions import Right
from writeback.planning.matching_columns import ColumnMatch
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.files import CreateKeys, FileLook
from writeback.runtime.facade.sending import PlanSource
from writeback.runtime.file_mappings import FileMappings, look_at_file, propose_columns


class FileAnswers(Answering):
    """Answers about files."""

    def look_at_file(
        self, path: str, *, encoding: str = "utf-8-sig", sheet: str = "", has_header: bool = True
    ) -> FileLook:
        """See `Facade.look_at_file`."""
        return look_at_file(Path(path), encoding=encoding, sheet=sheet, has_header=has_header)

    def propose_columns(self, source: PlanSource) -> tuple[ColumnMatch, ...]:
        """See `Facade.propose_columns`."""
        return propose_columns(source, self._sending.reach_of(source.connection))

    def create_keys(self, connection: str, object_name: str) -> CreateKeys:
        """See `Facade.create_keys`."""
        found = makeable(self._sending.reach_of(connection), object_name)
        return CreateKeys(found.keys, found.code)

    def preview_values(self, source: PlanSource) -> tuple[FileValue, ...]:
        """See `Facade.preview_values`."""
        return self._sending.preview_values(source)

    def match_file(self, source: PlanSource) -> FileMatch:
        """See `Facade.match_file`."""
        return self._sending.match_file(source)

    def read_file_mapping(self, path: str) -> FileMapping:
        """See `Facade.read_file_mapping`."""
        return read_mapping(Path(path))

    @property
    def files(self) -> FileMappings:
        """Give what reads and keeps the mappings of files."""
        return FileMappings(self.workspace)

    def save_file_mapping(
        self, name: str, mapping: FileMapping, *, object_name: str, key: str, author: str = "", act: str
    ) -> SavedMapping:
        """See `Facade.save_file_mapping`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(
            act,
            "save_file_mapping",
            lambda: self.files.save(name, mapping, object_name=object_name, key=key, author=author),
        )

    def remove_file_mapping(self, name: str, *, act: str) -> None:
        """See `Facade.remove_file_mapping`."""
        self._permitting.admit(Right.EDIT)
        self._once(act, "remove_file_mapping", lambda: self.files.remove(name))
