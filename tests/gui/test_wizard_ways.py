"""The sign-in wizard draws every way that a manifest offers: secrets, codes, credentials files."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.test_window import seen
from writeback.errors import ConnectionNotReadyError
from writeback.gui.dialogs.connecting import ConnectDialog
from writeback.gui.dialogs.connecting_guide import GuideBox
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade import ConnectionWish
from writeback.runtime.views import PluginView
from writeback.sdk.manifest import read_manifest

pytestmark = pytest.mark.gui


TWO_WAYS = """
id = "acme"
title = "Acme"
api = 1
publisher = "Tests"
hosts = ["*.acme.example"]
abilities = ["SignsInByBrowser", "SignsInByDeviceCode", "SignsInWithCredentials"]
[[auth]]
method = "oauth"
title = "Browser"
form = { required = ["client_id"], properties = { client_id = { title = "Client id" } } }
secrets = { client_secret = { title = "Client secret" } }
[auth.guide]
is_recommended = true
steps = ["Make an app.", "Copy its id."]
redirects = ["http://localhost:1717/cb", "http://localhost:1718/cb"]
scopes = ["api", "id"]
pitfalls = ["It is blocked."]
[[auth]]
method = "device_code"
title = "Code"
[[auth]]
method = "credentials_file"
title = "Credentials"
[routes]
single = { most_rows = 1, assurance = ["B"] }
[limits]
server_seconds = 60
"""


@pytest.fixture
def two_ways(empty_bench: Bench, qtbot: QtBot) -> ConnectDialog:
    """The wizard for a connector with a secret, a code and a credentials file, at the choice of a way."""
    manifest = read_manifest(TWO_WAYS.encode())
    view = PluginView("acme", "Acme", manifest)
    dialog = ConnectDialog(empty_bench.desk, [view], opener=lambda _address: None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._go_on()
    return dialog


def test_a_secret_is_typed_unseen_sent_once_and_forgotten(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot
) -> None:
    two_ways._go_on()
    field = two_ways.details.form.secrets["client_secret"]
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(two_ways.details.form.fields["form.client_id"], "mine")
    qtbot.keyClicks(field, "very secret")
    two_ways._go_on()
    qtbot.waitUntil(lambda: two_ways.step == 4)
    wish = seen(empty_bench, "begin_sign_in")[0]
    assert isinstance(wish, ConnectionWish)
    assert (wish.method, wish.secrets) == ("oauth", (("client_secret", "very secret"),))
    assert "very secret" not in repr(wish)
    assert field.text() == ""
    assert "very secret" not in str(two_ways._typed)


def test_a_code_is_shown_and_nothing_can_be_pasted(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot
) -> None:
    empty_bench.facade.is_answered.clear()
    empty_bench.facade.code = "ABCD-1234"
    two_ways.ways.buttons.buttons()[1].setChecked(True)
    two_ways._go_on()
    two_ways._go_on()
    qtbot.waitUntil(two_ways.browser.code.isVisible)
    assert two_ways.browser.code.text() == "ABCD-1234"
    assert not two_ways.browser.paste_box.isVisible()
    assert seen(empty_bench, "begin_sign_in")[0].method == "device_code"


def test_a_credentials_file_is_named_by_its_path(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot
) -> None:
    two_ways.ways.buttons.buttons()[2].setChecked(True)
    two_ways._go_on()
    qtbot.keyClicks(two_ways.details.form.fields["credentials_file"], "/home/ana/acme.json")
    two_ways._go_on()
    qtbot.waitUntil(lambda: two_ways.step == 4)
    wish = seen(empty_bench, "connect")[0]
    assert (wish.credentials_file, wish.token_file) == ("/home/ana/acme.json", None)


def test_what_is_to_be_done_in_the_crm_is_copied_with_one_key(two_ways: ConnectDialog, qtbot: QtBot) -> None:
    assert two_ways.ways.way == "oauth"  # what the connector recommends
    two_ways._go_on()
    (guide,) = two_ways.details.findChildren(GuideBox)
    told = "\n".join(label.text() for label in guide.findChildren(PlainLabel))
    assert "1. Make an app.\n2. Copy its id." in told
    assert "• It is blocked." in told
    clipboard = QGuiApplication.clipboard()
    for words, copied in (
        ("Copy the redirect address http://localhost:1718/cb", "http://localhost:1718/cb"),
        ("Copy all addresses", "http://localhost:1717/cb\nhttp://localhost:1718/cb"),
        ("Copy scopes", "api id"),
    ):
        (button,) = [one for one in guide.findChildren(QPushButton) if one.accessibleName() == words]
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert clipboard.text() == copied
    (mail,) = [one for one in guide.findChildren(QPushButton) if "administrator" in one.text()]
    qtbot.keyClick(mail, Qt.Key.Key_Space)
    for fact in ("1. Make an app.", "http://localhost:1718/cb", "Scopes: api id", "Acme"):
        assert fact in clipboard.text()


def test_a_wrong_answer_is_told_at_its_question_and_nothing_is_asked(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot
) -> None:
    two_ways._go_on()
    two_ways._go_on()
    form = two_ways.details.form
    assert "Client id: an answer is needed." in form._problems["form.client_id"].text()
    assert not two_ways.details.form._problems["name"].isVisible()
    assert empty_bench.facade.seen == [one for one in empty_bench.facade.seen if one[0] == "keep_form"]
    qtbot.keyClicks(form.fields["form.client_id"], "x")
    assert not form._problems["form.client_id"].isVisible()


def test_a_sign_in_that_waits_is_pasted_or_cancelled(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot
) -> None:
    empty_bench.facade.is_answered.clear()
    two_ways._go_on()
    two_ways.details.form.fields["form.client_id"].show_value("mine")
    two_ways.details.form.secrets["client_secret"].setText("s")
    two_ways._go_on()
    qtbot.waitUntil(lambda: "5:00 left" in two_ways.browser.waiting.text())
    assert two_ways.browser._take.accessibleDescription() == "Paste the address first."
    two_ways._go_back()
    qtbot.waitUntil(lambda: seen(empty_bench, "cancel_sign_in") == ["a1"])
    qtbot.waitUntil(lambda: not empty_bench.tasks.running)
    assert two_ways.step == 2
    assert not two_ways._banner.isVisible()  # they cancelled it themselves: nothing to complain of
    empty_bench.facade.fails.clear()
    empty_bench.facade.is_answered.clear()
    two_ways.details.form.secrets["client_secret"].setText("s")
    two_ways._next.gate("")
    two_ways._go_on()
    qtbot.waitUntil(lambda: bool(two_ways.browser.words.text()))
    two_ways.browser.answer.setText("http://localhost:1717/cb?code=1&state=2")
    two_ways.browser._take.click()
    qtbot.waitUntil(lambda: two_ways.step == 4)
    assert seen(empty_bench, "paste_sign_in") == [("a1", "http://localhost:1717/cb?code=1&state=2")]


def test_what_was_typed_is_there_again_after_a_restart_but_no_secret(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot
) -> None:
    two_ways._go_on()
    two_ways.details.form.fields["form.client_id"].show_value("mine")
    two_ways.details.form.secrets["client_secret"].setText("very secret")
    two_ways.reject()
    qtbot.waitUntil(lambda: not empty_bench.tasks.running)
    kept = empty_bench.reads.form_draft("connect")  # of the workspace, as a new window reads it
    assert kept["form.client_id"] == "mine"
    assert "very secret" not in str(kept)
    again = ConnectDialog(empty_bench.desk, two_ways._usable, opener=lambda _address: None, draft=kept)
    qtbot.addWidget(again)
    again.show()
    assert again.step == 2
    assert again.details.form.fields["form.client_id"].text_value() == "mine"
    assert "is here again" in again._banner.words
    again._start_over()
    qtbot.waitUntil(lambda: not empty_bench.tasks.running)
    assert empty_bench.reads.form_draft("connect") == {}


def test_signing_in_again_keeps_the_name_and_what_is_known(bench: Bench, qtbot: QtBot) -> None:
    view = next(one for one in bench.reads.connections() if one.connection.name == "Acme UAT")
    dialog = ConnectDialog(bench.desk, bench.reads.connectors(), again=view.connection)
    qtbot.addWidget(dialog)
    dialog.show()
    assert (dialog.step, dialog.ways.way) == (1, "token_file")
    dialog._go_on()
    assert not dialog.details.form.fields["name"].isEnabled()
    assert dialog.details.form.fields["token_file"].text_value() == "/home/ana/.config/acme-uat.token"
    dialog._go_on()
    qtbot.waitUntil(lambda: bool(seen(bench, "connect")))
    assert seen(bench, "connect")[0].name == "Acme UAT"
    qtbot.waitUntil(lambda: not bench.tasks.running)


@pytest.mark.parametrize(
    "told",
    [
        ("vault.locked", "Unlock it"),
        ("vault.no_keyring", "has no keyring"),
        ("sign_in.state", "sign_in.state"),
        ("link.lost", "acme.example could not be reached: certificate"),
    ],
)
def test_what_keeps_a_sign_in_from_working_is_told_with_its_fix(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot, told: tuple[str, str]
) -> None:
    code, words = told
    refused = ConnectionNotReadyError(code, host="acme.example", reason="certificate")
    empty_bench.facade.fails["begin_sign_in"] = refused
    two_ways._go_on()
    two_ways.details.form.fields["form.client_id"].show_value("mine")
    two_ways.details.form.secrets["client_secret"].setText("s")
    two_ways._go_on()
    qtbot.waitUntil(two_ways._banner.isVisible)
    assert words in two_ways._banner.words
    assert two_ways.step == 2
    assert two_ways.details.form.fields["form.client_id"].text_value() == "mine"


def test_every_real_connector_has_a_recommended_way_and_one_of_ones_own(empty_bench: Bench) -> None:
    for connector in empty_bench.reads.connectors():
        assert connector.manifest is not None
        guides = [auth.guide for auth in connector.manifest.auth]
        assert sum(guide.is_recommended for guide in guides) == 1, connector.id
        assert all(guide.pitfalls for guide in guides if guide.steps), connector.id
        own = [one for one in guides if one.steps and one.redirects]
        assert own or connector.id == "salesforce", connector.id
