"""Bulk edit: a panel beside the grid. What shall be different, what it would do, then Review & send.

Several attributes are one change set, and one job for each connection. Up to some thousand records may also
become pending edits, to be looked at in the grid and undone; more go by condition and are never held here.

Must not: send, keep anything by itself.
"""

from collections import abc
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import number
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized, theming
from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.bulk_lines import BulkLine
from writeback.gui.widgets.buttons import Button, IconButton
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, column, row, scrolled
from writeback.gui.widgets.tables import Table
from writeback.gui.widgets.text import PlainLabel
from writeback.model.attributes import Attribute
from writeback.model.bulk import (
    ASIDE,
    BLOCKED,
    MOST_EDITS,
    NOBODY,
    SAME,
    SEND,
    VERDICTS,
    WAITS,
    BulkAction,
    BulkCell,
    BulkPreview,
)
from writeback.model.changes import Origin
from writeback.runtime.facade import Edit, PlanSource
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView

ATTRIBUTE = 1
"""The examples' column that tells which attribute: of no use where only one is changed."""
PAUSE_MS: Final = 250
WIDTH: Final = 400
SHARE: Final = 0.48
"""At a large size of text it takes no more of the screen than this."""
WIDTH_LEAST: Final = 336
"""Where the window is narrow: the grid keeps the rest."""
WORDS: Final = Words(
    {
        SEND: mark("change"),
        SAME: mark("already so"),
        ASIDE: mark("left alone"),
        BLOCKED: mark("blocked"),
        WAITS: mark("with an edit that waits"),
        NOBODY: mark("in no CRM that takes it"),
    }
)
TONES: Final = {SEND: "accent", BLOCKED: "refused", WAITS: "draft", NOBODY: "muted"}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which records are meant."""

    entity: str
    text: str
    """A segment's text."""
    records: tuple[str, ...] = ()
    """Only these; empty: all that the text means."""
    excepted: tuple[str, ...] = ()

    def source(self) -> PlanSource:
        """Give these records as what a bulk edit, or a figure, is about."""
        return PlanSource(
            kind="segment",
            segment=self.text,
            entity=self.entity,
            records=self.records,  # type: ignore[arg-type]  # our ids, as the grid has them
            excepted=self.excepted,  # type: ignore[arg-type]
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One value of the sample."""

    title: str
    attribute: str
    cell: BulkCell


class BulkEditPanel(QFrame):
    """The panel.

    Signals:
        reviewed: The edit shall be planned; carries a `PlanSource`.
        kept: The edit shall become pending edits; carries them.
        closed: The panel is not wanted any more.
    """

    reviewed = Signal(object)
    kept = Signal(object)
    closed = Signal()
    turned = Signal()
    """It was shown or hidden."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scope: Scope | None = None
        self._entity = "account"
        self._attributes: tuple[Attribute, ...] = ()
        self._sources: tuple[Attribute, ...] = ()
        self._tickets = 0
        self.preview: BulkPreview | None = None
        self.lines: list[BulkLine] = []
        self.setProperty("box", "side")
        self.setAccessibleName(tr("Bulk edit"))
        self._is_narrow = False
        sized(self, self._fit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self._build()
        self.hide()

    def _build(self) -> None:
        self._whom = PlainLabel(role="muted", wraps=True)
        self._places = QVBoxLayout()
        self._places.setSpacing(8)
        self.more = Button(tr("Another attribute"), kind="quiet", picture="plus", call=self._add)
        self.only_changes = QCheckBox(tr("Only where it changes"))
        self.only_changes.setChecked(True)
        self.counted = PlainLabel(wraps=True)
        self.error = PlainLabel(tone="refused", wraps=True)
        self.error.hide()
        self._examples = ListModel[Example](
            (
                Spec(tr("Record"), lambda one: one.title, width=108),
                Spec(tr("Attribute"), lambda one: one.attribute, tone=lambda _one: "muted", width=80),
                Spec(tr("Now"), lambda one: one.cell.old, tone=lambda _one: "muted", width=72),
                Spec(tr("Then"), _then, tone=lambda one: TONES.get(one.cell.verdict, "muted"), width=110),
            ),
            self,
        )
        self.examples = Table(tr("The first 20 records"))
        self.examples.dress(self._examples, [spec.width for spec in self._examples.specs])
        self.examples.setMinimumHeight(180)
        self.keep = Button(tr("Keep as pending edits"), call=self._keep)
        self.review = Button(tr("Review these…"), kind="primary", picture="review", call=self._review)
        inside = QWidget()
        body = column(gap=3, margin=(0, 0, 2, 0))
        body.addLayout(self._places)
        body.addLayout(row(self.more, None))
        body.addWidget(self.only_changes)
        body.addWidget(self.error)
        body.addWidget(boxed(column(self.counted, gap=1, margin=(3, 2, 3, 2)), box="card"))
        body.addWidget(self.examples, 1)
        inside.setLayout(body)
        self._close = IconButton(tr("Close bulk edit"), "close", call=self.closed.emit)
        head = row(PlainLabel(tr("Bulk edit"), role="heading"), None, self._close)
        page = column(gap=3, margin=(4, 3, 3, 3))
        page.addLayout(head)
        page.addWidget(self._whom)
        page.addWidget(scrolled(inside), 1)
        inside.setProperty("box", "rail")
        page.addWidget(Flowing(self.keep, self.review, is_at_end=True))
        self.setLayout(page)

    # for the grid

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit()

    def narrow(self, is_narrow: bool) -> None:  # noqa: FBT001  a state, not an option
        """Take less of a window that has little."""
        self._is_narrow = is_narrow
        self._fit(theming().theme.px)

    def _fit(self, px: abc.Callable[[int], int]) -> None:
        plain = WIDTH_LEAST if self._is_narrow else WIDTH
        beside = self.parentWidget()
        most = round(beside.width() * SHARE) if beside is not None else px(plain)
        self.setFixedWidth(max(plain, min(px(plain), most)))

    def open_for(self, scope: Scope | None, words: str, views: abc.Sequence[AttributeView]) -> None:
        """Show the panel for some records, or for none (None); lines that are there stay."""
        attributes = tuple(view.attribute for view in views if view.lock is None)
        entity = scope.entity if scope is not None else self._entity
        is_other = entity != self._entity or attributes != self._attributes
        self._scope, self._entity, self._attributes = scope, entity, attributes
        self._sources = tuple(view.attribute for view in views)
        self._whom.set_text(words)
        if is_other:
            for line in list(self.lines):
                self._drop(line)
        self.show()
        if not self.lines and self._attributes:
            self.add_line()
        self._changed()

    def take_focus(self) -> None:
        """Let the keyboard go on at the first line."""
        if self.lines:
            self.lines[0].attribute.setFocus()

    def start_with(self, attribute: str, action: BulkAction) -> None:
        """Do this to an attribute, on its line or on a new one."""
        known = next((one for one in self.lines if str(one.attribute.currentData()) == attribute), None)
        untouched = next((one for one in self.lines if one.missing), None)
        line = known or untouched or self.add_line(attribute, action)
        if line is not None:
            line.choose(attribute, action)
            if line.editor is not None:
                line.editor.setFocus()

    def add_line(self, attribute: str = "", action: BulkAction | None = None) -> BulkLine | None:
        """Add a line for an attribute that has none yet."""
        used = {str(line.attribute.currentData()) for line in self.lines}
        free = [one.name for one in self._attributes if one.name not in used]
        if not free:
            return None
        line = BulkLine(self._attributes, self._sources)
        line.choose(attribute if attribute in free else free[0], action)
        line.changed.connect(self._changed)
        line.dropped.connect(self._drop)
        line.remade.connect(self._order_keys)
        self.lines.append(line)
        self._places.addWidget(line)
        self._order_keys()
        line.attribute.setFocus()
        self._changed()
        return line

    @property
    def source(self) -> PlanSource | None:
        """The edit as it would be planned; None while something is missing."""
        edits = [line.edit for line in self.lines]
        told = tuple(edit for edit in edits if edit is not None)
        if self._scope is None or not told or len(told) < len(edits):
            return None
        return replace(
            self._scope.source(),
            origin=Origin.SEGMENT,
            author=self._desk.author,
            sets=told,
            only_changes=self.only_changes.isChecked(),
        )

    # inside

    def _add(self) -> None:
        self.add_line()

    def _drop(self, line: BulkLine) -> None:
        self.lines.remove(line)
        self._places.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._changed()

    def _order_keys(self) -> None:
        """Let Tab go from the lines to the buttons: what is made late would stand behind the whole window."""
        inside = (stop for line in self.lines for stop in line.stops())
        foot = (self.more, self.only_changes, self.examples, self.keep, self.review)
        for before, after in pairwise((self._close, *inside, *foot)):
            QWidget.setTabOrder(before, after)

    def _changed(self) -> None:
        self._tickets += 1
        self.preview = None
        self._say_error("")
        self._gate()
        self._timer.start()

    def _ask(self) -> None:
        source, ticket = self.source, self._tickets
        if source is None or self.isHidden():
            self._show(None)
            return

        def done(found: BulkPreview) -> None:
            if ticket == self._tickets:
                self._show(found)

        def failed(error: WritebackError) -> None:
            if ticket == self._tickets:
                self._show(None)
                self._refuse(error)

        self._desk.read(self, lambda reads: reads.bulk.preview(source), done=done, failed=failed)

    def _refuse(self, error: WritebackError) -> None:
        told = f"{sentence_of(error.code, error.facts)} ({error.code})"
        named = str(error.facts.get("attribute", ""))
        at = next((one for one in self.lines if str(one.attribute.currentData()) == named), None)
        if at is not None:
            at.complain(told)
        else:
            self._say_error(told)

    def _say_error(self, words: str) -> None:
        self.error.set_text(words)
        self.error.setVisible(bool(words))

    def _show(self, found: BulkPreview | None) -> None:
        self.preview = found
        titles = {one.name: one.title for one in self._attributes}
        if found is None:
            self.counted.set_text(tr("Say what shall be different; what it would do is counted here."))
            self._examples.show_rows(())
        else:
            lines = [tr("%n records", found.records)]
            for one in found.edits:
                parts = [
                    f"{number(count)} {tr(WORDS[verdict])}"
                    for verdict in VERDICTS
                    if (count := one.count(verdict))
                ]
                lines.append(f"{titles.get(one.attribute, one.attribute)}: {' · '.join(parts)}")
                lines += [
                    f"    {number(count)}: {sentence_of(code, {}).title or code} ({code})"
                    for code, count in one.refused.items()
                ]
            self.counted.set_text("\n".join(lines))
            self.examples.leave_out(*((ATTRIBUTE,) if len(found.edits) == 1 else ()))
            self._examples.show_rows(
                Example(row_.title, titles.get(cell.attribute, cell.attribute), cell)
                for row_ in found.sample
                for cell in row_.cells
            )
        self._gate()

    def _gate(self) -> None:
        missing = next((line.missing for line in self.lines if line.missing), "")
        found = self.preview
        reason = missing or ("" if found is not None else tr("It is being counted."))
        if self._scope is None:
            reason = tr("The selected rows cannot be named one by one: select again, or all that match.")
        if not self.lines:
            reason = tr("Name an attribute first.")
        elif found is not None and not any(one.count(SEND) for one in found.edits):
            reason = tr("Nothing would change.")
        self.review.gate(reason)
        too_many = tr("More than {most} records go by condition: use Review.", most=number(MOST_EDITS))
        is_many = found is not None and found.records > MOST_EDITS
        self.keep.gate(reason or (too_many if is_many else ""))
        free = len(self._attributes) - len(self.lines)
        self.more.gate("" if free > 0 else tr("Every attribute has a line."))

    def _review(self) -> None:
        if (source := self.source) is not None:
            self.reviewed.emit(source)

    def _keep(self) -> None:
        if (source := self.source) is None:
            return
        told = replace(source, only_changes=True)
        self._desk.read(
            self,
            lambda reads: reads.bulk.edits(told),
            done=self._take,
            failed=self._refuse,
        )

    def _take(self, edits: abc.Sequence[Edit]) -> None:
        self.kept.emit(tuple(edits))
        self._changed()


def _then(one: Example) -> str:
    if one.cell.verdict == SEND:
        return one.cell.new or tr("(clear)")
    return tr(WORDS[one.cell.verdict])
