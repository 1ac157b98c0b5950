"""Look up what references name in rows that are tried again: texts become ids, as in the plan they come from.

A row that was blocked may hold either: the plan stops at the first reason, before or after its references
were looked up. A text is taken as a name first, then as the id of a record that is there.

Must not: plan, write.
"""

from collections import abc
from dataclasses import replace

from writeback.engine.looking_up import References, point
from writeback.engine.reaching import Reach
from writeback.errors import MappingError
from writeback.model.changes import Reason
from writeback.planning.inputs import PlanInput
from writeback.planning.resolving import NOT_FOUND, Aim, Lookup, aim_at
from writeback.store.outbox import Job


class RetriedReferences:
    """The reference columns of a job, and what their texts mean now.

    Attributes:
        aims: By place, those columns whose values are looked up.
    """

    def __init__(self, job: Job, reach: Reach) -> None:
        self._by_name, self._by_id = References(reach), References(reach)
        self.aims: dict[int, Aim] = {}
        description = reach.describe(job.object)
        for place, column in enumerate(job.columns):
            try:
                aim = replace(aim_at(column.local, description, attribute=column.attribute), column=column)
            except MappingError:  # the field is gone since: the planner says so
                continue
            aim = self._by_name.recognise(aim, job.integration_id)
            if self._by_name.is_looked_up(aim):
                self.aims[place] = aim

    def look_up(self, place: int, texts: abc.Iterable[str]) -> None:
        """Ask for many texts of one place at once; `point` then asks for none of them."""
        aim = self.aims.get(place)
        if aim is not None:
            self._ids(aim, tuple(dict.fromkeys(texts)))

    def point(self, row: PlanInput, places: abc.Iterable[int]) -> PlanInput:
        """Give a row with ids at some places; one whose text names no one record is blocked."""
        for place in places:
            aim, wished = self.aims.get(place), row.wishes[place]
            if aim is not None and isinstance(wished, str) and wished not in self._ids(aim, (wished,)):
                (row,) = point((row,), place, aim, references=self._by_name)
        return row

    def _ids(self, aim: Aim, texts: abc.Sequence[str]) -> abc.Set[str]:
        """Give those texts that name no record, and are the id of one that is there."""
        named = self._by_name.resolve(aim, texts)
        strays = [
            text for text, meant in named.items() if isinstance(meant, Reason) and meant.code == NOT_FOUND
        ]
        if not strays or aim.lookup is None:
            return frozenset()
        by_id = replace(aim, lookup=Lookup(aim.lookup.targets, ""))
        found = self._by_id.resolve(by_id, strays)
        return {text for text, meant in found.items() if not isinstance(meant, Reason)}
