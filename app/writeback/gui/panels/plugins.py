"""Plugins: connectors and other plugins on this computer, whose they are, whether they may run.

Everything is asked of `serve`, which knows what runs; nothing of a plugin runs in the window. The checks
run in a process of their own.
"""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.messages import ask
from writeback.gui.models.plugins import plugins_model, tier_word
from writeback.gui.panels.panel import Panel
from writeback.gui.panels.plugin_side import PluginSide
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.clearing import clearable
from writeback.gui.widgets.layouts import PageHead, column, row, scrolled
from writeback.gui.widgets.splits import Split
from writeback.gui.widgets.states import States
from writeback.gui.widgets.tables import Table
from writeback.model.events import EventKind
from writeback.runtime.checking_plugins import CheckReport, PluginCheck
from writeback.runtime.facade.plugins import PluginInfo

RIGHTS = mark("Plugins run with your rights; the worker process isolates faults, not intentions.")
SAFE_START = "plugin.safe_start"
SPARE = (5, 4, 3)
"""Publisher, version and tier stand beside the list as well: they go where it is narrow."""
_BROKEN = frozenset({"failed", "duplicate", "too_new", "too_old", "blocked"})


class PluginsPanel(Panel):
    """All plugins, and the one that is chosen."""

    cares_about = frozenset({EventKind.PLUGINS_CHANGED, EventKind.PLUGIN_FAILED})

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Plugins"), parent=parent)
        self._file = Button(tr("Install a wheel…"), picture="plus", call=self._pick_wheel)
        self._folder = Button(tr("Install a folder…"), picture="folder", call=self._pick_folder)
        self._head = PageHead(tr("Plugins"), self._file, self._folder, explains=tr(RIGHTS))
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Find a plugin"))
        self.search.setPlaceholderText(tr("Name or publisher"))
        clearable(self.search)
        sized(self.search, lambda px: self.search.setFixedWidth(px(240)))
        self.search.textChanged.connect(lambda _text: self._narrow())
        self._plugins: tuple[PluginInfo, ...] = ()
        self.model = plugins_model()
        self.table = Table(tr("Installed plugins"))
        self.table.dress(self.model, [spec.width for spec in self.model.specs], spare=SPARE)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.side = PluginSide()
        self.side.allow.connect(self._ask_to_allow)
        self.side.disable.connect(self._disable)
        self.side.remove.connect(self._ask_to_remove)
        self.side.check.connect(self._run_check)
        self.side.stop.connect(self._stop_check)
        self._check: PluginCheck | None = None
        self._wanted = ""
        both = Split(self.table, scrolled(self.side), shares=(560, 460))
        self.table.setMinimumWidth(300)
        self.side.setMinimumWidth(320)
        self.states = States(both)
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self._take_offer)
        page = column(self._head, gap=4, margin=(8, 5, 8, 6))
        page.addLayout(row(self.search, None))
        page.addWidget(self.states, 1)
        self.setLayout(page)

    # for the window

    def open(self, subject: object = None) -> None:
        self._wanted = str(subject or "")
        if self._wanted:
            self.search.clear()
        super().open(subject)

    def first_focus(self) -> QWidget:
        return self.table

    def refresh(self) -> None:
        self.states.loading()
        self.desk.ask(self, lambda facade, _act: facade.plugins(), done=self._show, failed=self.states.error)

    def close_panel(self) -> None:
        self._stop_check()

    # what is shown

    def _show(self, plugins: tuple[PluginInfo, ...]) -> None:
        self._plugins = plugins
        self._narrow()

    def _narrow(self) -> None:
        """Show the plugins that the search fits."""
        words = self.search.text().strip().casefold()
        fitting = tuple(
            one for one in self._plugins if words in f"{one.title} {one.id} {one.publisher}".casefold()
        )
        if self._plugins and not fitting:
            self.states.empty(
                tr("No plugin fits"),
                tr("Nothing that is installed has these words in its name or its publisher."),
                act=tr("Clear the search"),
                picture="search",
            )
        else:
            self._show_fitting(fitting)

    def _take_offer(self) -> None:
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            self._pick_wheel()

    def _show_fitting(self, plugins: tuple[PluginInfo, ...]) -> None:
        if not plugins:
            self.model.show_rows(())
            self.states.empty(
                tr("No plugin is installed"),
                tr("A plugin brings a connector to one CRM. Those of Writeback itself come with it."),
                act=tr("Install a wheel…"),
                picture="connections",
            )
            return
        wanted = self._wanted or (self.side.plugin.id if self.side.plugin is not None else "")
        self._wanted = ""
        self.model.show_rows(plugins)
        places = [place for place, one in enumerate(plugins) if one.id == wanted]
        self.table.go_to(places[0] if places else 0)
        self._choose()
        self._tell_state(self._plugins)

    def _tell_state(self, plugins: tuple[PluginInfo, ...]) -> None:
        held = [one for one in plugins if one.reason == SAFE_START]
        if held:
            culprit = str(dict(held[0].facts).get("culprit", ""))
            self.states.partial(
                tr(
                    "Safe start: plugins of others are off, because the program died while {plugin} ran.",
                    plugin=culprit,
                ),
                act=tr("Let the others run again"),
                call=self._leave_safe_start,
            )
            return
        broken = [one.title for one in plugins if one.status in _BROKEN]
        out = [one.title for one in plugins if one.reason == "plugin.struck_off"]
        if broken or out:
            self.states.partial(
                tr(
                    "{good} of {all} plugins can be used; not these: {names}. The rest works.",
                    good=sum(one.is_usable for one in plugins),
                    all=len(plugins),
                    names=", ".join([*broken, *out]),
                )
            )
        else:
            self.states.ready()

    def _choose(self) -> None:
        chosen = self.model.row_at(self.table.currentIndex().row())
        if chosen is not None:
            self.side.show_plugin(chosen)

    # what a person wants

    def _pick_wheel(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Install a plugin"), str(Path.home()), tr("Wheels (*.whl)")
        )
        if chosen:
            self.install(chosen)

    def _pick_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder with a plugin"), str(Path.home()))
        if chosen:
            self.install(chosen)

    def install(self, source: str) -> None:
        """Put a wheel or a folder into the plugin folder; nothing of it runs yet."""
        self.desk.ask(
            self,
            lambda facade, act: facade.install_plugin(source, act=act),
            done=lambda _none: self._changed(tr("Installed. It runs once you allowed it.")),
            failed=self.complain,
        )

    def _ask_to_allow(self, plugin: PluginInfo) -> None:
        if plugin.is_bundled or not plugin.hash:
            self._allow(plugin)
            return
        parts = [
            tr("{package} {version}, by {publisher}.", package=plugin.distribution, version=plugin.version,
               publisher=plugin.publisher or tr("nobody named")),
            tr("It talks to: {hosts}.", hosts=", ".join(plugin.hosts) or tr("nobody")),
            tr("It can: {abilities}.", abilities=", ".join(plugin.abilities) or tr("the core alone")),
            tr("Quality tier that it claims: {tier}.", tier=tier_word(plugin)),
            tr("Hash of its files: {hash}", hash=plugin.hash),
        ]  # fmt: skip
        if plugin.differs:
            parts.append(tr("It was allowed before, and differs: {what}.", what=plugin.differs))
        if plugin.looks_like:
            parts.append(tr("Careful: its name looks like {other}, which is ours.", other=plugin.looks_like))
        parts.append(tr("A plugin is Python code that runs with your rights; Writeback cannot confine it."))
        parts.append(tr("What its code does cannot be undone; “Disable” stops it at any time."))
        ask(
            self.window(),
            tr("Let {plugin} run?", plugin=plugin.title),
            "\n\n".join(parts),
            act=tr("Allow exactly these files"),
            call=lambda: self._allow(plugin),
        )

    def _allow(self, plugin: PluginInfo) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.allow_plugin(plugin.id, plugin.hash, act=act),
            done=lambda _none: self._changed(tr("{plugin} may run.", plugin=plugin.title)),
            failed=self.complain,
        )

    def _disable(self, plugin: PluginInfo) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.disable_plugin(plugin.id, act=act),
            done=lambda _none: self._changed(
                tr("{plugin} is off. What it does now it does to its end.", plugin=plugin.title)
            ),
            failed=self.complain,
        )

    def _ask_to_remove(self, plugin: PluginInfo) -> None:
        ask(
            self.window(),
            tr("Remove {plugin}?", plugin=plugin.title),
            tr("Its files go from the plugin folder. Connections that use it stay, and their jobs wait."),
            act=tr("Remove {plugin}", plugin=plugin.title),
            call=lambda: self._remove(plugin),
        )

    def _remove(self, plugin: PluginInfo) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.remove_plugin(plugin.id, act=act),
            done=lambda _none: self._changed(tr("{plugin} is removed.", plugin=plugin.title)),
            failed=self.complain,
        )

    def _leave_safe_start(self) -> None:
        self.desk.ask(
            self,
            lambda facade, act: facade.leave_safe_start(act=act),
            done=lambda _none: self._changed(tr("Plugins of others run again.")),
            failed=self.complain,
        )

    def _changed(self, words: str) -> None:
        self.told.emit(words)
        self.refresh()

    # the checks

    def _run_check(self, plugin: PluginInfo) -> None:
        check = PluginCheck(plugin.id)
        self._check = check
        self.side.checking(is_on=True)
        self.desk.tasks.run(
            self, check.run, done=lambda report: self._checked(check, report), failed=self._not_checked
        )

    def _stop_check(self) -> None:
        if self._check is not None:
            self._check.stop()

    def _checked(self, check: PluginCheck, report: CheckReport | None) -> None:
        self._check = None
        self.side.checking(is_on=False)
        if report is None or self.side.plugin is None or self.side.plugin.id != check.plugin:
            self.side.forget_check()
            return
        self.side.show_check(report)

    def _not_checked(self, error: WritebackError) -> None:
        self._check = None
        self.side.checking(is_on=False)
        self.side.forget_check()
        self.complain(error)
