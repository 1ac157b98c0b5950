"""The grid of records: read, find, sort, edit in place. Edits become drafts; nothing here sends."""

from collections import abc
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.errors import WritebackError
from writeback.gui.bridge import Bridge
from writeback.gui.i18n import number
from writeback.gui.models.records import RecordsModel
from writeback.gui.panels.grid_filter import FilterBar
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.past import Past
from writeback.gui.panels.segment_menu import SegmentMenu
from writeback.gui.panels.segments import SegmentUse
from writeback.gui.panels.settling import KEEPS, choice_of, settle
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.editors import CellEditor
from writeback.gui.widgets.filter_lines import FieldOption
from writeback.gui.widgets.inspector import Inspector
from writeback.gui.widgets.layouts import PageHead, column, row
from writeback.gui.widgets.pending import PendingBar
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.attributes import Entity
from writeback.model.changes import Origin
from writeback.model.events import EventKind
from writeback.model.integrations import ConflictRule
from writeback.model.segments import Segment
from writeback.model.types import RecordId
from writeback.runtime.facade import Edit, EditAnswer
from writeback.runtime.reading import Reading
from writeback.runtime.scoping import segment_text
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView, Pulse
from writeback.runtime.windowing import Order, RecordRows

DISCARDED = frozenset({"draft", "refused", "conflict"})
"""States of a value whose edit still waits and can be dropped."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one reading of the grid brought."""

    entities: tuple[Entity, ...]
    views: tuple[AttributeView, ...]
    rows: RecordRows
    place: int | None
    pulse: Pulse
    fields: tuple[FieldOption, ...]
    """What the filter may ask for."""


def fields_of(reads: Reading, entities: abc.Sequence[Entity], entity: str) -> tuple[FieldOption, ...]:
    """Give what a filter of an entity may ask for: its own attributes, then those of what belongs to it."""
    found = []
    ordered = sorted(entities, key=lambda one: one.name != entity)
    for one in ordered:
        is_own = one.name == entity
        for attribute in reads.attributes(one.name):
            path = attribute.name if is_own else f"{one.name}.{attribute.name}"
            title = attribute.title if is_own else f"{one.title} › {attribute.title}"
            found.append(FieldOption(path, title, attribute.kind, attribute.options))
    return tuple(found)


