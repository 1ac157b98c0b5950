"""Distribute accounts among team members: by turns or by load, previewed person by person, then reviewed.

Nothing is sent here: what changes hands becomes pending edits, which go through Review & send.
"""

from collections import abc

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QListWidgetItem, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import NOT_SET, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import may_shrink
from writeback.gui.widgets.layouts import boxed, column, footed, give_room, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line, title_free
from writeback.model.changes import Origin
from writeback.model.people import PersonKind
from writeback.model.plays import AssignRule
from writeback.model.segments import Segment
from writeback.runtime.distributing import RULES, Distributed, Distribution, Given, Share, review_source
from writeback.runtime.facade import PlanSource
from writeback.runtime.facade.people import DirectoryView, RoleView
from writeback.runtime.reading import Reading

RULE_WORDS = Words(
    {
        AssignRule.ROUND_ROBIN: mark("One after the other"),
        AssignRule.LEAST_LOADED: mark("Whoever has the fewest"),
        AssignRule.FIXED: mark("All to the first one"),
    }
)
PAUSE_MS = 250
_ID = Qt.ItemDataRole.UserRole


class DistributeDialog(QDialog):
    """Which records, to whom, by which rule.

    Signals:
        kept: Edits wait; carries the `PlanSource` that reviews them.
    """

    kept = Signal(object)

    def __init__(
        self,
        desk: Desk,
        roles: abc.Sequence[RoleView],
        directory: DirectoryView,
        *,
        chosen: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._roles = desk, {one.attribute: one for one in roles}
        self.found: Distributed | None = None
        self._ticket = 0
        self.setWindowTitle(title_free(tr("Distribute accounts")))
        self.setMinimumSize(640, 420)
        give_room(self, 860, 600)
        self.banner = Banner()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.refresh)
        self._build_wishes(directory, chosen)
        self.told = PlainLabel("", role="muted", wraps=True)
        self.shares = _shares_model()
        self.share_table = Table(tr("How many each would have"))
        self.share_table.dress(self.shares, [spec.width for spec in self.shares.specs])
        self.given = _given_model()
        self.given_table = Table(tr("What changes hands"))
        self.given_table.dress(self.given, [spec.width for spec in self.given.specs])
        self.review = Button("", kind="primary", picture="review", call=self._keep)
        body = column(
            PlainLabel(tr("Distribute accounts"), role="heading", wraps=True),
            PlainLabel(
                tr(
                    "Whoever holds an account and is named stays. What changes hands waits as pending edits "
                    "and goes through Review & send."
                ),
                role="muted",
                wraps=True,
            ),
            self.banner,
            gap=2,
            margin=6,
        )
        wishes = row(self.role, self.where, self.rule, gap=2)
        wishes.setStretch(1, 1)
        body.addLayout(wishes)
        halves = row(gap=3)
        halves.addLayout(column(PlainLabel(tr("To"), role="strong"), self.people, gap=1), 2)
        right = column(self.told, self.share_table, self.given_table, gap=2)
        right.setStretch(1, 2)
        right.setStretch(2, 3)
        halves.addWidget(boxed(right), 5)
        body.addLayout(halves, 1)
        self.setLayout(footed(body, row(None, Button(tr("Cancel"), call=self.reject), self.review)))
        self._show(None)
        self._desk.read(self, _segments, done=self._know_segments, failed=self.banner.tell_error)
        self.people.setFocus()

    def _build_wishes(self, directory: DirectoryView, chosen: str) -> None:
        self.role = may_shrink(QComboBox())
        self.role.setAccessibleName(tr("Role"))
        for one in self._roles.values():
            self.role.addItem(one_line(one.title), one.attribute)
        self.role.setCurrentIndex(max(self.role.findData(chosen), 0))
        self.where = may_shrink(QComboBox())
        self.where.setEditable(True)
        self.where.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.where.setAccessibleName(tr("Which accounts: a segment or a condition"))
        edit = self.where.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(tr("Every account; or a condition such as csm is blank"))
        self.rule = QComboBox()
        self.rule.setAccessibleName(tr("By which rule"))
        for rule in RULES:
            self.rule.addItem(RULE_WORDS[rule], rule.value)
        self.people = QListWidget()
        self.people.setAccessibleName(tr("To"))
        for person in directory.people:
            if person.active and person.kind is PersonKind.PERSON:
                item = QListWidgetItem(one_line(person.name))
                item.setData(_ID, person.id)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.people.addItem(item)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.people.setCurrentRow(0)
        self.people.itemChanged.connect(lambda _item: self._changed())
        self.role.currentIndexChanged.connect(lambda _place: self._changed())
        self.rule.currentIndexChanged.connect(lambda _place: self._changed())
        self.where.currentTextChanged.connect(lambda _text: self._changed())

    def _know_segments(self, found: tuple[Segment, ...]) -> None:
        typed = self.where.currentText()
        for one in found:
            self.where.addItem(one_line(one.name))
        self.where.setEditText(typed)

    @property
    def wish(self) -> Distribution | None:
        """What is wanted now; None: nobody is named yet."""
        items = (self.people.item(place) for place in range(self.people.count()))
        named = tuple(str(one.data(_ID)) for one in items if one.checkState() is Qt.CheckState.Checked)
        role = self._roles.get(str(self.role.currentData()))
        if role is None or not named:
            return None
        return Distribution(
            role.attribute,
            named,
            AssignRule(str(self.rule.currentData())),
            self.where.currentText().strip(),
            role.entity,
        )

    def refresh(self) -> None:
        """Count what is wanted now."""
        wish, ticket = self.wish, self._ticket
        if wish is None:
            return

        def done(found: Distributed) -> None:
            if ticket == self._ticket:
                self._show(found)

        def failed(error: WritebackError) -> None:
            if ticket == self._ticket:
                self.banner.tell_error(error)

        self._desk.read(self, lambda reads: reads.bulk.distribute(wish), done=done, failed=failed)

    def _changed(self) -> None:
        self._ticket += 1
        self._show(None)
        self._timer.start()

    def _show(self, found: Distributed | None) -> None:
        self.found = found
        self.banner.hide()
        self.shares.show_rows(found.shares if found is not None else ())
        self.given.show_rows(found.given if found is not None else ())
        words = tr("Tick who shall get accounts; who would have how many is counted here.")
        if self.wish is not None:
            words = tr("It is being counted.")
        if found is not None:
            words = tr(
                "%n accounts: {given} change hands, {same} stay, {waits} wait with an edit.",
                found.records,
                given=number(len(found.edits)),
                same=number(found.same),
                waits=number(found.waits),
            )
        self.told.set_text(words)
        count = len(found.edits) if found is not None else 0
        self.review.say(tr("Review %n changes…", count) if count else tr("Review…"))
        nobody = tr("Tick who shall get accounts.") if self.wish is None else tr("It is being counted.")
        self.review.gate("" if count else nobody if found is None else tr("Nothing would change."))

    def _keep(self) -> None:
        found, author, wish = self.found, self._desk.author, self.wish
        if found is None or wish is None:
            return
        source = review_source(found, entity=wish.entity, author=author, origin=Origin.SEGMENT)
        if source.kind != "drafts":
            self._go(source)
            return
        self.review.gate(tr("The edits are being kept."))
        edits = found.edits
        self._desk.ask(
            self,
            lambda facade, act: facade.save_edits(edits, origin=Origin.SEGMENT, author=author, act=act),
            done=lambda _answers: self._go(source),  # each waits, or the plan says why it cannot be written
            failed=self._failed,
        )

    def _go(self, source: PlanSource) -> None:
        self.accept()
        self.kept.emit(source)

    def _failed(self, error: WritebackError) -> None:
        self._show(self.found)
        self.banner.tell_error(error)


def _segments(reads: Reading) -> tuple[Segment, ...]:
    return tuple(one for one in reads.segments.every() if one.entity == "account")


def _shares_model() -> ListModel[Share]:
    return ListModel(
        (
            Spec(tr("Team member"), lambda one: one.name, width=190),
            Spec(tr("Has"), lambda one: number(one.has), is_number=True, width=70),
            Spec(tr("Gets"), lambda one: number(one.gets), is_number=True, width=70),
            Spec(tr("Then"), lambda one: number(one.then), is_number=True, width=70),
        )
    )


def _given_model() -> ListModel[Given]:
    return ListModel(
        (
            Spec(tr("Account"), lambda one: one.title, width=190),
            Spec(tr("From"), lambda one: one.before or tr(NOT_SET), tone=lambda _one: "muted", width=150),
            Spec(tr("To"), lambda one: one.after, tone=lambda _one: "draft", width=150),
        )
    )
