"""Insight forms: what people are asked for on a record; designed, looked at and published here."""

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.designing import DesignDialog
from writeback.gui.dialogs.form_users import users_words
from writeback.gui.dialogs.trying import TryDialog
from writeback.gui.i18n import moment, number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.form_fields import FormFields
from writeback.gui.widgets.layouts import PageHead, boxed, column, scrolled, whole_page, yielding
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import PlainLabel
from writeback.model.events import EventKind
from writeback.model.forms import InsightForm
from writeback.model.permissions import Right
from writeback.runtime.designs import NOT_THERE
from writeback.runtime.form_uses import FormUse, uses_of
from writeback.runtime.reading import Reading
from writeback.runtime.views import AttributeView

USES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form with what it means now."""

    form: InsightForm
    entity: str
    """The entity's title."""
    views: tuple[AttributeView, ...]
    uses: tuple[FormUse, ...]
    """What asks for it: SuccessPlays and open tasks."""

    @property
    def tasks(self) -> int:
        """The number of open tasks that ask for it."""
        return sum(bool(one.number) for one in self.uses)

    gone: tuple[str, ...]
    """Attributes that it asks for and that are not there any more."""


class FormsPanel(Panel):
    """The list of forms, and how the chosen one looks."""

    cares_about = frozenset({EventKind.FORM_CHANGED, EventKind.TASK_CHANGED, EventKind.MODEL_CHANGED})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Insight forms"), parent=parent)
        self._wanted = ""
        self._lacks = ""
        self.model = ListModel[FormRow](self._specs(), self)
        self.table = Table(tr("Insight forms"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs], spare=(5, 1))
        self.table.chosen.connect(lambda _row: self._design())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.design = Button(tr("Design…"), kind="primary", picture="pencil", call=self._design)
        self.publish = Button(tr("Publish"), picture="check", call=self._publish)
        self.test = Button(tr("Test on a record…"), picture="search", call=self._test)
        self.duplicate = Button(tr("Duplicate…"), kind="quiet", picture="copy", call=self._ask_copy)
        self.delete = Button(tr("Delete"), kind="quiet", picture="trash", call=self._remove)
        self.make = Button(tr("New form…"), picture="plus", call=self.new)
        head = PageHead(
            tr("Insight forms"),
            self.make,
            explains=tr("Short forms on a record. A published one is filled from grid, profile and tasks."),
        )
        self._title = PlainLabel("", role="heading", wraps=True)
        self.preview = FormFields()
        self._users = PlainLabel("", role="muted", wraps=True)
        self.asked_by = PlainLabel("", role="muted", wraps=True)
        inside = QWidget()
        parts = (self._title, self._users, self.preview, self.asked_by)
        inside.setLayout(column(*parts, None, margin=(0, 0, 3, 0)))
        side = boxed(column(scrolled(inside), margin=5), box="card")
        side.setMinimumWidth(280)
        self.table.setMinimumWidth(320)
        keep_lines(self.table)
        body = column(Split(self.table, side, shares=(620, 400)), gap=3)
        body.setStretch(0, 1)
        body.addWidget(Flowing(self.design, self.publish, self.test, self.duplicate, self.delete))
        self.states = States(yielding(body))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self.new)
        self.setLayout(whole_page(column(head, self.states, gap=4, margin=(8, 5, 8, 5))))

    def _specs(self) -> tuple[Spec[FormRow], ...]:
        return (
            Spec(tr("Form"), lambda one: one.form.title, width=170),
            Spec(tr("Of"), lambda one: one.entity, tone=lambda _one: "muted", width=90),
            Spec(
                tr("Asks for"),
                lambda one: number(sum(1 for _ in one.form.fields())),
                is_number=True,
                width=80,
            ),
            Spec(
                tr("State"),
                lambda one: tr("published") if one.form.is_published else tr("not published"),
                tone=lambda one: "" if one.form.is_published else "muted",
                width=140,
            ),
            Spec(tr("Open tasks"), lambda one: number(one.tasks), is_number=True, width=90),
            Spec(
                tr("Changed"),
                lambda one: tr(
                    "{at} by {name}",
                    at=moment(one.form.changed_at, now=self.desk.now()),
                    name=one.form.author,
                ),
                width=190,
            ),
        )

    # for the window

    def first_focus(self) -> QWidget:
        return self.table

    def refresh(self) -> None:
        self.states.loading()
        author = self.desk.author

        def read(reads: Reading) -> tuple[tuple[FormRow, ...], str]:
            titles = {one.name: one.title for one in reads.entities()}
            forms = reads.forms.every()
            views = {entity: reads.attribute_views(entity) for entity in {one.entity for one in forms}}
            asking = uses_of(reads.tasks.some(), reads.plays.every())

            def row_of(form: InsightForm) -> FormRow:
                known = {one.attribute.name.casefold() for one in views[form.entity]}
                named = [one.attribute for one in form.fields()]
                named += [one.when[0] for one in form.fields() if one.when is not None]
                gone = tuple(one for one in named if one.casefold() not in known)
                title = titles.get(form.entity, form.entity)
                return FormRow(form, title, views[form.entity], asking.get(form.name.casefold(), ()), gone)

            return tuple(map(row_of, forms)), reads.team().lacks(author, Right.CONFIGURE_MAPPINGS)

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    # what is there

    def _show(self, told: tuple[tuple[FormRow, ...], str]) -> None:
        rows, self._lacks = told
        self.make.gate(self._lacks)
        before = self._chosen
        name = self._wanted or (before.form.name if before is not None else "")
        self._wanted = ""
        words = self.states.banner.words if self.states.banner.isVisibleTo(self) else ""
        self.model.show_rows(rows)
        places = [place for place, one in enumerate(rows) if one.form.name == name]
        self.table.go_to(places[0] if places else 0)
        broken = [one.form.title for one in rows if one.gone]
        if not rows and not words:
            self.states.empty(
                tr("No form yet"),
                tr("A form asks for some attributes of a record, in an order of yours, with your words."),
                act=tr("New form…"),
                picture="pencil",
            )
        elif broken:
            self.states.partial(
                tr(
                    "These ask for attributes that are not there any more: {names}. Take them out there.",
                    names=", ".join(broken),
                )
            )
        elif not words:
            self.states.ready()
        self._choose()

    @property
    def _chosen(self) -> FormRow | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _choose(self) -> None:
        one = self._chosen
        self._title.set_text(one.form.title if one is not None else "")
        self.preview.show_form(
            one.form if one is not None else None, one.views if one is not None else (), None
        )
        self._users.set_text(users_words(one.form.people, one.form.levels) if one is not None else "")
        self.asked_by.set_text(_uses_words(one) if one is not None else "")
        none = "" if one is not None else tr("Choose a form first.")
        for button in (self.design, self.publish, self.test, self.duplicate):
            button.gate(none or self._lacks)
        used = one is not None and bool(one.uses)
        self.delete.gate(
            none or self._lacks or (tr("Tasks or plays ask for it: take it back instead.") if used else "")
        )
        is_published = one is not None and one.form.is_published
        self.publish.say(tr("Take back") if is_published else tr("Publish"))

    # acts

    def new(self) -> None:
        """Design a new form."""
        if self._lacks:
            self.states.banner.tell(self._lacks, tone="warning")
            return
        blank = InsightForm("", "account", "", (), is_published=False, author="", changed_at=self.desk.now())
        self._open_design(blank, is_new=True)

    def _design(self) -> None:
        one = self._chosen
        if one is not None and self.design.isEnabled():
            self._open_design(one.form, is_new=False)

    def _open_design(self, form: InsightForm, *, is_new: bool) -> None:
        taken = frozenset(one.form.name.casefold() for one in self.model.rows) if is_new else frozenset()
        dialog = DesignDialog(self.desk, form, is_new=is_new, taken=taken, parent=self)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, form: InsightForm) -> None:
        self._wanted = form.name
        self.told.emit(tr("Form {name} is saved.", name=form.title))
        self.refresh()

    def _publish(self) -> None:
        one = self._chosen
        if one is not None:
            name, wanted, author = one.form.name, not one.form.is_published, self.desk.author
            self.desk.ask(
                self,
                lambda facade, act: facade.publish_form(name, is_published=wanted, author=author, act=act),
                done=lambda _none: self.refresh(),
                failed=self.complain,
            )

    def _test(self) -> None:
        one = self._chosen
        if one is not None:
            TryDialog(self.desk, one.form, one.views, self).open()

    def _ask_copy(self) -> None:
        one = self._chosen
        if one is not None:
            form = one.form
            TextDialog(
                tr("Duplicate {name}", name=form.title),
                "",
                label=tr("Name of the copy"),
                act=tr("Duplicate"),
                call=lambda name: self._copy(form, name),
                start=tr("{name} (copy)", name=form.name),
                parent=self,
            ).open()

    def _copy(self, form: InsightForm, name: str) -> None:
        if any(one.form.name.casefold() == name.strip().casefold() for one in self.model.rows):
            self.states.banner.tell(
                tr("A form is called {name} already; nothing was copied.", name=name), tone="warning"
            )
            return
        self._keep(replace(form, name=name, title=name, is_published=False))

    def _keep(self, form: InsightForm) -> None:
        """Keep a form that is not there: a copy, or one that is had back."""
        author = self.desk.author
        self.desk.ask(
            self,
            lambda facade, act: facade.save_form(form, author=author, base=NOT_THERE, act=act),
            done=self._saved,
            failed=self.complain,
        )

    def _remove(self) -> None:
        one = self._chosen
        if one is None:
            return
        form = one.form

        def gone(_none: object) -> None:
            self.states.banner.tell(
                tr("Form {name} is deleted. What was filled in with it stays.", name=form.title),
                act=tr("Undo"),
                call=lambda: self._put_back(form),
            )
            self.refresh()

        self.desk.ask(
            self,
            lambda facade, act: facade.remove_form(form.name, act=act),
            done=gone,
            failed=self.complain,
        )

    def _put_back(self, form: InsightForm) -> None:
        self.states.banner.hide()
        self._keep(form)


def _uses_words(one: FormRow) -> str:
    """Say what asks for a form."""
    if not one.uses:
        return tr("No play and no open task asks for it.")
    told = [
        tr("task {number} {title}", number=use.number, title=use.name)
        if use.number
        else tr("SuccessPlay {name}", name=use.name)
        for use in one.uses[:USES_SHOWN]
    ]
    words = tr("Asked for by: {names}", names="; ".join(told))
    more = len(one.uses) - USES_SHOWN
    return f"{words} {tr('and %n more', more)}" if more > 0 else words
