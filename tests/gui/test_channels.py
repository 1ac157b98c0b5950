"""Channels on the page of settings: set up, allowed, switched on, tested; what was sent; what is locked."""

import json
from collections import abc
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.integration.notices.mailing import MailServer
from tests.unit.vault.backends import Native
from writeback.gui.dialogs.channel import ChannelDialog
from writeback.gui.dialogs.messages_sent import MessagesDialog
from writeback.gui.panels.setting_channels import ChannelsPart
from writeback.gui.panels.settings import SettingsPanel
from writeback.gui.preferring import install, preferring
from writeback.host import Host
from writeback.preferences import read
from writeback.runtime.answering.notices import NoticeAnswers
from writeback.runtime.carrying import Carrying
from writeback.runtime.permitting import Permitting
from writeback.settings import load
from writeback.store import sqlite
from writeback.transport import Redactor
from writeback.vault.keychains import Keychain
from writeback.vault.vaults import Vault

EMAIL = "notify.email"


class RealChannels(NoticeAnswers):
    """The real answers about channels, over the workspace of the bench."""

    def __init__(self, bench: Bench) -> None:
        natives = frozenset({f"{Native.__module__}.{Native.__qualname__}"})
        native = Native()
        self.workspace, self.settings, self.host = bench.workspace, load(), Host()
        self._permitting = Permitting(bench.workspace, author="ana")
        self._carrying = Carrying(
            bench.workspace,
            host=self.host,
            settings=self.settings,
            vault=Vault(bench.workspace.id, Keychain(lambda: native, natives=natives)),
            redactor=Redactor(),
            blame=lambda _plugin, error: pytest.fail(repr(error)),
        )


