"""Report a plugin: what its publisher has to know, shown whole before it leaves this computer by hand."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from writeback.gui.theming.current import theming
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.facts import Told
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import column, give_room
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade.plugins import PluginInfo
from writeback.runtime.plugin_reports import report_of


class PluginReportDialog(QDialog):
    """What went wrong in a person's words, and what is known of the plugin. Nothing is sent."""

    def __init__(self, plugin: PluginInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plugin = plugin
        self.setWindowTitle(tr("Report a plugin"))
        px = theming().theme.px
        give_room(self, 640, 520)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(tr("What went wrong"))
        self.words.setPlaceholderText(tr("What did you do, what happened, what should have happened?"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(px(88))
        self.words.textChanged.connect(self._show)
        self.text = Told(tr("The report, as it would be saved"), height=px(220))
        self.banner = Banner()
        publisher = plugin.publisher or tr("nobody named")
        box = column(
            PlainLabel(tr("Report {plugin}", plugin=plugin.title), role="heading", wraps=True),
            PlainLabel(
                tr(
                    "For its publisher, {publisher}. Nothing is sent from here: copy or save the report and "
                    "hand it over yourself. It holds no record and no secret.",
                    publisher=publisher,
                ),
                wraps=True,
            ),
            self.words,
            self.banner,
            gap=3,
            margin=6,
        )
        box.addWidget(self.text, 1)
        self.save = Button(tr("Save the report…"), picture="export", call=self._pick)
        self.copy = Button(tr("Copy the report"), kind="primary", picture="copy", call=self._copy)
        close = Button(tr("Close"), call=self.reject)
        box.addWidget(Flowing(close, self.save, self.copy, is_at_end=True))
        self.setLayout(box)
        self._show()
        self.words.setFocus()

    @property
    def report(self) -> str:
        """The report as it stands."""
        return report_of(self._plugin, self.words.toPlainText())

    def _show(self) -> None:
        self.text.show_text(self.report)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.banner.tell(tr("The report is copied."), tone="ok")

    def _pick(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the report"),
            str(Path.home() / f"writeback-plugin-{self._plugin.id}.txt"),
            tr("Text (*.txt)"),
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save the report as it is shown."""
        try:
            path.write_text(self.report, "utf-8")
        except OSError as error:
            problem = error.strerror or type(error).__name__
            self.banner.tell(tr("It cannot be saved: {problem}", problem=problem), tone="error")
            return
        self.banner.tell(tr("The report is saved as {file}.", file=path.name), tone="ok")
