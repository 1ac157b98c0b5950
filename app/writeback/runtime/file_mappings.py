"""Mappings of files: kept under a name, and proposed for the columns of a file."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

from writeback.engine.reaching import Reach
from writeback.engine.reading_mappings import from_plain, to_plain
from writeback.engine.reading_sheets import SheetFile
from writeback.engine.source_files import open_source
from writeback.errors import ConfigurationError
from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.planning.matching_columns import ColumnMatch, match_columns
from writeback.runtime.facade.files import FileLook
from writeback.runtime.facade.sending import PlanSource
from writeback.store import file_mappings
from writeback.store.workspace import Workspace

MOST_NAME = 120
SHOWN = 50


class FileMappings:
    """The mappings of files of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def every(self) -> tuple[SavedMapping, ...]:
        """Give all saved mappings, by name."""
        with self._workspace.reading() as db:
            found = file_mappings.every(db)
        return tuple(_read(saved, text) for saved, text in found)

    def named(self, name: str) -> SavedMapping:
        """Give a saved mapping.

        Raises:
            ConfigurationError: There is none of that name.
        """
        with self._workspace.reading() as db:
            found = file_mappings.find(db, name.strip())
        if found is None:
            raise ConfigurationError("file.unknown_mapping", name=name[:80])
        return _read(*found)

    def save(
        self, name: str, mapping: FileMapping, *, object_name: str, key: str, author: str
    ) -> SavedMapping:
        """Keep a mapping. See `Facade.save_file_mapping`."""
        bare = name.strip()
        if not bare or len(bare) > MOST_NAME or not bare.isprintable():
            raise ConfigurationError("file.bad_mapping_name", name=name[:80], most=MOST_NAME)
        made = SavedMapping(bare, object_name, key, mapping, author, self._workspace.now())
        with self._workspace.writing() as db:
            file_mappings.save(db, made, json.dumps(to_plain(mapping), ensure_ascii=False))
        return made

    def remove(self, name: str) -> None:
        """Forget a mapping. See `Facade.remove_file_mapping`."""
        with self._workspace.writing() as db:
            if not file_mappings.remove(db, name.strip()):
                raise ConfigurationError("file.unknown_mapping", name=name[:80])


def look_at_file(path: Path, *, encoding: str, sheet: str, has_header: bool = True) -> FileLook:
    """Read the header and the first rows of a file. See `Facade.look_at_file`."""
    file = open_source(path, encoding=encoding, sheet=sheet, has_header=has_header)
    told, header = file.told(), file.header
    return FileLook(
        path=str(path),
        columns=header.columns[: header.width],
        rows=tuple(tuple(row.cells[: header.width]) for row in islice(file.rows(), SHOWN)),
        encoding=str(told.get("encoding") or ""),
        sheet=str(told.get("sheet") or ""),
        sheets=file.sheets if isinstance(file, SheetFile) else (),
        is_result=header.width < len(header.columns),
    )


def propose_columns(source: PlanSource, reach: Reach) -> tuple[ColumnMatch, ...]:
    """Propose a field for each column of a file that no mapping names.

    Raises:
        ConfigurationError: The file cannot be read.
    """
    header = open_source(
        Path(source.path), encoding=source.encoding, sheet=source.sheet, has_header=source.has_header
    ).header
    named = source.mapping.paths
    taken = [one for pair in named for one in pair if one]
    taken += [path for path, _ in source.mapping.constants]
    return match_columns(header.columns[: header.width], reach.describe(source.object), taken=taken)


def _read(saved: SavedMapping, text: str) -> SavedMapping:
    return replace(saved, mapping=from_plain(json.loads(text), name=saved.name))