@pytest.fixture
def page(bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SettingsPanel:
    real = RealChannels(bench)
    for name in ("set_channel", "test_channel", "retry_messages"):
        monkeypatch.setattr(bench.facade, name, getattr(real, name), raising=False)
    bench.window.go("settings", "webhook")
    found = bench.window.panels["settings"]
    assert isinstance(found, SettingsPanel)
    qtbot.waitUntil(lambda: not bench.tasks.running and bool(found.below.channels.rows))
    return found


@pytest.fixture
def channels(page: SettingsPanel) -> ChannelsPart:
    return page.below.channels


@pytest.fixture
def mail() -> abc.Iterator[MailServer]:
    with MailServer() as server:
        yield server


def _open(channels: ChannelsPart, bench: Bench, channel: str = EMAIL) -> ChannelDialog:
    channels.rows[channel].edit.click()
    return next(one for one in bench.window.findChildren(ChannelDialog) if one.isVisible())


def _fill(dialog: ChannelDialog, **answers: str) -> None:
    for name, text in answers.items():
        dialog.form.fields[name].show_value(text)
    dialog.form.changed.emit()


def test_a_channel_is_set_up_switched_on_and_tested(
    channels: ChannelsPart, bench: Bench, qtbot: QtBot, mail: MailServer
) -> None:
    line = channels.rows[EMAIL]
    assert (line.state.text, line.test.isEnabled(), line.switch.isEnabled()) == ("not set up", False, False)
    assert line.test.accessibleDescription() == "Set it up first."
    dialog = _open(channels, bench)
    dialog.save()
    assert dialog.isVisible(), "the server is asked for first"
    assert not dialog.allow.isEnabled()
    _fill(dialog, server="127.0.0.1", port=str(mail.port), security="none")
    _fill(dialog, sender="writeback@example.com", recipients="ada@example.com")
    dialog.form.secrets["password"].setText("correct horse")
    assert "127.0.0.1" in dialog.allow.text()
    dialog.save()
    assert dialog.isVisible(), "the host has to be allowed"
    assert "127.0.0.1" in dialog.banner.words
    dialog.allow.setChecked(True)
    dialog.kinds[next(iter(dialog.kinds))].setChecked(False)
    next(iter(dialog.connections.values())).setChecked(False)
    dialog.save()
    qtbot.waitUntil(lambda: channels.rows[EMAIL].test.isEnabled())  # noqa: PLW0108  rows are made anew
    kept = read(load()).table("notifications.channels")[EMAIL]
    assert isinstance(kept, dict)
    assert "correct horse" not in json.dumps(kept)
    assert len(kept["not_for"]) == 1
    assert "failure" not in kept["kinds"]
    channels.rows[EMAIL].switch.click()
    qtbot.waitUntil(lambda: channels.rows[EMAIL].state.text == "on")
    assert not channels.unsent.isVisible(), "a worker runs beside the bench"
    with bench.workspace.writing() as db:
        sqlite.run(db, "delete from workers")
    channels.refresh()
    qtbot.waitUntil(channels.unsent.isVisible)
    channels.rows[EMAIL].test.click()
    qtbot.waitUntil(lambda: "queued as 4711" in channels.rows[EMAIL].words.text(), timeout=10_000)
    assert channels.rows[EMAIL].words.text() == "Delivered. It answered: 250 2.0.0 Ok: queued as 4711"
    channels.sent.click()
    told = next(one for one in bench.window.findChildren(MessagesDialog) if one.isVisible())
    qtbot.waitUntil(lambda: len(told.model.rows) == 1)
    assert not told.again.isEnabled()


def test_what_is_refused_is_said_in_the_receivers_words_and_in_ours(
    channels: ChannelsPart, bench: Bench, qtbot: QtBot, mail: MailServer
) -> None:
    mail.answers["RCPT"] = "550 5.1.1 No such <b>user</b>"
    dialog = _open(channels, bench)
    _fill(dialog, server="127.0.0.1", port=str(mail.port), security="none")
    _fill(dialog, sender="writeback@example.com", recipients="ada@example.com")
    dialog.allow.setChecked(True)
    dialog.save()
    qtbot.waitUntil(lambda: channels.rows[EMAIL].test.isEnabled())  # noqa: PLW0108  rows are made anew
    channels.rows[EMAIL].test.click()
    qtbot.waitUntil(lambda: "(notify.refused)" in channels.rows[EMAIL].words.text(), timeout=10_000)
    assert "550 5.1.1 No such <b>user</b>" in channels.rows[EMAIL].words.text()
    assert channels.rows[EMAIL].state.text == "not delivered"


def test_another_host_has_to_be_allowed_anew(channels: ChannelsPart, bench: Bench) -> None:
    dialog = _open(channels, bench, "notify.webhook")
    _fill(dialog, url="https://hooks.example.com/a")
    dialog.allow.setChecked(True)
    _fill(dialog, url="https://hooks.example.com/b")
    assert dialog.allow.isChecked()
    _fill(dialog, url="https://evil.example/b")
    assert not dialog.allow.isChecked()
    assert "evil.example" in dialog.place.text()


def test_an_administrators_lock_is_said(channels: ChannelsPart, qtbot: QtBot, tmp_path: Path) -> None:
    managed = tmp_path / "managed.json"
    managed.write_text('{"notifications.channels": {}}')
    install(replace(load(), managed_file=managed))
    preferring().changed.connect(channels.refresh)
    channels.refresh()
    qtbot.waitUntil(lambda: "Locked" in channels.rows[EMAIL].switch.accessibleDescription())
    assert not channels.rows[EMAIL].switch.isEnabled()


def test_a_preset_mutes_for_a_while(page: SettingsPanel) -> None:
    page.search.clear()
    line = page.rows["notifications.muted_until"]
    line.preset.emit("4h")
    until = str(preferring().current.get("notifications.muted_until"))
    assert until
    line.preset.emit("off")
    assert preferring().current.get("notifications.muted_until") == ""


def test_every_dialog_closes_by_escape(channels: ChannelsPart, bench: Bench) -> None:
    for dialog in (_open(channels, bench),):
        assert isinstance(dialog, QDialog)
        dialog.reject()
        assert not dialog.isVisible()
    assert channels.findChildren(QLabel)
