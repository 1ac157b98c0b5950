"""What account assignment does for many at once: accept proposed matches, distribute accounts."""

from collections import abc

from PySide6.QtCore import QObject, Signal

from writeback.errors import WritebackError
from writeback.gui.dialogs.distributing import DistributeDialog
from writeback.gui.dialogs.proposals import ProposalsDialog
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.runtime.facade.people import DirectoryView, RoleView


class Many(QObject):
    """Two buttons of the screen, with what they open.

    Signals:
        matched: Matches were kept; carries the error that ended it before its end, or None.
    """

    matched = Signal(object)

    def __init__(self, panel: Panel, role: abc.Callable[[], str]) -> None:
        """Work for a panel; `role` gives the attribute of the role that is chosen, '' for none."""
        super().__init__(panel)
        self._panel, self._role = panel, role
        self._roles: tuple[RoleView, ...] = ()
        self._directory: DirectoryView | None = None
        self.distribute_button = Button(
            tr("Distribute accounts…"), picture="both-ways", call=self.open_distribution
        )
        self.propose_button = Button(tr("Who they could be…"), picture="wand", call=self.open_proposals)
        self.proposals: ProposalsDialog | None = None
        self.distribution: DistributeDialog | None = None

    def know(self, roles: tuple[RoleView, ...], directory: DirectoryView) -> None:
        """Say what there is."""
        self._roles, self._directory = roles, directory

    def abilities(self) -> dict[str, bool]:
        """Say which acts are possible now, and gate their buttons."""
        directory = self._directory
        is_read = directory is not None and any(one.pulled_at is not None for one in directory.sources)
        self.distribute_button.gate("" if self._roles else tr("Add a role first."))
        self.propose_button.gate("" if is_read else tr("Read the users of a CRM first."))
        return {"propose_people": is_read, "distribute": bool(self._roles)}

    def open_proposals(self) -> None:
        """Show who the unmatched team members could be."""
        if self.abilities()["propose_people"]:
            self.proposals = ProposalsDialog(self._panel.desk, self._panel.window())
            self.proposals.accepted_some.connect(self._accepted)
            self.proposals.open()

    def _accepted(self, count: int, problem: WritebackError | None) -> None:
        self._panel.told.emit(tr("%n matches kept.", count))
        self.matched.emit(problem)

    def open_distribution(self) -> None:
        """Distribute accounts among team members; what changes hands is reviewed."""
        if self._directory is None or not self._roles:
            return
        self.distribution = DistributeDialog(
            self._panel.desk, self._roles, self._directory, chosen=self._role(), parent=self._panel.window()
        )
        self.distribution.kept.connect(lambda source: self._panel.asked.emit("review", source))
        self.distribution.open()
