"""Settle a conflict from a screen: the CRM's value is kept at once, one's own goes to Review & send.

Must not: send. A wish that is kept becomes a plan that a person reviews.
"""

import shiboken6

from writeback.errors import WritebackError
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.conflicts import ConflictBox
from writeback.model.integrations import ConflictRule
from writeback.model.types import RecordId
from writeback.runtime.facade import ConflictChoice, PlanView

KEEPS = {"keep_mine": ConflictRule.OURS, "keep_theirs": ConflictRule.CRM}
"""What an action of the table chooses."""


def settle(panel: Panel, box: ConflictBox, choice: ConflictChoice) -> None:
    """Keep a choice; the plan that may come of it opens in Review & send."""
    if not box.mine.isEnabled():
        return  # a choice is on its way
    box.wait()
    author = panel.desk.author

    def settled(plan: PlanView | None) -> None:
        if plan is None:
            panel.told.emit(tr("What is in the CRM is kept."))
            panel.refresh()
        else:
            panel.asked.emit("review", plan)

    def failed(error: WritebackError) -> None:
        if shiboken6.isValid(box):  # the screen may have been drawn anew meanwhile
            box.take_again()
        panel.complain(error)

    panel.desk.ask(
        panel,
        lambda facade, act: facade.settle_conflicts((choice,), author=author, act=act),
        done=settled,
        failed=failed,
    )


def choice_of(record: str, attribute: str, keep: ConflictRule) -> ConflictChoice:
    """Give the choice for one value."""
    return ConflictChoice(RecordId(record), attribute, keep)
