"""File write-back: a sheet with corrections, its columns, and the way to Review & send.

Nothing of the file is sent from here, and no record is made: the plan asks the CRM what it holds, and
Review & send tries some rows first or sends them all.

Must not: read a file (the façade does), send.
"""

from collections import abc
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.file_rows import FileRowsDialog
from writeback.gui.models.file_columns import ColumnLine, column_specs, samples_of
from writeback.gui.models.tables import ListModel
from writeback.gui.panels.file_form import FileForm, chosen
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, column, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel, one_line
from writeback.model.changes import Origin
from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.model.integrations import BlankRule
from writeback.planning.matching_columns import ColumnMatch
from writeback.runtime.facade import Facade, PlanSource
from writeback.runtime.facade.files import FileLook
from writeback.runtime.views import ConnectionView
from writeback.sdk.values import FieldInfo, ObjectDescription, ObjectInfo

UTF_8 = "utf-8-sig"
EXPLAINS = mark("Values of a sheet into the CRM: records are found and changed, never made.")
FILES = "*.csv *.txt *.tsv *.xlsx *.xlsm"


class FilePanel(Panel):
    """The screen. Its subject is the path of a file."""

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("File write-back"), parent=parent)
        self._path = ""
        self._look: FileLook | None = None
        self._description: ObjectDescription | None = None
        self._lines: tuple[ColumnLine, ...] = ()
        self._base = FileMapping()
        self._encoding, self._sheet, self._blank = UTF_8, "", BlankRule.KEEP
        self.form = FileForm()
        self._choose = Button(tr("Choose a file…"), picture="folder", call=self.choose_file)
        self._rows = Button(tr("First rows…"), call=self._open_rows)
        self._columns = ListModel[ColumnLine](column_specs(), self)
        self.table = Table(tr("Columns of the file"))
        self.table.dress(self._columns, [spec.width for spec in column_specs()])
        self._field = _field_box()
        self._plan = Button(tr("Plan…"), kind="primary", picture="review", call=self._ask_plan)
        self._save = Button(tr("Save mapping…"), call=self._ask_name)
        self.states = States(self._content())
        self.states.acted.connect(self.choose_file)
        self.states.retry.connect(self.refresh)
        self._head = PageHead(tr("File write-back"), self._rows, self._choose, explains=tr(EXPLAINS))
        self.setLayout(column(self._head, self.states, gap=4, margin=(8, 5, 8, 5)))
        self._rows.hide()
        self._wire()

    def _content(self) -> QWidget:
        label = PlainLabel(tr("Writes to"))
        label.setBuddy(self._field)
        foot = row(label, self._field, None, self._save, self._plan)
        inside = QWidget()
        box = column(self.form, gap=3)
        box.addWidget(self.table, 1)
        box.addLayout(foot)
        inside.setLayout(box)
        return inside

    def _wire(self) -> None:
        self.form.place_changed.connect(self._ask_objects)
        self.form.object_changed.connect(self._ask_fields)
        self.form.key_changed.connect(self._show_lines)
        self.form.mapping_chosen.connect(self._use)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_field())
        self.table.chosen.connect(lambda _row: self._field.setFocus())
        self._field.activated.connect(lambda _at: self._choose_field())

    # for the window

    def first_focus(self) -> QWidget:
        return self.table if self._look is not None else self.states

    def open(self, subject: object = None) -> None:
        if isinstance(subject, str) and subject and subject != self._path:
            self._path, self._look, self._base = subject, None, FileMapping()
            self._encoding, self._sheet, self._blank = UTF_8, "", BlankRule.KEEP
        super().open()

    def do(self, what: str) -> bool:
        if what != "choose_file":
            return False
        self.choose_file()
        return True

    def choose_file(self) -> None:
        """Let the person choose a file."""
        found, _ = QFileDialog.getOpenFileName(
            self,
            tr("Choose a file"),
            str(Path(self._path).parent),
            f"{tr('Tables')} ({FILES});;{tr('All files')} (*)",
        )
        if found:
            self.open(found)

    def refresh(self) -> None:
        if not self._path:
            self._nothing()
            return
        self.states.loading()
        path, encoding, sheet = self._path, self._encoding, self._sheet
        self.desk.ask(
            self,
            lambda facade, _act: facade.look_at_file(path, encoding=encoding, sheet=sheet),
            done=self._show_look,
            failed=self.states.error,
        )

    def _nothing(self) -> None:
        self.states.empty(
            tr("Choose a file"),
            tr(
                "A CSV or XLSX file with one record a row, or drop one anywhere in this window. "
                "You see what would change before anything is sent."
            ),
            act=tr("Choose a file…"),
            picture="folder",
        )

    # the file

    def _show_look(self, look: FileLook) -> None:
        self._look = look
        self._encoding, self._sheet = look.encoding or UTF_8, look.sheet
        self._head.explain(one_line(Path(look.path).name))
        self._rows.show()
        self.desk.read(
            self,
            lambda reads: (reads.connections(), reads.files.every()),
            done=self._show_places,
            failed=self.states.error,
        )

    def _show_places(self, found: tuple[tuple[ConnectionView, ...], tuple[SavedMapping, ...]]) -> None:
        views, saved = found
        if not views:
            self.states.empty(
                tr("Nothing is connected"),
                tr("A file is written into a CRM: connect one first."),
                act="",
                picture="connections",
            )
            return
        before = chosen(self.form.connection)
        self.form.show_connections(views, before)
        self.form.show_saved(saved)
        self._ask_objects()

    def _ask_objects(self) -> None:
        connection = chosen(self.form.connection)
        self.desk.ask(
            self,
            lambda facade, _act: facade.objects(connection),
            done=self._show_objects,
            failed=self.states.error,
        )

    def _show_objects(self, objects: tuple[ObjectInfo, ...]) -> None:
        before = chosen(self.form.object)
        self.form.show_objects(objects, before)
        if not before:
            wanted = next((one.name for one in objects if one.name.casefold() in _ACCOUNTS), "")
            self.form.show_objects(objects, wanted)
        self._ask_fields()

    def _ask_fields(self) -> None:
        connection, object_name = chosen(self.form.connection), chosen(self.form.object)
        source = replace(self._source(), mapping=self._base)

        def ask(facade: Facade, _act: str) -> tuple[ObjectDescription, tuple[ColumnMatch, ...]]:
            return facade.describe(connection, object_name), facade.propose_columns(source)

        self.desk.ask(self, ask, done=self._show_fields, failed=self.states.error)

    def _show_fields(self, found: tuple[ObjectDescription, tuple[ColumnMatch, ...]]) -> None:
        look = self._look
        if look is None:
            return
        self._description, matches = found
        proposed = {one.column: one for one in matches}
        lines = []
        for place, name in enumerate(look.columns):
            said = [pair[1] for pair in self._base.paths if pair[0].casefold() == name.casefold()]
            match = proposed.get(name)
            path = said[0] if said else match.path if match is not None and not self._base.is_whole else ""
            how = "saved" if said and said[0] else match.reason if match is not None and path else ""
            lines.append(ColumnLine(name, samples_of(look.rows, place), path, self._field_at(path), how))
        self._lines = tuple(lines)
        self._fill_fields()
        written = {one.path.casefold() for one in lines}
        keys = [self._description.key_field, *(one.name for one in self._description.fields if one.is_unique)]
        key = next((one for one in keys if one.casefold() in written), self._description.key_field)
        self.form.show_keys(self._description, key)
        self._show_lines()

    def _open_rows(self) -> None:
        if self._look is None:
            return
        dialog = FileRowsDialog(self._look, self._blank, self)
        dialog.read_anew.connect(self._read_anew)
        dialog.blank_chosen.connect(self._keep_blank)
        dialog.open()

    def _read_anew(self, encoding: str, sheet: str) -> None:
        self._encoding, self._sheet = encoding or UTF_8, sheet
        self.refresh()

    def _keep_blank(self, rule: str) -> None:
        self._blank = BlankRule(rule)

    # the columns

    def _show_lines(self) -> None:
        key = chosen(self.form.key).casefold()
        self._lines = tuple(
            replace(one, is_key=bool(key) and key == one.path.casefold()) for one in self._lines
        )
        at = max(self.table.currentIndex().row(), 0)
        self._columns.show_rows(self._lines)
        self.table.selectRow(min(at, len(self._lines) - 1))
        self._show_field()
        reason = self._reason()
        left = sum(1 for one in self._lines if not one.path)
        if reason:
            self.states.partial(reason)
        elif left:
            self.states.partial(tr("%n columns are not written; they stay in the result files.", left))
        else:
            self.states.ready()
        self._plan.gate(reason)
        self._save.gate("" if any(one.path for one in self._lines) else tr("No column is mapped yet."))

    def _reason(self) -> str:
        """Say why no plan can be made yet; '' = it can."""
        if not any(one.is_key for one in self._lines):
            return tr("Choose as key a field that one of the columns holds: it finds the records.")
        written = [one for one in self._lines if one.path and not one.is_key]
        if not written:
            return tr("No column is written: map at least one beside the key.")
        twice = _twice(one.path for one in self._lines if one.path)
        if twice:
            return tr("Two columns write {field}.", field=twice)
        return ""

    def _show_field(self) -> None:
        line = self._line()
        self._field.setEnabled(line is not None)
        if line is not None:
            at = self._field.findData(line.path)
            self._field.setCurrentIndex(max(at, 0))
            if at < 0:
                self._field.setEditText(line.path)

    def _fill_fields(self) -> None:
        self._field.clear()
        self._field.addItem(tr("not written"), "")
        fields = () if self._description is None else self._description.fields
        for one in sorted(fields, key=lambda one: (one.label or one.name).casefold()):
            if one.kind is not None:
                self._field.addItem(f"{one_line(one.label or one.name)} ({one.name})", one.name)

    def _choose_field(self) -> None:
        line, path = self._line(), chosen(self._field)
        if line is None:
            return
        made = replace(line, path=path, field=self._field_at(path), how="chosen" if path else "")
        self._lines = tuple(made if one is line else one for one in self._lines)
        self._show_lines()

    def _line(self) -> ColumnLine | None:
        at = self.table.currentIndex().row()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _field_at(self, path: str) -> FieldInfo | None:
        return None if self._description is None or not path else self._description.field(path)

    # mappings

    def _use(self, saved: object) -> None:
        self._base = saved.mapping if isinstance(saved, SavedMapping) else FileMapping()
        self._ask_fields()

    def _ask_name(self) -> None:
        TextDialog(
            tr("Save what the columns write"),
            tr("For the next file with these columns."),
            label=tr("Name"),
            act=tr("Save mapping"),
            call=self._save_as,
            parent=self,
        ).open()

    def _save_as(self, name: str) -> None:
        source = self._source()
        self.desk.ask(
            self,
            lambda facade, act: facade.save_file_mapping(
                name, source.mapping, object_name=source.object, key=source.key, author=source.author, act=act
            ),
            done=lambda made: self.told.emit(tr("Saved as {name}.", name=made.name)),
            failed=self.complain,
        )

    def _mapping(self) -> FileMapping:
        paths = tuple((one.name, one.path) for one in self._lines)
        return FileMapping(paths, self._base.constants, is_whole=True)

    def _source(self) -> PlanSource:
        form = self.form
        return PlanSource(
            kind="file",
            origin=Origin.FILE,
            author=self.desk.author,
            path=self._path,
            connection=chosen(form.connection),
            object=chosen(form.object),
            key=chosen(form.key),
            encoding=self._encoding,
            sheet=self._sheet,
            blank_rule=self._blank,
            mapping=self._mapping(),
        )

    def _ask_plan(self) -> None:
        self.asked.emit("review", self._source())


_ACCOUNTS = frozenset({"account", "accounts", "company", "companies"})
"""What most CRMs call what most files are about."""


def _twice(paths: abc.Iterable[str]) -> str:
    seen: set[str] = set()
    for path in paths:
        if path.casefold() in seen:
            return path
        seen.add(path.casefold())
    return ""


def _field_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr("The chosen column writes to"))
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumWidth(260)
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(completer.CompletionMode.PopupCompletion)
    return box
