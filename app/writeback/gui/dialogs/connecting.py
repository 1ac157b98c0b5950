"""The sign-in wizard: product → way of signing in → details → browser or token → test.

Drawn from the connector's manifest, so that every connector has one. It keeps no secret: a token is
named by its file, a browser sign-in goes from the browser to `serve`, and a client secret that a
person types goes to `serve` once and is forgotten here. What else was typed survives going back and
forth.
"""

from collections import abc
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from writeback.errors import WritebackError
from writeback.gui.dialogs.telling import test_list, time_left
from writeback.gui.tasks import Desk
from writeback.gui.translating import mark, tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import EnvironmentChip, Picture
from writeback.gui.widgets.editors import Choice, Line
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.states import Banner
from writeback.gui.widgets.text import PlainLabel, mnemonic_free
from writeback.model.attributes import Option
from writeback.model.connections import Connection
from writeback.model.types import AttributeType
from writeback.runtime.facade import ConnectionTest, ConnectionWish, SignInStarted
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import PluginView
from writeback.sdk.manifest import Auth, AuthMethod

SIMULATOR = "simulator"
BY_FILE = {
    SIMULATOR: ("token_file", mark("Token file")),
    AuthMethod.TOKEN_FILE.value: ("token_file", mark("Token file")),
    AuthMethod.CREDENTIALS_FILE.value: ("credentials_file", mark("Credentials file")),
}
"""Ways that name a file: its field and its title."""
BY_PERSON = (AuthMethod.OAUTH.value, AuthMethod.DEVICE_CODE.value)
"""Ways that wait for a person elsewhere."""
BROWSER_WORDS = mark("Sign in there and allow access. The answer comes back to this computer by itself.")
CODE_WORDS = mark(
    "Type this code on the page that opened, on this or any other device, and sign in there. "
    "Check the page's address first; nobody else should be asking you for this code."
)
STEPS = (mark("Product"), mark("Way"), mark("Details"), mark("Sign-in"), mark("Test"))


Opener = abc.Callable[[str], object]
"""What shows an address to a person."""


def open_in_browser(address: str) -> None:
    """Open an address in the system's browser."""
    QDesktopServices.openUrl(QUrl(address))


