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

    def point(self, row: PlanInput, places: abc.Iterable[int]) -> PlanInput:
        """Give a row with ids at some places; one whose text names no one record is blocked."""
        for place in places:
            aim = self.aims.get(place)
            if aim is not None and not self._is_id(row.wishes[place], aim):
                (row,) = point((row,), place, aim, references=self._by_name)
        return row

    def _is_id(self, wished: object, aim: Aim) -> bool:
        """Say whether what is wished names no record, and is the id of one that is there."""
        if not isinstance(wished, str) or aim.lookup is None:
            return False
        meant = self._by_name.resolve(aim, (wished,))[wished]
        if not isinstance(meant, Reason) or meant.code != NOT_FOUND:
            return False
        by_id = replace(aim, lookup=Lookup(aim.lookup.targets, ""))
        return not isinstance(self._by_id.resolve(by_id, (wished,))[wished], Reason)
