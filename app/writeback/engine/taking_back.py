"""Take back what was edited and not sent: discard edits, undo an act, have discarded edits back.

Must not: touch what is on its way to a CRM.
"""

from collections import abc
from dataclasses import dataclass

from writeback.model.events import EventKind
from writeback.model.types import RecordId
from writeback.store import drafts, edit_acts, held_edits, journal
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of an undo."""

    values: int
    """So many values stand again as they stood before."""
    left: int
    """So many were edited, sent or discarded since, and were left alone."""


def discard_edits(
    workspace: Workspace,
    records: abc.Collection[RecordId] = (),
    *,
    attribute: str = "",
    author: str = "",
    act: str = "",
) -> int:
    """Drop waiting drafts and held texts of these records (all when empty), so that they can be had back.

    Returns:
        How many values it was.
    """
    now = workspace.now()
    with workspace.writing() as db:
        waiting = drafts.keys(db, records, attribute=attribute)
        held = held_edits.keys(db, records, attribute=attribute)
        before = edit_acts.images(db, (*waiting, *held)) if act else {}
        drafts.discard(db, records, attribute=attribute, author=author, at=now)
        held_edits.remove(db, held)
        if act:
            edit_acts.note(db, act, edit_acts.DISCARD, author=author, at=now, before=before)
        touched = dict.fromkeys(rid for rid, _ in (*waiting, *held))
        journal.note_many(db, at=now, kind=EventKind.EDIT_SAVED, subjects=touched)
    return len({*waiting, *held})


def undo_act(workspace: Workspace, what: str, *, author: str, act: str) -> TakenBack:
    """Put back how edits stood before an act; what changed since is left alone.

    Args:
        workspace: Where drafts are kept.
        what: The act that is undone: an edit, a discard, or an undo (which is a redo).
        author: Who undoes.
        act: The act of undoing, by which this can be undone in its turn.
    """
    now = workspace.now()
    with workspace.writing() as db:
        done = edit_acts.undo(db, what, by=act, author=author, at=now)
        touched = dict.fromkeys(rid for rid, _ in done.restored)
        journal.note_many(db, at=now, kind=EventKind.EDIT_SAVED, subjects=touched)
    return TakenBack(len(done.restored), done.left)
