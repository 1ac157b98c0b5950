"""What people read of the records that a job's references point at, beside the ids that travel.

Must not: decide a row, look an id up (`looking_up` does).
"""

from collections import abc
from dataclasses import replace

from writeback.engine.looking_up import References
from writeback.engine.reaching import Reach
from writeback.engine.reading_records import Theirs
from writeback.errors import MappingError
from writeback.model.canonical import Unset
from writeback.model.types import Value, Wish
from writeback.planning.inputs import PlanInput, PlanStream
from writeback.planning.resolving import Aim, aim_at
from writeback.store.plan_rows import Shown


class Readable:
    """What people read of the records that references point at."""

    def __init__(self, asks: abc.Mapping[int, abc.Callable[[str], str]], shown_olds: abc.Set[int]) -> None:
        self._asks = asks
        self._shown_olds = shown_olds

    def shown(self, row: PlanInput, theirs: Theirs) -> Shown | None:
        """Give the words for a row's references, where it touches one."""
        found = {
            place: (_words(ask, theirs.values[place]), _words(ask, row.wishes[place]))
            for place, ask in self._asks.items()
            if not isinstance(row.wishes[place], Unset)
        }
        return found or None

    def olds(self, row: PlanInput, theirs: Theirs) -> abc.Sequence[Value | Unset]:
        """Give a row's olds with ids in place of words: theirs where the words are the same."""
        olds = list(row.olds)
        for place in self._shown_olds:
            seen, now = olds[place], theirs.values[place]
            if isinstance(seen, Unset):
                continue
            words = _words(self._asks[place], now) if place in self._asks else str(now or "")
            if seen == now or words.casefold() == str(seen or "").strip().casefold():
                olds[place] = now
        return olds


def pointing(stream: PlanStream, reach: Reach, references: References) -> abc.Iterator[tuple[int, Aim]]:
    """Give the columns that people name through a reference, with what they read of it."""
    home = stream.integration_id
    for place, column in enumerate(stream.columns):
        if not (column.local.hops or (home and references.holds_people(column.attribute, home))):
            continue
        try:
            aim = aim_at(column.local, reach.describe(stream.object), attribute=column.attribute)
            aim = replace(aim, column=column)
        except MappingError:  # the reference vanished since: the CRM's ids are shown instead
            continue
        aim = references.recognise(aim, home)
        if aim.lookup is not None and aim.lookup.shows:
            yield place, aim


def _words(ask: abc.Callable[[str], str], value: Wish | Value | Unset) -> str:
    return ask(value) if isinstance(value, str) else ""
