"""What a grid reads beside records: views, segments, discards, forms, tasks, campaigns. Part of `Reading`."""

from typing import TYPE_CHECKING

from writeback.model.grid_views import GridView
from writeback.store import plan_moves
from writeback.store.edit_acts import Act
from writeback.store.glances import Glances
from writeback.store.workspace import Workspace

if TYPE_CHECKING:  # its parser costs more than all the rest of a short read
    from writeback.runtime.bulk import Bulk
    from writeback.runtime.campaigning import Campaigning
    from writeback.runtime.file_mappings import FileMappings
    from writeback.runtime.file_sessions import FileSessions
    from writeback.runtime.forming import Forming
    from writeback.runtime.playing import Playing
    from writeback.runtime.record_notes import RecordNotes
    from writeback.runtime.segmenting import Segmenting
    from writeback.runtime.tasking import Tasking


class ReadingGrids:
    """Reads of grids."""

    _glances: Glances
    _workspace: Workspace

    def grid_views(self, entity: str, *, owner: str) -> tuple[GridView, ...]:
        """Give the views of a grid that somebody is shown; that of the name '' is how they left it."""
        return self._glances.grid_views(owner, entity)

    def plan_moved(self, plan: str) -> int:
        """Count the rows of a plan whose record was changed in its CRM since, as pulls have shown."""
        with self._workspace.reading() as db:
            return plan_moves.moved(db, plan)

    def discarded(self) -> tuple[Act, ...]:
        """Give the discards of edits that can be had back, the latest first."""
        return self._glances.discarded()

    @property
    def files(self) -> "FileMappings":
        """Give what reads saved mappings of files."""
        from writeback.runtime.file_mappings import FileMappings  # noqa: PLC0415

        return FileMappings(self._workspace)

    @property
    def file_sessions(self) -> "FileSessions":
        """Give what knows files on their way."""
        from writeback.runtime.file_sessions import FileSessions  # noqa: PLC0415

        return FileSessions(self._workspace)

    @property
    def bulk(self) -> "Bulk":
        """Give what previews bulk edits."""
        from writeback.runtime.bulk import Bulk  # noqa: PLC0415

        return Bulk(self._workspace)

    @property
    def segments(self) -> "Segmenting":
        """Give what reads segments."""
        from writeback.runtime.segmenting import Segmenting  # noqa: PLC0415

        return Segmenting(self._workspace)

    @property
    def forms(self) -> "Forming":
        """Give what reads insight forms."""
        from writeback.runtime.forming import Forming  # noqa: PLC0415

        return Forming(self._workspace)

    @property
    def notes(self) -> "RecordNotes":
        """Give what reads notes of records, and survey scores."""
        from writeback.runtime.record_notes import RecordNotes  # noqa: PLC0415

        return RecordNotes(self._workspace)

    @property
    def tasks(self) -> "Tasking":
        """Give what reads tasks."""
        from writeback.runtime.tasking import Tasking  # noqa: PLC0415

        return Tasking(self._workspace, self.forms)

    @property
    def plays(self) -> "Playing":
        """Give what reads SuccessPlays."""
        from writeback.runtime.playing import Playing  # noqa: PLC0415

        return Playing(self._workspace)

    @property
    def campaigns(self) -> "Campaigning":
        """Give what reads campaigns."""
        from writeback.runtime.campaigning import Campaigning  # noqa: PLC0415

        return Campaigning(self._workspace)
