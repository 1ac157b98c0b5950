"""The first steps of an import of survey answers: the file with its survey, and what its columns hold."""

import contextlib
from collections import abc

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSpinBox, QWidget

from writeback.gui.dialogs.file_rows import ENCODINGS
from writeback.gui.models.campaign_draft import FITTING, PARTS, ImportDraft
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.field_boxes import from_start, turned
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, row
from writeback.gui.widgets.tables import Table, keep_lines
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line
from writeback.model.attributes import Entity
from writeback.model.campaigns import SCALES, Campaign, Survey
from writeback.model.source_formats import DateOrder, DecimalMark
from writeback.planning.guessing_answers import DAY, KEY, REASON, SCORE
from writeback.runtime.views import AttributeView

SURVEYS = (
    (Survey.NPS, mark("NPS: would you recommend us?")),
    (Survey.CSAT, mark("CSAT: how satisfied are you?")),
)
TITLES = {
    KEY: mark("Whose answer"),
    SCORE: mark("Score"),
    DAY: mark("Day of the answer"),
    REASON: mark("What they wrote"),
}
ORDERS = (
    ("", mark("as the days themselves say")),
    (DateOrder.DMY, mark("day first: 3 November is 03.11.2026")),
    (DateOrder.MDY, mark("month first: 3 November is 11/03/2026")),
    (DateOrder.YMD, mark("year first: 3 November is 2026-11-03")),
)
DECIMALS = ((DecimalMark.POINT, mark("point, as in 8.0")), (DecimalMark.COMMA, mark("comma, as in 8,0")))
COLUMN_WIDTH = 130
LEAST, MOST = -1000, 1000


