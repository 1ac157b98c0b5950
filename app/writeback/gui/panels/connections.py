"""Connections: a card each, with health, safety and what hangs on it. Asks; never sends."""

from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from writeback.gui.dialogs.connecting import FORM, ConnectDialog, Opener, open_in_browser
from writeback.gui.panels.connection_card import ConnectionCard
from writeback.gui.panels.panel import Panel
from writeback.gui.tasks import Desk
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import PageHead, clear, column, scrolled
from writeback.gui.widgets.states import States
from writeback.model.connections import Connection, SignInState
from writeback.model.events import EventKind
from writeback.model.permissions import Right
from writeback.model.types import ConnectionId
from writeback.runtime.reading import Reading
from writeback.runtime.team import TeamView
from writeback.runtime.views import ConnectionView, PluginView


class ConnectionsPanel(Panel):
    """All connections."""

    cares_about = frozenset(
        {
            EventKind.PERMISSIONS_CHANGED,
            EventKind.CONNECTION_CHANGED,
            EventKind.INTEGRATION_CHANGED,
            EventKind.PLUGINS_CHANGED,
            EventKind.RECORDS_PULLED,
            EventKind.SCHEDULE_CHANGED,
            EventKind.JOB_CHANGED,
        }
    )

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, name=tr("Connections"), parent=parent)
        self._add = Button(tr("Connect a CRM"), picture="plus", call=self.connect_crm)
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
        self.setLayout(column(self._head, self.states, gap=5, margin=(8, 5, 8, 2)))
        self._by_id: dict[ConnectionId, ConnectionCard] = {}
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
        """Open the wizard, where it was left."""
        self._ask_wizard(None)

    def sign_in_again(self, view: ConnectionView) -> None:
        """Open the wizard for a connection that is there."""
        self._ask_wizard(view.connection)

    def _ask_wizard(self, again: Connection | None) -> None:
        self.desk.read(
            self,
            lambda reads: (reads.connectors(), reads.form_draft(FORM)),
            done=lambda found: self._open_wizard(*found, again=again),
            failed=self.complain,
        )

    def _open_wizard(
        self, connectors: tuple[PluginView, ...], draft: dict[str, str], *, again: Connection | None
    ) -> None:
        self._dialog = ConnectDialog(
            self.desk, connectors, self.window(), opener=self.opener, draft=draft, again=again
        )
        self._dialog.connected.connect(self._connected)
        self._dialog.map_asked.connect(lambda made: self.asked.emit("mapping", made.id))
        self._dialog.open()

    def _connected(self, connection: Connection) -> None:
        self.told.emit(
            tr("Connected to {org}.", org=connection.org.name if connection.org else connection.name)
        )
        self.refresh()

    def _show(self, found: tuple[tuple[ConnectionView, ...], TeamView]) -> None:
        views, team = found
        self.lacks = team.lacks(self.desk.author, Right.SET_WRITE_BACK)
        if not views:
            self._by_id = {}
            clear(self._cards)
            self.states.empty(
                tr("No CRM is connected yet"),
                tr("A connection is a sign-in to one org. Reading it changes nothing there."),
                act=tr("Connect a CRM"),
                picture="connections",
            )
            return
        self._show_cards(views)
        missing = [view.connection for view in views if view.connection.sign_in is SignInState.NEEDED]
        if missing:
            names = ", ".join(one.name for one in missing)
            self.states.partial(
                tr(
                    "Sign-in needed: {names}. Reading and editing here go on, queued work waits.",
                    names=names,
                ),
                act=tr("Sign in again"),
                call=lambda: self._ask_wizard(missing[0]),
            )
        else:
            self.states.ready()

    def _show_cards(self, views: tuple[ConnectionView, ...]) -> None:
        """Bring the cards up to date; one that is there stays, with its tab and what is typed in it."""
        if [view.connection.id for view in views] != list(self._by_id):
            for card in self._by_id.values():
                card.hide()
                card.deleteLater()
            clear(self._cards)
            self._by_id = {view.connection.id: self._made(view) for view in views}
            for card in self._by_id.values():
                card.fold(is_folded=len(views) > 1)
        for view in views:
            self._by_id[view.connection.id].show_view(view, lacks=self.lacks)

    def _made(self, view: ConnectionView) -> ConnectionCard:
        card = ConnectionCard(self.desk, view, lacks=self.lacks)
        card.sign_in.connect(self.sign_in_again)
        card.asked.connect(self.asked)
        card.changed.connect(self._changed)
        self._cards.addWidget(card)
        return card

    def _changed(self, words: str) -> None:
        if words:
            self.told.emit(words)
        self.refresh()
