"""Answers about conflicts."""

from writeback.model.masters import MasterRule
from writeback.model.permissions import Right
from writeback.runtime.answering.once import Answering
from writeback.runtime.deciding import Deciding
from writeback.runtime.facade import (
    ConflictChoice,
    ConflictDecision,
    ConflictsLooked,
    ConflictsSettled,
    Levelled,
    MasterChanged,
    PlanView,
)
from writeback.store.inbox import Wanted


class ConflictAnswers(Answering):
    """Answers about conflicts."""

    _deciding: Deciding

    def settle_conflicts(
        self, choices: tuple[ConflictChoice, ...], *, author: str, act: str
    ) -> PlanView | None:
        """See `Facade.settle_conflicts`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "settle_conflicts", lambda: self._deciding.settle(choices, author=author))

    def decide_conflicts(
        self, wanted: Wanted, decision: ConflictDecision, *, author: str, act: str
    ) -> ConflictsSettled:
        """See `Facade.decide_conflicts`."""
        self._permitting.admit(Right.EDIT, author)
        if decision.makes_rule:
            self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(
            act, "decide_conflicts", lambda: self._deciding.decide(wanted, decision, author=author)
        )

    def set_master(self, entity: str, attribute: str, rule: MasterRule, *, act: str) -> MasterChanged:
        """See `Facade.set_master`."""
        self._permitting.admit(Right.CONFIGURE_MAPPINGS)
        return self._once(act, "set_master", lambda: self._deciding.set_master(entity, attribute, rule))

    def level_values(self, entity: str, attribute: str, *, author: str, act: str) -> Levelled:
        """See `Facade.level_values`."""
        self._permitting.admit(Right.EDIT, author)
        return self._once(act, "level_values", lambda: self._deciding.level(entity, attribute, author=author))

    def look_at_conflicts(self, wanted: Wanted, *, act: str) -> ConflictsLooked:
        """See `Facade.look_at_conflicts`."""
        self._permitting.admit(Right.EDIT)
        return self._once(act, "look_at_conflicts", lambda: self._deciding.look(wanted))
