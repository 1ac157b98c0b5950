"""Call a saved segment otherwise, and with it what plays name: one act, so that neither is left alone.

Must not: change what a segment means.
"""

from dataclasses import replace

from writeback.errors import ConfigurationError
from writeback.model.events import EventKind
from writeback.model.segments import Segment
from writeback.runtime.designs import NOT_THERE, guard_base
from writeback.runtime.segmenting import fit_name
from writeback.store import journal, plays, segments
from writeback.store.workspace import Workspace


def rename_segment(workspace: Workspace, name: str, new: str) -> Segment:
    """Call a segment otherwise. See `Facade.rename_segment`."""
    wished, at = fit_name(new), workspace.now()
    with workspace.writing() as db:
        known = segments.find(db, name.strip())
        if known is None:
            raise ConfigurationError("segment.unknown", name=name[:80])
        there = segments.find(db, wished)
        if there is not None and there.name != known.name:
            guard_base(wished, base=NOT_THERE, is_at=there.changed_at, author=there.author)
        segments.rename(db, known.name, wished)
        journal.note(db, at=at, kind=EventKind.SEGMENT_CHANGED, subject=wished)
        for play in plays.follow_segment(db, known.entity, known.name, wished):
            journal.note(db, at=at, kind=EventKind.PLAY_CHANGED, subject=play)
    return replace(known, name=wished)
