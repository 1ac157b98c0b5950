"""File write-back: a sheet with corrections, its columns, and the way to Review & send.

Nothing of the file is sent from here, and no record is made unless somebody chose it: the plan asks the CRM
what it holds, and Review & send tries some rows first or sends them all.

Must not: read a file (the façade does), send.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.file_match import FileMatchDialog
from writeback.gui.dialogs.file_rows import UTF_8, FileReading, FileRowsDialog
from writeback.gui.dialogs.file_values import show_values
from writeback.gui.models.file_columns import ColumnLine, samples_of
from writeback.gui.panels.file_columns import FileColumns
from writeback.gui.panels.file_creating import FileCreating
from writeback.gui.panels.file_form import FileForm, twice
from writeback.gui.panels.file_list import FileList
from writeback.gui.panels.file_saved import FileSaved
from writeback.gui.panels.file_way import FileWay
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.field_boxes import chosen
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import PageHead, column, row, whole_page, yielding
from writeback.gui.widgets.pages import Pages
from writeback.gui.widgets.states import States
from writeback.gui.widgets.text import one_line
from writeback.model.changes import Origin
from writeback.model.creating import Creating
from writeback.model.events import EventKind
from writeback.model.file_mappings import FileMapping, SavedMapping
from writeback.model.file_sessions import FileSession, FileState
from writeback.planning.matching_columns import ColumnMatch
from writeback.runtime.facade import Facade, PlanSource, TransformView
from writeback.runtime.facade.files import CreateKeys, FileLook, SessionView
from writeback.runtime.views import ConnectionView
from writeback.sdk.values import ObjectDescription, ObjectInfo

EXPLAINS = mark(
    "Values of a sheet into the CRM: records are found and changed; none is created unless you say so."
)
MOVES = frozenset({EventKind.PLAN_READY, EventKind.JOB_CHANGED})
FILES = "*.csv *.txt *.tsv *.xlsx *.xlsm"


_Fields = tuple[ObjectDescription, tuple[ColumnMatch, ...], CreateKeys, tuple[TransformView, ...]]
"""What is asked of an object: its fields, those that fit the columns, by which its records are created."""


class FilePanel(Panel):
    """The screen. Its subject is the path of a file."""

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("File write-back"), parent=parent)
        self._path = ""
        self._look: FileLook | None = None
        self._description: ObjectDescription | None = None
        self._base = FileMapping()
        self._how = FileReading()
        self._kept: PlanSource | None = None
        """What was chosen when the file was left, until it stands on the screen."""
        self._wanted_key = ""
        """The key of a saved mapping that was just chosen."""
        self.way = FileWay(desk, self)
        self.saved = FileSaved(desk, self, source=self._source)
        self.form = FileForm()
        self._choose = Button(tr("Choose a file…"), picture="folder", call=self.choose_file)
        self._rows = Button(tr("First rows…"), call=self._open_rows)
        self._all = Button(tr("Files on their way"), call=self._leave)
        self.columns = FileColumns()
        self.creating = FileCreating()
        self.list = FileList(desk.now)
        self._plan = Button(tr("Plan…"), kind="primary", picture="review", call=self._ask_plan)
        self._save = Button(tr("Save mapping…"), call=self.saved.ask_name)
        self._match = Button(tr("Match test…"), call=self._test_match)
        self._preview = Button(tr("What texts become…"), call=lambda: show_values(desk, self._source(), self))
        self.states = States(self._content())
        self.states.acted.connect(self.choose_file)
        self.states.retry.connect(self.refresh)
        acts = Flowing(self._all, self._rows, self._choose, is_at_end=True)
        self._head = PageHead(tr("File write-back"), acts, explains=tr(EXPLAINS))
        self.setLayout(whole_page(column(self._head, self.states, gap=4, margin=(8, 5, 8, 5))))
        for button in (self._all, self._rows):
            button.hide()
        self._wire()

    def _content(self) -> QWidget:
        foot = column(self.columns.chosen_part(), gap=2)
        acts = Flowing(self._preview, self._match, self._save, self._plan, is_at_end=True)
        last = row(self.columns.every)
        last.addWidget(acts, 1)
        foot.addLayout(last)
        box = column(self.form, self.creating, gap=3)
        box.addWidget(self.columns, 1)
        box.addLayout(foot)
        self._columns_page = yielding(box)
        self._pages = Pages()
        for page in (self._columns_page, self.list):
            self._pages.addWidget(page)
        return yielding(column(self.way.standing, self._pages, gap=3))

    def _wire(self) -> None:
        self.way.taken_up.connect(self._take_up)
        self.way.left.connect(self._leave)
        self.way.going.connect(self.asked)
        self.way.told.connect(self.told)
        self.way.failed.connect(self._not_taken_up)
        self.way.planning.connect(self._ask_plan)
        self.way.is_open.connect(self._plan.setVisible)
        self.list.chosen.connect(self.open)
        self.list.finished.connect(self.way.close)
        self.form.place_changed.connect(self._ask_objects)
        self.form.object_changed.connect(self._ask_fields)
        self.form.key_changed.connect(self._show_lines)
        self.form.mapping_chosen.connect(self.saved.use)
        self.form.mapping_file_asked.connect(self.saved.use_file)
        self.saved.chosen.connect(self._use)
        self.saved.told.connect(self.told)
        self.saved.failed.connect(self.complain)
        self.columns.changed.connect(self._show_lines)
        self.columns.more.target_asked.connect(self._ask_target)
        self.creating.changed.connect(self._show_lines)

    # for the window

    def first_focus(self) -> QWidget:
        if self._look is None and not self._path and self.list.model.rows:
            return self.list.table
        return self.columns.table if self._look is not None else self.states

    def open(self, subject: object = None) -> None:
        if isinstance(subject, str) and subject and subject != self._path:
            self._begin(subject)
        super().open()

    def _begin(self, path: str) -> None:
        """Forget what was chosen for another file."""
        self._path, self._look, self._base = path, None, FileMapping()
        self._how, self._kept = FileReading(), None
        self.creating.choose(Creating.NEVER)

    def close_panel(self) -> None:
        self.way.before_leaving()

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
            self.desk.read(
                self,
                lambda reads: reads.file_sessions.open_ones(),
                done=self._show_sessions,
                failed=self.states.error,
            )
            return
        self.states.loading()
        self.way.take_up(self._path)

    def on_events(self, kinds: frozenset[EventKind]) -> None:
        """Look how far the file is; its columns stay as they are on the screen."""
        if not kinds & MOVES:
            return
        if self._path:
            self.way.moved()
        else:
            self._is_stale = True
            self._calm.start()

    # the session

    def _show_sessions(self, found: tuple[FileSession, ...]) -> None:
        if self._path:
            return
        self._head.explain(tr(EXPLAINS))
        for button in (self._all, self._rows):
            button.hide()
        self.list.show_files(found)
        if not found:
            self._nothing()
            return
        self._pages.setCurrentIndex(1)
        self.states.ready()

    def _take_up(self, view: SessionView) -> None:
        """Show a file as it was left."""
        kept = view.choices
        self._kept = kept
        self._all.show()
        if kept is not None:
            self._base, self._how = kept.mapping, FileReading.of(kept)
            self.creating.choose(kept.creating)
        if view.file is FileState.GONE:
            self._look = None
            self._head.explain(one_line(view.session.name))
            self._rows.hide()
            self._pages.hide()
            self.states.partial(tr("{name} is not where it was.", name=view.session.name))
            return
        self._read_file()

    def _not_taken_up(self, error: WritebackError) -> None:
        if self.way.view is None:
            self.states.error(error)
        else:
            self.complain(error)

    def _leave(self) -> None:
        """Go back to the list of files; this one stays as it is."""
        self._begin("")
        self.way.leave(self.refresh)

    def _read_file(self) -> None:
        self.states.loading()
        path, how = self._path, self._how
        self.desk.ask(
            self,
            lambda facade, _act: facade.look_at_file(
                path, encoding=how.encoding, sheet=how.sheet, has_header=how.has_header
            ),
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
        self._pages.show()
        self._pages.setCurrentIndex(0)
        self._how = replace(self._how, encoding=look.encoding or UTF_8, sheet=look.sheet)
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
        left = self._left("connection", chosen(self.form.connection))
        named = (one.connection for one in views if left in (str(one.connection.id), one.connection.name))
        found_id = next((str(one.id) for one in named), "")
        if not found_id:  # the CRM that was chosen is gone, and with it what was chosen of it
            self._kept = None
        self.form.show_connections(views, found_id)
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
        before = self._left("object", chosen(self.form.object))
        if self._kept is None and all(one.name != before for one in objects):
            before = ""  # of another CRM
        self.form.show_objects(objects, before)
        if not before:
            wanted = next((one.name for one in objects if one.name.casefold() in _ACCOUNTS), "")
            self.form.show_objects(objects, wanted)
        self._ask_fields()

    def _ask_fields(self) -> None:
        connection, object_name = chosen(self.form.connection), chosen(self.form.object)
        source = replace(self._source(), mapping=self._base)

        def ask(facade: Facade, _act: str) -> _Fields:
            described, proposed = facade.describe(connection, object_name), facade.propose_columns(source)
            return described, proposed, facade.create_keys(connection, object_name), facade.transforms()

        self.desk.ask(self, ask, done=self._show_fields, failed=self.states.error)

    def _show_fields(self, found: _Fields) -> None:
        look = self._look
        if look is None:
            return
        self._description, matches, offered, transforms = found
        self.columns.more.know_transforms(transforms)
        where = one_line(self.form.connection.currentText())
        self.creating.offer(offered, where, self._description)
        self.columns.describe(self._description)
        proposed = {one.column: one for one in matches}
        blanks = dict(self._base.blanks)
        lines = []
        for place, name in enumerate(look.columns):
            said = [pair[1] for pair in self._base.paths if pair[0].casefold() == name.casefold()]
            match = proposed.get(name)
            path = said[0] if said else match.path if match is not None and not self._base.is_whole else ""
            named = "kept" if self._kept is not None else "saved"
            how = named if said and said[0] else match.reason if match is not None and path else ""
            samples, field = samples_of(look.rows, place), self.columns.field_at(path)
            shapes = ", ".join(map(str, self._base.shapes_of(name)))
            use, blank = self._base.reference_of(name), str(blanks.get(name, ""))
            lines.append(
                ColumnLine(name, samples, path, field, how, blank=blank, shapes=shapes, reference=use)
            )
        lines += [self.columns.constant(path, text) for path, text in self._base.constants]
        self.columns.lines = tuple(lines)
        written = {one.path.casefold() for one in lines}
        keys = [self._description.key_field, *(one.name for one in self._description.fields if one.is_unique)]
        key = next((one for one in keys if one.casefold() in written), self._description.key_field)
        key = self._left("key", self._wanted_key or key)
        self._wanted_key = ""
        self._kept = None
        self.form.show_keys(self._description, key)
        self._show_lines()

    def _left(self, what: str, now: str) -> str:
        """Give a choice as it was left; once it stands on the screen, as it is there."""
        return str(getattr(self._kept, what)) if self._kept is not None else now

    def _open_rows(self) -> None:
        if self._look is None:
            return
        dialog = FileRowsDialog(self._look, self._how, self)
        dialog.read_anew.connect(self._read_anew)
        dialog.chosen.connect(self._keep_reading)
        dialog.open()

    def _read_anew(self, how: FileReading) -> None:
        self._how = how
        self._read_file()

    def _keep_reading(self, how: FileReading) -> None:
        self._how = how
        self.way.keep(self._source())

    # the columns

    @property
    def _lines(self) -> tuple[ColumnLine, ...]:
        return self.columns.lines

    def _show_lines(self) -> None:
        self.creating.show_key(chosen(self.form.key))
        self.columns.show_lines(self._lines, self._keys())
        reason = self._reason()
        left = sum(1 for one in self._lines if not one.path)
        look = self._look
        missing = self._base.missing(look.columns) if look is not None else ()
        if reason:
            self.states.partial(reason)
        elif missing:
            names = ", ".join(one_line(name, 40) for name in missing[:NAMED])
            self.states.partial(tr("The mapping also names columns that are not here: {names}.", names=names))
        elif left:
            self.states.partial(tr("%n columns are not written; they stay in the result files.", left))
        else:
            self.states.ready()
        self._plan.gate(reason)
        self._preview.gate(reason)
        self._match.gate("" if self._has_key() else reason)
        self._save.gate("" if any(one.path for one in self._lines) else tr("No column is mapped yet."))
        self.way.keep(self._source())

    def _keys(self) -> set[str]:
        """Give the fields that find the records, folded: one, or two."""
        return {one.strip().casefold() for one in chosen(self.form.key).split(PAIR)}

    def _ask_target(self, name: str) -> None:
        """Ask for the fields by which a reference can be found; without them its id is offered."""
        connection = chosen(self.form.connection)
        self.desk.ask(
            self,
            lambda facade, _act: facade.describe(connection, name),
            done=self.columns.more.know_target,
            failed=self.complain,
        )

    def _has_key(self) -> bool:
        return self._keys() <= {one.path.casefold() for one in self._lines if one.is_key}

    def _test_match(self) -> None:
        """Look up which records the rows name, by the key as it is chosen, or with a second field."""
        first, _, second = chosen(self.form.key).partition(PAIR)
        others = [(one.name, one.path) for one in self._lines if one.path not in ("", first)]
        dialog = FileMatchDialog(first, others, second, self)

        def ask(also: str) -> None:
            self.form.choose_key(f"{first}{PAIR}{also}" if also else first)
            self._show_lines()
            source = self._source()
            dialog.wait()
            self.desk.ask(
                dialog,
                lambda facade, _act: facade.match_file(source),
                done=dialog.show_match,
                failed=dialog.fail,
            )

        dialog.asked.connect(ask)
        dialog.open()
        ask(second)

    def _reason(self) -> str:
        """Say why no plan can be made yet; '' = it can."""
        if not self._has_key():
            return tr("Choose as key a field that one of the columns holds: it finds the records.")
        written = [one for one in self._lines if one.path and not one.is_key]
        if not written:
            return tr("No column is written: map at least one beside the key.")
        double = twice(one.path for one in self._lines if one.path)
        if double:
            return tr("Two columns write {field}.", field=double)
        return ""

    # mappings

    def _use(self, mapping: FileMapping, key: str) -> None:
        self._kept, self._wanted_key, self._base = None, key, mapping
        self._ask_fields()

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
            encoding=self._how.encoding,
            sheet=self._how.sheet,
            has_header=self._how.has_header,
            dates=self._how.dates,
            decimals=self._how.decimals,
            blank_rule=self._how.blank,
            mapping=self.columns.mapping,
            creating=self.creating.value,
            session=self.way.number,
        )

    def _ask_plan(self) -> None:
        self.way.before_leaving()
        self.asked.emit("review", self._source())


NAMED = 5
PAIR = "+"
"""Between the two fields of a key."""
_ACCOUNTS = frozenset({"account", "accounts", "company", "companies"})
"""What most CRMs call what most files are about."""
