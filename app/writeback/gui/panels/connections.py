"""Connections: a card each, with health, safety and what hangs on it. Asks; never sends."""

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from writeback.errors import WritebackError
from writeback.gui.dialogs.connecting import ConnectDialog, Opener, open_in_browser
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.dialogs.telling import test_list
from writeback.gui.i18n import COLOUR_WORDS, SAFETY_WORDS, moment, number
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip, EnvironmentChip
from writeback.gui.widgets.layouts import PageHead, clear, column, line, row, scrolled
from writeback.gui.widgets.states import Banner, States
from writeback.gui.widgets.text import ElidedLabel, PlainLabel, one_line, tip
from writeback.model.connections import WORD_MOST, Connection, Environment, Safety, SignInState
from writeback.model.events import EventKind
from writeback.model.permissions import Right
from writeback.planning.guarding import needs_org_name
from writeback.runtime.facade import ConnectionChange, ConnectionTest
from writeback.runtime.plan_words import quota_title
from writeback.runtime.reading import Reading
from writeback.runtime.team import TeamView
from writeback.runtime.views import ConnectionView, PluginView

_REAL = frozenset({Environment.PRODUCTION, Environment.UNKNOWN})
"""What may be the org that people work in."""


class ConnectionsPanel(Panel):
    """All connections."""

    cares_about = frozenset(
        {EventKind.PERMISSIONS_CHANGED, EventKind.CONNECTION_CHANGED, EventKind.INTEGRATION_CHANGED}
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Connections"), parent=parent)
        self._add = Button(tr("Connect a CRM"), kind="primary", picture="plus", call=self.connect_crm)
        self._head = PageHead(
            tr("Connections"),
            self._add,
            explains=tr("One card per CRM org. What may be written is decided here, per org."),
        )
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        inside = QWidget()
        inside.setLayout(column(gap=4, margin=(0, 0, 2, 4)))
        layout = inside.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(self._cards)
            layout.addStretch(1)
        self.states = States(scrolled(inside))
        self.states.retry.connect(self.refresh)
        self.states.acted.connect(self.connect_crm)
        self.setLayout(column(self._head, self.states, gap=5, margin=(8, 7, 8, 2)))
        self._shown: tuple[ConnectionView, ...] | None = None
        self.lacks = ""
        """Why the person may not change how connections are written to; '' they may."""
        self._dialog: ConnectDialog | None = None
        self.opener: Opener = open_in_browser

    def first_focus(self) -> QWidget:
        return self._add

    def refresh(self) -> None:
        self.states.loading()

        def read(reads: Reading) -> tuple[tuple[ConnectionView, ...], TeamView]:
            return reads.connections(), reads.team()

        self.desk.read(self, read, done=self._show, failed=self.states.error)

    def do(self, what: str) -> bool:
        if what == "connect":
            self.connect_crm()
            return True
        return False

    def connect_crm(self) -> None:
        """Open the wizard."""
        self.desk.read(self, lambda reads: reads.connectors(), done=self._open_wizard, failed=self.complain)

    def _open_wizard(self, connectors: tuple[PluginView, ...]) -> None:
        self._dialog = ConnectDialog(self.desk, connectors, self.window(), opener=self.opener)
        self._dialog.connected.connect(self._connected)
        self._dialog.open()

    def _connected(self, connection: Connection) -> None:
        self.told.emit(
            tr("Connected to {org}.", org=connection.org.name if connection.org else connection.name)
        )
        self.refresh()

    def _show(self, found: tuple[tuple[ConnectionView, ...], TeamView]) -> None:
        views, team = found
        lacks = team.lacks(self.desk.author, Right.SET_WRITE_BACK)
        if lacks != self.lacks:
            self.lacks, self._shown = lacks, None
        if not views:
            self._shown = None
            clear(self._cards)
            self.states.empty(
                tr("No CRM is connected yet"),
                tr("A connection is a sign-in to one org. Reading it changes nothing there."),
                act=tr("Connect a CRM"),
                picture="connections",
            )
            return
        if views != self._shown:
            self._shown = views
            clear(self._cards)
            for view in views:
                self._cards.addWidget(ConnectionCard(self.desk, view, panel=self))
        missing = [view.connection.name for view in views if view.connection.sign_in is SignInState.NEEDED]
        if missing:
            names = ", ".join(missing)
            self.states.partial(
                tr(
                    "Sign-in needed: {names}. Reading and editing here go on, queued work waits.",
                    names=names,
                ),
                act=tr("Sign in again"),
                call=self.connect_crm,
            )
        else:
            self.states.ready()


class ConnectionCard(QFrame):
    """One connection: who answers, how healthy, how careful."""

    def __init__(self, desk: Desk, view: ConnectionView, *, panel: ConnectionsPanel) -> None:
        super().__init__()
        self.setProperty("box", "card")
        self._desk, self._view, self._panel = desk, view, panel
        connection, org = view.connection, view.connection.org
        self.setAccessibleName(f"{connection.name}, {view.title}, {connection.environment_word}")
        self.banner = Banner()
        is_ready = connection.sign_in is SignInState.READY
        sign_in = Chip(
            tr("signed in") if is_ready else tr("sign-in needed"),
            tone="ok" if is_ready else "refused",
            picture="check" if is_ready else "warning",
        )
        self._test = Button(tr("Test"), picture="check", call=self._run_test)
        again = Button(tr("Sign in again"), picture="key", call=panel.connect_crm)
        head = row(
            EnvironmentChip.of(connection), PlainLabel(connection.name, role="heading"), sign_in, None, gap=3
        )
        head.addWidget(again)
        head.addWidget(self._test)
        who = " · ".join(filter(None, (org.name, org.id, org.user))) if org else tr("Not signed in yet")
        kind = tr(" · simulator on this computer") if connection.is_simulator else ""
        way = (
            tr("browser sign-in")
            if connection.auth == "oauth"
            else tr("token file {token_file}", token_file=connection.token_file or "")
        )
        self._result = QVBoxLayout()
        body = column(gap=3, margin=(5, 4, 5, 5))
        body.addLayout(head)
        body.addWidget(ElidedLabel(f"{view.title}{kind} · {who}", role="muted"))
        body.addWidget(ElidedLabel(f"{way} · {connection.origin}", role="caption"))
        body.addWidget(line())
        body.addLayout(self._controls(connection))
        body.addWidget(line())
        body.addLayout(self._foot(view))
        body.addWidget(self.banner)
        body.addLayout(self._result)
        self.setLayout(body)

    def _controls(self, connection: Connection) -> QVBoxLayout:
        safety = QComboBox()
        safety.setAccessibleName(tr("Safety level"))
        for level, word in SAFETY_WORDS.items():
            safety.addItem(word, level.value)
        safety.setCurrentIndex(list(SAFETY_WORDS).index(connection.safety))
        safety.setMinimumWidth(190)
        safety.activated.connect(
            lambda _place: self._change(ConnectionChange(safety=Safety(str(safety.currentData()))))
        )
        at_once = QCheckBox(tr("Write on save"))
        at_once.setChecked(connection.write_on_save)
        tip(at_once, tr("A single edit of a record is sent as soon as it is saved."))
        at_once.clicked.connect(lambda on: self._switch_at_once(at_once, on=on))
        read_only = QCheckBox(tr("Read-only"))
        read_only.setChecked(connection.read_only)
        tip(read_only, tr("Nothing is written to this org, whoever asks."))
        read_only.clicked.connect(lambda on: self._change(ConnectionChange(read_only=on)))
        for control in (safety, at_once, read_only):
            if self._panel.lacks:
                control.setEnabled(False)
                tip(control, self._panel.lacks)
                control.setAccessibleDescription(one_line(self._panel.lacks))
        box = column(gap=2)
        box.addLayout(row(PlainLabel(tr("Before sending")), safety, 4, at_once, 3, read_only, None, gap=2))
        box.addLayout(self._looks(connection))
        return box

    def _switch_at_once(self, box: QCheckBox, *, on: bool) -> None:
        """Switch *write on save*; towards an org that may be the real one, its name is typed once."""
        connection = self._view.connection
        name = connection.org.name if connection.org is not None else connection.name
        change = ConnectionChange(write_on_save=on, confirm_org=name if on else "")
        if not on or not (connection.environment in _REAL or needs_org_name(connection)):
            self._change(change)
            return
        asked = NameDialog(
            tr("Write as soon as something is saved?"),
            tr(
                "Every single edit of a record then goes to {name} ({environment_word}) at "
                "once, without Review & send.",
                name=one_line(name),
                environment_word=one_line(connection.environment_word),
            ),
            name,
            act=tr("Switch it on"),
            call=lambda: self._change(change),
            parent=self.window(),
        )
        asked.rejected.connect(lambda: box.setChecked(False))
        asked.open()

    def _looks(self, connection: Connection) -> QHBoxLayout:
        """Give what people call this environment and its colour; the safety level does not follow them."""
        word = QLineEdit(connection.word)
        word.setAccessibleName(tr("Environment word"))
        word.setMaxLength(WORD_MOST)
        word.setMaximumWidth(190)
        word.setPlaceholderText(connection.environment.value)
        tip(word, tr("What you call this environment. Empty: as the org itself says."))
        word.editingFinished.connect(lambda: self._rename(word.text().strip()))
        colour = QComboBox()
        colour.setAccessibleName(tr("Environment colour"))
        for name, words in COLOUR_WORDS.items():
            colour.addItem(words, name)
        colour.setCurrentIndex(max(colour.findData(connection.colour), 0))
        colour.activated.connect(
            lambda _place: self._change(ConnectionChange(colour=str(colour.currentData())))
        )
        return row(PlainLabel(tr("Shown as")), word, colour, None, gap=2)

    def _rename(self, word: str) -> None:
        if word != self._view.connection.word:
            self._change(ConnectionChange(word=word))

    def _foot(self, view: ConnectionView) -> QVBoxLayout:
        box = column(gap=2)
        for usage in view.usage[:2]:
            share = round(100 * usage.used / usage.most) if usage.most else 0
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setValue(share)
            bar.setMaximumWidth(220)
            bar.setAccessibleName(f"{usage.kind}: {share} %")
            words = tr("{used} of {most} used", used=number(usage.used), most=number(usage.most))
            box.addLayout(
                row(PlainLabel(quota_title(usage.kind)), bar, PlainLabel(words, role="muted"), None, gap=3)
            )
        if view.wait_until is not None and view.wait_until > self._desk.now():
            until = moment(view.wait_until, now=self._desk.now())
            box.addWidget(
                PlainLabel(tr("The CRM asked everybody to wait until {until}.", until=until), tone="draft")
            )
        objects = [
            tr(
                "{object} → {entity} (%n fields, pulled {last_pull_at})",
                len(one.mappings),
                object=one.object,
                entity=one.entity,
                last_pull_at=moment(one.last_pull_at, now=self._desk.now()),
            )
            for one in view.integrations
        ]
        if view.drifted:
            told = tr(
                "Schema drifted: {drifted}. Sending of the affected mappings stops.",
                drifted=", ".join(view.drifted),
            )
            box.addWidget(PlainLabel(told, tone="draft"))
        words = " · ".join(objects) if objects else tr("No object is mapped yet")
        asked = self._panel.asked
        box.addLayout(
            row(
                PlainLabel(words, role="muted"),
                None,
                Button(tr("Jobs"), kind="quiet", picture="jobs", call=lambda: asked.emit("jobs", None)),
                Button(
                    tr("Objects & mapping"),
                    picture="mapping",
                    call=lambda: asked.emit("mapping", view.connection.id),
                ),
            )
        )
        return box

    def _change(self, change: ConnectionChange) -> None:
        name = str(self._view.connection.id)
        self._desk.ask(
            self,
            lambda facade, act: facade.change_connection(name, change, act=act),
            done=lambda _connection: self._panel.refresh(),
            failed=self.banner.tell_error,
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
        self._result.addWidget(test_list(test))
