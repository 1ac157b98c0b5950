"""Objects & mapping: which CRM field feeds which attribute, and whether edits are written back.

Nothing here is on by itself: automatic matches are wishes until they are saved, and write-back of a
match is off until somebody switches it on.
"""

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QWidget,
)

from writeback.errors import WritebackError
from writeback.gui.i18n import moment, number
from writeback.gui.models.fields import (
    NOTE,
    SPECS,
    FieldsModel,
    choices_of,
)
from writeback.gui.panels.drift_side import DriftSide
from writeback.gui.panels.field_side import FieldSide
from writeback.gui.panels.field_source import FieldSource, Known
from writeback.gui.panels.mapping_menu import MappingMenu
from writeback.gui.panels.mapping_pull import Pulling
from writeback.gui.panels.mapping_saving import Saving
from writeback.gui.panels.mapping_schedule import Schedules
from writeback.gui.panels.mapping_steps import (
    CHECK,
    FIELDS,
    FILTER,
    FORMAT,
    OBJECT,
    SCHEDULE,
    MappingSteps,
)
from writeback.gui.panels.mapping_table import FieldTable
from writeback.gui.panels.mapping_wishes import Wishes
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, column, scrolled, whole_page, yielding
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import keep_lines
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.attributes import Attribute, Entity
from writeback.model.connections import SignInState
from writeback.model.events import EventKind
from writeback.model.integrations import FieldMapping, Integration
from writeback.runtime.views import ConnectionView, PluginView

Everything = tuple[tuple[ConnectionView, ...], tuple[Entity, ...]]
LOW = 520
"""In a lower panel the fields come before what explains them."""
WHICH_LOW, WHICH_MOST = 300, 16_777_215
"""How wide the choice of an integration is then, so that the tools stay in one line, and else."""
PULL_HINT = mark("Pull reads the records into the workspace. It changes nothing in the CRM.")


