"""A value in conflict: what was read, what the CRM holds, what a person wants; and the two ways out.

Must not: settle anything itself. It asks; whoever shows it decides what the choice does.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from writeback.gui.i18n import NOT_SET, shown
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column
from writeback.gui.widgets.text import PlainLabel
from writeback.model.integrations import ConflictRule
from writeback.model.types import Value
from writeback.runtime.views import AttributeView, Mark

READ, THEIRS, YOURS = mark("Last read"), mark("In the CRM now"), mark("Yours")


class ConflictBox(QFrame):
    """Three values and two buttons.

    Signals:
        settled: A person chose; carries the `ConflictRule` (ours or crm).
    """

    settled = Signal(object)

    def __init__(
        self,
        view: AttributeView,
        value: Value,
        mark: Mark,
        *,
        is_narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "well")
        self.setAccessibleName(tr("Conflict on {attribute}", attribute=view.attribute.title))
        self.mark = mark
        kind = view.attribute.kind
        labels = {option.value: option.label for option in view.attribute.options}
        read = mark.old if mark.author else value  # without a draft nobody read but the pull
        pairs = (
            (tr(READ), shown(read, kind, labels) or tr(NOT_SET)),
            (tr(THEIRS), shown(mark.theirs, kind, labels) or tr(NOT_SET)),
            (tr(YOURS), tr("clear") if mark.new is None else shown(mark.new, kind, labels)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, (name, words) in enumerate(pairs):
            label = PlainLabel(words, role="strong" if name == YOURS else "", wraps=True)
            label.setAccessibleName(f"{name}: {words}")
            grid.addWidget(PlainLabel(name, role="muted"), place, 0)
            grid.addWidget(label, place, 1)
        title = view.attribute.title
        self.mine = self._button(tr("Keep mine"), title, ConflictRule.OURS)
        self.theirs = self._button(tr("Keep what is in the CRM"), title, ConflictRule.CRM)
        buttons = (self.mine, self.theirs)
        body = column(gap=2, margin=(3, 3, 3, 3))
        body.addLayout(grid)
        if mark.message:  # who wrote it and when, where the CRM tells
            body.addWidget(PlainLabel(mark.message, role="muted", wraps=True))
        if is_narrow:
            body.addLayout(column(*buttons, gap=2))
        else:
            body.addWidget(Flowing(*buttons))
        self.setLayout(body)

    @property
    def has_keyboard(self) -> bool:
        """Say whether one of the two buttons has the focus."""
        return self.mine.hasFocus() or self.theirs.hasFocus()

    def wait(self) -> None:
        """The choice is on its way: take no second one."""
        for button in (self.mine, self.theirs):
            button.gate(tr("The choice is being kept."))

    def take_again(self) -> None:
        """The choice failed: it may be made again."""
        for button in (self.mine, self.theirs):
            button.gate("")

    def _button(self, words: str, title: str, keep: ConflictRule) -> Button:
        made = Button(words, call=lambda: self.settled.emit(keep))
        made.setAccessibleName(f"{words}: {title}")
        return made
