"""The sign-in wizard: product → way of signing in → details → browser or token → test.

Drawn from the connector's manifest, so that every connector has one. It keeps no secret: a token is
named by its file, a browser sign-in goes from the browser to `serve`, and a secret that a person types
goes to `serve` once and is forgotten here. What else was typed survives going back and forth, and a
restart: each step keeps it in the workspace.
"""

from collections import abc

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from writeback.errors import WritebackError
from writeback.gui.dialogs.connecting_pages import (
    BY_FILE,
    BY_PERSON,
    BrowserPage,
    DetailsPage,
    ProductPage,
    TestPage,
    WayPage,
    auth_of,
)
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.layouts import column, give_room, row, scrolled
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel
from writeback.model.connections import Connection
from writeback.runtime.facade import ConnectionTest, ConnectionWish, SignInStarted
from writeback.runtime.views import PluginView
from writeback.sdk.manifest import AuthMethod

STEPS = (mark("Product"), mark("Way"), mark("Details"), mark("Sign-in"), mark("Test"))
PRODUCT, WAY, DETAILS, BROWSER, TEST = range(5)
FORM = "connect"
"""The name under which what was typed is kept."""
Opener = abc.Callable[[str], object]
"""What shows an address to a person."""


def open_in_browser(address: str) -> None:
    """Open an address in the system's browser."""
    QDesktopServices.openUrl(QUrl(address))


