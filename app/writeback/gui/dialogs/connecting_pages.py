"""The five pages of the sign-in wizard, drawn from manifests. They show and are asked; the wizard walks."""

from collections import abc
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from writeback.gui.dialogs.connecting_guide import GuideBox
from writeback.gui.dialogs.telling import test_list, time_left
from writeback.gui.theming.current import sized
from writeback.gui.translating import tr
from writeback.gui.widgets.buttons import Button
from writeback.gui.widgets.chips import Chip, EnvironmentChip, Picture
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.layouts import boxed, clear, column, row
from writeback.gui.widgets.plugin_icons import PluginIcon
from writeback.gui.widgets.schema_forms import SchemaForm
from writeback.gui.widgets.text import PlainLabel, gate, mnemonic_free
from writeback.model.connections import Connection
from writeback.runtime.facade import ConnectionTest, SignInStarted
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import PluginView
from writeback.sdk.manifest import Auth, AuthMethod, FormField

SIMULATOR = "simulator"
BY_FILE: dict[str, str] = {
    SIMULATOR: "token_file",
    AuthMethod.TOKEN_FILE.value: "token_file",
    AuthMethod.CREDENTIALS_FILE.value: "credentials_file",
}
"""Ways that name a file, and which of the wish it is."""
BY_PERSON = (AuthMethod.OAUTH.value, AuthMethod.DEVICE_CODE.value)
"""Ways that wait for a person elsewhere."""

BESIDE_DOT, WITH_ICON = 28, 60
"""Where the title of a choice begins: behind its dot, or behind an icon and its dot."""


def auth_of(connector: PluginView | None, way: str) -> Auth | None:
    """Give the way of signing in, as the manifest tells it; the simulator's is nobody's."""
    manifest = connector.manifest if connector is not None else None
    auths = manifest.auth if manifest is not None else ()
    return next((auth for auth in auths if auth.method.value == way), None)


class ProductPage(QWidget):
    """Which CRM: every connector that may run, and why the others may not."""

    def __init__(self, usable: abc.Sequence[PluginView], broken: abc.Sequence[PluginView]) -> None:
        super().__init__()
        self.buttons = QButtonGroup(self)
        body = column(gap=2)
        for place, connector in enumerate(usable):
            choice = QRadioButton(mnemonic_free(connector.title))
            choice.setChecked(place == 0)
            self.buttons.addButton(choice, place)
            body.addLayout(row(PluginIcon(connector.icon, size=24), choice, None, gap=2))
            if connector.manifest is not None and connector.manifest.description:
                body.addWidget(_beneath(tr(connector.manifest.description), WITH_ICON))
            body.addSpacing(8)
        for connector in broken:
            told = sentence_of(connector.reason, {"plugin": connector.title, **dict(connector.facts)})
            body.addWidget(
                PlainLabel(f"{connector.title}: {told.happened} {told.advice}", tone="refused", wraps=True)
            )
        if not usable:
            body.addWidget(PlainLabel(tr("No connector is installed."), role="strong"))
        body.addStretch(1)
        self.setLayout(body)

    def choose(self, place: int) -> None:
        """Choose one."""
        button = self.buttons.button(place)
        if button is not None:
            button.setChecked(True)


