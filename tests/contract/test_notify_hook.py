"""The hook `writeback_notify`: what HOOKS.md shows delivers; a plugin of channels alone is a whole plugin."""

import re
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from tests.contract.test_hooks_page import PAGE, blocks_of
from tests.doubles.trusting import allowed_host
from tests.unit.store.making import FakeClock, create
from tests.unit.vault.backends import Native
from writeback.errors import ContractBrokenError, PluginNotLoadableError
from writeback.host import Host
from writeback.runtime.carrying import Carrying
from writeback.runtime.channels import ChannelView, Choices, offered
from writeback.sdk import hookspecs
from writeback.sdk.channels import NoticeEvent
from writeback.sdk.manifest import read_manifest
from writeback.settings import Settings
from writeback.transport import Redactor
from writeback.vault.keychains import Keychain
from writeback.vault.vaults import Vault

CHANNEL = b"""
id = "acme"
title = "Acme chat"
api = 1
publisher = "Tests"
[[channels]]
name = "chat"
title = "Chat"
"""


ECHO = """
from writeback.sdk.hookspecs import hookimpl


@hookimpl
def writeback_notify(event):
    return event.id
"""


def _host(folder: Path, monkeypatch: pytest.MonkeyPatch, *, name: str, manifest: str, code: str) -> Host:
    package = folder / f"writeback_channels_of_{name}"
    package.mkdir()
    (package / "__init__.py").write_text(code, encoding="utf-8")
    (package / "connector.toml").write_text(manifest, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return allowed_host([EntryPoint(name, package.name, hookspecs.ENTRY_POINT_GROUP)])


class _Door:
    """Stands for the handed HTTP session."""

    def __init__(self, status: int) -> None:
        self.status_code = status
        self.sent: list[tuple[str, str, dict[str, Any]]] = []

    def request(self, method: str, url: str, **options: Any) -> "_Door":
        self.sent.append((method, url, options))
        return self


def test_the_example_of_the_page_delivers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest, code = (text for _, text in blocks_of(PAGE)[5:])
    host = _host(tmp_path, monkeypatch, name="acme", manifest=manifest, code=code)
    ((channel, title, facts),) = offered(host)
    assert (channel, title, facts.host) == ("acme.chat", "Acme chat", "url")
    clock = FakeClock()
    workspace = create(tmp_path, clock)
    native = Native()
    natives = frozenset({f"{Native.__module__}.{Native.__qualname__}"})
    door = _Door(200)
    monkeypatch.setattr("writeback.runtime.carrying.open_http", lambda *_given, **_named: door)
    carrying = Carrying(
        workspace,
        host=host,
        settings=Settings(tmp_path, tmp_path, tmp_path),
        vault=Vault(workspace.id, Keychain(lambda: native, natives=natives)),
        redactor=Redactor(),
        blame=lambda _plugin, error: pytest.fail(repr(error)),
    )
    carrying.keep_secret(channel, "key", "secret of the room")
    view = ChannelView(
        channel, facts, title, Choices(form={"url": "https://chat.example/r/1"}, host="chat.example")
    )
    event = NoticeEvent("n1", "Job 7 failed", (), clock())
    assert carrying.carry(view, event).answer == "HTTP 200"
    ((method, url, options),) = door.sent
    assert (method, url) == ("POST", "https://chat.example/r/1")
    assert options["headers"]["X-Acme-Key"] == "secret of the room"
    workspace.close()


def test_a_plugin_of_channels_alone_brings_no_connector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = _host(tmp_path, monkeypatch, name="echo", manifest=CHANNEL.decode(), code=ECHO)
    assert not host.manifest("acme").has_connector
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.no_connector"):
        host.connector("acme")
    assert [one.status for one in host.plugins()] == ["found"], "that is no fault of the plugin"
    host.load("acme")
    assert [one.status for one in host.plugins()] == ["loaded"]
    event = NoticeEvent("n1", "t", (), FakeClock()())
    assert host.notify("acme")(event, None).answer == "n1"  # type: ignore[arg-type]  it asks for no channel


def test_channels_without_a_hook_are_a_broken_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = CHANNEL.decode().replace("acme", "mute")
    host = _host(tmp_path, monkeypatch, name="mute", manifest=manifest, code="")
    with pytest.raises(ContractBrokenError, match=r"plugin\.no_notify"):
        host.notify("mute")
    assert [one.status for one in host.plugins()] == ["failed"]


@pytest.mark.parametrize(
    "more",
    [
        b'hosts = ["a.example"]\n',
        b"[limits]\nserver_seconds = 3\n",
        b'[[channels]]\nname = "chat"\ntitle = "Again"\n',
        b'[[channels]]\nname = "mail"\ntitle = "Mail"\nhost = "server"\n',
    ],
)
def test_half_a_connector_or_a_host_that_nobody_is_asked_for_is_refused(more: bytes) -> None:
    assert not read_manifest(CHANNEL).auth
    head, tail = CHANNEL.split(b"[[channels]]", 1)
    made = head + more + b"[[channels]]" + tail if more.startswith(b"hosts") else CHANNEL + more
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.manifest_invalid"):
        read_manifest(made)


def test_neither_a_connector_nor_a_channel_is_no_plugin() -> None:
    nothing = re.sub(rb"\[\[channels\]\].*", b"", CHANNEL, flags=re.DOTALL)
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.manifest_invalid"):
        read_manifest(nothing)
