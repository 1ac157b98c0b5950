"""One connection: who answers, how healthy, how careful, what hangs on it."""

from collections import abc

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.asking import TextDialog
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.dialogs.telling import test_list
from writeback.gui.i18n import moment, number
from writeback.gui.models.connections import checks_words, clock_words, sign_in_words
from writeback.gui.panels.connection_controls import ConnectionControls
from writeback.gui.panels.connection_tabs import ConnectionTabs
from writeback.gui.tasks import Desk
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip, EnvironmentChip
from writeback.gui.widgets.facts import Facts
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, line, row
from writeback.gui.widgets.plugin_icons import PluginIcon
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, mnemonic_free, one_line
from writeback.model.connections import SignInState
from writeback.runtime.facade import ConnectionChange, ConnectionTest
from writeback.runtime.facade.guards import LimitView
from writeback.runtime.plan_words import quota_title
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import ConnectionView

SIGN_IN_CHIPS: dict[SignInState, tuple[str, str]] = {
    SignInState.READY: ("ok", "check"),
    SignInState.NEEDED: ("refused", "warning"),
    SignInState.DISCONNECTED: ("muted", "cancel"),
}
USAGES_MOST = 2
TITLES = 168
"""How wide the words before a fact and before a quota are."""


class ConnectionCard(QFrame):
    """One card. It stays while its connection is there; `show_view` brings it up to date.

    Signals:
        sign_in: A person wants to sign in again; carries the view.
        asked: Another screen is wanted; carries its name and its subject.
        changed: Something was done that the whole page shows; carries what to say.
    """

    sign_in = Signal(object)
    asked = Signal(str, object)
    changed = Signal(str)

    def __init__(self, desk: Desk, view: ConnectionView, *, lacks: str) -> None:
        super().__init__()
        self.setProperty("box", "card")
        self._desk, self._view, self.lacks = desk, view, lacks
        self.banner, self.state_banner = Banner(), Banner()
        self._icon = PluginIcon(size=28)
        self._environment = EnvironmentChip.of(view.connection)
        self._name = ElidedLabel(role="heading")
        self._signed_in = Chip()
        self._who = PlainLabel(role="muted", wraps=True)
        self._who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = Facts(titles_width=TITLES)
        self._quotas = QVBoxLayout()
        self._quotas.setSpacing(6)
        self._notices = PlainLabel(tone="draft", wraps=True)
        self.controls = ConnectionControls(self._change)
        self.tabs = ConnectionTabs(desk, ask_for=self.asked.emit, complain=self.banner.tell_error)
        self._result = QVBoxLayout()
        self._reserve = ""
        self._build_acts()
        self.details = boxed(self._detailed())
        self.setLayout(self._laid_out())
        self.show_view(view, lacks=lacks)
        self._ask_reserve()

    def _build_acts(self) -> None:
        self._unfold = Button(tr("Fewer details"), call=lambda: self.fold(is_folded=not self.is_folded))
        self._test = Button(tr("Test"), picture="check", call=self._run_test)
        self._more = Button(tr("More"))
        self._menu = QMenu(self)
        for words, call in (
            (tr("Sign in again…"), lambda: self.sign_in.emit(self._view)),
            (tr("Rename…"), self._ask_name),
            (tr("Pause all jobs"), self._pause_all),
            (tr("Go on with all jobs"), self._resume_all),
            (tr("Disconnect…"), self._ask_to_disconnect),
        ):
            self._menu.addAction(mnemonic_free(words)).triggered.connect(lambda _on=False, call=call: call())
        self._more.setMenu(self._menu)

    def _laid_out(self) -> QVBoxLayout:
        head = row(gap=3)
        head.addWidget(self._icon)
        head.addWidget(self._environment)
        head.addWidget(self._name, 1)
        head.addWidget(self._signed_in)
        acts = Flowing(self._unfold, self._test, self._more)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(head, 1)
        top.addWidget(acts)
        sized(self, lambda px: self._name.setMinimumWidth(px(96)))
        body = column(gap=3, margin=(5, 4, 5, 4))
        body.addLayout(top)
        body.addWidget(self._who)
        body.addWidget(self.state_banner)
        body.addWidget(self.banner)
        body.addLayout(self._result)
        body.addLayout(self._quotas)
        body.addWidget(self._notices)
        body.addWidget(self.controls)
        body.addWidget(self.details)
        return body

    def _detailed(self) -> QVBoxLayout:
        return column(line(), self._facts, line(), self.controls.looks, line(), self.tabs, gap=3)

    @property
    def is_folded(self) -> bool:
        """Say whether only what matters every day is shown."""
        return self.details.isHidden()

    def fold(self, *, is_folded: bool) -> None:
        """Show only what matters every day, or everything."""
        self.details.setVisible(not is_folded)
        self._unfold.say(tr("Details") if is_folded else tr("Fewer details"))

    @property
    def view(self) -> ConnectionView:
        """The connection that is shown."""
        return self._view

    def show_view(self, view: ConnectionView, *, lacks: str) -> None:
        """Show the connection as it is now."""
        self._view, self.lacks = view, lacks
        connection, org = view.connection, view.connection.org
        self.setAccessibleName(f"{connection.name}, {view.title}, {connection.environment_word}")
        self._icon.show_svg(view.plugin.icon if view.plugin is not None else "")
        self._environment.show_connection(connection)
        self._name.set_text(connection.name)
        tone, picture = SIGN_IN_CHIPS[connection.sign_in]
        words = {
            SignInState.READY: tr("signed in"),
            SignInState.NEEDED: tr("sign-in needed"),
            SignInState.DISCONNECTED: tr("disconnected"),
        }
        self._signed_in.say(words[connection.sign_in], tone=tone, picture=picture)
        place = tr("{product}, simulator on this computer", product=view.title)
        product = place if connection.is_simulator else view.title
        told = [product, tr("not signed in yet")]
        if org is not None:
            called = "" if org.id in org.name else org.name  # HubSpot's own name is its number
            told = [product, called, tr("org {id}", id=org.id), org.user]
        self._who.set_text(" · ".join(filter(None, told)))
        self._show_facts()
        self._show_quotas()
        self._tell_troubles()
        self.controls.show_connection(connection, lacks=lacks)
        self.tabs.show_view(view, lacks=lacks)

    # what is shown

    def _show_facts(self) -> None:
        connection, org = self._view.connection, self._view.connection.org
        self._facts.show_facts(
            (
                (tr("Edition, as the CRM says"), org.edition if org is not None else ""),
                (tr("Address"), connection.origin),
                (tr("Sign-in"), sign_in_words(connection, now=self._desk.now())),
                (tr("Scopes"), ", ".join(connection.scopes)),
                (tr("Version check"), checks_words(self._view)),
                (tr("Kept for people"), self._reserve),
            )
        )

    def _show_quotas(self) -> None:
        while (item := self._quotas.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for usage in self._view.usage[:USAGES_MOST]:
            share = round(100 * usage.used / usage.most) if usage.most else 0
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setValue(min(share, 100))
            bar.setMaximumWidth(220)
            bar.setAccessibleName(tr("{quota}: {share} %", quota=quota_title(usage.kind), share=share))
            words = tr("{used} of {most} used", used=number(usage.used), most=number(usage.most))
            holder = QWidget()
            title = PlainLabel(quota_title(usage.kind), role="muted")
            title.setMinimumWidth(TITLES)
            holder.setLayout(row(title, bar, PlainLabel(words), None, gap=3))
            self._quotas.addWidget(holder)

    def _tell_troubles(self) -> None:
        view, now = self._view, self._desk.now()
        notices = []
        if view.wait_until is not None and view.wait_until > now:
            until = moment(view.wait_until, now=now)
            notices.append(tr("The CRM asked everybody to wait until {until}.", until=until))
        if view.drifted:
            drifted = ", ".join(view.drifted)
            notices.append(
                tr("Schema drifted: {drifted}. Sending of the affected mappings stops.", drifted=drifted)
            )
        if view.connection.clock_ahead_s:
            notices.append(clock_words(view.connection))
        if view.jobs_paused:
            notices.append(tr("%n jobs are paused.", view.jobs_paused))
        self._notices.set_text("\n".join(notices))
        self._notices.setVisible(bool(notices))
        self._tell_sign_in()

    def _tell_sign_in(self) -> None:
        view, connection = self._view, self._view.connection
        plugin = view.plugin
        if plugin is None or plugin.manifest is None:
            reason = plugin.reason if plugin is not None else "plugin.unknown"
            facts = dict(plugin.facts) if plugin is not None else {}
            told = sentence_of(reason, {"plugin": connection.connector, "known": "–", **facts})
            self.state_banner.tell(
                tr("The plugin of this connection cannot be used: {why}", why=str(told)),
                tone="error",
                act=tr("Show plugins"),
                call=lambda: self.asked.emit("plugins", connection.connector),
                closes=False,
            )
        elif connection.sign_in is SignInState.NEEDED:
            waits = tr("%n jobs wait for it.", view.jobs_waiting) if view.jobs_waiting else ""
            self.state_banner.tell(
                tr("Sign-in needed. Reading and editing here go on, queued work stays. {waits}", waits=waits),
                tone="warning",
                act=tr("Sign in again"),
                call=lambda: self.sign_in.emit(view),
                closes=False,
            )
        elif view.jobs_waiting:
            self.state_banner.tell(
                tr("%n jobs stopped for want of a sign-in; it is there again.", view.jobs_waiting),
                tone="info",
                act=tr("Go on with them"),
                call=self._resume_all,
                closes=False,
            )
        else:
            self.state_banner.hide()

    def _ask_reserve(self) -> None:
        name = str(self._view.connection.id)
        self._desk.ask(
            self, lambda facade, _act: facade.guard_limits(name), done=self._show_reserve, failed=_pass
        )

    def _show_reserve(self, limits: tuple[LimitView, ...]) -> None:
        share = next((one.value for one in limits if one.name == "reserve"), None)
        self._reserve = tr("{share} % of the day's quota", share=f"{share:g}") if share else tr("nothing")
        self._show_facts()

    # what a person wants

    def _change(self, change: ConnectionChange) -> None:
        name = str(self._view.connection.id)
        self._do(lambda facade, act: facade.change_connection(name, change, act=act), "")

    def _ask_name(self) -> None:
        connection = self._view.connection
        TextDialog(
            tr("Rename the connection"),
            tr("What you call it here. The CRM is told nothing."),
            label=tr("Name"),
            act=tr("Rename"),
            call=lambda name: self._change(ConnectionChange(name=name)),
            start=connection.name,
            parent=self.window(),
        ).open()

    def _pause_all(self) -> None:
        name = str(self._view.connection.id)
        self._do(
            lambda facade, act: facade.pause_connection(name, act=act), tr("No new rows go to this org.")
        )

    def _resume_all(self) -> None:
        name = str(self._view.connection.id)
        self._do(lambda facade, act: facade.resume_connection(name, act=act), tr("The jobs go on."))

    def _ask_to_disconnect(self) -> None:
        connection = self._view.connection
        org = connection.org.name if connection.org is not None else connection.name
        asked = NameDialog(
            tr("Disconnect {name}?", name=connection.name),
            tr(
                "The sign-in goes from this computer and nothing is written to {org} any more. What was "
                "pulled, its mappings, history, jobs and audit stay. To sign in again later, connect "
                "it under the same name.",
                org=one_line(org),
            ),
            org,
            act=tr("Disconnect"),
            call=lambda: self._disconnect(org),
            kind="danger",
            parent=self.window(),
        )
        asked.open()

    def _disconnect(self, org: str) -> None:
        name = str(self._view.connection.id)
        self._do(
            lambda facade, act: facade.disconnect(name, confirm_org=org, act=act),
            tr("{name} is disconnected.", name=self._view.connection.name),
        )

    def _do(self, act: abc.Callable[..., object], words: str) -> None:
        self._desk.ask(
            self, act, done=lambda _answer: self.changed.emit(words), failed=self.banner.tell_error
        )

    def _run_test(self) -> None:
        self._test.gate(tr("The test is running."))
        name = str(self._view.connection.id)
        self._desk.ask(
            self,
            lambda facade, _act: facade.test_connection(name),
            done=self._show_test,
            failed=self._test_failed,
        )

    def _test_failed(self, error: WritebackError) -> None:
        self._test.gate("")
        self.banner.tell_error(error)

    def _show_test(self, test: ConnectionTest) -> None:
        self._test.gate("")
        clear(self._result)
        close = Button(tr("Close the test"), kind="quiet", picture="close", call=lambda: clear(self._result))
        self._result.addWidget(test_list(test))
        self._result.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        self.changed.emit("")


def _pass(_error: WritebackError) -> None:
    """The tab *Limits* tells what kept the limits from being read."""
