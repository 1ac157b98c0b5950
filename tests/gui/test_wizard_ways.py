"""The sign-in wizard draws every way that a manifest offers: secrets, codes, credentials files."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.test_window import seen
from writeback.gui.dialogs.connecting import ConnectDialog
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
    field = two_ways._secrets["client_secret"]
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(two_ways._fields["form.client_id"], "mine")
    qtbot.keyClicks(field, "very secret")
    two_ways._go_on()
    qtbot.waitUntil(lambda: two_ways._pages.currentIndex() == 4)
    wish = seen(empty_bench, "begin_sign_in")[0]
    assert isinstance(wish, ConnectionWish)
    assert (wish.method, wish.secrets) == ("oauth", (("client_secret", "very secret"),))
    assert "very secret" not in repr(wish)
    assert field.text() == ""
    assert "very secret" not in str(two_ways._typed)


def test_a_code_is_shown_and_nothing_can_be_pasted(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(two_ways, "_finish", lambda _pasted: None)
    empty_bench.facade.code = "ABCD-1234"
    two_ways._ways.buttons()[1].setChecked(True)
    two_ways._go_on()
    two_ways._go_on()
    qtbot.waitUntil(two_ways._code.isVisible)
    assert two_ways._code.text() == "ABCD-1234"
    assert not two_ways._paste_box.isVisible()
    assert seen(empty_bench, "begin_sign_in")[0].method == "device_code"


def test_a_credentials_file_is_named_by_its_path(
    empty_bench: Bench, two_ways: ConnectDialog, qtbot: QtBot
) -> None:
    two_ways._ways.buttons()[2].setChecked(True)
    two_ways._go_on()
    qtbot.keyClicks(two_ways._fields["credentials_file"], "/home/ana/acme.json")
    two_ways._go_on()
    qtbot.waitUntil(lambda: two_ways._pages.currentIndex() == 4)
    wish = seen(empty_bench, "connect")[0]
    assert (wish.credentials_file, wish.token_file) == ("/home/ana/acme.json", None)
