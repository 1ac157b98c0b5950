"""The grid of records: read, find, sort, edit in place. Edits become drafts; nothing here sends."""

from collections import abc
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from writeback.errors import WritebackError
from writeback.gui.bridge import Bridge
from writeback.gui.models.records import RecordsModel
from writeback.gui.models.segment_use import SegmentUse
from writeback.gui.panels.bulk_edit import BulkEditPanel
from writeback.gui.panels.grid_acts import GridActs, GridParts
from writeback.gui.panels.grid_blanks import GridBlanks
from writeback.gui.panels.grid_bulk import GridBulk
from writeback.gui.panels.grid_candidates import CellCandidates
from writeback.gui.panels.grid_cells import GridCells
from writeback.gui.panels.grid_columns import GridColumns, shown_of
from writeback.gui.panels.grid_edits import GridEdits
from writeback.gui.panels.grid_filter import FilterBar
from writeback.gui.panels.grid_footer import GridFooter, Shown
from writeback.gui.panels.grid_inspector import GridInspector
from writeback.gui.panels.grid_loading import Loaded, Wanted, counted_records, own_view, read_grid
from writeback.gui.panels.grid_named_views import NamedViews
from writeback.gui.panels.grid_selection import GridSelection
from writeback.gui.panels.grid_states import GridStates
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.segment_menu import SegmentMenu
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.editors import CellEditor
from writeback.gui.widgets.layouts import PageHead, column, row, scrolled, yielding
from writeback.gui.widgets.pending import PendingBar
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import one_line
from writeback.model.attributes import Entity
from writeback.model.events import EventKind
from writeback.model.grid_views import CLEAR, GridView
from writeback.model.segments import Segment
from writeback.model.types import RecordId
from writeback.runtime.designs import NOT_THERE
from writeback.runtime.facade import Edit
from writeback.runtime.reading import Reading
from writeback.runtime.scoping import segment_text
from writeback.runtime.views import Pulse
from writeback.runtime.windowing import Filter, Order

