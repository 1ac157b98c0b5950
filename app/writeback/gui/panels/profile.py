"""One record: its attributes by source, each with its state; edit in place. Edits become drafts."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.bridge import Bridge
from writeback.gui.i18n import NOT_SET, moment, shown
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.settling import KEEPS, choice_of, settle
from writeback.gui.panels.timeline import Timeline
from writeback.gui.tasks import Desk
from writeback.gui.theming.roles import MARKS
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.chips import Chip, EnvironmentChip, Picture
from writeback.gui.widgets.conflicts import ConflictBox
from writeback.gui.widgets.editors import Choice, Editor, Line, editor_for
from writeback.gui.widgets.layouts import boxed, clear, column, row, scrolled
from writeback.gui.widgets.members import Member
from writeback.gui.widgets.relations import People
from writeback.gui.widgets.states import States
from writeback.gui.widgets.targets import TargetList, counted_targets, differing
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, tip
from writeback.model.changes import Origin
from writeback.model.connections import Connection, SignInState
from writeback.model.events import EventKind
from writeback.model.integrations import ConflictRule
from writeback.model.types import RecordId
from writeback.planning.coercing import text_of
from writeback.runtime.facade import Edit, EditAnswer
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView, Mark, RecordView, Relation

SOURCES_NAMED = 2
"""So many CRMs are named in a heading; more are counted."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading of the profile brought."""

    record: RecordView | None
    history: tuple[HistoryEntry, ...]


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
        }
    )

    def __init__(self, desk: Desk, bridge: Bridge, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Account"), parent=parent)
        self._bridge = bridge
        self._entity, self._rid = "account", ""
        self._view: RecordView | None = None
        self._editors: dict[str, Editor] = {}
        self._conflicts: dict[str, ConflictBox] = {}
        head = self._build_head()
        self._people = People()
        self._people.chosen.connect(self._open_relation)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(16)
        self._timeline = Timeline(desk.now)
        self._timeline.put_back.connect(self._put_back)
        side = column(self._timeline, self._people, None, gap=4)
        body = row(gap=4, margin=(0, 0, 2, 4))
        left = column(gap=4)
        left.addLayout(self._groups)
        left.addStretch(1)
        body.addLayout(left, 5)
        body.addLayout(side, 3)
        inside = QWidget()
        inside.setLayout(body)
        self.states = States(scrolled(inside))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(lambda: self.asked.emit("accounts", None))
        page = column(gap=5, margin=(8, 7, 8, 2))
        page.addLayout(head)
        page.addWidget(self.states)
        self.setLayout(page)

    def _build_head(self) -> QHBoxLayout:
        self._title = ElidedLabel(role="title")
        self._caption = PlainLabel(role="muted")
        self._belongs = Button("", kind="quiet", picture="accounts", call=self._open_account)
        self._belongs.hide()
        back = IconButton(
            tr("Back to accounts"), "arrow-left", call=lambda: self.asked.emit("accounts", None)
        )
        self._discard = Button(tr("Discard edits"), picture="trash", call=self._discard_edits)
        self._review = Button(
            tr("Review…"), kind="primary", picture="review", call=lambda: self.asked.emit("review", None)
        )
        head = row(gap=2)
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        words = column(self._title, self._caption, gap=1)
        words.addWidget(self._belongs, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(words, 1)
        head.addWidget(self._discard, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._review, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def open(self, subject: object = None) -> None:
        if isinstance(subject, tuple) and len(subject) == 2:
            self._entity, self._rid = str(subject[0]), str(subject[1])
            self._view = None
        super().open()

    def first_focus(self) -> QWidget | None:
        return next((editor for editor in self._editors.values() if editor.isEnabled()), None)

    def do(self, what: str) -> bool:
        if what == "discard":
            self._discard_edits()
            return True
        if what in KEEPS:
            self._settle_chosen(KEEPS[what])
            return True
        return False

    def refresh(self) -> None:
        entity, rid = self._entity, self._rid
        if not rid:
            self._show(Loaded(None, ()))
            return
        self.states.loading()

        def read(reads: Reading) -> Loaded:
            return Loaded(reads.record(entity, rid), reads.history(rid))

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # what is there

    def _show(self, loaded: Loaded) -> None:
        record = loaded.record
        if record is None:
            self._title.set_text(tr("Account"))
            for button in (self._discard, self._review):
                button.gate(tr("No account is chosen."))
            self.states.empty(
                tr("No account is chosen"),
                tr("Choose one in the grid."),
                act=tr("Go to accounts"),
                picture="profile",
            )
            return
        drafts = sum(mark.state in ("draft", "refused", "conflict") for _, mark in record.row.marks)
        self._title.set_text(record.title)
        held = tr(" · in {links} CRMs", links=len(record.links)) if len(record.links) > 1 else ""
        self._caption.set_text(
            tr(
                "{rid}{held} · read {read_at}",
                rid=record.rid,
                held=held,
                read_at=moment(record.read_at, now=self.desk.now()),
            )
        )
        self._show_relations(record)
        for button in (self._discard, self._review):
            button.gate("" if drafts else tr("There are no pending edits on this record."))
        if record != self._view and not self._has_focus_inside():
            self._view = record
            self._build(record)
        self.offer(*(("discard",) if drafts else ()), *(("settle",) if self._conflicts else ()))
        self._show_history(record, loaded.history)
        down = sorted(
            {
                target.connection.name
                for view in record.attributes
                for target in view.targets
                if target.connection.sign_in is SignInState.NEEDED
            }
        )
        if down:
            self.states.partial(
                tr("Sign-in is needed for {down}; edits are kept and wait.", down=", ".join(down))
            )
        else:
            self.states.ready()

    def _has_focus_inside(self) -> bool:
        return any(
            (isinstance(editor, Line) and editor.hasFocus() and editor.isModified())
            or (isinstance(editor, Member) and editor.is_typing)
            for editor in self._editors.values()
        )

    def _build(self, record: RecordView) -> None:
        focused = self._focused_attribute()
        clear(self._groups)
        self._editors, self._conflicts = {}, {}
        groups: dict[tuple[str, ...], tuple[tuple[Connection, ...], list[int]]] = {}
        for place, view in enumerate(record.attributes):
            sources = self._sources(record, view)
            groups.setdefault(tuple(one.id for one in sources), (sources, []))[1].append(place)
        for sources, places in sorted(groups.values(), key=lambda group: (not group[0], -len(group[0]))):
            self._groups.addWidget(self._group(record, sources, places))
        if focused in self._editors:
            self._editors[focused].setFocus()

    def _sources(self, record: RecordView, view: AttributeView) -> tuple[Connection, ...]:
        """Give the connections that feed an attribute of this record; of an unlinked one, all that could."""
        linked = {link.integration_id for link in record.links}
        mine = [one for one in view.targets if one.integration.id in linked] or view.targets[:1]
        return tuple({one.connection.id: one.connection for one in mine}.values())

    def _group(self, record: RecordView, sources: tuple[Connection, ...], places: list[int]) -> QWidget:
        head = row(gap=2)
        if not sources:
            head.addWidget(PlainLabel(tr("Kept here only"), role="heading"))
        elif len(sources) > SOURCES_NAMED:
            head.addWidget(PlainLabel(tr("In {sources} CRMs", sources=len(sources)), role="heading"))
        else:
            head.addWidget(
                PlainLabel(
                    tr("From {source}", source=tr(" and ").join(source.name for source in sources)),
                    role="heading",
                )
            )
        looks = {(source.environment, source.word, source.colour): source for source in sources}
        for source in looks.values():
            head.addWidget(EnvironmentChip.of(source))
        head.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, place in enumerate(places):
            line_number = 3 * number  # a value in conflict takes a second line, its targets a third
            view = record.attributes[place]
            mark = record.row.mark_of(view.attribute.name)
            name = PlainLabel(view.attribute.title, role="muted")
            name.setMinimumWidth(120)
            grid.addWidget(name, line_number, 0)
            grid.addWidget(self._value(record, place, mark), line_number, 1)
            grid.addWidget(self._mark(record, place, mark), line_number, 2)
            if mark is not None and mark.state == "conflict":
                grid.addWidget(self._conflict(record, place, mark), line_number + 1, 1, 1, 2)
            targets = record.targets_of(view.attribute.name)
            if len(targets) > 1 and (mark is not None or differing(targets, record.row.values[place])):
                grid.addWidget(TargetList(view.attribute, targets), line_number + 2, 1, 1, 2)
        body = column(gap=3, margin=(5, 4, 5, 5))
        body.addLayout(head)
        body.addLayout(grid)
        return boxed(body, box="card")

    def _conflict(self, record: RecordView, place: int, mark: Mark) -> QWidget:
        view = record.attributes[place]
        box = ConflictBox(view, record.row.values[place], mark)
        box.settled.connect(lambda keep: self._settle(view.attribute.name, keep))
        self._conflicts[view.attribute.name] = box
        return box

    def _focused_attribute(self) -> str:
        edited = [name for name, editor in self._editors.items() if editor.hasFocus()]
        settled = [name for name, box in self._conflicts.items() if box.has_keyboard]
        return next(iter((*edited, *settled)), "")

    def _value(self, record: RecordView, place: int, mark: Mark | None) -> QWidget:
        view = record.attributes[place]
        value = record.row.values[place] if mark is None else mark.new
        attribute = view.attribute
        if view.lock is not None:
            labels = {option.value: option.label for option in attribute.options}
            words = ElidedLabel(shown(value, attribute.kind, labels) or tr(NOT_SET))
            words.setMinimumHeight(30)
            return words
        editor = editor_for(attribute.kind, attribute.options)
        editor.setAccessibleName(attribute.title)
        editor.show_value(text_of(value))
        if isinstance(editor, Line):
            editor.setPlaceholderText(editor.placeholderText() or tr(NOT_SET))
            editor.setAlignment(Qt.AlignmentFlag.AlignLeft)
            editor.editingFinished.connect(lambda: self._edited(attribute.name))
        elif isinstance(editor, Member):
            editor.settled.connect(lambda: self._edited(attribute.name))
        else:
            editor.activated.connect(lambda _place: self._edited(attribute.name))
        self._editors[attribute.name] = editor
        return editor

    def _mark(self, record: RecordView, place: int, mark: Mark | None) -> QWidget:
        view = record.attributes[place]
        targets = record.targets_of(view.attribute.name)
        if mark is not None:
            picture, tone, word = MARKS[mark.state]
            if len(targets) > 1:
                word = f"{word} · {counted_targets(targets)}" if mark.written else counted_targets(targets)
            made: QWidget = Chip(word, tone={"queued": "accent"}.get(tone, tone), picture=picture)
            old = shown(mark.theirs if mark.state == "conflict" else mark.old, view.attribute.kind) or tr(
                NOT_SET
            )
            words = {
                "draft": tr("Was {old}.", old=old),
                "conflict": tr("In the CRM now: {old}.", old=old),
                "automated": tr("Written as {old}; automation in the CRM made this of it.", old=old),
                "refused": f"{sentence_of(mark.code).happened} {mark.message}" if mark.code else mark.message,
            }.get(mark.state, word)
            tip(made, words)
            return made
        if view.lock is not None:
            made = Picture("lock", size=16)
            made.setAccessibleName(tr("Locked"))
            tip(made, str(sentence_of(view.lock.code, dict(view.lock.facts))))
            return made
        if len(targets) > 1:
            others = differing(targets, record.row.values[place])
            words = (
                tr("{others} of {targets} differ", others=len(others), targets=len(targets))
                if others
                else tr("in {targets} CRMs", targets=len(targets))
            )
            chip = Chip(words, tone="conflict" if others else "muted", picture="info" if others else "check")
            tip(chip, ", ".join(target.connection for target in others or targets))
            return chip
        return QWidget()

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
        record, editor = self._view, self._editors.get(attribute)
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
        self.refresh()
        self.complain(error)

    def _settle(self, attribute: str, keep: ConflictRule) -> None:
        settle(self, self._conflicts[attribute], choice_of(self._rid, attribute, keep))

    def _settle_chosen(self, keep: ConflictRule) -> None:
        """Settle the conflict that the keyboard is at, or the only one."""
        attribute = self._focused_attribute()
        if attribute not in self._conflicts and len(self._conflicts) == 1:
            attribute = next(iter(self._conflicts))
        if attribute in self._conflicts:
            self._settle(attribute, keep)
        else:
            self.told.emit(tr("Several values are in conflict: go to one of them first."))

    def _discard_edits(self) -> None:
        record, author = RecordId(self._rid), self.desk.author
        self._view = None
        self.desk.ask(
            self,
            lambda facade, act: facade.discard_drafts((record,), author=author, act=act),
            done=lambda _count: self._bridge.after_now(self.refresh),
            failed=self.complain,
        )
