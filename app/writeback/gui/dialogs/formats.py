"""Ask how dates or numbers of a pasted block are written, where several ways fit: by samples, not names."""

from collections import abc
from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from writeback.gui.i18n import shown
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, lay_out, row
from writeback.gui.widgets.text import PlainLabel, mnemonic_free, one_line
from writeback.model.changes import Reason
from writeback.model.source_formats import SourceFormat
from writeback.model.types import AttributeType, Clear, Value
from writeback.planning.blocks import read_by
from writeback.planning.coercing import coercer

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """One column whose cells can be read in several ways."""

    title: str
    kind: AttributeType
    texts: tuple[str, ...]
    forms: tuple[SourceFormat | None, ...]


class FormatDialog(QDialog):
    """One question; `call` gets the format."""

    def __init__(
        self, ask: Ask, *, call: abc.Callable[[SourceFormat | None], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("How are these written?"))
        self.choices = QButtonGroup(self)
        words = tr(
            "The pasted values of {column} can be read in several ways. Which is meant?", column=ask.title
        )
        box = column(PlainLabel(words, role="heading", wraps=True))
        for place, form in enumerate(ask.forms):
            button = QRadioButton(mnemonic_free(_sample(ask, form)))
            button.setAccessibleName(one_line(_sample(ask, form)))
            button.setChecked(place == 0)
            self.choices.addButton(button, place)
            box.addWidget(button)
        self.go = Button(tr("Paste"), kind="primary", call=self.accept)
        lay_out(self, box, row(None, Button(tr("Cancel"), call=self.reject), self.go), width=480)
        self.accepted.connect(lambda: call(ask.forms[max(self.choices.checkedId(), 0)]))


def _sample(ask: Ask, form: SourceFormat | None) -> str:
    filled = list(dict.fromkeys(text.strip() for text in ask.texts if text.strip()))
    apart = [text for text in filled if len({read_by(one, ask.kind, text) for one in ask.forms}) > 1]
    told = [f"{one_line(text, 40)} → {_shown(ask.kind, read_by(form, ask.kind, text))}" for text in apart]
    return "   ".join(told[:SAMPLES])


def _shown(kind: AttributeType, text: str) -> str:
    read = coercer(kind)(text)
    if isinstance(read, Reason | Clear):
        return one_line(text, 40)
    value: Value = read
    return shown(value, kind)
