"""Add an object of a CRM to an entity: object, entity, key, filter, and how many records that is."""

from collections import abc
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QFormLayout, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.filtering import FilterDialog
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import boxed, column, lay_out, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.attributes import Attribute, Entity
from writeback.model.integrations import Integration
from writeback.runtime.facade import IntegrationWish
from writeback.runtime.views import ConnectionView, PluginView
from writeback.sdk.values import ObjectInfo

if TYPE_CHECKING:  # pydantic costs more than the dialog
    from writeback.sdk.manifest import CrmObject

NO_LINK = mark("the field that holds the account's id, where there is one")


class AddObjectDialog(QDialog):
    """Makes one integration.

    Signals:
        added: The integration was made; carries it.
    """

    added = Signal(object)

    def __init__(
        self,
        desk: Desk,
        connections: abc.Sequence[ConnectionView],
        entities: abc.Sequence[Entity],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._connectors = {str(view.connection.id): view.connection.connector for view in connections}
        self._proposed: dict[str, tuple[CrmObject, ...]] = {}
        self.setWindowTitle(tr("Add an object"))
        self._banner = Banner()
        self._connection = QComboBox()
        for view in connections:
            self._connection.addItem(one_line(view.connection.name), str(view.connection.id))
        self._object = QComboBox()
        self._object.setEditable(True)
        self._object.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._entity = QComboBox()
        for entity in entities:
            self._entity.addItem(one_line(entity.title), entity.name)
        self._key = QLineEdit()
        self._key.setPlaceholderText(tr("the record's id"))
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(tr("all records, or a condition in the CRM's own language"))
        self._match = QComboBox()
        self._link = QLineEdit()
        self._link.setPlaceholderText(tr(NO_LINK))
        self._count = PlainLabel("", role="muted")
        self.note = PlainLabel("", role="muted", wraps=True)
        self.note.hide()
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        for title, field in (
            (tr("Connection"), self._connection),
            (tr("Object"), self._object),
            (tr("Into"), self._entity),
            (tr("Key"), self._key),
            (tr("Filter"), self._filter),
            (tr("Same as"), self._match),
            (tr("Belongs to"), self._link),
        ):
            field.setAccessibleName(title)
            form.addRow(PlainLabel(title), field if field is not self._filter else self._filter_row())
        self._add = Button(tr("Add object"), kind="primary", call=self._save)
        body = column(PlainLabel(tr("Add an object"), role="heading"), self._banner)
        body.addLayout(form)
        body.addWidget(self.note)
        body.addLayout(row(Button(tr("Count records"), call=self._ask_count), self._count, None))
        lay_out(self, body, row(None, Button(tr("Cancel"), call=self.reject), self._add), width=600)
        self._add.setDefault(True)
        self._wire()

    def _wire(self) -> None:
        self._connection.activated.connect(lambda _place: self._ask_objects())
        self._entity.activated.connect(lambda _place: self._entity_chosen())
        self._object.activated.connect(lambda _place: self._propose())
        self._ask_objects()
        self._ask_attributes()
        self._desk.read(self, lambda reads: reads.connectors(), done=self._keep_proposed, failed=self._failed)

    def _keep_proposed(self, plugins: tuple[PluginView, ...]) -> None:
        """Remember which objects each connector proposes."""
        self._proposed = {one.id: one.manifest.objects for one in plugins if one.manifest is not None}
        self._propose()

    def _propose(self) -> None:
        """Put the chosen object where its connector says it belongs, and say by which field."""
        chosen = self._object.currentData()
        found = next((one for one in self._proposals() if one.name == chosen), None)
        self._link.setPlaceholderText((found.link if found is not None else None) or tr(NO_LINK))
        place = self._entity.findData(found.entity) if found is not None else -1
        if place >= 0 and place != self._entity.currentIndex():
            self._entity.setCurrentIndex(place)
            self._ask_attributes()
        self._tell_note()

    def _entity_chosen(self) -> None:
        self._tell_note()
        self._ask_attributes()

    def _tell_note(self) -> None:
        """Say what the connector says of the object as it would feed the chosen entity."""
        own = (self._object.currentData(), self._entity.currentData())
        found = next((one for one in self._proposals() if (one.name, one.entity) == own), None)
        if found is not None:
            self._link.setPlaceholderText(found.link or tr(NO_LINK))
        self.note.set_text(found.note if found is not None else "")
        self.note.setVisible(bool(found is not None and found.note))

    def _proposals(self) -> "tuple[CrmObject, ...]":
        connector = self._connectors.get(str(self._connection.currentData()), "")
        return self._proposed.get(connector, ())

    def _ask_attributes(self) -> None:
        entity = str(self._entity.currentData())
        self._desk.read(
            self, lambda reads: reads.attributes(entity), done=self._show_attributes, failed=self._failed
        )

    def _show_attributes(self, attributes: tuple[Attribute, ...]) -> None:
        """Offer the attributes by which its records may be known already; the name comes first."""
        self._match.clear()
        self._match.addItem(tr("no record that is there already"), "")
        for one in sorted(attributes, key=lambda one: one.name != "name"):
            self._match.addItem(tr("the record of equal {title}", title=one_line(one.title)), one.name)

    def _ask_objects(self) -> None:
        name = str(self._connection.currentData())
        self._object.clear()
        self._object.setEditText("…")
        self._desk.ask(
            self,
            lambda facade, _act: facade.objects(name),
            done=self._show_objects,
            failed=self._failed,
        )

    def _show_objects(self, objects: tuple[ObjectInfo, ...]) -> None:
        self._object.clear()
        usable = [one for one in objects if one.queryable]
        order = {one.name: place for place, one in enumerate(self._proposals())}
        for one in sorted(usable, key=lambda one: (order.get(one.name, len(order)), one.label.casefold())):
            self._object.addItem(f"{one_line(one.label)} ({one.name})", one.name)
        completer = self._object.completer()
        if isinstance(completer, QCompleter):
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._propose()
        self._object.setFocus()

    def _wish(self) -> IntegrationWish:
        chosen = self._object.currentData()
        typed = self._object.currentText().strip()
        place = self._object.findText(typed)
        return IntegrationWish(
            connection=str(self._connection.currentData()),
            object=str(chosen if place >= 0 else typed),
            entity=str(self._entity.currentData()),
            key=self._key.text().strip(),
            filter=self._filter.text().strip(),
            match=str(self._match.currentData() or ""),
            link=self._link.text().strip() or None,
        )

    def _filter_row(self) -> QWidget:
        line = row(gap=2)
        line.addWidget(self._filter, 1)
        line.addWidget(Button(tr("Build…"), picture="filter", call=self._open_filter))
        return boxed(line)

    def _open_filter(self) -> None:
        wish = self._wish()
        dialog = FilterDialog(
            self._desk, (wish.connection, wish.object), self._filter.text().strip(), parent=self
        )
        dialog.chosen.connect(self._filter.setText)
        dialog.open()

    def _ask_count(self) -> None:
        wish = self._wish()
        self._count.set_text(tr("Counting…"))
        self._desk.ask(
            self,
            lambda facade, _act: facade.count(wish.connection, wish.object, wish.filter),
            done=lambda count: self._count.set_text(tr("%n records", count)),
            failed=self._failed,
        )

    def _save(self) -> None:
        wish = self._wish()
        self._add.gate(tr("The object is being added."))
        self._desk.ask(
            self,
            lambda facade, act: facade.add_integration(wish, act=act),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, integration: Integration) -> None:
        self.added.emit(integration)
        self.accept()

    def _failed(self, error: WritebackError) -> None:
        self._count.set_text("")
        self._add.gate("")
        self._banner.tell_error(error)
