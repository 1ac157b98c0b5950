"""Map a field behind references, however far: unfold one reference after the other, or type the path.

Beneath the path stands what writing it would change, as the CRM describes it. Adds nothing by itself.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from writeback.errors import WritebackError
from writeback.gui.i18n import REFERENCE_WORDS, TYPE_WORDS
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.consequences import consequence
from writeback.gui.widgets.layouts import column, give_room, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, one_line, title_free
from writeback.model.integrations import Integration, ReferenceMode
from writeback.runtime.facade.references import ReferenceMeaning
from writeback.runtime.sentences import sentence_of
from writeback.sdk.values import FieldInfo, ObjectDescription

PATH = Qt.ItemDataRole.UserRole
TARGET = Qt.ItemDataRole.UserRole + 1
DEEPEST = 5
"""A CRM follows no more references than these in one query."""


class PathDialog(QDialog):
    """A tree of fields that unfolds.

    Signals:
        chosen: A path shall be mapped; carries it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        integration: Integration,
        description: ObjectDescription,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._integration = desk, integration
        title = tr("Map a field behind {object}", object=integration.object)
        self.setWindowTitle(title_free(title))
        give_room(self, 640, 520)
        self.path = QLineEdit()
        self.path.setAccessibleName(tr("Field path"))
        self.path.setPlaceholderText(tr("such as Parent.Owner.Email"))
        self.path.textChanged.connect(lambda _text: self._tell())
        self.path.editingFinished.connect(self._ask_meaning)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Fields, with what references lead to"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([tr("CRM field"), tr("Type")])
        self.tree.setColumnWidth(0, 380)
        self.tree.setTabKeyNavigation(False)
        self.tree.itemExpanded.connect(self._unfold)
        self.tree.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self._banner = Banner()
        self.words = PlainLabel(role="muted", wraps=True)
        self.add = Button(tr("Map this field"), kind="primary", call=self._add)
        box = column(
            PlainLabel(title, role="heading"), self._banner, self.path, self.tree, self.words, gap=3, margin=6
        )
        box.addLayout(row(None, Button(tr("Cancel"), call=self.reject), self.add))
        self.setLayout(box)
        self._fill(self.tree.invisibleRootItem(), description, "", only_references=True)
        self._tell()
        self.tree.setFocus()

    def _fill(
        self, under: QTreeWidgetItem, description: ObjectDescription, way: str, *, only_references: bool
    ) -> None:
        for info in sorted(description.fields, key=lambda one: one.label.casefold()):
            if info.kind is not None and not only_references:
                item = QTreeWidgetItem(under, [one_line(info.label), TYPE_WORDS[info.kind]])
                item.setData(0, PATH, f"{way}{info.name}")
            if info.reference is not None and info.reference.targets and way.count(".") < DEEPEST:
                self._reference(under, info, way)

    def _reference(self, under: QTreeWidgetItem, info: FieldInfo, way: str) -> None:
        """Put a reference there that unfolds; what it leads to is described when somebody looks."""
        told = info.reference
        if told is None:
            return
        leads_to = " · ".join(told.targets)
        item = QTreeWidgetItem(under, [one_line(f"{info.label.removesuffix(' ID')} ›"), one_line(leads_to)])
        item.setData(0, PATH, f"{way}{told.relationship}.")
        item.setData(0, TARGET, told.targets[0])
        QTreeWidgetItem(item, [tr("Reading…"), ""])

    def _unfold(self, item: QTreeWidgetItem) -> None:
        target = item.data(0, TARGET)
        if not target:
            return
        item.setData(0, TARGET, "")
        connection = str(self._integration.connection_id)
        self._desk.ask(
            self,
            lambda facade, _act: facade.describe(connection, str(target)),
            done=lambda described: self._unfolded(item, described),
            failed=lambda error: self._not_unfolded(item, str(target), error),
        )

    def _unfolded(self, item: QTreeWidgetItem, described: ObjectDescription) -> None:
        item.takeChildren()
        self._fill(item, described, str(item.data(0, PATH)), only_references=False)

    def _not_unfolded(self, item: QTreeWidgetItem, target: str, error: WritebackError) -> None:
        item.setData(0, TARGET, target)  # it may be tried again
        item.setExpanded(False)
        self._banner.tell_error(error)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        path = str(item.data(0, PATH) or "") if item is not None else ""
        if path and not path.endswith("."):
            self.path.setText(path)
            self._ask_meaning()

    def _ask_meaning(self) -> None:
        path, integration = self.path.text().strip(), str(self._integration.id)
        if not _is_path(path):
            return
        self._desk.ask(
            self,
            lambda facade, _act: facade.reference_meanings(integration, path),
            done=lambda found: self._show_meaning(path, found),
            failed=self._no_meaning,
        )

    def _no_meaning(self, error: WritebackError) -> None:
        self.words.set_text(f"{sentence_of(error.code, error.facts)} ({error.code})")

    def _show_meaning(self, path: str, found: tuple[ReferenceMeaning, ...]) -> None:
        """Say in both modes what would be changed, or why it cannot be."""
        if path != self.path.text().strip():
            return
        lines = []
        for one in found:
            words = (
                sentence_of(one.reason.code, dict(one.reason.facts)).happened
                if one.reason is not None
                else consequence(ReferenceMode(one.mode), path, one, ("", 0))
            )
            lines.append(f"{REFERENCE_WORDS[one.mode]}: {words}")
        self.words.set_text("\n".join(lines))

    def _tell(self) -> None:
        is_path = _is_path(self.path.text().strip())
        self.add.gate("" if is_path else tr("Choose a field behind a reference, or type its path."))

    def _add(self) -> None:
        self.chosen.emit(self.path.text().strip())
        self.accept()


def _is_path(text: str) -> bool:
    parts = text.split(".")
    return len(parts) > 1 and all(part.strip() for part in parts)
