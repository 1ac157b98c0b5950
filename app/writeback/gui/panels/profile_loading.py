"""One reading of a profile: the record, its past, its people, and what stands beside it.

Must not: know how it is shown.
"""

from dataclasses import dataclass

from writeback.model.notes import Note
from writeback.model.permissions import Right
from writeback.model.tasks import Task
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.reading import Reading
from writeback.runtime.reading_profiles import KeyContact
from writeback.runtime.views import MembershipView, RecordView
from writeback.store.record_notes import Score


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading of the profile brought."""

    record: RecordView | None
    history: tuple[HistoryEntry, ...] = ()
    memberships: tuple[MembershipView, ...] = ()
    contacts: tuple[KeyContact, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    scores: tuple[Score, ...] = ()
    lacking: str = ""
    """Why this person can write no note."""


def read_profile(reads: Reading, entity: str, rid: str, author: str) -> Loaded:
    """Read it; what is not there any more has no record."""
    record = reads.record(entity, rid)
    if record is None:
        return Loaded(None)
    is_person = entity == "user" or record.account is not None
    memberships = reads.profiles.memberships(entity, rid) if is_person else ()
    return Loaded(
        record,
        reads.history(rid),
        memberships,
        reads.profiles.key_contacts(record, memberships) if is_person else (),
        reads.tasks.some(record=rid),
        reads.notes.some(rid),
        reads.notes.scores(rid),
        reads.team().lacks(author, Right.EDIT),
    )
