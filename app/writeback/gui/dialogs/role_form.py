"""The form of a role: where it stands, whether it is written back, and what writing it does, by live data."""

from collections import abc

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QDialog, QLineEdit, QRadioButton, QWidget

from writeback.errors import WritebackError
from writeback.gui.models.people import REFERENCE_WORDS
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, line, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, gate, one_line, tip, title_free
from writeback.model.integrations import ReferenceMode
from writeback.runtime.facade import Facade
from writeback.runtime.facade.people import RoleConsequence, RoleField, RoleMapping, RoleView, RoleWish
from writeback.runtime.sentences import sentence_of

Place = tuple[str, str]
"""An integration's id, and what people call it."""


class RoleDialog(QDialog):
    """Adds a role, or lets one stand in a field of a CRM.

    Signals:
        saved: The role stands as it was wished; carries a `RoleView`.
    """

    saved = Signal(object)

    def __init__(
        self,
        desk: Desk,
        places: abc.Sequence[Place],
        *,
        role: RoleView | None = None,
        mapping: RoleMapping | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._role, self._mapping = desk, role, mapping
        self._fields: tuple[RoleField, ...] = ()
        self._ticket = 0
        self.setWindowTitle(title_free(role.title if role else tr("Add a role")))
        self.banner = Banner()
        self.title = QLineEdit(role.title if role else "")
        self.title.setAccessibleName(tr("Name of the role"))
        self.title.setPlaceholderText(tr("Success Manager"))
        gate(self.title, "" if role is None else tr("The role is there already and keeps its name here."))
        self.title.textChanged.connect(lambda _text: self._tell())
        self.place = QComboBox()
        self.place.setAccessibleName(tr("Where it stands"))
        if role is None:
            self.place.addItem(tr("Nowhere yet"), "")
        for identifier, words in places:
            self.place.addItem(one_line(words), identifier)
        self.field = QComboBox()
        self.field.setAccessibleName(tr("Field"))
        self.write_back = QCheckBox(tr("Write-back"))
        tip(self.write_back, tr("Changes made here are written to the CRM."))
        self.write_back.setChecked(mapping is not None and mapping.write_back)
        self._modes = QButtonGroup(self)
        self.repoint = QRadioButton(REFERENCE_WORDS[ReferenceMode.REPOINT])
        self.edit = QRadioButton(REFERENCE_WORDS[ReferenceMode.EDIT_TARGET])
        for button in (self.repoint, self.edit):
            self._modes.addButton(button)
            button.clicked.connect(lambda _on: self._show_fields())
        self.repoint.setChecked(True)
        self.repoint_words = PlainLabel("", role="muted", wraps=True)
        self.edit_words = PlainLabel("", role="muted", wraps=True)
        self.keep = Button(tr("Save role"), kind="primary", call=self._keep)
        self._lay_out()
        if mapping is not None:
            self.place.setCurrentIndex(max(self.place.findData(str(mapping.integration_id)), 0))
            self.edit.setChecked(mapping.reference_mode is ReferenceMode.EDIT_TARGET)
        self.place.currentIndexChanged.connect(lambda _place: self._ask_fields())
        self.field.currentIndexChanged.connect(lambda _place: self._ask_consequence())
        self._ask_fields()

    @property
    def mode(self) -> ReferenceMode:
        """What writing means."""
        return ReferenceMode.EDIT_TARGET if self.edit.isChecked() else ReferenceMode.REPOINT

    def _lay_out(self) -> None:
        title = self._role.title if self._role is not None else tr("Add a role")
        box = column(PlainLabel(title, role="heading", wraps=True), gap=2)
        box.addWidget(PlainLabel(tr("Role"), role="caption"))
        box.addWidget(self.title)
        box.addWidget(PlainLabel(tr("Source"), role="caption"))
        box.addLayout(row(self.place, self.field))
        box.addWidget(self.write_back)
        box.addWidget(line())
        for button, words in ((self.repoint, self.repoint_words), (self.edit, self.edit_words)):
            box.addWidget(button)
            words.setContentsMargins(24, 0, 0, 0)
            box.addWidget(words)
        box.addWidget(self.banner)
        lay_out(self, box, row(None, Button(tr("Cancel"), call=self.reject), self.keep), width=560)

    # what the CRM says

    def _ask_fields(self) -> None:
        integration = str(self.place.currentData() or "")
        self._fields = ()
        self.field.clear()
        for part in (self.field, self.repoint, self.edit):
            gate(part, self._lacks_place)
        self._tell()
        self._say(None)
        if integration:
            self._desk.ask(
                self,
                lambda facade, _act: facade.role_fields(integration),
                done=lambda found: self._take_fields(integration, found),
                failed=self.banner.tell_error,
            )

    def _take_fields(self, integration: str, found: tuple[RoleField, ...]) -> None:
        if integration != self.place.currentData():
            return
        self._fields = found
        edits = (one for one in found if one.reference_mode is ReferenceMode.EDIT_TARGET)
        editable = [one for one in edits if one.lock is None]
        gate(self.edit, "" if editable else tr(_NO_EDIT))
        if not editable:
            self.repoint.setChecked(True)
        self._show_fields()

    def _show_fields(self) -> None:
        wanted = self._mapping.path if self._mapping is not None else ""
        self.field.blockSignals(True)  # noqa: FBT003  Qt's signature
        self.field.clear()
        for one in self._fields:
            if one.reference_mode is self.mode:
                self.field.addItem(one_line(f"{one.label} ({one.path})"), one)
        place = next(
            (at for at in range(self.field.count()) if self.field.itemData(at).path == wanted),
            self._usual_place(),
        )
        self.field.setCurrentIndex(place)
        self.field.blockSignals(False)  # noqa: FBT003  Qt's signature
        self._ask_consequence()

    def _usual_place(self) -> int:
        """Give the place of a field that can be written; the owner before others."""
        free = [at for at in range(self.field.count()) if self.field.itemData(at).lock is None]
        owners = [at for at in free if "owner" in self.field.itemData(at).path.casefold()]
        return next(iter((*owners, *free)), 0 if self.field.count() else -1)

    def _ask_consequence(self) -> None:
        self._tell()
        chosen = self._chosen
        integration = str(self.place.currentData() or "")
        self._ticket += 1
        ticket = self._ticket
        if chosen is None or not integration:
            self._say(None)
            return
        self._desk.ask(
            self,
            lambda facade, _act: facade.role_consequence(integration, chosen.path),
            done=lambda told: self._say(told) if ticket == self._ticket else None,
            failed=self.banner.tell_error,
        )

    def _say(self, told: RoleConsequence | None) -> None:
        name = self.title.text().strip() or tr("the role")
        if told is None:
            self.repoint_words.set_text("")
            self.edit_words.set_text("" if self.edit.isEnabled() or not self._fields else tr(_NO_EDIT))
            return
        record = one_line(told.record) or tr("a record")
        now = tr(" It is {person} now.", person=one_line(told.person)) if told.person else ""
        self.repoint_words.set_text(
            tr(
                "Changing {name} of {record} re-assigns it to somebody else. Only {record} changes.{now}",
                name=name,
                record=record,
                now=now,
            )
        )
        if not self.edit.isEnabled():
            self.edit_words.set_text(tr(_NO_EDIT))
            return
        person = one_line(told.person) or tr("somebody")
        shows = (
            tr("every record that shows it")
            if told.records is None
            else tr("%n records of this object", told.records)
        )
        where = one_line(told.connection)
        self.edit_words.set_text(
            tr(
                "Changing it here changes {person} everywhere: {shows}, for everybody in {where}.",
                person=person,
                shows=shows,
                where=where,
            )
        )

    @property
    def _chosen(self) -> RoleField | None:
        found = self.field.currentData()
        return found if isinstance(found, RoleField) else None

    @property
    def _lacks_place(self) -> str:
        return "" if self.place.currentData() else tr("Choose where it stands first.")

    # keeping

    def _tell(self) -> None:
        chosen = self._chosen
        if not self.title.text().strip():
            self.keep.gate(tr("Give the role a name first."))
        elif self.place.currentData() and chosen is None:
            self.keep.gate(tr("Choose a field first."))
        else:
            self.keep.gate("")
        lock = chosen.lock if chosen is not None else None
        told = sentence_of(lock.code, dict(lock.facts)).happened if lock is not None else ""
        unchosen = "" if chosen is not None else tr("Choose a field first.")
        why = self._lacks_place or unchosen or told
        gate(self.write_back, why, otherwise=tr("Changes made here are written to the CRM."))
        if lock is not None:
            self.write_back.setChecked(False)

    def _keep(self) -> None:
        title, role = self.title.text().strip(), self._role
        integration, chosen = str(self.place.currentData() or ""), self._chosen
        is_written, mode = self.write_back.isChecked(), self.mode
        self.keep.gate(tr("It is being saved."))

        def act(facade: Facade, act: str) -> RoleView:
            made = facade.add_role(RoleWish(title), act=f"{act}-role") if role is None else role
            if not integration or chosen is None:
                return made
            return facade.map_role(
                made.attribute,
                integration,
                chosen.path,
                write_back=is_written,
                reference_mode=mode,
                act=act,
            )

        self._desk.ask(self, act, done=self._kept, failed=self._refused)

    def _kept(self, role: RoleView) -> None:
        self.saved.emit(role)
        self.accept()

    def _refused(self, error: WritebackError) -> None:
        self._tell()
        self.banner.tell_error(error)


_NO_EDIT = mark("This CRM does not let your user change the people themselves.")
