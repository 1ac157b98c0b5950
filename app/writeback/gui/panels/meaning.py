"""Say what a reference's value means, from a blocked row of a plan: for all rows alike, now and later."""

from collections import abc
from typing import Final

from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.choosing import ChooseDialog
from writeback.gui.panels.candidates import Candidates
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.runtime.facade.people import CandidateView, ChoiceView
from writeback.runtime.job_views import PlanRow

UNCLEAR: Final = frozenset(
    {"reference.not_found", "reference.ambiguous", "reference.inactive", "reference.choice_gone"}
)
"""Why a row is blocked whose value a person can say the meaning of."""


def is_unclear(row: PlanRow | None) -> bool:
    """Say whether a person can say what a row's value means."""
    if row is None or row.reason is None or row.reason.code not in UNCLEAR:
        return False
    facts = {name: str(fact) for name, fact in row.reason.facts}
    is_whole = not facts.get("value", "").endswith("…")  # a long one is shown shortened
    return is_whole and all(facts.get(name) for name in ("connection", "object", "value"))


UNKNOWN: Final = frozenset({"reference.unmatched_person", "reference.ambiguous_person"})
"""Why a row is blocked whose team member nobody was matched with in that CRM."""


def unknown_person(row: PlanRow | None) -> str:
    """Give the team member that a row's CRM does not know; '' where that is not why it is blocked."""
    if row is None or row.reason is None or row.reason.code not in UNKNOWN:
        return ""
    return str(dict(row.reason.facts).get("value", ""))


class Meaning:
    """The dialog of one row: candidates of the CRM and of the directory; the choice is remembered."""

    def __init__(self, desk: Desk, owner: QWidget, row: PlanRow, *, done: abc.Callable[[], None]) -> None:
        facts = dict(row.reason.facts) if row.reason is not None else {}
        self._desk, self._owner, self._done = desk, owner, done
        self._connection, self._value = str(facts["connection"]), str(facts["value"])
        self._objects = tuple(str(facts["object"]).split(","))
        self.dialog = ChooseDialog(
            tr(
                "What does {value} mean in {connection}?",
                value=one_line(self._value),
                connection=one_line(self._connection),
            ),
            tr(
                "All rows that say so mean the record you choose, in this plan and in later ones. "
                "It can be forgotten under Account assignment."
            ),
            act=tr("Choose this one for all alike"),
            parent=owner.window(),
        )
        reference = (self._connection, self._objects, self._value)
        self._candidates = Candidates(desk, owner, self.dialog, reference=reference, chosen=self._choose)

    def _choose(self, candidate: CandidateView) -> None:
        author = self._desk.author
        self._desk.ask(
            self._owner,
            lambda facade, act: facade.choose_reference(
                self._connection,
                self._objects,
                self._value,
                target=candidate.id,
                author=author,
                act=act,
            ),
            done=self._chosen,
            failed=self.dialog.banner.tell_error,
        )

    def _chosen(self, _choice: ChoiceView) -> None:
        self.dialog.accept()
        self._done()
