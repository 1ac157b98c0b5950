"""The dialog in which a person searches the records that a reference may point at.

Must not: decide what becomes of the choice.
"""

from collections import abc

from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.choosing import ChooseDialog
from writeback.gui.models.people import Whom
from writeback.gui.tasks import Desk
from writeback.runtime.facade.people import CandidateView


class Candidates:
    """The candidates of one reference, found as a person types."""

    def __init__(
        self,
        desk: Desk,
        owner: QWidget,
        dialog: ChooseDialog,
        *,
        reference: tuple[str, tuple[str, ...], str],
        chosen: abc.Callable[[CandidateView], None],
    ) -> None:
        """`reference`: the connection, what it may point at, the value whose namesakes are asked for."""
        self._desk, self._owner, self.dialog = desk, owner, dialog
        self._reference, self._chosen = reference, chosen
        self._ticket = 0
        dialog.searched.connect(self._look)
        dialog.chosen.connect(self._choose)
        dialog.open()
        self._look("")

    def _look(self, text: str) -> None:
        self._ticket += 1
        ticket, (connection, objects, value) = self._ticket, self._reference
        self._desk.ask(
            self._owner,
            lambda facade, _act: facade.reference_candidates(connection, objects, value, search=text),
            done=lambda found: self._show(ticket, found),
            failed=self.dialog.banner.tell_error,
        )

    def _show(self, ticket: int, found: tuple[CandidateView, ...]) -> None:
        if ticket == self._ticket and self.dialog.isVisible():
            self.dialog.show_candidates([Whom(one) for one in found])

    def _choose(self, one: Whom | None) -> None:
        if one is not None:
            self._chosen(one.candidate)
