"""Design an insight form: sections and fields in order, what each says, and how it looks while it is made."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from writeback.gui.dialogs.arranging import ArrangingDialog
from writeback.gui.dialogs.form_users import FormUsersDialog, users_words
from writeback.gui.models.form_design import Item, design_model, items_of, sections_of
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.form_fields import FormFields
from writeback.gui.widgets.form_line import FormLine
from writeback.gui.widgets.layouts import column, give_room, row, scrolled
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.attributes import Entity
from writeback.model.forms import FormField, InsightForm
from writeback.model.permissions import Level
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView

Known = dict[str, tuple[Entity, tuple[AttributeView, ...]]]


class DesignDialog(ArrangingDialog[Item]):
    """One form; its lines are its sections and fields."""

    def __init__(
        self,
        desk: Desk,
        form: InsightForm,
        *,
        is_new: bool,
        taken: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, items_of(form), name=form.name, is_new=is_new, taken=taken, parent=parent)
        self._form = form
        if not is_new:
            self._base = form.changed_at
        self._entities: Known = {}
        self._known: dict[str, AttributeView] = {}
        self.setWindowTitle(tr("Design a form"))
        self.setMinimumSize(760, 480)
        give_room(self, 980, 660)
        self.title = QLineEdit(form.title)
        self.title.setAccessibleName(tr("Title that people see"))
        self.title.setPlaceholderText(tr("Title that people see"))
        self.title.textEdited.connect(lambda _text: self._touch())
        self._lay_lines(tr("Lines of the form"), design_model(self._known, self))
        self.line = FormLine()
        self.line.changed.connect(self._change)
        self.preview = FormFields()
        self.setLayout(self._build_page())
        self._read()
        self._tell()
        (self.name if is_new else self.add).setFocus()

    def _build_page(self) -> QVBoxLayout:
        self.attribute = QComboBox()
        self.attribute.setAccessibleName(tr("Attribute to ask for"))
        self.add = Button(tr("Add attribute"), picture="plus", call=self._add_field)
        left = column(gap=2, margin=(0, 0, 2, 0))
        left.addLayout(row(self.attribute, self.add, Button(tr("Add section"), call=self._add_section), None))
        left.addWidget(self.table, 1)
        left.addLayout(row(self._up, self._down, self._drop, None))
        left.addWidget(self.line)
        inside = QWidget()
        inside.setLayout(column(self.preview, None, margin=4))
        right = column(
            PlainLabel(tr("Preview"), role="heading"), scrolled(inside), gap=2, margin=(2, 0, 0, 0)
        )
        page = column(PlainLabel(tr("Design a form"), role="heading"), self.banner, gap=3, margin=6)
        names = row(PlainLabel(tr("Name"), role="muted"), self.name, 2, PlainLabel(tr("Title"), role="muted"))
        names.addWidget(self.title)
        names.addSpacing(8)
        names.addWidget(PlainLabel(tr("Records of"), role="muted"))
        names.addWidget(self.entity)
        page.addLayout(names)
        self.users = Button(
            users_words(self._form.people, self._form.levels),
            kind="quiet",
            picture="accounts",
            call=self._ask_users,
        )
        self.users.setAccessibleDescription(tr("Who may use the form"))
        page.addLayout(row(PlainLabel(tr("Who may use the form"), role="muted"), self.users, None))
        page.addWidget(self._lay_sides(left, right, (560, 400)), 1)
        page.addLayout(self._lay_door())
        return page

    # what is there

    def _read(self) -> None:
        def read(reads: Reading) -> Known:
            return {one.name: (one, reads.attribute_views(one.name)) for one in reads.entities()}

        self._desk.read(self, read, done=self._show, failed=self.banner.tell_error)

    def _show(self, entities: Known) -> None:
        self._entities = entities
        titles = ((name, entity.title) for name, (entity, _views) in entities.items())
        self._offer_entities(titles, self._form.entity)

    def _turn(self) -> None:
        """Show the attributes of the chosen entity."""
        views = self._views
        self._known.clear()
        self._known.update({one.attribute.name.casefold(): one for one in views})
        self._show_lines(0)

    @property
    def _views(self) -> tuple[AttributeView, ...]:
        found = self._entities.get(str(self.entity.currentData()))
        return found[1] if found is not None else ()

    def _show_lines(self, place: int) -> None:
        self.model.show_rows(self._lines)
        self.table.go_to(min(place, len(self._lines) - 1))
        asked = {one.attribute.casefold() for one in self._lines if isinstance(one, FormField)}
        self.attribute.clear()
        for name, view in self._known.items():
            if name not in asked:
                self.attribute.addItem(one_line(view.attribute.title), view.attribute.name)
        self._choose()
        self._look()

    def _look(self) -> None:
        made = replace(self._form, sections=sections_of(self._lines))
        self.preview.show_form(made, self._views, None)
        self._tell()

    def _choose(self) -> None:
        place = self.table.currentIndex().row()
        self.line.show_line(self.model.row_at(place), self._known)
        self._tell()

    def _tell(self) -> None:
        self._tell_moves()
        self.add.gate("" if self.attribute.count() else tr("Every attribute is asked for already."))
        if not self.name.text().strip():
            self.save.gate(tr("Give the form a name first."))
        elif self.name.text().strip().casefold() in self._taken:
            self.save.gate(tr("Another form has this name: choose a different one."))
        else:
            has_fields = any(isinstance(one, FormField) for one in self._lines)
            self.save.gate("" if has_fields else tr("Add an attribute first."))

    # designing

    def _add_field(self) -> None:
        name = self.attribute.currentData()
        if name:
            self._insert(FormField(str(name)))
            self.line.help.setFocus()

    def _add_section(self) -> None:
        self._insert(tr("New section"))
        self.line.heading.setFocus()
        self.line.heading.selectAll()

    def _change(self, item: Item) -> None:
        if self._put(item):
            self._look()

    def _ask_users(self) -> None:
        dialog = FormUsersDialog(self._desk, self._form, self)
        dialog.chosen.connect(self._take_users)
        dialog.open()

    def _take_users(self, people: tuple[str, ...], levels: tuple[Level, ...]) -> None:
        self._form = replace(self._form, people=people, levels=levels)
        self.users.say(users_words(people, levels))
        self._touch()

    # keeping

    def _save(self) -> None:
        made = replace(
            self._form,
            name=self.name.text().strip(),
            title=self.title.text().strip(),
            entity=str(self.entity.currentData() or self._form.entity),
            sections=sections_of(self._lines),
        )
        author, base = self._desk.author, self._base
        self.save.gate(tr("The form is being saved."))
        self._desk.ask(
            self,
            lambda facade, act: facade.save_form(made, author=author, base=base, act=act),
            done=self._saved,
            failed=self._failed,
        )
