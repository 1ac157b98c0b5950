"""What a name or a number stands for: records by name, jobs by number, and the other way round.

For the palette, for links and for the titles of tabs. Short reads, from any thread.
"""

from dataclasses import dataclass

from writeback.store import naming
from writeback.store.glances import Glances


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record that somebody may mean."""

    entity: str
    rid: str
    title: str


class TellingNames:
    """What a front end is told about names and numbers."""

    _glances: Glances

    def records_named(self, words: str, most: int = 8) -> tuple[NamedRecord, ...]:
        """Give some records whose name holds the words; none for no words."""
        said = words.strip()
        if not said:
            return ()
        entities = [str(row.name) for row in self._glances.entities()]
        found = naming.records_named(self._glances, said, entities=entities, most=most)
        return tuple(NamedRecord(*one) for one in found)

    def title_of(self, entity: str, rid: str) -> str | None:
        """Give the name of a record ('' it has none), or None when there is no such record."""
        return naming.title_of(self._glances, entity, rid)

    def job_of_number(self, number: int) -> str | None:
        """Give the id of the job of a number."""
        return naming.job_of_number(self._glances, number)

    def number_of_job(self, job_id: str) -> int | None:
        """Give the number of a job that was submitted."""
        return naming.number_of_job(self._glances, job_id)
