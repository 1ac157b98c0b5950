"""Notes of records: written, changed, taken away and had back; each version stays.

Must not: write to a CRM.
"""

from typing import Final

from writeback.errors import ConfigurationError
from writeback.model.events import EventKind
from writeback.model.notes import Note
from writeback.model.types import RecordId
from writeback.store import journal, record_notes, tasks
from writeback.store.record_notes import Score
from writeback.store.workspace import Db, Workspace

LONGEST: Final = 20_000
SCORES_MOST: Final = 20


class RecordNotes:
    """The notes of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def some(self, record: str) -> tuple[Note, ...]:
        """Give a record's notes, the latest change first."""
        with self._workspace.reading() as db:
            return record_notes.of_record(db, record)

    def versions(self, note: str) -> tuple[Note, ...]:
        """Give how a note read, the first version first.

        Raises:
            ConfigurationError: `note.unknown`.
        """
        with self._workspace.reading() as db:
            return _versions(db, note)

    def scores(self, record: str) -> tuple[Score, ...]:
        """Give what survey responses say of a record, the latest first."""
        with self._workspace.reading() as db:
            return record_notes.scores(db, record, most=SCORES_MOST)

    def write(self, record: RecordId, text: str, *, author: str, act: str) -> Note:
        """Write a new note, which the act names; asked again it is there. See `Facade.write_note`."""
        told = _admitted(text)
        with self._workspace.writing() as db:
            tasks.entity_of(db, record)  # refuses a record that is not there
            if known := record_notes.versions(db, act):
                return known[0]
            made = Note(act, record, 1, told, author, self._workspace.now())
            self._keep(db, made)
        return made

    def change(self, note: str, text: str, *, author: str) -> Note:
        """Write a note anew, or have it back. See `Facade.change_note`."""
        told = _admitted(text)
        with self._workspace.writing() as db:
            return self._next(db, note, told, author=author)

    def remove(self, note: str, *, author: str) -> Note:
        """Take a note away. See `Facade.remove_note`."""
        with self._workspace.writing() as db:
            last = _versions(db, note)[-1]
            return last if last.is_removed else self._next(db, note, last.text, author=author, goes=True)

    def _next(self, db: Db, note: str, text: str, *, author: str, goes: bool = False) -> Note:
        last = _versions(db, note)[-1]
        if not goes and not last.is_removed and text == last.text:
            return last
        at = self._workspace.now()
        made = Note(note, last.record, last.version + 1, text, author, at, is_removed=goes)
        self._keep(db, made)
        return made

    @staticmethod
    def _keep(db: Db, note: Note) -> None:
        record_notes.put(db, note)
        journal.note(db, at=note.at, kind=EventKind.NOTE_CHANGED, subject=note.record)


def _versions(db: Db, note: str) -> tuple[Note, ...]:
    found = record_notes.versions(db, note)
    if not found:
        raise ConfigurationError("note.unknown", note=note[:80])
    return found


def _admitted(text: str) -> str:
    told = text.strip()
    if not told or len(told) > LONGEST or "\0" in told:
        raise ConfigurationError("note.bad_text", most=LONGEST)
    return told.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text
