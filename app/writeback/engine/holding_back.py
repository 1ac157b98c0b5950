"""Keep out of a plan what a drift forbids to write, before anything is read for it.

A column that drifted leaves the stream, and every row that touches it is blocked with the drift's reason:
no record is written by half. Rows that do not touch it go their way. Of an undo, which splits, the rest of
such a row goes all the same.

Must not: find drifts, judge rows.
"""

from collections import abc
from dataclasses import dataclass, replace

from writeback.model.canonical import UNSET
from writeback.model.changes import Reason
from writeback.planning.inputs import PlanInput, PlanStream


def hold_back(stream: PlanStream, stopped: abc.Mapping[str, Reason]) -> PlanStream:
    """Give a stream without the columns that may not be written; `stopped` says by path why."""
    places = {
        place: reason
        for place, column in enumerate(stream.columns)
        if (reason := stopped.get(str(column.path))) is not None
    }
    if not places:
        return stream
    left = [place for place in range(len(stream.columns)) if place not in places]
    paths = tuple(str(column.path) for column in stream.columns)
    rows = _Rows(stream.rows, places, tuple(left), paths, splits=stream.splits)
    instead = stream.instead
    return replace(
        stream,
        columns=tuple(stream.columns[place] for place in left),
        rows=rows,
        rules=tuple(stream.rules[place] for place in left) if stream.rules else (),
        shown_olds=frozenset(new for new, place in enumerate(left) if place in stream.shown_olds),
        meanings={new: stream.meanings[place] for new, place in enumerate(left) if place in stream.meanings},
        instead=None if instead is None else lambda error: hold_back(instead(error), stopped),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows along the columns that are left."""

    rows: abc.Iterable[PlanInput]
    places: abc.Mapping[int, Reason]
    left: tuple[int, ...]
    paths: tuple[str, ...]
    splits: bool = False

    def __iter__(self) -> abc.Iterator[PlanInput]:
        for row in self.rows:
            if self.splits and row.blocked is None and len(row.wishes) == len(self.paths):
                yield from self._split(row)
            else:
                yield self._held(row)

    def _split(self, row: PlanInput) -> abc.Iterator[PlanInput]:
        """Give what of a row may be written, and a blocked row for each field that may not."""
        if any(row.wishes[place] is not UNSET for place in self.left):
            rest = [UNSET if place in self.places else wish for place, wish in enumerate(row.wishes)]
            yield self._held(row._replace(wishes=rest))
        for held in self.places:
            if row.wishes[held] is not UNSET:
                alone = [wish if place == held else UNSET for place, wish in enumerate(row.wishes)]
                yield self._held(row._replace(wishes=alone))

    def _held(self, row: PlanInput) -> PlanInput:
        if len(row.wishes) != len(self.paths):
            return row  # a row that never got as far as its columns
        blocked, field = row.blocked, row.field
        if blocked is None:
            touched = next(
                (place for place in self.places if row.wishes[place] is not UNSET or place in row.deltas),
                None,
            )
            if touched is not None:
                blocked, field = self.places[touched], self.paths[touched]
        return row._replace(
            olds=[row.olds[place] for place in self.left],
            wishes=[row.wishes[place] for place in self.left],
            edited=[row.edited[place] for place in self.left] if row.edited else row.edited,
            deltas={new: row.deltas[place] for new, place in enumerate(self.left) if place in row.deltas},
            blocked=blocked,
            field=field,
        )
