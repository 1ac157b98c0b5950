"""Who the unmatched team members could be: users with reason and confidence, accepted together.

Nothing is ticked that a person did not tick: a wrong match writes somebody else into a CRM.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from writeback.errors import WritebackError
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, give_room
from writeback.gui.widgets.states import States
from writeback.gui.widgets.text import PlainLabel, one_line, title_free
from writeback.planning.proposing_people import ALIAS, INITIAL, MAIL, NAME, TURNED
from writeback.runtime.facade import Facade
from writeback.runtime.proposing_people import PersonProposal

REASONS = Words(
    {
        MAIL: mark("same e-mail, which others have as well"),
        ALIAS: mark("same name before the @"),
        NAME: mark("same name"),
        TURNED: mark("same name, written otherwise"),
        INITIAL: mark("same surname and first letter"),
    }
)


class ProposalsDialog(QDialog):
    """All that is proposed, in every CRM.

    Signals:
        accepted_some: Matches were made; carries how many, and the first error that ended it or None.
    """

    accepted_some = Signal(int, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: tuple[PersonProposal, ...] = ()
        self.setWindowTitle(title_free(tr("Who they could be")))
        self.setMinimumSize(560, 360)
        give_room(self, 820, 520)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Proposals"))
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.itemChanged.connect(lambda _item: self._gate())
        self.states = States(self.list)
        self.states.retry.connect(self.refresh)
        self.every = Button(tr("Tick all"), kind="quiet", call=lambda: self._tick(is_on=True))
        self.none = Button(tr("Tick none"), kind="quiet", call=lambda: self._tick(is_on=False))
        self.accept_them = Button("", kind="primary", picture="check", call=self._accept)
        body = column(
            PlainLabel(tr("Who they could be"), role="heading", wraps=True),
            PlainLabel(
                tr(
                    "These team members have no user in a CRM yet, and somebody there resembles them. What "
                    "you accept is remembered like a choice of your own; what you leave stays open."
                ),
                role="muted",
                wraps=True,
            ),
            gap=3,
            margin=6,
        )
        body.addWidget(self.states, 1)
        close = Button(tr("Cancel"), call=self.reject)
        body.addWidget(Flowing(self.every, self.none, close, self.accept_them, is_at_end=True))
        self.setLayout(body)
        self._gate()
        self.refresh()

    def refresh(self) -> None:
        """Look for proposals once more."""
        self.states.loading()
        self._desk.read(
            self, lambda reads: reads.match_proposals(), done=self._show, failed=self.states.error
        )

    def _show(self, found: tuple[PersonProposal, ...]) -> None:
        self._found = found
        self.list.clear()
        if not found:
            self.states.empty(
                tr("Nobody resembles them"),
                tr("Who has no user in a CRM is listed under People; choose one by hand with Enter."),
                picture="profile",
            )
            self._gate()
            return
        for one in found:
            item = QListWidgetItem(_words(one))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.states.ready()
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._gate()

    @property
    def chosen(self) -> tuple[PersonProposal, ...]:
        """What is ticked."""
        return tuple(
            one
            for place, one in enumerate(self._found)
            if self.list.item(place).checkState() is Qt.CheckState.Checked
        )

    def _tick(self, *, is_on: bool) -> None:
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def _gate(self) -> None:
        count = len(self.chosen)
        self.accept_them.say(tr("Accept %n matches", count) if count else tr("Accept"))
        self.accept_them.gate("" if count else tr("Tick a proposal first."))
        none = "" if self._found else tr("Nothing is proposed.")
        self.every.gate(none)
        self.none.gate(none)

    def _accept(self) -> None:
        chosen, author = self.chosen, self._desk.author
        self.accept_them.gate(tr("The matches are being kept."))

        def act(facade: Facade, act: str) -> tuple[int, WritebackError | None]:
            """Keep one after the other: what is kept before an error stays."""
            for place, one in enumerate(chosen):
                try:
                    facade.match_person(
                        one.person,
                        str(one.connection_id),
                        user=one.user.id,
                        author=author,
                        act=f"{act}-{place}",
                    )
                except WritebackError as error:
                    return place, error
            return len(chosen), None

        self._desk.ask(self, act, done=self._done, failed=self.states.error)

    def _done(self, told: tuple[int, WritebackError | None]) -> None:
        self.accept()
        self.accepted_some.emit(*told)


def _words(one: PersonProposal) -> str:
    told = tr(
        "{person} in {connection}: {user} ({mail}) · {reason}, {sure} %",
        person=one_line(one.name),
        connection=one_line(one.connection),
        user=one_line(one.user.title),
        mail=one_line(one.user.email or one.user.id),
        reason=REASONS[one.reason],
        sure=round(one.confidence * 100),
    )
    if one.joins:
        name = one_line(one.joins)
        told += "\n" + tr("The team member {name}, made of this user alone, becomes this one.", name=name)
    return told
