"""The attributes of one record, grouped by where they come from; each with its editor, state and source.

Says what a person wants (`edited`, `retried`, …) and does nothing of it itself. Builds so many lines at
once as a screen may take; the rest is found by name or shown on request.
"""

from collections import abc
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from writeback.gui.i18n import NOT_SET, moment, shown
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip, EnvironmentChip
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.conflicts import ConflictBox
from writeback.gui.widgets.editors import Editor, Line, editor_for
from writeback.gui.widgets.failed import FailedWrite
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.members import Member
from writeback.gui.widgets.paragraph import Paragraph
from writeback.gui.widgets.provenance import changed_words, source_words, state_mark, state_words
from writeback.gui.widgets.targets import TargetList, differing
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, tip
from writeback.model.connections import Connection, SignInState
from writeback.model.histories import HistoryKind
from writeback.model.types import AttributeType
from writeback.planning.coercing import text_of
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.views import AttributeView, Mark, RecordView

SOURCES_NAMED: Final = 2
"""So many CRMs are named in a heading; more are counted."""
NAME_CHARACTERS: Final = 20
SHOWN: Final = 60
"""So many attributes are built at once."""
FINDS: Final = 25
"""From so many attributes on there is a line to find one by its name."""
LONG: Final = 20_000
"""A longer value is shown by its beginning, and not edited here."""