NARROW = 960
"""Narrower than this there is no room for a grid with all that goes with it and a panel beside it."""


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
        self.subject_here = self._subject_here
        self._bridge = bridge
        self._entity = "account"
        self._order = Order()
        self._loads = 0
        self._asked: tuple[str, Filter, Order] | None = None
        """What the rows on the screen answer."""
        self._pulse = Pulse()
        self._left: dict[str, GridView] = {}
        self._opens_bulk = False
        self._build_filter()
        self._head = PageHead(tr("Accounts"), self._entities, explains=" ")
        self._build_grid()
        self._inspecting = GridInspector(self, self._table, self._model, lambda: self._entity)
        self._inspector = self._inspecting.box
        self.pending = PendingBar()
        self.pending.review.connect(lambda: self.asked.emit("review", None))
        self.pending.discard.connect(self._edits.discard)
        self._build_bulk()
        self._build_acts()
        grid = row(gap=0)
        grid.addWidget(self._table, 1)
        grid.addWidget(self._inspector)
        body = column(gap=2)
        body.addLayout(grid, 1)
        body.addWidget(self._footer)
        self.states = States(yielding(body))
        self.states.retry.connect(self.refresh)
        self._telling = GridStates(self, self.states, self._filter)
        upper = scrolled(yielding(column(self._head, self._filter, self.states, gap=3)))
        page = row(gap=0)
        self._page = column(upper, self.pending, gap=3, margin=(8, 5, 8, 5))
        page.addLayout(self._page, 1)
        page.addWidget(self.bulk)
        self.setLayout(page)

    def _build_grid(self) -> None:
        self._model = RecordsModel(parent=self)
        self._table = Table(tr("Accounts"), by_row=False)
        self._table.setItemDelegate(CellEditor(self._table))
        self._table.setModel(self._model)
        keep_lines(self._table)
        self._selection = GridSelection(self._table, self._model)
        self._selection.changed.connect(self._tell_selection)
        self._columns = GridColumns(self._table)
        self._columns.reordered.connect(self.refresh)
        self._columns.kept.connect(self._keep_view)
        self._edits = GridEdits(self.desk, self._bridge, self._model, self)
        self._edits.told.connect(self.told)
        self._edits.warned.connect(self._warn)
        self._edits.failed.connect(self.complain)
        self._edits.changed.connect(self._tell_abilities)
        self._model.edited.connect(self._keep_text)
        self._cells = GridCells(
            self._table,
            self._model,
            save=lambda edits, told: self._edits.save(edits, told=told),
            warn=self._warn,
            clears=lambda name: self._blanks.rule_of(name) == CLEAR,
        )
        self._blanks = GridBlanks(self._columns, self._model, self._cells, self._edits)
        self._views = NamedViews(self, self._segments, self._columns, text=self._meant, use=self._use_view)
        self._wire_table()

    def _keep_text(self, record: str, attribute: str, text: str | None) -> None:
        self._edits.save((Edit(RecordId(record), attribute, text),))

    def _meant(self) -> tuple[str, str]:
        return self._entity, segment_text(self._filter.what())

    def _build_bulk(self) -> None:
        self.bulk = BulkEditPanel(self.desk)
        self.bulk.reviewed.connect(lambda source: self.asked.emit("review", source))
        self.bulk.kept.connect(lambda edits: self._edits.save(edits, told=tr("Kept as pending edits.")))
        self._bulk = GridBulk(
            self._selection,
            self.bulk,
            text=self._meant,
            views=lambda: self._model.views,
        )
        self._selection.changed.connect(self._bulk.follow)
        self.bulk.turned.connect(self._share_room)
        self._footer = GridFooter(self, self._bulk, self._shown)

    def _build_acts(self) -> None:
        parts = GridParts(
            self._table,
            self._model,
            self._selection,
            self._columns,
            self._edits,
            self._cells,
            self._blanks,
            self._filter,
            self._inspecting,
            self._bulk,
            self._footer,
            self.pending,
            CellCandidates(self, self._model, save=self._keep_text),
        )
        self._acts = GridActs(self, parts, entity=lambda: self._entity, anew=self.reread)
        self._inspector.edit.connect(self._acts.edit_cell)
        self.pending.restore.connect(self._acts.restore)
        self._table.chosen.connect(self._acts.open_record)
        self._table.list_asked.connect(self._acts.open_list)
        self._table.emptied.connect(lambda _index: self._acts.empty_cells())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Beside the open panel of bulk edit a small window keeps its room for the rows of the grid."""
        is_narrow = self.width() < theming().theme.px(NARROW)
        is_tight = is_narrow and not self.bulk.isHidden()
        self.bulk.narrow(is_narrow)
        self.pending.give_way(is_tight)
        self._footer.setHidden(is_tight)
        self._head.setHidden(is_tight)
        self._page.setContentsMargins(32, 12 if is_tight else 20, 32, 8 if is_tight else 20)

    def _shown(self) -> Shown:
        wanted = Wanted(self._entity, self._filter.what(), self._order)
        return Shown(wanted, self._model.views, self._table.currentIndex().column())

    def _build_filter(self) -> None:
        self._entities = QComboBox()
        self._entities.setAccessibleName(tr("Entity"))
        self._entities.hide()
        self._entities.activated.connect(
            lambda place: self._choose_entity(str(self._entities.itemData(place)))
        )
        self._segments = SegmentMenu(self.desk)
        self._segments.chosen.connect(self._show_segment)
        self._segments.saving.connect(self._save_segment)
        self._segments.all_wanted.connect(lambda: self.asked.emit("segments", None))
        self._filter = FilterBar(self.desk, self._segments)
        self._filter.changed.connect(self.reread)
        self._filter.follow(self._attribute_in_front)

    def _wire_table(self) -> None:
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
            self._opens_bulk = subject.writes
            return
        super().open(subject)

    def _show_segment(self, segment: Segment) -> None:
        if segment.entity != self._entity:
            self._turn_to(segment.entity)
            self._filter.show_fields(segment.entity, ())
        self._filter.use(segment.text)

    def _subject_here(self) -> tuple[str, object] | None:
        row = self._model.row_at(self._table.currentIndex().row())
        return ("profile", (self._entity, row.rid)) if row is not None else None

    def show_pulse(self, pulse: Pulse) -> None:
        self.pending.show_pulse(pulse)

    def close_panel(self) -> None:
        self._columns.flush()
        self._model.close()

    @property
    def unsaved(self) -> int:
        return self._model.unsaved

    def do(self, what: str) -> bool:
        return self._acts.do(what)

    def reread(self) -> None:
        """Ask anew: what was edited and matches no longer is not shown any more."""
        self._edits.forget_touched()
        self.refresh()

    def refresh(self) -> None:
        self.states.loading()
        self._loads += 1
        number_of_load = self._loads
        index = self._table.currentIndex()
        focused = self._model.row_at(index.row()) if index.isValid() else None
        entity, author = self._entity, self.desk.author
        rid = focused.rid if focused is not None else ""
        wanted = Wanted(entity, self._filter.what(), self._order, rid, self._edits.touched)
        known = self._columns.view if entity in self._left else None

        def read(reads: Reading) -> tuple[Loaded, GridView]:
            view = known or own_view(reads, entity, author)
            return read_grid(reads, wanted, lambda every: shown_of(view, every)), view

        self.desk.read(
            self,
            read,
            done=lambda found: self._show(*found, number_of_load),
            failed=self._not_read,
        )

    # what is there

    def _show(self, loaded: Loaded, view: GridView, number_of_load: int) -> None:
        if number_of_load != self._loads:
            loaded.rows.close()  # a later question was asked meanwhile
            return
        self._pulse = loaded.pulse
        self.pending.show_pulse(loaded.pulse)
        self._show_entities(loaded.entities)
        self._show_columns(loaded, view)
        is_filtered = not self._filter.what().is_empty
        self._segments.show_entity(self._entity, has_filter=is_filtered)
        column_before = max(self._table.currentIndex().column(), 0)
        is_same = loaded.rows.rows == self._model.rowCount()
        held, asked = self._selection.held(), (self._entity, self._filter.what(), self._order)
        self._model.replace_source(loaded.rows, loaded.first)
        if is_same:
            self._selection.keep(held, is_same_question=asked == self._asked)
        else:
            self._selection.end()
        self._asked = asked
        title = next((one.title for one in loaded.entities if one.name == self._entity), tr("Accounts"))
        self._head.title.set_text(tr("Accounts") if self._entity == "account" else title)
        self._table.setAccessibleName(title)
        self._tell_selection()
        self._show_state(loaded, column_before, is_filtered=is_filtered)
        self._explain(loaded, is_filtered=is_filtered)
        self._tell_abilities()
        if self._opens_bulk and loaded.rows.rows:
            self._opens_bulk = False
            self._selection.choose_all()
            self._bulk.open_panel()

    def _show_columns(self, loaded: Loaded, view: GridView) -> None:
        self._filter.show_fields(self._entity, loaded.fields)
        if self._entity not in self._left:  # as this person left it
            self._left[self._entity] = view
            self._columns.use(view)
            self._order = Order(view.sort, view.is_descending)
        self._columns.choose(loaded.every)
        if loaded.views != self._model.views:
            self._model.show_attributes(loaded.views)
        self._columns.dress(self._model.specs, self._model.views)

    def _show_state(self, loaded: Loaded, column_before: int, *, is_filtered: bool) -> None:
        if not loaded.rows.rows:
            self._telling.tell_nothing(is_filtered=is_filtered)
            return
        self._telling.tell_rows(loaded.pulse, loaded.views)
        if loaded.place is not None or not self._table.currentIndex().isValid():
            self._table.follow(loaded.place or 0, column_before)
        self._show_cell(self._table.currentIndex())

    def _explain(self, loaded: Loaded, *, is_filtered: bool) -> None:
        """Say below the title how many records are shown, and which of them match no longer."""
        left = len(loaded.rows.left)
        shown = counted_records(self._entity, loaded.rows.rows - left)
        words = tr("{shown} match", shown=shown) if is_filtered else shown
        if left:
            gone = tr("%n edited rows match no longer and stay until the grid is read again (Ctrl+R)", left)
            words = f"{words} · {gone}"
        self._head.explain(words)

    def _show_entities(self, entities: abc.Sequence[Entity]) -> None:
        known = [self._entities.itemData(place) for place in range(self._entities.count())]
        if known != [entity.name for entity in entities]:
            self._entities.clear()
            for entity in entities:
                self._entities.addItem(one_line(entity.title), entity.name)
        self._entities.setCurrentIndex(max(self._entities.findData(self._entity), 0))
        self._entities.setVisible(len(entities) > 1)

    def _choose_entity(self, name: str) -> None:
        self._turn_to(name)
        self.refresh()

    def _turn_to(self, entity: str) -> None:
        """Show another entity, the way it was left."""
        if self._entity in self._left:
            self._left[self._entity] = self._columns.view
        self._columns.flush()
        self._entity = entity
        view = self._left.get(entity)
        self._columns.use(view or GridView(self.desk.author, entity))
        self._order = Order(view.sort, view.is_descending) if view is not None else Order()
        self._filter.forget()
        self._edits.forget_touched()

    def _use_view(self, view: GridView) -> None:
        self._order = Order(view.sort, view.is_descending)
        self._filter.use(view.text)

    def _keep_view(self, view: GridView) -> None:
        self._left[view.entity] = view
        self.desk.ask(
            self,
            lambda facade, act: facade.keep_view(view, act=act),
            done=lambda _view: None,
            failed=self.complain,
        )

    def _not_read(self, error: WritebackError) -> None:
        if error.code.startswith("segment."):  # an attribute that the filter names is gone meanwhile
            self._filter.use(self._filter.text)
        else:
            self.states.error(error)

    def _attribute_in_front(self) -> str:
        place = self._table.currentIndex().column()
        return self._model.views[place].attribute.name if 0 <= place < len(self._model.views) else ""

    def _save_segment(self, name: str, base: datetime | None = NOT_THERE) -> None:
        def replace_it() -> None:
            self.states.banner.hide()
            self._save_segment(name, None)

        def failed(error: WritebackError) -> None:
            if error.code != "design.made_meanwhile":
                self.complain(error)
                return
            words = tr("A segment is called {name} already. Nothing was kept.", name=name)
            self.states.banner.tell(words, tone="warning", act=tr("Replace it"), call=replace_it)

        what, entity, author = self._filter.what(), self._entity, self.desk.author
        text = segment_text(what)
        self.desk.ask(
            self,
            lambda facade, act: facade.save_segment(
                name, text, entity=entity, author=author, base=base, act=act
            ),
            done=lambda made: self.told.emit(tr("Segment {name} is saved.", name=made.name)),
            failed=failed,
        )

    def _sort(self, section: int, direction: Qt.SortOrder) -> None:
        name = self._model.views[section].attribute.name if 0 <= section < len(self._model.views) else ""
        self._order = Order(name, direction is Qt.SortOrder.DescendingOrder)
        self._columns.change(replace(self._columns.view, sort=name, is_descending=self._order.is_descending))
        self.refresh()

    def _show_cell(self, current: QModelIndex) -> None:
        self._inspecting.show_cell(current)
        self._tell_abilities()

    def _tell_abilities(self) -> None:
        self.offer(*self._acts.offers(self._pulse))

    def _tell_selection(self) -> None:
        self._footer.say(self._selection.words())

    def _warn(self, words: str) -> None:
        self.states.banner.tell(words, tone="warning")
