"""One record: its attributes by source, each with its state; edit in place. Edits become drafts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.bridge import Bridge
from writeback.gui.i18n import moment
from writeback.gui.panels.note_card import NoteCard
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.profile_form import FormEditor, RecordForm
from writeback.gui.panels.profile_keys import Keys
from writeback.gui.panels.profile_loading import Loaded, read_profile
from writeback.gui.panels.profile_people import AtAccounts
from writeback.gui.panels.score_card import ScoreCard
from writeback.gui.panels.sending_now import discard_value, retry_value, send_now
from writeback.gui.panels.settling import KEEPS, choice_of, settle
from writeback.gui.panels.task_card import TaskCard
from writeback.gui.panels.timeline import Timeline
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.conflicts import ConflictBox
from writeback.gui.widgets.editors import Choice, Line
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, row, scrolled
from writeback.gui.widgets.members import Member
from writeback.gui.widgets.relations import People
from writeback.gui.widgets.states import States
from writeback.gui.widgets.text import ElidedLabel
from writeback.model.changes import Origin
from writeback.model.connections import Connection, SignInState
from writeback.model.events import EventKind
from writeback.model.integrations import ConflictRule
from writeback.model.types import RecordId
from writeback.planning.coercing import text_of
from writeback.runtime.facade import Edit, EditAnswer
from writeback.runtime.facade.profiles import ReadAgain
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import MembershipView, RecordView, Relation

NARROW_CHARACTERS = 130
"""On a narrower page the side stands below the attributes."""
TITLE_LEAST = 300
"""So much of the name is in sight before the acts go on in a second line."""
PENDING = ("draft", "refused", "conflict")


class ProfilePanel(Panel):
    """One record."""

    cares_about = frozenset(
        {
            EventKind.RECORDS_PULLED,
            EventKind.EDIT_SAVED,
            EventKind.BATCH_SETTLED,
            EventKind.JOB_CHANGED,
            EventKind.CONFLICT_FOUND,
            EventKind.PEOPLE_CHANGED,
            EventKind.CONNECTION_CHANGED,
            EventKind.TASK_CHANGED,
            EventKind.NOTE_CHANGED,
        }
    )

    def __init__(self, desk: Desk, bridge: Bridge, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Account"), parent=parent)
        self._bridge = bridge
        self._entity, self._rid = "account", ""
        self._view: RecordView | None = None
        self._memberships: tuple[MembershipView, ...] = ()
        head = self._build_head()
        self._people = People()
        self._people.chosen.connect(self._open_relation)
        self._build_forms()
        self._keys = Keys(desk)
        self._keys.failed.connect(self.complain)
        self._tasks = self._build_tasks()
        self._timeline = Timeline(desk.now)
        self._timeline.put_back.connect(self._put_back)
        self._build_notes()
        cards = (self._keys, self._scores, self._tasks, self._notes, self._people, self._timeline)
        side = column(*cards, None, gap=4)
        self._parts = row(gap=4, margin=(0, 0, 2, 4))
        self._parts.addLayout(column(self._form, self._at, None, gap=4), 5)
        self._parts.addLayout(side, 3)
        inside = QWidget()
        inside.setLayout(self._parts)
        self._page = scrolled(inside)
        self.states = States(self._page)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(lambda: self.asked.emit("accounts", None))
        page = column(gap=5, margin=(8, 5, 8, 2))
        page.addLayout(head)
        page.addWidget(self._belongs, 0, Qt.AlignmentFlag.AlignLeft)
        page.addWidget(self.states)
        self.setLayout(page)

    def _build_forms(self) -> None:
        self._form = RecordForm(self.desk.now)
        self._form.edited.connect(self._edited)
        self._form.settled.connect(lambda name, keep: self._settle(self._rid, name, keep))
        self._form.retried.connect(lambda name: self._retry(self._rid, name))
        self._form.discarded.connect(lambda name: self._discard_one(self._rid, name))
        self._at = AtAccounts(self.desk.now)
        self._at.edited.connect(lambda edit: self._save(edit, origin=Origin.PROFILE))
        self._at.retried.connect(self._retry)
        self._at.discarded.connect(self._discard_one)
        self._at.settled.connect(self._settle)
        self._at.opened.connect(self._open_relation)

    def _build_notes(self) -> None:
        self._scores = ScoreCard()
        self._notes = NoteCard(self.desk)
        self._notes.changed.connect(lambda: self._bridge.after_now(self.refresh))
        self._notes.failed.connect(self.complain)

    def _build_tasks(self) -> TaskCard:
        made = TaskCard(self.desk)
        made.changed.connect(lambda: self._bridge.after_now(self.refresh))
        made.told.connect(self.told)
        made.all_wanted.connect(lambda: self.asked.emit("tasks", (self._entity, self._rid)))
        return made

    def _build_head(self) -> QHBoxLayout:
        self._title = ElidedLabel(role="title")
        self._caption = ElidedLabel(role="muted")
        self._belongs = Button("", kind="quiet", picture="accounts", call=self._open_account)
        self._belongs.hide()
        back = IconButton(
            tr("Back to accounts"), "arrow-left", call=lambda: self.asked.emit("accounts", None)
        )
        self._read = Button(tr("Read again"), picture="refresh", call=self._read_again)
        self._discard = Button(tr("Discard edits"), picture="trash", call=self._discard_edits)
        self._send = Button(tr("Send now"), picture="send", call=self._send_drafts)
        self._review = Button(
            tr("Review…"), kind="primary", picture="review", call=lambda: self.asked.emit("review", None)
        )
        head = row(gap=2)
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(column(self._title, self._caption, gap=1), 1)
        head.addWidget(Flowing(self._read, self._discard, self._send, self._review, is_at_end=True))
        self._gate_acts(tr("No account is chosen."))
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW_CHARACTERS * self.fontMetrics().averageCharWidth()
        side_by_side = QBoxLayout.Direction.LeftToRight
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else side_by_side)

    def open(self, subject: object = None) -> None:
        if isinstance(subject, tuple) and len(subject) == 2:
            self._entity, self._rid = str(subject[0]), str(subject[1])
            self._view = None
            self._form.forget()
            self._page.verticalScrollBar().setValue(0)
        super().open()

    def first_focus(self) -> QWidget | None:
        return next((editor for editor in self._editors.values() if editor.isEnabled()), None)

    def do(self, what: str) -> bool:
        if what == "discard":
            self._discard_edits()
            return True
        if what == "find":
            return self._form.go_find()
        if what == "pull" and self._view is not None:
            self._read_again()
            return True
        if what in ("fill_form", "add_task") and self._view is not None:
            (self._tasks.fill_form if what == "fill_form" else self._tasks.add)()
            return True
        if what in KEEPS:
            self._settle_chosen(KEEPS[what])
            return True
        return False

    def refresh(self) -> None:
        entity, rid, author = self._entity, self._rid, self.desk.author
        if not rid:
            self._show(Loaded(None))
            return
        self.states.loading()

        self.desk.read(
            self,
            lambda reads: read_profile(reads, entity, rid, author),
            done=self._show,
            failed=self._not_read,
        )

    # what is there

    @property
    def _editors(self) -> dict[str, FormEditor]:
        return self._form.editors

    @property
    def _conflicts(self) -> dict[str, ConflictBox]:
        return self._form.conflicts

    def _show(self, loaded: Loaded) -> None:
        record = loaded.record
        if record is None:
            self._show_none()
            return
        self._title.set_text(record.title)
        self._title.keep(TITLE_LEAST)
        self.use({one.connection.id for view in record.attributes for one in view.targets})
        held = tr("in {links} CRMs · ", links=len(record.links)) if len(record.links) > 1 else ""
        others = _others(record, loaded.memberships)
        shared = tr("edits the one record, also seen by %n other accounts · ", others) if others else ""
        read = moment(record.read_at, now=self.desk.now())
        self._caption.set_text(
            tr("{shared}{held}read {at} · {rid}", shared=shared, held=held, at=read, rid=record.rid)
        )
        self._show_relations(record)
        drafts = sum(mark.state in PENDING for _, mark in record.row.marks)
        drafts += sum(m.state in PENDING for one in loaded.memberships for _, m in one.record.row.marks)
        for button in (self._discard, self._review, self._send):
            button.gate("" if drafts else tr("There are no pending edits on this record."))
        self._read.gate("" if record.links else tr("The record stands in no CRM."))
        if not self._form.is_typed_in:
            self._view = record
            self._form.show_record(record, loaded.history)
        self._memberships = loaded.memberships
        self._at.show_person(loaded.memberships, loaded.contacts)
        self._keys.show_links(record.links)
        self._scores.show_scores(loaded.scores)
        self._notes.show_notes(record.rid, loaded.notes, lacking=loaded.lacking)
        self._tasks.show_tasks((record.entity, record.rid, record.title), loaded.tasks)
        self.offer(
            *(("discard",) if drafts else ()),
            *(("settle",) if self._conflicts else ()),
            *(("pull",) if record.links else ()),
            "find",
            "fill_form",
            "add_task",
        )
        self._show_history(record, loaded.history)
        self._tell_state(record)

    def _not_read(self, error: WritebackError) -> None:
        if self._view is None:
            self._title.set_text(tr("Account"))
            self._gate_acts(tr("This could not be shown"))
        self.states.error(error)

    def _gate_acts(self, reason: str) -> None:
        for button in (self._discard, self._review, self._send, self._read):
            button.gate(reason)

    def _show_none(self) -> None:
        self._title.set_text(tr("Account"))
        self._caption.set_text("")
        self._belongs.hide()
        self._tasks.forget()
        self._notes.forget()
        self._scores.show_scores(())
        self._gate_acts(tr("No account is chosen."))
        self.offer()
        self.states.empty(
            tr("No account is chosen"),
            tr("Choose one in the grid."),
            act=tr("Go to accounts"),
            picture="profile",
        )

    def _tell_state(self, record: RecordView) -> None:
        """Say what is missing: records that are gone, connections that cannot be asked."""
        gone = [link.connection for link in record.links if link.is_gone]
        down = sorted(
            {
                target.connection.name
                for view in record.attributes
                for target in view.targets
                if target.connection.sign_in is SignInState.NEEDED
            }
        )
        if gone:
            self.states.partial(
                tr(
                    "{names} no longer shows this record: it was deleted there, or merged into another one, "
                    "which the CRM does not name. What was read of it stays here.",
                    names=", ".join(gone),
                )
            )
        elif down:
            self.states.partial(
                tr("Sign-in is needed for {down}; edits are kept and wait.", down=", ".join(down))
            )
        else:
            self.states.ready()

    def _show_relations(self, record: RecordView) -> None:
        """Show which account a person belongs to, and who belongs to an account."""
        account = record.account
        self._belongs.setVisible(account is not None)
        if account is not None:
            self._belongs.say(tr("Belongs to {account}", account=account.title))
        self._people.show_people(record.members)

    def _open_relation(self, relation: object) -> None:
        if isinstance(relation, Relation):
            self.asked.emit("profile", (relation.entity, relation.rid))

    def _open_account(self) -> None:
        if self._view is not None and self._view.account is not None:
            self._open_relation(self._view.account)

    def _show_history(self, record: RecordView, history: tuple[HistoryEntry, ...]) -> None:
        held = dict(zip((one.attribute.name for one in record.attributes), record.row.values, strict=True))
        self._timeline.show_history(history, record.attributes, held)

    def _put_back(self, entry: HistoryEntry) -> None:
        """Want an earlier value again: as a draft, judged and reviewed like any other."""
        self._save(Edit(RecordId(self._rid), entry.attribute, text_of(entry.old)), origin=Origin.UNDO)

    # editing

    def _edited(self, attribute: str) -> None:
        record, editor = self._form.record, self._editors.get(attribute)
        if record is None or editor is None:
            return
        place = next(at for at, view in enumerate(record.attributes) if view.attribute.name == attribute)
        mark = record.row.mark_of(attribute)
        before = text_of(record.row.values[place] if mark is None else mark.new)
        text = editor.text_value()
        if text == before:
            return
        if isinstance(editor, Choice | Line | Member):
            editor.setAccessibleDescription(tr("not saved yet"))
        if isinstance(editor, Line):
            editor.setModified(False)
        self._save(Edit(RecordId(record.rid), attribute, text), origin=Origin.PROFILE)

    def _save(self, edit: Edit, *, origin: Origin) -> None:
        author = self.desk.author
        self.desk.ask(
            self,
            lambda facade, act: facade.save_edits((edit,), origin=origin, author=author, act=act),
            done=self._saved,
            failed=self._not_saved,
        )

    def _saved(self, answers: tuple[EditAnswer, ...]) -> None:
        for answer in answers:
            if answer.state == "blocked" and answer.reason is not None:
                told = sentence_of(answer.reason.code, dict(answer.reason.facts))
                self.states.banner.tell(f"{told} ({answer.reason.code})", tone="warning")
                return
        self._bridge.after_now(self.refresh)

    def _not_saved(self, error: WritebackError) -> None:
        self._view = None
        self._form.forget()
        self.refresh()
        self.complain(error)

    # one value, or all of them

    def _records(self) -> list[RecordView]:
        """Give the record and the memberships that are edited with it."""
        own = [] if self._view is None else [self._view]
        return [*own, *(one.record for one in self._memberships)]

    def _retry(self, rid: str, attribute: str) -> None:
        """Send a refused value once more."""
        entity = next((one.entity for one in self._records() if one.rid == rid), self._entity)
        retry_value(self, entity, (rid, attribute), done=self._saved)

    def _send_drafts(self) -> None:
        """Send everything that waits on this record, now."""
        edits: list[Edit] = []
        connections: dict[str, Connection] = {}
        for record in self._records():
            names = [name for name, mark in record.row.marks if mark.state in ("draft", "refused")]
            for name in names:
                mark = record.row.mark_of(name)
                if mark is not None:
                    edits.append(Edit(RecordId(record.rid), name, text_of(mark.new)))
            connections |= {one.id: one for one in record.connections_of(names)}
        if edits:
            send_now(self, tuple(edits), connections.values(), done=self._saved)
        else:
            self.told.emit(tr("What waits here is in conflict: settle it first."))

    def _discard_one(self, rid: str, attribute: str) -> None:
        self._form.forget()
        discard_value(self, (rid, attribute), done=lambda: self._bridge.after_now(self.refresh))

    def _discard_edits(self) -> None:
        records, author = tuple(RecordId(one.rid) for one in self._records()), self.desk.author
        self._view = None
        self._form.forget()
        self.desk.ask(
            self,
            lambda facade, act: facade.discard_drafts(records, author=author, act=act),
            done=lambda _count: self._bridge.after_now(self.refresh),
            failed=self.complain,
        )

    def _read_again(self) -> None:
        entity, rid = self._entity, self._rid
        self._read.gate(tr("The record is being read."))
        self.desk.ask(
            self,
            lambda facade, act: facade.read_again(entity, rid, act=act),
            done=self._was_read,
            failed=self._not_saved,
        )

    def _was_read(self, told: ReadAgain) -> None:
        self._read.gate("")
        names = {link.connection_id: link.connection for link in (self._view.links if self._view else ())}
        if told.failed:
            connection, code = told.failed[0]
            words = sentence_of(code, {"connection": names.get(connection, connection)})
            self.states.banner.tell(f"{words} ({code})", tone="warning")
        elif told.gone:
            gone = ", ".join(names.get(one, one) for one in told.gone)
            self.states.banner.tell(
                tr("{gone} shows no such record any more: deleted, merged, or hidden from you.", gone=gone),
                tone="warning",
            )
        else:
            self.told.emit(tr("Read again from %n CRMs.", len(told.read)))
        self._bridge.after_now(self.refresh)

    def _settle(self, rid: str, attribute: str, keep: ConflictRule) -> None:
        form = self._form if rid == self._rid else self._at.forms[rid]
        settle(self, form.conflicts[attribute], choice_of(rid, attribute, keep))

    def _settle_chosen(self, keep: ConflictRule) -> None:
        """Settle the conflict that the keyboard is at, or the only one."""
        attribute = self._form.focused
        if attribute not in self._conflicts and len(self._conflicts) == 1:
            attribute = next(iter(self._conflicts))
        if attribute in self._conflicts:
            self._settle(self._rid, attribute, keep)
        else:
            self.told.emit(tr("Several values are in conflict: go to one of them first."))


def _others(record: RecordView, memberships: tuple[MembershipView, ...]) -> int:
    """Count the accounts beside the first that a person belongs to."""
    accounts = [record.account, *(one.account for one in memberships)]
    return max(len({one.rid for one in accounts if one is not None}) - 1, 0)
