"""Data model: the attributes of each entity, where their values come from, and which CRMs take an edit.

Write-back of a source is switched here at once; everything else is a wish until it is saved.
"""

from collections import abc
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.messages import tell
from writeback.gui.dialogs.modelling import AddAttributeDialog, MergeDialog, RetypeDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.models.attributes import SPECS, AttributesModel, source_words
from writeback.gui.panels.attribute_side import AttributeSide
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import PageHead, column, row, scrolled
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import gate, one_line
from writeback.model.attributes import Attribute, Entity
from writeback.model.events import EventKind
from writeback.model.integrations import Integration
from writeback.model.masters import MasterRule
from writeback.runtime.facade import AttributeUsers, MasterChanged, Retyping
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeUses, AttributeView, Target

Found = tuple[tuple[Entity, ...], str, tuple[AttributeView, ...], abc.Mapping[str, AttributeUses]]
EXPLAINS = mark(
    "What is kept of each account and person, where it comes from, and which CRMs an edit is written to."
)


class DataModelPanel(Panel):
    """Entities and their attributes."""

    cares_about = frozenset(
        {EventKind.MODEL_CHANGED, EventKind.INTEGRATION_CHANGED, EventKind.CONNECTION_CHANGED}
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Data model"), parent=parent)
        self._entity = "account"
        self._view: AttributeView | None = None
        self._is_dirty = False
        self._add = Button(tr("Add attribute…"), picture="plus", call=self._open_adding)
        self._revert = Button(tr("Discard"), call=self._discard)
        self._save = Button(tr("Save attribute"), kind="primary", picture="check", call=self._save_attribute)
        self._which = QComboBox()
        self._which.setAccessibleName(tr("Entity"))
        self._which.setMinimumWidth(160)
        self._which.activated.connect(lambda place: self._choose_entity(str(self._which.itemData(place))))
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("Find an attribute"))
        self._words.setAccessibleName(tr("Find an attribute"))
        clearable(self._words)
        self._words.setMaximumWidth(240)
        self._model = AttributesModel(self)
        self._table = Table(tr("Attributes"))
        self._table.dress(self._model, [spec.width for spec in SPECS], spare=(6, 3, 1, 5))
        self._table.selectionModel().currentRowChanged.connect(self._show_choice)
        self._words.textChanged.connect(self._find)
        self.side = AttributeSide(
            retype=self._open_retyping,
            remove=self._ask_users,
            history=lambda: self.asked.emit("accounts", None),
            merge=self._open_merging,
        )
        self._table.chosen.connect(lambda _row: self.side.title.setFocus())
        self.side.changed.connect(self._mark)
        self.side.targets.switched.connect(self._switch)
        self.side.master.chosen.connect(self._set_master)
        self._lay_out()

    def _lay_out(self) -> None:
        area = scrolled(self.side)
        sized(area, lambda px: area.setMinimumWidth(px(285)))
        split = Split(self._table, area, shares=(720, 330), first_grows=True)
        body = column(gap=3)
        body.addLayout(row(self._which, self._add, None, self._words, gap=2))
        body.addWidget(split, 1)
        inside = QWidget()
        inside.setLayout(body)
        self.states = States(inside)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._open_adding)
        head = PageHead(tr("Data model"), self._revert, self._save, explains=tr(EXPLAINS))
        self.setLayout(column(head, self.states, gap=5, margin=(8, 5, 8, 6)))
        self._mark(is_dirty=False)

    def first_focus(self) -> QWidget:
        return self._table

    def open(self, subject: object = None) -> None:
        if isinstance(subject, str) and subject:
            self._entity = subject
        super().open()

    def do(self, what: str) -> bool:
        if what == "find":
            self._words.setFocus()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._save_attribute()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        if self._is_dirty:
            return  # what is typed here is not swept away by somebody else's change
        self.states.loading()
        entity = self._entity

        def read(reads: Reading) -> Found:
            entities = reads.entities()
            named = entity if any(one.name == entity for one in entities) else ""
            chosen = named or (entities[0].name if entities else "")
            if not chosen:
                return entities, chosen, (), {}
            return entities, chosen, reads.attribute_views(chosen), reads.attribute_uses(chosen)

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # what is there

    def _show(self, found: Found) -> None:
        entities, self._entity, views, uses = found
        self._which.clear()
        for one in entities:
            self._which.addItem(one_line(one.title), one.name)
        self._which.setCurrentIndex(max(self._which.findData(self._entity), 0))
        self._add.gate("" if entities else tr("There is no entity yet."))
        self.offer("find")
        name = self._view.attribute.name if self._view is not None else ""
        self._model.show_attributes(views, uses)
        if not views:
            self.states.empty(
                tr("No attribute yet"),
                tr("Attributes come with the fields that are mapped, or are added here."),
                act=tr("Add attribute"),
                picture="attributes",
            )
            return
        self.states.ready()
        self._table.go_to(self._model.place_of(name))
        self._show_choice(self._table.currentIndex())
        unknown = [target for view in views for target in view.targets if target.is_updateable is None]
        if unknown:
            sources = tr("%n sources were", len(unknown))
            self.states.partial(
                tr(
                    "{sources} not described by the CRM yet, such as {source_words}: whether "
                    "your user may write there is not known.",
                    sources=sources,
                    source_words=one_line(source_words(unknown[0])),
                )
            )

    def _show_choice(self, current: QModelIndex) -> None:
        line = self._model.row_at(current.row())
        view = line.view if line is not None else None
        if self._is_dirty and self._view is not None and view is not None:
            if view.attribute.name != self._view.attribute.name:
                self.told.emit(tr("Save or discard the changes first."))
                self._table.go_to(self._model.place_of(self._view.attribute.name))
            return
        self._view = view
        self.side.show_view(view)

    def _find(self, words: str) -> None:
        self._model.filter_words(words)
        self._table.go_to(0)

    def _choose_entity(self, entity: str) -> None:
        if self._is_dirty:
            self.told.emit(tr("Save or discard the changes first."))
            self._which.setCurrentIndex(max(self._which.findData(self._entity), 0))
            return
        self._entity, self._view = entity, None
        self.refresh()

    # what is wanted

    def _mark(self, is_dirty: bool) -> None:  # noqa: FBT001  a Qt slot
        self._is_dirty = is_dirty
        for button in (self._save, self._revert):
            button.gate("" if is_dirty else tr("Nothing was changed."))

    def _discard(self) -> None:
        self.side.show_view(self._view)

    def _save_attribute(self) -> None:
        wish = self.side.wished()
        if wish is None:
            return
        self._save.gate(tr("The attribute is being saved."))
        self.desk.ask(
            self,
            lambda facade, act: facade.change_attribute(wish, act=act),
            done=self._saved,
            failed=self._not_saved,
        )

    def _saved(self, attribute: Attribute) -> None:
        self._mark(is_dirty=False)
        self.told.emit(tr("{attribute} saved.", attribute=one_line(attribute.title, 60)))
        self.refresh()

    def _not_saved(self, error: WritebackError) -> None:
        self._mark(is_dirty=self.side.wished() is not None)
        self.complain(error)

    def _switch(self, target: Target, on: bool) -> None:  # noqa: FBT001  a Qt slot
        """Switch write-back of one source, now; what was typed beside it stays."""
        wish = replace(target.mapping, write_back=on)
        for switch in self.side.targets.switches:
            gate(switch, tr("It is being saved."))
        self.desk.ask(
            self,
            lambda facade, act: facade.map_fields(str(target.integration.id), (wish,), act=act),
            done=lambda made: self._switched(made, target, is_on=on),
            failed=self._not_switched,
        )

    def _switched(self, made: Integration, target: Target, *, is_on: bool) -> None:
        del made
        words = tr("Edits are written to") if is_on else tr("Edits are no longer written to")
        self.told.emit(f"{words} {one_line(source_words(target))}.")
        self._look_at_targets()

    def _not_switched(self, error: WritebackError) -> None:
        self.complain(error)
        self._look_at_targets()

    def _set_master(self, rule: MasterRule) -> None:
        """Say whose value counts, now; what was typed beside it stays."""
        if self._view is None:
            return
        entity, name = self._view.attribute.entity, self._view.attribute.name
        self.desk.ask(
            self,
            lambda facade, act: facade.set_master(entity, name, rule, act=act),
            done=self._master_set,
            failed=self._not_switched,
        )

    def _master_set(self, made: MasterChanged) -> None:
        asked = tr("%n disagreements wait", made.asked)
        self.told.emit(
            tr("{asked} under Conflicts.", asked=asked) if made.asked else tr("The rule counts from now on.")
        )
        self._look_at_targets()

    def _look_at_targets(self) -> None:
        """Show the sources as they are now, and leave what was typed alone."""
        if not self._is_dirty:
            self.refresh()
            return
        entity, name = self._entity, self._view.attribute.name if self._view is not None else ""
        self.desk.read(
            self,
            lambda reads: [one for one in reads.attribute_views(entity) if one.attribute.name == name],
            done=lambda views: self.side.targets.show_targets(views[0].targets if views else ()),
            failed=self.complaining(),
        )

    # attributes come, change and go

    def _open_adding(self) -> None:
        dialog = AddAttributeDialog(self.desk, self._entity or "account", parent=self.window())
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, attribute: Attribute) -> None:
        self._view = AttributeView(attribute)
        self.told.emit(tr("{attribute} added.", attribute=one_line(attribute.title, 60)))
        self.refresh()

    def _open_retyping(self) -> None:
        if self._view is None:
            return
        dialog = RetypeDialog(self.desk, self._view.attribute, parent=self.window())
        dialog.retyped.connect(self._retyped)
        dialog.open()

    def _open_merging(self) -> None:
        """Merge the option of the current line into another; what was typed is saved first."""
        if self._view is None:
            return
        if self._is_dirty:
            self.told.emit(tr("Save or discard the changes first."))
            return
        dialog = MergeDialog(self.desk, self._view.attribute, self.side.options.current, parent=self.window())
        dialog.merged.connect(self._saved)
        dialog.open()

    def _retyped(self, found: Retyping) -> None:
        self._mark(is_dirty=False)
        self.told.emit(tr("%n values converted.", found.converts))
        self.refresh()

    def _ask_users(self) -> None:
        if self._view is None:
            return
        attribute = self._view.attribute
        self.desk.ask(
            self,
            lambda facade, _act: facade.attribute_users(attribute.entity, attribute.name),
            done=lambda users: self._ask_removal(attribute, users),
            failed=self.complaining(),
        )

    def _ask_removal(self, attribute: Attribute, users: AttributeUsers) -> None:
        title = tr("Delete {attribute}?", attribute=one_line(attribute.title, 60))
        places = {
            str(one.integration.id): tr(
                "{object} in {connection}", object=one.integration.object, connection=one.connection.name
            )
            for one in (self._view.targets if self._view is not None else ())
        }
        held = _held_by(users, places)
        if held:
            tell(
                self.window(),
                tr("{attribute} cannot be deleted now", attribute=one_line(attribute.title, 60)),
                held,
            )
            return
        fields = ", ".join(
            one_line(f"{path} ({places.get(integration, integration)})", 90)
            for integration, path in users.mappings
        )
        words = tr(
            "Mapped: {fields}. %n drafts of it go, and so do its values here. The CRMs "
            "keep theirs; the history stays.",
            users.drafts,
            fields=fields or tr("no field"),
        )
        if users.segments:
            words += tr(
                " %n segments name it and could no longer be read: {named}.",
                len(users.segments),
                named=_listed(users.segments),
            )
        if users.forms:
            words += tr(
                " %n forms ask for it and would no longer: {named}.",
                len(users.forms),
                named=_listed(users.forms),
            )
        if users.plays:
            words += tr(
                " %n plays name it and could no longer run: {named}.",
                len(users.plays),
                named=_listed(users.plays),
            )
        NameDialog(
            title,
            words,
            attribute.title,
            act=tr("Delete attribute"),
            call=lambda: self._remove(attribute),
            prompt=tr("Type the attribute's title."),
            kind="danger",
            parent=self.window(),
        ).open()

    def _remove(self, attribute: Attribute) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.delete_attribute(attribute.entity, attribute.name, act=act),
            done=lambda _users: self._removed(attribute),
            failed=self.complaining(),
        )

    def _removed(self, attribute: Attribute) -> None:
        self._mark(is_dirty=False)
        self._view = None
        self.told.emit(tr("{attribute} deleted.", attribute=one_line(attribute.title, 60)))
        self.refresh()


def _listed(names: abc.Iterable[str]) -> str:
    return ", ".join(one_line(name, 60) for name in names)


def _held_by(users: AttributeUsers, places: abc.Mapping[str, str]) -> str:
    """Say what keeps an attribute from going; '' for nothing. `places` are integrations in words."""
    if users.under_way:
        values = tr("%n values", users.under_way)
        return tr("A job is still writing {values} of it. Wait until it is done.", values=values)
    if users.matches:
        return tr(
            "Records of {matches} are linked by it. Link them by another attribute first.",
            matches=", ".join(one_line(places.get(one, one), 60) for one in users.matches),
        )
    return tr("It is a role. Take the role away first.") if users.is_role else ""
