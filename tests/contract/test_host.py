"""Plugins come in by one door, are read without being run, and fail alone."""

import json
import subprocess
import sys
import threading
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from tests.architecture.trees import PLUGINS
from tests.doubles.trusting import allowed_host, consent
from writeback.errors import ContractBrokenError, PluginNotLoadableError, PluginTooNewError
from writeback.host import Host, PluginRecord, PluginStatus
from writeback.sdk.connector import Connector

MANIFEST = """
id = "{id}"
title = "Made up"
api = 1
publisher = "Tests"
hosts = ["crm.example"]
auth = [{{ method = "token_file", title = "Token file" }}]
limits = {{ server_seconds = 1 }}
routes = {{ single = {{ most_rows = 1, assurance = ["B"] }} }}
"""


def _records(host: Host) -> dict[str, PluginRecord]:
    return {record.id: record for record in host.plugins()}


def _package(folder: Path, name: str, *, id: str, code: str = "", manifest: str = MANIFEST) -> EntryPoint:  # noqa: A002
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text(code, encoding="utf-8")
    (package / "connector.toml").write_text(manifest.format(id=id), encoding="utf-8")
    return EntryPoint(id, name, "writeback.connectors")


def test_a_third_partys_connector_loads_through_the_same_door_as_a_bundled_one(site: Path) -> None:
    # a process of its own, without our fixture that hides foreign plugins
    code = """
import json
from writeback.errors import PluginError
from writeback.host import Host
from writeback.host.finding import installed
from tests.doubles.trusting import allowed_host
assert {one.status for one in Host().plugins() if not one.is_bundled} == {"not_allowed", "too_new"}
host = allowed_host(installed())
for record in host.plugins():
    try:
        host.load(record.id)
    except PluginError:
        pass
print(json.dumps({record.id: record.status for record in host.plugins()}))
"""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(site)!r})\n{code}"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    bundled = {package.name.removeprefix("writeback_"): "loaded" for package in PLUGINS}
    foreign = {"minimal": "loaded", "broken": "failed", "from_the_future": "too_new", "hostile": "loaded"}
    assert json.loads(done.stdout.splitlines()[-1]) == bundled | foreign  # the hostile one prints


def test_a_connector_answers_after_it_was_found(third_party: EntryPoints) -> None:
    host = allowed_host(third_party)
    assert _records(host)["minimal"].status is PluginStatus.FOUND
    connector = host.connector("minimal")
    assert isinstance(connector, Connector)
    assert connector.id == "minimal"
    assert _records(host)["minimal"].status is PluginStatus.LOADED
    assert host.connector("minimal") is connector