class FilePage(QWidget):
    """The file, the campaign it belongs to, and what was asked.

    Signals:
        file_wanted: Another file shall be chosen.
        read_anew: Encoding or sheet is another; carries both.
        changed: Something else was chosen.
    """

    file_wanted = Signal()
    read_anew = Signal(str, str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = ImportDraft()
        self._campaigns: tuple[Campaign, ...] = ()
        self.choose = Button(tr("Choose a file…"), picture="folder", call=self.file_wanted.emit)
        self.file = ElidedLabel(tr("No file yet"), role="strong")
        self.reading = _box(tr("Encoding"))
        self.reading.activated.connect(lambda _at: self._read_anew())
        self.name = _box(tr("Campaign"), is_editable=True)
        self.name.editTextChanged.connect(lambda _text: self._take())
        self.name.activated.connect(lambda _at: self._take_campaign())
        self.survey = _box(tr("Survey"))
        for survey, words in SURVEYS:
            self.survey.addItem(tr(words), survey.value)
        self.survey.activated.connect(lambda _at: self._take())
        self.lowest, self.highest = _spin(tr("Lowest score")), _spin(tr("Highest score"))
        for spin in (self.lowest, self.highest):
            spin.valueChanged.connect(lambda _value: self._take())
        self.entity = _box(tr("Records of"))
        self.entity.activated.connect(lambda _at: self._take())
        self._scale = QWidget()
        self._scale.setLayout(
            row(
                PlainLabel(tr("from"), role="muted"),
                self.lowest,
                PlainLabel(tr("to"), role="muted"),
                self.highest,
            )
        )
        self.rows = Table(tr("First rows of the file"))
        keep_lines(self.rows)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for place, (words, widget) in enumerate(
            (
                (tr("Campaign"), self.name),
                (tr("Survey"), self.survey),
                (tr("Records of"), self.entity),
                (tr("Scores"), self._scale),
            )
        ):
            label = PlainLabel(words, role="muted")
            label.setBuddy(widget)
            self._scale_label = label  # the last one is
            grid.addWidget(label, place // 2, 2 * (place % 2))
            grid.addWidget(widget, place // 2, 2 * (place % 2) + 1)
        head = row(self.choose, self.file, gap=3)
        head.setStretch(1, 1)
        head.addWidget(self.reading)
        body = column(gap=3)
        body.addLayout(head)
        body.addLayout(grid)
        body.addWidget(self.rows, 1)
        self.setLayout(body)

    def show_draft(
        self, draft: ImportDraft, campaigns: abc.Sequence[Campaign], entities: abc.Sequence[Entity]
    ) -> None:
        """Show what is chosen."""
        self._draft, self._campaigns = draft, tuple(campaigns)
        with _quiet(self.name, self.survey, self.entity, self.lowest, self.highest):
            self.name.clear()
            self.name.addItems([one_line(one.name) for one in campaigns])
            self.name.setEditText(draft.name)
            self.survey.setCurrentIndex(self.survey.findData(draft.survey.value))
            self.entity.clear()
            for one in entities:
                self.entity.addItem(one_line(one.title), one.name)
            self.entity.setCurrentIndex(max(self.entity.findData(draft.entity), 0))
            usual = SCALES[Survey.CSAT]
            lowest, highest = draft.scale or (usual.lowest, usual.highest)
            self.lowest.setValue(lowest)
            self.highest.setValue(highest)
        self._show_look()
        self._tell()

    def _show_look(self) -> None:
        look = self._draft.look
        self.file.set_text(
            one_line(look.path.replace("\\", "/").rpartition("/")[2]) if look else tr("No file yet")
        )
        self.reading.setVisible(look is not None)
        if look is None:
            return
        is_book = bool(look.sheets)
        self.reading.setAccessibleName(tr("Sheet") if is_book else tr("Encoding"))
        with _quiet(self.reading):
            self.reading.clear()
            for words, name in (
                [(one_line(name), name) for name in look.sheets]
                if is_book
                else [(tr(words), name) for name, words in ENCODINGS]
            ):
                self.reading.addItem(words, name)
            if not is_book and self.reading.findData(look.encoding) < 0:
                self.reading.addItem(look.encoding, look.encoding)
            self.reading.setCurrentIndex(max(self.reading.findData(look.sheet or look.encoding), 0))
        specs = tuple(Spec(one_line(name), _cell(place)) for place, name in enumerate(look.columns))
        model = ListModel(specs, self.rows)
        self.rows.dress(model, [COLUMN_WIDTH] * len(specs))
        model.show_rows(look.rows)

    def _tell(self) -> None:
        is_free = self._draft.survey is Survey.CSAT
        self._scale.setVisible(is_free)
        self._scale_label.setVisible(is_free)

    def _take(self) -> None:
        draft = self._draft
        draft.name = self.name.currentText().strip()
        draft.survey = Survey(str(self.survey.currentData()))
        draft.entity = str(self.entity.currentData() or draft.entity)
        usual, told = SCALES[Survey.CSAT], (self.lowest.value(), self.highest.value())
        is_own = draft.survey is Survey.CSAT and told != (usual.lowest, usual.highest)
        draft.scale, draft.told = (told if is_own else None), None
        self._tell()
        self.changed.emit()

    def _take_campaign(self) -> None:
        """Go on with a campaign that is there."""
        for one in self._campaigns:
            if one.name == self.name.currentText():
                self._draft.name = one.name
                self._draft.take_campaign(one)
                with _quiet(self.survey, self.entity, self.lowest, self.highest):
                    self.survey.setCurrentIndex(self.survey.findData(one.survey.value))
                    self.entity.setCurrentIndex(max(self.entity.findData(one.entity), 0))
                    scale = one.scale or SCALES[Survey.CSAT]
                    self.lowest.setValue(scale.lowest)
                    self.highest.setValue(scale.highest)
                self._tell()
                self.changed.emit()

    def _read_anew(self) -> None:
        look = self._draft.look
        told = str(self.reading.currentData())
        is_book = look is not None and bool(look.sheets)
        self.read_anew.emit("" if is_book else told, told if is_book else "")


class ColumnsPage(QWidget):
    """What the columns hold, and which attributes take it.

    Signals:
        changed: Something else was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = ImportDraft()
        self.columns: dict[str, QComboBox] = {}
        self.into: dict[str, QComboBox] = {}
        self._samples: dict[str, ElidedLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)
        grid.setColumnStretch(3, 2)
        heads = (tr("Answer"), tr("Column of the file"), tr("For example"), tr("Attribute that takes it"))
        for place, words in enumerate(heads):
            grid.addWidget(PlainLabel(words, role="muted"), 0, place)
        for line, part in enumerate((KEY, *PARTS), 1):
            title = tr(TITLES[part])
            self.columns[part] = box = _box(tr("Column: {part}", part=title))
            box.activated.connect(lambda _at: self._take())
            self._samples[part] = sample = ElidedLabel("", role="muted")
            grid.addWidget(PlainLabel(title, wraps=True), line, 0)
            grid.addWidget(box, line, 1)
            grid.addWidget(sample, line, 2)
            if part == KEY:
                grid.addWidget(PlainLabel(tr("matched in the next step"), role="muted"), line, 3)
                continue
            self.into[part] = taking = _box(tr("Attribute: {part}", part=title))
            taking.activated.connect(lambda _at: self._take())
            grid.addWidget(taking, line, 3)
        self.order = _box(tr("Days are written"))
        for order, words in ORDERS:
            self.order.addItem(tr(words), str(order))
        self.decimal = _box(tr("Decimals"))
        for decimal, words in DECIMALS:
            self.decimal.addItem(tr(words), decimal.value)
        for box in (self.order, self.decimal):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(lambda _at: self._take())
        formats = Flowing(
            PlainLabel(tr("Days are written"), role="muted"),
            self.order,
            PlainLabel(tr("Decimals"), role="muted"),
            self.decimal,
        )
        body = column(gap=5)
        body.addLayout(grid)
        body.addWidget(formats)
        body.addStretch(1)
        self.setLayout(body)

    def show_draft(self, draft: ImportDraft, views: abc.Sequence[AttributeView]) -> None:
        """Show what is chosen; attributes that fit a part come first."""
        self._draft = draft
        columns = draft.look.columns if draft.look is not None else ()
        for part, box in self.columns.items():
            _offer(box, [(one_line(name), name) for name in columns], draft.columns.get(part, ""))
        for part, box in self.into.items():
            kinds = FITTING[part]
            fitting = [one for one in views if one.attribute.kind in kinds and one.lock is None]
            fitting.sort(key=lambda one: (kinds.index(one.attribute.kind), one.attribute.title.casefold()))
            told = [(one_line(one.attribute.title), one.attribute.name) for one in fitting]
            _offer(box, told, draft.into.get(part, ""))
        self.order.setCurrentIndex(max(self.order.findData(str(draft.order or "")), 0))
        self.decimal.setCurrentIndex(max(self.decimal.findData(draft.decimal.value), 0))
        self._tell()

    def _tell(self) -> None:
        for part, label in self._samples.items():
            label.set_text(one_line(" · ".join(self._draft.samples(part, 3))))

    def _take(self) -> None:
        draft = self._draft
        draft.columns = {
            part: str(box.currentData()) for part, box in self.columns.items() if box.currentData()
        }
        draft.into = {part: str(box.currentData() or "") for part, box in self.into.items()}
        order = str(self.order.currentData() or "")
        draft.order = DateOrder(order) if order else None
        draft.decimal = DecimalMark(str(self.decimal.currentData()))
        draft.told = None
        self._tell()
        self.changed.emit()


@contextlib.contextmanager
def _quiet(*widgets: QWidget) -> abc.Iterator[None]:
    """Change widgets without being told that they changed."""
    blockers = [QSignalBlocker(one) for one in widgets]
    yield
    for one in blockers:
        one.unblock()


def _offer(box: QComboBox, told: abc.Sequence[tuple[str, str]], chosen: str) -> None:
    box.clear()
    box.addItem(tr("none"), "")
    for words, value in told:
        box.addItem(words, value)
    if chosen and box.findData(chosen) < 0:
        box.addItem(one_line(chosen), chosen)
    box.setCurrentIndex(max(box.findData(chosen), 0))


def _box(name: str, *, is_editable: bool = False) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setEditable(is_editable)
    from_start(box)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumWidth(120)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _spin(name: str) -> QSpinBox:
    made = turned(QSpinBox())
    made.setAccessibleName(name)
    made.setRange(LEAST, MOST)
    return made


def _cell(place: int) -> abc.Callable[[tuple[str, ...]], str]:
    return lambda cells: cells[place] if place < len(cells) else ""