class MappingPanel(Panel):
    """Integrations and their mappings."""

    cares_about = frozenset(
        {
            EventKind.INTEGRATION_CHANGED,
            EventKind.MODEL_CHANGED,
            EventKind.RECORDS_PULLED,
            EventKind.CONNECTION_CHANGED,
            EventKind.SCHEDULE_CHANGED,
        }
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Objects & mapping"), parent=parent)
        self._connections: tuple[ConnectionView, ...] = ()
        self._entities: tuple[Entity, ...] = ()
        self._attributes: tuple[Attribute, ...] = ()
        self._integration: Integration | None = None
        self._described_for = ""
        self._source = FieldSource(
            desk, self, show=self._show_fields, failed=self._no_fields, partly=self.told.emit
        )
        self._wanted = ""
        self._pull = Button(tr("Pull now"), picture="pull", call=self._pull_now)
        self._save = Button(tr("Save"), kind="primary", picture="check")
        self._revert = Button(tr("Discard"), call=self._discard)
        self._pulling = Pulling(self, self._pull)
        self._head = PageHead(
            tr("Objects & mapping"), self._pull, self._revert, self._save, explains=tr(PULL_HINT)
        )
        self._facts = PlainLabel(role="muted", wraps=True)
        self._note = PlainLabel(role="caption", wraps=True)
        self._filter = Button(tr("Filter…"), picture="filter", call=self._open_filter)
        self._preview = Button(tr("Preview…"), picture="search", call=self._open_preview)
        self._schedule = Schedules(self)
        self._steps = MappingSteps()
        self._steps.wanted.connect(self._take_step)
        self._side = FieldSide(desk)
        self._side.wished.append(self._wish)
        self._drift = DriftSide(desk)
        self._drift.shown.connect(self._side.know_drifts)
        self._drift.settled.connect(self._drift_settled)
        self._drift.failed.connect(self.complain)
        self._lay_out()
        self._tell_changes(0)

    def _lay_out(self) -> None:
        tools = self._build_tools()
        split = self._build_split()
        body = column(gap=3)
        body.addWidget(tools)
        body.addWidget(self._steps)
        body.addWidget(Flowing(self._words, self._schedule.button, self._filter, self._preview))
        body.addLayout(column(self._facts, self._schedule.words, self._note, gap=0))
        body.addWidget(self._drift)
        body.addWidget(split, 1)
        self.states = States(yielding(body))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._act_on_empty)
        self._page = column(self._head, self.states, gap=5, margin=(8, 5, 8, 6))
        self.setLayout(whole_page(self._page))

    def _build_tools(self) -> Flowing:
        self._which = QComboBox()
        self._which.setAccessibleName(tr("Integration"))
        self._which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._which.activated.connect(lambda place: self._choose(str(self._which.itemData(place))))
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("Find a field"))
        self._words.setAccessibleName(tr("Find a field"))
        clearable(self._words)
        self._words.setMaximumWidth(220)
        self._match = Button(tr("Auto-match"), picture="wand")
        self._add = Button(tr("Add object…"), picture="plus", call=self._open_adding)
        self._more = MappingMenu()
        self._more.told.connect(self.told)
        self._more.failed.connect(self.complain)
        return Flowing(self._which, self._add, self._match, self._more)

    def _build_split(self) -> Split:
        self._model = FieldsModel(self)
        self._wishes = Wishes(self, self._model, self._words, more=self._more, match=self._match)
        self._match.clicked.connect(lambda _on=False: self._wishes.ask_suggestions())
        self._table = FieldTable(
            tr("Fields"), flip=self._flip_write_back, undo=self._wishes.undo, redo=self._wishes.redo
        )
        self._wishes.stepped.connect(self._stepped)
        self._saving = Saving(self, self._model, self._save)
        self._save.clicked.connect(lambda _on=False: self._saving.save())
        self._saving.saved.connect(self._saved)
        self._saving.pull_wanted.connect(self._pull_now)
        self._more.existing_wanted.connect(self._saving.open)
        self._table.dress(self._model, [spec.width for spec in SPECS], spare=(1, 3, 2))
        keep_lines(self._table)
        self._table.selectionModel().currentRowChanged.connect(self._show_choice)
        self._table.chosen.connect(lambda _row: self._side.first_field().setFocus())
        self._words.textChanged.connect(self._model.filter_words)
        self._model.wished.connect(self._tell_changes)
        area = scrolled(self._side)
        sized(area, lambda px: area.setMinimumWidth(px(232)))
        return Split(self._table, area, shares=(760, 300), first_grows=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the fields come first: one line of tools above them, and no explanation."""
        super().resizeEvent(event)
        px = theming().theme.px
        is_low = self.height() < px(LOW)
        self._head.be_brief(is_brief=is_low)
        self._page.setContentsMargins(32, 12 if is_low else 20, 32, 8 if is_low else 24)
        self._page.setSpacing(8 if is_low else 20)
        self._which.setMaximumWidth(px(WHICH_LOW) if is_low else WHICH_MOST)
        self._which.view().setMinimumWidth(self._which.sizeHint().width())

    def first_focus(self) -> QWidget:
        return self._table if self._integration is not None else self._add

    def open(self, subject: object = None) -> None:
        if isinstance(subject, str):
            self._wanted = subject
        super().open()
        self.desk.ask(
            self,
            lambda facade, _act: facade.transforms(),
            done=self._side.values.know_transforms,
            failed=self.complaining(),
        )

    def do(self, what: str) -> bool:
        if what == "pull" and self._integration is not None:
            self._pull_now()
            return True
        if what == "find":
            self._words.setFocus()
            return True
        opens = {
            "filter": self._open_filter,
            "schedule": self._schedule.open_editor,
            "preview": self._open_preview,
            "existing": self._saving.open,
            "undo_edit": self._wishes.undo,
            "redo_edit": self._wishes.redo,
        }.get(what)
        if opens is not None and self._integration is not None:
            opens()
            return True
        return False

    def refresh(self) -> None:
        self.states.loading()
        self.desk.read(
            self,
            lambda reads: (reads.connections(), reads.entities()),
            done=self._show,
            failed=self.states.error,
        )

    # what is there

    def _show(self, everything: Everything) -> None:
        self._connections, self._entities = everything
        integrations = [(view, one) for view in self._connections for one in view.integrations]
        known = {str(one.id) for _, one in integrations}
        self._which.clear()
        for view, one in integrations:
            self._which.addItem(
                f"{one_line(view.connection.name)} · {one.object} → {one.entity}", str(one.id)
            )
        for button in (self._pull, self._match, self._schedule.button, self._filter, self._preview):
            button.gate("" if integrations else tr("Add an object first."))
        self.offer(*(("pull", "find", "filter", "preview", "existing", "schedule") if integrations else ()))
        if not self._connections:
            self.states.empty(
                tr("No CRM is connected yet"),
                tr("Its objects and fields appear here."),
                act=tr("Connect a CRM"),
                picture="mapping",
            )
        elif not integrations:
            self.states.empty(
                tr("No object is mapped yet"),
                tr("Choose which object of the CRM becomes accounts here, mostly Account."),
                act=tr("Add object"),
                picture="mapping",
            )
        else:
            current = str(self._integration.id) if self._integration is not None else ""
            by_connection = next(
                (str(one.id) for view, one in integrations if str(view.connection.id) == self._wanted), ""
            )
            first = str(integrations[0][1].id)
            wanted = next((one for one in (by_connection, current) if one in known), first)
            self._wanted = ""
            self._choose(wanted)

    def _choose(self, integration: str) -> None:
        self._which.setCurrentIndex(max(self._which.findData(integration), 0))
        found = next(
            (
                (view, one)
                for view in self._connections
                for one in view.integrations
                if str(one.id) == integration
            ),
            None,
        )
        if found is None:
            return
        view, one = found
        self._integration = one
        self._saving.know(one, view.connection.name)
        self._side.know_place(view.connection, one)
        last = moment(one.last_pull_at, now=self.desk.now())
        on = sum(mapping.write_back for mapping in one.mappings)
        self._facts.set_text(
            tr(
                "%n fields mapped · write-back on for {on} · key {key} · {filter} · last pull {last}",
                len(one.mappings),
                on=number(on),
                key=one.key or tr("record id"),
                filter=one.filter or tr("all records"),
                last=last,
            )
        )
        self._schedule.show(one, view.pulls_of(one.id))
        self._steps.know(one, is_scheduled=view.pulls_of(one.id) is not None)
        note = note_of(view.plugin, one)
        self._note.set_text(note)
        self._note.setVisible(bool(note))
        self._more.know(
            one,
            (
                (f"{other_view.connection.name} · {other.object}", other)
                for other_view in self._connections
                for other in other_view.integrations
                if other.entity == one.entity
            ),
        )
        self._source.read(one)

    def _show_fields(self, known: Known) -> None:
        integration = self._integration
        if integration is None or integration.id != known.integration:
            return
        self._attributes = known.attributes
        self._wishes.know(integration, known.description)
        self._side.know(self._attributes)
        keeps = self._described_for == str(integration.id)
        self._described_for = str(integration.id)
        place = max(self._table.currentIndex().row(), 0)
        self._model.show_choices(
            choices_of(known.description, integration, related=known.related), keeps=keeps
        )
        self._tell_ready(integration)
        self._table.go_to(place)
        self._drift.read(integration)
        self._saving.shown()

    def _tell_ready(self, integration: Integration) -> None:
        own = next(
            one.connection for one in self._connections if one.connection.id == integration.connection_id
        )
        if own.sign_in is not SignInState.NEEDED:
            self.states.ready()
            return
        name = one_line(own.name)
        self.states.partial(
            tr("Sign-in needed for {name}: fields are shown as last described; pulling waits.", name=name),
            act=tr("Go to connections"),
            call=lambda: self.asked.emit("connections", None),
        )

    def _no_fields(self, error: WritebackError) -> None:
        self.states.error(error)

    def _show_choice(self, current: QModelIndex) -> None:
        choice = self._model.row_at(current.row())
        known = self._integration
        entity, own = ("", "") if known is None else (known.entity, str(known.id))
        self._side.show_choice(choice, entity=entity, integration=own)

    # what is wanted

    def _wish(self, path: str, mapping: FieldMapping | None) -> None:
        place = self._table.currentIndex().row()
        self._model.wish(path, mapping)
        self._table.go_to(place)

    def _stepped(self, place: int) -> None:
        """Show what a step changed; `place` is the row to go to, -1: stay."""
        if place >= 0:
            self._table.go_to(place)
        self._show_choice(self._table.currentIndex())

    def _flip_write_back(self) -> None:
        choice = self._model.row_at(self._table.currentIndex().row())
        if choice is None or choice.wished is None:
            self.told.emit(tr("Map the field to an attribute first."))
        elif refusal := self._side.refusal(choice):
            self.told.emit(refusal)
        else:
            self._wish(choice.path, replace(choice.wished, write_back=not choice.wished.write_back))
            self._show_choice(self._table.currentIndex())

    def _tell_changes(self, count: int) -> None:
        self._more.count_steps(*self._model.steps)
        self._table.leave_out(*(() if self._model.has_notes else (NOTE,)))
        self._save.say(tr("Save %n mappings", count) if count else tr("Save mappings"))
        for button in (self._save, self._revert):
            button.gate("" if count else tr("Nothing was changed."))

    def _discard(self) -> None:
        self._model.revert()
        self._show_choice(self._table.currentIndex())

    def _saved(self, integration: Integration) -> None:
        self._integration = integration
        self._described_for = ""
        self.refresh()

    def _drift_settled(self, told: str) -> None:
        self._described_for = ""
        self.told.emit(told)
        self.refresh()

    def _take_step(self, step: int) -> None:
        """Lead to where a step of the first way is done."""
        {
            OBJECT: self._which.setFocus,
            FIELDS: self._table.setFocus,
            FILTER: self._open_filter,
            FORMAT: lambda: self._side.first_field().setFocus(),
            SCHEDULE: self._schedule.open_editor,
            CHECK: self._open_preview,
        }[step]()

    # filter and preview

    def _open_filter(self) -> None:
        integration = self._integration
        if integration is None:
            return
        from writeback.gui.dialogs.filtering import FilterDialog  # noqa: PLC0415  a third of the opening

        name = str(integration.id)
        dialog = FilterDialog(
            self.desk,
            (str(integration.connection_id), integration.object),
            integration.filter,
            store=lambda facade, condition, act: facade.change_filter(name, condition, act=act),
            parent=self.window(),
        )
        dialog.chosen.connect(self._filtered)
        dialog.open()

    def _filtered(self, condition: str) -> None:
        what = tr("Filter saved") if condition else tr("Filter taken away")
        self.told.emit(tr("{what}. The next pull reads everything.", what=what))
        self.refresh()

    def _open_preview(self) -> None:
        """Show what a pull would bring, unsaved wishes included: that is what they would do."""
        if self._integration is None:
            return
        from writeback.gui.dialogs.previewing import PreviewDialog  # noqa: PLC0415  the same

        wished = tuple(one.wished for one in self._model.changed if one.wished is not None)
        PreviewDialog(self.desk, self._integration, wished, parent=self.window()).open()
        self._steps.checked()

    # pulling and adding

    def _pull_now(self) -> None:
        self._pulling.start(self._integration)

    def _open_adding(self) -> None:
        if not self._connections:
            self.asked.emit("do:connect", None)
            return
        from writeback.gui.dialogs.adding import AddObjectDialog  # noqa: PLC0415  the same

        dialog = AddObjectDialog(self.desk, self._connections, self._entities, self.window())
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, integration: Integration) -> None:
        self._integration = integration
        self.refresh()

    def _act_on_empty(self) -> None:
        self._open_adding()


def note_of(plugin: PluginView | None, integration: Integration) -> str:
    """Give what the connector says of an object: what the CRM has not, or has otherwise; '' for nothing."""
    objects = plugin.manifest.objects if plugin is not None and plugin.manifest is not None else ()
    own = (one for one in objects if (one.name, one.entity) == (integration.object, integration.entity))
    return next((one.note for one in own), "")
