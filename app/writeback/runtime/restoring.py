"""What was deleted within 30 days, of every kind as one list, and how it is had back."""

from dataclasses import dataclass
from datetime import datetime

from writeback.errors import ConfigurationError
from writeback.model.events import EventKind
from writeback.store import deleted, forms, journal, plays, segments
from writeback.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DeletedView:
    """One thing that can be had back."""

    kind: str
    """`segment` | `form` | `view` | `play`."""
    name: str
    what: str
    """A segment's text; of the others the entity that they are for."""
    by: str
    at: datetime | None
    id: int = 0
    """Of a form or view; segments and plays are known by their names."""


def deleted_things(workspace: Workspace) -> tuple[DeletedView, ...]:
    """Give what can be had back, the newest first."""
    with workspace.reading() as db:
        kept, gone, rules = segments.removed(db), deleted.every(db), plays.removed(db)
    found = [
        *(DeletedView("segment", one.name, one.text, one.author, one.removed_at) for one in kept),
        *(DeletedView("play", one.name, one.entity, one.author, at) for one, at in rules),
        *(DeletedView(one.kind, one.name, one.entity, one.owner, one.removed_at, one.id) for one in gone),
    ]
    return tuple(sorted(found, key=lambda one: one.at.isoformat() if one.at else "", reverse=True))


def kind_of(workspace: Workspace, gone: int) -> str:
    """Say what kind of thing was deleted under this number; '' when it is not kept."""
    with workspace.reading() as db:
        found = deleted.find(db, gone)
    return found.kind if found is not None else ""


def restore(workspace: Workspace, gone: int) -> str:
    """Put a form or view back. See `Facade.restore_deleted`."""
    with workspace.writing() as db:
        found = deleted.find(db, gone)
        if found is None:
            raise ConfigurationError("deleted.unknown")
        is_taken = found.kind == deleted.FORM and forms.find(db, found.name) is not None
        if is_taken or not deleted.restore(db, found):
            raise ConfigurationError("deleted.taken", name=found.name)
        if found.kind == deleted.FORM:
            journal.note(db, at=workspace.now(), kind=EventKind.FORM_CHANGED, subject=found.name)
    return found.name