class WayPage(QWidget):
    """How to sign in: what the connector recommends first, then with an app of one's own, then by a file."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        self.buttons = QButtonGroup(self)

    def show_ways(self, auths: abc.Sequence[Auth], chosen: str) -> None:
        """Show the ways of one connector."""
        _emptied(self._lines)
        self.buttons = QButtonGroup(self)
        best = [one for one in auths if one.guide.is_recommended]
        own = [one for one in auths if one.guide.steps and one not in best]
        rest = [one for one in auths if one not in best and one not in own]
        for heading, group in (
            (tr("Recommended"), best),
            (tr("With an app or key of your own, other ways"), own),
            (tr("By a file, for machines without a person"), rest),
        ):
            if group:
                self._head(heading)
            for auth in group:
                self._add(auth.method.value, tr(auth.title), tr(auth.description), chosen)
        self._head(tr("To try it out"))
        self._add(
            SIMULATOR,
            tr("Simulator on this computer"),
            tr(
                "A running `writeback simulator serve`: its address and its token file. "
                "Only addresses on this computer are taken."
            ),
            chosen,
        )
        self._lines.addStretch(1)
        if self.buttons.checkedButton() is None:
            self.buttons.buttons()[0].setChecked(True)

    @property
    def way(self) -> str:
        """The way that is chosen."""
        chosen = self.buttons.checkedButton()
        return str(chosen.property("way")) if chosen is not None else ""

    def _head(self, words: str) -> None:
        if self._lines.count():
            self._lines.addSpacing(12)
        self._lines.addWidget(PlainLabel(words, role="group"))

    def _add(self, way: str, title: str, words: str, chosen: str) -> None:
        choice = QRadioButton(mnemonic_free(title))
        choice.setProperty("way", way)
        choice.setChecked(way == chosen)
        choice.setAccessibleDescription(words)
        self.buttons.addButton(choice)
        self._lines.addWidget(choice)
        if words:
            self._lines.addWidget(_beneath(words, BESIDE_DOT))


def _beneath(words: str, inset: int) -> PlainLabel:
    """Give the words of a choice, beginning where its title does."""
    made = PlainLabel(words, role="muted", wraps=True)
    is_mirrored = made.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def fit(px: abc.Callable[[int], int]) -> None:
        left, right = (0, px(inset)) if is_mirrored else (px(inset), 0)
        made.setContentsMargins(left, 0, right, 0)

    sized(made, fit)
    return made


class DetailsPage(QWidget):
    """The connector's own questions, where it is, and what to do in the CRM beforehand."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(16)
        self.form = SchemaForm()

    def show_questions(
        self, connector: PluginView, way: str, typed: abc.Mapping[str, str], *, is_again: bool
    ) -> None:
        """Ask what this way needs; `typed` is what was answered before."""
        _emptied(self._lines)
        self.form = SchemaForm()
        auth = auth_of(connector, way)
        name = FormField(
            title=tr("Name of the connection"),
            description=tr("What you call it here."),
            default=connector.title,
        )
        editor = self.form.ask("name", name, is_required=True, value=typed.get("name"))
        if is_again:
            gate(editor, tr("The connection keeps its name when you sign in again."))
        if auth is not None:
            for one, field in auth.form.properties.items():
                place = f"form.{one}"
                needed = one in auth.form.required
                self.form.ask(place, field, is_required=needed, value=typed.get(place))
            for one, field in auth.secrets.items():
                self.form.ask_secret(one, field)
        self._ask_where(auth, way, typed)
        self._lines.addWidget(self.form)
        if auth is not None and (auth.guide.steps or auth.guide.pitfalls):
            self._lines.addWidget(GuideBox(connector.title, auth.guide))
        elif auth is not None and auth.description:
            self._lines.addWidget(PlainLabel(tr(auth.description), role="muted", wraps=True))
        self._lines.addStretch(1)

    def _ask_where(self, auth: Auth | None, way: str, typed: abc.Mapping[str, str]) -> None:
        """Add the address of a simulator, and the file that the way names."""
        asked = auth.form.properties if auth is not None else {}
        if way == SIMULATOR:
            address = FormField(title=tr("Address"), examples=("http://127.0.0.1:8080",))
            self.form.ask("endpoint", address, is_required=True, value=typed.get("endpoint"))
        elif "origin" not in asked:
            address = FormField(title=tr("Simulator on this computer"), examples=("http://127.0.0.1:8080",))
            self.form.ask("endpoint", address, value=typed.get("endpoint"))
        if way in BY_FILE:
            name = BY_FILE[way]
            title = tr("Token file") if name == "token_file" else tr("Credentials file")
            words = tr("Writeback keeps the path of the file, never its content.")
            file = FormField(title=title, description=words, format="path", examples=("/path/to/file",))
            self.form.ask(name, file, is_required=True, value=typed.get(name))


