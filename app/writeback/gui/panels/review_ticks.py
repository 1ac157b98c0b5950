"""What of a plan is left out: chosen rows, a field of them, a field everywhere, everything for one CRM.

The plan itself changes with each tick, so that its totals, guards and cost are those of what will be sent.
"""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import row
from writeback.gui.widgets.text import mnemonic_free, one_line
from writeback.model.types import JobId
from writeback.runtime.facade import PlanView
from writeback.runtime.facade.jobs import Unticked
from writeback.runtime.job_views import PlanRow


class Ticks(QWidget):
    """Two buttons: what is left out, and everything back.

    Signals:
        left: Parts of the plan shall be left out; carries `Unticked`s.
        back: Parts that were left out shall be taken back; carries `Unticked`s, none for all.
    """

    left = Signal(object)
    back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._plan: PlanView | None = None
        self._rows: tuple[PlanRow, ...] = ()
        self.leave = Button(tr("Leave out…"), picture="dash", call=self.open_menu)
        self.all = Button(tr("Tick all again"), picture="check", call=lambda: self.back.emit(()))
        self.menu_shown: QMenu | None = None
        self.setLayout(row(self.all, self.leave))

    def show_plan(self, plan: PlanView) -> None:
        """Be about this plan from now on."""
        self._plan = plan
        self.all.setVisible(bool(plan.left_out))
        self.all.say(tr("Tick %n rows again", plan.left_out))
        self.choose(())

    def choose(self, rows: abc.Iterable[PlanRow]) -> None:
        """Be about these lines of the plan."""
        self._rows = tuple(rows)
        can = self._plan is not None and any(group.send for group in self._plan.groups)
        self.leave.gate("" if can else tr("Nothing of this plan is to be sent."))

    @property
    def sent_rows(self) -> tuple[Unticked, ...]:
        """The rows of the chosen lines that are to be sent, whole."""
        sent = ((one.job_id, one.seq) for one in self._rows if one.verdict == "send")
        return tuple(Unticked(JobId(job), (seq,)) for job, seq in dict.fromkeys(sent))

    def toggle(self) -> None:
        """Leave the chosen lines out; where they are out already, take them back."""
        sent = [one for one in self._rows if one.verdict == "send"]
        out = [one for one in self._rows if one.verdict == "left_out"]
        if sent:
            self.left.emit(tuple(Unticked(JobId(one.job_id), (one.seq,), one.field) for one in sent))
        elif out:
            self.back.emit(
                tuple(
                    Unticked(JobId(one.job_id), (one.seq,), "" if one.is_whole_row else one.field)
                    for one in out
                )
            )

    def ways(self) -> list[tuple[str, tuple[Unticked, ...]]]:
        """Give what can be left out now, in words, with what that is."""
        plan = self._plan
        if plan is None:
            return []
        found: list[tuple[str, tuple[Unticked, ...]]] = []
        sent = [one for one in self._rows if one.verdict == "send"]
        if sent:
            fields = tuple(Unticked(JobId(one.job_id), (one.seq,), one.field) for one in sent)
            rows = self.sent_rows
            found.append((tr("%n chosen fields", len(fields)), fields))
            found.append((tr("%n chosen rows, with all their fields", len(rows)), rows))
        names = dict.fromkeys(one.field for one in sent) or dict.fromkeys(
            path for group in plan.groups if group.send for path in group.columns
        )
        for name in names:
            jobs = tuple(
                Unticked(group.job_id, field=name)
                for group in plan.groups
                if group.send and name in group.columns
            )
            found.append((tr("{field} in every row", field=one_line(name, 60)), jobs))
        if len(plan.groups) > 1:
            crms = {one.job_id: one.connection for one in self._rows}
            for group in plan.groups:
                if group.send and (name := crms.get(group.job_id, "")):
                    words = tr("everything for {crm}", crm=one_line(name, 60))
                    found.append((words, (Unticked(group.job_id),)))
        return found

    def open_menu(self) -> None:
        """Offer what can be left out."""
        menu = QMenu(self)
        for words, what in self.ways():
            menu.addAction(mnemonic_free(words)).triggered.connect(
                lambda _checked=False, what=what: self.left.emit(what)
            )
        self.menu_shown = menu
        menu.popup(self.leave.mapToGlobal(self.leave.rect().bottomLeft()))
