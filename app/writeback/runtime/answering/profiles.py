"""Answers about one record looked at closely."""

from writeback.model.types import RecordId
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.profiles import ReadAgain
from writeback.runtime.rereading import Rereading


class ProfileAnswers(Answering):
    """Answers about one record looked at closely."""

    _rereading: Rereading

    def read_again(self, entity: str, record: str, *, act: str) -> ReadAgain:
        """See `Facade.read_again`."""
        return self._once(act, "read_again", lambda: self._rereading.read(entity, RecordId(record)))