class ConnectDialog(QDialog):
    """Makes one connection, or signs in to one again.

    Signals:
        connected: A connection was made; carries it.
        map_asked: The person wants to map its objects next; carries the connection.
    """

    connected = Signal(object)
    map_asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        connectors: abc.Sequence[PluginView],
        parent: QWidget | None = None,
        *,
        opener: Opener = open_in_browser,
        draft: abc.Mapping[str, str] | None = None,
        again: Connection | None = None,
    ) -> None:
        super().__init__(parent)
        self._opener, self._desk, self._again = opener, desk, again
        self._usable = [one for one in connectors if one.manifest is not None]
        broken = [one for one in connectors if one.manifest is None]
        self._connector: PluginView | None = self._usable[0] if self._usable else None
        self._way = ""
        self._typed: dict[str, str] = {}
        self._started: SignInStarted | None = None
        self._made: Connection | None = None
        self.setWindowTitle(tr("Connect a CRM"))
        self.setMinimumSize(640, 480)
        give_room(self, 760, 680)
        self.product, self.ways, self.details = ProductPage(self._usable, broken), WayPage(), DetailsPage()
        self.browser, self.test = BrowserPage(), TestPage()
        self.browser.open_again.connect(self._open_browser)
        self.browser.pasted.connect(self._paste)
        self._build_frame()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(lambda: self.browser.tell_time(desk.now()))
        self._show(PRODUCT)
        if again is not None:
            self._sign_in_again(again)
        elif draft:
            self._take_up(draft)

    def _build_frame(self) -> None:
        self._trail = PlainLabel(role="caption")
        self._title = PlainLabel(role="title")
        self._banner = Banner()
        self._pages = QStackedWidget()
        pages: tuple[QWidget, ...] = (self.product, self.ways, self.details, self.browser, self.test)
        for one in pages:
            self._pages.addWidget(scrolled(one))
        self._back = Button(tr("Back"), picture="arrow-left", call=self._go_back)
        self._over = Button(tr("Start over"), kind="quiet", call=self._start_over)
        self._cancel = Button(tr("Cancel"), call=self.reject)
        self._map = Button(tr("Map its objects"), picture="mapping", call=self._ask_to_map)
        self._next = Button(tr("Go on"), kind="primary", call=self._go_on)
        page = column(self._trail, self._title, self._banner, gap=2, margin=6)
        page.addWidget(self._pages, 1)
        page.addLayout(row(self._back, self._over, None, self._cancel, self._map, self._next))
        self.setLayout(page)

    # walking

    @property
    def step(self) -> int:
        """The step in front."""
        return self._pages.currentIndex()

    def _show(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        titles = (
            tr("Which CRM?"),
            tr("How to sign in"),
            tr("Details"),
            tr("Waiting for your browser"),
            tr("Connected"),
        )
        self._title.set_text(titles[step])
        signs = ("✓" if at < step else "●" if at == step else "○" for at in range(len(STEPS)))
        marks = [f"{sign} {tr(name)}" for sign, name in zip(signs, STEPS, strict=True)]
        self._trail.set_text("   ".join(marks))
        self._trail.setAccessibleName(
            tr("Step {step} of {steps}: {title}", step=step + 1, steps=len(STEPS), title=titles[step])
        )
        self._back.setVisible(0 < step < TEST and not (step == WAY and self._again is not None))
        self._over.setVisible(0 < step < BROWSER and self._again is None)
        self._next.setVisible(step != BROWSER)
        self._cancel.setVisible(step != TEST)
        self._map.setVisible(step == TEST and self._again is None)
        at_once = step == DETAILS and self._way not in BY_PERSON
        self._next.say(tr("Done") if step == TEST else tr("Connect") if at_once else tr("Go on"))
        self._next.gate("" if self._usable or step else tr("No connector is installed."))
        self._next.setDefault(True)
        if step == TEST:
            self._next.setFocus()
        if step == DETAILS:
            fields = [one for one in self.details.form.fields.values() if one.isEnabled()]
            next(iter(fields or self.details.form.secrets.values())).setFocus()

    def _go_back(self) -> None:
        self._take_typed()
        if self.step == BROWSER:
            self._cancel_sign_in()
        self._banner.hide()
        self._show(DETAILS if self.step == BROWSER else self.step - 1)
        self._keep()

    def _go_on(self) -> None:
        self._take_typed()
        self._banner.hide()
        match self.step:
            case 0:
                self._connector = self._usable[max(self.product.buttons.checkedId(), 0)]
                if self._typed.get("name") in {one.title for one in self._usable}:
                    del self._typed["name"]  # nobody named it: it goes by its product
                self._show_ways()
            case 1:
                self._way = self.ways.way
                self._show_details()
            case 2:
                self._begin()
                return
            case _:
                self.accept()
                return
        self._keep()

    def _show_ways(self) -> None:
        manifest = self._connector.manifest if self._connector is not None else None
        self.ways.show_ways(manifest.auth if manifest is not None else (), self._way)
        self._show(WAY)

    def _show_details(self) -> None:
        if self._connector is not None:
            is_again = self._again is not None
            self.details.show_questions(self._connector, self._way, self._typed, is_again=is_again)
        self._show(DETAILS)

    def _take_up(self, draft: abc.Mapping[str, str]) -> None:
        """Go on where the wizard was left; a connector or a way that is gone is asked for again."""
        found = [at for at, one in enumerate(self._usable) if one.id == draft.get("connector")]
        if not found:
            return
        self._typed = {name: text for name, text in draft.items() if name not in ("connector", "way", "step")}
        self._connector = self._usable[found[0]]
        self.product.choose(found[0])
        self._way = draft.get("way", "")
        is_known = self._way in BY_FILE or auth_of(self._connector, self._way) is not None
        if draft.get("step") == str(DETAILS) and is_known:
            self._show_details()
        elif draft.get("step") in (str(WAY), str(DETAILS)):
            self._show_ways()
        self._banner.tell(tr("What you typed earlier is here again. Secrets were not kept."))

    def _sign_in_again(self, connection: Connection) -> None:
        """Begin at the choice of a way, with what is known of the connection."""
        self.setWindowTitle(tr("Sign in again"))
        found = [one for one in self._usable if one.id == connection.connector]
        if not found:
            self._next.gate(tr("The plugin of this connection cannot be used."))
            return
        self._connector = found[0]
        self._typed = {f"form.{name}": text for name, text in connection.options}
        self._typed["name"] = connection.name
        self._typed["form.origin"] = connection.origin
        if connection.is_simulator:
            self._typed["endpoint"] = connection.origin
        if connection.token_file:
            self._typed[connection.auth] = connection.token_file
            self._way = connection.auth
        self._show_ways()

    def _start_over(self) -> None:
        self._typed, self._way = {}, ""
        self._banner.hide()
        self._show(PRODUCT)
        self._forget()

    # keeping

    def _take_typed(self) -> None:
        if self.step == DETAILS:
            self._typed.update(self.details.form.answers())

    def _keep(self) -> None:
        """Keep in the workspace what was typed, so that it outlives a restart; no secret is among it."""
        if self._again is not None or self.step not in (PRODUCT, WAY, DETAILS) or self._connector is None:
            return
        if self.step == PRODUCT and not self._typed:
            return
        kept = {**self._typed, "connector": self._connector.id, "way": self._way, "step": str(self.step)}
        self._put_draft(tuple(sorted(kept.items())))

    def _forget(self) -> None:
        self._put_draft(())

    def _put_draft(self, answers: tuple[tuple[str, str], ...]) -> None:
        self._desk.ask(
            self._desk.tasks,
            lambda facade, _act: facade.keep_form(FORM, answers),
            done=lambda _none: None,
        )

    # signing in

    def _begin(self) -> None:
        if not self.details.form.check():
            return
        self._keep()
        wish = self._wish()
        self._next.gate(tr("Signing in…"))
        if self._way in BY_PERSON:
            self.browser.begin()
            self._show(BROWSER)
            self._desk.ask(
                self,
                lambda facade, act: facade.begin_sign_in(wish, act=act),
                done=self._wait_for_browser,
                failed=self._failed,
            )
            return
        self._desk.ask(
            self, lambda facade, act: facade.connect(wish, act=act), done=self._test, failed=self._failed
        )

    def _wait_for_browser(self, started: SignInStarted) -> None:
        if self.step != BROWSER:  # they went back meanwhile
            self._started = started
            self._cancel_sign_in()
            return
        self._started = started
        self.details.form.forget_secrets()
        self.browser.show_started(started, now=self._desk.now())
        self._clock.start()
        self._open_browser()
        self._desk.ask(
            self,
            lambda facade, act: facade.finish_sign_in(started.attempt, act=act),
            done=self._test,
            failed=lambda error: self._ended(started, error),
        )

    def _paste(self, address: str) -> None:
        started = self._started
        if started is not None:
            self._desk.ask(
                self,
                lambda facade, _act: facade.paste_sign_in(started.attempt, address),
                done=lambda _none: None,
                failed=self._banner.tell_error,
            )

    def _cancel_sign_in(self) -> None:
        """Stop waiting: the port is free for the next try."""
        self._clock.stop()
        started, self._started = self._started, None
        if started is not None:
            self._desk.ask(
                self._desk.tasks,
                lambda facade, _act: facade.cancel_sign_in(started.attempt),
                done=lambda _none: None,
            )

    def _ended(self, started: SignInStarted, error: WritebackError) -> None:
        if self._started is started:  # else it was cancelled here, and another one may be under way
            self._started = None
            self._failed(error)

    def _test(self, connection: Connection) -> None:
        self._clock.stop()
        self._started, self._made = None, connection
        self.details.form.forget_secrets()
        self._forget()
        self.connected.emit(connection)
        self.test.show_connection(connection)
        self._show(TEST)
        self._desk.ask(
            self,
            lambda facade, _act: facade.test_connection(str(connection.id)),
            done=lambda test: self._show_test(connection, test),
            failed=self._failed,
        )

    def _show_test(self, connection: Connection, test: ConnectionTest) -> None:
        self.test.show_test(connection, test)

    def _ask_to_map(self) -> None:
        made = self._made
        self.accept()
        self.map_asked.emit(made)

    def _failed(self, error: WritebackError) -> None:
        self._clock.stop()
        if self.step == BROWSER:
            self._show(DETAILS)
        self._next.gate("")
        self._banner.tell_error(error)

    def _wish(self) -> ConnectionWish:
        typed = {name: self._typed.get(name, "") for name in self.details.form.fields}
        by_person_or_typed = (*BY_PERSON, AuthMethod.TYPED.value)
        return ConnectionWish(
            name=typed.get("name", ""),
            connector=self._connector.id if self._connector else "",
            endpoint=typed.get("endpoint", ""),
            token_file=typed.get("token_file") or None,
            credentials_file=typed.get("credentials_file") or None,
            form=tuple((name[5:], text) for name, text in typed.items() if name.startswith("form.") and text),
            method=self._way if self._way in by_person_or_typed else AuthMethod.OAUTH.value,
            secrets=tuple(self.details.form.secret_answers().items()),
        )

    def _open_browser(self) -> None:
        if self._started is not None and QUrl(self._started.url).scheme() in ("https", "http"):
            self._opener(self._started.url)

    def done(self, result: int) -> None:
        self._clock.stop()
        if self.step == BROWSER:
            self._cancel_sign_in()
        self._take_typed()
        self._keep()
        super().done(result)