def test_facts_are_read_without_running_any_plugin(
    third_party: EntryPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refuses:
        """An import hook: whoever imports a plugin now fails the test."""

        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            del target
            assert path is None, f"a module inside a package was looked up: {name}"

    for name in [each for each in sys.modules if each.startswith(("writeback_minimal", "writeback_broken"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Refuses(), *sys.meta_path])
    host = allowed_host(third_party)
    assert host.manifest("minimal").title == "Minimal"
    assert (host.icon("minimal") or b"").startswith(b"<svg")
    assert {record.id for record in host.plugins()} == {"minimal", "broken", "from_the_future", "hostile"}
    assert not {"writeback_minimal", "writeback_broken", "writeback_from_the_future"} & set(sys.modules)


def test_a_broken_plugin_is_named_with_its_traceback_and_harms_nobody(third_party: EntryPoints) -> None:
    host = allowed_host(third_party)
    with pytest.raises(PluginNotLoadableError) as caught:
        host.connector("broken")
    assert caught.value.code == "plugin.raised"
    assert caught.value.facts["error"] == "RuntimeError"
    record = _records(host)["broken"]
    assert record.status is PluginStatus.FAILED
    assert record.distribution == "writeback-broken"
    assert "the broken connector breaks" in record.traceback
    assert "writeback_broken/__init__.py" in record.traceback
    assert host.connector("minimal").id == "minimal"
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.raised"):
        host.connector("broken")
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.raised"):
        host.simulator("broken")


def test_a_plugin_of_a_newer_contract_is_refused_whatever_else_it_says(third_party: EntryPoints) -> None:
    host = allowed_host(third_party)
    assert _records(host)["from_the_future"].status is PluginStatus.TOO_NEW
    with pytest.raises(PluginTooNewError) as caught:
        host.connector("from_the_future")
    assert caught.value.facts["api"] == 99
    assert "writeback_from_the_future" not in sys.modules


def test_two_plugins_of_one_id_are_both_refused_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    points = [_package(tmp_path, "acme_one", id="acme"), _package(tmp_path, "acme_two", id="acme")]
    host = allowed_host([*points, _package(tmp_path, "other_one", id="other")])
    assert [record.status for record in host.plugins()] == ["duplicate", "duplicate", "found"]
    with pytest.raises(PluginNotLoadableError) as caught:
        host.connector("acme")
    assert caught.value.code == "plugin.duplicate"
    assert caught.value.facts["distributions"] == "acme_one, acme_two"


def test_a_plugin_that_is_switched_off_is_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    point = _package(tmp_path, "sleeping", id="sleeping", code="raise AssertionError")
    host = Host(entry_points=[point], consents=lambda: consent([point]).disabling("sleeping"))
    assert _records(host)["sleeping"].status is PluginStatus.OFF
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.off"):
        host.connector("sleeping")
    assert "sleeping" not in sys.modules


HOOK = "from writeback.sdk.hookspecs import hookimpl\n"
BREACHES = {
    "exits": ("raise SystemExit(3)", "plugin.raised"),
    "no_hook": ("", "plugin.other_connector"),
    "misspelt": (HOOK + "@hookimpl\ndef writeback_conectors(): return ()", "plugin.raised"),
    "not_iterable": (HOOK + "@hookimpl\ndef writeback_connectors(): return 7", "plugin.raised"),
    "no_connector": (
        HOOK + "@hookimpl\ndef writeback_connectors(): return (7,)",
        "plugin.no_connector_object",
    ),
    "other_id": (
        HOOK + "class C:\n id = 'x'\n def open(self, access): ...\n"
        "@hookimpl\ndef writeback_connectors(): return (C(),)",
        "plugin.other_connector",
    ),
    "unclaimed": (
        HOOK + "class C:\n id = 'unclaimed'\n def open(self, access): ...\n"
        " def oauth_app(self, form): ...\n def origin_of(self, token_answer): ...\n"
        "@hookimpl\ndef writeback_connectors(): return (C(),)",
        "plugin.ability_differs",
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_what_a_plugin_answers_is_checked(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, reason = BREACHES[name]
    monkeypatch.syspath_prepend(str(tmp_path))
    host = allowed_host([_package(tmp_path, f"breach_{name}", id=name, code=code)])
    with pytest.raises((PluginNotLoadableError, ContractBrokenError)) as first:
        host.connector(name)
    with pytest.raises(type(first.value)) as second:
        host.connector(name)
    assert (first.value.code, second.value.code) == (reason, reason)
    assert _records(host)[name].status is PluginStatus.FAILED
    assert _records(host)[name].reason == reason
    assert _records(host)[name].traceback


FACTS = {
    "no_toml": ("id = ", "plugin.manifest_unreadable"),
    "latin": ('id = "{id}"', "plugin.manifest_invalid"),
    "unknown_key": (MANIFEST + "\n[telepathy]", "plugin.manifest_invalid"),
    "too_old": (MANIFEST.replace("api = 1", "api = 0"), "plugin.manifest_invalid"),
    "address": (MANIFEST.replace("crm.example", "127.0.0.1"), "plugin.manifest_invalid"),
    "any_host": (MANIFEST.replace("crm.example", "*"), "plugin.manifest_invalid"),
}


@pytest.mark.parametrize("name", FACTS)
def test_facts_that_are_not_sound_name_the_place(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, reason = FACTS[name]
    monkeypatch.syspath_prepend(str(tmp_path))
    good = _package(tmp_path, f"good_{name}", id="good")
    bad = _package(tmp_path, f"facts_{name}", id=name, manifest=manifest)
    host = allowed_host([bad, good])
    assert _records(host)[name].reason == reason
    assert _records(host)["good"].status is PluginStatus.FOUND
    with pytest.raises(PluginNotLoadableError) as caught:
        host.manifest(name)
    assert caught.value.facts["plugin"] == name


@pytest.mark.parametrize("value", ["nowhere_at_all", "os.path", "json:loads", "this"])
def test_an_entry_point_without_a_readable_package_is_a_record_not_a_crash(value: str) -> None:
    host = allowed_host([EntryPoint("odd", value, "writeback.connectors")])
    (record,) = host.plugins()
    assert record.status is PluginStatus.FAILED
    assert record.reason in {
        "plugin.package_missing",
        "plugin.package_nested",
        "plugin.file_missing",
        "plugin.no_package",
    }
    assert "this" not in sys.modules


def test_an_unknown_connector_is_refused_with_the_known_names(third_party: EntryPoints) -> None:
    with pytest.raises(PluginNotLoadableError) as caught:
        allowed_host(third_party).manifest("sugar")
    assert caught.value.code == "plugin.unknown"
    assert caught.value.facts["known"] == "broken, from_the_future, hostile, minimal"


def test_threads_that_ask_at_once_get_one_connector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    code = (
        HOOK + "class C:\n id = 'asked'\n def open(self, access): ...\n"
        "@hookimpl\ndef writeback_connectors(): return (C(),)"
    )
    host = allowed_host([_package(tmp_path, "asked_at_once", id="asked", code=code)])
    start, given = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        given.append(host.connector("asked"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 8
    assert len(set(map(id, given))) == 1


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("os:system", "plugin.foreign_simulator"),
        ("{package}:NUMBER", "plugin.simulator_not_callable"),
        ("{package}:missing", "plugin.raised"),
        ("", "plugin.no_simulator"),
    ],
)
def test_only_a_callable_of_the_plugins_own_package_is_its_simulator(
    target: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    package = reason.replace(".", "_")
    line = f'simulator = "{target.format(package=package)}"' if target else ""
    point = _package(tmp_path, package, id="sim", code="NUMBER = 7\n", manifest=line + MANIFEST)
    with pytest.raises((PluginNotLoadableError, ContractBrokenError)) as caught:
        allowed_host([point]).simulator("sim")
    assert caught.value.code == reason
