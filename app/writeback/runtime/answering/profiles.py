"""Answers about one record looked at closely."""

from writeback.model.notes import Note
from writeback.model.permissions import Right
from writeback.model.types import RecordId
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.profiles import ReadAgain
from writeback.runtime.record_notes import RecordNotes
from writeback.runtime.rereading import Rereading


class ProfileAnswers(Answering):
    """Answers about one record looked at closely."""

    _rereading: Rereading

    @property
    def notes(self) -> RecordNotes:
        """Give what reads and keeps notes of records."""
        return RecordNotes(self.workspace)

    def write_note(self, record: RecordId, text: str, *, author: str, act: str) -> Note:
        """See `Facade.write_note`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "write_note", lambda: self.notes.write(record, text, author=author, act=act))

    def change_note(self, note: str, text: str, *, author: str, act: str) -> Note:
        """See `Facade.change_note`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "change_note", lambda: self.notes.change(note, text, author=author))

    def remove_note(self, note: str, *, author: str, act: str) -> Note:
        """See `Facade.remove_note`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "remove_note", lambda: self.notes.remove(note, author=author))

    def read_again(self, entity: str, record: str, *, act: str) -> ReadAgain:
        """See `Facade.read_again`."""
        return self._once(act, "read_again", lambda: self._rereading.read(entity, RecordId(record)))