FormEditor = Editor | Paragraph


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes that come from the same CRMs, by their places."""

    title: str
    sources: tuple[Connection, ...]
    places: tuple[int, ...]


class RecordForm(QWidget):
    """One record's attributes.

    Signals:
        edited: A value was typed; carries the attribute's name.
        settled: A conflict was settled; carries the name and the `ConflictRule`.
        retried: A refused value shall be sent again; carries the name.
        discarded: A refused value shall be given up; carries the name.
    """

    edited = Signal(str)
    settled = Signal(str, object)
    retried = Signal(str)
    discarded = Signal(str)

    def __init__(self, now: abc.Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.record: RecordView | None = None
        self.editors: dict[str, FormEditor] = {}
        self.conflicts: dict[str, ConflictBox] = {}
        self.failed: dict[str, FailedWrite] = {}
        self._last: dict[str, HistoryEntry] = {}
        self._most = SHOWN
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("Find an attribute"))
        self._words.setAccessibleName(tr("Find an attribute"))
        clearable(self._words)
        self._words.textChanged.connect(lambda _text: self._build())
        self._words.hide()
        self._groups = QVBoxLayout()
        self._groups.setSpacing(16)
        self._more = Button("", kind="quiet", call=self._show_more)
        self._more.hide()
        body = column(self._words, gap=4)
        body.addLayout(self._groups)
        body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(body)

    def show_record(self, record: RecordView, history: abc.Iterable[HistoryEntry]) -> None:
        """Show a record; what is shown already keeps its focus."""
        last = _last_changes(history)
        if (record, last) == (self.record, self._last):
            return
        if self.record is None or self.record.rid != record.rid:
            self._most = SHOWN
            self._words.clear()
        self.record, self._last = record, last
        self._words.setVisible(len(record.attributes) >= FINDS)
        self._build()

    def forget(self) -> None:
        """Build anew at the next showing, whatever is shown."""
        self.record = None

    @property
    def is_typed_in(self) -> bool:
        """Whether somebody is typing: then nothing is built anew under their hands."""
        return any(
            (isinstance(editor, Line) and editor.hasFocus() and editor.isModified())
            or (isinstance(editor, Member) and editor.is_typing)
            or (isinstance(editor, Paragraph) and editor.hasFocus() and editor.is_modified)
            for editor in self.editors.values()
        )

    @property
    def focused(self) -> str:
        """The attribute that the keyboard is at; '' for none."""
        edited = [name for name, editor in self.editors.items() if editor.hasFocus()]
        boxes = [name for name, box in self.conflicts.items() if box.has_keyboard]
        failed = [name for name, box in self.failed.items() if box.has_keyboard]
        return next(iter((*edited, *boxes, *failed)), "")

    def go_find(self) -> bool:
        """Go to the line that finds an attribute, if there is one."""
        if self._words.isVisible():
            self._words.setFocus()
        return self._words.isVisible()

    def typed(self, attribute: str) -> str | None:
        """Give what stands in an attribute's editor; None: nothing."""
        return self.editors[attribute].text_value()

    # building

    def _show_more(self) -> None:
        self._most += SHOWN
        self._build()

    def _build(self) -> None:
        record = self.record
        if record is None:
            return
        focused = self.focused
        self.editors, self.conflicts, self.failed = {}, {}, {}  # first: what is cleared finishes its editing
        clear(self._groups)
        chosen = self._chosen(record)
        for group in _grouped(record, chosen[: self._most]):
            self._groups.addWidget(self._card(record, group))
        if not chosen:
            self._groups.addWidget(
                PlainLabel(tr("No attribute is called like that."), role="muted", wraps=True)
            )
        left = len(chosen) - self._most
        self._more.setVisible(left > 0)
        self._more.say(tr("Show %n more attributes", max(left, 0)))
        if focused in self.editors:
            self.editors[focused].setFocus()

    def _chosen(self, record: RecordView) -> list[int]:
        """Give the places to show: those that a person searched for, marked ones first when they are many."""
        words = self._words.text().casefold().split()
        found = [
            place
            for place, view in enumerate(record.attributes)
            if all(word in f"{view.attribute.title} {view.attribute.name}".casefold() for word in words)
        ]
        if len(found) > self._most:
            marked = {name for name, _mark in record.row.marks}
            found.sort(key=lambda place: record.attributes[place].attribute.name not in marked)
        return found

    def _card(self, record: RecordView, group: Group) -> QWidget:
        words: list[QWidget] = [PlainLabel(group.title, role="heading")]
        looks = {(source.environment, source.word, source.colour): source for source in group.sources}
        words += [EnvironmentChip.of(source) for source in looks.values()]
        down = [source.name for source in group.sources if source.sign_in is SignInState.NEEDED]
        if down:
            chip = Chip(tr("sign-in needed"), tone="draft", picture="info")
            tip(
                chip, tr("Edits are kept and wait until somebody signs in to {names}.", names=", ".join(down))
            )
            words.append(chip)
        head = row(gap=2)
        head.addWidget(Flowing(*words), 1)
        if group.sources:
            read = moment(_read_at(record, group.sources), now=self._now())
            head.addWidget(PlainLabel(tr("read {at}", at=read), role="caption"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, NAME_CHARACTERS * self.fontMetrics().averageCharWidth())
        grid.setColumnStretch(1, 1)
        for number, place in enumerate(group.places):
            self._line(record, group, (grid, 4 * number), place)
        body = column(gap=3, margin=(5, 4, 5, 5))
        body.addLayout(head)
        body.addLayout(grid)
        return boxed(body, box="card")

    def _line(self, record: RecordView, group: Group, at: tuple[QGridLayout, int], place: int) -> None:
        """Fill the rows of one value: itself, who changed it, what became of it, its targets."""
        grid, top = at
        view, value = record.attributes[place], record.row.values[place]
        name = view.attribute.name
        mark = record.row.mark_of(name)
        targets = record.targets_of(name)
        read_at = _read_at(record, group.sources)
        source = source_words(group.sources, read_at, self._last.get(name), self._now())
        title = ElidedLabel(view.attribute.title, role="muted")
        tip(title, f"{view.attribute.title}\n{source}")
        grid.addWidget(title, top, 0)
        held = self._value(record, place, mark)
        standing = f"{state_words(view, mark, self._now())} · " if mark is not None else ""
        held.setAccessibleDescription(f"{standing}{source}")
        grid.addWidget(held, top, 1)
        grid.addWidget(state_mark(view, mark, value, targets=targets, now=self._now()), top, 2)
        if mark is None and (told := changed_words(self._last.get(name), self._now())):
            grid.addWidget(ElidedLabel(told, role="caption"), top + 1, 1, 1, 2)
        if mark is not None and mark.state == "conflict":
            grid.addWidget(self._conflict(view, place, mark), top + 2, 1, 1, 2)
        elif mark is not None and mark.state == "refused":
            grid.addWidget(self._failed(view, place, mark), top + 2, 1, 1, 2)
        elif mark is not None and mark.state in ("unknown", "sent", "queued"):
            words = PlainLabel(state_words(view, mark, self._now()), role="caption", wraps=True)
            grid.addWidget(words, top + 2, 1, 1, 2)
        if len(targets) > 1 and (mark is not None or differing(targets, value)):
            grid.addWidget(TargetList(view.attribute, targets), top + 3, 1, 1, 2)

    def _conflict(self, view: AttributeView, place: int, mark: Mark) -> QWidget:
        assert self.record is not None  # noqa: S101  built from it
        name = view.attribute.name
        box = ConflictBox(view, self.record.row.values[place], mark)
        box.settled.connect(lambda keep: self.settled.emit(name, keep))
        self.conflicts[name] = box
        return box

    def _failed(self, view: AttributeView, place: int, mark: Mark) -> QWidget:
        assert self.record is not None  # noqa: S101  built from it
        name = view.attribute.name
        box = FailedWrite(view, self.record.row.values[place], mark)
        box.edit.connect(lambda: self._edit(name))
        box.retry.connect(lambda: self.retried.emit(name))
        box.discard.connect(lambda: self.discarded.emit(name))
        self.failed[name] = box
        return box

    def _edit(self, attribute: str) -> None:
        editor = self.editors.get(attribute)
        if editor is not None:
            editor.setFocus()
            if isinstance(editor, Line):
                editor.selectAll()

    def _value(self, record: RecordView, place: int, mark: Mark | None) -> QWidget:
        view = record.attributes[place]
        value = record.row.values[place] if mark is None else mark.new
        attribute = view.attribute
        text = text_of(value)
        if view.lock is not None or len(text or "") > LONG:
            labels = {option.value: option.label for option in attribute.options}
            words = ElidedLabel(shown(value, attribute.kind, labels) or tr(NOT_SET))
            words.setMinimumHeight(30)
            return words
        name = attribute.name
        if attribute.kind is AttributeType.LONG_TEXT or "\n" in (text or ""):
            page = Paragraph()
            page.setAccessibleName(attribute.title)
            page.show_value(text)
            page.finished.connect(lambda: self.edited.emit(name))
            self.editors[name] = page
            return page
        editor = editor_for(attribute.kind, attribute.options)
        editor.setAccessibleName(attribute.title)
        editor.show_value(text)
        if isinstance(editor, Line):
            editor.setPlaceholderText(editor.placeholderText() or tr(NOT_SET))
            editor.setAlignment(Qt.AlignmentFlag.AlignLeft)
            editor.editingFinished.connect(lambda: self.edited.emit(name))
        elif isinstance(editor, Member):
            editor.settled.connect(lambda: self.edited.emit(name))
        else:
            editor.activated.connect(lambda _place: self.edited.emit(name))
        self.editors[name] = editor
        return editor


def _last_changes(history: abc.Iterable[HistoryEntry]) -> dict[str, HistoryEntry]:
    """Give by attribute what last changed the value it holds; the history is newest first."""
    found: dict[str, HistoryEntry] = {}
    for entry in history:
        is_wish = entry.kind in (HistoryKind.DRAFT, HistoryKind.DISCARDED)
        if not is_wish and entry.confirmed_at is not None:
            found.setdefault(entry.attribute, entry)
    return found


def _grouped(record: RecordView, places: abc.Iterable[int]) -> list[Group]:
    """Put people first, then what comes from most CRMs; what is kept here only comes last."""
    found: dict[tuple[bool, tuple[str, ...]], tuple[tuple[Connection, ...], list[int]]] = {}
    for place in places:
        view = record.attributes[place]
        sources = _sources(record, view)
        is_person = record.entity == "account" and view.attribute.kind is AttributeType.USER_REF
        own = (is_person, () if is_person else tuple(one.id for one in sources))
        known, mine = found.setdefault(own, (sources, []))
        mine.append(place)
        found[own] = (tuple({one.id: one for one in (*known, *sources)}.values()), mine)
    ordered = sorted(found.items(), key=lambda one: (not one[0][0], not one[1][0], -len(one[1][0])))
    return [Group(_heading(key[0], sources), sources, tuple(mine)) for key, (sources, mine) in ordered]


def _heading(is_person: bool, sources: abc.Sequence[Connection]) -> str:  # noqa: FBT001  one of two headings
    if is_person:
        return tr("Account assignment")
    if not sources:
        return tr("Kept here only")
    if len(sources) > SOURCES_NAMED:
        return tr("In {sources} CRMs", sources=len(sources))
    return tr("From {source}", source=tr(" and ").join(source.name for source in sources))


def _sources(record: RecordView, view: AttributeView) -> tuple[Connection, ...]:
    """Give the connections that feed an attribute of this record; of one in no CRM, one that could."""
    linked = {link.integration_id for link in record.links}
    mine = [one for one in view.targets if one.integration.id in linked]
    if not record.links:
        mine = list(view.targets[:1])
    return tuple({one.connection.id: one.connection for one in mine}.values())


def _read_at(record: RecordView, sources: abc.Iterable[Connection]) -> datetime | None:
    """Give when the slowest of some CRMs was last read for this record's attributes."""
    wanted = {one.id for one in sources}
    pulls = [
        target.integration.last_pull_at
        for view in record.attributes
        for target in view.targets
        if target.connection.id in wanted
    ]
    return min((at for at in pulls if at is not None), default=None)
