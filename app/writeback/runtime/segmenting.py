"""Segments as front ends use them: read a text, count and list what it means, keep it under a name.

Must not: talk to a CRM.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from writeback.errors import ConfigurationError, WritebackError
from writeback.model.events import EventKind
from writeback.model.segments import STATES, All, Any, Expression, Part, Segment, StateIs
from writeback.model.types import RecordId
from writeback.runtime.designs import guard_base
from writeback.store import journal, segments
from writeback.store.segments import Ground
from writeback.store.workspace import Db, Workspace

PAGE: Final = 1_000
MOST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Meant:
    """A segment's text as it was read."""

    entity: str
    text: str
    ground: Ground
    expression: Expression
    name: str = ""
    """Of the saved segment that was named; '' where the text itself was given."""


class Segmenting:
    """Reads, counts and keeps segments of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def read(self, text: str, *, entity: str) -> Meant:
        """Read a text, or the saved segment of that name.

        Args:
            text: An expression, or a name.
            entity: What an expression is about; a saved segment knows by itself.

        Raises:
            MappingError: `segment.…`: it cannot be read.
            UnknownAttributeError: There is no such entity.
        """
        with self._workspace.reading() as db:
            saved = segments.find(db, text.strip())
            if saved is not None:
                entity, text = saved.entity, saved.text
            ground = segments.ground_of(db, entity)
        expression = _read(text, ground, now=self._workspace.now())
        return Meant(entity, text, ground, expression, "" if saved is None else saved.name)

    def parts(self, text: str, *, entity: str) -> tuple[Part, ...]:
        """Read a text, or the saved segment of that name, as the parts that must all hold.

        Raises:
            MappingError: `segment.…`: it cannot be read.
            UnknownAttributeError: There is no such entity.
        """
        with self._workspace.reading() as db:
            saved = segments.find(db, text.strip())
            ground = segments.ground_of(db, entity)
        return _parts(text if saved is None else saved.text, ground, now=self._workspace.now())

    def count(self, meant: Meant) -> int:
        """Count the records that a segment means now."""
        with self._workspace.reading() as db:
            return segments.count(db, meant.ground, meant.expression)

    def count_edited(self, meant: Meant, attributes: abc.Iterable[str]) -> int:
        """Count the records of a segment in which one of these values has an edit that waits."""
        known = {one.name.casefold(): one.name for one in meant.ground.attributes}
        names = [known[name.casefold()] for name in attributes if name.casefold() in known]
        edited = Any(tuple(StateIs(STATES["draft"], name) for name in names))
        with self._workspace.reading() as db:
            return segments.count(db, meant.ground, All((meant.expression, edited)))

    def pages(self, meant: Meant) -> abc.Iterator[tuple[RecordId, ...]]:
        """Give the ids of the records that a segment means, some at a time; reads are short."""
        after = RecordId("")
        while True:
            with self._workspace.reading() as db:
                found = segments.page(db, meant.ground, meant.expression, after=after, most=PAGE)
            if found:
                yield found
            if len(found) < PAGE:
                return
            after = found[-1]

    def every(self, *, author: str = "") -> tuple[Segment, ...]:
        """Give all saved segments, by name; with an author those that they are shown."""
        with self._workspace.reading() as db:
            return tuple(one for one in segments.every(db) if one.is_shared or author in ("", one.author))

    def removed(self) -> tuple[Segment, ...]:
        """Give the deleted segments that can still be had back."""
        with self._workspace.reading() as db:
            return segments.removed(db)

    def count_saved(self, segment: Segment) -> tuple[int | None, str]:
        """Count what a saved segment means now; where its text cannot be read any more, say why by code."""
        try:
            meant = self.read(segment.name, entity=segment.entity)
        except WritebackError as error:
            return None, error.code
        return self.count(meant), ""

    def save(
        self,
        name: str,
        text: str,
        *,
        entity: str,
        author: str,
        is_shared: bool = True,
        base: datetime | None = None,
    ) -> Segment:
        """Keep a segment. See `Facade.save_segment`."""
        bare = fit_name(name)
        with self._workspace.reading() as db:
            ground = segments.ground_of(db, entity)
        _read(text, ground, now=self._workspace.now())
        made = Segment(bare, entity, text.strip(), author, self._workspace.now(), is_shared=is_shared)
        with self._workspace.writing() as db:
            there = segments.find(db, bare)
            if there is None:
                guard_base(bare, base=base)
            else:
                guard_base(bare, base=base, is_at=there.changed_at, author=there.author)
            segments.save(db, made)
            self._note(db, made.name)
        return made

    def remove(self, name: str) -> None:
        """Delete a segment. See `Facade.remove_segment`."""
        with self._workspace.writing() as db:
            if not segments.remove(db, name.strip(), at=self._workspace.now()):
                raise ConfigurationError("segment.unknown", name=name[:80])
            self._note(db, name.strip())

    def restore(self, name: str) -> Segment:
        """Have a deleted segment back. See `Facade.restore_segment`."""
        with self._workspace.writing() as db:
            found = segments.restore(db, name.strip())
            if found is None:
                raise ConfigurationError("segment.unknown", name=name[:80])
            self._note(db, found.name)
        return found

    def _note(self, db: Db, name: str) -> None:
        journal.note(db, at=self._workspace.now(), kind=EventKind.SEGMENT_CHANGED, subject=name)


def fit_name(name: str) -> str:
    """Give a name as it is kept. Raises ConfigurationError: it is none."""
    bare = name.strip()
    if not bare or len(bare) > MOST_NAME or not bare.isprintable():
        raise ConfigurationError("segment.bad_name", name=name[:80], most=MOST_NAME)
    return bare


def _read(text: str, ground: Ground, *, now: datetime) -> Expression:
    """Read a text; `today` is the day on the clock of whoever asks."""
    from writeback.planning.segmenting import Vocabulary, read_segment  # noqa: PLC0415  a parser: when it is used

    return read_segment(text, Vocabulary(ground.attributes, ground.related), now=now.astimezone())


def _parts(text: str, ground: Ground, *, now: datetime) -> tuple[Part, ...]:
    from writeback.planning.segmenting import Vocabulary, parts_of  # noqa: PLC0415  the same

    return parts_of(text, Vocabulary(ground.attributes, ground.related), now=now.astimezone())
