"""A write that the CRM refused, told at the value: its own words, what it holds, and the three ways on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from writeback.gui.i18n import NOT_SET, shown
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.text import PlainLabel
from writeback.model.types import Value
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView, Mark


class FailedWrite(QFrame):
    """One refused value.

    Signals:
        edit: The person wants to type another value.
        retry: The same value shall be sent once more.
        discard: The value shall be given up; the CRM's stays.
    """

    edit = Signal()
    retry = Signal()
    discard = Signal()

    def __init__(self, view: AttributeView, held: Value, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = view.attribute.title
        self.setProperty("box", "well")
        self.setAccessibleName(tr("{title} was refused", title=title))
        labels = {option.value: option.label for option in view.attribute.options}
        told = sentence_of(mark.code) if mark.code else None
        body = column(gap=1, margin=(3, 2, 3, 2))
        if told is not None:
            body.addWidget(PlainLabel(told.happened, tone="refused", wraps=True))
        if mark.message:
            body.addWidget(PlainLabel(f"“{mark.message}”", role="muted", wraps=True))
        kept = shown(held, view.attribute.kind, labels) or tr(NOT_SET)
        body.addWidget(PlainLabel(tr("The CRM still holds {kept}.", kept=kept), wraps=True))
        if told is not None and told.advice:
            body.addWidget(PlainLabel(told.advice, role="muted", wraps=True))
        self.buttons = (
            Button(tr("Edit"), kind="quiet", picture="pencil", call=self.edit.emit),
            Button(tr("Retry"), kind="quiet", picture="retry", call=self.retry.emit),
            Button(tr("Discard"), kind="quiet", picture="trash", call=self.discard.emit),
        )
        for button, name in zip(
            self.buttons,
            (
                tr("Edit {title}", title=title),
                tr("Retry {title}", title=title),
                tr("Discard {title}", title=title),
            ),
            strict=True,
        ):
            button.setAccessibleName(name)
        body.addLayout(row(*self.buttons, None))
        self.setLayout(body)

    @property
    def has_keyboard(self) -> bool:
        """Whether one of its buttons has the focus."""
        return any(button.hasFocus() for button in self.buttons)