class ConnectDialog(QDialog):
    """Makes one connection.

    Signals:
        connected: A connection was made and tested; carries it.
    """

    connected = Signal(object)

    def __init__(
        self,
        desk: Desk,
        connectors: abc.Sequence[PluginView],
        parent: QWidget | None = None,
        *,
        opener: Opener = open_in_browser,
    ) -> None:
        super().__init__(parent)
        self._opener = opener
        self._desk = desk
        self._usable = [one for one in connectors if one.manifest is not None]
        self._broken = [one for one in connectors if one.manifest is None]
        self._connector: PluginView | None = self._usable[0] if self._usable else None
        self._way = ""
        self._fields: dict[str, Line | Choice] = {}
        self._secrets: dict[str, QLineEdit] = {}
        self._typed: dict[str, str] = {}
        self._started: SignInStarted | None = None
        self.setWindowTitle(tr("Connect a CRM"))
        self.setMinimumSize(640, 560)
        self._trail = PlainLabel(role="caption")
        self._title = PlainLabel(role="title")
        self._banner = Banner()
        self._pages = QStackedWidget()
        self._bodies = [QVBoxLayout() for _ in STEPS]
        for body in self._bodies:
            body.setSpacing(12)
            self._pages.addWidget(boxed(body))
        self._back = Button(tr("Back"), picture="arrow-left", call=self._go_back)
        self._cancel = Button(tr("Cancel"), call=self.reject)
        self._next = Button(tr("Go on"), kind="primary", call=self._go_on)
        page = column(self._trail, self._title, self._banner, gap=2, margin=6)
        page.addWidget(self._pages, 1)
        page.addLayout(row(self._back, None, self._cancel, self._next))
        self.setLayout(page)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tell_time_left)
        self._waiting = PlainLabel(role="muted")
        self._code, self._code_words = PlainLabel(role="title"), PlainLabel(role="muted", wraps=True)
        self._paste_box = QWidget()
        self._pasted = QLineEdit()
        self._build_product()
        self._show(0)

    # the steps

    def _build_product(self) -> None:
        body = self._bodies[0]
        self._products = QButtonGroup(self)
        for place, connector in enumerate(self._usable):
            choice = QRadioButton(mnemonic_free(connector.title))
            choice.setChecked(place == 0)
            self._products.addButton(choice, place)
            body.addWidget(choice)
            if connector.manifest is not None and connector.manifest.description:
                body.addWidget(PlainLabel(connector.manifest.description, role="muted", wraps=True))
        for connector in self._broken:
            told = sentence_of(connector.reason, dict(connector.facts))
            body.addWidget(
                PlainLabel(f"{connector.title}: {told.happened} {told.advice}", tone="refused", wraps=True)
            )
        if not self._usable:
            body.addWidget(PlainLabel(tr("No connector is installed."), role="strong"))
        body.addStretch(1)

    def _build_ways(self) -> None:
        body = self._bodies[1]
        clear(body)
        self._ways = QButtonGroup(self)
        ways: list[tuple[str, str, str]] = [
            (auth.method.value, auth.title, auth.description) for auth in self._auths()
        ]
        ways.append(
            (
                SIMULATOR,
                tr("Simulator on this computer"),
                (
                    tr(
                        "A running `writeback simulator serve`: its address and its token file. "
                        "Only addresses on this computer are taken."
                    )
                ),
            )
        )
        for place, (way, title, words) in enumerate(ways):
            choice = QRadioButton(mnemonic_free(title))
            choice.setProperty("way", way)
            choice.setChecked(way == self._way or (not self._way and place == 0))
            self._ways.addButton(choice, place)
            body.addWidget(choice)
            body.addWidget(PlainLabel(words, role="muted", wraps=True))
        body.addStretch(1)

    def _build_details(self) -> None:
        body = self._bodies[2]
        clear(body)
        self._fields, self._secrets = {}, {}
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        title = self._connector.title if self._connector else ""
        self._field(form, "name", tr("Name of the connection"), default=title, hint=tr("Acme"))
        auth = self._auth()
        if auth is not None:
            self._ask(form, auth)
        self._ask_where(form)
        holder = QWidget()
        holder.setLayout(form)
        body.addWidget(holder)
        if auth is not None and self._way in BY_PERSON:
            self._explain_own_app(body, auth)
        elif auth is not None and auth.description:
            body.addWidget(PlainLabel(auth.description, role="muted", wraps=True))
        if self._way in BY_FILE:
            body.addWidget(
                PlainLabel(
                    tr("Writeback keeps the path of the file, never its content."), role="caption", wraps=True
                )
            )
        body.addStretch(1)

    def _ask(self, form: QFormLayout, auth: Auth) -> None:
        """Add the connector's own questions, secrets last."""
        for name, field in auth.form.properties.items():
            default = "" if field.default is None else str(field.default)
            if field.enum:
                self._choice(form, f"form.{name}", field.title, options=field.enum, default=default)
                continue
            hint = field.examples[0] if field.examples else ""
            self._field(form, f"form.{name}", field.title, default=default, hint=hint)
        for name, field in auth.secrets.items():
            self._secret(form, name, field.title)

    def _ask_where(self, form: QFormLayout) -> None:
        """Add the address of a simulator, and the file that the way names."""
        if self._way == SIMULATOR:
            self._field(form, "endpoint", tr("Address"), hint="http://127.0.0.1:8080")
        elif "origin" not in self._asked():
            self._field(form, "endpoint", tr("Simulator (optional)"), hint="http://127.0.0.1:8080")
        if self._way in BY_FILE:
            name, title = BY_FILE[self._way]
            self._field(form, name, tr(title), hint=f"/path/to/{name.removesuffix('_file')}")
            form.addRow("", Button(tr("Choose file…"), picture="folder", call=self._pick_file))

    def _explain_own_app(self, body: QVBoxLayout, auth: Auth) -> None:
        box = column(PlainLabel(tr("Your own app in the CRM"), role="strong"), gap=2, margin=4)
        hints = [
            f"{number}. {field.title}: {field.description}"
            for number, field in enumerate(auth.form.properties.values(), start=1)
            if field.description
        ]
        for words in (auth.description, *hints):
            if words:
                box.addWidget(PlainLabel(words, role="muted", wraps=True))
        body.addWidget(boxed(box, box="well"))

    def _build_browser(self) -> None:
        body = self._bodies[3]
        clear(body)
        self._waiting = PlainLabel(tr("Starting…"), role="strong")
        self._pasted = QLineEdit()
        self._pasted.setPlaceholderText(tr("Paste the address that the browser ended on"))
        self._pasted.setAccessibleName(tr("Answer address"))
        take = Button(tr("Use the pasted address"), call=lambda: self._finish(self._pasted.text()))
        self._code = PlainLabel(role="title")
        self._code.setAccessibleName(tr("Code to type"))
        self._code.hide()
        self._code_words = PlainLabel(tr(BROWSER_WORDS), role="muted", wraps=True)
        body.addLayout(row(Picture("browser", tint="accent"), self._waiting, None))
        body.addWidget(self._code)
        body.addWidget(self._code_words)
        body.addLayout(
            row(
                Button(tr("Open again"), picture="browser", call=self._open_browser),
                Button(tr("Copy address"), picture="copy", call=self._copy_address),
                None,
            )
        )
        paste = column(PlainLabel(tr("If the browser runs on another computer"), role="strong"), gap=2)
        paste.addLayout(row(self._pasted, take))
        self._paste_box = boxed(paste)
        body.addWidget(self._paste_box)
        body.addStretch(1)

    # walking

    def _show(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        self._title.set_text(
            (
                tr("Which CRM?"),
                tr("How to sign in"),
                tr("Details"),
                tr("Waiting for your browser"),
                tr("Connected"),
            )[step]
        )
        marks = [f"{'●' if at == step else '○'} {tr(name)}" for at, name in enumerate(STEPS)]
        self._trail.set_text("   ".join(marks))
        self._back.setVisible(0 < step < 4)
        self._next.setVisible(step != 3)
        self._cancel.setVisible(step != 4)
        self._next.say(
            tr("Done") if step == 4 else tr("Connect") if step == 2 and self._way in BY_FILE else tr("Go on")
        )
        self._next.gate("" if self._usable or step else tr("No connector is installed."))
        self._next.setDefault(True)
        if step == 2 and self._fields:
            next(iter(self._fields.values())).setFocus()

    def _go_back(self) -> None:
        self._keep()
        self._clock.stop()
        self._banner.hide()
        step = self._pages.currentIndex()
        self._show(2 if step == 3 else step - 1)

    def _go_on(self) -> None:
        self._keep()
        self._banner.hide()
        match self._pages.currentIndex():
            case 0:
                self._connector = self._usable[max(self._products.checkedId(), 0)]
                self._build_ways()
                self._show(1)
            case 1:
                chosen = self._ways.checkedButton()
                self._way = str(chosen.property("way")) if chosen is not None else ""
                self._build_details()
                self._show(2)
            case 2:
                self._begin()
            case _:
                self.accept()

    def _begin(self) -> None:
        wish = self._wish()
        if not wish.name:
            self._banner.tell(tr("The connection needs a name."), tone="warning")
            return
        self._next.gate(tr("Signing in…"))
        if self._way in BY_PERSON:
            self._build_browser()
            self._show(3)
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
        self._started = started
        self._forget_secrets()
        self._code.set_text(started.code)
        self._code.setVisible(bool(started.code))
        self._code_words.set_text(tr(CODE_WORDS) if started.code else tr(BROWSER_WORDS))
        self._paste_box.setVisible(not started.code)
        self._clock.start()
        self._tell_time_left()
        self._open_browser()
        self._finish("")

    def _finish(self, pasted: str) -> None:
        started = self._started
        if started is None:
            return
        self._desk.ask(
            self,
            lambda facade, act: facade.finish_sign_in(started.attempt, pasted=pasted, act=act),
            done=self._test,
            failed=self._failed,
        )

    def _test(self, connection: Connection) -> None:
        self._clock.stop()
        self.connected.emit(connection)
        body = self._bodies[4]
        clear(body)
        if connection.org is not None:
            body.addLayout(
                row(
                    EnvironmentChip.of(connection),
                    PlainLabel(connection.org.name, role="heading"),
                    None,
                )
            )
            body.addWidget(
                PlainLabel(" · ".join(filter(None, (connection.org.id, connection.org.user))), role="muted")
            )
        body.addWidget(PlainLabel(tr("Testing…"), role="muted"))
        body.addStretch(1)
        self._show(4)
        self._desk.ask(
            self,
            lambda facade, _act: facade.test_connection(str(connection.id)),
            done=self._show_test,
            failed=self._failed,
        )

    def _show_test(self, test: ConnectionTest) -> None:
        body = self._bodies[4]
        while body.count() > 2:
            item = body.takeAt(2)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        body.addWidget(test_list(test))
        body.addStretch(1)

    def _failed(self, error: WritebackError) -> None:
        self._clock.stop()
        if self._pages.currentIndex() == 3:
            self._show(2)
        self._next.gate("")
        self._banner.tell_error(error)

    # pieces

    def _auths(self) -> tuple[Auth, ...]:
        manifest = self._connector.manifest if self._connector else None
        return manifest.auth if manifest is not None else ()

    def _auth(self) -> Auth | None:
        return next((auth for auth in self._auths() if auth.method.value == self._way), None)

    def _field(self, form: QFormLayout, name: str, title: str, *, default: str = "", hint: str = "") -> None:
        field = Line(AttributeType.TEXT)
        field.setText(self._typed.get(name, default))
        field.setPlaceholderText(hint)
        field.setAccessibleName(title)
        self._fields[name] = field
        form.addRow(PlainLabel(title), field)

    def _choice(
        self, form: QFormLayout, name: str, title: str, *, options: tuple[str, ...], default: str
    ) -> None:
        field = Choice([Option(one, _option_words(one)) for one in options], clears=False)
        field.setAccessibleName(title)
        field.show_value(self._typed.get(name, default))
        self._fields[name] = field
        form.addRow(PlainLabel(title), field)

    def _secret(self, form: QFormLayout, name: str, title: str) -> None:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(title)
        self._secrets[name] = field
        form.addRow(PlainLabel(title), field)

    def _forget_secrets(self) -> None:
        for field in self._secrets.values():
            field.clear()

    def _asked(self) -> abc.Collection[str]:
        auth = self._auth()
        return auth.form.properties if auth is not None else ()

    def _keep(self) -> None:
        self._typed.update({name: field.text_value() or "" for name, field in self._fields.items()})

    def _wish(self) -> ConnectionWish:
        typed = {name: text.strip() for name, text in self._typed.items() if name in self._fields}
        return ConnectionWish(
            name=typed.get("name", ""),
            connector=self._connector.id if self._connector else "",
            endpoint=typed.get("endpoint", ""),
            token_file=typed.get("token_file") or None,
            credentials_file=typed.get("credentials_file") or None,
            form=tuple((name[5:], text) for name, text in typed.items() if name.startswith("form.") and text),
            method=self._way if self._way in BY_PERSON else AuthMethod.OAUTH.value,
            secrets=tuple((name, field.text()) for name, field in self._secrets.items() if field.text()),
        )

    def _pick_file(self) -> None:
        name, title = BY_FILE[self._way]
        chosen, _ = QFileDialog.getOpenFileName(self, tr(title), str(Path.home()))
        if chosen:
            self._fields[name].show_value(chosen)

    def _open_browser(self) -> None:
        if self._started is not None:
            address = self._started.url
            if QUrl(address).scheme() in ("https", "http"):
                self._opener(address)

    def _copy_address(self) -> None:
        if self._started is not None:
            QGuiApplication.clipboard().setText(self._started.url)

    def _tell_time_left(self) -> None:
        if self._started is not None:
            left = time_left(self._started.until, now=self._desk.now())
            self._waiting.set_text(tr("Waiting for your browser… {left} left", left=left))

    def done(self, result: int) -> None:
        self._clock.stop()
        super().done(result)


def _option_words(option: str) -> str:
    """Give what people read of a manifest's choice: words of it, but a name or a code as it is."""
    is_word = option.replace("_", "").isalpha() and len(option) > 3
    return option.replace("_", " ").capitalize() if is_word else option
