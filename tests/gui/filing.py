"""The façade's calls about files, for screens under test: files are read for real, no CRM is asked."""

from pathlib import Path
from typing import Any

from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.planning.matching_columns import ColumnMatch, match_columns
from writeback.runtime.facade import PlanSource
from writeback.runtime.facade.files import FileLook
from writeback.runtime.file_mappings import FileMappings, look_at_file


class ScriptedFiles:
    """Answers about files."""

    workspace: Any
    seen: list[tuple[str, object]]

    def look_at_file(self, path: str, *, encoding: str = "utf-8-sig", sheet: str = "") -> FileLook:
        return look_at_file(Path(path), encoding=encoding, sheet=sheet)

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