class AccountsPanel(Panel):
    """The grid."""

    cares_about = frozenset(
        {
            EventKind.RECORDS_PULLED,
            EventKind.EDIT_SAVED,
            EventKind.BATCH_SETTLED,
            EventKind.JOB_CHANGED,
            EventKind.CONFLICT_FOUND,
            EventKind.PEOPLE_CHANGED,
            EventKind.MODEL_CHANGED,
            EventKind.INTEGRATION_CHANGED,
            EventKind.CONNECTION_CHANGED,
        }
    )

    def __init__(self, desk: Desk, bridge: Bridge, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Accounts"), parent=parent)
        self._bridge = bridge
        self._entity = "account"
        self._order = Order()
        self._loads = 0
        self._pulse = Pulse()
        self._head = PageHead(tr("Accounts"), explains=" ")
        self._build_filter()
        self._model = RecordsModel(parent=self)
        self._model.edited.connect(self._save)
        self._table = Table(tr("Accounts"), by_row=False)
        self._table.setItemDelegate(CellEditor(self._table))
        self._table.setModel(self._model)
        self._wire_table()
        self._chosen = PlainLabel(role="muted")
        self._inspector = Inspector(desk.now)
        self._inspector.hide()
        self._inspector.settled.connect(self._settle)
        self._past = Past(desk, self._inspector)
        self.pending = PendingBar()
        self.pending.review.connect(lambda: self.asked.emit("review", None))
        self.pending.discard.connect(self._discard_all)
        grid = row(gap=0)
        grid.addWidget(self._table, 1)
        grid.addWidget(self._inspector)
        body = column(gap=3)
        body.addWidget(self._filter)
        body.addLayout(grid, 1)
        body.addWidget(self._chosen)
        inside = QWidget()
        inside.setLayout(body)
        self.states = States(inside)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._act_on_empty)
        self.setLayout(column(self._head, self.states, self.pending, gap=4, margin=(8, 7, 8, 5)))

    def _build_filter(self) -> None:
        self._entities = QComboBox()
        self._entities.setAccessibleName(tr("Entity"))
        self._entities.activated.connect(
            lambda place: self._choose_entity(str(self._entities.itemData(place)))
        )
        self._segments = SegmentMenu(self.desk)
        self._segments.chosen.connect(self._show_segment)
        self._segments.saving.connect(self._save_segment)
        self._segments.all_wanted.connect(lambda: self.asked.emit("segments", None))
        self._filter = FilterBar(self.desk, self._segments, self._entities)
        self._filter.changed.connect(self.refresh)
        self._filter.follow(self._attribute_in_front)

    def _wire_table(self) -> None:
        self._table.chosen.connect(self._open_record)
        self._table.emptied.connect(self._empty_cell)
        self._table.every_row_asked.connect(self._choose_all)
        self._table.selectionModel().currentChanged.connect(self._show_cell)
        head = self._table.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(self._sort)

    # for the window

    def first_focus(self) -> QWidget:
        return self._table

    def open(self, subject: object = None) -> None:
        if isinstance(subject, SegmentUse):
            self._is_stale = False
            self._show_segment(subject.segment)
            return
        super().open(subject)

    def _show_segment(self, segment: Segment) -> None:
        if segment.entity != self._entity:
            self._entity = segment.entity
            self._order = Order()
            self._filter.forget()
            self._filter.show_fields(segment.entity, ())
        self._filter.use(segment.text)

    def show_pulse(self, pulse: Pulse) -> None:
        self.pending.show_pulse(pulse)

    def close_panel(self) -> None:
        self._model.close()

    @property
    def unsaved(self) -> int:
        return self._model.unsaved

    def do(self, what: str) -> bool:
        act = self._acts().get(what)
        if act is None:
            return False
        act()
        return True

    def _acts(self) -> abc.Mapping[str, abc.Callable[[], object]]:
        index = self._table.currentIndex()
        return {
            "find": self._filter.seek,
            "filter": self._filter.add_part,
            "inspector": self._turn_inspector,
            "edit": lambda: self._edit_cell(index),
            "clear": lambda: self._empty_cell(index),
            "open_record": lambda: self._open_record(index.row()),
            "next_mark": lambda: self._go_to_mark(1),
            "previous_mark": lambda: self._go_to_mark(-1),
            "discard": lambda: self._discard_record(index),
            "keep_mine": lambda: self._keep("keep_mine"),
            "keep_theirs": lambda: self._keep("keep_theirs"),
            "pull": lambda: self.asked.emit("mapping", None),
        }

    def _turn_inspector(self) -> None:
        self._inspector.setVisible(not self._inspector.isVisible())
        self._show_cell(self._table.currentIndex())

    def _go_to_mark(self, step: int) -> None:
        found = self._model.next_marked(self._table.currentIndex(), step=step)
        self._table.go_to(found.row(), found.column())

    def _keep(self, what: str) -> None:
        self._show_inspector()
        self._settle(KEEPS[what])

    def refresh(self) -> None:
        self.states.loading()
        self._loads += 1
        number_of_load = self._loads
        what, order, entity = self._filter.what(), self._order, self._entity
        index = self._table.currentIndex()
        focused = self._model.row_at(index.row()) if index.isValid() else None

        def read(reads: Reading) -> Loaded:
            views = reads.attribute_views(entity)
            mapped = tuple(view for view in views if view.targets or view.attribute.editable)
            rows = reads.record_rows(entity, what=what, order=order)
            rows.build()
            place = rows.place_of(focused.rid) if focused is not None else None
            entities = reads.entities()
            fields = fields_of(reads, entities, entity)
            return Loaded(entities, mapped, rows, place, reads.pulse(), fields)

        self.desk.read(
            self,
            read,
            done=lambda loaded: self._show(loaded, number_of_load),
            failed=self._not_read,
        )

    # what is there

    def _show(self, loaded: Loaded, number_of_load: int) -> None:
        if number_of_load != self._loads:
            loaded.rows.close()  # a later question was asked meanwhile
            return
        self._pulse = loaded.pulse
        self.pending.show_pulse(loaded.pulse)
        self._show_entities(loaded.entities)
        self._filter.show_fields(self._entity, loaded.fields)
        self._segments.show_entity(self._entity, has_filter=not self._filter.what().is_empty)
        if loaded.views != self._model.views:
            self._model.show_attributes(loaded.views)
            for place, spec in enumerate(self._model.specs):
                self._table.setColumnWidth(place, theming().theme.px(spec.width))
        column_before = max(self._table.currentIndex().column(), 0)
        self._model.replace_source(loaded.rows)
        title = next((one.title for one in loaded.entities if one.name == self._entity), tr("Accounts"))
        self._head.title.set_text(tr("Accounts") if self._entity == "account" else title)
        self._table.setAccessibleName(title)
        self._chosen.set_text("")
        if loaded.rows.rows:
            self._tell_ready(loaded.pulse)
            self._table.go_to(loaded.place or 0, column_before)
            self._show_cell(self._table.currentIndex())
        elif not self._filter.what().is_empty:
            self.states.empty(
                tr("Nothing matches"),
                tr("No record holds these words or marks."),
                act=tr("Clear filter"),
                picture="filter",
            )
        else:
            self.states.empty(
                tr("No records yet"),
                tr("Map an object of the CRM and pull it; its records appear here."),
                act=tr("Go to objects & mapping"),
                picture="accounts",
            )
        shown = _counted(self._entity, loaded.rows.rows)
        self._head.explain(tr("{shown} match", shown=shown) if not self._filter.what().is_empty else shown)
        self._tell_abilities()

    def _tell_ready(self, pulse: Pulse) -> None:
        if not pulse.needs_sign_in:
            self.states.ready()
            return
        names = ", ".join(one_line(name) for name in pulse.needs_sign_in)
        self.states.partial(
            tr("Sign-in is needed again for {names}. Edits are kept here, and wait.", names=names),
            act=tr("Go to connections"),
            call=lambda: self.asked.emit("connections", None),
        )

    def _show_entities(self, entities: abc.Sequence[Entity]) -> None:
        known = [self._entities.itemData(place) for place in range(self._entities.count())]
        if known != [entity.name for entity in entities]:
            self._entities.clear()
            for entity in entities:
                self._entities.addItem(one_line(entity.title), entity.name)
        self._entities.setCurrentIndex(max(self._entities.findData(self._entity), 0))
        self._entities.setVisible(len(entities) > 1)

    def _choose_entity(self, name: str) -> None:
        self._entity = name
        self._order = Order()
        self._filter.forget()
        self.refresh()

    def _not_read(self, error: WritebackError) -> None:
        if error.code.startswith("segment."):  # an attribute that the filter names is gone meanwhile
            self._filter.use(self._filter.text)
        else:
            self.states.error(error)

    def _attribute_in_front(self) -> str:
        place = self._table.currentIndex().column()
        return self._model.views[place].attribute.name if 0 <= place < len(self._model.views) else ""

    def _save_segment(self, name: str) -> None:
        what, entity, author = self._filter.what(), self._entity, self.desk.author
        text = segment_text(what)
        self.desk.ask(
            self,
            lambda facade, act: facade.save_segment(name, text, entity=entity, author=author, act=act),
            done=lambda made: self.told.emit(tr("Segment {name} is saved.", name=made.name)),
            failed=self.complain,
        )

    def _sort(self, section: int, direction: Qt.SortOrder) -> None:
        name = self._model.views[section].attribute.name if 0 <= section < len(self._model.views) else ""
        self._order = Order(name, direction is Qt.SortOrder.DescendingOrder)
        self.refresh()

    def _act_on_empty(self) -> None:
        if self._filter.what().is_empty:
            self.asked.emit("mapping", None)
            return
        self._filter.clear()

    def _show_cell(self, current: QModelIndex) -> None:
        row = self._model.row_at(current.row()) if current.isValid() else None
        if row is None:
            self._inspector.show_nothing()
            self._past.forget()
        elif self._inspector.isVisible():
            view = self._model.views[current.column()]
            self._inspector.show_value(
                row.title, view, row.values[current.column()], row.mark_of(view.attribute.name)
            )
            self._past.ask(row.rid, view)
        self._tell_abilities()

    def _tell_abilities(self) -> None:
        index = self._table.currentIndex()
        row = self._model.row_at(index.row()) if index.isValid() else None
        offers = ["find", "filter", "next_mark", "pull", "inspector"]
        if row is not None:
            offers.append("open_record")
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                offers += ["edit", "clear"]
            if (mark := self._model.mark_at(index)) is not None and mark.state == "conflict":
                offers.append("settle")
            if any(mark.state in DISCARDED for _, mark in row.marks):
                offers.append("discard")
        self.offer(*offers)

    def _choose_all(self) -> None:
        rows = self._model.rowCount()
        self._table.clearSelection()
        self._chosen.set_text(tr("All %n rows that match are selected", rows))

    # editing

    def _save(self, record: str, attribute: str, text: str | None) -> None:
        edit = Edit(RecordId(record), attribute, text)
        author = self.desk.author
        self.desk.ask(
            self,
            lambda facade, act: facade.save_edits((edit,), origin=Origin.SEGMENT, author=author, act=act),
            done=lambda answers: self._saved(record, attribute, answers),
            failed=lambda error: self._not_saved(record, attribute, error),
        )

    def _saved(self, record: str, attribute: str, answers: tuple[EditAnswer, ...]) -> None:
        for answer in answers:
            if answer.state == "blocked" and answer.reason is not None:
                told = sentence_of(answer.reason.code, dict(answer.reason.facts))
                self.states.banner.tell(f"{told} ({answer.reason.code})", tone="warning")
            elif answer.state == "unchanged":
                self.told.emit(tr("The value is already so."))
        self._bridge.after_now(lambda: self._model.lay_aside([(record, attribute)]))

    def _not_saved(self, record: str, attribute: str, error: WritebackError) -> None:
        self._model.lay_aside([(record, attribute)])
        self.complain(error)

    def _edit_cell(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._table.edit(index)

    def _empty_cell(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._model.setData(index, None, Qt.ItemDataRole.EditRole)
        elif index.isValid():
            view = self._model.views[index.column()]
            if view.lock is not None:
                self.told.emit(sentence_of(view.lock.code, dict(view.lock.facts)).happened)

    def _show_inspector(self) -> None:
        """What is about to be settled is shown while it is."""
        self._inspector.show()
        self._show_cell(self._table.currentIndex())

    def _settle(self, keep: ConflictRule) -> None:
        index, box = self._table.currentIndex(), self._inspector.conflict
        row = self._model.row_at(index.row()) if index.isValid() else None
        if row is not None and box is not None:
            settle(self, box, choice_of(row.rid, self._model.views[index.column()].attribute.name, keep))
            self._table.setFocus()

    def _discard_record(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row()) if index.isValid() else None
        if row is not None:
            self._discard((RecordId(row.rid),))

    def _discard_all(self) -> None:
        self._discard(())

    def _discard(self, records: tuple[RecordId, ...]) -> None:
        author = self.desk.author
        self.desk.ask(
            self,
            lambda facade, act: facade.discard_drafts(records, author=author, act=act),
            done=lambda count: self.told.emit(tr("{count} pending edits discarded.", count=number(count))),
            failed=self.complain,
        )

    def _open_record(self, row: int) -> None:
        found = self._model.row_at(row)
        if found is not None:
            self.asked.emit("profile", (self._entity, found.rid))


def _counted(entity: str, rows: int) -> str:
    if entity == "account":
        return tr("%n accounts", rows)
    return tr("%n users", rows) if entity == "user" else tr("%n records", rows)
