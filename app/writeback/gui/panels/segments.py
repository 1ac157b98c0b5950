"""Saved segments: whose they are, how many records each means now, and the way into the grid.

Counts are found anew whenever records or edits change; a segment whose text cannot be read any more says why
and is left as it is.
"""

from collections import abc
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.i18n import moment, number
from writeback.gui.models.segment_use import SegmentUse
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.panels.grid_loading import fields_of
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.filter_chips import chip_words
from writeback.gui.widgets.filter_lines import FieldOption
from writeback.gui.widgets.layouts import PageHead, column, row
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.model.events import EventKind
from writeback.model.segments import Segment
from writeback.runtime.reading import Reading
from writeback.runtime.sentences import sentence_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A saved segment with what it means now."""

    segment: Segment
    title: str
    """Of the entity."""
    count: int | None
    problem: str = ""
    """By code: why its text cannot be read any more."""
    words: str = ""
    """Its condition as people read it; what cannot be read is shown as it is written."""


class SegmentsPanel(Panel):
    """The list of segments."""

    cares_about = frozenset(
        {
            EventKind.SEGMENT_CHANGED,
            EventKind.RECORDS_PULLED,
            EventKind.EDIT_SAVED,
            EventKind.BATCH_SETTLED,
            EventKind.MODEL_CHANGED,
        }
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Segments"), parent=parent)
        self.subject_here = self._subject_here
        self._model = ListModel[Counted](self._specs(), self)
        self.table = Table(tr("Segments"))
        self.table.dress(self._model, [spec.width for spec in self._model.specs])
        self.table.chosen.connect(lambda _row: self._open())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell_abilities())
        self._show_in_grid = Button(tr("Open"), kind="primary", picture="accounts", call=self._open)
        self._write = Button(
            tr("Write this segment's attribute…"), picture="pencil", call=lambda: self._open(writes=True)
        )
        self._rename = Button(tr("Rename…"), kind="quiet", call=self._ask_name)
        self._delete = Button(tr("Delete"), kind="quiet", picture="trash", call=self._remove)
        self._head = PageHead(
            tr("Segments"),
            explains=tr("Saved conditions. Which records each one means is found anew each time it is used."),
        )
        body = column(self.table, gap=3)
        body.addLayout(row(self._show_in_grid, self._write, None, self._rename, self._delete))
        inside = QWidget()
        inside.setLayout(body)
        self.states = States(inside)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(lambda: self.asked.emit("accounts", None))
        self.setLayout(column(self._head, self.states, gap=4, margin=(8, 5, 8, 5)))

    def _specs(self) -> tuple[Spec[Counted], ...]:
        return (
            Spec(tr("Name"), lambda one: one.segment.name, width=220),
            Spec(tr("Of"), lambda one: one.title, tone=lambda _one: "muted", width=110),
            Spec(
                tr("Records"),
                lambda one: tr("cannot be read") if one.count is None else number(one.count),
                is_number=True,
                tone=lambda one: "refused" if one.count is None else "",
                tip=lambda one: sentence_of(one.problem, {}).happened if one.problem else "",
                width=110,
            ),
            Spec(
                tr("Condition"),
                lambda one: one.words or tr("every record"),
                tip=lambda one: one.segment.text,
                width=320,
            ),
            Spec(tr("Owner"), self._owner, width=112),
            Spec(tr("Changed"), lambda one: moment(one.segment.changed_at, now=self.desk.now()), width=200),
        )

    def _owner(self, one: Counted) -> str:
        who = one.segment.author
        return who if one.segment.is_shared else tr("{name} (private)", name=who)

    # for the window

    def first_focus(self) -> QWidget:
        return self.table

    def _subject_here(self) -> tuple[str, object] | None:
        one = self._chosen()
        return None if one is None else ("accounts", SegmentUse(one.segment))

    def do(self, what: str) -> bool:
        match what:
            case "segment_delete":
                self._remove()
            case "segment_write":
                self._open(writes=True)
            case _:
                return False
        return True

    def refresh(self) -> None:
        self.states.loading()
        author = self.desk.author

        def read(reads: Reading) -> tuple[Counted, ...]:
            entities, told = reads.entities(), reads.segments
            titles = {one.name: one.title for one in entities}
            every = told.every(author=author)
            fields = {
                name: {one.path: one for one in fields_of(reads, entities, name)}
                for name in {one.entity for one in every} & titles.keys()
            }
            counted = ((one, *told.count_saved(one)) for one in every)
            return tuple(
                Counted(
                    one,
                    titles.get(one.entity, one.entity),
                    count,
                    problem,
                    one.text if problem else _in_words(reads, one, fields.get(one.entity, {})),
                )
                for one, count, problem in counted
            )

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    def _show(self, every: tuple[Counted, ...]) -> None:
        at = max(self.table.currentIndex().row(), 0)
        words = self.states.banner.words if self.states.banner.isVisibleTo(self) else ""
        self._model.show_rows(every)
        broken = [one for one in every if one.count is None]
        if not every and not words:
            self.states.empty(
                tr("No segments yet"),
                tr("Filter the accounts, then save the filter as a segment."),
                act=tr("Go to accounts"),
                picture="filter",
            )
        elif broken:
            self.states.partial(
                tr(
                    "%n segments name something that is not there any more and cannot be counted.",
                    len(broken),
                )
            )
        elif not words:
            self.states.ready()
        self.table.go_to(min(at, max(len(every) - 1, 0)))
        self._tell_abilities()

    def _chosen(self) -> Counted | None:
        return self._model.row_at(self.table.currentIndex().row())

    def _tell_abilities(self) -> None:
        one = self._chosen()
        reason = "" if one is not None else tr("Choose a segment first.")
        for button in (self._rename, self._delete):
            button.gate(reason)
        unread = tr("Its condition cannot be read any more.") if one is not None and one.problem else ""
        self._show_in_grid.gate(reason or unread)
        self._write.gate(reason or unread)
        self.offer(*(() if one is None else ("segment_delete", "segment_write")))

    # acts

    def _open(self, *, writes: bool = False) -> None:
        one = self._chosen()
        if one is not None and not one.problem:
            self.asked.emit("accounts", SegmentUse(one.segment, writes))

    def _ask_name(self) -> None:
        one = self._chosen()
        if one is not None:
            segment = one.segment
            TextDialog(
                tr("Rename the segment"),
                "",
                label=tr("Name"),
                act=tr("Rename"),
                call=lambda name: self._move(segment, name),
                start=segment.name,
                parent=self,
            ).open()

    def _move(self, segment: Segment, name: str) -> None:
        author = self.desk.author
        self.desk.ask(
            self,
            lambda facade, act: facade.rename_segment(segment.name, name, author=author, act=act),
            done=lambda _made: self.refresh(),
            failed=self.complain,
        )

    def _remove(self) -> None:
        one = self._chosen()
        if one is None:
            return
        name = one.segment.name

        def gone(_none: object) -> None:
            self.refresh()
            self.states.banner.tell(
                tr("Segment {name} is deleted. Its records are not touched.", name=name),
                act=tr("Undo"),
                call=lambda: self._restore(name),
            )

        self.desk.ask(
            self,
            lambda facade, act: facade.remove_segment(name, act=act),
            done=gone,
            failed=self.complain,
        )

    def _restore(self, name: str) -> None:
        def back(_segment: Segment) -> None:
            self.states.banner.hide()
            self.refresh()

        self.desk.ask(
            self,
            lambda facade, act: facade.restore_segment(name, act=act),
            done=back,
            failed=self.complain,
        )


def _in_words(reads: Reading, one: Segment, fields: abc.Mapping[str, FieldOption]) -> str:
    parts = reads.segments.parts(one.text, entity=one.entity) if one.text else ()
    return " · ".join(chip_words(part, fields) for part in parts)
