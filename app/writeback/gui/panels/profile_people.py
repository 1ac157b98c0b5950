"""The people side of a profile: what a person is at each account, and whether accounts name them."""

from collections import abc
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from writeback.gui.panels.profile_form import RecordForm
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.provenance import state_words
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, tip
from writeback.model.types import RecordId
from writeback.planning.coercing import text_of
from writeback.runtime.facade import Edit
from writeback.runtime.reading_profiles import KeyContact
from writeback.runtime.views import AttributeView, MembershipView


class AtAccounts(QWidget):
    """One form a membership, and one line for each attribute of an account that may name the person.

    Signals:
        edited: A value was typed; carries the `Edit`.
        retried: A refused value shall be sent again; carries record and attribute.
        discarded: A refused value shall be given up; carries record and attribute.
        opened: Another record is wanted; carries its `Relation`.
        settled: A conflict was settled; carries record, attribute, and the `ConflictRule`.
    """

    edited = Signal(object)
    retried = Signal(str, str)
    discarded = Signal(str, str)
    opened = Signal(object)
    settled = Signal(str, str, object)

    def __init__(self, now: abc.Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.forms: dict[str, RecordForm] = {}
        self.buttons: list[Button] = []
        self._shown: tuple[object, ...] = ()
        self._body = QVBoxLayout()
        self._body.setSpacing(12)
        self._body.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._body)
        self.hide()

    @property
    def is_typed_in(self) -> bool:
        """Whether somebody is typing in one of the forms."""
        return any(form.is_typed_in for form in self.forms.values())

    def show_person(self, memberships: tuple[MembershipView, ...], contacts: tuple[KeyContact, ...]) -> None:
        """Show what a person is where; the same again keeps the focus."""
        if (memberships, contacts) == self._shown or self.is_typed_in:
            return
        self._shown = (memberships, contacts)
        clear(self._body)
        self.forms, self.buttons = {}, []
        for one in memberships:
            self._body.addWidget(self._membership(one))
        if contacts:
            self._body.addWidget(self._contacts(contacts))
        self.setVisible(bool(memberships or contacts))

    def _membership(self, one: MembershipView) -> QWidget:
        title = one.account.title if one.account is not None else tr("an account that was not pulled")
        head = row(gap=2)
        head.addWidget(ElidedLabel(tr("At {account}", account=title), role="heading"), 1)
        if one.account is not None:
            button = Button(
                tr("Open"), kind="quiet", picture="accounts", call=partial(self.opened.emit, one.account)
            )
            button.setAccessibleName(tr("Open {account}", account=title))
            self.buttons.append(button)
            head.addWidget(button)
        form = RecordForm(self._now)
        rid = one.record.rid
        form.edited.connect(partial(self._edited, rid))
        form.retried.connect(partial(self.retried.emit, rid))
        form.discarded.connect(partial(self.discarded.emit, rid))
        form.settled.connect(partial(self.settled.emit, rid))
        form.show_record(one.record, ())
        self.forms[rid] = form
        body = column(gap=2)
        body.addLayout(head)
        body.addWidget(form)
        holder = QWidget()
        holder.setLayout(body)
        return holder

    def _edited(self, rid: str, attribute: str) -> None:
        form = self.forms[rid]
        self.edited.emit(Edit(RecordId(rid), attribute, form.typed(attribute)))

    def _contacts(self, contacts: tuple[KeyContact, ...]) -> QWidget:
        body = column(PlainLabel(tr("Named by accounts"), role="heading"), gap=2, margin=(5, 4, 5, 4))
        for one in contacts:
            words = tr("{attribute} of {account}", attribute=one.attribute.title, account=one.account.title)
            line_up = row(gap=2)
            line_up.addWidget(ElidedLabel(words), 1)
            if one.is_mine:
                chip = Chip(tr("this person"), tone="ok", picture="check")
                line_up.addWidget(chip)
            else:
                held = text_of(one.holds if one.mark is None else one.mark.new)
                line_up.addWidget(ElidedLabel(held or tr("nobody"), role="muted"), 1)
                button = Button(
                    tr("Name this person"), kind="quiet", picture="profile", call=partial(self._name, one)
                )
                button.setAccessibleName(tr("Name this person as {words}", words=words))
                self.buttons.append(button)
                line_up.addWidget(button)
            if one.mark is not None:
                mark = Chip(state_words(AttributeView(one.attribute), one.mark, self._now()), tone="draft")
                tip(mark, state_words(AttributeView(one.attribute), one.mark, self._now()))
                line_up.addWidget(mark)
            body.addLayout(line_up)
        return boxed(body, box="card")

    def _name(self, one: KeyContact) -> None:
        self.edited.emit(Edit(RecordId(one.account.rid), one.attribute.name, one.mine))