class BrowserPage(QWidget):
    """Waiting for a person who signs in elsewhere: time left, open again, copy, paste the answer.

    Signals:
        open_again: The page shall be opened once more.
        pasted: The address that a browser elsewhere ended on.
    """

    open_again = Signal()
    pasted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._started: SignInStarted | None = None
        self.waiting = PlainLabel(tr("Starting…"), role="strong")
        self.code = PlainLabel(role="title")
        self.code.setAccessibleName(tr("Code to type"))
        self.code.hide()
        self.words = PlainLabel(role="muted", wraps=True)
        self.answer = QLineEdit()
        self.answer.setPlaceholderText(tr("Paste the address that the browser ended on"))
        self.answer.setAccessibleName(tr("Answer address"))
        self.answer.textChanged.connect(lambda _text: self._gate())
        self._take = Button(tr("Use the pasted address"), call=lambda: self.pasted.emit(self.answer.text()))
        paste = column(PlainLabel(tr("If the browser runs on another computer"), role="strong"), gap=2)
        paste.addLayout(row(self.answer, self._take))
        self.paste_box = boxed(paste, box="")
        body = column(gap=3)
        body.addLayout(row(Picture("browser", tint="accent"), self.waiting, None))
        body.addWidget(self.code)
        body.addWidget(self.words)
        body.addWidget(
            Flowing(
                Button(tr("Open again"), picture="browser", call=self.open_again.emit),
                Button(tr("Copy address"), picture="copy", call=self._copy),
            )
        )
        body.addWidget(self.paste_box)
        body.addStretch(1)
        self.setLayout(body)

    def begin(self) -> None:
        """Nothing is known yet."""
        self._started = None
        self.waiting.set_text(tr("Starting…"))
        self.code.hide()
        self.words.set_text("")
        self.answer.clear()
        self._gate()

    def show_started(self, started: SignInStarted, *, now: datetime) -> None:
        """Wait for the person."""
        self._started = started
        self.code.set_text(started.code)
        self.code.setVisible(bool(started.code))
        self.words.set_text(
            tr(
                "Type this code on the page that opened, on this or any other device, and sign in there. "
                "Check the page's address first; nobody else should be asking you for this code."
            )
            if started.code
            else tr("Sign in there and allow access. The answer comes back to this computer by itself.")
        )
        self.paste_box.setVisible(not started.code)
        self.tell_time(now)

    def tell_time(self, now: datetime) -> None:
        """Say how long is left."""
        if self._started is not None:
            left = time_left(self._started.until, now=now)
            self.waiting.set_text(tr("Waiting for your browser… {left} left", left=left))

    def _copy(self) -> None:
        if self._started is not None:
            QGuiApplication.clipboard().setText(self._started.url)

    def _gate(self) -> None:
        self._take.gate("" if self.answer.text().strip() else tr("Paste the address first."))


class TestPage(QWidget):
    """Who answered, and a verdict for each thing that a job needs."""

    __test__ = False  # its name begins like a test's

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(12)

    def show_connection(self, connection: Connection) -> None:
        """Show who answered; the test runs."""
        _emptied(self._lines)
        if connection.org is not None:
            head = row(
                EnvironmentChip.of(connection), PlainLabel(connection.org.name, role="heading"), None, gap=2
            )
            self._lines.addLayout(head)
            who = " · ".join(filter(None, (connection.org.id, connection.org.user)))
            self._lines.addWidget(PlainLabel(who, role="muted"))
        self._lines.addWidget(Chip(tr("testing…"), tone="accent", picture="clock"))
        self._lines.addStretch(1)

    def show_test(self, connection: Connection, test: ConnectionTest) -> None:
        """Show the verdicts."""
        self.show_connection(connection)
        while self._lines.count() > 2:
            _drop(self._lines, 2)
        bad = sum(not line.is_good for line in test.lines)
        good = tr("everything is good") if not bad else tr("%n things are not good", bad)
        tone, picture = ("ok", "check") if not bad else ("refused", "warning")
        self._lines.addWidget(Chip(good, tone=tone, picture=picture))
        self._lines.addWidget(test_list(test))
        self._lines.addStretch(1)


def _emptied(lines: QVBoxLayout) -> None:
    while lines.count():
        _drop(lines, 0)


def _drop(lines: QVBoxLayout, place: int) -> None:
    item = lines.takeAt(place)
    if item is None:
        return
    if (widget := item.widget()) is not None:
        widget.hide()
        widget.deleteLater()
    elif isinstance(inner := item.layout(), QBoxLayout):
        clear(inner)
